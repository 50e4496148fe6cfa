"""What do we pay for: load the papers, ask the engine, store its answer, publish it.

`work_out` stores a whole review beside the one that pages show; `publish` makes it the one they show by a single
UPDATE, and only if nobody published in between. `look_again` does both after a new profile or another word on who is
who. A decision on what a line is needs neither: `decisions.py` lets the review that is shown follow.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.engine.spend.cells import Basis
from pilothouse.engine.spend.exchange import paid_at_home
from pilothouse.engine.spend.firm import WhoWeAre, find_firm
from pilothouse.engine.spend.rates import ExchangeRates
from pilothouse.engine.spend.review import RULE_SET, Grounds, Papers, SpendReview, period_with_papers
from pilothouse.engine.spend.review import review as ask_engine
from pilothouse.engine.spend.terms import Firm, Identity, InvoicePaper
from pilothouse.knowledge import assumption_book, spend_knowledge
from pilothouse.records.models import (
    HandReading,
    Import,
    OpenInvoice,
    Paper,
    ProfileVersion,
    Review,
    SpendCell,
    SpendLine,
)
from pilothouse.services import decisions
from pilothouse.services.answers import Overview, overview_of, stored_answer
from pilothouse.services.matches import open_rows, payment_words
from pilothouse.services.papers import entries_of, invoice_by_hand, invoice_of, movements_of, rates_of
from pilothouse.services.vendors import words_of

ROWS_AT_ONCE = 2000
INVOICES = ("invoice", "credit_note")

Alive = Callable[[], None]
Row = TypeVar("Row", bound=Model)


# --- which review is shown --------------------------------------------------------------------------------------


def current(company: Company) -> Review | None:
    """The review every page shows; None before the first papers."""
    found: Review | None = Review.objects.current(company)
    return found


def overview(company: Company, *, today: date, language: str = "en") -> Overview | None:
    """What the shown review says; None before the first papers."""
    review = current(company)
    return None if review is None else overview_of(review, today=today, language=language)


# --- working out ------------------------------------------------------------------------------------------------


def work_out(company: Company, *, imports: set[int], today: date, alive: Alive = lambda: None) -> Review:
    """Store the review that counts the papers of `imports`; nobody sees it until it is published.

    `alive` is called between steps, so that whoever waits for the work knows it goes on.
    """
    shown = current(company)
    loaded = Loaded.of(company, imports)
    alive()
    decided = decisions.standing(company)
    grounds = Grounds(
        spend_knowledge(),
        assumption_book(),
        decisions.as_engine_knows(decided),
        exchange=loaded.rates,
        words=words_of(company),
        payment_words=payment_words(company),
    )
    period = period_with_papers(loaded.days, today)
    with _nothing_thrown_away():
        answer = ask_engine(loaded.papers, loaded.who.firm, grounds, today=today, period=period)
    alive()
    review = Review.objects.create(
        company=company,
        number=(shown.number if shown else 0) + 1,
        rule_set=answer.rule_set,
        today=today,
        decisions=[decision.pk for decision in decided],
        answer=stored_answer(answer, loaded.who, counts=loaded.counts),
    )
    for rows in in_batches(_rows(review, answer)):
        SpendLine.objects.bulk_create(rows)
        alive()
    for left in in_batches(open_rows(review, answer.open_invoices)):
        OpenInvoice.objects.bulk_create(left)
    for cells, basis in ((answer.cells, Basis.BOOKED), (answer.moves, Basis.ACCRUED)):
        for lot in in_batches(decisions.cell_rows(review, cells, basis)):
            SpendCell.objects.bulk_create(lot)
            alive()
    return review


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """While millions of values are made and kept, looking for some to throw away costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def in_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lots that make one short transaction each."""
    waiting = iter(rows)
    while lot := list(islice(waiting, ROWS_AT_ONCE)):
        yield lot


def _rows(review: Review, answer: SpendReview) -> Iterator[SpendLine]:
    for line in answer.lines:
        said = line.recognition
        yield SpendLine(
            company_id=review.company_id,
            review=review,
            paper_id=int(line.paper),
            settles_id=_paper_of(line.settles),
            key=line.id[:80],
            kind=line.kind,
            place=line.place[:80],
            date=line.date,
            vendor_key=line.vendor_key[:120],
            vendor_name=line.vendor_name[:300],
            description=line.description,
            cost=line.cost.amount,
            paid=paid_at_home(line).amount,
            currency=line.cost.currency,
            vat_rate=line.vat_rate,
            estimated=line.estimated,
            counting=line.counting.value,
            line_print=line.line_print,
            account_chart=line.account.chart[:10],
            account_code=line.account.code[:40],
            account_name=line.account.name[:200],
            service_from=line.service_from,
            service_to=line.service_to,
            rate=line.exchange.rate if line.exchange else None,
            rate_day=line.exchange.day if line.exchange else None,
            paper_department=line.department[:80],
            **{**decisions.columns_of(said), "department": (said.department or line.department)[:80]},
        )


def _paper_of(proof: str) -> int | None:
    """The paper behind what a line settles: an invoice, or a ledger in which a purchase is booked ("ledger:entry")."""
    return int(proof.partition(":")[0]) if proof else None


def publish(review: Review) -> bool:
    """Make a review the one that is shown, by one UPDATE; where another with its number is shown already it is
    discarded, and the answer is False. What people decided while it was worked out is followed first."""
    try:
        with transaction.atomic():
            _follow_decisions(review)
            shown = Review.objects.filter(pk=review.pk, published_at__isnull=True).update(
                published_at=timezone.now()
            )
    except IntegrityError:
        discard(review)
        return False
    return bool(shown)


def _follow_decisions(review: Review) -> None:
    """Hold the review that is shown, so that no decision comes in between, and follow those that came before."""
    shown = current(review.company)
    if shown is not None:
        Review.objects.select_for_update().get(pk=shown.pk)
    if review.published_at is None:
        decisions.catch_up(review)


def discard(review: Review) -> None:
    """Delete a review that is not shown, with its lines, in short transactions."""
    _delete_lines(review)
    Review.objects.filter(pk=review.pk, published_at__isnull=True).delete()


def look_again(company: Company, *, today: date) -> None:
    """Work out anew what is shown, after something it rests on has changed; nothing before the first papers."""
    while (shown := current(company)) is not None:
        imports = set(Import.objects.of(company).seen().values_list("pk", flat=True))
        if publish(work_out(company, imports=imports, today=max(today, shown.today))):
            break
    sweep(company)


def review_stale(*, today: date) -> None:
    """Work out anew what is shown of companies whose twelve months have moved on, or that older rules worked out."""
    first = today.replace(day=1)
    for company in Company.objects.filter(pk__in=Review.objects.values("company")):
        shown = current(company)
        if shown is not None and (shown.today < first or shown.rule_set != RULE_SET):
            look_again(company, today=today)


def sweep(company: Company) -> None:
    """Delete the lines and cells of superseded reviews; their answers stay as history."""
    shown = current(company)
    lines = SpendLine.objects.filter(company=company, review=OuterRef("pk"))
    old = Review.objects.of(company).filter(Exists(lines), published_at__isnull=False)
    for review in old.filter(number__lt=shown.number if shown else 0):
        _delete_lines(review)


def sweep_unfinished() -> None:
    """Discard what killed workers left half worked out or half swept; only while no worker runs."""
    for review in Review.objects.filter(published_at__isnull=True):
        discard(review)
    for company in Company.objects.filter(pk__in=Review.objects.values("company")):
        sweep(company)


def _delete_lines(review: Review) -> None:
    """Cells first: as long as there are lines, the next sweep finds the review again."""
    for rows in (OpenInvoice, SpendCell, SpendLine):
        left = rows.objects.filter(company=review.company_id, review=review)
        while chunk := list(left.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
            rows.objects.filter(pk__in=chunk).delete()


# --- what the engine is asked with ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a review rests on. `twins`: papers left out because the same one came in another file;
    `unusable`: papers that say too little to count (no date, no total)."""

    papers: Papers
    who: WhoWeAre
    rates: ExchangeRates
    kinds: Mapping[str, int]
    twins: int
    unusable: tuple[int, ...]

    @classmethod
    def of(cls, company: Company, imports: set[int]) -> Loaded:
        """The papers the imports brought; the same paper from two files is taken once."""
        by_print: dict[str, Paper] = {}
        twins = 0
        standing = Paper.objects.of(company).standing().brought_by(imports).select_related("company")
        for paper in standing.order_by("pk").iterator(ROWS_AT_ONCE):
            twins += paper.fingerprint in by_print
            by_print.setdefault(paper.fingerprint, paper)
        of_kind: dict[str, list[Paper]] = defaultdict(list)
        for paper in by_print.values():
            of_kind["invoice" if paper.kind in INVOICES else paper.kind].append(paper)
        read = [(paper, invoice_of(paper)) for paper in of_kind["invoice"]]
        by_hand = _by_hand(company, of_kind["document"])
        invoices = (*(invoice for _, invoice in read if invoice is not None), *by_hand)
        movements = tuple(
            movement for statement in of_kind["statement"] for movement in movements_of(statement)
        )
        entries = tuple(entry for ledger in of_kind["ledger"] for entry in entries_of(ledger))
        accounts = {statement.content["account"] for statement in of_kind["statement"]} - {None}
        who = who_we_are(company, invoices, accounts)
        unusable = tuple(paper.pk for paper, invoice in read if invoice is None)
        kinds = {kind: len(papers) for kind, papers in of_kind.items()}
        rates = ExchangeRates(rate for paper in of_kind["rates"] for rate in rates_of(paper))
        return cls(Papers(invoices, movements, entries), who, rates, kinds, twins, unusable)

    @property
    def counts(self) -> dict[str, int]:
        """How many papers of each kind there are."""
        return {
            "invoices": len(self.papers.invoices),
            "statements": self.kinds.get("statement", 0),
            "movements": len(self.papers.movements),
            "ledgers": self.kinds.get("ledger", 0),
            "ledger_lines": len(self.papers.entries),
            "listings": self.kinds.get("listing", 0),
            "documents": self.kinds.get("document", 0),
            "rates": self.kinds.get("rates", 0),
            "twins": self.twins,
            "unusable": len(self.unusable),
        }

    @property
    def days(self) -> set[date]:
        """Every day of which there is a paper."""
        issued = {invoice.issue_date for invoice in self.papers.invoices}
        booked = {entry.date for entry in self.papers.entries}
        return issued | booked | {movement.date for movement in self.papers.movements}


