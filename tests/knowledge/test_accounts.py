"""The charts of accounts: what is shipped holds together, and what is wrong in the file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilothouse.engine.spend.accounts import Accounts
from pilothouse.engine.spend.terms import Account, LedgerKnowledge, Role
from pilothouse.knowledge import spend_knowledge
from pilothouse.knowledge.charts import read_accounts
from pilothouse.knowledge.entries import KnowledgeError

GOOD = """
charts:
  - key: pcmn
    name: Belgian chart
    country: BE
    fixed: 0
    source: {title: The law, url: "https://example.org", year: 2018}
    quality: A
    checked_on: 2026-01-31
    accounts:
      - {role: buys, codes: ["60-61"]}
      - {role: buys, codes: ["60-61", "612"], is_it: true, weight: 0.8, purpose: lines}
words:
  - {is_it: true, weight: 0.9, purpose: lines, words: [internet]}
year_journals: [opening]
collective_names: [suppliers]
"""


def read(folder: Path, text: str) -> LedgerKnowledge:
    file = folder / "accounts.yaml"
    file.write_text(text, encoding="utf-8")
    return read_accounts(file, {"lines"})


@pytest.fixture(scope="module")
def accounts() -> Accounts:
    return Accounts(spend_knowledge().ledgers)


def test_every_chart_of_the_ledgers_we_read_is_there(accounts: Accounts) -> None:
    assert set(accounts.charts) == {"pcmn", "pcg", "skr03", "skr04", "bas"}
    for chart in accounts.charts.values():
        roles = {account.role for account in chart.accounts}
        assert roles >= {Role.BUYS, Role.VAT, Role.SUPPLIER, Role.BANK, Role.WAGES, Role.CAPITAL}, chart.key


@pytest.mark.parametrize(
    ("chart", "roles"),
    [
        ("pcmn", {"612300": "buys", "240000": "buys", "620200": "wages", "630200": "other", "640000": "other",
                  "643000": "buys", "411000": "vat", "451000": "vat", "440000": "supplier", "444000": "other",
                  "550000": "bank", "140000": "capital", "700000": "other", "650000": "other", "609000": "other"}),
        ("pcg", {"606400": "buys", "603700": "other", "626000": "buys", "651100": "buys", "641100": "wages",
                 "218300": "buys", "281830": "other", "681100": "other", "661100": "other", "445660": "vat",
                 "401000": "supplier", "404000": "supplier", "408100": "other", "512000": "bank", "455000": "owner",
                 "120000": "capital", "108000": "owner", "486000": "other", "635000": "other"}),
        ("skr03", {"4920": "buys", "3400": "buys", "0420": "buys", "4120": "wages", "4830": "other", "4320": "other",
                   "1576": "vat", "1600": "supplier", "70015": "supplier", "10001": "other", "1200": "bank",
                   "9000": "capital", "8400": "other", "2100": "other", "1800": "owner", "0980": "other"}),
        ("skr04", {"6805": "buys", "5400": "buys", "0650": "buys", "6020": "wages", "6220": "other", "1406": "vat",
                   "3300": "supplier", "70015": "supplier", "1800": "bank", "9000": "capital", "4400": "other",
                   "7310": "other", "2100": "owner", "1900": "other"}),
        ("bas", {"5420": "buys", "4010": "buys", "1250": "buys", "7010": "wages", "7832": "other", "2641": "vat",
                 "2440": "supplier", "1930": "bank", "2091": "capital", "3001": "other", "8410": "other",
                 "2893": "owner", "4960": "other", "6350": "other", "1790": "other"}),
    ],
)  # fmt: skip
def test_accounts_that_every_bookkeeper_knows(accounts: Accounts, chart: str, roles: dict[str, str]) -> None:
    assert {code: accounts.role(chart, code).value for code in roles} == roles


@pytest.mark.parametrize(
    ("account", "is_it", "purpose"),
    [
        (Account("pcmn", "612300", "Telefoon en internet"), True, "internet_access"),
        (Account("pcmn", "211000", "Software"), True, "it_unspecified"),
        (Account("pcmn", "610000", "Huur gebouwen"), False, ""),
        (Account("pcmn", "613400", "Verzekeringen"), False, ""),
        (Account("pcmn", "612100", "Carburant"), False, ""),
        (Account("pcg", "626000", "Frais postaux et de télécommunications"), True, "fixed_telephony"),
        (Account("pcg", "218300", "Matériel de bureau et informatique"), True, "computers"),
        (Account("pcg", "616000", "Primes d'assurance"), False, ""),
        (Account("skr03", "4806", "Wartungskosten Hard- und Software"), True, "it_interventions"),
        (Account("skr03", "49200", ""), True, "fixed_telephony"),
        (Account("skr04", "6810", ""), True, "internet_access"),
        (Account("bas", "5420", "Programvaror"), True, "it_unspecified"),
        (Account("bas", "6212", ""), True, "mobile_subscriptions"),
        (Account("", "4300", "IT costs"), True, "it_unspecified"),
    ],
)
def test_accounts_that_speak(accounts: Accounts, account: Account, is_it: bool, purpose: str) -> None:
    said = accounts.says(account)
    assert said is not None
    assert (said.is_it, said.purpose) == (is_it, purpose)


@pytest.mark.parametrize(
    "account",
    [
        Account("pcmn", "611000", "Onderhoud en herstelling"),
        Account("pcg", "628000", ""),
        Account("bas", "5410", ""),
    ],
)
def test_accounts_that_say_nothing(accounts: Accounts, account: Account) -> None:
    assert accounts.says(account) is None


def test_a_good_file_is_read(tmp_path: Path) -> None:
    knowledge = read(tmp_path, GOOD)
    assert [(a.first, a.last, a.is_it) for a in knowledge.charts[0].accounts] == [
        ("60", "61", True),
        ("612", "612", True),
        ("60", "61", None),
    ]
    assert knowledge.year_journals == ("opening",)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('role: buys, codes: ["60-61"]}', 'role: sells, codes: ["60-61"]}', "“role” is “sells”"),
        ('["60-61"]}', '["61-60"]}', "“61-60” is no range of codes"),
        ('["60-61"]}', '["60-611"]}', "“60-611” is no range of codes"),
        ('["60-61"]}', '["6x"]}', "“6x” is no range of codes"),
        ("fixed: 0", "fixed: 4", "“60-61” is no range of codes"),
        ('["60-61"]}', '["60-61", "60-61"]}', "the range “60-61 True” stands already"),
        ('{role: buys, codes: ["60-61"]}', '{role: vat, codes: ["60-61"]}', "60-61 has two roles"),
        ("weight: 0.8", "weight: 0.4", "must lie between 0.5 and 1"),
        ("is_it: true, weight: 0.8", "is_it: false, weight: 0.8", "“lines” is not in purposes.yaml"),
        ("purpose: lines}", "purpose: lyons}", "“lyons” is not in purposes.yaml"),
        ("checked_on: 2026-01-31", "", "“checked_on” is missing"),
        ("quality: A", "quality: Z", "“quality” is “Z”"),
        ("https://example.org", "example.org", "must begin with https://"),
        ("country: BE", "country: Belgium", "two capital letters"),
        ("year_journals: [opening]", "years: [opening]", "unknown field “years”"),
        ("[internet]", "[internet, Internet]", "the word “internet” stands already"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert was in GOOD
    with pytest.raises(KnowledgeError) as error:
        read(tmp_path, GOOD.replace(was, becomes, 1))
    assert says in str(error.value)
    assert str(error.value).startswith("accounts.yaml")


def test_a_chart_stands_once(tmp_path: Path) -> None:
    chart = GOOD[GOOD.index("  - key") : GOOD.index("words:")]
    with pytest.raises(KnowledgeError, match="the chart “pcmn” stands already"):
        read(tmp_path, GOOD.replace(chart, chart + chart))
