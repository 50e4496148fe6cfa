"""The rules and the words for events are whole, and a file that cannot be used says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilothouse.engine.costs.profile import EVENTS, MODELS
from pilothouse.knowledge.entries import KnowledgeError, folder
from pilothouse.knowledge.sourcing_events import event_words, read_event_words
from pilothouse.knowledge.sourcing_rules import read_rules, sourcing_rules


def test_every_rule_has_words_and_a_source() -> None:
    rules = sourcing_rules()
    assert rules.name.startswith("sourcing@20")
    for constraint in rules.constraints:
        assert constraint.because
        assert constraint.when
        assert constraint.source.title
    for criterion in rules.criteria:
        assert criterion.source.quality in {"B", "D"}
        for model in MODELS:
            assert criterion.words_on(model).for_it
            assert criterion.words_on(model).against


def test_every_event_weighs_and_more_than_size() -> None:
    rules = sourcing_rules()
    weights = {criterion.key: max(criterion.weights) for criterion in rules.criteria}
    for event in EVENTS:
        assert event in weights
    heavier = [event for event in EVENTS if weights[event] > weights["size"]]
    assert len(heavier) == len(EVENTS) - 1  # that a contract is up for renewal only opens the question


@pytest.mark.parametrize(
    ("wrong", "instead", "named"),
    [
        ("excludes: [in_house]", "excludes: [in_mansion]", "delivery models"),
        ("when: {work: [0, 0.8]", "when: {worry: [0, 0.8]", "worry"),
        ("when: {work: [0, 0.8]", "when: {work: [1, 0.8]", "two numbers"),
        ("current: [co_managed", "current: [co_mangled", "co_mangled"),
        ("by: internal", "by: eternal", "eternal"),
        ("at: [0, 0.5, 1, 2, 4, 8]", "at: [0, 0.5, 0.5, 2, 4, 8]", "must rise"),
        ("in_house: [0.15, 0.25, 0.35, 0.5, 0.75, 1]", "in_house: [0.15, 0.25]", "in_house"),
        (
            "in_house: [0.15, 0.25, 0.35, 0.5, 0.75, 1]",
            "in_house: [0.15, 0.25, 0.35, 0.5, 0.75, 7]",
            "0 to 1",
        ),
        ("says:\n      co_managed:", "says:\n      co_mangled:", "co_mangled"),
        ("key: size", "key: own_people", "own_people"),
        ("source: vcio", "source: rumour", "rumour"),
    ],
)
def test_a_file_of_rules_that_cannot_be_used_names_the_place(
    tmp_path: Path, wrong: str, instead: str, named: str
) -> None:
    text = folder("sourcing").joinpath("rules.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / "rules.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_rules(file)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{}", "one entry is needed"),
        ("- {event: merger, says: [[[merge]]]}", "one entry is needed"),
        ("- {event: merger, says: [[[merge]]], hints: merge}", "“hints” must be a list"),
        ("- {event: merger, says: []}", "must be a list"),
        ("- {event: merger, says: [[]]}", "list of groups"),
        ("- {event: merger, says: [[[]]]}", "list of groups"),
        ("- {event: wedding, says: [[[marry]]]}", "wedding"),
    ],
)
def test_a_file_of_events_that_cannot_be_used_names_the_place(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_event_words(file)


def test_the_words_for_events_are_whole() -> None:
    assert {one.event for one in event_words()} == set(EVENTS)
