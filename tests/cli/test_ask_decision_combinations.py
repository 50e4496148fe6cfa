"""`ask decision`: every combination of renewal, notice, effect and break, one by one, on two days.

One contract throughout: from 15 March 2024 for 18 months (its first term ends on 14 September 2025, a second of six
months on 14 March 2026), notice of two months, 12,000 a year. Its yearly returns are the days after 14 March; the last
day of a notice for the 14th is the 14th two months before, for 31 July 31 May, for 28 February 28 December.
"""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pilothouse.cli.ask.decision import answer
from pilothouse.cli.ask.terms import Asked

CONTRACT = {
    "start": "2024-03-15", "initial_term": "P18M", "yearly_cost": "12000.00", "currency": "EUR", "country": "NL",
}  # fmt: skip
RENEWALS: dict[str, Any] = {
    "missing": {},
    "none": {"renewal": {"mode": "none"}},
    "tacit": {"renewal": {"mode": "tacit", "term": "P6M"}},
    "open_ended": {"renewal": {"mode": "open_ended"}},
}
WITHIN, LATER = date(2024, 12, 10), date(2026, 1, 20)  # in the first term; after it

# By renewal, when notice is counted, its effect and break; for each of the two days: exit, last day, the next exit that
# can be reached, the earliest end, what happens if nobody acts (a day it ends on, or renews until, and the sum).
Expected = tuple[str | None, str | None, str | None, str | None, tuple[str, str | None, str | None] | None]
GONE: Expected = (None, None, None, None, None)
AT_END: Expected = ("2025-09-14", "2025-07-14", None, None, ("ends", "2025-09-14", "0.00"))


def until(day: str, sum_: str) -> tuple[str, str | None, str | None]:
    return "renews_until", day, sum_


FREE = ("renews_until", None, None)
BROKEN_AT_RETURN: Expected = (
    "2025-03-14", "2025-01-14", "2026-03-14", None, until("2026-03-14", "12000.00"),
)  # fmt: skip
AT_RETURN_WITHIN: Expected = (
    "2026-03-14", "2026-01-14", "2027-03-14", None, until("2027-03-14", "12000.00"),
)  # fmt: skip
AT_RETURN_LATER = AT_RETURN_WITHIN  # its last day is past by then: missed
MONTH_WITHIN: Expected = ("2025-09-30", "2025-07-31", "2025-10-31", None, until("2025-10-31", "1000.00"))
MONTH_BROKEN: Expected = ("2024-12-31", "2024-10-31", "2025-02-28", None, until("2025-01-31", "1000.00"))
MONTH_LATER: Expected = ("2026-01-31", "2025-11-30", "2026-03-31", None, until("2026-02-28", "1000.00"))
QUARTER_WITHIN: Expected = ("2025-09-30", "2025-07-31", "2025-12-31", None, until("2025-12-31", "3000.00"))
QUARTER_BROKEN: Expected = ("2024-12-31", "2024-10-31", "2025-03-31", None, until("2025-03-31", "3000.00"))
QUARTER_LATER: Expected = ("2026-03-31", "2026-01-31", "2026-06-30", None, until("2026-06-30", "3000.00"))
YEAR_WITHIN: Expected = ("2025-12-31", "2025-10-31", "2026-12-31", None, until("2026-12-31", "12000.00"))
YEAR_BROKEN: Expected = ("2024-12-31", "2024-10-31", "2025-12-31", None, until("2025-12-31", "12000.00"))
YEAR_LATER: Expected = ("2026-12-31", "2026-10-31", "2027-12-31", None, until("2027-12-31", "12000.00"))
ANY_WITHIN: Expected = ("2025-09-14", None, None, "2025-09-14", FREE)
ANY_BROKEN: Expected = ("2024-12-10", None, None, "2025-02-10", FREE)
ANY_LATER: Expected = ("2026-01-20", None, None, "2026-03-20", FREE)

