"""Are the expert cases of the advice and the published costs well written?

Looks at their form only (keys, models, sources, reasons): whether the engine agrees with them
is asked elsewhere, so that a case can be written by someone who has not seen the rules.
In `expect`: `first` any of these may lead; `excluded` each must be out; `understood` exactly these events;
`asks_first` each must be among what is asked; `problem_about` one problem must be about one of these.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(__file__).parents[2] / "cases"
ADVICE = sorted((CASES / "sourcing").glob("*.yaml"))
PUBLISHED = sorted((CASES / "costs" / "published").glob("*.yaml"))

MODELS = {
    "break_fix", "project_based", "co_managed", "fully_outsourced",
    "fully_outsourced_plus_adviser", "advisory_only", "in_house",
}  # fmt: skip
EVENTS = {
    "internal_it_left", "first_it_hire", "leadership_gap", "project_deadline", "project_stalled",
    "outgrew_provider", "provider_failed", "provider_too_costly", "lost_confidence", "incident",
    "budget_cut", "merger", "funding", "contract_renewal",
}  # fmt: skip
LEVELS = {"low", "medium", "high"}
WORDS: dict[str, set[str]] = {
    "growth": {"shrinking", "stable", "growing", "fast"},
    "strategic_change": {"none", "some", "major"},
    "compliance_pressure": LEVELS,
    "budget_predictability": LEVELS,
    "it_criticality": LEVELS,
    "current_model": MODELS,
}
YES_OR_NO = {
    "has_it_leader", "own_know_how", "it_is_core_product", "needs_after_hours", "own_ways_of_working",
}  # fmt: skip
FREE = {
    "headcount", "internal_it_fte", "internal_roles", "hidden_it_hours", "sector", "country",
    "event", "sites", "revenue", "currency",
}  # fmt: skip
COUNTRIES = {"BE", "FR", "NL", "LU", "DE", "GB", "US"}
VERDICTS = {"stay", "prepare", "change", "hire"}
EXPECTED = {
    "first", "not_first", "excluded", "verdict", "confidence_below", "confidence_above",
    "understood", "asks_first", "problem_about",
}  # fmt: skip


def read_all(files: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each case with its file in front, so that a red one can be found."""
    for file in files:
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield f"{file.stem}: {case.get('case')}", case


ADVISED = dict(read_all(ADVICE))
COSTED = dict(read_all(PUBLISHED))


def wrong_in_profile(profile: dict[str, Any]) -> list[str]:
    """What of a profile is no word of the public interface."""
    known = FREE | YES_OR_NO | WORDS.keys()
    wrong = [key for key in profile if key not in known]
    wrong += [key for key, words in WORDS.items() if profile.get(key, min(words)) not in words]
    wrong += [key for key in YES_OR_NO & profile.keys() if not isinstance(profile[key], bool)]
    roles = profile.get("internal_roles", {})
    return wrong + [role for role in roles if role not in {"support", "engineering", "lead"}]


def test_there_are_enough_cases_and_none_twice() -> None:
    assert len(ADVISED) >= 100
    assert len(ADVISED) == sum(len(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in ADVICE)
    assert len(COSTED) == sum(len(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in PUBLISHED)


def test_every_model_is_first_somewhere_and_every_event_occurs() -> None:
    first = {model for case in ADVISED.values() for model in case["expect"].get("first", [])}
    assert first == MODELS
    said = [case["profile"].get("event", []) for case in ADVISED.values()]
    named = {word for words in said for word in ([words] if isinstance(words, str) else words)}
    understood = {word for case in ADVISED.values() for word in case["expect"].get("understood", [])}
    assert named | understood >= EVENTS


@pytest.mark.parametrize("name", ADVISED)
def test_an_advice_case_is_well_formed(name: str) -> None:
    case = ADVISED[name]
    assert case.keys() <= {"case", "source", "profile", "expect", "because", "contested", "mission"}
    assert case["source"].strip()
    assert len(case["because"]) > 20
    assert wrong_in_profile(case["profile"]) == []
    assert "mission" in case or not case.get("contested")


@pytest.mark.parametrize("name", ADVISED)
def test_what_an_advice_case_expects_can_be_checked(name: str) -> None:
    expect = ADVISED[name]["expect"]
    assert expect
    assert expect.keys() <= EXPECTED
    for key in ("first", "not_first", "excluded"):
        assert set(expect.get(key, [])) <= MODELS
    assert not set(expect.get("first", [])) & set(expect.get("not_first", []) + expect.get("excluded", []))
    assert set(expect.get("verdict", [])) <= VERDICTS
    assert set(expect.get("understood", [])) <= EVENTS
    assert (
        set(expect.get("asks_first", []) + expect.get("problem_about", [])) <= FREE | YES_OR_NO | WORDS.keys()
    )


@pytest.mark.parametrize("name", COSTED)
def test_a_published_cost_is_well_formed(name: str) -> None:
    case = COSTED[name]
    assert case.keys() == {"case", "source", "country", "currency", "inputs", "model", "published", "note"}
    assert case["source"].keys() == {"title", "url", "year"}
    assert case["source"]["url"].startswith("http")
    assert case["country"] in COUNTRIES
    assert case["model"] in MODELS
    assert wrong_in_profile(case["inputs"]) == []
    assert case["published"].keys() == {"yearly_low", "yearly_high", "covers"}
    assert 0 < float(case["published"]["yearly_low"]) <= float(case["published"]["yearly_high"])
    assert len(case["published"]["covers"]) > 10
    assert len(case["note"]) > 10
