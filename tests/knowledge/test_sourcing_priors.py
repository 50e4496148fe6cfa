"""The priors are whole, sourced and add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilothouse.knowledge.entries import KnowledgeError, folder
from pilothouse.knowledge.sourcing_priors import priors, read_priors


def test_shares_add_up() -> None:
    found = priors()
    assert sum(found.role_shares.values()) == pytest.approx(1)
    levels = [*found.all.levels.values(), *found.small.levels.values(), *found.current.values()]
    assert all(sum(shares) == pytest.approx(1) for shares in levels)


@pytest.mark.parametrize(
    ("wrong", "instead", "named"),
    [
        ("[0.45, 0.4, 0.15]", "[0.45, 0.4]", "strategic_change"),
        ("support: 0.5", "support: 0.6", "role_shares"),
        ("[9, 0.05]", "[9]", "values"),
        ("quality: B", "quality: Z", "quality"),
        ("median: 28", "middle: 28", "median"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_place(
    tmp_path: Path, wrong: str, instead: str, named: str
) -> None:
    text = folder("sourcing").joinpath("priors.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / "priors.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_priors(file)
