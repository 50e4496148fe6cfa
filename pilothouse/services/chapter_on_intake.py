"""The chapter *What did we read, and how sure is it?*: what came in, what could not, what the figures rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from pilothouse.engine.money import Money
from pilothouse.engine.spend.continuity import Break, Fault, breaks
from pilothouse.records.models import Import, ImportFile, Paper
from pilothouse.reporting import formats
from pilothouse.reporting.diagnosis import Chapter, Column, Row, Table
from pilothouse.services import documents
from pilothouse.services.answers import ShownPart
from pilothouse.services.case import LONGEST_LIST, Case
from pilothouse.services.papers import statement_spans
from pilothouse.services.spend import INVOICES

PROVED_BY = {
    "invoice": ("An invoice", "exact: the amount without VAT stands on a paper"),
    "ledger": ("The books alone", "as the accountant booked it; the invoice itself is not here"),
    "bank": (
        "A payment alone",
        "VAT taken off by estimate where the paper does not say; the invoice would settle it",
    ),
}
COUNTED = (
    ("invoices", "Invoices and credit notes"),
    ("statements", "Bank and card statements"),
    ("movements", "Movements on them"),
    ("ledgers", "Ledgers"),
    ("ledger_lines", "Lines in them"),
    ("rates", "Files of exchange rates"),
    ("listings", "Lists of people, licences or devices"),
    ("documents", "Documents without an e-invoice"),
    ("twins", "Papers that came twice and count once"),
    ("unusable", "Papers that say too little to be counted"),
)
DAYS_AHEAD = 31
ALWAYS = ("invoices", "statements", "movements")


def chapter_on_intake(case: Case) -> Chapter:
    """What was read, what could not be, what waits for a person, and what the figures rest on."""
    read = _Read(case)
    return Chapter(
        "intake",
        "What did we read, and how sure is it?",
        read.answer,
        tables=tuple(table for table in read.tables if table is not None),
        next_step=read.next_step,
    )


@dataclass(frozen=True)
class _Read:
    """What was read of a case, as the chapter shows it."""

    case: Case

    @cached_property
    def refused(self) -> list[tuple[str, list[dict[str, Any]]]]:
        seen = Import.objects.of(self.case.company).seen()
        files = ImportFile.objects.of(self.case.company).filter(
            outcome=ImportFile.Outcome.REFUSED, batch__in=seen
        )
        return list(files.order_by("name").values_list("name", "problems"))

    @cached_property
    def waiting(self) -> int:
        return documents.waiting(self.case.company).count()

    @property
    def answer(self) -> str:
        counts = self.case.overview.counts
        said = [f"{counts['invoices']} invoices", f"{counts['movements']} bank movements"]
        if counts.get("ledger_lines"):
            said.append(f"{counts['ledger_lines']} lines of ledgers")
        words = f"{', '.join(said[:-1])} and {said[-1]} were read"
        words += f"; {len(self.refused)} files could not be." if self.refused else "; every file could be."
        sure = self._share_of("invoice")
        if sure is not None:
            words += f" {formats.percent(sure, self.case.language)} of the IT cost rests on invoices."
        if self.waiting:
            words += f" {_documents(self.waiting)} for you."
        return words

    def _share_of(self, kind: str) -> Decimal | None:
        whole = self.case.overview.it_total.value.amount
        if whole <= 0 or not self.case.overview.by_kind:
            return None
        found = (part.figure.value.amount for part in self.case.overview.by_kind if part.key == kind)
        return min(max(sum(found, Decimal(0)) / whole, Decimal(0)), Decimal(1))

    @property
    def next_step(self) -> str:
        if self.waiting:
            return "Enter the figures of the documents that wait, the newest first."
        if self.refused:
            return "See what to do with each file that could not be read."
        return "Bring in what is missing: the other accounts, the other invoices."

    @property
    def tables(self) -> Sequence[Table | None]:
        return (self._sureness(), self._counts(), self._not_read(), self._breaks(), self._flawed())

    def _counts(self) -> Table:
        counts = dict(self.case.overview.counts)
        rows = [
            Row((words, counts.get(name, 0))) for name, words in COUNTED if counts.get(name) or name in ALWAYS
        ]
        rows.append(Row(("Documents that wait for their figures", self.waiting)))
        rows.append(Row(("Files that could not be read", len(self.refused))))
        return Table("What was read", (Column("What"), Column("Number", "number")), tuple(rows))

    def _sureness(self) -> Table | None:
        parts = self.case.overview.by_kind
        if not parts:
            return None
        columns = (
            Column("The IT cost rests on"),
            Column("How sure"),
            Column("IT", "money"),
            Column("Lines", "number"),
        )
        return Table("How sure the figures are", columns, tuple(self._proved_by(part) for part in parts))

    def _proved_by(self, part: ShownPart) -> Row:
        name, how_sure = PROVED_BY.get(part.key, (part.key, ""))
        proof = self.case.cite(part.figure, f"IT that rests on: {name[:1].lower()}{name[1:]}.")
        return Row((name, how_sure, part.figure.value, part.figure.count), (proof,))

    def _not_read(self) -> Table | None:
        if not self.refused:
            return None
        rows = [
            Row((name, problems[0]["message"] if problems else ""))
            for name, problems in self.refused[:LONGEST_LIST]
        ]
        if len(self.refused) > LONGEST_LIST:
            rows.append(Row((f"{len(self.refused) - LONGEST_LIST} more", "")))
        return Table("What could not be read", (Column("File"), Column("Why, and what to do")), tuple(rows))

    def _breaks(self) -> Table | None:
        """Where the statements of an account do not join."""
        rows = [self._break(found) for found in breaks(statement_spans(self.case.company))]
        if not rows:
            return None
        columns = (
            Column("Account"),
            Column("From", "date"),
            Column("To", "date"),
            Column("What does not join"),
        )
        shown = rows[:LONGEST_LIST]
        if len(rows) > LONGEST_LIST:
            shown.append(Row((f"{len(rows) - LONGEST_LIST} more", None, None, "")))
        return Table("Where bank statements are missing or overlap", columns, tuple(shown))

    def _break(self, found: Break) -> Row:
        before, after = found.before, found.after
        if found.fault is Fault.OVERLAP:
            words = "Two statements cover these days. What stands in both counts once."
            return Row((before.account, after.first, before.last, words))
        lacking = formats.money(Money(abs(found.missing), before.currency), self.case.language)
        words = (
            f"The balances differ by {lacking}: a statement in between is missing. Fetch it from the bank."
        )
        return Row((before.account, before.last, after.first, words))

    def _from_the_future(self) -> list[Row]:
        """Invoices that are dated after the figures were worked out."""
        last = self.case.overview.review.today + timedelta(days=DAYS_AHEAD)
        papers = Paper.objects.seen(self.case.company).standing().filter(date__gt=last, kind__in=INVOICES)
        return [
            Row(
                (
                    f"{paper.party} {paper.number}".strip(),
                    "date.future",
                    f"It is dated {self.case.day(paper.date)}, which is still to come: it counts in no figure of "
                    "today. Ask the sender for a right one.",
                )
            )
            for paper in papers.order_by("date", "pk")[:LONGEST_LIST]
        ]

    def _flawed(self) -> Table | None:
        papers = Paper.objects.seen(self.case.company).standing().exclude(problems=[]).order_by("pk")
        rows = [
            Row(
                (
                    f"{paper.party} {paper.number}".strip() or paper.source.name,
                    problem["rule"],
                    problem["message"],
                )
            )
            for paper in papers.select_related("source")[:LONGEST_LIST]
            for problem in paper.problems[:2]
        ]
        rows = [*self._from_the_future(), *rows]
        columns = (Column("Paper"), Column("Rule"), Column("What is wrong"))
        return (
            Table("Read, though something is doubtful", columns, tuple(rows[:LONGEST_LIST])) if rows else None
        )


def _documents(number: int) -> str:
    return "One document waits" if number == 1 else f"{number} documents wait"
