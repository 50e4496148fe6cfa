"""What should the owner know about the papers and the figures before trusting them?

Each finding rests on records or on lines that can be listed; its words are a key of the catalogue and values.
A finding names the first `MOST_RECORDS` of its records; its value "count" says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from pilothouse.engine.dates import Month, Span
from pilothouse.engine.evidence import Finding, RecordEvidence, SelectionEvidence, Text
from pilothouse.engine.money import Money
from pilothouse.engine.spend.books import Books
from pilothouse.engine.spend.consolidate import Sorted
from pilothouse.engine.spend.figures import Figures, Part
from pilothouse.engine.spend.settle import PAID_TWICE
from pilothouse.engine.spend.terms import (
    BankMovement,
    Counting,
    Firm,
    InvoicePaper,
    LedgerEntry,
    Settlement,
    SpendLine,
)

DATED = "2026-11"
UNSURE = "spend.unsure"  # the one that changes with every answer
MOST_RECORDS = 20
MOST_VENDORS = 10


@dataclass(frozen=True, slots=True)
class Material:
    """What findings are drawn from. `lines` are all, `figures` those of the period."""

    firm: Firm | None
    papers: Sorted
    settlements: Sequence[Settlement]
    lines: Sequence[SpendLine]
    period: Span
    currency: str
    figures: Figures
    rates_missing: Sequence[tuple[str, SpendLine]]
    books: Books
    charts_unknown: Sequence[LedgerEntry]


def find_all(material: Material) -> tuple[Finding, ...]:
    """All findings, those that could change the figures most first."""
    rules = (
        _firm_unknown,
        _not_ours,
        _unsure,
        _paid_twice,
        _booked_otherwise,
        _chart_unknown,
        _months_without_papers,
        _other_currencies,
        _no_vat_rate,
        _duplicate_invoices,
    )
    return tuple(chain.from_iterable(rule(material) for rule in rules))


def _finding(
    rule: str,
    because: Sequence[RecordEvidence | SelectionEvidence],
    worth: Money | None = None,
    **values: str,
) -> Finding:
    return Finding(
        f"spend.{rule}@{DATED}",
        Text(f"spend.{rule}", tuple(values.items())),
        worth,
        tuple(because[:MOST_RECORDS]),
    )


def _firm_unknown(material: Material) -> Iterator[Finding]:
    if material.firm is None and material.papers.invoices:
        invoices = [invoice for invoice, _ in material.papers.invoices]
        yield _finding("firm_unknown", [_invoice(i) for i in invoices], count=str(len(invoices)))


def _not_ours(material: Material) -> Iterator[Finding]:
    others = [i for i, counting in material.papers.invoices if counting is Counting.NOT_OURS]
    if others and material.firm is not None:
        firm = material.firm.identity.name
        yield _finding("not_ours", [_invoice(i) for i in others], count=str(len(others)), firm=firm)


def _unsure(material: Material) -> Iterator[Finding]:
    found = ask_about(material.figures.unsure_vendors, material.currency)
    if found is not None:
        yield found


def ask_about(unsure: Sequence[Part], currency: str) -> Finding | None:
    """That there is something to be asked, by vendor; it changes with every answer."""
    if not unsure:
        return None
    evidence = [e for part in unsure for e in part.figure.because if isinstance(e, SelectionEvidence)]
    money = sum((e.total.amount for e in evidence), Decimal(0))
    return _finding(
        "unsure",
        evidence[:MOST_VENDORS],
        count=str(sum(e.count for e in evidence)),
        vendors=str(len(unsure)),
        amount=f"{money:.2f}",
        currency=currency,
        first=unsure[0].label,
    )


def _paid_twice(material: Material) -> Iterator[Finding]:
    """One finding for each payment that names an invoice paid already, unless it came back."""
    returned = {(s.invoice, -s.amount.amount) for s in material.settlements}
    double = [s for s in material.settlements if s.because.kind == PAID_TWICE]
    again = [s for s in double if (s.invoice, s.amount.amount) not in returned]
    movements = {s.movement for s in again}
    booked = {m.id: m for m in material.papers.movements if m.id in movements}
    papers = [*(i for i, _ in material.papers.invoices), *material.books.counting] if again else ()
    invoices = {paper.id: paper for paper in papers}
    for settlement in again:
        invoice, movement = invoices[settlement.invoice], booked[settlement.movement]
        yield _finding(
            "paid_twice",
            [_invoice(invoice), _movement(movement)],
            settlement.amount,
            vendor=invoice.seller.name,
            number=invoice.number,
            date=movement.date.isoformat(),
            amount=str(settlement.amount.amount),
            currency=settlement.amount.currency,
        )


def _booked_otherwise(material: Material) -> Iterator[Finding]:
    """Invoices that a ledger has for another amount, in the period; the farthest off first."""
    found = [d for d in material.books.differences if d.invoice.issue_date in material.period]
    if found:
        found.sort(key=lambda d: (-abs(d.by.amount), d.invoice.id))
        first = found[0]
        records = [_invoice(paper) for d in found for paper in (d.invoice, d.booked)]
        yield _finding(
            "booked_otherwise",
            records,
            count=str(len(found)),
            vendor=first.invoice.seller.name,
            number=first.invoice.number,
            amount=str(abs(first.by.amount)),
            currency=first.by.currency,
        )


def _chart_unknown(material: Material) -> Iterator[Finding]:
    """General ledgers of which nothing counts, since nobody knows what their accounts are for."""
    if material.charts_unknown:
        records = [RecordEvidence(e.id, e.source, e.place, e.description) for e in material.charts_unknown]
        yield _finding("chart_unknown", records, count=str(len(records)))


def _months_without_papers(material: Material) -> Iterator[Finding]:
    """Months of the period without any line, between months that have some."""
    months = {Month.of(line.date) for line in material.lines}
    if not months:
        return
    known = Span(min(months), max(months))
    missing = [m for m in material.period.months() if known.first < m < known.last and m not in months]
    if missing:
        nothing = Money(Decimal(0), material.currency)
        evidence = [SelectionEvidence((("month", str(month)),), 0, nothing) for month in missing]
        listed = ", ".join(map(str, missing))
        yield _finding("no_papers_for_month", evidence, months=listed, count=str(len(missing)))


def _other_currencies(material: Material) -> Iterator[Finding]:
    for part in material.figures.other_currencies:
        evidence = [e for e in part.figure.because if isinstance(e, SelectionEvidence)]
        yield _finding(
            "other_currency",
            evidence,
            currency=part.key,
            amount=str(part.figure.value.amount),
            count=str(sum(e.count for e in evidence)),
            ours=material.currency,
        )


def _no_vat_rate(material: Material) -> Iterator[Finding]:
    missing = [(c, line) for c, line in material.rates_missing if line.date in material.period]
    for country in sorted({country for country, _ in missing}):
        lines = [line for c, line in missing if c == country]
        records = [RecordEvidence(line.id, line.source, line.place, line.description) for line in lines]
        yield _finding("no_vat_rate", records, country=country, count=str(len(lines)))


def _duplicate_invoices(material: Material) -> Iterator[Finding]:
    invoices = {i.id: i for i, _ in material.papers.invoices}
    doubles = [(invoices[d], invoices[of]) for d, of in sorted(material.papers.duplicate_of.items())]
    if doubles:
        records = [_invoice(paper) for pair in doubles for paper in pair]
        yield _finding("duplicate_invoice", records, count=str(len(doubles)))


def _invoice(invoice: InvoicePaper) -> RecordEvidence:
    return RecordEvidence(invoice.id, invoice.source, "", f"{invoice.seller.name} {invoice.number}".strip())


def _movement(movement: BankMovement) -> RecordEvidence:
    return RecordEvidence(movement.id, movement.source, movement.place, movement.communication)
