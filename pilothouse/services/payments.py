"""What was paid, and for what: invoices nobody paid here, payments without an invoice, and people's words on both.

The review that is shown says what is open; what may belong together is weighed by the engine for the rows of one page.
A word is kept by prints of both papers and the review is worked out anew, so that every figure follows; a company with
many papers has that done by a worker, and what is to be done is returned to whoever asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.engine.dates import Month
from pilothouse.engine.spend import unmatched
from pilothouse.engine.spend.said import invoice_prints, movement_prints
from pilothouse.engine.spend.terms import BankMovement, Counting, InvoicePaper
from pilothouse.records.models import HandReading, OpenInvoice, Paper, PaymentWord, Review, SpendLine
from pilothouse.services import spend
from pilothouse.services.differences import Total
from pilothouse.services.lines import as_stored, lines_where
from pilothouse.services.papers import invoice_by_hand, invoice_of, movements_of

MOST_AT_ONCE = 20_000  # lines that are worked out anew while the person waits: some seconds
MOST_WEIGHED = 3_000
MOST_SHOWN = 3
WORDS_SHOWN = 20

Conditions = Mapping[str, str]


# --- what is open -----------------------------------------------------------------------------------------------


def _day_range(month: str) -> tuple[date, date]:
    year, _, number = month.partition("-")
    span = Month(int(year), int(number))
    return span.first_day, span.last_day


def open_invoices(review: Review | None, asked: Conditions) -> QuerySet[OpenInvoice]:
    """Invoices that are not paid whole here, the most money first."""
    if review is None:
        return OpenInvoice.objects.none()
    found = OpenInvoice.objects.of(review.company).filter(review=review)
    if asked.get("q"):
        found = found.filter(Q(vendor_name__icontains=asked["q"]) | Q(number__icontains=asked["q"]))
    if asked.get("it"):
        of_it = SpendLine.objects.of(review.company).filter(review=review, it=asked["it"])
        found = found.filter(Exists(of_it.filter(paper=OuterRef("paper"))))
    if asked.get("month"):
        found = found.filter(issued__range=_day_range(asked["month"]))
    if asked.get("at_least"):
        found = found.filter(left__gte=Decimal(asked["at_least"]))
    for name, field in (("vendor", "vendor_key"), ("invoice", "paper_id")):
        if asked.get(name):
            found = found.filter(**{field: asked[name]})
    return found.order_by("-left", "-id")


def payments_without_invoice(review: Review | None, asked: Conditions) -> QuerySet[SpendLine]:
    """Payments, or what is left of them, that buy something and settle no invoice here, the most money first."""
    simple = {name: asked[name] for name in ("q", "it", "month", "vendor") if asked.get(name)}
    found = lines_where(review, {"kind": "bank", "counting": Counting.COUNTS.value, **simple})
    if asked.get("at_least"):
        found = found.filter(paid__gte=Decimal(asked["at_least"]))
    if asked.get("line"):
        found = found.filter(key=SpendLine.key_of(asked["line"]))
    return found.order_by("-paid", "-id")


def totals(found: QuerySet[OpenInvoice] | QuerySet[SpendLine], amount: str) -> list[Total]:
    """The sum of each currency, the most rows first."""
    rows = found.order_by().values("currency").annotate(number=Count("pk"), total=Sum(amount))
    summed = [Total(row["currency"], row["number"], as_stored(row["total"])) for row in rows]
    return sorted(summed, key=lambda total: (-total.number, total.currency))


# --- what may belong together -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """The other side of a row, and why no rule took the pair for sure."""

    invoice: OpenInvoice
    payment: SpendLine
    why_not: tuple[unmatched.WhyNot, ...]


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open invoice or payment with what may belong to it, the likeliest first."""

    of: OpenInvoice | SpendLine
    candidates: tuple[Candidate, ...]

    @property
    def days_open(self) -> int:
        """How long the invoice was open when the review was made; below zero it is not due yet."""
        due = self.of.due or self.of.issued if isinstance(self.of, OpenInvoice) else self.of.date
        return (self.of.review.today - due).days


