"""How were the dates of a contract read? In words, with what was assumed where it is silent and which rule was used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pilothouse.engine.contracts.exits import initial_length
from pilothouse.engine.contracts.terms import (
    Before,
    BusinessDays,
    ContractTerms,
    Effective,
    Form,
    NextDecision,
    Notice,
    Renews,
    Week,
)
from pilothouse.engine.contracts.working_days import working_days
from pilothouse.engine.dates import Duration

_FORMS = {Form.EMAIL: "by e-mail", Form.LETTER: "by letter", Form.REGISTERED_LETTER: "by registered letter"}
_ENDS = {
    Effective.ON_EXPIRY: "it ends when the notice has passed",
    Effective.MONTH_END: "it ends with a calendar month",
    Effective.QUARTER_END: "it ends with a calendar quarter",
    Effective.YEAR_END: "it ends with a calendar year",
}


def read_out(agreed: ContractTerms, found: NextDecision, counted_back: date | None) -> str:
    """The reading of a contract in sentences."""
    notice = agreed.notice
    sentences = [*_of_renewal(agreed), *_of_notice(agreed, notice), *_of_days(agreed, notice)]
    if found.last_day is not None and counted_back is not None and counted_back < found.last_day:
        sentences.append(
            f"Counting on from {found.last_day} the notice has just passed on {found.exit}; counting back from there "
            f"gives {counted_back}. The earlier day is the safe one to send by."
        )
    return " ".join(sentences)


def _of_renewal(agreed: ContractTerms) -> Iterator[str]:
    renewal = agreed.renewal
    length = said(initial_length(agreed))
    if renewal is None:
        yield f"Nothing is said of renewal: taken as tacit, {length} at a time, which is the safe side."
    elif renewal.mode is Renews.NONE:
        yield "It does not renew: it ends by itself."
    elif renewal.mode is Renews.OPEN_ENDED:
        yield "After its initial term it runs on until somebody gives notice."
    elif renewal.term is None:
        yield f"It renews tacitly; by how long is not said, so {length} as the initial term."
    else:
        times = "" if renewal.times is None else f", {renewal.times} times at most"
        yield f"It renews tacitly, {said(renewal.term)} at a time{times}."


def _of_notice(agreed: ContractTerms, notice: Notice | None) -> Iterator[str]:
    if notice is None or notice.length is None:
        yield (
            "How long before notice must be given is not known. Look in the contract for “notice”, “opzegging”, "
            "“préavis” or “Kündigung”."
        )
        return
    way = "sent" if notice.must_be_sent else "received"
    yield f"Notice of {said(notice.length)}, {_FORMS[notice.by]}; it must have been {way} by the last day."
    if notice.before is Before.TERM_END:
        yield "Counted against the end of a term."
    elif notice.before is Before.ANNIVERSARY:
        yield "Counted against the day before each yearly return of the start."
    else:
        yield f"It can be given at any time; {_ENDS[notice.effective or Effective.ON_EXPIRY]}."
    if notice.is_break:
        yield "It may also end before the initial term does."


def _of_days(agreed: ContractTerms, notice: Notice | None) -> Iterator[str]:
    """By what calendar days are counted: the contract's words where it has some, else the country's."""
    days = working_days(agreed.country, agreed.region)
    if notice is None or notice.length is None:
        return
    if not days.known:
        yield "The country is not known: working days are Monday to Friday, without public holidays."
    elif not days.region_known:
        yield "The region is not known: a public holiday of any region counts, which gives the earlier day."


def said(length: Duration | BusinessDays) -> str:
    """A length in words.

    >>> said(Duration(12)), said(Duration(1, 10)), said(BusinessDays(20))
    ('12 months', '1 month and 10 days', '20 business days (Monday to Friday)')
    """
    if isinstance(length, BusinessDays):
        week = "Monday to Friday" if length.week is Week.MON_FRI else "Monday to Saturday"
        return f"{_counted(length.count, 'business day')} ({week})"
    parts = []
    if length.months:
        parts.append(_counted(length.months, "month"))
    if length.days or not parts:
        parts.append(_counted(length.days, "day"))
    return " and ".join(parts)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
