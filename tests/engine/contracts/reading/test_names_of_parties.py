"""Between whom: the names that the opening of a contract gives."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.names_of_parties import find_names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "ENTRE LES SOUSSIGNÉS : la SRL Octavelin, dont le siège est établi à Valbrune, ET la SA Tarnique, établie à"
            " Hautevigne, ci-après le Client",
            ["SRL Octavelin", "SA Tarnique"],
        ),
        ("Tussen Wolkendam BV, met zetel te Hier, hierna de Leverancier,", ["Wolkendam BV"]),
        (
            "en Houthandel Deurzen NV, met maatschappelijke zetel te Daar, hierna de Klant,",
            ["Houthandel Deurzen NV"],
        ),
        ("Verhuurder: Kopijhuis NV, Nergenshuizen, ondernemingsnummer 0000.000.196.", ["Kopijhuis NV"]),
        ("Wolkendam BV, gevestigd te Hier (ondernemingsnummer 0000.000.196), de Operator,", ["Wolkendam BV"]),
        (
            "Le présent SLA s'applique au produit fourni par **Nuage Vert** (ci-après « le Fournisseur »).",
            ["Nuage Vert"],
        ),
    ],
)
def test_a_party_is_named_in_front_of_its_description(sentence: str, names: list[str]) -> None:
    assert list(find_names(sentence)) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "Les expressions ci-après employées ont le sens suivant.",
        "Chaque terme débutant par une majuscule ci-après a le sens qui lui est donné.",
        "Le Client, établi à Valbrune, ci-après dénommé",
        "Wolkendam BV is gevestigd te Hier.",
        "met zetel te Nergenshuizen, ingeschreven in de KBO onder nummer 0000.000.196, hierna",
    ],
)
def test_words_that_name_nobody_give_nobody(sentence: str) -> None:
    assert list(find_names(sentence)) == []
