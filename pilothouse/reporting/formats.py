"""How are amounts, dates and shares written in the reader's language?

By CLDR through Babel, with three habits of the house: English writes "€ 12 345.50" (a space, so that nobody
takes a comma for a decimal one), a minus is a real minus, and no amount or date breaks over two lines.
Languages are locales such as "en", "nl-BE" or "fr_BE"; one that Babel does not know is written as English.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from pilothouse.engine.money import Money

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
_ENGLISH_MONEY = "¤\u00a0#,##0.00"


@lru_cache(maxsize=32)
def locale_of(language: str) -> Locale:
    """The locale of a language tag; its language alone, then English, where the tag is unknown.

    All English is one, since CLDR's Belgian English would write 12.345,50.

    >>> str(locale_of("nl-BE")), str(locale_of("en-BE")), str(locale_of("xx"))
    ('nl_BE', 'en', 'en')
    """
    if language[:2] == "en":
        return Locale("en")
    for candidate in (language.replace("-", "_"), language.replace("_", "-").split("-")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def money(value: Money, language: str, *, cents: bool = True) -> str:
    r"""An amount with its currency sign, to the cent or what its currency has instead.

    Without `cents` it is rounded to the whole, halves away from zero.

    >>> money(Money(Decimal("-12345.5")), "en").replace("\u00a0", " ").replace("\u202f", " ")
    '−€ 12 345.50'
    """
    places = get_currency_precision(value.currency) if cents else 0
    amount = _rounded(value.amount, places)
    locale = locale_of(language)
    text: str = format_currency(
        amount,
        value.currency,
        format=_money_pattern(locale, places),
        locale=locale,
        currency_digits=False,
        decimal_quantization=True,
    )
    return _house_style(text, locale)


def number(value: Decimal | int, language: str) -> str:
    """A plain number with all the places it has."""
    locale = locale_of(language)
    return _house_style(format_decimal(value, locale=locale, decimal_quantization=False), locale)


def percent(share: Decimal, language: str) -> str:
    """A share of 0 to 1 in whole percent; below one percent with one place.

    >>> percent(Decimal("0.125"), "en"), percent(Decimal("0.004"), "en")
    ('13%', '0.4%')
    """
    locale = locale_of(language)
    places = 1 if 0 < abs(share) < Decimal("0.01") else 0
    rounded = _rounded(share * 100, places) / 100
    text = format_percent(rounded, locale=locale, decimal_quantization=False)
    return _house_style(text, locale)


def day(value: date, language: str) -> str:
    r"""A date with the month in words.

    >>> day(date(2026, 2, 28), "en").replace("\u00a0", " ")
    '28 Feb 2026'
    """
    locale = locale_of(language)
    said = format_date(value, "d MMM y", locale=locale)
    return _unbroken(said.replace("1 ", "1er ", 1) if locale.language == "fr" and value.day == 1 else said)


def month(value: date, language: str) -> str:
    r"""A month of a year.

    >>> month(date(2026, 2, 1), "en").replace("\u00a0", " ")
    'Feb 2026'
    """
    return _unbroken(format_date(value, "MMM y", locale=locale_of(language)))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # never minus nothing


def _money_pattern(locale: Locale, places: int) -> str:
    pattern = _ENGLISH_MONEY if locale.language == "en" else str(locale.currency_formats["standard"].pattern)
    return pattern.replace(".00", "." + "0" * places if places else "")


def _house_style(text: str, locale: Locale) -> str:
    if locale.language == "en":
        text = text.replace(",", NARROW_SPACE)
    return text.replace("-", MINUS)
