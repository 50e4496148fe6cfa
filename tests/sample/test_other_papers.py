"""The sample's ledger, card, exports, contracts and what came otherwise: read as what they are, true to the truth."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date

from pilothouse.intake.containers import open_container
from pilothouse.intake.documents.pdf import text_of_pdf
from pilothouse.intake.papers import Document, Invoice, Ledger, Listing, Paper, Statement
from pilothouse.intake.recognise import read_paper
from pilothouse.sample import MADE_UP, Truth, sample_papers, truth
from pilothouse.sample.contracts import months_after
from pilothouse.sample.firm import staff

UNTIL = date(2026, 11, 22)
FIRST = ("einvoices/", "bank/")


@pytest.fixture(scope="module")
def read() -> dict[str, Paper]:
    """Each paper by the name of its file, those in containers too."""
    found = {}
    for file in sample_papers(UNTIL):
        if file.name.startswith(FIRST):
            continue
        opened = open_container(file.data, file.name)
        for name, data in list(opened.members) if opened else [(file.name, file.data)]:
            papers, problems = read_paper(data, name)
            assert (len(papers), problems) == (1, ()), name
            found[name] = papers[0]
    return found


@pytest.fixture(scope="module")
def planted() -> Truth:
    return truth(UNTIL)


def test_each_kind_of_paper_is_there(read: dict[str, Paper]) -> None:
    assert Counter(paper.kind for paper in read.values()) == {
        "ledger": 3, "statement": 3, "listing": 2, "document": 7, "invoice": 5,
    }  # fmt: skip


def test_the_same_end_and_seed_give_the_same_bytes() -> None:
    def rest(seed: int) -> list[bytes]:
        return [file.data for file in sample_papers(UNTIL, seed) if not file.name.startswith(FIRST)]

    assert rest(3) == rest(3)
    assert rest(3) != rest(4)


def test_the_ledger_says_every_booking_and_no_total(read: dict[str, Paper], planted: Truth) -> None:
    lines = [line for paper in read.values() if isinstance(paper, Ledger) for line in paper.lines]
    assert {paper.book for paper in read.values() if isinstance(paper, Ledger)} == {"purchases"}
    told = Counter((line.date, line.party, line.document, line.amount, line.vat) for line in lines)
    assert told == Counter((row.day, row.supplier, row.number, row.net, row.vat) for row in planted.ledger)


def test_each_bill_is_booked_to_the_cent_dollars_at_the_euro_paid_for_them(planted: Truth) -> None:
    booked: Counter[str] = Counter()
    for row in planted.ledger:
        if row.paper:
            booked[row.paper] += int(row.gross * 100)
    paid = {paper: int(-m.amount * 100) for m in planted.movements for paper, _ in m.pays}
    bills = {}
    for bill in (*planted.invoices, *planted.others):
        if bill.counting == "counts" and (bill.currency == "EUR" or bill.paper in paid):
            euro = paid[bill.paper] if bill.currency == "USD" else int(bill.gross * 100)
            bills[bill.paper] = -euro if bill.credit else euro
    assert booked == bills
    assert sum(bill.currency == "USD" for bill in planted.invoices if bill.paper in bills) > 20


def test_the_card_says_every_line_and_the_bank_pays_each_month(
    read: dict[str, Paper], planted: Truth
) -> None:
    movements = [m for paper in read.values() if isinstance(paper, Statement) for m in paper.movements]
    assert Counter((m.date, -m.amount) for m in movements) == Counter((c.day, c.amount) for c in planted.card)
    assert {paper.account for paper in read.values() if isinstance(paper, Statement)} == {"**** 4417"}
    months: Counter[str] = Counter()
    for charge in planted.card:
        months[f"{charge.day:%Y-%m}"] += int(charge.amount * 100)
    debits = [int(-m.amount * 100) for m in planted.movements if m.kind == "card_debit"]
    assert debits == [months[month] for month in sorted(months)][: len(debits)]
    assert len(debits) == 23


def test_the_exports_show_leavers_and_seats_nobody_uses(read: dict[str, Paper], planted: Truth) -> None:
    lists = {paper.of: paper for paper in read.values() if isinstance(paper, Listing)}
    users = {entry["account"]: entry for entry in lists["users"].entries}
    assert set(users) == {seat.account for seat in planted.seats}
    taken = lists["users"].taken_on
    assert taken == date(2026, 10, 31)
    idle = [
        seat for seat in planted.seats if seat.last_used is None or taken - seat.last_used > timedelta(180)
    ]
    assert [seat.last_used is None for seat in idle] == [False, False, True]
    leavers = {seat.name for seat in planted.seats if seat.has_left}
    assert len(leavers) == 2
    assert leavers.isdisjoint(staff())
    for seat in planted.seats:
        assert users[seat.account]["licences"].split("; ") == list(seat.products)


def test_as_many_licences_are_paid_as_the_reseller_bills_and_fewer_are_given_out(
    read: dict[str, Paper], planted: Truth
) -> None:
    (counts,) = (paper for paper in read.values() if isinstance(paper, Listing) and paper.of == "licences")
    told = {entry["product"]: (int(entry["total"]), int(entry["used"])) for entry in counts.entries}
    assert told == {one.product: (one.paid, one.given) for one in planted.licences}
    assert told == {
        "Microsoft 365 Business Standard": (33, 29),
        "Microsoft 365 Business Basic": (6, 6),
        "Power BI Pro": (3, 2),
    }


def test_the_contracts_are_contracts_of_two_or_three_pages(read: dict[str, Paper], planted: Truth) -> None:
    documents = {name: paper for name, paper in read.items() if isinstance(paper, Document)}
    contracts = {name: paper for name, paper in documents.items() if paper.seems == "contract"}
    assert set(contracts) == {contract.paper for contract in planted.contracts}
    assert len(contracts) == 5
    assert {paper.pages for paper in contracts.values()} <= {2, 3}


@pytest.mark.parametrize("until", [UNTIL, date(2026, 3, 31), date(2028, 2, 1)], ids=str)
def test_the_dates_of_a_contract_follow_from_its_term(until: date) -> None:
    by_trap = {contract.trap: contract for contract in truth(until).contracts}
    for contract in by_trap.values():
        assert months_after(contract.start, contract.initial_months) == contract.ends + timedelta(1)
        assert contract.ends <= contract.term_ends
        assert contract.term_ends >= until.replace(day=1)
        assert months_after(contract.term_ends, -contract.notice_months) == contract.last_day
    soon = [trap for trap, contract in by_trap.items() if contract.last_day <= until + timedelta(60)]
    assert soon == ["notice close by"]
    assert until.replace(day=1) < by_trap["notice close by"].last_day
    renewed = [trap for trap, contract in by_trap.items() if contract.term_ends != contract.ends]
    assert renewed == ["linked to an index without a cap"]


def test_the_words_of_a_contract_say_what_is_true_of_it(planted: Truth) -> None:
    words = {
        file.name: " ".join(text_of_pdf(file.data).text.replace("-\n", "").split())
        for file in sample_papers(UNTIL)
        if file.name.startswith("contracts/")
    }
    for contract in planted.contracts:
        said = words[contract.paper]
        amounts = [f"{contract.monthly:.2f}", *(str(price.allowed) for price in contract.prices)]
        for amount in amounts:
            assert amount.replace(".", "." if contract.language == "en" else ",") in said, contract.paper
        assert str(contract.notice_months) in said
        assert format_date(contract.start, "d MMMM y", locale=contract.language) in said
        assert format_date(contract.ends, "d MMMM y", locale=contract.language) in said
        assert contract.provider in said
        assert planted.company in said
        assert MADE_UP in said
        assert bool(re.search(r"aansprakelijkheid|liability|responsabilit", said, re.I)) is (
            contract.capped_liability
        )


def test_what_is_billed_is_what_was_agreed_but_for_four_prices(planted: Truth) -> None:
    dearer = {
        price.what: (price.allowed, price.billed)
        for contract in planted.contracts
        for price in contract.prices
        if price.billed > price.allowed
    }
    assert dearer == {
        "Interventie buiten het vaste bedrag": (Decimal("92.00"), Decimal("96.0")),
        "Microsoft 365 Business Standard": (Decimal("11.70"), Decimal("12.9")),
        "Internetlijn 1 Gbit/s Voorbeeldegem": (Decimal("131.58"), Decimal("135.5")),
        "Afdruk kleur": (Decimal("0.058"), Decimal("0.062")),
    }
    for contract in planted.contracts:
        for price in contract.prices:
            assert (price.too_much_a_year > 0) is (price.billed > price.allowed)


def test_pdf_bills_say_their_figures_and_one_is_an_e_invoice_too(
    read: dict[str, Paper], planted: Truth
) -> None:
    bills = [paper for paper in read.values() if isinstance(paper, Document) and paper.seems == "invoice"]
    numbers = {i.number: i for i in planted.invoices}
    twins = [bill for bill in bills if bill.reads.number in numbers]
    (twin,), (alone,) = twins, [bill for bill in bills if bill not in twins]
    assert twin.reads.gross == numbers[twin.reads.number or ""].payable
    assert alone.reads.gross == Decimal("827.64")


def test_what_came_otherwise_is_read_to_the_cent(read: dict[str, Paper], planted: Truth) -> None:
    invoices = {paper.number: paper for paper in read.values() if isinstance(paper, Invoice)}
    waits = [bill for bill in planted.others if bill.number not in invoices]
    assert len(waits) == 1
    assert waits[0].number == "SV-2026-118"
    for bill in planted.others:
        if bill.number in invoices:
            totals = invoices[bill.number].totals
            assert (totals.net, totals.vat, totals.payable) == (bill.net, bill.vat, bill.payable)
            assert invoices[bill.number].problems == ()


def test_a_pdf_with_its_e_invoice_shows_the_same_bill_to_people(read: dict[str, Paper]) -> None:
    (hybrid,) = (file for file in sample_papers(UNTIL) if file.name.startswith("hybrid/"))
    invoice = read[hybrid.name]
    assert isinstance(invoice, Invoice)
    shown = text_of_pdf(hybrid.data).text
    assert f"Factuurnummer: {invoice.number}" in shown
    assert f"Te betalen: € {invoice.totals.payable}".replace(".", ",") in shown


def test_no_account_of_the_ledger_tells_it_from_the_rest(planted: Truth) -> None:
    of_it = Counter(row.account for row in planted.ledger if row.purpose)
    of_the_rest = {row.account for row in planted.ledger if not row.purpose}
    shared = sum(count for account, count in of_it.items() if account in of_the_rest)
    assert shared / of_it.total() > 0.7
    assert of_it.keys() - of_the_rest == {"612100"}, "telecom has an account of its own"


def test_each_paper_says_that_it_is_made_up() -> None:
    for file in sample_papers(UNTIL):
        if file.name.endswith(".pdf"):
            assert MADE_UP in text_of_pdf(file.data).text, file.name
        elif opened := open_container(file.data, file.name):
            assert all(MADE_UP.encode() in data for _, data in opened.members), file.name
        else:
            assert MADE_UP.encode() in file.data, file.name