def _by_hand(company: Company, papers: Iterable[Paper]) -> tuple[InvoicePaper, ...]:
    """The invoices that people entered the figures of."""
    said = HandReading.objects.of(company).filter(withdrawn_at__isnull=True).order_by("pk")
    by_file = {reading.file_id: reading for reading in said}
    entered = (
        invoice_by_hand(paper, by_file[paper.source_id]) for paper in papers if paper.source_id in by_file
    )
    return tuple(invoice for invoice in entered if invoice is not None)


def who_we_are(company: Company, invoices: Iterable[InvoicePaper], accounts: set[str]) -> WhoWeAre:
    """Who the company is on its papers: as its profile says, else as the papers show."""
    profile = latest_profile(company)
    known = None
    if profile is not None and profile.vat_id:
        known = Firm(
            Identity(profile.legal_name or company.name, profile.vat_id, country=profile.country),
            recovers_vat=profile.recovers_vat is not False,
            because="Your profile gives this VAT number.",
        )
    named = profile.legal_name if profile is not None and profile.legal_name else company.name
    found = find_firm(tuple(invoices), named=named or None, known=known, accounts=accounts)
    if known is None and profile is not None and profile.recovers_vat is False and found.firm is not None:
        return replace(found, firm=replace(found.firm, recovers_vat=False))
    return found


def latest_profile(company: Company) -> ProfileVersion | None:
    """What the company says of itself now."""
    found: ProfileVersion | None = ProfileVersion.objects.of(company).order_by("-holds_from", "-pk").first()
    return found
