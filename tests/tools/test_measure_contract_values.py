"""The measure of typed values is right on contracts whose answer is known by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.measure_contract_values import Compared, compare, right_values


@pytest.mark.parametrize(
    ("term", "label", "values"),
    [
        ("expiration", "12/31/14", {"2014-12-31"}),
        ("expiration", "31/01/2025", {"2025-01-31"}),
        ("expiration", "Perpetual", {"perpetual"}),
        ("expiration", "[]/[]/2022", set()),
        ("expiration", "May 3, 2016", {"2016-05-03"}),
        ("renewal_term", "successive 1 year", {"P12M"}),
        ("renewal_term", "5 years; 2 years", {"P60M", "P24M"}),
        ("renewal_term", "0.5 year", {"P6M"}),
        ("renewal_notice", "(6) months", {"P6M"}),
        ("governing_law", "Ontario, Canada", {"Ontario"}),
        ("governing_law", "Somewhere", set()),
    ],
)
def test_a_label_says_its_values_in_one_form(term: str, label: str, values: set[str]) -> None:
    assert right_values(term, label) == values


def test_equal_lengths_are_right_and_silence_is_not_wrong() -> None:
    def outcome(label: str, right: set[str], read: str | None) -> str:
        return Compared("a", True, "renewal_term", label, frozenset(right), read).outcome

    assert outcome("1 year", {"P12M"}, "P1Y") == "right"
    assert outcome("1 year", {"P12M"}, "P2Y") == "wrong"
    assert outcome("1 year", {"P12M"}, None) == "silent"
    assert outcome("", set(), "P1Y") == "beside"
    assert outcome("[]", set(), "P1Y") == "left out"


def test_contracts_of_a_folder_are_compared(tmp_path: Path) -> None:
    words = (
        "This agreement is made as of March 1, 2024 between two firms and shall be governed by the laws of Ohio. "
        "The term of this agreement is two years from the date hereof."
    )
    names = (
        "Expiration Date",
        "Renewal Term",
        "Notice Period To Terminate Renewal",
        "Effective Date",
        "Agreement Date",
    )
    labels = {name: {"answer": ""} for name in names} | {"Governing Law": {"answer": "Ohio"}}
    labels["Expiration Date"]["answer"] = "3/1/26"
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "one.txt").write_text(words, "utf-8")
    line = json.dumps({"title": "one", "text_file": "one.txt", "labels": labels})
    (tmp_path / "labels.jsonl").write_text(line + "\n", "utf-8")
    outcomes = {one.term: one.outcome for one in compare(tmp_path)}
    assert (outcomes["expiration"], outcomes["governing_law"]) == ("right", "right")
    assert outcomes["agreement_date"] == "beside"
