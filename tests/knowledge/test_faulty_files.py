"""What is wrong in a knowledge file is an error that names the file and the entry, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilothouse.knowledge.book import (
    read_assumptions,
    read_categories,
    read_functions,
    read_persons,
    read_purposes,
    read_vendors,
)
from pilothouse.knowledge.entries import KnowledgeError, yaml_files
from pilothouse.knowledge.words import read_words

GOOD_VENDOR = """
- name: Proximus
  country: BE
  is_it: true
  purposes: [lines]
  pricing_unit: line
  sells: Lines.
"""
GOOD_PURPOSE = """
- key: lines
  name: Lines
  description: Lines.
  function: network
  category: telecom
  tower: transport
  run_or_change: run
"""
GOOD_WORDS = "- {is_it: true, weight: 0.9, purpose: lines, language: en, words: [fibre, modem]}"
GOOD_RATES = """
sources: {eu: &eu {title: Rates, url: "https://example.org", year: 2025}}
assumptions:
  - key: vat.standard_rate
    unit: percent
    country: BE
    values:
      - {holds_from: 1996-01-01, low: 21, mode: 21, high: 21, source: *eu, quality: B}
"""
GOOD_PERSONS = """
person_words: {wages_en: [wages], unions: [cgt]}
company_words: {forms: [gmbh], trade: [bakery]}
"""


def written(folder: Path, text: str, name: str = "some.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def vendors_from(folder: Path, text: str) -> None:
    read_vendors([written(folder, text, "telecom.yaml")], {"lines"})


def purposes_from(folder: Path, text: str) -> None:
    read_purposes(written(folder, text, "purposes.yaml"), {"network"}, {"telecom"}, {"transport"})


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("purposes: [lines]", "purposes: [lyons]", "the purpose “lyons” is not in purposes.yaml"),
        ("purposes: [lines]", "", "needs “purposes”"),
        ("is_it: true", "is_it: false", "Take them out"),
        ("is_it: true\n  purposes: [lines]", "is_it: null\n  only_proposes: true", "Take it out or say"),
        ("is_it: true", "is_it: true\n  only_proposes: often", "must be true or false."),
        ("is_it: true", "is_it: yes please", "must be true or false or null"),
        ("country: BE", "country: NO", "Put quotes around it"),
        ("country: BE", "country: Belgium", "two capital letters"),
        ("pricing_unit: line", "pricing_unit: lightyear", "“lightyear”, which is not in the pricing units"),
        ("sells: Lines.", "sells: Lines.\n  sels: Lines.", "unknown field “sels”"),
        ("sells: Lines.", "", "“sells” is missing"),
        ("sells: Lines.", "sells: Lines.\n  aliases: belgacom", "“aliases” must be a list of texts"),
        ("sells: Lines.", "sells: Lines.\n  aliases: [ee]", "too short to begin a longer name"),
        ("sells: Lines.", "sells: Lines.\n  aliases: ['...']", "nothing is left"),
        (
            "sells: Lines.",
            "sells: Lines.\n  aliases: [proximus nv]",
            "stands already in telecom.yaml, entry “Proximus”",
        ),
    ],
)
def test_a_faulty_vendor_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        vendors_from(tmp_path, GOOD_VENDOR.replace(was, becomes))
    assert says in str(error.value)
    assert str(error.value).startswith("telecom.yaml, entry “Proximus”: ")


def test_a_good_vendor_is_read(tmp_path: Path) -> None:
    vendors_from(tmp_path, GOOD_VENDOR)


def test_two_vendors_may_not_answer_to_one_name(tmp_path: Path) -> None:
    other = GOOD_VENDOR.replace("Proximus", "Belgacom") + "  aliases: [Proximus SA]\n"
    files = [written(tmp_path, GOOD_VENDOR, "a.yaml"), written(tmp_path, other, "b.yaml")]
    with pytest.raises(
        KnowledgeError, match=r"b\.yaml, entry “Belgacom”: the name “proximus” stands already in a\.yaml"
    ):
        read_vendors(files, {"lines"})


def test_two_vendors_may_not_have_one_vat_number(tmp_path: Path) -> None:
    number = "  vat_ids: [BE0202239951]\n"
    text = GOOD_VENDOR + number + GOOD_VENDOR.replace("Proximus", "Telenet") + number
    with pytest.raises(KnowledgeError, match="entry “Telenet”: the VAT number “BE0202239951” stands already"):
        vendors_from(tmp_path, text)


def test_a_field_that_stands_twice_in_an_entry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"telecom\.yaml: not readable as YAML: a field stands twice"):
        vendors_from(tmp_path, GOOD_VENDOR + "  country: NL\n")


@pytest.mark.parametrize("text", ["", "name: Proximus", "[]", "- [a, b]", "just words"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(KnowledgeError, match=r"telecom\.yaml.*expected"):
        vendors_from(tmp_path, text)


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"telecom\.yaml: not readable as YAML"):
        vendors_from(tmp_path, "- {name: Proximus")


@pytest.mark.parametrize("field", ["function", "category", "tower", "run_or_change"])
def test_a_purpose_points_only_to_what_exists(tmp_path: Path, field: str) -> None:
    lines = [f"  {field}: nowhere" if f"  {field}:" in line else line for line in GOOD_PURPOSE.splitlines()]
    with pytest.raises(KnowledgeError, match=rf"purposes\.yaml, entry “lines”: “{field}” is “nowhere”"):
        purposes_from(tmp_path, "\n".join(lines))


def test_a_key_stands_once(tmp_path: Path) -> None:
    with pytest.raises(
        KnowledgeError, match=r"purposes\.yaml, entry “lines”: the key “lines” stands already"
    ):
        purposes_from(tmp_path, GOOD_PURPOSE + GOOD_PURPOSE)


def test_an_empty_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="entry “a”: “name” is empty"):
        read_categories(written(tmp_path, '- {key: a, name: ""}'))


def test_a_function_may_leave_out_why_it_is_not_bought(tmp_path: Path) -> None:
    assert read_functions(written(tmp_path, "- {key: a, name: A, description: B}"))["a"].unbought == ""


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("weight: 0.9", "weight: 1", "must lie between 0 and 1"),
        ("weight: 0.9", "weight: often", "must be a number"),
        ("weight: 0.9", "weight: true", "must be a number"),
        ("purpose: lines", "purpose: lions", "“lions” is not in purposes.yaml"),
        ("is_it: true", "is_it: false", "the words speak against IT"),
        ("is_it: true", "is_it: null", "must be true or false."),
        ("language: en", "language: tlh", "“tlh” is not one of"),
        ("[fibre, modem]", "[fibre, Fibré]", "the word “fibre” stands already"),
        ("[fibre, modem]", "[fibre, 5]", "must be a list of texts"),
    ],
)
def test_a_faulty_group_of_words_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    file = written(tmp_path, GOOD_WORDS.replace(was, becomes), "words.yaml")
    with pytest.raises(KnowledgeError) as error:
        read_words(file, {"lines"})
    assert says in str(error.value)
    assert str(error.value).startswith("words.yaml, entry “1”")


def test_words_share_what_their_group_says(tmp_path: Path) -> None:
    words = read_words(written(tmp_path, GOOD_WORDS), {"lines"})
    assert [(w.word, w.is_it, str(w.weight), w.purpose, w.language) for w in words] == [
        ("fibre", True, "0.9", "lines", "en"),
        ("modem", True, "0.9", "lines", "en"),
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("1996-01-01", "Friday", "must be a date such as"),
        ("1996-01-01", "1996-01-01T10:00:00", "must be a date such as"),
        ("low: 21", "low: 22", "must rise"),
        ("quality: B", "quality: E", "which is not in A to D"),
        (", source: *eu", "", "expected fields with names"),
        ("title: Rates, ", "", "“title” is missing"),
        ("https://example.org", "a book", "must begin with https://"),
        ("unit: percent", "unit: percent\n    because: I say so", "unknown field “because”"),
        ("country: BE", "country: UKR", "two capital letters"),
        ("assumptions:", "notes: none\nassumptions:", "unknown field “notes”"),
    ],
)
def test_a_number_without_a_date_or_a_source_is_refused(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    file = written(tmp_path, GOOD_RATES.replace(was, becomes), "vat.yaml")
    with pytest.raises(KnowledgeError) as error:
        read_assumptions([file])
    assert says in str(error.value)
    assert str(error.value).startswith("vat.yaml")


def test_two_values_of_one_number_on_one_day_are_refused(tmp_path: Path) -> None:
    value = "      - {holds_from: 1996-01-01, low: 20, mode: 20, high: 20, source: *eu, quality: B}\n"
    with pytest.raises(KnowledgeError, match=r"vat\.yaml.*“vat.standard_rate BE 1996-01-01” stands already"):
        read_assumptions([written(tmp_path, GOOD_RATES + value, "vat.yaml")])


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("trade: [bakery]", "trade: [wages]", "“wages” is both a person word and a company word"),
        ("unions: [cgt]", "onions: [cgt]", "unknown field “onions”"),
        ("unions: [cgt]", "unions: [Wages]", "the word “wages” stands already"),
        ("person_words", "people_words", "expected fields with names"),
    ],
)
def test_words_of_persons_and_firms_are_told_apart(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        read_persons(written(tmp_path, GOOD_PERSONS.replace(was, becomes), "persons.yaml"))
    assert says in str(error.value)
    assert str(error.value).startswith("persons.yaml")


def test_only_yaml_files_of_a_folder_are_read(tmp_path: Path) -> None:
    written(tmp_path, "", "b.yaml")
    written(tmp_path, "", "a.yaml")
    written(tmp_path, "", "README.md")
    assert [file.name for file in yaml_files(tmp_path)] == ["a.yaml", "b.yaml"]
