"""The kind of a contract by its first words, and silence where it is not clear."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.kinds import kind_of


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        ("Cloud Service Agreement between A and B", "cloud_service"),
        ("Conditions générales d'utilisation - services cloud, IaaS et PaaS", "cloud_service"),
        ("Contrat d'infogérance et de maintenance informatique", "managed_services"),
        ("Overeenkomst voor ICT-beheer en helpdesk", "managed_services"),
        ("WEB HOSTING AGREEMENT", "hosting"),
        ("Contrat d'hébergement", "hosting"),
        ("Software License Agreement", "licence"),
        ("Licentieovereenkomst", "licence"),
        ("Contrat de téléphonie et d'accès internet", "telecom"),
        ("Leasingovereenkomst printers", "hardware"),
        ("Software Development Agreement with Statement of Work", "project"),
        ("CONSULTING  AGREEMENT", "advice"),
        ("Franchise Agreement", ""),
        ("", ""),
    ],
)
def test_by_its_first_words(beginning: str, kind: str) -> None:
    assert kind_of(beginning) == kind


def test_two_kinds_at_once_are_not_clear() -> None:
    assert kind_of("Software License Agreement and Web Hosting Agreement") == ""


def test_one_word_far_from_the_title_is_not_enough() -> None:
    assert kind_of("x " * 400 + "printer") == ""
    assert kind_of("x " * 400 + "printer " * 5) == "hardware"
