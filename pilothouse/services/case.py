"""A case: what the chapters of a diagnosis are built from, and the proofs they cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from pilothouse.accounts.models import Company
from pilothouse.engine.money import Money
from pilothouse.records.models import SpendLine
from pilothouse.reporting import formats
from pilothouse.reporting.diagnosis import Proof, ProofLine
from pilothouse.services.answers import Overview, Shown, query_of
from pilothouse.services.lines import lines_where

PROOF_LINES = 40
LONGEST_LIST = 25


@dataclass(slots=True)
class Case:
    """One company on one day. Chapters cite figures; each citation adds its proof, and the files it names."""

    company: Company
    overview: Overview
    language: str
    today: date
    with_proofs: bool = True  # a page needs only their ids, which lead to them
    proofs: dict[str, Proof] = field(default_factory=dict)
    sources: dict[int, int] = field(default_factory=dict)

    def cite(self, figure: Shown, says: str) -> str:
        """The id of a figure's proof, which is added where it is not there yet."""
        proof_id = figure.query
        if self.with_proofs and proof_id not in self.proofs:
            lines = lines_where(self.overview.review, figure.conditions, order="oldest")
            self.proofs[proof_id] = self._proof(proof_id, says, lines, figure)
        return proof_id

    def cite_conditions(self, conditions: Mapping[str, str], says: str) -> str:
        """The id of a proof of the lines that meet `conditions`, summed as they are."""
        if not self.with_proofs:
            return query_of(conditions)
        lines = lines_where(self.overview.review, conditions, order="oldest")
        amounts = list(lines.values_list("cost", "currency"))
        currency = amounts[0][1] if amounts else self.overview.currency
        total = Money(sum((cost for cost, _ in amounts), start=Decimal(0)), currency)
        return self.cite(Shown(total, conditions, len(amounts)), says)

    def _proof(self, proof_id: str, says: str, lines: QuerySet[SpendLine], figure: Shown) -> Proof:
        shown = list(lines.select_related("paper")[: PROOF_LINES + 1])
        truncated = figure.count > PROOF_LINES
        used = "".join(
            f" {a['key']} {a['value']} {a['unit']} ({a['source']}, from {a['holds_from']})."
            for a in figure.assumptions
        )
        return Proof(
            id=proof_id,
            says=says + (f" Assumed:{used}" if used else ""),
            lines=tuple(self._line(line) for line in shown[:PROOF_LINES]),
            total=figure.value,
            count=figure.count,
            truncated=truncated,
        )

    def _line(self, line: SpendLine) -> ProofLine:
        return ProofLine(
            source=self.number_of(line.paper.source_id),
            place=line.place,
            date=line.date,
            vendor=line.vendor_name,
            description=line.description,
            amount=Money(line.cost, line.currency),
        )

    def number_of(self, source_id: int) -> int:
        """The number a file goes by in this diagnosis."""
        return self.sources.setdefault(source_id, len(self.sources) + 1)

    def money(self, value: Money) -> str:
        return formats.money(value, self.language, cents=False)

    def day(self, value: date) -> str:
        return formats.day(value, self.language)
