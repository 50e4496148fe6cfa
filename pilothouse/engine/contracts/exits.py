"""On which days can a contract end, and in which term does a day lie?

Terms join without gap and are counted from the contract's start, so that a month's end does not drift: term k begins at
start + the initial length + (k - 2) renewals. Exit days are the ends of terms, the days before the yearly returns of
the start, or the ends of calendar months, quarters and years, never past the day on which the contract ends by itself.
All of it is arithmetic on the number of months, so that the thousandth term costs no more than the first.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta

from pilothouse.engine.contracts.terms import Before, ContractTerms, Effective, Notice, Renews, Term
from pilothouse.engine.dates import Duration, OutOfCalendar, after, days_in

_DAY = timedelta(1)
_DAYS_A_MONTH = 30.436875
_NEVER = Duration()


@dataclass(frozen=True, slots=True)
class Terms:
    """The chain of terms. `initial` None: it runs open-ended from the start. `renewal` None: no term follows by itself.

    `base` is what renewals are added to: the start, with `initial` before them, or the day after an agreed end.
    """

    start: date
    first_end: date | None
    base: date
    offset: Duration
    renewal: Duration | None
    times: int | None
    open_ended: bool

    @property
    def final_end(self) -> date | None:
        """The day on which the contract ends by itself; None where it goes on."""
        if self.open_ended or self.first_end is None:
            return None
        if self.renewal is None:
            return self.first_end
        return None if self.times is None else self.end_of(self.times + 1)

    def end_of(self, number: int) -> date:
        """The last day of a term that has one."""
        if number == 1 and self.first_end is not None:
            return self.first_end
        # Asked a dozen times a decision, so the length is put together in one go.
        by, times = self.renewal if self.renewal is not None else _NEVER, number - 1
        length = Duration(self.offset.months + by.months * times, self.offset.days + by.days * times)
        return after(self.base, length) - _DAY

    def start_of(self, number: int) -> date:
        return self.start if number == 1 else self.end_of(number - 1) + _DAY

    def at(self, day: date) -> Term | None:
        """The term a day lies in; number 0 before the first, None after the last."""
        if day < self.start:
            return Term(0, self.start, self.first_end)
        if self.first_end is None or day <= self.first_end:
            return Term(1, self.start, self.first_end)
        if self.open_ended:
            return Term(2, self.first_end + _DAY, None)
        return self._renewed_at(day)

    def _renewed_at(self, day: date) -> Term | None:
        if self.renewal is None:
            return None
        number, end = self._first_that_ends(day)
        if self.times is not None and number > self.times + 1:
            return None
        return Term(number, self.start_of(number), end)

    def _first_that_ends(self, day: date) -> tuple[int, date]:
        """The first renewed term that ends on `day` or later, and its end."""
        renewal = self.renewal or Duration(1)
        length = renewal.months * _DAYS_A_MONTH + renewal.days
        origin = after(self.base, self.offset)
        number = max(2, int((day - origin).days / length) + 1)  # never too high: the first term comes before
        end = self.end_of(number)
        while end < day:
            number += 1
            end = self.end_of(number)
        return number, end


class Exits(ABC):
    """The days a contract can end on, in order."""

    @abstractmethod
    def first_from(self, day: date) -> date | None:
        """The first exit day on `day` or later; None where there is none."""


@dataclass(frozen=True, slots=True)
class TermEnds(Exits):
    """The last day of each term."""

    terms: Terms

    def first_from(self, day: date) -> date | None:
        term = self.terms.at(max(day, self.terms.start))
        return term.end if term is not None else None


@dataclass(frozen=True, slots=True)
class Anniversaries(Exits):
    """The day before each yearly return of the start, from `earliest` on, up to the contract's own end."""

    start: date
    earliest: date
    last: date | None

    def first_from(self, day: date) -> date | None:
        day = max(day, self.earliest)
        year = max(day.year, self.start.year + 1)
        found = self._before_return(year)
        if found < day:
            found = self._before_return(year + 1)
        if self.last is None or found <= self.last:
            return found
        return self.last if self.last >= day else None

    def _before_return(self, year: int) -> date:
        """29 February counts as the 28th."""
        leap_day = (self.start.month, self.start.day) == (2, 29)
        if year > date.max.year:
            raise OutOfCalendar("The next yearly return lies outside the calendar.")
        return date(year, self.start.month, 28 if leap_day else self.start.day) - _DAY


