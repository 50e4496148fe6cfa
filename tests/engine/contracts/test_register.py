"""Rows of lists of contracts: what is odd in them, what follows for their dates, and whether they fit what is paid."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilothouse.engine.contracts.decisions import next_decision
from pilothouse.engine.contracts.register import (
    Agreed,
    Entry,
    PaidTo,
    compare_with_spend,
    concentration,
    ends_of_extensions,
    entry_of,
    find_odd,
    find_twice,
    terms_of_entry,
    yearly,
)
from pilothouse.engine.contracts.terms import DeliveryDays, Renews
from pilothouse.engine.dates import Duration
from pilothouse.engine.money import Money
from pilothouse.intake.listings import read_listing
from pilothouse.intake.tables.sheets import read_sheets

TODAY = date(2026, 11, 23)
FILE = Path(__file__).parents[2] / "cases" / "contract_register" / "rows.yaml"
CASES = {case["case"]: case for case in yaml.safe_load(FILE.read_text("utf-8"))["cases"]}


def rules(entries: list[Entry], today: date = TODAY) -> list[str]:
    found = find_odd(entries, "list.csv", today=today)
    return sorted(one.rule.partition("@")[0].removeprefix("contracts.register.") for one in found)


@pytest.mark.parametrize("name", CASES)
def test_a_row_is_odd_as_the_case_says(name: str) -> None:
    case: dict[str, Any] = CASES[name]
    assert rules([entry_of(case["row"], 2)], case["today"]) == sorted(case["expect"])


def test_there_are_thirty_cases() -> None:
    assert len(CASES) >= 30


def test_one_contract_listed_twice_is_told_of_its_second_row() -> None:
    rows = [
        {"title": "Hosting", "supplier": "Alfa", "start": "2026-01-01", "end": "2026-12-31"},
        {"title": "HOSTING", "supplier": "alfa", "start": "2026-06-01", "end": "2027-05-31"},
        {"title": "Hosting", "supplier": "Alfa", "start": "2027-06-01", "end": "2028-05-31"},
        {"title": "Hosting", "supplier": "Beta", "start": "2026-01-01", "end": "2026-12-31"},
        {"title": "Hosting", "supplier": "Alfa", "start": "2026-01-01"},
    ]
    found = find_odd([entry_of(row, at) for at, row in enumerate(rows, 2)], "list.csv", today=TODAY)
    (twice,) = [one for one in found if "overlap" in one.rule]
    assert dict(twice.title.values)["row"] == "3"
    assert dict(twice.title.values)["other"] == "2"


def test_an_option_to_extend_is_no_renewal() -> None:
    row = {"start": "2026-01-01", "end": "2026-12-31", "extension_months": "12", "extensions": "1"}
    terms = terms_of_entry(entry_of(row, 2))
    assert terms is not None
    found = next_decision(terms, DeliveryDays(1, 2), today=TODAY)
    assert found.if_nobody_acts is not None
    assert found.if_nobody_acts.ends == date(2026, 12, 31)
    assert ends_of_extensions(entry_of(row, 2)) == [date(2027, 12, 31)]


def test_a_renewal_and_its_notice_are_counted() -> None:
    row = {
        "start": "2024-01-01", "months": "12", "renewal_months": "12", "notice_months": "3", "annual": "1200",
    }  # fmt: skip
    entry = entry_of(row, 2)
    terms = terms_of_entry(entry, "BE")
    assert terms is not None
    assert terms.renewal is not None
    assert terms.renewal.mode is Renews.TACIT
    assert entry.notice == Duration(3)
    assert next_decision(terms, DeliveryDays(1, 2), today=TODAY).last_day == date(2026, 9, 30)


def test_without_start_or_end_nothing_is_counted() -> None:
    assert terms_of_entry(Entry(2, end=TODAY)) is None
    assert terms_of_entry(Entry(2, start=TODAY)) is None
    assert ends_of_extensions(Entry(2)) == []
    late = Entry(2, end=date(9999, 1, 1), extension_months=12, extensions=3)
    assert ends_of_extensions(late) == []


def test_what_it_costs_a_year_is_the_yearly_value_or_a_share_of_the_whole() -> None:
    def cost(**row: str) -> str | None:
        found = yearly(entry_of({"start": "2024-01-01", "end": "2027-12-31", **row}, 2, "GBP"))
        return None if found is None else f"{found.amount} {found.currency}"

    assert cost(annual="28000", total="28000") == "6999.86 GBP"
    assert cost(annual="28000", total="112000") == "28000 GBP"
    assert cost(total="48000", currency="eur") == "11999.75 EUR"
    assert cost(total="600", end="2024-06-30") == "600.00 GBP"
    assert cost() is None
    assert yearly(Entry(2, total=Decimal(100))) is None


def euro(amount: int) -> Money:
    return Money(Decimal(amount), "EUR")


def test_contracts_and_what_is_paid_are_held_against_each_other() -> None:
    agreed = [
        Agreed("1", "Support", "A", "Alfa", euro(1000), runs=True),
        Agreed("2", "More support", "A", "Alfa", euro(500), runs=True),
        Agreed("3", "Idle", "B", "Beta", euro(700), runs=True),
        Agreed("4", "Over", "C", "Gamma", euro(700), runs=False),
        Agreed("5", "No price", "D", "Delta", None, runs=True),
        Agreed("6", "In order", "F", "Phi", euro(2000), runs=True),
    ]
    paid = [
        PaidTo("A", "Alfa", euro(2000), is_it=True),
        PaidTo("C", "Gamma", euro(5000), is_it=True),
        PaidTo("D", "Delta", euro(900), is_it=True),
        PaidTo("E", "Epsilon", euro(9000), is_it=False),
        PaidTo("F", "Phi", euro(2100), is_it=True),
        PaidTo("G", "Small", euro(10), is_it=True),
    ]
    found = compare_with_spend(agreed, paid, least=Decimal(1000))
    told = [
        (one.rule.partition("@")[0].rpartition(".")[2], one.worth_a_year and int(one.worth_a_year.amount))
        for one in found
    ]
    assert told == [
        ("spend_without_contract", 5000),
        ("contract_without_spend", 700),
        ("paid_above_agreed", 500),
    ]


def test_how_much_goes_to_whom_adds_up_to_all() -> None:
    agreed = [
        Agreed("1", "a", "A", "Alfa", euro(600), runs=True),
        Agreed("2", "b", "A", "Alfa", euro(200), runs=True),
        Agreed("3", "c", "", "Beta", euro(200), runs=True),
        Agreed("4", "d", "C", "Gamma", Money(Decimal(9), "USD"), runs=True),
        Agreed("5", "e", "D", "Delta", None, runs=True),
    ]
    shares = concentration(agreed, "EUR")
    assert [(one.vendor_name, str(one.share)) for one in shares] == [("Alfa", "0.8"), ("Beta", "0.2")]
    assert concentration([], "EUR") == []


def test_the_traps_of_a_real_list_are_found(shared_data: Path) -> None:
    sheets, _ = read_sheets((shared_data / "contract-register-salford.csv").read_bytes())
    reading = read_listing(sheets)
    assert reading is not None
    (listing,) = reading[0]
    assert listing.kind == "listing"
    entries = [entry_of(fields, row, "GBP") for row, fields in enumerate(listing.entries, 2)]
    assert len(entries) == 360
    assert not any("\x80" in entry.title for entry in entries), "dashes and quotes are whole again"
    found = Counter(rules(entries, date(2022, 6, 1)))
    assert {
        rule: found[rule] for rule in ("expired", "expired_extendable", "annual_is_total", "end_before_start")
    } == {
        "expired": 66,
        "expired_extendable": 14,
        "annual_is_total": 63,
        "end_before_start": 2,
    }
    assert sum(terms_of_entry(entry) is not None for entry in entries) == 355


def test_two_contracts_at_once_for_the_same_thing_are_told_once_each() -> None:
    support = Agreed("1", "Support", "A", "Alfa", euro(1000), runs=True, kind="managed_services")
    agreed = [
        support,
        replace(support, contract="2", name="Beheer", yearly=euro(900)),
        replace(support, contract="3", name="Support", kind="", vendor_name="Alfa NV"),
        replace(support, contract="4", name="Licences", kind="licences"),
        replace(support, contract="5", runs=False),
        replace(support, contract="6", vendor_key="B"),
        replace(support, contract="7", vendor_key="", vendor_name=""),
        replace(support, contract="8", name="Old", kind="", number="K-1", is_listed=True),
        replace(support, contract="9", name="Older", kind="", number="k-1", is_listed=True),
        replace(support, contract="10", name="Oldest", kind="", number="K-1"),
    ]
    found = find_twice(agreed)
    assert [(dict(one.title.values)["name"], dict(one.title.values)["other"]) for one in found] == [
        ("Beheer", "Support"),
        ("Support", "Support"),
        ("Oldest", "Old"),
    ]
    assert found[0].worth_a_year == euro(900)
    assert find_twice([]) == []
