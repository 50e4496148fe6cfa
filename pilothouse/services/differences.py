"""Where what was paid differs from what was billed: the engine's differences as a review keeps them, and as pages ask.

A review keeps the largest of them beside its figures; the papers and lines they are of are looked up for one page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.engine.spend.differences import Difference
from pilothouse.records.models import Review

MOST_KEPT = 2_000

Conditions = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are in one currency, and what they come to."""

    currency: str
    number: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Differs:
    """A difference as it is shown; `off` is what was paid beyond the bill, `share` a discount from 0 to 1."""

    paper_id: int
    line_key: str
    day: date
    vendor: str
    number: str
    currency: str
    billed: Decimal
    paid: Decimal
    why: str
    share: Decimal | None

    @property
    def off(self) -> Decimal:
        return self.paid - self.billed

    @property
    def line_address(self) -> str:
        """How the line of the payment is called in an address."""
        return self.line_key.replace("/", "~")


def differences_json(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """What a review keeps of its differences, the most money first."""
    largest = sorted(found, key=lambda d: (-abs(d.amount.amount), d.invoice, d.movement))[:MOST_KEPT]
    return [
        {
            "invoice": one.invoice,
            "line": one.movement,
            "day": one.day.isoformat(),
            "vendor": one.seller[:300],
            "number": one.number[:200],
            "currency": one.paid.currency,
            "billed": str(one.billed.amount),
            "paid": str(one.paid.amount),
            "why": one.why.value,
            "share": None if one.share is None else str(one.share),
        }
        for one in largest
    ]


def differences(review: Review | None, asked: Conditions) -> Sequence[Differs]:
    """The differences of a review that fit, the most money first; none of a review older than they are."""
    kept = review.answer.get("differences", ()) if review is not None else ()
    return [one for one in map(_read, kept) if _fits(one, asked)]


def _read(kept: Mapping[str, Any]) -> Differs:
    return Differs(
        paper_id=int(kept["invoice"]),
        line_key=kept["line"],
        day=date.fromisoformat(kept["day"]),
        vendor=kept["vendor"],
        number=kept["number"],
        currency=kept["currency"],
        billed=Decimal(kept["billed"]),
        paid=Decimal(kept["paid"]),
        why=kept["why"],
        share=None if kept["share"] is None else Decimal(kept["share"]) / 100,
    )


def _fits(one: Differs, asked: Conditions) -> bool:
    words = asked.get("q", "").casefold()
    return (
        (not words or words in one.vendor.casefold() or words in one.number.casefold())
        and asked.get("month", "") in ("", f"{one.day:%Y-%m}")
        and abs(one.off) >= Decimal(asked.get("at_least") or 0)
        and asked.get("invoice", "") in ("", str(one.paper_id))
    )


def by_why(found: Iterable[Differs]) -> dict[str, list[Total]]:
    """How many of each sort there are and what they come to, in each currency."""
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for one in found:
        sums.setdefault((one.why, one.currency), []).append(one.off)
    totals: dict[str, list[Total]] = {}
    for (why, currency), amounts in sorted(sums.items()):
        totals.setdefault(why, []).append(Total(currency, len(amounts), sum(amounts, Decimal(0))))
    return totals
