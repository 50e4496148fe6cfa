"""Money, days and shares as people write them, in each language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilothouse.engine.money import Money
from pilothouse.reporting import formats


def spaced(text: str) -> str:
    """Narrow and unbreakable spaces shown as "_", so that a plain space would be seen."""
    return text.replace("\u00a0", "_").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("language", "exact", "whole"),
    [
        ("en", "−€_12_345.50", "−€_12_346"),
        ("en-BE", "−€_12_345.50", "−€_12_346"),
        ("nl-BE", "€_−12.345,50", "€_−12.346"),
        ("fr-BE", "−12_345,50_€", "−12_346_€"),
        ("fr_BE", "−12_345,50_€", "−12_346_€"),
        ("nl", "€_−12.345,50", "€_−12.346"),
        ("fr-XX", "−12_345,50_€", "−12_346_€"),
        ("tlh", "−€_12_345.50", "−€_12_346"),
        ("", "−€_12_345.50", "−€_12_346"),
    ],
)
def test_money_is_written_as_the_reader_is_used_to(language: str, exact: str, whole: str) -> None:
    amount = Money(Decimal("-12345.50"))
    assert spaced(formats.money(amount, language)) == exact
    assert spaced(formats.money(amount, language, cents=False)) == whole


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("0", "EUR", "€_0.00"),
        ("-0.001", "EUR", "€_0.00"),
        ("0.005", "EUR", "€_0.01"),
        ("1234567", "JPY", "¥_1_234_567"),
        ("1E+3", "USD", "$_1_000.00"),
        ("3", "CHF", "CHF_3.00"),
    ],
)
def test_money_of_any_currency_and_size(amount: str, currency: str, text: str) -> None:
    assert spaced(formats.money(Money(Decimal(amount), currency), "en")) == text


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "28_Feb_2026", "Feb_2026"),
        ("nl-BE", "28_feb_2026", "feb_2026"),
        ("fr-BE", "28_févr._2026", "févr._2026"),
    ],
)
def test_dates_have_the_month_in_words(language: str, day: str, month: str) -> None:
    assert spaced(formats.day(date(2026, 2, 28), language)) == day
    assert spaced(formats.month(date(2026, 2, 28), language)) == month


@pytest.mark.parametrize(
    ("share", "en", "fr"),
    [
        ("0.125", "13%", "13_%"),
        ("1", "100%", "100_%"),
        ("0", "0%", "0_%"),
        ("0.004", "0.4%", "0,4_%"),
        ("-0.231", "−23%", "−23_%"),
        ("12.5", "1_250%", "1_250_%"),
    ],
)
def test_shares_are_whole_percents_unless_tiny(share: str, en: str, fr: str) -> None:
    assert spaced(formats.percent(Decimal(share), "en")) == en
    assert spaced(formats.percent(Decimal(share), "fr-BE")) == fr


def test_numbers_keep_all_their_places() -> None:
    assert spaced(formats.number(Decimal("1234.5678"), "en")) == "1_234.5678"
    assert spaced(formats.number(12345, "nl-BE")) == "12.345"
