"""Documents that no machine reads for sure: they wait for a person, who enters the figures beside the picture of the
page, says which payment they belong to, or that they are no cost.

What a person said hangs on the file, so it holds when the file is read again or brought in another time. A document
whose number and total stand on an e-invoice is that invoice once more: it waits for nobody and counts once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import Exact
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.engine.spend.names import clean_name
from pilothouse.records.models import HandReading, Paper, SpendLine
from pilothouse.services import spend
from pilothouse.services.spend import INVOICES

PAID_BEFORE, PAID_AFTER = timedelta(days=15), timedelta(days=120)
NEAR = Decimal("0.02")
MOST_PAYMENTS = 8


def documents(company: Company) -> QuerySet[Paper]:
    """Every document whose import is seen."""
    return Paper.objects.seen(company).standing().filter(kind="document").select_related("source")


def waiting(company: Company) -> QuerySet[Paper]:
    """Documents nobody has said anything of yet, and that are no e-invoice once more; the newest first."""
    said = HandReading.objects.of(company).filter(file=OuterRef("source"), withdrawn_at__isnull=True)
    found: QuerySet[Paper] = (
        documents(company)
        .exclude(content__seems="contract")
        .exclude(Exists(said))
        .exclude(Exists(_same_invoice(company)))
        .order_by("-date", "-pk")
    )
    return found


def _same_invoice(company: Company) -> QuerySet[Paper]:
    """Invoices with the number, total and (where it says one) seller of the document outside."""
    there = Paper.objects.seen(company).standing().filter(kind__in=INVOICES).exclude(number="")
    same_seller = Q(party=OuterRef("party")) | Exact(OuterRef("party"), Value(""))
    found: QuerySet[Paper] = there.filter(same_seller, number=OuterRef("number"), total=OuterRef("total"))
    return found


def others_of(paper: Paper) -> list[Paper]:
    """The other papers that prove the same purchase: the same number and total, whatever they came as."""
    if not paper.number or paper.total is None or paper.kind not in (*INVOICES, "document"):
        return []
    there = Paper.objects.seen(paper.company).standing().select_related("source").exclude(pk=paper.pk)
    kinds = (paper.kind, "document") if paper.kind in INVOICES else (*INVOICES, "document")
    alike = there.filter(kind__in=kinds, number=paper.number, total=paper.total).order_by("pk")
    return [other for other in alike if _may_be_of_one_seller(paper, other)]


def _may_be_of_one_seller(one: Paper, other: Paper) -> bool:
    """Two vendors may give the same number; a document often does not say who it is from."""
    return len({clean_name(one.party), clean_name(other.party)} - {""}) < 2


def reading_of(paper: Paper) -> HandReading | None:
    """What a person said of the file a document came in, and still holds."""
    said = HandReading.objects.of(paper.company).filter(file=paper.source, withdrawn_at__isnull=True)
    found: HandReading | None = said.select_related("by").order_by("-pk").first()
    return found


def say(paper: Paper, reading: HandReading, *, by: User, today: date) -> HandReading:
    """Keep what a person says of a document, in place of what was said before, and let the figures follow."""
    reading.company, reading.file, reading.by = paper.company, paper.source, by
    reading.save()
    spend.look_again(paper.company, today=today)
    return reading


def take_back(paper: Paper, *, today: date) -> bool:
    """Withdraw what was said of a document; False where nothing holds."""
    said = HandReading.objects.of(paper.company).filter(file=paper.source, withdrawn_at__isnull=True)
    if not said.update(withdrawn_at=timezone.now()):
        return False
    spend.look_again(paper.company, today=today)
    return True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A payment a document may belong to, and why it is shown."""

    line: SpendLine
    same_amount: bool


def payments_for(paper: Paper) -> list[Candidate]:
    """Payments without an invoice that fit a document: the same amount first, then the same words in the name."""
    lines = SpendLine.objects.of(paper.company).filter(
        review=spend.current(paper.company), kind="bank", counting="counts"
    )
    found: list[Candidate] = []
    if paper.total is not None:
        near = lines.filter(paid__gte=paper.total - NEAR, paid__lte=paper.total + NEAR)
        if paper.date is not None:
            near = near.filter(date__gte=paper.date - PAID_BEFORE, date__lte=paper.date + PAID_AFTER)
        found += [Candidate(line, same_amount=True) for line in near.order_by("date")[:MOST_PAYMENTS]]
    word = _longest_word(paper.party)
    if word and len(found) < MOST_PAYMENTS:
        named = lines.filter(vendor_name__icontains=word).exclude(pk__in=[one.line.pk for one in found])
        found += [
            Candidate(line, same_amount=False)
            for line in named.order_by("-date")[: MOST_PAYMENTS - len(found)]
        ]
    return found


def _longest_word(name: str) -> str:
    return max((word for word in name.split() if len(word) > 3 and word.isalpha()), key=len, default="")


def documents_of_line(line: SpendLine) -> Iterable[Paper]:
    """The documents a person put beside a payment."""
    files = HandReading.objects.of(line.company).filter(
        line_key=line.key, says=HandReading.Says.PAYMENT, withdrawn_at__isnull=True
    )
    return documents(line.company).filter(source__in=files.values("file"))
