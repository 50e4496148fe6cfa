"""Killed (kill -9) at ten points of taking an import in, and of undoing one: nobody ever sees half of anything.

Each time: pages, figures and papers are those from before, or all of those from after once the publishing UPDATE is
committed; a start then goes on where it stopped, and everything, what lies behind the pages included, is as if the
work had never been cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from tests.services.installations import Installation, installation

POINTS = 10
AT_ONCE = 2


@dataclass(frozen=True)
class Story:
    """An installation on which work waits, what is seen before and after it, and how many writes it takes."""

    waiting: Installation
    before: dict[str, Any]
    after: dict[str, Any]
    writes: int
    publishing: int

    @property
    def points(self) -> list[tuple[str, int]]:
        """Ten places to be killed at: around the publishing UPDATE, the first and last write, and spread between."""
        near = [("before", self.publishing), ("after", self.publishing), ("before", self.publishing + 1)]
        ends = [("before", 1), ("after", self.writes)]
        spread = POINTS - len(near) - len(ends)
        step = self.publishing / (spread + 1)
        return [*ends, *near, *(("after", round(step * (number + 1))) for number in range(spread))]

    def shows_after(self, point: tuple[str, int]) -> bool:
        """Whether the publishing UPDATE was committed when the process died."""
        return point[1] > self.publishing


@pytest.fixture(scope="module")
def taking_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """One import is seen, a second one waits."""
    with installation(tmp_path_factory.mktemp("taking-in")) as waiting:
        waiting.do("prepare")
        waiting.do("bring")
        yield _story(waiting)


@pytest.fixture(scope="module")
def undoing(tmp_path_factory: pytest.TempPathFactory, taking_in: Story) -> Iterator[Story]:
    """Two imports are seen, the second waits to be undone."""
    with installation(tmp_path_factory.mktemp("undoing"), taking_in.waiting) as waiting:
        waiting.do("take_in")
        waiting.do("ask_undo")
        yield _story(waiting)


def _story(waiting: Installation) -> Story:
    with installation(waiting.home.parent, waiting) as copy:
        before = copy.do("look")["said"]
        done = copy.do("take_in")
        after = copy.do("look")["said"]
    return Story(waiting, before, after, done["made"], done["publishing"])


def _killed_at(story: Story, point: tuple[str, int]) -> dict[str, Any]:
    """What is found and what a start makes of it."""
    with installation(story.waiting.home.parent, story.waiting) as copy:
        told: dict[str, Any] = copy.do("cut_off", *point)["said"]
        return told


def _check_all_points(story: Story) -> None:
    with ThreadPoolExecutor(AT_ONCE) as two:
        told = dict(
            zip(story.points, two.map(lambda point: _killed_at(story, point), story.points), strict=True)
        )
    for point, recovered in told.items():
        expected = story.after if story.shows_after(point) else story.before
        assert recovered["found"]["seen"] == expected["seen"], f"killed {point}: half of it is seen"
        assert recovered["resumed"] == story.after, f"killed {point}: not as if it had never been cut off"


def test_the_two_states_that_are_told_apart_really_differ(taking_in: Story, undoing: Story) -> None:
    for story in (taking_in, undoing):
        changed = [
            name for name in story.before["seen"] if story.before["seen"][name] != story.after["seen"][name]
        ]
        assert changed == ["pages", "answer", "number", "lines", "papers"]
        pages = story.before["seen"]["pages"]
        assert [page for page in pages if pages[page] == story.after["seen"]["pages"][page]] == []
        assert len(set(story.points)) == POINTS
        assert story.after["kept"]["half worked out"] == story.after["kept"]["lines nobody sees"] == 0


def test_an_import_killed_at_ten_points_is_seen_wholly_or_not_at_all_and_goes_on(taking_in: Story) -> None:
    _check_all_points(taking_in)


def test_an_undo_killed_at_ten_points_is_seen_wholly_or_not_at_all_and_goes_on(undoing: Story) -> None:
    _check_all_points(undoing)


def test_what_was_undone_leaves_what_was_there_before_it(taking_in: Story, undoing: Story) -> None:
    was, is_now = taking_in.before["seen"], undoing.after["seen"]
    for name in ("lines", "papers"):
        assert was[name] == is_now[name]
    assert was["answer"]["figures"] == is_now["answer"]["figures"]
