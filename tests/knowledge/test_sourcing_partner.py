"""The questions to a partner are whole, and a file that cannot be used says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilothouse.knowledge.entries import KnowledgeError, folder
from pilothouse.knowledge.sourcing_partner import (
    WHOM,
    partner_questions,
    questions_to,
    read_partner_questions,
)


def test_every_question_says_what_is_good_what_is_not_and_why() -> None:
    assert all(each.ask.endswith((".", "?")) and each.good and each.beware for each in partner_questions())
    assert all(each.because and each.source.title and each.sources >= 1 for each in partner_questions())


def test_a_provider_is_asked_which_model_it_sells_and_an_adviser_what_it_was_worth() -> None:
    to_provider, to_adviser, to_both = ({each.key for each in questions_to(one)} for one in WHOM)
    assert {"which_model", "bundled_projects", "own_ways"} <= to_provider
    assert {"decisions_changed", "by_return"} <= to_adviser
    assert {"outgrown", "whose_advice", "leaving", "never_without"} <= to_both
    assert sorted([*to_provider, *to_adviser, *to_both]) == sorted(each.key for each in partner_questions())


@pytest.mark.parametrize(
    ("wrong", "instead", "named"),
    [
        ("of: provider", "of: everybody", "everybody"),
        ("source: guide", "source: hearsay", "hearsay"),
        ("key: outgrown", "key: which_model", "which_model"),
        ("sources: 3, ask", "sources: many, ask", "sources"),
        ("beware:", "bewear:", "beware"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, wrong: str, instead: str, named: str) -> None:
    text = folder("sourcing").joinpath("partner.yaml").read_text("utf-8")
    assert wrong in text
    file = tmp_path / "partner.yaml"
    file.write_text(text.replace(wrong, instead, 1), "utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_partner_questions(file)
