"""What must be decided about a contract, and by when?

`next_decision` takes what is agreed and a day, and gives the running term, the day the contract can next end on, the
last day for a notice to be in time, the day to send it by, whether that is past, the next day that can still be
reached, and what happens if nobody acts. Rules (method page `docs/methods/contracts.md`):

- The last day for notice is the latest day D with D + notice not past the exit day. Where counting back from the exit
  gives an earlier day (ends of months), `send_by` keeps to the earlier one, since a judge may count so.
- The last day may fall on a weekend and stays; `send_by` is the last working day on which the notice is sent, or sent
  so that it arrives in time.
- What contracts leave open is computed on the safe side, and `reading` says so. What cannot be is a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pilothouse.engine.contracts.exits import (
    CalendarEnds,
    Exits,
    Terms,
    exits_of,
    months_between,
    terms_of,
)
from pilothouse.engine.contracts.read_out import read_out
from pilothouse.engine.contracts.terms import (
    Before,
    BusinessDays,
    ContractTerms,
    DeliveryDays,
    Effective,
    IfNobodyActs,
    NextDecision,
    NextExit,
    Notice,
    Renews,
    Trouble,
)
from pilothouse.engine.contracts.working_days import MOST_BUSINESS_DAYS, WorkingDays, working_days
from pilothouse.engine.dates import Duration, OutOfCalendar, after, before, latest_before
from pilothouse.engine.money import Money

_DAY = timedelta(1)
_CENT = Decimal("0.01")
_NO_NOTICE = Notice(None)


def next_decision(agreed: ContractTerms, delivery: DeliveryDays, *, today: date) -> NextDecision:
    """What must be decided by when, as of `today`. Terms that cannot be give no dates, only problems."""
    problems = tuple(_impossible(agreed))
    if problems:
        return _nothing(problems)
    try:
        return _Asked(agreed, delivery, today).answer(tuple(_doubtful(agreed)))
    except OutOfCalendar as error:
        return _nothing((Trouble("terms.out_of_calendar", f"{error} Check the dates and lengths."),))


def can_be_counted(agreed: ContractTerms) -> bool:
    """Whether the terms make sense, so that days can be counted from them."""
    return not any(_impossible(agreed))


def _nothing(problems: tuple[Trouble, ...]) -> NextDecision:
    said = " ".join(problem.says for problem in problems)
    return NextDecision(None, None, None, None, None, False, None, None, None, said, problems)


# --- what cannot be -------------------------------------------------------------------------------------------


def _impossible(agreed: ContractTerms) -> Iterator[Trouble]:
    """What leaves nothing to compute."""
    renewal, notice = agreed.renewal, agreed.notice or _NO_NOTICE
    if agreed.end is not None and agreed.end < agreed.start:
        yield Trouble("terms.end_before_start", "The contract ends before it starts. Check both dates.")
    if agreed.initial_term is not None and not agreed.initial_term:
        yield Trouble("terms.no_length", "A term of zero length cannot be. How long does the contract run?")
    open_ended = renewal is not None and renewal.mode is Renews.OPEN_ENDED
    if agreed.end is None and agreed.initial_term is None and not open_ended:
        yield Trouble(
            "terms.no_end", "Neither an end nor a length is known. Look for the term in the contract."
        )
    if renewal is not None and renewal.term is not None and not renewal.term:
        yield Trouble("renewal.no_length", "A renewal of zero length cannot be. By how long does it renew?")
    if renewal is not None and renewal.times is not None and renewal.times < 0:
        yield Trouble("renewal.times", "It cannot renew fewer than zero times.")
    if isinstance(notice.length, BusinessDays) and not 0 <= notice.length.count <= MOST_BUSINESS_DAYS:
        yield Trouble("notice.length", f"A notice has 0 to {MOST_BUSINESS_DAYS} business days.")


def _doubtful(agreed: ContractTerms) -> Iterator[Trouble]:
    """What does not go together; the dates are computed without it."""
    renewal, notice = agreed.renewal, agreed.notice or _NO_NOTICE
    if agreed.initial_term is not None and agreed.end is not None:
        counted = after(agreed.start, agreed.initial_term) - _DAY
        if abs((counted - agreed.end).days) > 1:
            yield Trouble(
                "terms.end_differs",
                f"The length says the term ends on {counted}, the contract names {agreed.end}. The named day is used.",
            )
    yield from _not_together(notice)
    if (
        renewal is not None
        and renewal.mode is not Renews.TACIT
        and (renewal.term or renewal.times is not None)
    ):
        yield Trouble(
            "renewal.not_used", "The contract does not renew by terms, so their length or number is left out."
        )
    if renewal is not None and renewal.mode is Renews.OPEN_ENDED and notice.before is Before.TERM_END:
        yield Trouble(
            "notice.open_ended",
            "The contract runs on open-ended, yet notice is tied to the end of a term: after the initial term there is "
            "none. Look for how it can be ended then.",
        )
    days = working_days(agreed.country, agreed.region)
    if agreed.country and not days.known:
        yield Trouble(
            "terms.country",
            f"“{agreed.country[:20]}” is no country whose public holidays are known, so only weekends are left out. "
            "Give its code of two letters, such as BE, or send earlier.",
        )
    elif isinstance(notice.length, BusinessDays) and not days.known:
        yield Trouble(
            "notice.country",
            "Business days are counted without public holidays, since the country is not known.",
        )


def _not_together(notice: Notice) -> Iterator[Trouble]:
    """What is said of a notice and means nothing beside the rest."""
    if notice.effective is not None and notice.before is not Before.ANY_TIME:
        yield Trouble(
            "notice.effective",
            "When a notice takes effect goes with notice at any time only; it is left out here.",
        )
    if notice.is_break and notice.before is Before.TERM_END:
        yield Trouble(
            "notice.break",
            "A way out within the first term goes with notice for an anniversary or at any time; it is left out here. "
            "Look for the days on which the contract can be broken.",
        )
    if notice.not_before is not None and _on_any_day(notice):
        yield Trouble(
            "notice.not_before",
            "The contract can be ended on any day, so there is no first day for a notice; it is left out here.",
        )


def _on_any_day(notice: Notice) -> bool:
    return notice.before is Before.ANY_TIME and notice.effective in (None, Effective.ON_EXPIRY)


# --- the answer -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Deadline:
    """For an exit day: the last day, the earlier one that counting back gives, and when to send."""

    last_day: date
    counted_back: date
    send_by: date


class _Asked:
    """One contract, asked on one day."""

    def __init__(self, agreed: ContractTerms, delivery: DeliveryDays, today: date) -> None:
        self.agreed, self.today, self._delivery = agreed, today, delivery
        self.notice = agreed.notice or _NO_NOTICE
        self.terms: Terms = terms_of(agreed)
        self.exits: Exits = exits_of(agreed, self.terms, self.notice)
        self._days: WorkingDays = working_days(agreed.country, agreed.region)

    def answer(self, doubtful: tuple[Trouble, ...]) -> NextDecision:
        term = self.terms.at(self.today)
        exit_ = None if term is None else self._exit()
        deadline = None if exit_ is None else self._deadline(exit_)
        earliest_end = self._earliest_end() if term is not None else None
        first_day, problem = self._first_day(exit_, deadline)
        found = NextDecision(
            term=term,
            exit=exit_,
            last_day=deadline.last_day if deadline else None,
            first_day=first_day,
            send_by=deadline.send_by if deadline else None,
            missed=deadline is not None and deadline.last_day < self.today,
            next=self._next(exit_) if exit_ is not None else None,
            earliest_end=earliest_end,
            if_nobody_acts=self._if_nobody_acts(exit_),
            reading="",
            problems=(*doubtful, *problem),
        )
        return replace(
            found, reading=read_out(self.agreed, found, deadline.counted_back if deadline else None)
        )

    def _exit(self) -> date | None:
        """The running term's exit; else the next day the contract can end on."""
        return self.exits.first_from(max(self.today, self.agreed.start))

    @property
    def _without_deadline(self) -> bool:
        """It can be ended on any day: notice has no last day."""
        return isinstance(self.exits, CalendarEnds) and not self.exits.months

    # -- notice --

    def _deadline(self, exit_: date) -> _Deadline | None:
        length = self.notice.length
        if length is None or self._without_deadline:
            return None
        if isinstance(length, BusinessDays):
            last_day = counted_back = self._days.latest_before(exit_, length)
        else:
            last_day, counted_back = latest_before(exit_, length), before(exit_, length)
        return _Deadline(last_day, counted_back, self._send_by(min(last_day, counted_back)))

    def _send_by(self, day: date) -> date:
        """The last working day on which it is sent, or sent early enough to arrive by `day`."""
        arrives = self._days.last_until(day)
        if self.notice.must_be_sent:
            return arrives
        return self._days.back(arrives, self._delivery.of(self.notice.by))

    def _reached(self, day: date) -> date:
        """The earliest day a notice of `day` can end the contract on, as far as its length goes."""
        length = self.notice.length
        if isinstance(length, BusinessDays):
            return self._days.after(day, length)
        return after(day, length or Duration())

    def _first_day(
        self, exit_: date | None, deadline: _Deadline | None
    ) -> tuple[date | None, tuple[Trouble, ...]]:
        """The first day on which notice may be given, and the problem where that is after the last."""
        early = self.notice.not_before
        if exit_ is None or early is None or self._without_deadline:
            return None, ()
        first = before(exit_, early)
        while after(first, early) < exit_:
            first += _DAY
        if deadline is not None and first > deadline.last_day:
            says = f"Notice may not be given before {first}, which is after the last day {deadline.last_day}."
            return first, (Trouble("notice.not_before", says),)
        return first, ()

    def _next(self, exit_: date) -> NextExit | None:
        """The first exit after this one whose last day is not past."""
        if self.notice.length is None or self._without_deadline:
            return None
        found = self.exits.first_from(max(exit_ + _DAY, self._reached(self.today)))
        deadline = None if found is None else self._deadline(found)
        term = None if found is None else self.terms.at(found)
        if found is None or deadline is None or term is None:
            return None
        return NextExit(term, found, deadline.last_day, deadline.send_by)

    def _earliest_end(self) -> date | None:
        """Of a contract without deadline: the day it ends on if notice is given today."""
        if not self._without_deadline or self.notice.length is None:
            return None
        return self.exits.first_from(max(self._reached(self.today), self.agreed.start))

    # -- if nobody acts --

    def _if_nobody_acts(self, exit_: date | None) -> IfNobodyActs | None:
        if exit_ is None:
            return None
        final = self.terms.final_end
        cost = self.agreed.yearly_cost
        if final is not None and (exit_ >= final or self._without_deadline):
            return IfNobodyActs(None, final, Money(_CENT * 0, cost.currency) if cost else None)
        until = self._renews_until(exit_)
        commits = None if cost is None or until is None else committed(cost, exit_ + _DAY, until)
        return IfNobodyActs(until, None, commits)

    def _renews_until(self, exit_: date) -> date | None:
        """The next day it can end on; None where that is any day."""
        return None if self._without_deadline else self.exits.first_from(exit_ + _DAY)


def committed(yearly: Money, first: date, last: date) -> Money:
    """What the months from `first` to `last` cost; days that make no month by their share of it."""
    months, days, of = months_between(first, last)
    share = Decimal(months) + Decimal(days) / Decimal(of)
    amount = (yearly.amount * share / 12).quantize(_CENT, ROUND_HALF_UP)
    return Money(amount, yearly.currency)
