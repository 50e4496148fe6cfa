"""What costs rest on is whole, and a file that cannot be used says where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pilothouse.engine.costs.expected import TRANSITION
from pilothouse.engine.costs.lines import HAPPENINGS, LINES
from pilothouse.knowledge.book import read_assumptions
from pilothouse.knowledge.entries import KnowledgeError, folder
from pilothouse.knowledge.sourcing_costs import cost_book, read_supplies
from pilothouse.knowledge.sourcing_words import sourcing_words

TODAY = date(2026, 11, 23)


def test_a_companys_own_value_takes_the_place_of_ours() -> None:
    ours = cost_book("BE", TODAY).assumptions["hire.failure"]
    own = replace(ours, low=Decimal("0.01"), note="Two of our last ten.", by="Ann", others=())
    found = cost_book("BE", TODAY, [own, replace(own, key="no.such.key")]).assumptions
    assert found["hire.failure"].low == Decimal("0.01")
    assert found["hire.failure"].others == ours.others
    assert "no.such.key" not in found


def test_a_source_goes_stale_after_three_years() -> None:
    each = cost_book("FR", TODAY).assumptions["salary.lead"]
    assert each.source.year == 2023
    assert not each.is_stale(TODAY)
    assert each.is_stale(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "instead", "named"),
    [
        ("shape: pert", "shape: round", "round"),
        ("low: 300, mode: 1300", "low: 0, mode: 1300", "lognormal"),
        ('title: "ours, unsourced"', 'title: "Theirs", url: "by phone"', "https"),
    ],
)
def test_assumptions_that_cannot_be_used_name_the_place(
    tmp_path: Path, wrong: str, instead: str, named: str
) -> None:
    text = folder("assumptions").joinpath("costs.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / "costs.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_assumptions([file])


@pytest.mark.parametrize(
    ("wrong", "instead", "named"),
    [
        ("fee: none", "fee: tip", "tip"),
        ("after_hours: own", "after_hours: moon", "moon"),
        ("projects_by_change: [0.7, 1, 2]", "projects_by_change: [0.7, 1]", "three levels"),
        ("  in_house: {", "  in_mansion: {", "in_house"),
    ],
)
def test_supplies_that_cannot_be_used_name_the_place(
    tmp_path: Path, wrong: str, instead: str, named: str
) -> None:
    text = folder("sourcing").joinpath("supply.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / "supply.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_supplies(file)


def test_every_line_and_every_assumption_has_words() -> None:
    words = sourcing_words()
    assert set(words.lines) == {*LINES, *HAPPENINGS, TRANSITION}
    assert set(words.assumptions) == set(cost_book("BE", TODAY).assumptions)
