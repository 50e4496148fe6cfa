"""Days in English words and figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.values_dates import find_days


def values(words: str) -> list[str]:
    return [day.value for day in find_days(words)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("May 8, 2014", "2014-05-08"),
        ("Nov. 5 , 1999", "1999-11-05"),
        ("September 1st, 1999", "1999-09-01"),
        ("December 31,2014", "2014-12-31"),
        ("8th day of May, 2014", "2014-05-08"),
        ("24t h day of August 2018", "2018-08-24"),
        ("first day of July, 2017", "2017-07-01"),
        ("twenty-first day of June, in the year 2019", "2019-06-21"),
        ("the 3rd (3rd) day of March 2020", "2020-03-03"),
        ("31 January, 1994", "1994-01-31"),
        ("2026-02-03", "2026-02-03"),
        ("31/01/2025", "2025-01-31"),
        ("12/31/14", "2014-12-31"),
        ("05.08.2014", "2014-08-05"),
        ("07/07/2020", "2020-07-07"),
        ("05/08/2014 in US$", "2014-05-08"),
        ("05/08/2014 in €", "2014-08-05"),
        ("3/24/99", "1999-03-24"),
    ],
)
def test_a_day_is_read(words: str, value: str) -> None:
    assert values(words) == [value]


@pytest.mark.parametrize(
    "words",
    [
        "May 2014",
        "February 30, 2014",
        "the next day of May 2014",
        "05/08/2014",
        "05/08/2014 in $ or €",
        "13/13/2014",
        "1.2.2014.5",
        "January ___, 2000",
        "",
    ],
)
def test_what_is_no_sure_day_is_none(words: str) -> None:
    assert values(words) == []


def test_other_days_of_the_paper_tell_which_part_is_the_month() -> None:
    assert values("05/08/2014 to 31/08/2014") == ["2014-08-05", "2014-08-31"]
    assert values("05/08/2014 to 08/31/2014") == ["2014-05-08", "2014-08-31"]
    assert values("05/08/2014, 31/08/2014, 08/30/2014") == ["2014-08-31", "2014-08-30"]


@given(st.text("0123456789/.- Mayof,thdsun", max_size=60))
def test_any_words_give_days_that_stand_in_them(words: str) -> None:
    for day in find_days(words):
        assert 0 <= day.start < day.end <= len(words)
