"""How are money, dates, shares and states said on a page?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from pilothouse.engine.money import Money
from pilothouse.engine.spend.terms import Counting
from pilothouse.records.models import SpendLine
from pilothouse.reporting.diagnosis import Column, Row, Table
from pilothouse.web.templatetags import pilothouse as words

TODAY = date(2026, 1, 10)


def spaced(text: str) -> str:
    """With ordinary spaces, to compare."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-gb", "€ 12 345.50"), ("fr", "12 345,50 €"), ("nl", "€ 12.345,50")],
)
def test_money_is_said_in_the_readers_language(language: str, said: str) -> None:
    with translation.override(language):
        assert spaced(words.money(Money(Decimal("12345.5")))) == said


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        (Decimal("2.005"), "EUR", "€ 2.01"),
        (Decimal(-3), "USD", "−$ 3.00"),
        (Money(Decimal(7), "USD"), "EUR", "$ 7.00"),
        ("1234.50", "EUR", "€ 1 234.50"),
        (None, "EUR", ""),
    ],
)
def test_money_is_exact_to_the_cent(value: Money | Decimal | str | None, currency: str, said: str) -> None:
    assert spaced(words.money(value, currency)) == said


def test_whole_money_rounds_halves_away_from_zero() -> None:
    assert spaced(words.whole_money(Money(Decimal("1999.50")))) == "€ 2 000"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 2, 28), "Sat 28 Feb 2026 (in 49 days)"),
        (date(2026, 1, 11), "Sun 11 Jan 2026 (in 1 day)"),
        (date(2026, 1, 10), "Sat 10 Jan 2026 (today)"),
        (date(2026, 1, 9), "Fri 9 Jan 2026 (1 day ago)"),
    ],
)
def test_a_date_says_how_far_it_is(day: date, said: str) -> None:
    assert spaced(words.when(day, TODAY)) == said


def test_a_moment_is_said_in_the_time_of_the_place() -> None:
    assert words.moment(datetime(2026, 2, 28, 13, 5, tzinfo=UTC)) == "Sat 28 Feb 2026, 14:05"
    assert words.moment(None) == ""


def test_the_day_of_a_moment_is_the_day_of_the_place() -> None:
    assert spaced(words.day(datetime(2026, 2, 28, 23, 30, tzinfo=UTC))) == "1 Mar 2026"


@pytest.mark.parametrize(
    ("stored", "said"),
    [("2026-02-28", "28 Feb 2026"), ("2026-02", "Feb 2026"), ("2026-02-31", "2026-02-31"), ("yes", "yes")],
)
def test_a_condition_is_said_plainly(stored: str, said: str) -> None:
    assert spaced(words.plainly(stored)) == said


@pytest.mark.parametrize(
    ("size", "said"), [(812, "812 B"), (4_200_000, "4.2 MB"), (36_400, "36 kB"), (0, "0 B")]
)
def test_the_size_of_a_file_is_short(size: int, said: str) -> None:
    assert words.filesize(size) == said


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(25, 100, "0.25"), (-5, 100, "0"), (5, 0, "0"), (500, 100, "1")]
)
def test_a_share_lies_between_nothing_and_all(part: int, whole: int, share: str) -> None:
    assert words.share_of(Money(Decimal(part)), Money(Decimal(whole))) == Decimal(share)


def test_a_bar_is_as_long_as_its_share_and_silent() -> None:
    bar = words.share_bar(Decimal(1), Decimal(4))
    assert '<rect width="25.0"' in bar
    assert 'aria-hidden="true"' in bar


def test_the_largest_of_nothing_is_nothing() -> None:
    assert words.largest([]) is None
    assert words.largest([("a", Money(Decimal(1))), ("b", Money(Decimal(3)))]) == Money(Decimal(3))


