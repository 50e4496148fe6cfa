"""What an account is for, and what it says of IT."""

from __future__ import annotations

import pytest

from pilothouse.engine.spend.accounts import Accounts, AccountSays
from pilothouse.engine.spend.terms import Account, LedgerKnowledge, Role
from pilothouse.knowledge import spend_knowledge
from tests.engine.spend.spend_papers import KNOWLEDGE

ACCOUNTS = Accounts(KNOWLEDGE.ledgers)


@pytest.mark.parametrize(
    ("chart", "code", "role"),
    [
        ("pcmn", "612300", Role.BUYS),
        ("pcmn", "61", Role.BUYS),
        ("pcmn", "6", Role.OTHER),  # a class is no account
        ("pcmn", "609000", Role.OTHER),  # the longer range wins
        ("pcmn", "440.123", Role.SUPPLIER),
        ("pcmn", "440PROX", Role.SUPPLIER),
        ("pcmn", "700000", Role.OTHER),
        ("skr03", "4920", Role.BUYS),
        ("skr03", "27", Role.BUYS),  # a spreadsheet took the zeros off
        ("skr03", "70015", Role.SUPPLIER),
        ("unheard of", "612300", Role.OTHER),
        ("", "612300", Role.OTHER),
    ],
)
def test_an_account_is_what_it_begins_with(chart: str, code: str, role: Role) -> None:
    assert ACCOUNTS.role(chart, code) is role


def test_ledgers_with_longer_codes_say_so_by_their_shortest() -> None:
    digits = ACCOUNTS.digits_of("skr03", ["49200", "700150", ""])
    assert digits == 5
    assert ACCOUNTS.role("skr03", "49200", digits) is Role.BUYS
    assert ACCOUNTS.role("skr03", "700150", digits) is Role.SUPPLIER
    assert ACCOUNTS.digits_of("skr03", ["420", "70015"]) == 4
    assert ACCOUNTS.digits_of("skr03", []) == 4
    assert ACCOUNTS.digits_of("pcmn", ["612300"]) == ACCOUNTS.digits_of("", ["612300"]) == 0


def says(chart: str, code: str, name: str) -> AccountSays | None:
    return ACCOUNTS.says(Account(chart, code, name))


def test_the_name_that_a_firm_gives_speaks_before_the_code() -> None:
    assert says("pcmn", "610000", "Software en licenties") == AccountSays(
        True, 0.92, "office_suite", "booked on 610000 Software en licenties"
    )
    assert says("pcmn", "610000", "") == AccountSays(False, 0.9, "", "booked on 610000")
    assert says("", "1", "Huur kantoor") == AccountSays(False, 0.95, "", "booked on 1 Huur kantoor")


def test_name_and_code_that_agree_make_each_other_surer() -> None:
    said = says("pcmn", "612300", "Internet")
    assert said == AccountSays(True, 0.88, "internet_access", "booked on 612300 Internet")
    assert says("skr03", "4920", "Software") == AccountSays(
        True, 0.93, "mobile_subscriptions", "booked on 4920 Software"
    )
    assert says("skr03", "4850", "Software") == AccountSays(
        True, 0.92, "office_suite", "booked on 4850 Software"
    )


def test_a_name_that_speaks_on_both_sides_is_left_to_its_code() -> None:
    assert says("pcmn", "611000", "Energie, internet") is None
    assert says("pcmn", "612300", "Energie, internet") == AccountSays(
        True, 0.8, "internet_access", "booked on 612300 Energie, internet"
    )
    assert says("pcmn", "611000", "Allerlei") is None
    assert says("", "", "") is None


def test_a_ledger_of_our_country_is_in_its_chart() -> None:
    assert ACCOUNTS.likeliest_chart("BE", lambda chart: 3) == "pcmn"
    assert ACCOUNTS.likeliest_chart("BE", lambda chart: int(chart == "skr03")) == ""
    assert ACCOUNTS.likeliest_chart("", lambda chart: int(chart == "skr03")) == "skr03"
    assert ACCOUNTS.likeliest_chart("NL", lambda chart: 3) == ""
    assert Accounts(LedgerKnowledge()).likeliest_chart("", lambda chart: 3) == ""


def test_journals_and_names_of_all_suppliers_are_known() -> None:
    assert ACCOUNTS.opens_or_closes_a_year("Opening 2026")
    assert not ACCOUNTS.opens_or_closes_a_year("")
    assert not ACCOUNTS.opens_or_closes_a_year("AC")
    assert ACCOUNTS.is_of_one_supplier("Cloudhuis BV")
    assert not ACCOUNTS.is_of_one_supplier("Leveranciers binnenland")
    assert not ACCOUNTS.is_of_one_supplier("")


@pytest.mark.parametrize(
    ("chart", "code", "is_asset"),
    [
        ("pcmn", "241000", True),
        ("pcmn", "612300", False),
        ("pcmn", "2", False),
        ("pcg", "2183", True),
        ("pcg", "6156", False),
        ("skr03", "420", True),
        ("skr03", "4806", False),
        ("skr04", "0650", True),
        ("bas", "1250", True),
        ("", "241000", False),
    ],
)
def test_what_is_invested_stands_on_an_account_of_assets(chart: str, code: str, is_asset: bool) -> None:
    assert Accounts(spend_knowledge().ledgers).is_asset(Account(chart, code)) is is_asset
