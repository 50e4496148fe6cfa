"""Which mails on contracts are due today, to whom, and about what?

Two kinds. One *urgent* mail a day at most, to who decides and who deputises, of what has become urgent since: each
matter once. One *digest* a week at most, from a day of the week on, and only in a week in which something is new: a
matter has come within its lead time or within `STEP` days, a day was missed, or there is a sign that nobody was told of
(`Sign`, of whatever is worth knowing beside the contracts). It lists all that is open besides, and a sign once.
Who renegotiates is left alone until the last days, and then told once that the day still stands.

What was told is a set of keys for each person, so a run that is doubled or taken up again finds nothing to do. A key
names contract, exit and day to send by: a day that was corrected is told anew. What is decided, or sent, is no matter
any more, and who asks leaves it out. Limits: whoever asks for no mails gets none; days are days, not hours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pilothouse.engine.evidence import Finding, RecordEvidence, Text
from pilothouse.engine.money import Money

STEP = 30  # days before, at which a digest says once more what it said at the lead time
MONDAY = 0
MISSED_RULE = "contracts.missed@2026-11-23"


class Need(StrEnum):
    """What is to be done."""

    DECIDE = "decide"
    SEND = "send"  # it was decided to end it, and the notice has not gone out
    AGREE = (
        "agree"  # it was decided to renegotiate, and the last day comes near: told once, when it is urgent
    )
    MISSED = "missed"  # the last day is past; it goes on


class Kind(StrEnum):
    URGENT = "urgent"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Matter:
    """One exit day of one contract, and who is told of it."""

    contract: str
    need: Need
    exit: date
    last_day: date
    send_by: date
    people: tuple[str, ...]
    lead_days: int = 90
    urgent_days: int = 14

    @property
    def key(self) -> str:
        return f"{self.need}/{self.contract}/{self.exit}/{self.send_by}"

    def is_open(self, today: date) -> bool:
        """Whether there still is something to do, or to know."""
        return today <= (self.exit if self.need is Need.MISSED else self.last_day)

    def is_urgent(self, today: date) -> bool:
        return self.need is not Need.MISSED and (self.send_by - today).days <= self.urgent_days

    def step(self, today: date) -> int | None:
        """The nearest number of days before that has been reached; None while it is too early."""
        if self.need in (Need.MISSED, Need.AGREE):
            return 0 if self.need is Need.MISSED else None
        left = (self.send_by - today).days
        return min((step for step in (STEP, self.lead_days) if left <= step <= self.lead_days), default=None)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that is no day of a contract, and that the next digest says to some people: once for each key."""

    key: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The keys of what a person was told. `unsure`: of mails nobody knows whether the mail server has taken them."""

    sent: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person; `tells` are the keys to keep once it is on its way, its own first where it is a digest."""

    person: str
    kind: Kind
    matters: tuple[Matter, ...]
    tells: tuple[str, ...]
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """All that a person could be told of: what contracts ask, and signs."""

    person: str
    matters: list[Matter]
    signs: list[Sign]


NOTHING = Told()


def due_mails(
    matters: Iterable[Matter],
    told: Mapping[str, Told],
    *,
    today: date,
    weekday: int = MONDAY,
    signs: Iterable[Sign] = (),
) -> tuple[Mail, ...]:
    """The mails of today; `weekday` is the day a week's digest may go out from, Monday being 0."""
    open_to: dict[str, list[Matter]] = defaultdict(list)
    shown_to: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        for person in dict.fromkeys(sign.people):
            shown_to[person].append(sign)
    for matter in sorted(matters, key=lambda one: (one.send_by, one.key)):
        for person in dict.fromkeys(matter.people):
            if matter.is_open(today):
                open_to[person].append(matter)
    begins = today - timedelta((today.weekday() - weekday) % 7)
    return tuple(
        mail
        for person in sorted(open_to.keys() | shown_to.keys())
        for mail in _to(
            Open(person, open_to[person], shown_to[person]), told.get(person, NOTHING), today, begins
        )
    )


def urgent_key(matter: Matter) -> str:
    return f"{Kind.URGENT}/{matter.key}"


def _to(asked: Open, told: Told, today: date, begins: date) -> Iterator[Mail]:
    """The mails to one person, the urgent one first."""
    known = told.sent | told.unsure
    urgent = tuple(one for one in asked.matters if one.is_urgent(today) and urgent_key(one) not in known)
    if urgent:
        yield Mail(asked.person, Kind.URGENT, urgent, tuple(map(urgent_key, urgent)))
    digest = _digest(asked, Told(told.sent.union(map(urgent_key, urgent)), told.unsure), begins)
    if digest is not None:
        yield digest


def _digest(asked: Open, told: Told, begins: date) -> Mail | None:
    """The digest of the week that begins on a day; None where it went out, or has nothing new to say."""
    key = f"{Kind.DIGEST}/{begins}"
    if key in told.sent or key in told.unsure:
        return None
    tells = {one: telling for one in asked.matters if (telling := _telling(one, told, begins)) is not None}
    new = {
        one for one, telling in tells.items() if telling not in told.sent and urgent_key(one) not in told.sent
    }
    listed = tuple(one for one in tells if one in new or one.need is not Need.MISSED)
    signs = tuple(sign for sign in asked.signs if sign.key not in told.sent)
    if not new and not signs:
        return None
    keys = (key, *(tells[one] for one in listed), *(sign.key for sign in signs))
    return Mail(asked.person, Kind.DIGEST, listed, keys, signs)


def _telling(matter: Matter, told: Told, begins: date) -> str | None:
    """The key of what a digest says of a matter; None while it is too early.

    An urgent mail that may have been lost is made good by the next digest.
    """
    if urgent_key(matter) in told.unsure:
        return f"{urgent_key(matter)}/again"
    step = matter.step(begins)
    return None if step is None else f"{matter.key}/{step}"


# --- what a missed day costs ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MissedDay:
    """A day for notice that went by: which contract, until when it goes on, what that commits, and where it stands."""

    record: str
    name: str
    vendor: str
    last_day: date
    renews_until: date | None
    commits: Money | None
    yearly_cost: Money | None
    source: str = ""
    place: str = ""


def find_missed(missed: Iterable[MissedDay]) -> Iterator[Finding]:
    """A finding with its price for each day for notice that nobody acted on.

    Its worth a year is what the year costs that cannot be left now, at most what the renewal commits.
    """
    for one in missed:
        yield Finding(
            MISSED_RULE,
            _missed_words(one),
            _worth(one),
            (RecordEvidence(one.record, one.source or one.name, one.place),),
        )


def _missed_words(one: MissedDay) -> Text:
    said = (("name", one.name), ("vendor", one.vendor or "?"), ("last_day", one.last_day.isoformat()))
    if one.renews_until is None:
        return Text("contracts.missed", said)
    until = ("until", one.renews_until.isoformat())
    if one.commits is None:
        return Text("contracts.missed_until", (*said, until))
    sums = (("currency", one.commits.currency), ("amount", str(one.commits.amount)))
    return Text("contracts.missed_priced", (*said, until, *sums))


def _worth(one: MissedDay) -> Money | None:
    if one.commits is None or one.yearly_cost is None:
        return one.commits
    return min(one.commits, one.yearly_cost)
