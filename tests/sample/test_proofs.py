"""Each purchase of the sample is told once, with every paper that proves it, and each paper is found where it says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from pilothouse.intake.containers import INTO, open_container
from pilothouse.intake.papers import Ledger, Movement, Paper, Statement
from pilothouse.intake.recognise import read_paper
from pilothouse.sample import Truth, sample_papers, truth

UNTIL = date(2026, 11, 22)


@pytest.fixture(scope="module", params=[(UNTIL, 1), (date(2025, 3, 1), 2)], ids=str)
def planted(request: pytest.FixtureRequest) -> Truth:
    until, seed = request.param
    return truth(until, seed)


@pytest.fixture(scope="module")
def files(planted: Truth) -> dict[str, bytes]:
    """Each file, and what is in a mail or archive under the name it gets when it is opened."""
    found = {}
    for file in sample_papers(planted.until, planted.seed):
        found[file.name] = file.data
        opened = open_container(file.data, file.name)
        found |= dict(opened.members) if opened else {}
    return found


@pytest.fixture(scope="module")
def books_and_cards(files: dict[str, bytes]) -> dict[str, Paper]:
    return {
        name: read_paper(data, name)[0][0]
        for name, data in files.items()
        if name.startswith(("books/", "cards/"))
    }


def test_every_paper_that_proves_a_purchase_is_there(planted: Truth, files: dict[str, bytes]) -> None:
    proofs = [proof for purchase in planted.purchases for proof in purchase.proofs]
    assert {proof.paper for proof in proofs} <= set(files)
    assert {proof.kind for proof in proofs} == {"invoice", "document", "ledger", "card", "bank"}
    assert all(purchase.proofs for purchase in planted.purchases)


def test_every_purchase_invoice_and_every_line_of_ledger_and_card_proves_one_purchase(
    planted: Truth, books_and_cards: dict[str, Paper]
) -> None:
    told = Counter((proof.paper, proof.place) for p in planted.purchases for proof in p.proofs)
    lines = {
        (name, line.place)
        for name, paper in books_and_cards.items()
        for line in (paper.lines if isinstance(paper, Ledger) else _movements(paper))
    }
    assert {place for place in told if place[0].startswith(("books/", "cards/"))} == lines
    assert {told[place] for place in lines} == {1}
    bought = {i.paper for i in planted.invoices if i.counting in ("counts", "duplicate")}
    bought |= {bill.paper for bill in planted.others}
    assert {told[paper, ""] for paper in bought} == {1}


def _movements(paper: Paper) -> tuple[Movement, ...]:
    assert isinstance(paper, Statement)
    return paper.movements


def test_the_ledger_says_the_number_and_the_cost_of_its_purchase(
    planted: Truth, books_and_cards: dict[str, Paper]
) -> None:
    lines = {
        (name, line.place): line
        for name, paper in books_and_cards.items()
        if isinstance(paper, Ledger)
        for line in paper.lines
    }
    for purchase in planted.purchases:
        booked = [lines[p.paper, p.place] for p in purchase.proofs if p.kind == "ledger"]
        assert {line.document for line in booked} <= {purchase.number}
        assert {line.party for line in booked} <= {purchase.vendor}
        if booked and purchase.currency == "EUR":
            assert sum(line.amount or Decimal(0) for line in booked) == purchase.net, purchase.number


def test_a_debit_of_the_card_pays_the_lines_of_its_month(
    planted: Truth, books_and_cards: dict[str, Paper]
) -> None:
    charged = {
        (name, movement.place): movement.amount
        for name, paper in books_and_cards.items()
        if isinstance(paper, Statement)
        for movement in paper.movements
    }
    paid: Counter[str] = Counter()
    for purchase in planted.purchases:
        lines = [p for p in purchase.proofs if p.kind == "card"]
        for debit in (p for p in purchase.proofs if lines and p.kind == "bank"):
            paid[debit.place] += sum(int(charged[p.paper, p.place] * 100) for p in lines)
    debits = {m.reference: int(m.amount * 100) for m in planted.movements if m.kind == "card_debit"}
    assert paid == debits
    assert len(debits) == 23, "the last month is debited after the end"


def test_purchases_add_up_to_what_it_cost_each_month(planted: Truth) -> None:
    of_month: Counter[str] = Counter()
    dollars: Counter[str] = Counter()
    for purchase in planted.purchases:
        (of_month if purchase.currency == "EUR" else dollars)[purchase.month] += int(purchase.it * 100)
    assert {c.month: int(c.whole * 100) for c in planted.it_costs} == of_month
    assert {c.month: int(c.invoiced_usd * 100) for c in planted.it_costs} == dollars
    assert all(sum(net for _, net in p.items) == p.net for p in planted.purchases)


def test_payments_prove_what_they_settle(planted: Truth) -> None:
    """What is paid twice and comes back proves nothing; wages, sales and savings are no purchase."""
    proving = {proof.place for p in planted.purchases for proof in p.proofs if proof.kind == "bank"}
    settled = {
        i.paper: set(i.paid_by) for i in (*planted.invoices, *planted.others) if i.counting == "counts"
    }
    for purchase in planted.purchases:
        (paper, *_) = [p.paper for p in purchase.proofs if p.kind in ("invoice", "document")] or [""]
        paid = {p.place for p in purchase.proofs if p.kind == "bank"}
        assert paper not in settled or paid == settled[paper], paper
    kinds = {m.kind for m in planted.movements if m.reference in proving}
    assert kinds == {
        "pays_invoice", "pays_absent_invoice", "pays_booked_only", "paid_only", "bank_cost", "card_debit", "refund",
    }  # fmt: skip


def test_purchases_are_proved_in_every_way(planted: Truth) -> None:
    ways = {purchase.kinds for purchase in planted.purchases}
    for way in (
        {"invoice", "ledger", "bank"}, {"document", "ledger", "bank"}, {"invoice", "document", "ledger", "bank"},
        {"ledger"}, {"ledger", "bank"}, {"card", "bank"}, {"card"}, {"bank"}, {"invoice", "ledger"},
    ):  # fmt: skip
        assert way in ways


def test_what_is_in_mail_or_archive_is_named_as_intake_names_it(planted: Truth) -> None:
    within = [bill.paper for bill in planted.others if INTO in bill.paper]
    assert len(within) == 3
