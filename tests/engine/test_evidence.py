"""A figure or finding without grounds cannot be built."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pilothouse.engine.evidence import Figure, Finding, NoGrounds, RecordEvidence, Text
from pilothouse.engine.money import Money

LINE = RecordEvidence("i1/1", "bill.xml", "line 12", "Hosting")


def test_a_figure_without_grounds_is_refused() -> None:
    with pytest.raises(NoGrounds, match="“it_total” has no grounds"):
        Figure("it_total", Money(Decimal(1)), ())
    assert Figure("it_total", Money(Decimal(1)), (LINE,)).because == (LINE,)


def test_a_finding_without_grounds_is_refused() -> None:
    with pytest.raises(NoGrounds, match=r"“spend\.unsure@2026-11” has no grounds"):
        Finding("spend.unsure@2026-11", Text("spend.unsure"), None, ())
    assert Finding("spend.unsure@2026-11", Text("spend.unsure"), None, (LINE,)).because == (LINE,)