def with_payments(invoices: Sequence[OpenInvoice]) -> list[OpenRow]:
    """Each invoice with payments that may be for it."""
    if not invoices:
        return []
    review = invoices[0].review
    near = _near(invoices, "vendor_key", "left", [invoice.issued for invoice in invoices])
    first = near.first_day - timedelta(days=unmatched.DAYS_BEFORE)
    last = near.last_day + timedelta(days=unmatched.DAYS_AFTER)
    same = Q(vendor_key__in=near.vendors) | Q(paid__in=near.amounts)
    payments = list(
        payments_without_invoice(review, {}).filter(same, date__range=(first, last))[:MOST_WEIGHED]
    )
    return [OpenRow(invoice, _best((invoice, payment) for payment in payments)) for invoice in invoices]


def with_invoices(payments: Sequence[SpendLine]) -> list[OpenRow]:
    """Each payment with open invoices that it may be for."""
    if not payments:
        return []
    near = _near(payments, "vendor_key", "paid", [payment.date for payment in payments])
    first = near.first_day - timedelta(days=unmatched.DAYS_AFTER)
    last = near.last_day + timedelta(days=unmatched.DAYS_BEFORE)
    same = Q(vendor_key__in=near.vendors) | Q(left__in=near.amounts)
    found = open_invoices(payments[0].review, {}).filter(same, issued__range=(first, last))
    invoices = list(found[:MOST_WEIGHED])
    return [OpenRow(payment, _best((invoice, payment) for invoice in invoices)) for payment in payments]


@dataclass(frozen=True, slots=True)
class _Near:
    vendors: set[str]
    amounts: set[Decimal]
    first_day: date
    last_day: date


def _near(
    rows: Sequence[OpenInvoice] | Sequence[SpendLine], vendor: str, amount: str, days: Sequence[date]
) -> _Near:
    """What the other side of these rows has in common with them."""
    vendors = {getattr(row, vendor) for row in rows}
    return _Near(vendors, {getattr(row, amount) for row in rows}, min(days), max(days))


def _best(pairs: Iterable[tuple[OpenInvoice, SpendLine]]) -> tuple[Candidate, ...]:
    weighed = []
    for invoice, payment in pairs:
        found = unmatched.weigh(_owed(invoice), _paid(payment))
        if found is not None:
            weighed.append((found.cost, invoice.pk, payment.pk, Candidate(invoice, payment, found.why_not)))
    return tuple(candidate for *_, candidate in sorted(weighed, key=lambda w: w[:3])[:MOST_SHOWN])


def _owed(row: OpenInvoice) -> unmatched.OpenInvoice:
    return unmatched.OpenInvoice(
        str(row.paper_id),
        row.vendor_key,
        row.vendor_name,
        row.number,
        row.issued,
        row.due,
        row.currency,
        row.whole,
        row.left,
        row.reference,
    )


def _paid(line: SpendLine) -> unmatched.OpenPayment:
    currency = line.paid_currency or line.currency
    return unmatched.OpenPayment(line.key, line.vendor_key, line.date, currency, line.paid, line.description)


# --- what settles an invoice ------------------------------------------------------------------------------------


def settling(company: Company, paper: Paper) -> QuerySet[SpendLine]:
    """The payments that settle a paper in the review that is shown."""
    review = Review.objects.current(company)
    if review is None:
        return SpendLine.objects.none()
    found: QuerySet[SpendLine] = SpendLine.objects.of(company).filter(
        review=review, settles=paper, kind="bank"
    )
    return found.order_by("date", "pk")


def left_open(company: Company, paper: Paper) -> OpenInvoice | None:
    """What is left to pay of a paper; None where nothing is."""
    return open_invoices(Review.objects.current(company), {"invoice": str(paper.pk)}).first()


# --- what people say --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: the payment of this line pays the invoice on this paper, or does not.

    `seen` is the id of the latest word the person knew of.
    """

    line_key: str
    paper_id: int
    says: str
    seen: int = 0
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: the word that is `kept`, or one `against` it that somebody else said meanwhile; neither where
    one of the papers is not in the figures. `later`: a worker has to look again, the person need not wait.
    """

    kept: PaymentWord | None = None
    against: PaymentWord | None = None
    later: bool = False


def words(company: Company) -> QuerySet[PaymentWord]:
    """What people said and did not take back, the latest first."""
    found: QuerySet[PaymentWord] = PaymentWord.objects.of(company).filter(withdrawn_at__isnull=True)
    return found.select_related("by").order_by("-pk")


