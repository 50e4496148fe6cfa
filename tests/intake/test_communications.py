"""Structured communications are taken when their check digits prove them, and are text otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.communications import (
    belgian_reference,
    creditor_reference,
    find_structured,
    given_reference,
)


@pytest.mark.parametrize("digits", ["090933755493", "000000000097", "000000009797"])
def test_right_check_digits_prove_a_belgian_reference(digits: str) -> None:
    assert belgian_reference(digits) == digits


@pytest.mark.parametrize(
    "digits", ["090933755494", "000000000000", "09093375549", "09093375549X", "٠٩٠٩٣٣٧٥٥٤٩٣", ""]
)
def test_anything_else_is_no_belgian_reference(digits: str) -> None:
    assert belgian_reference(digits) is None


@given(st.integers(0, 9_999_999_999))
def test_every_number_has_one_pair_of_check_digits(number: int) -> None:
    proved = [pair for pair in range(100) if belgian_reference(f"{number:010d}{pair:02d}")]
    assert proved == [number % 97 or 97]


@pytest.mark.parametrize("text", ["RF18539007547034", "RF18 5390 0754 7034"])
def test_right_check_digits_prove_a_creditor_reference(text: str) -> None:
    assert creditor_reference(text) == "RF18539007547034"


@pytest.mark.parametrize("text", ["RF17539007547034", "RF18", "XX18539007547034", "RF18  5390", "", "rf18"])
def test_anything_else_is_no_creditor_reference(text: str) -> None:
    assert creditor_reference(text) is None


@pytest.mark.parametrize(
    ("text", "structured", "words"),
    [
        ("+++090/9337/55493+++", "090933755493", ""),
        ("***090/9337/55493***", "090933755493", ""),
        ("*** 090/9337/55493 ***", "090933755493", ""),
        ("090/9337/55493", "090933755493", ""),
        ("+++090933755493+++ invoice 7", "090933755493", "invoice 7"),
        ("pays 090/9337/55493 of March", "090933755493", "pays of March"),
        ("RF18 5390 0754 7034", "RF18539007547034", ""),
        ("your reference RF18539007547034 thanks", "RF18539007547034", "your reference thanks"),
        ("+++090/9337/55494+++ and 090/9337/55493", "090933755493", "+++090/9337/55494+++ and"),
    ],
)
def test_a_reference_is_found_in_words(text: str, structured: str, words: str) -> None:
    assert find_structured(text) == (structured, words)


@pytest.mark.parametrize(
    "text",
    [
        "+++090/9337/55494+++",
        "090933755493",  # twelve digits alone may be anything
        "1090/9337/55493",
        "090/9337/554931",
        "RF17539007547034",
        "INVOICE 2026-17",
        "",
    ],
)
def test_without_proof_words_stay_words(text: str) -> None:
    assert find_structured(text) == (None, text)


def test_a_text_beyond_any_communication_stays_text() -> None:
    endless = "RF18539007547034 " * 2000
    assert find_structured(endless) == (None, endless)


@given(st.text())
def test_any_words_give_an_answer(text: str) -> None:
    structured, words = find_structured(text)
    assert structured is not None or words == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("090933755493", "090933755493"),
        ("090/9337/55493", "090933755493"),
        (" ***090/9337/55493*** ", "090933755493"),
        ("+++ 090/9337/55493 +++", "090933755493"),
        ("090 9337 55493", "090933755493"),
        ("RF18 5390 0754 7034", "RF18539007547034"),
        ("090933755494", None),
        ("+++090/9337/55494+++", None),
        ("INVOICE 7", None),
        ("", None),
    ],
)
def test_a_place_made_for_a_reference_holds_it_printed_or_bare(text: str, expected: str | None) -> None:
    assert given_reference(text) == expected


@pytest.mark.parametrize(
    ("text", "structured", "words"),
    [
        ("pays RF18 5390 0754 7034 of March", "RF18539007547034", "pays of March"),
        ("RF18 5390 0754 7034 PAID", "RF18539007547034", "PAID"),
        ("RF19 5390 0754 7034 PAID", None, "RF19 5390 0754 7034 PAID"),
    ],
)
def test_a_creditor_reference_in_blocks_is_found_in_words(
    text: str, structured: str | None, words: str
) -> None:
    assert find_structured(text) == (structured, words)
