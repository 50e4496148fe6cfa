"""What the page says of suppliers nobody learned from is so, where the labelled lines are at hand.

The model in `tests/data/spend-half` learned from the first half of the suppliers; the other half is answered here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pilothouse.knowledge import spend_knowledge
from pilothouse.knowledge.learned import read_model
from tools import measure_bodies, train
from tools.measure_recognition import category_tables, recognise, score
from tools.spend_labels import LabelledLine, halves, read_labels

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "methods" / "spend-recognition.md"
HALF = ROOT / "tests" / "data" / "spend-half"
MOVES = 0.02
SENTENCE = (
    r"\*\*(?P<lines>[\d,]+) lines of the other half\*\*: forced F1 (?P<f1>[\d.]+), precision (?P<precision>[\d.]+);\s+"
    r"sure answers agree in (?P<agree>[\d.]+); category macro-F1 (?P<category>\d\.\d+)"
)


@pytest.fixture(scope="module")
def labelled(shared_data: Path) -> list[LabelledLine]:
    file = shared_data / "spend-labelled.csv.gz"
    if not file.is_file():
        pytest.skip(f"no labelled lines ({file})")
    return read_labels(file)


def test_the_figures_of_the_other_half_are_those_published(labelled: list[LabelledLine]) -> None:
    learned, certainty = read_model(HALF)
    said = list(
        recognise(halves(labelled)[1], replace(spend_knowledge(), learned=learned, certainty=certainty))
    )
    forced, sure = score(said), [each for each in said if each.found.is_it is not None]
    agree = sum(each.found.is_it == each.line.is_it for each in sure) / len(sure)
    published = re.search(SENTENCE, PAGE.read_text("utf-8"))
    assert published is not None
    figures = {
        "f1": forced.f1,
        "precision": forced.precision,
        "agree": agree,
        "category": category_tables(said)[0],
    }
    assert int(published["lines"].replace(",", "")) == len(said)
    # What is known of vendors and words moves on between two measurements of everything; far off is another matter.
    assert figures == pytest.approx({name: float(published[name]) for name in figures}, abs=MOVES)


def test_the_ceilings_that_labels_allow_are_those_published(labelled: list[LabelledLine]) -> None:
    assert measure_bodies.ceilings_table(labelled) in PAGE.read_text("utf-8")


def test_a_model_can_be_learned_from_one_half_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "labels.csv"
    rows = "".join(f"b,2021-01-05,Firm {n},x,5,0,\n" for n in range(20))
    data.write_text(f"org,date,supplier,account_label,amount,is_it,category\n{rows}")
    learned_from: list[int] = []

    def stop(lines: list[LabelledLine], _: object) -> train.Trained:
        learned_from.append(len(lines))
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "train", stop)
    for half in ([], ["--half"]):
        with pytest.raises(KeyboardInterrupt):
            train.main([str(data), "--on", "2026-11-23", "--out", str(tmp_path), *half])
    assert learned_from == [20, len(halves(read_labels(data))[0])]
    assert 0 < learned_from[1] < 20
