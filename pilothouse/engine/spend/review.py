"""What do we pay for? All papers of a company in one answer, each figure with the lines it is made of.

`review` sorts the papers (whose are they, is one here twice, is it booked in a ledger too), settles invoices with
payments, makes lines, recognises them, and adds up what counts. Every figure carries the conditions by which `select`
gives its lines again.
Limits: one currency is the company's (the one most papers use) and alone stands in the figures; the others
are reported apart, unconverted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pilothouse.engine.assumptions import Assumption, AssumptionBook
from pilothouse.engine.dates import Month, Span, last_full_months
from pilothouse.engine.evidence import AssumptionEvidence, Figure, Finding, Text
from pilothouse.engine.spend.accounts import Accounts
from pilothouse.engine.spend.books import Books, keep_books, settle_at_the_bank, with_accounts
from pilothouse.engine.spend.cards import find_card_payments, is_card
from pilothouse.engine.spend.consolidate import (
    Consolidation,
    MovementLines,
    Proofs,
    Sorted,
    lines_of_invoice,
    own_accounts,
    refunds_of,
    sort_papers,
)
from pilothouse.engine.spend.figures import Conditions, Part, counting_in, names_of, parts_of, select, sum_up
from pilothouse.engine.spend.findings import Material, find_all
from pilothouse.engine.spend.ledgers import Ledgers, mask_people, read_ledgers
from pilothouse.engine.spend.persons import People, Sellers
from pilothouse.engine.spend.recognise import HAND_SET, Certainty, Recogniser
from pilothouse.engine.spend.settle import settle
from pilothouse.engine.spend.terms import (
    BankMovement,
    Counting,
    Decision,
    Firm,
    InvoicePaper,
    LedgerEntry,
    Settlement,
    SpendKnowledge,
    SpendLine,
)
from pilothouse.engine.spend.vat import VatRates
from pilothouse.engine.spend.vendors import KnownVendors, Parties, identifier_of

RULE_SET = "spend@2026-11"


@dataclass(frozen=True, slots=True)
class Papers:
    """All invoices, movements (of bank accounts and cards) and ledger entries of one company, in any order."""

    invoices: Sequence[InvoicePaper] = ()
    movements: Sequence[BankMovement] = ()
    entries: Sequence[LedgerEntry] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a review rests on besides the papers."""

    knowledge: SpendKnowledge
    book: AssumptionBook
    decisions: Sequence[Decision] = ()
    certainty: Certainty = HAND_SET


@dataclass(frozen=True, slots=True)
class SpendReview:
    """The answer. Figures are of `period` and in `currency`; "IT" are the lines recognised as such, not those
    asked.

    The parts of IT (`by_…`) each sum to `it_total`. `estimated` is the part of it whose VAT was estimated.
    `unsure` are the lines a person is asked about, `unsure_vendors` by vendor, the most money first.
    `year_before` is None where there are no papers of that year; `year_before_missing` says so.
    """

    rule_set: str
    firm: Firm | None
    period: Span
    currency: str
    lines: tuple[SpendLine, ...]
    settlements: tuple[Settlement, ...]
    it_total: Figure
    year_before: Figure | None
    year_before_missing: Text | None
    all_spend: Figure
    estimated: Figure
    unsure: Figure
    by_purpose: tuple[Part, ...]
    by_function: tuple[Part, ...]
    by_vendor: tuple[Part, ...]
    by_month: tuple[Part, ...]
    unsure_vendors: tuple[Part, ...]
    other_currencies: tuple[Part, ...]
    months_with_papers: tuple[Month, ...]
    findings: tuple[Finding, ...]


def review(
    papers: Papers,
    firm: Firm | None,
    grounds: Grounds,
    *,
    today: date,
    period: Span | None = None,
    currency: str | None = None,
) -> SpendReview:
    """Review all papers. `period` defaults to the last twelve full months before `today`; `currency` to the
    one most papers use. Without a `firm` every invoice is taken for one of ours, and a finding says so.
    """
    booked = _consolidate(papers, firm, grounds)
    span = period or last_full_months(today)
    return _answer(booked, firm, grounds, span, currency or _usual_currency(papers))


def period_with_papers(days: Iterable[date], today: date) -> Span:
    """The last twelve full months where any of the papers' days lies in them; else the twelve months that end
    with the last paper.

    >>> str(period_with_papers([date(2021, 5, 3)], date(2026, 3, 1)).last)
    '2021-05'
    """
    usual = last_full_months(today)
    known = sorted(days)
    if not known or any(day in usual for day in known):
        return usual
    last = Month.of(known[-1])
    return Span(last.plus(-11), last)


