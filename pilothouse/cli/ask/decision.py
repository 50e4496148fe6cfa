"""`ask decision`: by when must a contract be decided on? Contract terms in, dates out; a list gives a list."""

from __future__ import annotations

import re
import sys
from enum import Enum
from pathlib import Path
from typing import TypeVar

from pilothouse.cli.ask.given import Given, Shape, answer_each
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.contracts.decisions import next_decision
from pilothouse.engine.contracts.shape import shape_of
from pilothouse.engine.contracts.terms import (
    Before,
    BusinessDays,
    ContractTerms,
    Effective,
    Form,
    Notice,
    Renewal,
    Renews,
    Week,
)
from pilothouse.engine.dates import Duration
from pilothouse.engine.money import Money
from pilothouse.knowledge import delivery_days

Choice = TypeVar("Choice", bound=Enum)
SENT, RECEIVED = "sent", "received"
_CURRENCY = re.compile("[A-Z]{3}")


def answer(asked: Asked) -> Answer:
    def decide(given: Given) -> Shape | None:
        agreed = terms_in(given)
        if agreed is None:
            return None
        delivery = delivery_days(agreed.country, asked.today)
        return shape_of(next_decision(agreed, delivery, today=asked.today))

    return answer_each(asked, decide, _bytes)


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def terms_in(given: Given) -> ContractTerms | None:
    """The terms of a contract; None where something is wrong, which `given` then knows."""
    start = given.day("start")
    if start is None and not given.problems:
        given.wrong("start", "When does the contract start? Without that day nothing can be counted.")
    cost = _cost(given)
    initial_term, end = given.duration("initial_term"), given.day("end")
    renewal, notice = _renewal(given.inside("renewal")), _notice(given.inside("notice"))
    country, region = given.text("country"), given.text("region")
    given.finished()
    if start is None or given.problems:
        return None
    return ContractTerms(
        start,
        initial_term,
        end,
        renewal,
        notice,
        cost,
        country,
        region,
    )


def _cost(given: Given) -> Money | None:
    amount, currency = given.amount("yearly_cost"), (given.text("currency") or "EUR").upper()
    if amount is not None and amount < 0:
        given.wrong(
            "yearly_cost", "A contract costs nothing or more. Give what is paid a year without a minus sign."
        )
    if not _CURRENCY.fullmatch(currency):
        given.wrong("currency", "The currency must be three letters such as EUR.")
    return None if amount is None else Money(amount, currency)


def _renewal(given: Given | None) -> Renewal | None:
    if given is None:
        return None
    mode = _choice(given, "mode", Renews)
    term, times = given.duration("term"), given.whole("times")
    given.finished()
    # Nothing said of it is the safe side as well: it renews.
    return Renewal(mode or Renews.TACIT, term, times) if mode or term or times is not None else None


def _notice(given: Given | None) -> Notice | None:
    if given is None:
        return None
    length = _length(given)
    notice = Notice(
        length,
        _choice(given, "before", Before) or Before.TERM_END,
        _choice(given, "effective", Effective),
        bool(given.flag("break")),
        given.choice("must_be", _sent, (SENT, RECEIVED)) or False,
        _choice(given, "by", Form) or Form.EMAIL,
        given.duration("not_before"),
    )
    given.finished()
    return notice


def _length(given: Given) -> Duration | BusinessDays | None:
    inside = given.text_or_inside("length")
    if inside is None:
        return given.duration("length")
    count, week = inside.whole("business_days"), _choice(inside, "week", Week)
    inside.finished()
    if count is None:
        if not given.problems:
            inside.wrong("business_days", "How many business days?")
        return None
    return BusinessDays(count, week or Week.MON_FRI)


def _choice(given: Given, field: str, among: type[Choice]) -> Choice | None:
    return given.choice(field, among, [one.value for one in among])


def _sent(text: str) -> bool:
    if text not in (SENT, RECEIVED):
        raise ValueError(text)
    return text == SENT
