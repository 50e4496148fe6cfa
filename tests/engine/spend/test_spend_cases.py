"""The cases of `tests/cases/spend`: papers in, and what must be said of them. An expert writes them; this runs them.

A case names its papers shortly. `expect` may hold: firm; it_total, year_before, all_spend, estimated, unsure (amounts);
counting, cost, it, purpose, vendor, settles, kind (by line; those of ledgers are "ledger:<id>"); settled (payment,
invoice, amount); open (what is left of invoices); differences (payment, invoice, what was paid beyond, why); others (by
currency); findings. `rates` are those of one euro.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilothouse.engine.spend.firm import find_firm
from pilothouse.engine.spend.rates import DatedRate, ExchangeRates
from pilothouse.engine.spend.review import Grounds, Papers, SpendReview, review
from pilothouse.engine.spend.terms import (
    BankMovement,
    Decision,
    Firm,
    Identity,
    InvoiceItem,
    InvoicePaper,
    LedgerEntry,
)
from tests.engine.spend.spend_papers import ACCOUNT, BOOK, KNOWLEDGE, check_figures

FOLDER = Path(__file__).parents[2] / "cases" / "spend"
CASES = sorted(FOLDER.glob("*.yaml"))
Said = Mapping[str, Any]


def party(said: Said | str) -> Identity:
    if isinstance(said, str):
        return Identity(said)
    ibans = (said["iban"],) if said.get("iban") else ()
    return Identity(
        said.get("name", ""), said.get("vat_id", ""), said.get("legal_id", ""), ibans, said.get("country", "")
    )


def number(said: object) -> Decimal:
    return Decimal(str(said))


def invoice(said: Said, parties: Said) -> InvoicePaper:
    items = tuple(
        InvoiceItem(str(at), name, "", number(net), number(rate) if rate is not None else None, f"line {at}")
        for at, (name, net, rate) in enumerate(said.get("items", ()), start=1)
    )
    allowances, charges = number(said.get("allowances", 0)), number(said.get("charges", 0))
    lines = sum((item.net for item in items), Decimal(0))
    net = number(said.get("net", lines - allowances + charges))
    vat = number(said.get("vat", 0))
    return InvoicePaper(
        id=said["id"],
        source=said.get("file", f"file of {said['id']}"),
        number=str(said.get("number", said["id"])),
        is_credit=said.get("credit", False),
        issue_date=said["date"],
        due_date=said.get("due"),
        currency=said.get("currency", "EUR"),
        seller=party(parties[said["from"]]),
        buyer=party(parties[said.get("to", "us")]),
        net=net,
        vat=vat,
        payable=number(said.get("payable", net + vat)),
        reference=str(said.get("reference", "")),
        allowances=allowances,
        charges=charges,
        items=items,
    )


def movement(said: Said, parties: Said) -> BankMovement:
    other = said.get("with", "")
    return BankMovement(
        id=said["id"],
        source=said.get("file", "bank file"),
        account=said.get("account", ACCOUNT),
        date=said["date"],
        amount=number(said["amount"]),
        currency=said.get("currency", "EUR"),
        counterparty=party(parties.get(other, other) if isinstance(other, str) else other),
        communication=said.get("text", ""),
        structured=str(said.get("structured", "")),
        place=f"line of {said['id']}",
        code=said.get("code", ""),
        return_reason=said.get("return_reason", ""),
    )


def entry(said: Said, parties: Said) -> LedgerEntry:
    """A line of a ledger; `with` names a party or is its name."""
    other = said.get("with", "")
    vat = said.get("vat")
    return LedgerEntry(
        id=f"ledger:{said['id']}",
        source=said.get("file", "ledger file"),
        paper="ledger",
        book=said.get("book", "purchases"),
        date=said["date"],
        amount=number(said["amount"]),
        currency=said.get("currency", "EUR"),
        party=party(parties.get(other, other) if isinstance(other, str) else other),
        description=said.get("text", ""),
        document=str(said.get("document", "")),
        account=str(said.get("account", "")),
        account_name=said.get("account_name", ""),
        journal=said.get("journal", ""),
        place=f"row {said['id']}",
        vat=None if vat is None else number(vat),
        net=said.get("net"),
        chart=said.get("chart", ""),
    )


def decision(said: Said) -> Decision:
    print_ = said.get("line_print", "")
    return Decision(said["vendor"], print_, said["is_it"], said.get("purpose", ""), "An", said["decided"])


def answer_to(case: Said) -> SpendReview:
    parties: Said = case.get("parties", {})
    papers = Papers(
        tuple(invoice(said, parties) for said in case.get("invoices", ())),
        tuple(movement(said, parties) for said in case.get("movements", ())),
        tuple(entry(said, parties) for said in case.get("ledger", ())),
    )
    known = None
    if "us" in parties:
        known = Firm(party(parties["us"]), case.get("recovers_vat", True), "said by the case")
    accounts = {m.account for m in papers.movements}
    found = find_firm(papers.invoices, named=case.get("company"), known=known, accounts=accounts)
    decisions = tuple(decision(said) for said in case.get("decisions", ()))
    rates = ExchangeRates(
        DatedRate(rate["day"], rate["currency"], number(rate["per_euro"])) for rate in case.get("rates", ())
    )
    grounds = Grounds(KNOWLEDGE, BOOK, decisions, exchange=rates)
    return review(papers, found.firm, grounds, today=case["today"])


def cents(said: Decimal) -> str:
    """An amount with two decimals; one that has more, as it is."""
    return f"{said:.2f}" if said == round(said, 2) else str(said)


def by_line(read: Callable[[Any], object]) -> Callable[[SpendReview, Said], object]:
    def said_of(answer: SpendReview, wanted: Said) -> object:
        return {line.id: read(line) for line in answer.lines if line.id in wanted}

    return said_of


READ: Mapping[str, Callable[[SpendReview, Any], object]] = {
    "firm": lambda answer, _: answer.firm.identity.name if answer.firm else None,
    "it_total": lambda answer, _: cents(answer.figures.it_total.value.amount),
    "year_before": lambda answer, _: (
        cents(answer.figures.year_before.value.amount) if answer.figures.year_before else None
    ),
    "all_spend": lambda answer, _: cents(answer.figures.all_spend.value.amount),
    "estimated": lambda answer, _: cents(answer.figures.estimated.value.amount),
    "unsure": lambda answer, _: cents(answer.figures.unsure.value.amount),
    "counting": by_line(lambda line: line.counting.value),
    "cost": by_line(lambda line: cents(line.cost.amount)),
    "it": by_line(lambda line: line.recognition.it),
    "purpose": by_line(lambda line: line.recognition.purpose),
    "vendor": by_line(lambda line: line.vendor_key),
    "settles": by_line(lambda line: line.settles),
    "kind": by_line(lambda line: line.kind),
    "settled": lambda answer, _: [
        [s.movement, s.invoice, cents(s.amount.amount)] for s in answer.settlements
    ],
    "open": lambda answer, _: {o.invoice: cents(o.left) for o in answer.open_invoices},
    "differences": lambda answer, _: [
        [d.movement, d.invoice, cents(d.amount.amount), d.why.value] for d in answer.differences
    ],
    "findings": lambda answer, _: [finding.title.key for finding in answer.findings],
    "others": lambda answer, _: {
        part.key: cents(part.figure.value.amount) for part in answer.figures.other_currencies
    },
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    answer = answer_to(case)
    check_figures(answer)
    for what, wanted in case["expect"].items():
        assert READ[what](answer, wanted) == wanted, f"{case['case']}: {what}"


def test_the_cases_are_found() -> None:
    assert len(CASES) >= 30
