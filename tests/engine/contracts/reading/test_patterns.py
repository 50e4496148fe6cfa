"""What the patterns of the three languages read in sentences, what they pass over, and how long they may take."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.pattern import Match
from pilothouse.engine.contracts.reading.pattern_values import (
    cap,
    fee_for_leaving,
    length_behind,
    notice_before_end,
)
from pilothouse.engine.contracts.reading.patterns import PATTERNS, terms_by_pattern, terms_of_words
from pilothouse.engine.contracts.reading.words import TERMS, ContractText, Sentence
from tools.measure_contract_patterns import LANGUAGES, clauses, measure_clauses


def read(words: str, language: str, heading: str = "") -> list[tuple[str, str | None]]:
    return sorted((term, value) for term, value, _ in terms_of_words(words, heading, language))


@pytest.mark.parametrize(
    ("words", "language", "heading", "terms"),
    [
        ("Fait à Ici, le 2 mai 2025.", "fr", "", [("agreement_date", "2025-05-02")]),
        ("Le contrat prend cours à la date de sa signature.", "fr", "", [("effective_date", None)]),
        ("Durée : 3 ans.", "fr", "Durée", [("initial_term", "P3Y")]),
        (
            "Le contrat se renouvelle tacitement d'année en année.",
            "fr",
            "",
            [("renewal_term", "P1Y")],
        ),
        (
            "Un préavis de deux mois est requis.",
            "fr",
            "Résiliation par convenance",
            [("termination_for_convenience", "P2M")],
        ),
        (
            "En cas de rupture anticipée, le Client paie toutes les redevances restantes jusqu'au terme.",
            "fr",
            "",
            [("early_termination_fee", "1")],
        ),
        ("Loyer : 120 € par mois.", "fr", "", [("price", "EUR 120.00")]),
        ("L'augmentation est limitée à 3 %.", "fr", "", [("price_indexation", "0.03")]),
        ("Het tarief stijgt: een verhoging is beperkt tot 2 %.", "nl", "", [("price_indexation", "0.02")]),
        ("De verhoging is beperkt tot 2 %.", "nl", "", [("price_indexation", "0.02")]),
        (
            "La responsabilité du Prestataire est limitée à 100 % des redevances annuelles.",
            "fr",
            "",
            [("liability_cap", "1")],
        ),
        (
            "De overeenkomst treedt in werking op de datum van ondertekening.",
            "nl",
            "",
            [("effective_date", None)],
        ),
        (
            "Bij tussentijdse opzegging betaalt de Klant een vergoeding van 5.000 euro.",
            "nl",
            "",
            [("early_termination_fee", "EUR 5000.00")],
        ),
        (
            "Customer owns all right, title and interest in the Customer Data.",
            "en",
            "",
            [("data_ownership", None)],
        ),
        (
            "Upon termination the Provider shall return all Customer Data within 30 days.",
            "en",
            "",
            [("data_return", "P30D")],
        ),
        (
            "The Provider shall provide transition assistance for a period of three months.",
            "en",
            "",
            [("exit_assistance", "P3M")],
        ),
        (
            "Provider shall notify Customer of any security incident within 24 hours.",
            "en",
            "",
            [("incident_notice", "PT24H")],
        ),
        (
            "Domain names are registered in the name of the Customer.",
            "en",
            "",
            [("domain_ownership", None)],
        ),
        ("Le contrat est régi par le droit belge.", "fr", "", [("governing_law", "BE")]),
        (
            "Les deux parties peuvent dénoncer le contrat au plus tard deux mois avant son échéance.",
            "fr",
            "",
            [("renewal_notice", "P2M")],
        ),
        (
            "Résiliation à l'échéance : moyennant un préavis écrit de 3 mois.",
            "fr",
            "",
            [("renewal_notice", "P3M")],
        ),
        (
            "Le Client bénéficie d'un avoir de 10 % du montant de la facture.",
            "fr",
            "",
            [("service_credits", "0.1")],
        ),
        (
            "Le service est disponible à 99,5 % et le portail à 95 %.",
            "fr",
            "",
            [("availability", "0.995"), ("availability", "0.95")],
        ),
        (
            "Le Prestataire a souscrit une police d'assurance de 500.000 € par sinistre.",
            "fr",
            "",
            [("insurance", "EUR 500000.00")],
        ),
        (
            "La responsabilité du Prestataire est limitée à 50.000 € par an.",
            "fr",
            "",
            [("liability_cap", "EUR 50000.00")],
        ),
        ("Het contract wordt aangegaan voor onbepaalde duur.", "nl", "", [("expiration", "perpetual")]),
        (
            "En cas de manquement grave, l'autre partie peut résilier le contrat.",
            "fr",
            "",
            [("termination_for_cause", None)],
        ),
        (
            "Bij wanprestatie kan de overeenkomst 15 dagen na ingebrekestelling worden ontbonden.",
            "nl",
            "",
            [("termination_for_cause", "P15D")],
        ),
        ("De responstijd voor een incident bedraagt 2 uur.", "nl", "", [("response_time", "PT2H")]),
    ],
)
def test_a_sentence_that_agrees_a_term_is_read(
    words: str, language: str, heading: str, terms: list[tuple[str, str | None]]
) -> None:
    assert read(words, language, heading) == sorted(terms)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Les prix sont fermes ; aucune indexation ne sera appliquée.", "fr"),
        ("Stilzwijgende verlenging is uitgesloten.", "nl"),
        ("La réversibilité désigne l'ensemble des opérations de reprise.", "fr"),
        ("De samenwerking is niet exclusief.", "nl"),
        ("Un délai de deux mois est requis.", "fr"),
        ("Le contrat peut être soumis au droit belge ou au droit français.", "fr"),
        ("Le Client oppose son refus avant la fin du mois.", "fr"),
        ("This is not the sole remedy of the Customer.", "en"),
    ],
)
def test_a_sentence_that_only_speaks_of_a_term_agrees_none(words: str, language: str) -> None:
    assert read(words, language) == []


DATA = Path(__file__).parents[3] / "data"


def variants(language: str) -> list[list[Any]]:
    """Heading, sentence and terms of each sentence the patterns were made with."""
    read: list[list[Any]] = yaml.safe_load(
        (DATA / "contracts-variants" / f"{language}.yaml").read_text("utf-8")
    )
    return read


@pytest.mark.parametrize(
    ("language", "heading", "words", "terms"),
    [(language, *one) for language in ("en", "fr", "nl") for one in variants(language)],
)
def test_each_way_of_saying_a_term_is_read(
    language: str, heading: str, words: str, terms: list[tuple[str, str | None]]
) -> None:
    assert read(words, language, heading) == sorted((term, value) for term, value in terms)


@pytest.mark.parametrize(
    ("language", "clause"),
    [(language, one) for language in LANGUAGES for one in clauses(language)],
    ids=lambda one: one if isinstance(one, str) else one["id"],
)
def test_each_clause_of_our_own_is_read_as_it_was_labelled(language: str, clause: dict[str, Any]) -> None:
    measured = measure_clauses([clause], language)
    assert measured.looks == []


def test_a_value_is_read_where_it_stands_to_its_words() -> None:
    def match(words: str, language: str = "fr") -> Match:
        return Match(words, 0, 0, language)

    assert list(length_behind(match("aucune"))) == []
    assert list(notice_before_end(match("un préavis"))) == []
    assert list(fee_for_leaving(match("toutes les redevances, diminuées d'un quart : total réduit"))) == [
        None
    ]
    assert list(fee_for_leaving(match("six mensualités"))) == ["P6M"]
    assert list(cap(match("six maandbedragen"))) == [None]
    assert list(cap(match("zes maandbedragen", "nl"))) == ["P6M"]
    assert match("fin du contrat").behind == "fin du contrat"


TEXT = """Entre Nuage Vert SRL, établie à Ici, ci-après le Prestataire.