GOES_ON: dict[tuple[str, str | None, bool], tuple[Expected, Expected]] = {
    ("anniversary", None, False): (AT_RETURN_WITHIN, AT_RETURN_LATER),
    ("anniversary", None, True): (BROKEN_AT_RETURN, AT_RETURN_LATER),
    ("any_time", None, False): (ANY_WITHIN, ANY_LATER),
    ("any_time", None, True): (ANY_BROKEN, ANY_LATER),
    ("any_time", "on_expiry", False): (ANY_WITHIN, ANY_LATER),
    ("any_time", "on_expiry", True): (ANY_BROKEN, ANY_LATER),
    ("any_time", "month_end", False): (MONTH_WITHIN, MONTH_LATER),
    ("any_time", "month_end", True): (MONTH_BROKEN, MONTH_LATER),
    ("any_time", "quarter_end", False): (QUARTER_WITHIN, QUARTER_LATER),
    ("any_time", "quarter_end", True): (QUARTER_BROKEN, QUARTER_LATER),
    ("any_time", "year_end", False): (YEAR_WITHIN, YEAR_LATER),
    ("any_time", "year_end", True): (YEAR_BROKEN, YEAR_LATER),
}
# Without renewal the contract ends by itself on 14 September 2025, which is an exit day too, and the last.
ENDS: dict[tuple[str, str | None, bool], tuple[Expected, Expected]] = {
    **dict.fromkeys(GOES_ON, (AT_END, GONE)),
    ("anniversary", None, True): (
        ("2025-03-14", "2025-01-14", "2025-09-14", None, until("2025-09-14", "6000.00")),
        GONE,
    ),
    ("any_time", None, False): (("2025-09-14", None, None, "2025-09-14", AT_END[4]), GONE),
    ("any_time", None, True): (("2024-12-10", None, None, "2025-02-10", AT_END[4]), GONE),
    ("any_time", "on_expiry", False): (("2025-09-14", None, None, "2025-09-14", AT_END[4]), GONE),
    ("any_time", "on_expiry", True): (("2024-12-10", None, None, "2025-02-10", AT_END[4]), GONE),
    ("any_time", "month_end", True): (MONTH_BROKEN, GONE),
    ("any_time", "quarter_end", True): (QUARTER_BROKEN, GONE),
    ("any_time", "year_end", True): (
        # From 1 January to 14 September: eight months and 14 of the 30 days of September.
        ("2024-12-31", "2024-10-31", "2025-09-14", None, until("2025-09-14", "8466.67")),
        GONE,
    ),
}
TERM_ENDS: dict[str, tuple[Expected, Expected]] = {
    # Not said: renewed by as long as the first term.
    "missing": (
        ("2025-09-14", "2025-07-14", "2027-03-14", None, until("2027-03-14", "18000.00")),
        ("2027-03-14", "2027-01-14", "2028-09-14", None, until("2028-09-14", "18000.00")),
    ),
    "none": (AT_END, GONE),
    "tacit": (
        ("2025-09-14", "2025-07-14", "2026-03-14", None, until("2026-03-14", "6000.00")),
        ("2026-03-14", "2026-01-14", "2026-09-14", None, until("2026-09-14", "6000.00")),
    ),
    # After the first term there is no end of a term, so no day is known.
    "open_ended": (("2025-09-14", "2025-07-14", None, None, FREE), GONE),
}


def expected(mode: str, before: str, effective: str | None, *, broken: bool) -> tuple[Expected, Expected]:
    if before == "term_end":
        return TERM_ENDS[mode]
    known = ENDS if mode == "none" else GOES_ON
    return known[before, effective if before == "any_time" else None, broken]


def troubles(mode: str, before: str, effective: str | None, *, broken: bool) -> list[str]:
    """What the definition leaves no meaning."""
    found = []
    if effective is not None and before != "any_time":
        found.append("notice.effective")
    if broken and before == "term_end":
        found.append("notice.break")
    if mode == "open_ended" and before == "term_end":
        found.append("notice.open_ended")
    return found


COMBINATIONS = list(
    product(
        RENEWALS,
        ["term_end", "anniversary", "any_time"],
        [None, "on_expiry", "month_end", "quarter_end", "year_end"],
        [False, True],
    )
)


