"""The labelled lines of made-up firms are well formed."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
LINES = ROOT / "tests" / "data" / "spend-own" / "lines.csv"
PURPOSES = ROOT / "pilothouse" / "knowledge" / "purposes.yaml"


def _lines() -> list[dict[str, str]]:
    with LINES.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_a_thousand_lines_are_there_and_none_twice() -> None:
    lines = _lines()
    assert len(lines) == 1000
    assert len({tuple(line.values()) for line in lines}) == 1000
    assert len({(line["vendor"], line["description"]) for line in lines}) >= 600


def test_labels_are_known_purposes_with_their_category() -> None:
    categories = {
        purpose["key"]: purpose["category"]
        for purpose in yaml.safe_load(PURPOSES.read_text(encoding="utf-8"))
    }
    for line in _lines():
        if line["is_it"] == "yes":
            assert line["category"] == categories[line["purpose"]], line
        else:
            assert (line["is_it"], line["category"], line["purpose"]) == ("no", "", ""), line


def test_every_line_has_a_date_an_amount_and_a_paper() -> None:
    for line in _lines():
        assert date(2024, 7, 1) <= date.fromisoformat(line["date"]) <= date(2025, 6, 30)
        assert Decimal(line["amount"]) != 0
        assert line["how"] in {"invoice", "ledger", "bank", "card"}


def test_shares_are_those_of_small_firms() -> None:
    lines = _lines()
    assert 250 <= sum(line["is_it"] == "yes" for line in lines) <= 320
    assert {line["country"] for line in lines} == {"BE", "FR", "NL", "DE", "LU"}
    assert len({line["category"] for line in lines if line["category"]}) == 11
