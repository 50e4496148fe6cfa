"""Two versions of a contract: the cases of `tests/cases/contract_versions`, and what holds for any two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilothouse.engine.contracts import versions
from pilothouse.engine.contracts.reading.words import TERMS, ReadTerm
from pilothouse.engine.contracts.versions import (
    Change,
    Direction,
    SentenceChange,
    changed_sentences,
    changed_terms,
    changed_words,
    said,
)
from pilothouse.knowledge import say
from pilothouse.knowledge.red_flags import checklist

# A busy machine may be slow to draw; that is no fault.
PATIENT = settings(suppress_health_check=[HealthCheck.too_slow])
FOLDER = Path(__file__).parents[2] / "cases" / "contract_versions"
Said = Mapping[str, Any]
TURNED = {Change.GONE: Change.NEW, Change.NEW: Change.GONE}
OPPOSITE = {Direction.BETTER: Direction.WORSE, Direction.WORSE: Direction.BETTER}


def cases() -> Iterator[tuple[str, Said]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8"))["cases"]:
            yield f"{path.stem}: {case['case']}", case


CASES = dict(cases())


def term_of(place: int, given_: Said) -> ReadTerm:
    value = given_.get("value")
    return ReadTerm(
        given_["term"], None if value is None else str(value), 1, place, place + 1, given_["quote"], 0.9
    )


@pytest.mark.parametrize("name", CASES)
def test_what_changed(name: str) -> None:
    case = CASES[name]
    assert case["why"]
    before, after = ([term_of(i, t) for i, t in enumerate(case[side])] for side in ("before", "after"))
    found = changed_terms(before, after)
    assert [say(said(change, checklist())) for change in found] == case["expect"]


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 20


VALUES = st.sampled_from(
    [None, "P1Y", "P12M", "P3M", "P90D", "PT4H", "0.1", "0.2", "EUR 5", "USD 7", "perpetual"]
)
QUOTES = st.sampled_from(["one", "one year", "two months", "Two  months", "a quite different clause", ""])
TERM_READ = st.builds(
    ReadTerm, st.sampled_from(TERMS), VALUES, st.none(), st.just(0), st.just(1), QUOTES, st.just(0.9)
)
READ = st.lists(TERM_READ, max_size=9)
SENTENCES = st.lists(
    st.sampled_from(
        ["It renews.", "it  renews.", "It renews yearly.", "Fees are due.", "Fees are paid.", "", "X"]
    ),
    max_size=8,
)


@PATIENT
@given(READ)
def test_a_version_against_itself_has_no_change(terms: list[ReadTerm]) -> None:
    assert changed_terms(terms, terms) == ()


@PATIENT
@given(READ, READ)
def test_backwards_new_is_gone_and_better_is_worse(before: list[ReadTerm], after: list[ReadTerm]) -> None:
    there = {
        (c.term, c.change, c.direction, c.before and c.before.quote, c.after and c.after.quote)
        for c in changed_terms(before, after)
    }
    back = {
        (
            c.term,
            TURNED.get(c.change, c.change),
            OPPOSITE.get(c.direction, c.direction),
            c.after and c.after.quote,
            c.before and c.before.quote,
        )
        for c in changed_terms(after, before)
    }
    assert there == back


@PATIENT
@given(READ, READ)
def test_every_change_can_be_said(before: list[ReadTerm], after: list[ReadTerm]) -> None:
    for change in changed_terms(before, after):
        assert say(said(change, checklist())).startswith(checklist().names[change.term])
        assert (change.before is None) == (change.change is Change.NEW)
        assert (change.after is None) == (change.change is Change.GONE)


@PATIENT
@given(SENTENCES)
def test_sentences_against_themselves_have_no_change(sentences: list[str]) -> None:
    assert changed_sentences(sentences, sentences[::-1]) == ()


@PATIENT
@given(SENTENCES, SENTENCES)
def test_sentences_read_the_same_backwards(before: list[str], after: list[str]) -> None:
    there = changed_sentences(before, after)
    back = changed_sentences(after, before)
    assert sorted((c.before, c.after) for c in there) == sorted((c.after, c.before) for c in back)


def test_sentences_that_changed_stand_together() -> None:
    before = ["The term is one year.", "Fees are due within 30 days.", "Notices go by letter."]
    after = ["The term is three years.", "Fees are due within 30 days.", "Belgian law applies here."]
    assert changed_sentences(before, after) == (
        SentenceChange("The term is one year.", "The term is three years."),
        SentenceChange("Notices go by letter.", ""),
        SentenceChange("", "Belgian law applies here."),
    )


def test_of_too_many_changed_sentences_each_stands_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST_PAIRS", 0)
    assert changed_sentences(["It is one year."], ["It is two years."]) == (
        SentenceChange("It is one year.", ""),
        SentenceChange("", "It is two years."),
    )


@PATIENT
@given(st.lists(st.sampled_from(["a", "b", "c", "d"])), st.lists(st.sampled_from(["a", "b", "c", "d"])))
def test_the_words_of_both_are_kept(before: list[str], after: list[str]) -> None:
    runs = list(changed_words(" ".join(before), " ".join(after)))
    assert " ".join(words for change, words in runs if change is not Change.NEW).split() == before
    assert " ".join(words for change, words in runs if change is not Change.GONE).split() == after