def given(mode: str, before: str, effective: str | None, *, broken: bool) -> dict[str, Any]:
    notice = {"length": "P2M", "before": before, "effective": effective, "break": broken}
    said = {name: value for name, value in notice.items() if value not in (None, False)}
    return {**CONTRACT, **RENEWALS[mode], "notice": said}


def asked(folder: Path, contracts: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    file = folder / "contracts.json"
    file.write_text(json.dumps(contracts), "utf-8")
    found = answer(Asked((str(file),), today, 1))
    assert isinstance(found.shape, list)
    return found.shape


def short(shape: dict[str, Any]) -> Expected:
    acts, following = shape["if_nobody_acts"], shape["next"]
    done = acts and next(iter(acts.items()))
    return (
        shape["exit"], shape["last_day"], following and following["exit"], shape["earliest_end"],
        acts and (*done, acts["commits"]),
    )  # fmt: skip


@pytest.mark.parametrize("which", [0, 1], ids=["within the first term", "after it"])
def test_every_combination_is_answered_as_it_is_defined(tmp_path: Path, which: int) -> None:
    today = (WITHIN, LATER)[which]
    shapes = asked(tmp_path, [given(m, b, e, broken=k) for m, b, e, k in COMBINATIONS], today)
    assert len(shapes) == len(COMBINATIONS) == 120
    for (mode, before, effective, broken), shape in zip(COMBINATIONS, shapes, strict=True):
        combination = (mode, before, effective, broken)
        assert short(shape) == expected(mode, before, effective, broken=broken)[which], combination
        assert [one["rule"] for one in shape["problems"]] == troubles(
            mode, before, effective, broken=broken
        ), combination
        last_day = shape["last_day"]
        assert shape["missed"] == (last_day is not None and last_day < today.isoformat()), combination


def test_an_earliest_moment_for_notice_means_nothing_where_there_is_no_last_day(tmp_path: Path) -> None:
    contract = given("tacit", "any_time", None, broken=False)
    contract["notice"]["not_before"] = "P6M"
    (shape,) = asked(tmp_path, [contract], LATER)
    assert shape["first_day"] is None
    assert [one["rule"] for one in shape["problems"]] == ["notice.not_before"]


@pytest.mark.parametrize(
    ("manner", "send_by"),
    [
        # The last day, 14 July 2025, is a Monday. Sent: that day. Received: on a working day by then.
        ({"must_be": "sent", "by": "email"}, "2025-07-14"),
        ({"must_be": "sent", "by": "letter"}, "2025-07-14"),
        ({"must_be": "sent", "by": "registered_letter"}, "2025-07-14"),
        ({"must_be": "received", "by": "email"}, "2025-07-14"),
        ({}, "2025-07-14"),
    ],
)
def test_how_a_notice_goes_moves_only_the_day_to_send_it(
    tmp_path: Path, manner: dict[str, str], send_by: str
) -> None:
    contract = given("tacit", "term_end", None, broken=False)
    contract["notice"] |= manner
    (shape,) = asked(tmp_path, [contract], WITHIN)
    assert (shape["last_day"], shape["send_by"]) == ("2025-07-14", send_by)


@pytest.mark.parametrize("by", ["letter", "registered_letter"])
def test_a_letter_that_must_arrive_is_sent_earlier(tmp_path: Path, by: str) -> None:
    contract = given("tacit", "term_end", None, broken=False)
    contract["notice"] |= {"must_be": "received", "by": by}
    (shape,) = asked(tmp_path, [contract], WITHIN)
    assert shape["last_day"] == "2025-07-14"
    assert shape["send_by"] < "2025-07-14"


def test_the_same_contract_twice_gives_the_same_answer_twice_and_none_gives_none(tmp_path: Path) -> None:
    contract = given("tacit", "term_end", None, broken=False)
    first, second = asked(tmp_path, [contract, contract], WITHIN)
    assert first == second
    assert len(asked(tmp_path, [contract] * 1000, WITHIN)) == 1000
    file = tmp_path / "none.json"
    file.write_text("[]", "utf-8")
    assert answer(Asked((str(file),), WITHIN, 1)).shape == []
