"""Bodies are left out one at a time, and ceilings are what the labels of a supplier allow."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from tests.engine.spend.spend_papers import KNOWLEDGE
from tools import measure_bodies
from tools.spend_labels import LabelledLine


def line(body: str, supplier: str, category: str) -> LabelledLine:
    return LabelledLine(1, body, "", supplier, Decimal(5), bool(category), category, "")


LINES = [
    line("one", "Zonsoft", "hardware"),
    line("one", "Zonsoft Ltd", "hardware"),
    line("one", "Maandata", "software_licences"),
    line("two", "Zonsoft", "software_licences"),
    line("two", "Sterbrood", ""),
]


def test_the_ceilings_are_what_labels_of_one_supplier_allow() -> None:
    own, others = measure_bodies.ceilings_table(LINES).splitlines()[2:]
    assert own == "| of all its lines | 4 | 0.133 |", "hardware 4 of 5, software 2 of 3, of eleven"
    assert others == "| of its lines at other bodies | 3 | 0.000 |", (
        "what one books as hardware the other does not"
    )


def test_the_first_by_name_of_equally_many() -> None:
    both = [line("one", "Zonsoft", "software_licences"), line("one", "Zonsoft", "hardware")]
    assert "| of all its lines | 2 | 0.061 |" in measure_bodies.ceilings_table(both)


def test_a_body_is_answered_by_what_the_others_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    learned_from: list[set[str]] = []

    class Taught:
        def taught(self, knowledge: object) -> object:
            return knowledge

    def teach(lines: list[LabelledLine], _: object) -> Taught:
        learned_from.append({each.body for each in lines})
        return Taught()

    monkeypatch.setattr(measure_bodies, "train", teach)
    bodies = list(measure_bodies.one_left_out(LINES, KNOWLEDGE))
    assert learned_from == [{"two"}, {"one"}]
    assert [[each.line.body for each in said] for said in bodies] == [["one"] * 3, ["two"] * 2]
    rows = measure_bodies.bodies_table(bodies).splitlines()[2:]
    assert [row.split(" | ")[:3] for row in rows] == [
        ["| body 1", "3", "3"],
        ["| body 2", "2", "1"],
        ["| **all**", "5", "4"],
    ]


def test_the_tables_go_between_the_marks_of_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, page = tmp_path / "labels.csv", tmp_path / "page.md"
    with data.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(("org", "date", "supplier", "account_label", "amount", "is_it", "category"))
        out.writerows((e.body, "", e.supplier, "", e.amount, int(e.is_it), e.category) for e in LINES)
    page.write_text(f"before\n{measure_bodies.START}\nold\n{measure_bodies.END}\nafter\n")
    monkeypatch.setattr(measure_bodies, "spend_knowledge", lambda: KNOWLEDGE)
    monkeypatch.setattr(measure_bodies, "one_left_out", lambda *_: iter(()))
    assert measure_bodies.main([str(data), "--write", str(page)]) == 0
    assert measure_bodies.main([str(data)]) == 0
    assert capsys.readouterr().out.count("| **all** | 0 | 0 | 0.000") == 2
    written = page.read_text()
    assert written.startswith(f"before\n{measure_bodies.START}\n| left out")
    assert written.endswith(f"{measure_bodies.END}\nafter\n")
    assert "old" not in written


def test_without_data_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_bodies.main([str(tmp_path / "none.csv")]) == 2
    assert "python -m tools.measure_bodies FILE" in capsys.readouterr().err
