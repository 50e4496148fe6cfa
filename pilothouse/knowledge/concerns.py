"""What do entries on contracts have in common? Terms, kinds of contracts and concerns, checked as they are read."""

from __future__ import annotations

from collections.abc import Sequence

from pilothouse.engine.contracts.checklist import Concern, Severity, When
from pilothouse.engine.contracts.measures import in_days, share_in
from pilothouse.engine.contracts.reading.words import TERMS
from pilothouse.knowledge.entries import Entry

# The kinds of `records.models.contracts.Contract`.
KINDS = (
    "managed_services",
    "cloud_service",
    "licence",
    "hosting",
    "telecom",
    "hardware",
    "project",
    "advice",
    "other",
)
QUALITIES = ("A", "B", "C", "D")
_YEARS = " years"


def terms_of(entry: Entry, field: str) -> tuple[str, ...]:
    """Terms of contracts, each one that readers know."""
    return _among(entry, field, TERMS, "the terms of contracts")


def kinds_of(entry: Entry) -> tuple[str, ...]:
    return _among(entry, "kinds", KINDS, "the kinds of contracts")


def concerns_of(entry: Entry) -> tuple[Concern, ...]:
    """What may be wrong, the gravest first, so that what is said is the gravest that holds."""
    concerns = tuple(_concern(each) for each in entry.each("concerns"))
    order = list(Severity)
    if [c.severity for c in concerns] != sorted(
        (c.severity for c in concerns), key=order.index, reverse=True
    ):
        raise entry.wrong("put the graver concerns first (act, look, note): the first that holds is said.")
    return concerns


def _among(entry: Entry, field: str, known: Sequence[str], where: str) -> tuple[str, ...]:
    given = entry.texts(field)
    for each in given:
        if each not in known:
            raise entry.wrong(f"“{field}” has “{each}”, which is not in {where}.")
    return given


def _concern(entry: Entry) -> Concern:
    when = When(entry.choice("when", tuple(When), "what a concern can be"))
    limit = entry.text("limit") if when not in (When.MISSING, When.PRESENT) else ""
    if limit and in_days(limit) is None and share_in(limit.removesuffix(_YEARS)) is None:
        raise entry.wrong(f"“limit” is “{limit}”, but must be a length, a share, or “0.5 years” of cost.")
    concern = Concern(
        when=when,
        severity=Severity(entry.choice("severity", tuple(Severity), "note, look, act")),
        says=entry.text("says"),
        limit=limit,
        words=entry.texts("words"),
        without=entry.texts("without"),
        besides=terms_of(entry, "besides"),
        unless=terms_of(entry, "unless"),
    )
    entry.finished()
    return concern
