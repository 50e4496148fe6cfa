"""The measure of the patterns counts what is right, wrong and missed, in clauses and in papers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.measure_contract_patterns import (
    LANGUAGES,
    clauses,
    is_kept,
    labels,
    measure_clauses,
    measure_papers,
)

FOLDER = Path(os.environ.get("PILOTHOUSE_SHARED", "../shared")) / "data" / "contracts" / "fr-nl"


def test_a_clause_counts_right_wrong_and_missed_terms_and_values() -> None:
    clause = {
        "id": "made-up",
        "heading": "",
        "text": "Le contrat est régi par le droit belge. La disponibilité est de 99,9 %.",
        "terms": [["governing_law", "FR"], ["audit_rights", None]],
    }
    measured = measure_clauses([clause], "fr")
    assert measured.looks == [
        "made-up: missed audit_rights set()",
        "made-up: wrong availability {'0.999'}",
        "made-up: governing_law read {'BE'} for {'FR'}",
    ]
    total = measured.all
    assert (total.right, total.wrong, total.found, total.missed, total.values, total.exact) == (
        1,
        1,
        1,
        1,
        1,
        0,
    )
    assert "precision 0.500  recall 0.500  values 0/1" in total.line()


@pytest.mark.parametrize("language", LANGUAGES)
def test_forty_clauses_are_parted_by_their_names(language: str) -> None:
    names = [clause["id"] for clause in clauses(language)]
    assert len(set(names)) == 40
    assert 15 <= sum(map(is_kept, names)) <= 25


@pytest.mark.shared
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared papers are absent")
def test_real_papers_are_read_as_well_as_the_method_page_says() -> None:
    french = measure_papers(FOLDER, "fr").all
    assert french.right / (french.right + french.wrong) >= 0.93
    assert french.found / (french.found + french.missed) >= 0.97
    assert french.exact == french.values
    assert all(label["start"] < label["end"] for paper in labels().values() for label in paper)