Le contrat est régi par le droit belge.

| Priorité | GTI |
|---|---|
| P1 | 1h |
"""


def sentences_of(text: str) -> list[Sentence]:
    lines, place = [], 0
    for line in text.split("\n"):
        lines.append(Sentence(place, place + len(line)))
        place += len(line) + 1
    return lines


def test_terms_stand_where_they_are_quoted_in_the_order_of_the_text() -> None:
    terms = terms_by_pattern(ContractText(TEXT, (0, 70), "fr"), sentences_of(TEXT))
    assert [(term.term, term.value, term.page) for term in terms] == [
        ("parties", "Nuage Vert SRL", 1),
        ("governing_law", "BE", 1),
        ("response_time", "PT1H", 2),
    ]
    assert all(TEXT[term.start : term.end] == term.quote for term in terms)


def test_a_language_without_patterns_is_not_read() -> None:
    assert terms_by_pattern(ContractText(TEXT, (), "de"), sentences_of(TEXT)) == []


def test_names_are_asked_in_the_opening_alone() -> None:
    far = "\n" * 6_000 + TEXT
    assert "parties" not in {
        term.term for term in terms_by_pattern(ContractText(far, (), "fr"), sentences_of(far))
    }


def test_every_pattern_reads_a_term_of_the_vocabulary() -> None:
    assert {pattern.term for patterns in PATTERNS.values() for pattern in patterns} <= set(TERMS)
    wanted = set(TERMS) - {"parties", "response_time", "resolution_time"}
    assert len(PATTERNS) == 3
    for language in ("fr", "nl"):
        assert {pattern.term for pattern in PATTERNS[language]} == wanted


WORDS = [hint for patterns in PATTERNS.values() for pattern in patterns for hint in pattern.hints]
SAID = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(
            ["3 mois", "1.000 €", "99,9 %", "1er mars 2024", "|", "\n", ";", "(", "ne", "client", "klant"]
        ),
        st.text(max_size=12),
    ),
    max_size=40,
).map(" ".join)


@given(SAID, st.sampled_from(["en", "fr", "nl", "de", ""]), SAID)
def test_any_text_is_read_without_a_crash_and_quoted_as_it_stands(
    text: str, language: str, heading: str
) -> None:
    sentences = [Sentence(one.start, one.end, heading) for one in sentences_of(text)]
    for term in terms_by_pattern(ContractText(text, (), language), sentences):
        assert text[term.start : term.end] == term.quote
        assert term.term in TERMS
        assert 0 < term.confidence <= 1


HOSTILE = ["a", "a ", "1", "1.", "(", "| a ", "un ", "<a", "Entre A", "12,12 % ", "-", "résili" + " " * 40]


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_a_hostile_text_takes_time_that_grows_with_it_and_no_faster(language: str) -> None:
    every_hint = " ".join(hint for pattern in PATTERNS[language] for hint in pattern.hints) + " "
    for unit in (*HOSTILE, every_hint):
        text = (unit * (1_000_000 // len(unit) + 1))[:1_000_000]
        started = perf_counter()
        terms_by_pattern(ContractText(text, (), language), [Sentence(0, len(text), text)])
        assert perf_counter() - started < 2
    text = (every_hint * 100)[:60_000]
    started = perf_counter()
    terms_by_pattern(
        ContractText(text, (), language),
        [Sentence(place, place + 1_200) for place in range(0, 60_000, 1_200)],
    )
    assert perf_counter() - started < 5