def word_exists(company: Company, word_id: int) -> bool:
    """Whether somebody said it, also if it was taken back."""
    return PaymentWord.objects.of(company).filter(pk=word_id).exists()


def last_word(company: Company) -> int:
    """The id of the latest word, so that whoever answers says what they knew of."""
    latest = PaymentWord.objects.of(company).order_by("-pk").values_list("pk", flat=True).first()
    return latest or 0


def say(company: Company, said: Said, *, by: User, today: date) -> Told:
    """Keep a person's word; nothing is kept against what somebody else said since they looked."""
    review = Review.objects.current(company)
    line = lines_where(review, {}).filter(key=said.line_key, kind="bank").first()
    paper = Paper.objects.seen(company).filter(pk=said.paper_id).first()
    if review is None or line is None or paper is None:
        return Told()
    movement, invoice = _movement_print(line), _invoice_print(review, paper)
    if not (movement and invoice):
        return Told()
    with transaction.atomic():
        Review.objects.select_for_update().get(pk=review.pk)
        same = Q(movement_print=movement) | Q(invoice_print=invoice)
        others = words(company).filter(same, pk__gt=said.seen).exclude(by=by)
        if (against := others.first()) is not None:
            return Told(against=against)
        kept = PaymentWord.objects.create(
            company=company,
            says=said.says,
            movement_print=movement,
            invoice_print=invoice,
            amount=said.amount,
            movement_text=f"{line.date.isoformat()} {line.vendor_name} {line.paid:.2f} {line.currency}"[:300],
            invoice_text=f"{paper.party} {paper.number}".strip()[:300],
            by=by,
        )
    return Told(kept=kept, later=_follow(review, today))


def withdraw(company: Company, word_id: int, *, by: User, today: date) -> Told:
    """Take a word back; it stays as history. Nothing is `kept` where somebody took it back already."""
    word = words(company).filter(pk=word_id).first()
    taken = words(company).filter(pk=word_id).update(withdrawn_at=timezone.now(), withdrawn_by=by)
    review = Review.objects.current(company)
    if word is None or not taken or review is None:
        return Told()
    return Told(kept=word, later=_follow(review, today))


def _follow(review: Review, today: date) -> bool:
    """Work the figures out anew now where that is quick; else say that it is to be done later."""
    if SpendLine.objects.of(review.company).filter(review=review)[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE:
        return True
    spend.look_again(review.company, today=today)
    return False


def _movement_print(line: SpendLine) -> str:
    """The print of the movement a line is of, among the bookings of its day that are like it."""
    alike = SpendLine.objects.of(line.company).filter(
        review=line.review_id, kind="bank", date=line.date, vendor_key=line.vendor_key
    )
    lines = alike.exclude(counting=Counting.DUPLICATE.value).select_related("paper__company")
    keys = {one.key.partition("/")[0] for one in lines}
    papers = {one.paper_id: one.paper for one in lines}
    found = (movement for paper in papers.values() for movement in _on_day(paper, line.date))
    return movement_prints(movement for movement in found if movement.id in keys).of(
        line.key.partition("/")[0]
    )


def _on_day(paper: Paper, day: date) -> Iterator[BankMovement]:
    return (movement for movement in movements_of(paper) if movement.date == day)


def _invoice_print(review: Review, paper: Paper) -> str:
    """The print of the invoice on a paper, among the invoices that count and bear its number and day."""
    counted = SpendLine.objects.of(review.company).filter(
        review=review, kind="invoice", counting=Counting.COUNTS.value, paper=OuterRef("pk")
    )
    alike = Paper.objects.of(review.company).filter(Exists(counted), number=paper.number, date=paper.date)
    return invoice_prints(filter(None, map(_invoice_on, alike))).of(str(paper.pk))


def _invoice_on(paper: Paper) -> InvoicePaper | None:
    if paper.kind != "document":
        return invoice_of(paper)
    said = HandReading.objects.of(paper.company).filter(file=paper.source_id, withdrawn_at__isnull=True)
    latest = said.order_by(F("pk").desc()).first()
    return None if latest is None else invoice_by_hand(paper, latest)
