"""What was paid, and for what: both lists, people's words, and that figures follow them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from pilothouse.accounts.models import Company
from pilothouse.jobs import queue, tasks
from pilothouse.records.models import OpenInvoice, PaymentWord, SpendLine
from pilothouse.services import payments as paying
from pilothouse.services import spend
from tests.conftest import Person
from tests.factories import shown_review
from tests.services.small_papers import bill, bring, in_other_bytes, payments, undo
from tests.web.test_papers_and_spend import text_of

PAGE = "/c/bakkerij/spend/payments/"
PAID = date(2026, 5, 20)


@pytest.fixture
def books(company: Company) -> Company:
    """Two bills of Wolkenrijk, one paid by name, and a payment of the other amount to somebody unknown."""
    bring(
        company,
        a__xml=bill("Wolkenrijk BV", "WR-2026-01", net="100"),
        b__xml=bill("Wolkenrijk BV", "WR-2026-02", net="250"),
        bank__xml=payments(
            (PAID, "121.00", "Wolkenrijk BV", "WR-2026-01"),
            (PAID, "302.50", "Zaak Onbekend BV", "dank"),
            (PAID, "60.00", "Bakkersgilde BV", "lidgeld"),
        ),
    )
    return company


def counted(company: Company) -> Decimal:
    lines = SpendLine.objects.filter(review=spend.current(company), counting="counts")
    return sum((line.cost for line in lines), Decimal(0))


def line_of(company: Company, paid: str) -> SpendLine:
    found: SpendLine = SpendLine.objects.get(review=spend.current(company), kind="bank", paid=paid)
    return found


def open_invoice(company: Company) -> OpenInvoice:
    found: OpenInvoice = OpenInvoice.objects.get(review=spend.current(company))
    return found


def said(person: Person, company: Company, says: str, **more: Any) -> Any:
    line, paper = line_of(company, "302.50"), more.pop("paper_id", None)
    given = {"line": line.key, "invoice": paper or open_invoice(company).paper_id, "says": says, "back": PAGE}
    return person.client.post(f"{PAGE}say/", {**given, **more}, follow=True)


def test_both_sides_are_shown_the_most_money_first_with_what_may_belong_to_them(
    books: Company, reader: Person
) -> None:
    invoices = text_of(reader.client.get(PAGE))
    assert "WR-2026-02" in invoices
    assert "WR-2026-01" not in invoices
    assert "Zaak Onbekend BV" in invoices
    assert "paid to somebody else, the payment does not name the invoice" in invoices
    assert "302.50" in invoices
    assert "It belongs together" not in invoices, "a reader only looks"
    paid = text_of(reader.client.get(f"{PAGE}?show=payments"))
    assert paid.index("Zaak Onbekend BV") < paid.index("Bakkersgilde BV")
    assert "No open invoice looks like it." in paid
    assert "362.50" in paid


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("q=bakkers", ["Bakkersgilde"]),
        ("at_least=100", ["Zaak Onbekend"]),
        ("month=2026-05", ["Bakkersgilde", "Zaak Onbekend"]),
        ("month=2026-04", []),
        ("at_least=-1", []),
        ("month=nonsense", []),
        ("it=yes", []),
    ],
)
def test_payments_are_chosen_in_the_address(
    books: Company, reader: Person, asked: str, shown: list[str]
) -> None:
    page = text_of(reader.client.get(f"{PAGE}?show=payments&{asked}"))
    assert [name for name in ("Bakkersgilde", "Zaak Onbekend") if f"{name} BV</a>" in page] == shown


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("q=wolken", True),
        ("q=2026-02", True),
        ("q=zaak", False),
        ("it=yes", True),
        ("it=no", False),
        ("month=2026-05", True),
        ("month=2026-06", False),
        ("at_least=302.50", True),
        ("at_least=302.51", False),
    ],
)
def test_invoices_are_chosen_in_the_address(books: Company, reader: Person, asked: str, there: bool) -> None:
    assert ("WR-2026-02</small>" in text_of(reader.client.get(f"{PAGE}?{asked}"))) is there


def test_one_invoice_and_one_payment_have_an_address(books: Company, reader: Person) -> None:
    one = open_invoice(books)
    for chosen, there in (
        (f"vendor={one.vendor_key}", True),
        (f"invoice={one.paper_id}", True),
        ("invoice=9", False),
    ):
        assert ("WR-2026-02</small>" in text_of(reader.client.get(f"{PAGE}?{chosen}"))) is there
    page = text_of(reader.client.get(f"{PAGE}?show=payments&line={line_of(books, '60').address}"))
    assert "Bakkersgilde BV</a>" in page
    assert "Zaak Onbekend BV</a>" not in page


def test_a_word_moves_the_figures_is_remembered_and_can_be_taken_back(books: Company, editor: Person) -> None:
    before = counted(books)
    page = text_of(said(editor, books, "pays"))
    assert "Noted. The figures follow it" in page
    assert "Every invoice is paid." in page
    assert not OpenInvoice.objects.filter(review=spend.current(books)).exists()
    assert counted(books) == before - Decimal("250"), "the payment no longer counts beside its invoice"
    settled = line_of(books, "302.50")
    assert settled.because == [["said", "a person said so"]]
    word = PaymentWord.objects.get()
    page = text_of(editor.client.post(f"{PAGE}words/{word.pk}/withdraw/", {"back": PAGE}, follow=True))
    assert "Taken back." in page
    assert counted(books) == before
    again = editor.client.post(f"{PAGE}words/{word.pk}/withdraw/", follow=True)
    assert "It was taken back already." in text_of(again)
    assert editor.client.post(f"{PAGE}words/{word.pk + 7}/withdraw/").status_code == 404


def test_a_word_holds_when_the_papers_are_brought_anew(company: Company, editor: Person) -> None:
    papers = {
        "a__xml": bill("Wolkenrijk BV", "WR-2026-02", net="250"),
        "bank__xml": payments((PAID, "302.50", "Zaak Onbekend BV", "dank")),
    }
    batch = bring(company, **papers)
    bring(company, c__xml=bill("Zeeblik BV"))
    said(
        editor,
        company,
        "pays",
        paper_id=OpenInvoice.objects.get(review=spend.current(company), left="302.5").paper_id,
    )
    assert line_of(company, "302.50").counting == "settles_invoice"
    undo(batch, editor.user)
    spend.look_again(company, today=date(2026, 6, 1))
    assert not SpendLine.objects.filter(review=spend.current(company), kind="bank").exists()
    bring(company, **{name: in_other_bytes(paper) for name, paper in papers.items()})
    assert line_of(company, "302.50").counting == "settles_invoice"


def test_what_a_rule_matched_can_be_said_apart_from_line_and_paper(books: Company, editor: Person) -> None:
    settled = line_of(books, "121")
    for address in (f"lines/{settled.address}/", "lines/"):
        assert editor.client.get(f"/c/bakkerij/spend/{address}").status_code == 200
    line = text_of(editor.client.get(f"/c/bakkerij/spend/lines/{settled.address}/"))
    paper = text_of(editor.client.get(f"/c/bakkerij/intake/papers/{settled.settles_id}/"))
    for page in (line, paper):
        assert "Does not belong together" in page
        assert "Invoice number WR-2026-01" in page
    given = {"line": settled.key, "invoice": settled.settles_id, "says": "does_not_pay"}
    assert "Noted." in text_of(editor.client.post(f"{PAGE}say/", given, follow=True))
    assert line_of(books, "121").counting == "counts"
    assert "is not paid here" in text_of(
        editor.client.get(f"/c/bakkerij/intake/papers/{settled.settles_id}/")
    )
    assert "Which invoice does it pay?" in text_of(
        editor.client.get(f"/c/bakkerij/spend/lines/{settled.address}/")
    )


def test_of_two_people_at_once_the_second_is_told(books: Company, editor: Person, owner: Person) -> None:
    line, paper = line_of(books, "302.50"), open_invoice(books).paper_id
    given = {"line": line.key, "invoice": paper, "seen": paying.last_word(books)}
    editor.client.post(f"{PAGE}say/", {**given, "says": "pays"})
    page = text_of(owner.client.post(f"{PAGE}say/", {**given, "says": "does_not_pay"}, follow=True))
    assert "Not kept: meanwhile" in page
    assert PaymentWord.objects.get().by == editor.user
    later = {**given, "says": "does_not_pay", "seen": paying.last_word(books)}
    assert "Noted." in text_of(owner.client.post(f"{PAGE}say/", later, follow=True))
    assert line_of(books, "302.50").counting == "counts"


def test_nonsense_and_what_is_not_here_is_refused(books: Company, editor: Person, reader: Person) -> None:
    assert "That could not be kept" in text_of(said(editor, books, "perhaps"))
    line = line_of(books, "60")
    for given in (
        {"line": line.key, "invoice": 10**9},
        {"line": "9:9", "invoice": open_invoice(books).paper_id},
        {"line": line.key, "invoice": line.paper_id},
    ):
        assert editor.client.post(f"{PAGE}say/", {**given, "says": "pays"}).status_code == 404
    assert said(reader, books, "pays").status_code == 403
    assert not PaymentWord.objects.exists()
    assert editor.client.post(f"{PAGE}say/", {"back": "https://elsewhere.example/"})["Location"] == PAGE


def test_many_papers_are_left_to_a_worker(
    books: Company, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paying, "MOST_AT_ONCE", 2)
    handed: list[int] = []
    monkeypatch.setattr(queue, "look_again", handed.append)
    number = shown_review(books).number
    assert "in a minute or two" in text_of(said(editor, books, "pays"))
    editor.client.post(f"{PAGE}words/{PaymentWord.objects.get().pk}/withdraw/")
    assert handed == [books.pk, books.pk]
    assert shown_review(books).number == number
    tasks.look_again(books.pk)
    assert shown_review(books).number == number + 1
    tasks.look_again(10**9)


def test_both_lists_can_be_saved(books: Company, reader: Person) -> None:
    answer = reader.client.get("/c/bakkerij/spend/payments.csv?show=payments&at_least=100")
    lines = text_of(answer).splitlines()
    assert len(lines) == 2
    assert "Zaak Onbekend BV" in lines[1]
    answer = reader.client.get("/c/bakkerij/spend/payments.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        told = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "WR-2026-02" in told
    assert "WR-2026-01" not in told
    assert len(text_of(reader.client.get("/c/bakkerij/spend/payments.csv?month=x")).splitlines()) == 1


def test_before_the_first_papers_there_is_nothing_to_choose(company: Company, reader: Person) -> None:
    assert "Bring in" in text_of(reader.client.get(PAGE))
    assert "Every invoice is paid." not in text_of(reader.client.get(f"{PAGE}?show=payments"))


@pytest.fixture
def differing(company: Company) -> Company:
    """Four bills of 121.00: one with a discount, one short, one with a fee beside it, one as billed."""
    bring(
        company,
        **{
            f"b{number}__xml": bill("Wolkenrijk BV", f"WR-2026-0{number}", net="100")
            for number in (1, 2, 3, 4)
        },
        bank__xml=payments(
            (date(2026, 5, 12), "118.58", "Wolkenrijk BV", "WR-2026-01"),
            (PAID, "71.00", "Wolkenrijk BV", "WR-2026-02"),
            (PAID, "133.50", "Wolkenrijk BV", "WR-2026-03 frais bancaires"),
            (PAID, "121.00", "Wolkenrijk BV", "WR-2026-04"),
        ),
    )
    return company


def test_where_paid_and_billed_differ_it_is_said_what_the_difference_is(
    differing: Company, reader: Person
) -> None:
    page = text_of(reader.client.get(f"{PAGE}?show=differences"))
    assert 'Paid more or less than billed <span class="sum">3</span>' in page
    assert 'Discount for paying soon <span class="sum">2%</span>' in page
    assert "A fee of the bank" in page
    assert "Paid less, still owed" in page
    assert "WR-2026-04" not in page
    assert page.index("WR-2026-02") < page.index("WR-2026-03") < page.index("WR-2026-01"), (
        "the most money first"
    )
    owed = text_of(reader.client.get(PAGE))
    assert "WR-2026-02" in owed
    assert "WR-2026-01" not in owed, "of a discount nothing is owed"


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("q=2026-03", 1),
        ("q=wolken", 3),
        ("at_least=10", 2),
        ("month=2026-06", 0),
        ("month=2026-05", 3),
        ("month=x", 0),
    ],
)
def test_differences_are_chosen_as_the_other_lists_are(
    differing: Company, reader: Person, asked: str, left: int
) -> None:
    page = reader.client.get(f"{PAGE}?show=differences&{asked}")
    assert len(page.context["rows"]) == left


def test_a_payment_that_differs_leads_to_its_line_and_its_paper(differing: Company, reader: Person) -> None:
    row = reader.client.get(f"{PAGE}?show=differences&q=2026-03").context["rows"][0]
    assert "frais bancaires" in text_of(reader.client.get(f"/c/bakkerij/spend/lines/{row.line_address}/"))
    paper = reverse("intake:paper", args=["bakkerij", row.paper_id])
    assert "WR-2026-03" in text_of(reader.client.get(paper))


def test_differences_are_taken_along_as_a_table(differing: Company, reader: Person) -> None:
    answer = reader.client.get("/c/bakkerij/spend/payments.csv?show=differences&q=2026-01")
    assert b"discount for paying soon" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed table
    assert reader.client.get("/c/bakkerij/spend/payments.xlsx?show=differences").status_code == 200


def test_without_a_difference_the_page_says_so(books: Company, reader: Person) -> None:
    page = text_of(reader.client.get(f"{PAGE}?show=differences"))
    assert "Every invoice that was paid here came to what it says." in page
    assert "Nothing fits." in text_of(reader.client.get(f"{PAGE}?show=differences&q=nobody"))


def test_a_bank_fee_is_the_cost_of_the_bank_and_no_it(differing: Company) -> None:
    fee = SpendLine.objects.get(review=spend.current(differing), key__endswith="/rest")
    assert (fee.cost, fee.it, fee.estimated) == (Decimal("12.50"), "no", False)
