"""The made-up sample company, read from its files: its truth was planted by others than these rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from pilothouse.engine.spend.firm import find_firm
from pilothouse.engine.spend.persons import People, Sellers
from pilothouse.engine.spend.review import Grounds, Papers, SpendReview, review
from pilothouse.engine.spend.terms import BankMovement, Counting, InvoicePaper
from pilothouse.intake.papers import Invoice
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.shapes import as_json
from pilothouse.knowledge import assumption_book, spend_knowledge
from pilothouse.records.models import Paper
from pilothouse.sample import sample_papers, truth
from pilothouse.sample.truth import MovementTruth
from pilothouse.services.papers import invoice_of, movements_of
from tests.engine.spend.spend_papers import check_figures

UNTIL, SEED = date(2026, 11, 1), 7


@lru_cache
def papers() -> tuple[tuple[InvoicePaper, ...], tuple[BankMovement, ...], Mapping[str, str]]:
    """Invoices, movements as they are stored, and the bank's reference of each movement."""
    invoices, movements, references = [], [], {}
    files = [f for f in sample_papers(UNTIL, SEED) if f.name.startswith(("einvoices/", "bank/"))]
    for number, file in enumerate(files, start=1):
        read, _ = read_paper(file.data, file.name)
        stored = Paper(pk=number, kind=read[0].kind, content=as_json(read[0]))
        invoice = invoice_of(stored) if isinstance(read[0], Invoice) else None
        if invoice is not None:
            invoices.append(invoice)
            references[invoice.id] = file.name
        else:
            for movement, said in zip(movements_of(stored), stored.content["movements"], strict=True):
                movements.append(movement)
                references[movement.id] = said["bank_reference"]
    people = People(spend_knowledge(), Sellers.of(invoice.seller for invoice in invoices))
    masked = [(people.mask(movement) or (movement,))[0] for movement in movements]
    return tuple(invoices), tuple(masked), references


@lru_cache
def answer() -> SpendReview:
    invoices, movements, _ = papers()
    who = find_firm(invoices, accounts={movement.account for movement in movements})
    assert who.firm is not None
    assert who.firm.identity.name == truth(UNTIL, SEED).company
    grounds = Grounds(spend_knowledge(), assumption_book())
    return review(Papers(invoices, movements), who.firm, grounds, today=UNTIL)


@lru_cache
def true_movements() -> Mapping[str, MovementTruth]:
    return {movement.reference: movement for movement in truth(UNTIL, SEED).movements}


def test_payments_meet_their_invoices() -> None:
    _, movements, references = papers()
    true = {
        (movement.id, paper)
        for movement in movements
        for paper, _ in true_movements()[references[movement.id]].pays
        if paper.startswith("einvoices/")
    }
    # What was paid twice, and came back, is set against the invoice it names: that is meant so.
    twice = {m.id for m in movements if true_movements()[references[m.id]].kind in ("paid_twice", "refund")}
    found = {(s.movement, references[s.invoice]) for s in answer().settlements}
    found = {pair for pair in found if pair[0] not in twice or pair in true}
    assert len(true & found) / len(found) >= 0.995
    assert len(true & found) / len(true) >= 0.97


def test_every_movement_counts_for_what_it_is() -> None:
    _, _, references = papers()
    known = set(references.values())
    not_spend = {
        "wages",
        "expenses",
        "sickness_fund",
        "union",
        "own_transfer",
        "customer",
        "consumer",
        "interest",
    }
    for line in answer().lines:
        if line.kind == "bank":
            true = true_movements()[references[line.id.partition("/")[0]]]
            if true.kind == "card_debit" or not known.issuperset(paper for paper, _ in true.pays):
                continue  # what it pays is not among these papers
            if true.kind in not_spend or true.kind in ("pays_invoice", "paid_twice"):
                assert line.counting is not Counting.COUNTS, (true.kind, line)
            if true.cost is not None:
                assert line.counting is Counting.COUNTS, (true.kind, line)


def test_every_invoice_counts_for_what_it_is() -> None:
    _, _, references = papers()
    true = {invoice.paper: invoice for invoice in truth(UNTIL, SEED).invoices}
    said = {references[line.paper]: line.counting.value for line in answer().lines if line.kind == "invoice"}
    twice = {(i.seller, i.number) for i in true.values() if i.counting == "duplicate"}
    for paper, invoice in true.items():
        # Which of two equal papers is the double is nobody's business.
        if paper in said and (invoice.seller, invoice.number) not in twice:
            assert said[paper] == invoice.counting, paper
    assert list(said.values()).count("duplicate") == len(twice)


def test_every_figure_is_the_sum_of_its_lines() -> None:
    check_figures(answer())


def test_what_was_paid_twice_and_came_back_is_no_finding() -> None:
    keys = [finding.title.key for finding in answer().findings]
    assert "spend.paid_twice" not in keys
    assert "spend.not_ours" in keys
    assert "spend.duplicate_invoice" in keys
