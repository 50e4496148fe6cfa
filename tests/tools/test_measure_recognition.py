"""The measures of recognition are right on lines whose answer is known by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pilothouse.engine.spend.terms import Reason, Recognition
from pilothouse.knowledge import spend_knowledge
from tools import measure_recognition as measured
from tools.measure_recognition import Said
from tools.spend_labels import LabelledLine, halves


def said(
    name: str, answer: bool, truth: bool, amount: str = "1", *, sure: bool = True, confidence: float = 0.9
) -> Said:
    line = LabelledLine(1, "b", "", name, Decimal(amount), truth, "hardware" if truth else "", "")
    because = (Reason("model", "x"),)
    category = "hardware" if answer else ""
    found = Recognition(answer if sure else None, answer, confidence, "", because, category=category)
    return Said(line, found)


FOUR = [
    said("a", True, True, "10"),
    said("b", True, False, "10"),
    said("c", False, True, "30"),
    said("d", False, False, "50", sure=False, confidence=0.6),
]


def test_precision_recall_and_f1_by_line_and_by_money() -> None:
    by_line, by_money = measured.score(FOUR), measured.score(FOUR, measured.money)
    assert (by_line.precision, by_line.recall, by_line.f1) == (0.5, 0.5, 0.5)
    assert (by_money.precision, by_money.recall, round(by_money.f1, 4)) == (0.5, 0.25, 0.3333)


def test_the_bins_of_the_plot_hold_every_line() -> None:
    assert measured.bins_of(FOUR) == [(0.6, 1.0, 1), (pytest.approx(0.9), pytest.approx(1 / 3), 3)]
    assert measured.plot(measured.bins_of(FOUR)).count("<circle") == 2


def test_categories_are_measured_on_answered_and_on_all_lines() -> None:
    answered, every, table = measured.category_tables(FOUR)
    assert answered == pytest.approx(1 / 11)
    assert every == pytest.approx(2 / 3 / 11)
    assert "| 1 hardware | 1 |" in table


def test_a_true_person_settles_what_is_asked_and_no_more() -> None:
    asked = [said("e", False, True, "60", sure=False), said("f", True, True, "40")]
    queue = measured.queue_of(asked)
    assert (queue.questions, queue.ceiling, queue.reached) == (1, 1.0, (1.0, 1.0))
    wrong = [said("e", False, True, "60"), said("f", True, True, "40")]
    sure = measured.queue_of(wrong)
    assert (sure.questions, sure.ceiling, sure.reached) == (0, 0.4, (1.0, 1.0)), (
        "what nobody is asked stays wrong"
    )
    assert sure.of_best == (0.4, 0.4)


def test_other_splits_of_the_suppliers_give_a_mean_and_how_far_they_lie_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [each.line for each in FOUR]
    answers = {"split 1 ": FOUR, "split 2 ": [said("a", True, True)]}
    monkeypatch.setattr(measured, "both_ways", lambda _, __, *, salt: answers[salt])
    page = measured.splits_table(lines, spend_knowledge(), 2)
    assert "| mean | 0.750 | 0.750 | 0.667 | 0.091 | 0.076 |" in page
    assert "| apart | 0.250 | 0.250 | 0.333 | 0.000 | 0.015 |" in page


def test_another_salt_is_another_split_of_the_same_suppliers() -> None:
    lines = [said(f"firm {n}", True, True).line for n in range(40)]
    one, other = halves(lines), halves(lines, "split 1 ")
    assert one != other
    for parts in (one, other):
        assert sorted(line.supplier for part in parts for line in part) == sorted(x.supplier for x in lines)


def test_the_tables_go_between_the_marks_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{measured.START}\nold\n{measured.END}\nafter\n")
    measured.write_page(page, "new", "<svg/>")
    assert page.read_text() == f"before\n{measured.START}\nnew\n{measured.END}\nafter\n"
    assert (tmp_path / "spend-reliability.svg").read_text() == "<svg/>"


def test_without_data_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measured.main([str(tmp_path / "none.csv")]) == 2
    assert "make quality DATA=file" in capsys.readouterr().err


def test_sure_answers_are_held_against_labels_corrected_by_hand(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    row = measured.print_of(FOUR[0].line)
    labels.write_text(f"row,stratum,is_it,corrected\n{row},some,1,0\nunknown,some,1,0\n{row},other,0,1\n")
    yes = [FOUR[0]]
    assert "| some | 1 | 1.000 | 1 | 1.000 |" in measured.against_corrected(yes, labels)
    assert "| other | 1 | 0.000 | 1 | 0.000 |" in measured.against_corrected(yes, labels)
    asked = [said("d", False, False, sure=False)]
    assert "| some | 0 | 0.000 | 0 | 0.000 |" in measured.against_corrected(asked, labels)


def test_the_corrected_labels_name_nobody_and_are_a_thousand() -> None:
    folder = Path(__file__).parents[1] / "data" / "spend-corrected"
    heading, *rows = (folder / "labels.csv").read_text().split()
    assert heading == "row,stratum,is_it,corrected"
    assert len(rows) == 1000
    assert all(
        len(row.split(",")[0]) == 12 and row.split(",")[1] in ("in_proportion", "sure_yes") for row in rows
    )