@dataclass(frozen=True, slots=True)
class CalendarEnds(Exits):
    """Any day, or the last day of each calendar month, quarter or year, from `earliest` on."""

    earliest: date
    last: date | None
    months: int  # 0: any day

    def first_from(self, day: date) -> date | None:
        found = self._end_of_period(max(day, self.earliest))
        if self.last is None or found <= self.last:
            return found
        return self.last if self.last >= day else None

    def _end_of_period(self, day: date) -> date:
        if not self.months:
            return day
        month = (day.month - 1) // self.months * self.months + self.months
        return date(day.year, month, days_in(day.year, month))


_PERIODS = {Effective.MONTH_END: 1, Effective.QUARTER_END: 3, Effective.YEAR_END: 12}


def terms_of(agreed: ContractTerms) -> Terms:
    """The chain of terms of a contract whose terms are known to make sense. Raises `OutOfCalendar`."""
    renewal = agreed.renewal
    open_ended = renewal is not None and renewal.mode is Renews.OPEN_ENDED
    tacit = renewal is None or renewal.mode is Renews.TACIT
    initial = agreed.initial_term or Duration()
    counted_end = after(agreed.start, initial) - _DAY if initial else None
    end = agreed.end or counted_end
    # Renewals are added to the start as long as the agreed end is where the initial term ends.
    from_start = counted_end is not None and end == counted_end
    base, offset = (
        (agreed.start, initial) if from_start or end is None else (after(end, Duration(0, 1)), Duration())
    )
    length = renewal.term if renewal is not None and renewal.term else initial_length(agreed)
    return Terms(
        agreed.start,
        end,
        base,
        offset,
        length if tacit else None,
        renewal.times if renewal is not None and tacit else None,
        open_ended,
    )


def initial_length(agreed: ContractTerms) -> Duration:
    """How long the initial term is: in whole months where its end is the end of some, else in days."""
    if agreed.end is None:
        return agreed.initial_term or Duration()
    following = agreed.end + _DAY
    months = (following.year - agreed.start.year) * 12 + following.month - agreed.start.month
    if agreed.initial_term is not None and after(agreed.start, agreed.initial_term) == following:
        return agreed.initial_term
    if months > 0 and after(agreed.start, Duration(months)) == following:
        return Duration(months)
    return Duration(0, (following - agreed.start).days)


def exits_of(agreed: ContractTerms, terms: Terms, notice: Notice) -> Exits:
    """The days on which a contract with this notice can end."""
    first_end = terms.first_end
    earliest = agreed.start if notice.is_break or first_end is None else first_end
    if notice.before is Before.TERM_END:
        return TermEnds(terms)
    if notice.before is Before.ANNIVERSARY:
        return Anniversaries(agreed.start, earliest, terms.final_end)
    months = _PERIODS.get(notice.effective or Effective.ON_EXPIRY, 0)
    return CalendarEnds(earliest, terms.final_end, months)


def months_between(first: date, last: date) -> tuple[int, int, int]:
    """Whole months from `first` to the day after `last`, days left, and the days of the month they lie in.

    >>> months_between(date(2026, 6, 1), date(2027, 5, 31)), months_between(date(2026, 6, 1), date(2026, 6, 15))
    ((12, 0, 30), (0, 15, 30))
    """
    following = last + _DAY
    months = (following.year - first.year) * 12 + following.month - first.month
    whole = after(first, Duration(months))
    if whole > following:
        months -= 1
        whole = after(first, Duration(months))
    return months, (following - whole).days, days_in(whole.year, whole.month)
