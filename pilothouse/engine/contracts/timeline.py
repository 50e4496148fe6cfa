"""What stands on the time line of a contract: its chain of terms around a day, and the days on which something is due.

From the term before the running one to the one after the next exit, at most eight terms; a term without an end is
drawn for two years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pilothouse.engine.contracts.decisions import can_be_counted
from pilothouse.engine.contracts.exits import Terms, terms_of
from pilothouse.engine.contracts.terms import ContractTerms, NextDecision, Term
from pilothouse.engine.dates import Duration, OutOfCalendar, after

MOST_TERMS = 8
WITHOUT_END = Duration(24)
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A term as it is drawn: `end` is a day of the line even where the term has none (`is_open`)."""

    number: int
    start: date
    end: date
    is_open: bool
    is_running: bool


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Bars in order without gap, between `first` and `last`; today is always inside."""

    first: date
    last: date
    bars: tuple[Bar, ...]

    def share(self, day: date) -> float:
        """Where on the line a day lies, from 0 to 1."""
        whole = (self.last - self.first).days or 1
        return min(max((day - self.first).days / whole, 0.0), 1.0)


def time_line(agreed: ContractTerms, found: NextDecision, *, today: date) -> TimeLine | None:
    """The line of a contract; None where its terms make no sense (`found` then says why)."""
    if not can_be_counted(agreed):
        return None
    try:
        bars = _bars(terms_of(agreed), found, today)
    except OutOfCalendar:
        return None
    first = min(bars[0].start, today)
    return TimeLine(first, max(bars[-1].end, today), bars)


def _bars(terms: Terms, found: NextDecision, today: date) -> tuple[Bar, ...]:
    here = found.term or _last(terms)
    number = max(1, here.number - 1)
    until = _until(found)
    bars: list[Bar] = []
    while len(bars) < MOST_TERMS:
        term = _term(terms, number)
        if term is None or (bars and term.start > until):
            break
        bars.append(_bar(term, here, today))
        if term.end is None:
            break
        number += 1
    return tuple(bars)


def _until(found: NextDecision) -> date:
    """The last day that should be seen: that of the next exit, or until when it renews if nobody acts."""
    days = [found.exit]
    if found.next is not None:
        days.append(found.next.exit)
    if found.if_nobody_acts is not None:
        days.append(found.if_nobody_acts.renews_until)
    return max((day for day in days if day is not None), default=date.max)


def _term(terms: Terms, number: int) -> Term | None:
    """Term `number`, None where the contract ends before it."""
    if number == 1:
        return Term(1, terms.start, terms.first_end)
    first_end = terms.first_end
    if first_end is None or (terms.final_end is not None and terms.end_of(number - 1) >= terms.final_end):
        return None
    if terms.open_ended:
        return Term(2, first_end + _DAY, None) if number == 2 else None
    return Term(number, terms.start_of(number), terms.end_of(number))


def _last(terms: Terms) -> Term:
    """The last term of a contract that has ended."""
    return terms.at(terms.final_end or terms.start) or Term(1, terms.start, terms.first_end)


def _bar(term: Term, here: Term, today: date) -> Bar:
    running = term.number == max(here.number, 1) and term.start <= today
    if term.end is not None:
        return Bar(term.number, term.start, term.end, is_open=False, is_running=running and today <= term.end)
    drawn_until = after(max(term.start, today), WITHOUT_END)
    return Bar(term.number, term.start, drawn_until, is_open=True, is_running=running)
