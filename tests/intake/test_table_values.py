"""Amounts and dates of a column are decided by all its cells together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.tables.values import (
    AmountStyle,
    DateStyle,
    Order,
    currency_of,
    find_amount_style,
    find_date_style,
)

POINT, COMMA = AmountStyle("."), AmountStyle(",")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234\u00a0567,89 €", "1234567.89"),
        ("1'234.50", "1234.50"),
        ("1’234.50", "1234.50"),
        ("12,34,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        (".5", "0.5"),
        ("5.", "5"),
        ("(1,234.50)", "-1234.50"),
        ("(£5)", "-5"),
        ("£(5.00)", "-5.00"),
        ("12.00-", "-12.00"),
        ("−5", "-5"),
        ("+5", "5"),
        ("-£500.00", "-500.00"),
        ("£-500", "-500"),
        ("£ 1,234.00 ", "1234.00"),
        ("\ufffd500.00", "500.00"),
        ("Â£500.00", "500.00"),
        ("12,00 EUR", "12.00"),
        ("CHF 12.00", "12.00"),
        ("500.00CR", "-500.00"),
        ("500.00 DR", "500.00"),
        ("5,00 D", "5.00"),
        ("5,00 H", "-5.00"),
        ("-", "0"),
        ("£ -   ", "0"),
    ],
)
def test_an_amount_that_leaves_no_doubt_is_read_in_any_column(text: str, amount: str) -> None:
    assert POINT.read(text) == COMMA.read(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "12.03.2024",
        "1,2,3",
        "£12k",
        "1.5E+3",
        "12-03",
        "1.2.3,4.5",
        "9" * 19,
        "9" * 50,
        "1.,5",
        "--",
    ],
)
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    assert POINT.read(text) is COMMA.read(text) is None


def test_the_column_decides_where_a_cell_does_not_tell() -> None:
    assert (POINT.read("1.234"), POINT.read("1,234")) == (Decimal("1.234"), Decimal(1234))
    assert (COMMA.read("1.234"), COMMA.read("1,234")) == (Decimal(1234), Decimal("1.234"))


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["1.234", "2.345,00"], AmountStyle(",")),
        (["1,234", "2.50"], AmountStyle(".")),
        (["1,5", "2,5", "2.5"], AmountStyle(",")),
        (["1.234", "5"], AmountStyle(",", sure=False)),
        (["1,234", "5"], AmountStyle(".", sure=False)),
        (["5", "6", "x"], AmountStyle(".")),
        ([], AmountStyle(".")),
    ],
)
def test_the_decimal_sign_is_that_of_the_cells_that_show_it(texts: list[str], style: AmountStyle) -> None:
    assert find_amount_style(texts) == style


def test_a_currency_is_a_sign_or_a_code() -> None:
    assert [currency_of(text) for text in ("£5", "5 €", "USD 5", "¥5", "5", "THE NET SUM", "")] == [
        "GBP",
        "EUR",
        "USD",
        "JPY",
        None,
        None,
        None,
    ]


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([POINT, COMMA]))
def test_an_amount_written_with_separators_comes_back(amount: Decimal, style: AmountStyle) -> None:
    english = f"{amount:,.2f}"
    other = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert style.read(english) == style.read(other) == style.read(f"€ {other}") == amount


# --- dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-03", date(2026, 4, 3)),
        ("2026/4/3", date(2026, 4, 3)),
        ("2026-04-03T10:00:00Z", date(2026, 4, 3)),
        ("2026-04-03 00:00:00.000", date(2026, 4, 3)),
        ("20260403", date(2026, 4, 3)),
        ("20260403T1000", date(2026, 4, 3)),
        ("3-Apr-26", date(2026, 4, 3)),
        ("03-APR-2026", date(2026, 4, 3)),
        ("3 avril 2026", date(2026, 4, 3)),
        ("1er mars 2026", date(2026, 3, 1)),
        ("3. März 2026", date(2026, 3, 3)),
        ("3 maart 2026", date(2026, 3, 3)),
        ("3rd of April 2026", date(2026, 4, 3)),
        ("Apr 3, 2026", date(2026, 4, 3)),
        ("April 3rd 2026", date(2026, 4, 3)),
        ("Fri, 3 Apr 2026", date(2026, 4, 3)),
        ("vr 03/04/2026 10:00", None),
        ("2026-Apr-03", date(2026, 4, 3)),
        ("12 août 2026", date(2026, 8, 12)),
        ("46115", date(2026, 4, 3)),
        ("46115.5", date(2026, 4, 3)),
        ("13/12/2026", date(2026, 12, 13)),
        ("12/13/2026", date(2026, 12, 13)),
        ("03.04.2026", date(2026, 4, 3)),
    ],
)
def test_a_day_that_leaves_no_doubt_is_read_in_any_column(text: str, day: date | None) -> None:
    orders: tuple[Order, ...] = ("dmy", "mdy", "ymd")
    read = {DateStyle(order).read(text) for order in orders}
    assert read == ({day} if day else {date(2026, 4, 3), date(2026, 3, 4)})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "99/99/9999",
        "00000000",
        "1234567",
        "13:04",
        "31/02/2026",
        "01/01/1890",
        "12345",
        "99999",
        "3 Foo 2026",
        "Foo 3 2026",
        "1/2/345",
        "123/4/26",
        "Apr-26",
        "2026-04",
        "1" * 50,
    ],
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert DateStyle().read(text) is None


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", "dmy", date(2026, 4, 3)),
        ("03/04/2026", "mdy", date(2026, 3, 4)),
        ("03/04/2026", "ymd", date(2026, 4, 3)),
        ("03-04-26", "dmy", date(2026, 4, 3)),
        ("03-04-26", "ymd", date(2003, 4, 26)),
        ("01-02-99", "dmy", date(1999, 2, 1)),
        ("03042026", "dmy", date(2026, 4, 3)),
        ("03042026", "mdy", date(2026, 3, 4)),
        ("20132026", "dmy", None),
        ("260403", "ymd", date(2026, 4, 3)),
        ("030426", "dmy", date(2026, 4, 3)),
        ("12.03.26", "mdy", date(2026, 3, 12)),
    ],
)
def test_the_order_of_the_column_decides_the_others(text: str, order: Order, day: date | None) -> None:
    assert DateStyle(order).read(text) == day


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["03/04/2026", "25/04/2026"], DateStyle("dmy")),
        (["03/04/2026", "04/25/2026"], DateStyle("mdy")),
        (["03/04/2026", "05/04/2026"], DateStyle("dmy", sure=False)),
        (["05/01/2026", "05/02/2026", "05/03/2026"], DateStyle("dmy", sure=False)),
        (["15-01-14", "16-01-14"], DateStyle("dmy", sure=False)),
        (["14-01-15", "14-01-16"], DateStyle("ymd", sure=False)),
        (["2026-04-03", "2026-04-05"], DateStyle("dmy")),
        (["03.04.2026", "05.04.2026"], DateStyle("dmy")),
        (["2026-04-03", "x", "y"], None),
        (["Apr-26", "May-26"], DateStyle(months=True)),
        (["2026-04", "04/2026"], DateStyle(months=True)),
        (["x", "Foo 26"], None),
        ([], None),
        (["", ""], None),
    ],
)
def test_the_order_is_that_of_the_cells_that_show_it(texts: list[str], style: DateStyle | None) -> None:
    assert find_date_style(texts) == style


def test_months_are_their_first_day() -> None:
    months = DateStyle(months=True)
    found = [
        months.read(text)
        for text in ("Apr-26", "mars 2026", "2026-04", "04/2026", "Foo 2026", "13/2026", "x")
    ]
    assert found == [date(2026, 4, 1), date(2026, 3, 1), date(2026, 4, 1), date(2026, 4, 1), None, None, None]


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_day_written_in_any_way_comes_back(day: date) -> None:
    assert DateStyle("dmy").read(day.strftime("%d/%m/%Y")) == day
    assert DateStyle("mdy").read(day.strftime("%m/%d/%Y")) == day
    assert DateStyle("dmy").read(day.strftime("%d-%b-%y")) == day
    assert DateStyle("ymd").read(day.strftime("%y%m%d")) == day
    assert DateStyle("mdy").read(day.isoformat()) == day


@given(st.text(max_size=50) | st.text(alphabet="0123456789.,-/ €()'abc", max_size=30))
def test_any_text_is_a_value_or_none(text: str) -> None:
    for style in (POINT, COMMA):
        amount = style.read(text)
        assert amount is None or amount.is_finite()
    for order in ("dmy", "mdy", "ymd"):
        assert isinstance(DateStyle(order, months=True).read(text), date | None)
    find_amount_style([text])
    find_date_style([text])
