"""`pilothouse ask contract`: papers in, terms with places out; what cannot be read says why."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilothouse.cli.ask.contract import answer
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.cli.main import main
from pilothouse.intake.documents import whole

CONTRACT = """SUPPORT AGREEMENT
This agreement is made and entered into as of March 1, 2024 between Ship & Sail Ltd and Harbour Clouds Inc.
1. Law. This agreement shall be governed by the laws of the State of New York.
"""
SCHEMA = json.loads(
    (Path(sys.modules[answer.__module__].__file__ or "").parent / "schemas/contract.json").read_text()
)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    file = tmp_path / "support.txt"
    file.write_text(CONTRACT, "utf-8")
    return file


def asked(*files: Path, text_only: bool = False) -> Answer:
    return answer(Asked(tuple(map(str, files)), date(2026, 1, 1), 1, text_only))


def test_one_file_gives_one_answer_as_the_schema_says(contract: Path) -> None:
    found = asked(contract)
    assert found.answered
    assert isinstance(found.shape, dict)
    assert set(found.shape) <= set(SCHEMA["output"]["properties"])
    known = SCHEMA["output"]["$defs"]["term"]
    assert all(
        list(term) == known["required"] and term["term"] in known["properties"]["term"]["enum"]
        for term in found.shape["terms"]
    )
    for term in found.shape["terms"]:
        assert CONTRACT[term["start"] : term["end"]] == term["quote"]
    assert [term["term"] for term in found.shape["terms"]] == [
        "parties",
        "parties",
        "agreement_date",
        "effective_date",
        "governing_law",
    ]
    assert found.shape["language"] == "en"
    assert found.shape["read_whole"] is True


def test_what_was_not_read_is_told_from_what_was_not_found(
    contract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MOST_TEXT", 150)
    shape = asked(contract).shape
    assert isinstance(shape, dict)
    assert shape["read_whole"] is False
    assert [problem["rule"] for problem in shape["problems"]] == ["document.too_long"]


def test_a_fee_is_measured_against_the_price_that_was_read(tmp_path: Path) -> None:
    file = tmp_path / "support.txt"
    file.write_text(
        "DIENSTEN\nDe overeenkomst gaat in op 1 januari 2024 voor een vaste duur van 36 maanden.\n"
        "Artikel 1. Prijs\nDe Klant betaalt 1000,00 euro per maand, exclusief btw.\n"
        "Artikel 2. Aansprakelijkheid\nDe totale aansprakelijkheid van de Leverancier is beperkt tot EUR 1.000.\n",
        "utf-8",
    )
    shape = asked(file).shape
    assert isinstance(shape, dict)
    assert shape["decision_input"]["yearly_cost"] == "12000.00"
    assert [flag["severity"] for flag in shape["flags"] if flag["id"] == "liability_cap"] == ["act"]


def test_flags_and_what_is_missing_are_told_as_the_schema_says(tmp_path: Path) -> None:
    file = tmp_path / "hosting.txt"
    file.write_text(
        "CONTRAT DE SERVICES CLOUD\nLe présent contrat de services cloud est conclu pour une durée d'un an.\n"
        "Le Prestataire se réserve le droit de réviser ses tarifs à sa discrétion.\n"
        "Le présent contrat est régi par le droit belge.\n",
        "utf-8",
    )
    shape = asked(file).shape
    assert isinstance(shape, dict)
    assert (shape["language"], shape["kind"]) == ("fr", "cloud_service")
    known = SCHEMA["output"]["$defs"]["flag"]
    for flag in [*shape["flags"], *shape["missing"]]:
        assert list(flag) == known["required"]
        assert flag["severity"] in known["properties"]["severity"]["enum"]
    assert {flag["id"] for flag in shape["flags"]} >= {"price_rise", "be_terms_price"}
    assert "eu_data_act_transition" in {flag["id"] for flag in shape["missing"]}
    assert all(flag["because"] for flag in shape["flags"])
    assert not any(flag["because"] or flag["confirmed"] for flag in shape["missing"])


def test_what_is_read_can_be_asked_of_decision(contract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shape = asked(contract).shape
    assert isinstance(shape, dict)
    terms = contract.with_suffix(".json")
    terms.write_text(json.dumps(shape["decision_input"]), "utf-8")
    main(["ask", "decision", str(terms), "--today", "2026-01-01"])
    rules = [problem["rule"] for problem in json.loads(capsys.readouterr().out)["problems"]]
    assert not [rule for rule in rules if rule.startswith("json.")]


def test_several_files_give_lines_with_their_names(contract: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    found = asked(contract, empty, tmp_path / "none.pdf")
    assert found.answered
    first, second, third = (json.loads(line) for line in found.lines or ())
    assert (first["file"], len(first["terms"])) == (str(contract), 5)
    assert [second["problems"][0]["rule"], third["problems"][0]["rule"]] == ["file.empty", "file.missing"]
    assert len(found.messages) == 2


def test_the_text_is_printed_that_places_point_into(
    contract: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["ask", "contract", str(contract), "--text"]) == 0
    assert capsysbinary.readouterr().out.decode() == f"{CONTRACT}\n"


@pytest.mark.parametrize("text_only", [True, False])
def test_a_file_that_cannot_be_read_is_not_answered(tmp_path: Path, text_only: bool) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    found = asked(broken, text_only=text_only)
    assert not found.answered
    assert isinstance(found.shape, dict)
    assert [problem["rule"] for problem in found.shape["problems"]] == ["document.broken"]
    assert "damaged" in found.messages[0]


@pytest.mark.parametrize(
    "words", [["contract", "a.txt", "b.txt", "--text"], ["decision", "a.json", "--text"]]
)
def test_the_text_of_one_contract_only(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["ask", *words])
    assert wrong.value.code == 2
    assert "--text" in capsys.readouterr().err


def test_its_schema_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "schema", "contract"]) == 0
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(shown) == {"input", "output"}
