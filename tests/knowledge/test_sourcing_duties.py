"""The duties are whole, and a file that cannot be used says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilothouse.knowledge.book import functions
from pilothouse.knowledge.entries import KnowledgeError, folder
from pilothouse.knowledge.sourcing_duties import duties, read_duties


def test_every_function_has_a_row_with_a_reason() -> None:
    keys = [duty.key for duty in duties()]
    assert set(functions()) < set(keys)
    assert all(duty.because and duty.name for duty in duties())
    assert {"restore_tests", "access_revocation", "domain_names"} < set(keys)


@pytest.mark.parametrize(
    ("wrong", "instead", "named"),
    [
        ("nature: own, ratings", "nature: odd, ratings", "odd"),
        ("ratings: [1, 0, 0, 4, 4]", "ratings: [1, 0, 0, 4]", "five numbers"),
        ("ratings: [1, 0, 0, 4, 4]", "ratings: [1, 0, 0, 4, 9]", "five numbers"),
        ("of: backup", "of: cellar", "cellar"),
        ("{key: privacy,", "{key: piracy, name: Piracy,", "privacy"),
        ("{key: restore_tests,", "{key: domain_names,", "domain_names"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_place(
    tmp_path: Path, wrong: str, instead: str, named: str
) -> None:
    text = folder("sourcing").joinpath("duties.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / "duties.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_duties(file, functions())
