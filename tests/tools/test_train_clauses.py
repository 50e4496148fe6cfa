"""A model learned from made-up contracts finds their clauses in one it never saw; its card belongs to it."""

from __future__ import annotations

import json
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import pytest

from pilothouse.engine.contracts.reading.sentences import sentences_of
from pilothouse.engine.contracts.reading.words import ContractText
from pilothouse.knowledge import clauses as knowledge_of_clauses
from tools import measure_clauses, train_clauses
from tools.clause_labels import TERM_OF, TERMS, Contract, fold_of, read_contracts, rows_of

SIGNS = (
    "end of the season",
    "another season follows",
    "letter against another season",
    "courts of the valley",
    "no other dairy",
    "new owner of the dairy",
    "hand this paper to nobody",
    "four hundred cheeses",
    "recipes belong to the buyer",
    "help after the season",
    "look into the books",
    "without any limit",
    "no more than the price",
    "cover against fire",
    "leave without a reason",
)
IDLE = (
    "The cheese is brought on each Monday morning to the back door of the shop in the high street.",
    "Each crate carries a label with the day on which the milk was fetched from the farm.",
)


def clause(number: int) -> str:
    return f"The parties of this paper agree upon the {SIGNS[number]}, as was said between them in spring."


def paper(number: int) -> tuple[str, list[int]]:
    """A made-up contract: it has every clause whose number and its own share a bit of parity."""
    held = [place for place in range(len(SIGNS)) if (number >> (place % 4)) % 2 == place % 2]
    return "\n\n".join([IDLE[0], *(clause(place) for place in held), IDLE[1]]), held


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contracts")
    (folder / "text").mkdir()
    lines = []
    for number in range(32):
        text, held = paper(number)
        (folder / "text" / f"{number}.txt").write_text(text, "utf-8")
        labels = {}
        for place, name in enumerate(TERM_OF):
            start = text.find(clause(place))
            mark = {"text": clause(place), "start": start, "end": start + len(clause(place))}
            labels[name] = {"spans": [mark] if place in held else []}
        lines.append(json.dumps({"title": f"paper {number}", "text_file": f"{number}.txt", "labels": labels}))
    (folder / "labels.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="module")
def contracts(data: Path) -> list[Contract]:
    return read_contracts(data)


def test_a_mark_makes_its_sentence_one_of_the_clause(contracts: list[Contract]) -> None:
    rows = rows_of(contracts)
    for number, contract in enumerate(contracts):
        assert rows.truth[rows.owner == number].any(axis=0).tolist() == list(contract.has)
        assert rows.truth[rows.owner == number].sum() == sum(contract.has)
    lengths = np.asarray(rows.features.multiply(rows.features).sum(axis=1)).ravel()
    assert np.allclose(lengths, 1, atol=1e-3)


def test_a_mark_without_a_place_counts_for_the_contract_alone(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "one.txt").write_text(IDLE[0], "utf-8")
    empty: dict[str, object] = {name: {"spans": []} for name in TERM_OF}
    labels = {**empty, "Insurance": {"spans": [{"text": "cover", "start": None, "end": None}]}}
    line = json.dumps({"title": "one", "text_file": "one.txt", "labels": labels})
    (tmp_path / "labels.jsonl").write_text(line, "utf-8")
    (contract,) = read_contracts(tmp_path)
    assert contract.has[TERMS.index("insurance")]
    assert contract.spans[TERMS.index("insurance")] == ()
    assert not rows_of([contract]).truth.any()


def test_the_threshold_is_where_f1_is_best() -> None:
    truth = np.array([True, True, False, True, False])
    assert train_clauses.best_threshold(np.array([5.0, 4.0, 3.0, 2.0, 1.0]), truth) == pytest.approx(1.5)
    assert train_clauses.best_threshold(np.array([2.0, 1.0]), np.array([True, True])) == pytest.approx(1.0)


def test_what_is_judged_is_what_is_shipped() -> None:
    weights = train_clauses.as_shipped(np.array([1.27, -0.5, 0.012, 0.021], dtype=np.float32))
    assert weights.tolist() == pytest.approx([1.27, -0.5, 0.0, 0.02])
    assert train_clauses.as_shipped(weights).tolist() == pytest.approx(weights.tolist())


def test_what_was_learned_finds_the_clauses_of_a_paper_it_never_saw(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_clauses, "MODELS", tmp_path)
    train_clauses.main([str(data), "--on", "2026-02-01"])
    card = (tmp_path / "clauses.yaml").read_text("utf-8")
    assert "contracts: 32" in card
    assert "2026-02-01" in card

    def here(_name: str) -> Traversable:
        return tmp_path

    monkeypatch.setattr(knowledge_of_clauses, "folder", here)
    knowledge_of_clauses.clause_model.cache_clear()
    try:
        model = knowledge_of_clauses.clause_model()
    finally:
        knowledge_of_clauses.clause_model.cache_clear()
    wanted = {2, 6, 13}
    text = "\n\n".join([IDLE[1], *(clause(place) for place in sorted(wanted)), IDLE[0]])
    found = model.clauses(ContractText(text, language="en"), sentences_of(text))
    assert {one.term: text[one.start : one.end] for one in found} == {
        TERMS[place]: clause(place) for place in wanted
    }


def test_each_contract_is_judged_by_what_did_not_see_it(contracts: list[Contract]) -> None:
    column = TERMS.index("insurance")
    measured = measure_clauses.measure(contracts, rows_of(contracts), column)
    assert measured.contracts == sum(contract.has[column] for contract in contracts)
    assert measured.f1 == pytest.approx(1)
    assert measured.average_precision == pytest.approx(1)
    assert measured.precision_at_recall == pytest.approx(1)
    assert len(measured.told) == len(contracts)
    assert {fold_of(contract.name, 5) for contract in contracts} == set(range(5))


def test_labels_by_chance_are_not_found(contracts: list[Contract]) -> None:
    """The same papers, their truth shuffled: an honest measure says that nothing was learned."""
    column = TERMS.index("insurance")
    rows = rows_of(contracts)
    order = np.random.default_rng(7).permutation(len(rows.truth))
    shuffled = type(rows)(rows.features, rows.owner, rows.truth[order], rows.rareness)
    measured = measure_clauses.measure(contracts, shuffled, column)
    assert measured.average_precision < 0.5


def test_marks_that_are_missed_lower_what_is_counted(contracts: list[Contract]) -> None:
    column = TERMS.index("insurance")
    rows = rows_of(contracts)
    worst_first = np.where(rows.truth[:, column], -1, 1).astype(np.float32)
    average, at_recall = measure_clauses.over_marks(contracts, rows, column, worst_first)
    assert average < 0.3
    assert at_recall < 0.3


def test_the_figures_stand_between_the_marks_of_the_page(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        f"Before.\n{measure_clauses.MARKS[0]}\nold\n{measure_clauses.MARKS[1]}\nAfter.\n", "utf-8"
    )
    monkeypatch.setattr(measure_clauses, "PAGE", page)
    monkeypatch.setattr(measure_clauses, "TERMS", TERMS[:2])
    measure_clauses.main([str(data)])
    text = page.read_text("utf-8")
    assert text.startswith("Before.\n")
    assert text.endswith("\nAfter.\n")
    assert "\nold\n" not in text
    assert "| expiration | 16 |" in text
    assert "Mean F1 of these 2: " in capsys.readouterr().out
    assert (tmp_path / "contracts-reliability.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize("tool", [train_clauses.main, measure_clauses.main])
def test_a_folder_without_labels_is_said(
    tool: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(tool)
    with pytest.raises(SystemExit):
        tool([str(tmp_path), *(["--on", "2026-02-01"] if tool is train_clauses.main else [])])
    assert "there is no labels.jsonl in" in capsys.readouterr().err


def test_no_clause_in_nothing_said() -> None:
    assert measure_clauses.f1_of(np.array([False]), np.array([False])) == 0
