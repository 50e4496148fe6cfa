"""What does the diagnosis say, and what stands behind each figure of it?

A `Diagnosis` is a frozen value that carries everything its page, its PDF and its JSON show: chapters with
the owner's question and its answer, figures, charts, tables, findings, the proofs they rest on, and the files
those come from. It knows no record and asks nothing: who builds it has asked the engine.

It cannot be built untrue in form: each figure, finding and row that names a proof finds it here, each line of
a proof names a file that is here, and a proof that lists all its lines adds up to its total.
Limits: whether a *sentence* is true is beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pilothouse.engine.evidence import NoGrounds
from pilothouse.engine.money import Money, total

ColumnKind = Literal["text", "money", "date", "month", "number", "percent"]
Cell = str | Money | date | Decimal | int | None
Spec = Mapping[str, Any]
MOST_FIGURES = 6  # two rows of three on page one


class ProofMissing(NoGrounds):
    """A proof or file was named that the diagnosis does not hold."""


class WrongSumError(ValueError):
    """A proof that shows all its lines does not sum to its total, or counts them wrongly."""


class RowLengthError(ValueError):
    """A row has another number of cells than its table has columns."""


class Marker(StrEnum):
    """How firm a figure is. `estimated`: part of it was computed with an assumption such as a VAT rate;
    `proposed`: part of it was read or recognised by the machine and nobody has confirmed it."""

    FIRM = ""
    ESTIMATED = "estimated"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One file that was read. `number` is how proofs name it; `gave` says what it brought, in words."""

    number: int
    name: str
    kind: str
    sha256: str
    gave: str

    @property
    def short_sha(self) -> str:
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One line of a file: `source` is the file's number, `place` where in it ("line 212")."""

    source: int
    place: str
    date: date | None
    vendor: str
    description: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Proof:
    """What a figure is made of. `says` is one sentence: which lines, or how it was computed from them.

    `lines` may be the first of many: then `truncated` is true and `count` and `total` are of all of them.
    """

    id: str
    says: str
    lines: tuple[ProofLine, ...]
    total: Money
    count: int
    truncated: bool = False

    def __post_init__(self) -> None:
        if self.truncated:
            if self.count <= len(self.lines):
                raise WrongSumError(
                    f"Proof “{self.id}” says lines were left out, but {self.count} are all here."
                )
            return
        if self.count != len(self.lines):
            raise WrongSumError(f"Proof “{self.id}” counts {self.count} lines and shows {len(self.lines)}.")
        shown = total((line.amount for line in self.lines), self.total.currency)
        if self.lines and shown != self.total:
            raise WrongSumError(
                f"The lines of proof “{self.id}” sum to {shown.amount} {shown.currency}, "
                f"its total is {self.total.amount} {self.total.currency}."
            )


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with what it is called, what should be known of it, and the id of its proof."""

    label: str
    value: Money
    proof: str
    note: str = ""
    marker: Marker = Marker.FIRM

    def __post_init__(self) -> None:
        if not self.proof:
            raise NoGrounds(f"The figure “{self.label}” has no proof. Name the lines it is made of.")


@dataclass(frozen=True, slots=True)
class Column:
    """`percent` cells are shares from 0 to 1, `month` cells are any day of the month."""

    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `proofs` are the ids of what its amounts are made of, one for each in their order (a row without
    amounts may have one for the whole). `total` sets it off as a sum."""

    cells: tuple[Cell, ...]
    proofs: tuple[str, ...] = ()
    total: bool = False

    def __post_init__(self) -> None:
        amounts = sum(isinstance(cell, Money) for cell in self.cells)
        if amounts and len([proof for proof in self.proofs if proof]) != amounts:
            raise NoGrounds(
                f"The row “{self.cells[0]}” shows {amounts} amounts and names {len(self.proofs)} proofs. "
                "Name the lines each amount is made of."
            )

    @property
    def proof_of_each(self) -> tuple[str, ...]:
        """For each cell the id of its proof, empty where it has none; that of a row without amounts is its last's."""
        amounts = [place for place, cell in enumerate(self.cells) if isinstance(cell, Money)]
        found = dict(zip(amounts or [len(self.cells) - 1], self.proofs, strict=False))
        return tuple(found.get(place, "") for place in range(len(self.cells)))


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise RowLengthError(
                    f"A row of “{self.title}” has {len(row.cells)} cells for {len(self.columns)} columns."
                )


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture titled with its finding; `spec` is Vega-Lite without size or theme, `table` the numbers."""

    key: str
    title: str
    spec: Spec
    table: Table
    source: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something the owner should know, what it is worth, and the proofs it rests on."""

    sentence: str
    proofs: tuple[str, ...]
    worth: Money | None = None

    def __post_init__(self) -> None:
        if not self.proofs:
            raise NoGrounds(f"The finding “{self.sentence}” has no proof. Name the lines it rests on.")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One question of the owner (`title`), its answer in a sentence, what shows it, one thing to do next."""

    key: str
    title: str
    answer: str
    figures: tuple[FigureRow, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Page one: what IT costs (three or four `figures`), where it goes (`chart`, at most ten bars), what
    could change the figures (`unsure`, each with the sum that rests on it), what to do first (`next_steps`).

    Paper shows five sentences of each list, so a chapter should say the others.
    """

    figures: tuple[FigureRow, ...] = ()
    chart: Chart | None = None
    unsure: tuple[FindingRow, ...] = ()
    next_steps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.figures) > MOST_FIGURES:
            raise ValueError(f"Page one has room for {MOST_FIGURES} figures, not {len(self.figures)}.")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The diagnosis of one company on one day, over one period (both ends included).

    `language` is a locale such as "en", "nl-BE" or "fr-BE". `headline` is the one sentence that answers with
    figure and date. `sample` marks a made-up company. `made_by` is the program's version.
    """

    company: str
    today: date
    period_from: date
    period_to: date
    currency: str
    language: str
    made_by: str
    headline: str
    summary: Summary
    chapters: tuple[Chapter, ...]
    proofs: tuple[Proof, ...]
    sources: tuple[SourceRow, ...]
    sample: bool = False
    _numbers: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _refuse_twice("proof", [proof.id for proof in self.proofs])
        _refuse_twice("source", [source.number for source in self.sources])
        _refuse_twice("chapter", [chapter.key for chapter in self.chapters])
        _refuse_twice("chart", [chart.key for chart in charts_of(self)])
        self._check_proofs()
        self._check_sources()

    def proof_number(self, proof_id: str) -> int:
        """The number a reader sees: proofs are counted from 1 in the order in which they are first cited."""
        if not self._numbers:
            cited = dict.fromkeys(
                [reference for _, reference in citations(self)] + [p.id for p in self.proofs]
            )
            self._numbers.update({proof_id: number for number, proof_id in enumerate(cited, start=1)})
        return self._numbers[proof_id]

    def _check_proofs(self) -> None:
        held = {proof.id for proof in self.proofs}
        for what, reference in citations(self):
            if reference not in held:
                raise ProofMissing(
                    f"“{what}” rests on proof “{reference}”, which the diagnosis does not hold."
                )

    def _check_sources(self) -> None:
        held = {source.number for source in self.sources}
        for proof in self.proofs:
            for line in proof.lines:
                if line.source not in held:
                    raise ProofMissing(
                        f"Proof “{proof.id}” names file {line.source}, which the diagnosis does not hold."
                    )


def charts_of(diagnosis: Diagnosis) -> Iterator[Chart]:
    """Every chart once, in reading order; the chart of the summary may be one of a chapter again."""
    in_chapters = [chart for chapter in diagnosis.chapters for chart in chapter.charts]
    first = diagnosis.summary.chart
    if first is not None and first not in in_chapters:
        yield first
    yield from in_chapters


def citations(diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    """Every (what is said, proof id it rests on), in reading order."""
    summary = diagnosis.summary
    yield from _figure_citations(summary.figures)
    if summary.chart is not None:
        yield from _row_citations(summary.chart.table)
    yield from _finding_citations(summary.unsure)
    for chapter in diagnosis.chapters:
        yield from _figure_citations(chapter.figures)
        for chart in chapter.charts:
            yield from _row_citations(chart.table)
        yield from _finding_citations(chapter.findings)
        for table in chapter.tables:
            yield from _row_citations(table)


def _figure_citations(figures: tuple[FigureRow, ...]) -> Iterator[tuple[str, str]]:
    for figure in figures:
        yield figure.label, figure.proof


def _finding_citations(findings: tuple[FindingRow, ...]) -> Iterator[tuple[str, str]]:
    for finding in findings:
        for proof in finding.proofs:
            yield finding.sentence, proof


def _row_citations(table: Table) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        for proof in row.proofs:
            yield f"{table.title}: {row.cells[0]}", proof


def _refuse_twice(what: str, names: list[Any]) -> None:
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"The {what} “{twice}” stands in the diagnosis twice. Give each its own name.")


def as_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """The public shape of a diagnosis, as `diagnosis_schema.json` has it: amounts as strings with their
    currency, dates ISO 8601, shares as strings of 0 to 1; with the Vega-Lite specs, to draw the charts again.
    """
    return {
        "company": diagnosis.company,
        "sample": diagnosis.sample,
        "today": diagnosis.today.isoformat(),
        "period": {"from": diagnosis.period_from.isoformat(), "to": diagnosis.period_to.isoformat()},
        "currency": diagnosis.currency,
        "language": diagnosis.language,
        "made_by": diagnosis.made_by,
        "headline": diagnosis.headline,
        "summary": _summary_json(diagnosis.summary),
        "chapters": [_chapter_json(chapter) for chapter in diagnosis.chapters],
        "proofs": [_proof_json(proof, diagnosis.proof_number(proof.id)) for proof in diagnosis.proofs],
        "sources": [_source_json(source) for source in diagnosis.sources],
    }


def exact(amount: Decimal) -> str:
    """An amount as a plain decimal with at least two places and nothing lost.

    >>> exact(Decimal("1234.5")), exact(Decimal("0.125")), exact(Decimal("1E+3"))
    ('1234.50', '0.125', '1000.00')
    """
    whole, _, places = f"{amount:f}".partition(".")
    return f"{whole}.{places.ljust(2, '0')}"


def _money_json(money: Money | None) -> dict[str, str] | None:
    return None if money is None else {"amount": exact(money.amount), "currency": money.currency}


def _cell_json(cell: Cell) -> Any:
    if isinstance(cell, Money):
        return _money_json(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _figure_json(figure: FigureRow) -> dict[str, Any]:
    return {
        "label": figure.label,
        "value": _money_json(figure.value),
        "note": figure.note,
        "marker": figure.marker.value,
        "proof": figure.proof,
    }


def _finding_json(finding: FindingRow) -> dict[str, Any]:
    return {
        "sentence": finding.sentence,
        "worth": _money_json(finding.worth),
        "proofs": list(finding.proofs),
    }


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [{"title": column.title, "kind": column.kind} for column in table.columns],
        "rows": [
            {
                "cells": [_cell_json(cell) for cell in row.cells],
                "proof": next(iter(row.proofs), ""),
                "proofs": list(row.proof_of_each),
                "total": row.total,
            }
            for row in table.rows
        ],
    }


def _chart_json(chart: Chart) -> dict[str, Any]:
    return {
        "key": chart.key,
        "title": chart.title,
        "spec": chart.spec,
        "table": _table_json(chart.table),
        "source": chart.source,
    }


def _summary_json(summary: Summary) -> dict[str, Any]:
    return {
        "figures": [_figure_json(figure) for figure in summary.figures],
        "chart": None if summary.chart is None else _chart_json(summary.chart),
        "unsure": [_finding_json(finding) for finding in summary.unsure],
        "next_steps": list(summary.next_steps),
    }


def _chapter_json(chapter: Chapter) -> dict[str, Any]:
    return {
        "key": chapter.key,
        "title": chapter.title,
        "answer": chapter.answer,
        "figures": [_figure_json(figure) for figure in chapter.figures],
        "charts": [_chart_json(chart) for chart in chapter.charts],
        "tables": [_table_json(table) for table in chapter.tables],
        "findings": [_finding_json(finding) for finding in chapter.findings],
        "next_step": chapter.next_step,
    }


def _proof_json(proof: Proof, number: int) -> dict[str, Any]:
    return {
        "id": proof.id,
        "number": number,
        "says": proof.says,
        "lines": [_line_json(line) for line in proof.lines],
        "total": _money_json(proof.total),
        "count": proof.count,
        "truncated": proof.truncated,
    }


def _line_json(line: ProofLine) -> dict[str, Any]:
    return {
        "source": line.source,
        "place": line.place,
        "date": None if line.date is None else line.date.isoformat(),
        "vendor": line.vendor,
        "description": line.description,
        "amount": _money_json(line.amount),
    }


def _source_json(source: SourceRow) -> dict[str, Any]:
    return {
        "number": source.number,
        "name": source.name,
        "kind": source.kind,
        "sha256": source.sha256,
        "gave": source.gave,
    }
