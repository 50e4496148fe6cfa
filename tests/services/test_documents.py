"""A document waits for a person; what they say counts, holds on the file, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from pilothouse.accounts.models import Company
from pilothouse.intake.papers import Document, Reads
from pilothouse.records.models import HandReading, ImportFile, Paper, SourceFile, SpendLine
from pilothouse.services import documents, spend, storing
from tests.conftest import TODAY, Person
from tests.services.small_papers import bill, bring, payments

pytestmark = pytest.mark.django_db

READS = Reads(seller="Wolkenrijk BV", number="F-7", issue_date=date(2026, 1, 9), gross=Decimal("121.00"))


def brought(
    company: Company, reads: Reads = READS, *, seems: str = "invoice", name: str = "scan.pdf"
) -> Paper:
    """A document as an import leaves it: its bytes, its paper, and the figures worked out with it."""
    batch = bring(company, **{f"beside {name}.xml": bill(f"Ander {name} BV", number=f"A {name}")})
    source = SourceFile.objects.create(company=company, sha256=f"{name:x>64}", name=name, size=3)
    source.content.save("", ContentFile(b"pdf"))
    ImportFile.objects.create(
        company=company, batch=batch, source=source, name=name, outcome="taken_in", papers=1
    )
    paper = Document(seems=seems, mime="application/pdf", pages=1, reads=reads)  # type: ignore[arg-type]  # one of them
    ready = storing.prepared(company, source, paper)
    storing.store([ready])
    return ready.paper


def figures(**more: object) -> HandReading:
    given: dict[str, object] = {
        "says": HandReading.Says.FIGURES, "seller": "Wolkenrijk BV", "number": "F-7", "issue_date": date(2026, 1, 9),
        "net": Decimal(100), "vat": Decimal(21), "gross": Decimal(121), "currency": "EUR", "what_for": "Hosting",
    }  # fmt: skip
    return HandReading(**given | more)


def lines_of(paper: Paper) -> list[SpendLine]:
    return list(SpendLine.objects.filter(review=spend.current(paper.company), paper=paper))


def test_a_document_waits_and_counts_for_nothing_until_its_figures_are_entered(
    company: Company, owner: Person
) -> None:
    paper = brought(company)
    assert list(documents.waiting(company)) == [paper]
    spend.look_again(company, today=TODAY)
    assert lines_of(paper) == []
    documents.say(paper, figures(), by=owner.user, today=TODAY)
    (line,) = lines_of(paper)
    assert (line.cost, line.vendor_name, line.description) == (Decimal(100), "Wolkenrijk BV", "Hosting")
    assert list(documents.waiting(company)) == []


def test_a_later_word_supersedes_the_earlier_and_both_stay_as_history(
    company: Company, owner: Person
) -> None:
    paper = brought(company)
    documents.say(paper, figures(), by=owner.user, today=TODAY)
    documents.say(
        paper, figures(net=Decimal(200), vat=Decimal(42), gross=Decimal(242)), by=owner.user, today=TODAY
    )
    assert [line.cost for line in lines_of(paper)] == [Decimal(200)]
    assert HandReading.objects.count() == 2
    reading = documents.reading_of(paper)
    assert reading is not None
    assert reading.net == 200


def test_what_was_said_can_be_taken_back_and_the_document_waits_again(
    company: Company, owner: Person
) -> None:
    paper = brought(company)
    documents.say(paper, figures(), by=owner.user, today=TODAY)
    assert documents.take_back(paper, today=TODAY)
    assert lines_of(paper) == []
    assert list(documents.waiting(company)) == [paper]
    assert not documents.take_back(paper, today=TODAY)


def test_a_credit_note_entered_by_hand_is_money_back(company: Company, owner: Person) -> None:
    paper = brought(company)
    documents.say(paper, figures(is_credit=True), by=owner.user, today=TODAY)
    assert [line.cost for line in lines_of(paper)] == [Decimal(-100)]


def test_the_same_invoice_as_xml_and_as_document_is_one_invoice_with_two_proofs(
    company: Company, owner: Person
) -> None:
    bring(company, e__xml=bill("Wolkenrijk BV", number="F-7", issued=date(2026, 1, 9)))
    invoice = Paper.objects.get(number="F-7")
    assert invoice.total == Decimal(121)
    paper = brought(company)
    assert list(documents.waiting(company)) == []
    assert documents.others_of(paper) == [invoice]
    assert documents.others_of(invoice) == [paper]
    documents.say(paper, figures(), by=owner.user, today=TODAY)
    counted = SpendLine.objects.filter(
        review=spend.current(company), vendor_name="Wolkenrijk BV", counting="counts"
    )
    assert [line.cost for line in counted] == [Decimal(100)]


def test_the_same_number_and_total_of_another_vendor_is_another_invoice(company: Company) -> None:
    bring(company, e__xml=bill("Zeeblik BV", number="F-7", issued=date(2026, 1, 9)))
    bring(company, f__xml=bill("Wolkenrijk NV", number="F-7", issued=date(2026, 1, 9)))
    one, other = Paper.objects.filter(number="F-7").order_by("pk")
    assert documents.others_of(one) == []
    paper = brought(company)
    assert documents.others_of(paper) == [other], "BV or NV, it is the same name"
    assert list(documents.waiting(company)) == [paper], "its seller is written otherwise, so a person looks"
    nameless = brought(company, replace(READS, seller=None), name="b.pdf")
    assert list(documents.waiting(company)) == [paper]
    assert documents.others_of(nameless) == [one, other, paper]


def test_a_contract_and_what_is_no_cost_do_not_wait(company: Company, owner: Person) -> None:
    brought(company, Reads(), seems="contract", name="contract.pdf")
    brochure = brought(company, Reads(), seems="other", name="brochure.pdf")
    assert list(documents.waiting(company)) == [brochure]
    documents.say(brochure, HandReading(says=HandReading.Says.NO_COST), by=owner.user, today=TODAY)
    assert list(documents.waiting(company)) == []
    assert lines_of(brochure) == []


def test_figures_without_a_day_count_for_nothing(company: Company, owner: Person) -> None:
    paper = brought(company)
    documents.say(paper, figures(issue_date=None), by=owner.user, today=TODAY)
    assert lines_of(paper) == []


def test_payments_of_the_same_amount_are_offered_and_one_can_be_chosen(
    company: Company, owner: Person
) -> None:
    bring(company, bank__xml=payments((date(2026, 1, 20), "121.00", "WOLKENRIJK BV", "hosting")))
    paper = brought(company)
    spend.look_again(company, today=TODAY)
    (candidate,) = documents.payments_for(paper)
    assert candidate.same_amount
    reading = HandReading(says=HandReading.Says.PAYMENT, line_key=candidate.line.key)
    documents.say(paper, reading, by=owner.user, today=TODAY)
    assert list(documents.documents_of_line(candidate.line)) == [paper]
    assert list(documents.waiting(company)) == []
    assert lines_of(paper) == []
