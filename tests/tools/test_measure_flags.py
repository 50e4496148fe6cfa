"""The measure of flags draws the same ones each time, and keeps judgements without words of the contracts."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pilothouse.engine.contracts.checklist import Flag, Severity
from pilothouse.engine.contracts.reading.words import ReadTerm
from tools.measure_flags import JUDGED, OF_EACH_CHECK, Raised, draw, interval, judgements


def raised(quote: str, check: str = "exclusivity") -> Raised:
    term = ReadTerm("exclusivity", None, None, 0, len(quote), quote, 0.9)
    return Raised("one.txt", Flag(check, Severity.LOOK, "You may have to.", "Look.", "", (term,)))


def test_of_each_check_some_are_drawn_and_equal_sentences_once() -> None:
    many = [raised(f"sentence {number}") for number in range(30)]
    drawn = draw([*many, raised("sentence 1"), raised("SENTENCE  2"), raised("other", "stale")])
    assert Counter(one.flag.id for one in drawn) == {"exclusivity": OF_EACH_CHECK, "stale": 1}
    assert draw(reversed([*many, raised("other", "stale")])) == drawn


def test_a_clause_that_was_not_found_is_not_drawn() -> None:
    flag = Flag("audit", Severity.LOOK, "Not found.", "Look.", "", (), ("audit_rights",))
    assert draw([Raised("one.txt", flag)]) == []


def test_judgements_are_kept_once_each_and_without_words() -> None:
    judged = judgements()
    assert len({(one.key, one.draw) for one in judged}) == len(judged) >= 150
    assert {one.draw for one in judged} == {"first", "mended", "fresh"}
    lines = JUDGED.read_text("utf-8").splitlines()[1:]
    assert all(re.fullmatch(r"[0-9a-f]{16}\t[a-z_]+\t[a-z]+\t(right|wrong)", line) for line in lines)


@pytest.mark.parametrize(
    ("right", "number", "low", "high"), [(0, 0, 0, 1), (8, 8, 0.68, 1), (41, 79, 0.41, 0.63)]
)
def test_the_interval_holds_the_share(right: int, number: int, low: float, high: float) -> None:
    found = interval(right, number)
    assert found == pytest.approx((low, high), abs=0.01)
