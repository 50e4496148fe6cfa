"""What do we pay for? All papers of a company in one answer, each figure with the lines it is made of.

`review` sorts the papers (whose are they, is one here twice, is it booked in a ledger too), settles invoices with
payments, makes lines, recognises them, and adds up what counts to cells, and these to figures. Every figure carries
the conditions by which `select` gives its lines again.
Limits: one currency is the company's (the one most papers use) and alone stands in the figures; the others
are brought into it where rates tell how (`exchange.py`), else reported apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from pilothouse.engine.assumptions import Assumption, AssumptionBook
from pilothouse.engine.dates import Month, Span, last_full_months
from pilothouse.engine.evidence import AssumptionEvidence, Finding, Text
from pilothouse.engine.spend.accounts import Accounts
from pilothouse.engine.spend.books import Books, keep_books, settle_at_the_bank, with_accounts
from pilothouse.engine.spend.cards import find_card_payments, is_card
from pilothouse.engine.spend.cells import Cell, cells_of, moves_of
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
from pilothouse.engine.spend.differences import Difference, discounted, fees, find_differences
from pilothouse.engine.spend.discounts import discounts_of, with_discount
from pilothouse.engine.spend.exchange import Exchanges, paid_in
from pilothouse.engine.spend.figures import Figures, Frame, figures_of
from pilothouse.engine.spend.findings import Material, find_all
from pilothouse.engine.spend.ledgers import Ledgers, mask_people, read_ledgers
from pilothouse.engine.spend.persons import People, Sellers
from pilothouse.engine.spend.rates import NO_RATES, ExchangeRates
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.references import References
from pilothouse.engine.spend.returned import find_returned
from pilothouse.engine.spend.said import PaymentWord, SaidOfPayments, said_of_payments
from pilothouse.engine.spend.settle import settle
from pilothouse.engine.spend.terms import (
    BankMovement,
    Certainty,
    Counting,
    Decision,
    Firm,
    Identity,
    InvoicePaper,
    LedgerEntry,
    Reason,
    Settlement,
    SpendKnowledge,
    SpendLine,
)
from pilothouse.engine.spend.unmatched import OpenInvoice, open_invoices
from pilothouse.engine.spend.vat import VatRates
from pilothouse.engine.spend.vendors import Parties, identifier_of, known_vendors
from pilothouse.engine.spend.who import VendorWord, VendorWords

RULE_SET = "spend@2026-11-23"


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
    certainty: Certainty | None = None
    exchange: ExchangeRates = NO_RATES
    words: Sequence[VendorWord] = ()
    payment_words: Sequence[PaymentWord] = ()


@dataclass(frozen=True, slots=True)
class SpendReview:
    """The answer: lines, the cells they add up to, and the figures of `period` in `currency`.

    `year_before_missing` says so where there are no papers of the year before. `keys` gives today's key of vendors
    that decisions know by an older one; `aliases` as whom each vendor stands on the papers, and what found it there.
    """

    rule_set: str
    firm: Firm | None
    period: Span
    currency: str
    lines: tuple[SpendLine, ...]
    cells: tuple[Cell, ...]
    moves: tuple[Cell, ...]
    settlements: tuple[Settlement, ...]
    open_invoices: tuple[OpenInvoice, ...]
    differences: tuple[Difference, ...]
    figures: Figures
    year_before_missing: Text | None
    months_with_papers: tuple[Month, ...]
    findings: tuple[Finding, ...]
    keys: Mapping[str, str]
    aliases: Mapping[str, Mapping[Identity, str]]


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
    ours = currency or _usual_currency(papers)
    booked = _in_our_currency(_consolidate(papers, firm, grounds), papers, grounds, ours)
    return _answer(booked, firm, grounds, period or last_full_months(today), ours)


def _in_our_currency(booked: _Booked, papers: Papers, grounds: Grounds, currency: str) -> _Booked:
    """The lines billed in another currency brought into ours, as far as rates tell how."""
    paid = paid_in(currency, papers.invoices, booked.settlements, papers.movements)
    lines = Exchanges(currency, grounds.exchange, paid).of(booked.lines)
    return replace(booked, lines=tuple(lines))


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
    open_invoices: tuple[OpenInvoice, ...]
    differences: tuple[Difference, ...]
    lines: tuple[SpendLine, ...]
    rates_used: tuple[Assumption, ...]
    rates_missing: tuple[tuple[str, SpendLine], ...]
    books: Books
    charts_unknown: tuple[LedgerEntry, ...]
    keys: Mapping[str, str]
    aliases: Mapping[str, Mapping[Identity, str]]


def _consolidate(papers: Papers, firm: Firm | None, grounds: Grounds) -> _Booked:
    known = known_vendors(grounds.knowledge.vendors)
    accounts = own_accounts(papers.movements, firm)
    home = _home(firm, accounts)
    ledgers = _read_ledgers(papers, grounds, home)
    booked = (b.party for b in (*ledgers.bookings, *ledgers.repeated))
    parties = Parties(papers.invoices, known, booked, VendorWords(grounds.words))
    firm_key = parties.key(firm.identity) if firm else ""
    sorted_ = sort_papers(papers.invoices, papers.movements, parties, firm_key)
    cards = find_card_payments(sorted_.movements)
    abroad, returned = _to_others(sorted_.movements, accounts, cards)
    vat = VatRates(grounds.book, home=home, recovers_vat=firm is None or firm.recovers_vat)
    to_us = [i for i, why in sorted_.invoices if why is Counting.COUNTS]
    books = keep_books(ledgers, to_us, abroad, parties, vat, firm_key)
    asked = References(Accounts(grounds.knowledge.ledgers), home)
    invoices = [
        (with_accounts(i, books.accounts[i.id]) if i.id in books.accounts else i, why)
        for i, why in ((asked.followed(i), why) for i, why in sorted_.invoices)
    ]
    counted = [i for i, why in invoices if why in (Counting.COUNTS, Counting.OWN_SALE)]
    said = said_of_payments(grounds.payment_words, abroad, [*counted, *books.counting])
    settlements = _settle([*counted, *books.counting], abroad, books, (parties, firm_key), said)
    settled = _by_movement(settlements)
    with_ = Consolidation(
        parties,
        Recogniser(grounds.knowledge, grounds.decisions, parties.canonical, grounds.certainty),
        People(grounds.knowledge, _firms([*counted, *books.counting], grounds.decisions)),
        vat,
        firm,
    )
    ours = [i for i, why in invoices if why is Counting.COUNTS]
    differences = find_differences(ours, abroad, settlements, (grounds.book, grounds.exchange))
    lines = list(_lines_of_invoices(invoices, with_, differences))
    lines += chain.from_iterable(
        lines_of_invoice(b.paper, b.counting, with_, b.instead, b.because) for b in books.papers
    )
    paper_of = {p.id: p.paper for p in books.counting}
    proofs = Proofs(accounts, settled, cards, paper_of, returned, fees(differences))
    of_movements = MovementLines(
        with_, proofs, refunds_of(sorted_, books.counting, settled, parties, returned)
    )
    lines.extend(line for movement in sorted_.movements for line in of_movements.of(movement))
    lines.extend(of_movements.repeated(movement) for movement in sorted_.repeated)
    lines.sort(key=lambda line: (line.date, line.id))
    return _Booked(
        papers=sorted_,
        settlements=settlements,
        open_invoices=_left_open(ours, differences, settlements, parties),
        differences=differences,
        lines=tuple(lines),
        rates_used=tuple(vat.used),
        rates_missing=tuple(vat.missing),
        books=books,
        charts_unknown=ledgers.unknown,
        keys=_newer_keys(grounds.decisions, parties),
        aliases=parties.aliases,
    )


def _lines_of_invoices(
    invoices: Iterable[tuple[InvoicePaper, Counting]],
    with_: Consolidation,
    differences: Iterable[Difference],
) -> Iterator[SpendLine]:
    taken = discounts_of(differences)
    for invoice, why in invoices:
        lines = lines_of_invoice(invoice, why, with_)
        yield from with_discount(lines, invoice, taken[invoice.id]) if invoice.id in taken else lines


def _to_others(
    movements: Iterable[BankMovement], accounts: frozenset[str], cards: Container[str]
) -> tuple[list[BankMovement], Mapping[str, Reason]]:
    """What was paid to or came from others; and of that, apart, the debits that came back, with their returns."""
    abroad = [m for m in movements if accounts.isdisjoint(m.counterparty.ibans) and m.id not in cards]
    returned = find_returned(abroad)
    return [m for m in abroad if m.id not in returned] if returned else abroad, returned


def _left_open(
    ours: Iterable[InvoicePaper],
    differences: Iterable[Difference],
    settlements: Iterable[Settlement],
    parties: Parties,
) -> tuple[OpenInvoice, ...]:
    """What nobody paid whole here; of whom a discount was taken nothing is owed any more."""
    paid = discounted(differences)
    return tuple(open_invoices((i for i in ours if i.id not in paid), settlements, parties))


def _newer_keys(decisions: Iterable[Decision], parties: Parties) -> dict[str, str]:
    """Today's key of each vendor that a decision knows by an older one."""
    keys = {decision.vendor_key: parties.canonical(decision.vendor_key) for decision in decisions}
    return {old: new for old, new in keys.items() if old != new}


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
    who: tuple[Parties, str],
    said: SaidOfPayments,
) -> tuple[Settlement, ...]:
    """Payments with what they pay: invoices and bookings, then what was bought straight from the bank."""
    found = settle(invoices, movements, *who, said)
    paid, used = {s.invoice for s in found}, {s.movement for s in found}
    direct = [p for p in books.counting if p.id in books.direct and p.id not in paid]
    free = [m for m in movements if m.id not in used]
    return (*found, *settle_at_the_bank(direct, free, said.apart))


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
    cells = tuple(cells_of(booked.lines))
    before = period.year_before()
    frame = Frame(
        period,
        currency,
        {purpose.key: purpose for purpose in grounds.knowledge.purposes},
        tuple(
            AssumptionEvidence(r.key, r.mode, r.unit, r.source.title, r.holds_from.isoformat())
            for r in booked.rates_used
        ),
        year_before=any(line.date in before for line in booked.lines),
    )
    figures = figures_of(cells, frame)
    missing = Text("spend.no_papers_of_year_before", (("from", before.first.first_day.isoformat()),))
    material = Material(
        firm,
        booked.papers,
        booked.settlements,
        booked.lines,
        period,
        currency,
        figures,
        booked.rates_missing,
        booked.books,
        booked.charts_unknown,
    )
    return SpendReview(
        rule_set=RULE_SET,
        firm=firm,
        period=period,
        currency=currency,
        lines=booked.lines,
        cells=cells,
        moves=tuple(moves_of(booked.lines)),
        settlements=booked.settlements,
        open_invoices=booked.open_invoices,
        differences=booked.differences,
        figures=figures,
        year_before_missing=None if frame.year_before else missing,
        months_with_papers=tuple(sorted({Month.of(line.date) for line in booked.lines})),
        findings=find_all(material),
        keys=booked.keys,
        aliases=booked.aliases,
    )
