"""Response and resolution times, said in one sentence or in a table."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.tables import find_rows
from pilothouse.engine.contracts.reading.times_of_service import find_times


@pytest.mark.parametrize(
    ("words", "language", "times"),
    [
        (
            "pour un incident bloquant, le temps d'intervention est de 1 heure et la gtr de 4 heures.",
            "fr",
            [("response_time", "PT1H"), ("resolution_time", "PT4H")],
        ),
        (
            "les demandes sont prises en charge en deux heures et résolues au plus tard le jour ouvrable suivant.",
            "fr",
            [("response_time", "PT2H"), ("resolution_time", "P1D")],
        ),
        (
            "een storing krijgt binnen twee uur een antwoord, en binnen acht werkuren een oplossing.",
            "nl",
            [("response_time", "PT2H"), ("resolution_time", "PT8H")],
        ),
        ("de verhuurder herstelt het toestel binnen drie werkdagen.", "nl", [("resolution_time", "P3D")]),
        (
            "the provider responds to a support request within 30 minutes and resolves it within 1 business day.",
            "en",
            [("response_time", "PT30M"), ("resolution_time", "P1D")],
        ),
    ],
)
def test_each_length_goes_to_the_words_beside_it(
    words: str, language: str, times: list[tuple[str, str]]
) -> None:
    assert list(find_times(words, language)) == times


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("le client répond dans les deux jours aux questions.", "fr"),
        ("l'assistance répond entre neuf et seize heures.", "fr"),
        ("een fout die na ingebrekestelling niet binnen dertig dagen hersteld is.", "nl"),
        ("the court shall respond within 30 days.", "en"),
        ("the response to a request is friendly.", "en"),
        ("er antwortet auf jede frage in 2 stunden.", "de"),
    ],
)
def test_what_is_no_promise_of_the_supplier_has_no_time(words: str, language: str) -> None:
    assert list(find_times(words, language)) == []


TABLE = """| Priorité | GTI | GTR | Objectif de disponibilité | Taux de disponibilité constaté |
| :--- | :--- | :--- | :--- | :--- |
| **P1** | 30mn | 4h | 99,9 % | 95 % |
| Durabilité | 1h | 1h | 99,99 % | |
| P2 | demain | 8h | 50 % |

Du texte.
| Taux | Crédit de service |
|---|---|
| 99 % | 10 % |
| 98 % | selon le cas |
"""


def test_a_row_is_read_by_the_head_of_its_columns() -> None:
    found = [(row.term, row.value) for row in find_rows(TABLE, "fr")]
    assert sorted(found) == [
        ("availability", "0.999"),
        ("resolution_time", "PT4H"),
        ("resolution_time", "PT8H"),
        ("response_time", "PT30M"),
        ("service_credits", "0.1"),
    ]


def test_a_row_stands_where_it_is_written() -> None:
    row = next(find_rows(TABLE, "fr"))
    assert TABLE[row.start : row.end] == "| **P1** | 30mn | 4h | 99,9 % | 95 % |"


def test_of_two_columns_for_one_term_the_last_counts() -> None:
    table = "| Response | Response time |\n|--|--|\n| 1 h | 2 h |"
    assert [row.value for row in find_rows(table, "en")] == ["PT2H"]