@pytest.mark.parametrize("name", list(words.STATES))
def test_a_state_has_a_word_beside_its_colour(name: str) -> None:
    assert str(words.STATES[name][1]) in words.state(name)
    assert "another word" in words.state(name, "another word")


def test_a_vendor_cannot_write_into_the_page() -> None:
    assert "<b>" not in words.state("good", "<b>")
    assert "<b>" not in words.figure("<b>", '"><b>')


def test_a_purpose_nobody_knows_is_shown_as_it_is() -> None:
    assert words.purpose_name("no_such_purpose") == "no_such_purpose"
    assert words.purpose_name("") == ""


@pytest.mark.parametrize(
    ("line", "css", "said"),
    [
        (SpendLine(counting="counts", it="yes"), "state proposed", "IT"),
        (SpendLine(counting="counts", it="yes", confirmed=True), "state confirmed", "IT"),
        (SpendLine(counting="counts", it="no", confirmed=True), "state confirmed", "not IT"),
        (SpendLine(counting="counts", it="no"), "quiet", "not IT"),
        (SpendLine(counting="counts", it="asked"), "state look", "not sure"),
    ],
)
def test_what_the_machine_proposes_looks_different_from_what_a_person_said(
    line: SpendLine, css: str, said: str
) -> None:
    shown = words.is_it(line)
    assert f'class="{css}"' in shown
    assert shown.endswith(f"{said}</span>")


def test_of_a_line_that_does_not_count_only_the_reason_is_said() -> None:
    line = SpendLine(counting="own_sale", it="no")
    assert words.is_it(line) == ""
    assert words.counted(line) == "not counted: our own sale"


def test_every_reason_to_count_or_not_has_its_words() -> None:
    assert set(words.COUNTING) == set(Counting)


# --- tables and forms -------------------------------------------------------------------------------------------


def test_each_amount_of_a_row_opens_its_own_proof() -> None:
    table = Table(
        "IT by vendor",
        (
            Column("Vendor"),
            Column("This year", "money"),
            Column("Before", "money"),
            Column("Lines", "number"),
        ),
        (
            Row(
                ("Acme", Money(Decimal(10)), Money(Decimal(8)), 3),
                ("vendor=acme&it=yes", "vendor=acme&it=no"),
            ),
            Row(("New", Money(Decimal(4)), None, 2), ("vendor=new",)),
            Row(("2 more", None, None, 2)),
        ),
    )
    page = Template('{% answer_table table "/proof/" %}').render(Context({"table": table}))
    assert page.count("data-proof") == 3
    assert 'href="/proof/?vendor=acme&amp;it=yes"' in page
    assert 'href="/proof/?vendor=acme&amp;it=no"' in page
    assert 'data-label="This year"' in page


class Asked(forms.Form):
    name = forms.CharField(help_text="As on your letters. Example: Duinzicht.")
    agreed = forms.BooleanField(label="I agree")
    kind = forms.ChoiceField(choices=[("a", "One"), ("b", "Other")], widget=forms.RadioSelect, required=False)


def drawn(form: forms.Form) -> str:
    return Template('{% include "components/form.html" %}').render(Context({"form": form}))


def test_a_field_is_tied_to_its_help() -> None:
    page = drawn(Asked())
    assert 'aria-describedby="id_name_helptext"' in page
    assert 'id="id_name_helptext"' in page
    assert "form-errors" not in page


def test_what_is_wrong_is_said_in_place_and_summed_up_on_top() -> None:
    page = drawn(Asked({"name": "", "agreed": "on"}))
    summary, below = page.split("</ul>", 1)
    assert "One answer needs another look" in summary
    assert 'href="#id_name"' in summary
    assert 'id="id_name_error"' in below
    assert 'aria-invalid="true"' in below
    assert 'aria-describedby="id_name_helptext id_name_error"' in below


def test_a_choice_laid_open_is_one_group() -> None:
    page = drawn(Asked())
    assert "<legend>Kind</legend>" in page
    assert page.count('type="radio"') == 2