@dataclass(frozen=True, slots=True)
class _Booked:
    """The lines and what was found on the way to them."""

    papers: Sorted
    settlements: tuple[Settlement, ...]
    lines: tuple[SpendLine, ...]
    rates_used: tuple[Assumption, ...]
    rates_missing: tuple[tuple[str, SpendLine], ...]
    books: Books
    charts_unknown: tuple[LedgerEntry, ...]


def _consolidate(papers: Papers, firm: Firm | None, grounds: Grounds) -> _Booked:
    known = KnownVendors(grounds.knowledge.vendors)
    accounts = own_accounts(papers.movements, firm)
    home = _home(firm, accounts)
    ledgers = _read_ledgers(papers, grounds, home)
    parties = Parties(papers.invoices, known, (b.party for b in (*ledgers.bookings, *ledgers.repeated)))
    firm_key = parties.key(firm.identity) if firm else ""
    sorted_ = sort_papers(papers.invoices, papers.movements, parties, firm_key)
    cards = find_card_payments(sorted_.movements)
    abroad = [m for m in sorted_.movements if accounts.isdisjoint(m.counterparty.ibans) and m.id not in cards]
    vat = VatRates(grounds.book, home=home, recovers_vat=firm is None or firm.recovers_vat)
    to_us = [i for i, why in sorted_.invoices if why is Counting.COUNTS]
    books = keep_books(ledgers, to_us, abroad, parties, vat, firm_key)
    invoices = [
        (with_accounts(i, books.accounts[i.id]) if i.id in books.accounts else i, why)
        for i, why in sorted_.invoices
    ]
    counted = [i for i, why in invoices if why in (Counting.COUNTS, Counting.OWN_SALE)]
    settlements = _settle([*counted, *books.counting], abroad, books, parties, firm_key)
    settled = _by_movement(settlements)
    with_ = Consolidation(
        parties,
        Recogniser(grounds.knowledge, grounds.decisions, parties.canonical, grounds.certainty),
        People(grounds.knowledge, _firms([*counted, *books.counting], grounds.decisions)),
        vat,
        firm,
    )
    lines = [line for invoice, why in invoices for line in lines_of_invoice(invoice, why, with_)]
    for b in books.papers:
        lines.extend(lines_of_invoice(b.paper, b.counting, with_, b.instead, b.because))
    refunds = refunds_of(sorted_, books.counting, settled, parties)
    proofs = Proofs(accounts, settled, cards, {p.id: p.paper for p in books.counting})
    of_movements = MovementLines(with_, proofs, refunds)
    lines.extend(line for movement in sorted_.movements for line in of_movements.of(movement))
    lines.extend(of_movements.repeated(movement) for movement in sorted_.repeated)
    lines.sort(key=lambda line: (line.date, line.id))
    return _Booked(
        sorted_, settlements, tuple(lines), tuple(vat.used), tuple(vat.missing), books, ledgers.unknown
    )


def _read_ledgers(papers: Papers, grounds: Grounds, home: str) -> Ledgers:
    """The bookings of all ledgers, natural persons masked."""
    if not papers.entries:
        return Ledgers()
    ledgers = read_ledgers(papers.entries, Accounts(grounds.knowledge.ledgers), home=home)
    people = People(grounds.knowledge, _firms(papers.invoices, grounds.decisions))
    masked = tuple(mask_people(ledgers.bookings, people))
    return replace(ledgers, bookings=masked, repeated=tuple(mask_people(ledgers.repeated, people)))


def _settle(
    invoices: Sequence[InvoicePaper],
    movements: Sequence[BankMovement],
    books: Books,
    parties: Parties,
    firm_key: str,
) -> tuple[Settlement, ...]:
    """Payments with what they pay: invoices and bookings, then what was bought straight from the bank."""
    found = settle(invoices, movements, parties, firm_key)
    paid, used = {s.invoice for s in found}, {s.movement for s in found}
    direct = [p for p in books.counting if p.id in books.direct and p.id not in paid]
    return (*found, *settle_at_the_bank(direct, [m for m in movements if m.id not in used]))


def _by_movement(settlements: Iterable[Settlement]) -> Mapping[str, Sequence[Settlement]]:
    found: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        found[settlement.movement].append(settlement)
    return dict(found)


def _firms(invoices: Iterable[InvoicePaper], decisions: Iterable[Decision]) -> Sellers:
    """Who is no natural person here: sellers on invoices, and vendors somebody decided on."""
    sellers = Sellers.of({invoice.seller for invoice in invoices})
    decided = {d.vendor_key.removeprefix("name:") for d in decisions if d.vendor_key.startswith("name:")}
    return replace(sellers, names=frozenset(sellers.names) | decided)


