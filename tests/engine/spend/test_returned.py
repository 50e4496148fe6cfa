"""Which direct debits came back; more stands in the cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pilothouse.engine.spend.returned import find_returned, is_return
from tests.engine.spend.spend_papers import CLOUD, LUNCH, a_movement


def back(key: str = "back", day: date = date(2026, 2, 6), **said: object) -> object:
    return a_movement(key, -121, date=day, **{"text": "Rücklastschrift", **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "words", "returned"),
    [
        ("PMNT-RDDT-UPDD", "", True),
        ("pmnt-rddt-prdd", "", True),
        ("PMNT-RDDT-ESDD", "", False),
        ("00505000", "", True),
        ("00501000", "", False),
        ("NRTI", "", True),
        ("NTRF", "", False),
        ("", "Prélèvement impayé 2026-1", True),
        ("", "STORNO SEPA INCASSO", True),
        ("", "Returned direct debit", True),
        ("", "terugbetaling", False),
        ("", "creditnota 2026-1", False),
    ],
)
def test_the_bank_says_so_by_its_code_or_its_words(code: str, words: str, *, returned: bool) -> None:
    assert is_return(a_movement(out=-121, text=words, code=code)) is returned


def test_a_return_and_the_latest_debit_of_its_amount_are_paired() -> None:
    debits = [a_movement(f"m{n}", date=date(2026, n, 3)) for n in (1, 2, 3)]
    pair = find_returned([*debits, back()])  # type: ignore[list-item]
    assert {key: why.says for key, why in pair.items()} == {
        "m2": "the bank returned it on 2026-02-06",
        "back": "the payment of 2026-02-03 came back",
    }


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("AM04", ": there was not enough money on the account (AM04)"),
        ("ac04", ": the account is closed (AC04)"),
        ("XY99", ": XY99"),
        ("", ""),
    ],
)
def test_why_it_came_back_is_said(reason: str, words: str) -> None:
    code = "PMNT-ICDT-RRTN"
    pair = find_returned([a_movement("m1"), back(text="", code=code, return_reason=reason)])  # type: ignore[list-item]
    assert pair["m1"].says == f"the bank returned it on 2026-02-06{words}"
    assert pair["back"].says == f"the payment of 2026-02-03 came back{words}"


def test_a_reason_alone_tells_a_return() -> None:
    assert is_return(a_movement(out=-121, return_reason="MD06"))
    assert not is_return(a_movement(out=-121))


def test_each_debit_comes_back_once() -> None:
    debits = [a_movement("m1", date=date(2026, 1, 3)), a_movement("m2", date=date(2026, 2, 3))]
    three = [back("b1"), back("b2"), back("b3")]
    assert set(find_returned([*debits, *three])) == {"m1", "m2", "b1", "b2"}  # type: ignore[list-item]


def test_nothing_is_paired_with_another_amount_party_account_or_time() -> None:
    others = [
        a_movement("amount", 120),
        a_movement("party", to=LUNCH),
        a_movement("account", account="BE30001234567811"),
        a_movement("old", date=date(2024, 12, 3)),
        a_movement("later", date=date(2026, 2, 7)),
    ]
    assert find_returned([*others, back()]) == {}  # type: ignore[list-item]


def test_without_an_account_the_name_tells_who() -> None:
    nameless = replace(CLOUD, ibans=())
    debit = a_movement("m1", to=replace(nameless, name="CLOUDHUIS"))
    assert set(find_returned([debit, back(to=nameless)])) == {"m1", "back"}  # type: ignore[list-item]
