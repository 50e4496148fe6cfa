"""What the learned model makes of names and words, and what the recogniser makes of the model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend.dealings import ALIKE_OF_VENDOR, OF_PAYMENT, OF_VENDOR, SIZES, Dealings
from pilothouse.engine.spend.learned import Floats, LinearModel, Weights, features_of, parts_of, words_of
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import Certainty, Decision, Guess, Recognition, SpendKnowledge
from pilothouse.engine.spend.vendors import KnownVendors, Vendor
from tests.engine.spend.spend_papers import KNOWLEDGE

DRAWERS = 1 << 12


def model(for_it: Sequence[str] = (), hardware: Sequence[str] = (), bias: float = -2.0) -> LinearModel:
    """A model in which some parts speak for IT, and some of them for hardware."""
    it = np.zeros(DRAWERS, dtype=np.float32)
    kinds = np.zeros((DRAWERS, 2), dtype=np.float32)
    for part in for_it:
        drawers = [drawer % DRAWERS for drawer, _ in features_of(part)]
        it[drawers] = 4.0
        if part in hardware:
            kinds[drawers, 1] = 2.0
    keys = ("it_general", "hardware")
    return LinearModel(Weights(it, bias, kinds, np.array([0.5, 0], np.float32), keys, booked()))


def booked() -> Floats:
    """Clerks who book what is larger than a hundred thousand, or round and of a computer shop, as general."""
    tables = np.zeros((3, 1 + OF_PAYMENT + OF_VENDOR, 2), dtype=np.float32)
    tables[:, 0, 1] = 0.4
    tables[:, 1 + SIZES.index(5.0) : 1 + len(SIZES), 0] = 3.0
    tables[1, -ALIKE_OF_VENDOR, 0] = 2.0
    return tables


def said(name: str, text: str, learned: LinearModel, certainty: Certainty | None = None) -> Recognition:
    known, by = KnownVendors(KNOWLEDGE.vendors).by_name(name)
    knowledge = replace(KNOWLEDGE, learned=learned, certainty=certainty or KNOWLEDGE.certainty)
    return Recogniser(knowledge).recognise(Vendor(f"name:{name}", name, known=known, known_by=by), text)[0]


def test_the_drawers_of_a_part_are_the_same_on_every_machine_and_run() -> None:
    drawer, counts = features_of("ab")[0]
    assert (drawer, round(counts, 4)) == (676064110, 0.378)
    assert [drawer for drawer, _ in features_of("ab c")] == [2830255220]


def test_a_word_gives_its_runs_of_letters_and_itself() -> None:
    assert len(features_of("ab")) == 1 + 3 + 2 + 1 + 1
    assert sum(value for _, value in features_of("systems")) > 1


def test_words_are_cut_and_counted() -> None:
    assert words_of("Data Centre NV", "") == ["data", "centre"]
    assert len(words_of("a b c d e f g", "h i j k l m n o p")) == 12
    assert words_of("", "x" * 50) == ["x" * 30]
    assert list(parts_of([])) == []


def test_letters_speak_for_it_and_for_a_category() -> None:
    learned = model(for_it=["zonnesoft", "bakken"], hardware=["bakken"])
    assert learned.guess("Zonnesoft BV", "").log_odds > 3
    assert learned.guess("Zonnesoft BV", "").category == "it_general"
    assert learned.guess("Bakken", "").category == "hardware"
    assert 0.5 < learned.guess("Bakken", "").category_share <= 1
    nothing = learned.guess("", "")
    assert nothing == Guess(-2.0, "it_general", nothing.category_share)
    assert nothing.category_share == pytest.approx(0.62, abs=0.01)


def test_a_name_never_seen_leans_on_what_is_like_it() -> None:
    learned = model(for_it=["zonnesoft"])
    assert learned.guess("Maansoft", "").log_odds > learned.guess("Maanbrood", "").log_odds


def test_more_words_do_not_make_it_surer_by_their_number() -> None:
    learned = model(for_it=["zonnesoft"])
    alone, among = learned.guess("zonnesoft", ""), learned.guess("zonnesoft", "aa bb cc dd ee")
    assert alone.log_odds > among.log_odds > -2


def test_words_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilothouse.engine.spend.learned.MOST_KEPT", 1)
    learned = model(for_it=["zonnesoft"])
    assert learned.guess("zonnesoft qq", "") == learned.guess("zonnesoft qq", "")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_a_guess(name: str, text: str) -> None:
    guess = model(for_it=["zonnesoft"]).guess(name, text)
    assert math.isfinite(guess.log_odds)
    assert 0 < guess.category_share <= 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_confidence_between_one_half_and_one(name: str, text: str) -> None:
    found = said(name, text, model(for_it=["zonnesoft"]))
    assert 0.5 <= found.confidence <= 1
    assert found.because
    assert found.is_it in (None, found.would_say)
    assert bool(found.category) <= found.would_say


# --- beside the other evidence


def test_where_nothing_is_known_the_model_speaks_and_says_so() -> None:
    found = said("Zonnesoft", "", model(for_it=["zonnesoft"]))
    assert (found.is_it, found.category, found.purpose) == (True, "it_general", "")
    assert found.because[0].kind == "model"
    assert "look like those of IT vendors (" in found.because[0].says


def test_a_name_unlike_it_is_answered_too() -> None:
    found = said("Brood", "", model(bias=-3))
    assert (found.is_it, found.would_say, found.category) == (False, False, "")
    assert found.because[0].says == "name and words do not look like those of IT vendors (0.95)"


def test_the_model_in_doubt_leaves_it_to_a_person() -> None:
    found = said("Brood", "", model(bias=0.3))
    assert (found.is_it, found.would_say) == (None, True)
    assert found.confidence == pytest.approx(0.5744, abs=0.001)


def test_nothing_at_all_is_still_nothing() -> None:
    assert said("", "", model()).because[0].kind == "nothing"


def test_a_known_vendor_is_not_left_to_the_model() -> None:
    found = said("Proximus", "", model(bias=-9))
    assert (found.is_it, [reason.kind for reason in found.because]) == (True, ["vendor"])
    assert said("Colruyt", "", model(bias=9)).is_it is False


def test_words_of_the_line_are_not_weighed_against_the_model() -> None:
    alone = Recogniser(KNOWLEDGE).recognise(Vendor("name:z", "Zonnebloem"), "hosting")[0]
    assert said("Zonnebloem", "hosting", model(bias=-9)).confidence == alone.confidence


def test_words_of_a_name_are_weighed_with_the_model() -> None:
    kinds = [reason.kind for reason in said("Hosting Partners", "", model()).because]
    assert kinds == ["word", "model"]
    assert (
        said("Hosting Partners", "", model(bias=2)).confidence
        >= said("Hosting Partners", "", model(bias=-2)).confidence
    )
    assert said("Hosting Partners", "", model(bias=-9)).would_say is False


def test_what_was_measured_turns_the_guess_into_a_share() -> None:
    shy = Certainty(learned_bias=0.0, learned_slope=0.1)
    assert said("Brood", "", model(bias=-3), shy).confidence < said("Brood", "", model(bias=-3)).confidence


def test_the_category_of_a_known_purpose_goes_before_that_of_the_model() -> None:
    learned = model(for_it=["proximus"], hardware=["proximus"])
    purpose = said("Proximus", "", learned)
    assert purpose.category == next(p.category for p in KNOWLEDGE.purposes if p.key == purpose.purpose)
    assert said("Adviesbureau Plat", "Uren", learned).category in ("it_general", "hardware")


def test_without_a_model_the_category_is_that_of_the_purpose_alone() -> None:
    recogniser = Recogniser(KNOWLEDGE)
    assert recogniser.recognise(Vendor("name:z", "Zonnebloem"), "maatsoftware")[0].category == ""


def test_a_certainty_of_ones_own_goes_before_that_of_the_knowledge() -> None:
    knowledge = SpendKnowledge((), (), (), (), (), learned=model(bias=-3), certainty=Certainty(ask_below=1.0))
    vendor = Vendor("name:b", "Brood")
    assert Recogniser(knowledge).recognise(vendor, "")[0].is_it is None
    assert Recogniser(knowledge, certainty=Certainty()).recognise(vendor, "")[0].is_it is False


# --- as what clerks book a payment that says only whom and how much


SMALL, ROUND, LARGE = Decimal("12.34"), Decimal(200), Decimal(2_000_000)


def dealings(*amounts: Decimal) -> Dealings:
    return Dealings.of(amounts)


def test_the_size_of_a_payment_and_the_habits_of_its_vendor_say_as_what_it_is_booked() -> None:
    learned = model()
    assert learned.booked_as("Zon", "hardware", SMALL, dealings(SMALL)) == "hardware"
    assert learned.booked_as("Zon", "hardware", LARGE, dealings(SMALL)) == "it_general"
    assert learned.booked_as("Zon", "hardware", SMALL, dealings(ROUND, ROUND)) == "it_general"
    assert learned.booked_as("Zon", "it_general", SMALL, dealings(ROUND, ROUND)) == "hardware"


def test_letters_are_heard_only_where_no_purpose_is_known() -> None:
    learned = model(for_it=["bakken"], hardware=["bakken"])
    assert learned.booked_as("Bakken", "", SMALL, dealings(SMALL)) == "hardware"
    general = LinearModel(replace(learned._weights, kinds_bias=np.array([9, 0], np.float32)))
    assert general.booked_as("Zon", "", SMALL, dealings(SMALL)) == "it_general"
    assert general.booked_as("Zon", "hardware", SMALL, dealings(SMALL)) == "hardware"


def test_what_was_worked_out_for_a_vendor_is_kept_up_to_a_number_of_vendors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    learned = model()
    first = learned.booked_as("Zon", "", SMALL, dealings(SMALL))
    assert learned.booked_as("Zon", "", SMALL, dealings(SMALL)) == first
    assert len(learned._of_vendor) == 1
    monkeypatch.setattr("pilothouse.engine.spend.learned.MOST_KEPT", 1)
    learned.booked_as("Maan", "", SMALL, dealings(SMALL))
    assert len(learned._of_vendor) == 1


def test_a_payment_keeps_its_purpose_and_changes_its_category_with_a_reason() -> None:
    known, by = KnownVendors(KNOWLEDGE.vendors).by_name("Proximus")
    vendor = Vendor("name:proximus", "Proximus", known=known, known_by=by)
    recogniser = Recogniser(replace(KNOWLEDGE, learned=model()))
    found = recogniser.recognise(vendor, "")[0]
    moved = recogniser.as_booked(vendor, found, LARGE, dealings(LARGE))
    assert (moved.purpose, moved.category) == (found.purpose, "it_general")
    assert moved.because[:-1] == found.because
    assert moved.because[-1].says == "payments like these are most likely booked as it_general"
    assert recogniser.as_booked(vendor, moved, LARGE, dealings(LARGE)) == moved, "said once"
    alone = Recogniser(KNOWLEDGE)
    assert alone.as_booked(vendor, found, LARGE, dealings(LARGE)) == found, "nothing was learned"


def test_what_is_not_it_and_what_a_person_said_is_left_alone() -> None:
    vendor = Vendor("name:brood", "Brood")
    said_so = Decision("name:brood", "", True, "computers", "eva", date(2026, 1, 1))
    decided = Recogniser(replace(KNOWLEDGE, learned=model()), [said_so])
    for recogniser in (Recogniser(replace(KNOWLEDGE, learned=model(bias=-9))), decided):
        found = recogniser.recognise(vendor, "")[0]
        assert recogniser.as_booked(vendor, found, LARGE, dealings(LARGE)) == found