def _home(firm: Firm | None, accounts: Iterable[str]) -> str:
    """Our country: as the papers name it, by our number, or by where our accounts are."""
    number = identifier_of(firm.identity) if firm else ""
    ibans = sorted(account[:2] for account in accounts if not is_card(account))
    said = [firm.identity.country.upper() if firm else "", number[:2], *ibans]
    return next((country for country in said if country.isalpha()), "")


def _usual_currency(papers: Papers) -> str:
    used = Counter(movement.currency for movement in papers.movements)
    used.update(invoice.currency for invoice in papers.invoices)
    used.update(entry.currency for entry in papers.entries)
    return min(used, key=lambda currency: (-used[currency], currency), default="EUR")


# --- adding up ------------------------------------------------------------------------------------


def _answer(booked: _Booked, firm: Firm | None, grounds: Grounds, period: Span, currency: str) -> SpendReview:
    counting = counting_in(period, currency)
    counted = list(select(booked.lines, counting))
    it = [line for line in counted if line.recognition.it == "yes"]
    asked = [line for line in counted if line.recognition.it == "asked"]
    names = names_of(booked.lines)
    purposes = {purpose.key: purpose.name for purpose in grounds.knowledge.purposes}
    it_total = sum_up("it_total", it, (*counting, ("it", "yes")), currency)
    unsure = sum_up("unsure", asked, (*counting, ("it", "asked")), currency)
    unsure_vendors = _named(parts_of(unsure, asked, "vendor", lambda line: line.vendor_key), names)
    others = _other_currencies(booked.lines, period, currency)
    year_before = _year_before(booked.lines, period, currency)
    missing = Text(
        "spend.no_papers_of_year_before", (("from", period.year_before().first.first_day.isoformat()),)
    )
    findings = find_all(
        Material(
            firm,
            booked.papers,
            booked.settlements,
            booked.lines,
            period,
            currency,
            unsure_vendors,
            others,
            booked.rates_missing,
            booked.books,
            booked.charts_unknown,
        )
    )
    return SpendReview(
        rule_set=RULE_SET,
        firm=firm,
        period=period,
        currency=currency,
        lines=booked.lines,
        settlements=booked.settlements,
        it_total=it_total,
        year_before=year_before,
        year_before_missing=missing if year_before is None else None,
        all_spend=sum_up("all_spend", counted, counting, currency),
        estimated=_estimated(it, (*counting, ("it", "yes")), currency, booked.rates_used),
        unsure=unsure,
        by_purpose=_named(parts_of(it_total, it, "purpose", lambda line: line.recognition.purpose), purposes),
        by_function=parts_of(it_total, it, "function", lambda line: line.recognition.function),
        by_vendor=_named(parts_of(it_total, it, "vendor", lambda line: line.vendor_key), names),
        by_month=_in_order(parts_of(it_total, it, "month", lambda line: str(Month.of(line.date)))),
        unsure_vendors=unsure_vendors,
        other_currencies=others,
        months_with_papers=tuple(sorted({Month.of(line.date) for line in booked.lines})),
        findings=findings,
    )


def _named(parts: Iterable[Part], names: Mapping[str, str]) -> tuple[Part, ...]:
    return tuple(replace(part, label=names.get(part.key, part.key)) for part in parts)


def _in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: part.key))


def _year_before(lines: Sequence[SpendLine], period: Span, currency: str) -> Figure | None:
    """IT of the same months a year earlier; None where no line at all is of that time."""
    before = period.year_before()
    conditions = counting_in(before, currency)
    if not any(line.date in before for line in lines):
        return None
    conditions = (*conditions, ("it", "yes"))
    return sum_up("it_year_before", list(select(lines, conditions)), conditions, currency)


def _estimated(
    it: Iterable[SpendLine], conditions: Conditions, currency: str, rates: Iterable[Assumption]
) -> Figure:
    lines = [line for line in it if line.estimated]
    believed = [
        AssumptionEvidence(r.key, r.mode, r.unit, r.source.title, r.holds_from.isoformat()) for r in rates
    ]
    return sum_up("estimated", lines, (*conditions, ("estimated", "yes")), currency, *believed)


def _other_currencies(lines: Sequence[SpendLine], period: Span, currency: str) -> tuple[Part, ...]:
    """What counts in the period but is not in the company's currency, by currency."""
    found = {line.cost.currency for line in lines if line.counting is Counting.COUNTS and line.date in period}
    parts = []
    for other in sorted(found - {currency}):
        conditions = counting_in(period, other)
        chosen = list(select(lines, conditions))
        parts.append(Part(other, other, sum_up("other_currency", chosen, conditions, other)))
    return tuple(parts)
