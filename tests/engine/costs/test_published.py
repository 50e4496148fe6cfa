"""What others published is compared with what we say; which cases are missed stands in the method page."""

from __future__ import annotations

from typing import Any

import pytest

from bench.published_costs import Compared, cases, compare

CASES = {case["case"]: case for case in cases()}


@pytest.mark.parametrize("name", CASES)
def test_a_published_case_can_be_compared(name: str) -> None:
    found = compare(CASES[name])
    assert 0 <= found.price[0] <= found.price[1]
    assert found.price[1] <= found.paid[1] + 1e-6
    assert found.verdict in {"hit", "hit with all that is paid", "ours is higher", "ours is lower"}


def compared(published: tuple[float, float]) -> Compared:
    return Compared("a case", "break_fix", "US", published, (100, 200), (300, 500), own_source=False)


@pytest.mark.parametrize(
    ("published", "verdict"),
    [
        ((150, 160), "hit"),
        ((200, 900), "hit"),
        ((250, 310), "hit with all that is paid"),
        ((20, 99), "ours is higher"),
        ((600, 700), "ours is lower"),
    ],
)
def test_a_case_is_met_where_the_ranges_meet(published: tuple[float, float], verdict: str) -> None:
    assert compared(published).verdict == verdict


def test_a_case_in_another_currency_is_not_compared() -> None:
    case: dict[str, Any] = {**next(iter(CASES.values())), "currency": "EUR", "country": "US"}
    with pytest.raises(ValueError, match="USD"):
        compare(case)
