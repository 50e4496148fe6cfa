"""One ordinary diagnosis, and the means to make others of it and to read a PDF again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
import typst

from pilothouse.engine.money import Money, total
from pilothouse.reporting.charts import ChartWords, MonthSum, NamedSum, bars_over_months, sorted_bars
from pilothouse.reporting.diagnosis import (
    Chapter,
    Chart,
    Column,
    Diagnosis,
    FigureRow,
    FindingRow,
    Marker,
    Proof,
    ProofLine,
    Row,
    SourceRow,
    Summary,
    Table,
)
from tests.papers import pages_of

WORDS = ChartWords("€, net of VAT")


def euro(amount: str) -> Money:
    return Money(Decimal(amount))


def _proof(proof_id: str, count: int) -> Proof:
    lines = tuple(
        ProofLine(
            1 + n % 2, f"line {10 + n}", date(2025, 9, 1 + n % 30), "Proximus", "Internet", euro(f"{n}.25")
        )
        for n in range(1, count + 1)
    )
    return Proof(proof_id, f"Lines of {proof_id}", lines, total(line.amount for line in lines), count)


@pytest.fixture(scope="session", autouse=True)
def only_our_fonts() -> Iterator[None]:
    """Whatever the machine has installed, the paper looks the same here."""
    ours = typst.Fonts(include_system_fonts=False, font_paths=[str(files("font_source_sans_pro") / "files")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pilothouse.reporting.typeface.fonts", lambda: ours)
        patch.setattr("pilothouse.reporting.binding.fonts", lambda: ours)
        yield


@pytest.fixture
def ordinary() -> Diagnosis:
    proofs = {one.id: one for one in (_proof("unsure", 3), _proof("licences", 12), _proof("all", 55))}
    purposes = Table(
        "By purpose",
        (
            Column("Purpose"),
            Column("This year", "money"),
            Column("Share", "percent"),
            Column("Lines", "number"),
        ),
        (
            Row(("Licences", euro("81.00"), Decimal("0.05"), 12), ("licences",)),
            Row(("All IT", euro("1553.75"), Decimal(1), 55), ("all",), total=True),
        ),
    )
    months = Table(
        "By month",
        (Column("Month", "month"), Column("This year", "money"), Column("Last paid", "date")),
        (
            Row((date(2025, 9, 1), euro("1553.75"), date(2025, 9, 30)), ("all",)),
            Row((date(2025, 10, 1), None, None)),
        ),
    )
    by_purpose = Chart(
        "by_purpose",
        "Licences are a twentieth",
        sorted_bars([NamedSum("Licences", euro("81")), NamedSum("Other IT", euro("1472.75"))], WORDS),
        purposes,
        "2 files",
    )
    by_month = Chart(
        "by_month",
        "All was paid in September",
        bars_over_months([MonthSum(date(2025, 9, 1), euro("1553.75"), euro("900"))], WORDS),
        months,
    )
    whole = FigureRow("IT in twelve months", euro("1553.75"), "all", "net of VAT", Marker.ESTIMATED)
    unsure = FindingRow("Three lines are unsure", ("unsure",), euro("6.75"))
    return Diagnosis(
        company="Brouwerij De Zwaan NV",
        today=date(2026, 2, 28),
        period_from=date(2025, 9, 1),
        period_to=date(2026, 8, 31),
        currency="EUR",
        language="en",
        made_by="0.1.0",
        headline="IT cost € 1 554 in the twelve months to 31 Aug 2026.",
        summary=Summary((whole,), by_purpose, (unsure,), ("Confirm the three lines.",)),
        chapters=(
            Chapter(
                "cost",
                "What do we pay for IT?",
                "Mostly for the internet.",
                (whole,),
                (by_month, by_purpose),
                (purposes,),
                (FindingRow("Licences grew", ("licences", "all")),),
                "Go through the licences.",
            ),
            Chapter("vendors", "Whom do we pay?", "One vendor."),
        ),
        proofs=tuple(proofs.values()),
        sources=(
            SourceRow(1, "proximus.xml", "e-invoice", "ab" * 32, "1 invoice"),
            SourceRow(2, "2025.cod", "bank statement", "cd" * 32, "28 movements"),
        ),
    )


@pytest.fixture
def nothing() -> Diagnosis:
    return Diagnosis(
        company="Leeg BV",
        today=date(2026, 2, 28),
        period_from=date(2025, 2, 1),
        period_to=date(2026, 1, 31),
        currency="EUR",
        language="nl-BE",
        made_by="0.1.0",
        headline="In deze stukken staat geen IT.",
        summary=Summary(),
        chapters=(
            Chapter("cost", "Wat betalen wij?", "Niets.", tables=(Table("Per doel", (Column("Doel"),), ()),)),
        ),
        proofs=(),
        sources=(),
    )


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The text that lies on each page."""
    return pages_of
