"""What stands on the paper: a diagnosis as words and pictures, ready to be set.

All amounts and dates are written here, in the reader's language, so that the template only lays out. Amounts
are whole in the chapters and exact in the proofs. A proof shows at most `PROOF_LINES` lines and says how many
more there are and what they sum to; page one takes few sentences, and no endless one, so that it is one page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pilothouse.engine.money import Money, total
from pilothouse.reporting import formats
from pilothouse.reporting.diagnosis import (
    Cell,
    Chapter,
    Chart,
    Column,
    Diagnosis,
    FigureRow,
    FindingRow,
    Marker,
    Proof,
    ProofLine,
    SourceRow,
    Summary,
    Table,
    charts_of,
)

PROOF_LINES = 40
FIRST_PAGE_SENTENCES = 5
FIRST_PAGE_LETTERS = 200
FOOTER_LETTERS = 60
_ALT_ROWS = 24

Setting = dict[str, Any]


def set_on_paper(diagnosis: Diagnosis, language: str) -> Setting:
    """Everything the template needs, as JSON values; a chart carries its spec, to be drawn."""
    return _Typesetter(diagnosis, language).paper()


def words_of(language: str) -> dict[str, str]:
    """The fixed words of the paper; English where the language has none."""
    catalogue = _catalogue()
    return catalogue.get(formats.locale_of(language).language, catalogue["en"])


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    text = (files("pilothouse.reporting") / "templates" / "words.json").read_text(encoding="utf-8")
    catalogue: dict[str, dict[str, str]] = json.loads(text)
    return catalogue


class _Typesetter:
    """Writes one diagnosis in one language, and knows which proof marks were set already.

    The first mark of each proof is what the proof links back to.
    """

    def __init__(self, diagnosis: Diagnosis, language: str) -> None:
        self.diagnosis = diagnosis
        self.language = language
        self.words = words_of(language)
        self.marked: set[int] = set()

    def paper(self) -> Setting:
        about = self.diagnosis
        locale = formats.locale_of(self.language)
        return {
            "language": locale.language,
            "region": locale.territory,
            "words": self.words,
            "title": self.say("diagnosis_of", company=_cut(about.company)),
            "company_short": _cut(about.company, FOOTER_LETTERS),
            "date": formats.day(about.today, self.language),
            "made_on": self.say("made_on", date=formats.day(about.today, self.language)),
            "period": self.say(
                "period",
                **{
                    "from": formats.day(about.period_from, self.language),
                    "to": formats.day(about.period_to, self.language),
                },
            ),
            "sample": about.sample,
            "headline": _cut(about.headline),
            "summary": self.summary(about.summary),
            "chapters": [self.chapter(chapter) for chapter in about.chapters],
            "numbers": [self.table(chart.table) | {"chart": chart.key} for chart in self.apart()],
            "proofs": [self.proof(proof) for proof in self.in_order()],
            "sources": [self.source(source) for source in about.sources],
            "made_by": self.say("made_by", version=about.made_by),
        }

    def say(self, key: str, **values: str) -> str:
        return self.words[key].format(**values)

    def whole(self, amount: Money) -> str:
        return formats.money(amount, self.language, cents=False)

    def exact(self, amount: Money) -> str:
        return formats.money(amount, self.language)

    def summary(self, summary: Summary) -> Setting:
        return {
            "figures": [_brief(self.figure(figure)) for figure in summary.figures],
            "chart": None if summary.chart is None else self.chart(summary.chart),
            "unsure": [_brief(self.finding(one)) for one in summary.unsure[:FIRST_PAGE_SENTENCES]],
            "unsure_more": self.left_out(summary.unsure),
            "next_steps": [_cut(step) for step in summary.next_steps[:FIRST_PAGE_SENTENCES]],
            "next_more": self.left_out(summary.next_steps),
        }

    def left_out(self, sentences: Sequence[object]) -> str:
        more = len(sentences) - FIRST_PAGE_SENTENCES
        return self.say("and_more", count=str(more)) if more > 0 else ""

    def chapter(self, chapter: Chapter) -> Setting:
        return {
            "title": chapter.title,
            "answer": chapter.answer,
            "figures": [self.figure(figure) for figure in chapter.figures],
            "charts": [self.chart(chart) for chart in chapter.charts],
            "findings": [self.finding(finding) for finding in chapter.findings],
            "tables": [self.table(table) for table in chapter.tables],
            "next_step": chapter.next_step,
        }

    def figure(self, figure: FigureRow) -> Setting:
        return {
            "label": figure.label,
            "value": self.whole(figure.value),
            "note": figure.note,
            "marker": "" if figure.marker is Marker.FIRM else self.words[figure.marker.value],
            "proof": self.mark(figure.proof),
        }

    def finding(self, finding: FindingRow) -> Setting:
        return {
            "sentence": finding.sentence,
            "worth": "" if finding.worth is None else self.whole(finding.worth),
            "proofs": [self.mark(proof) for proof in finding.proofs],
        }

    def mark(self, proof_id: str) -> Setting:
        number = self.diagnosis.proof_number(proof_id)
        first = number not in self.marked
        self.marked.add(number)
        return {"number": number, "first": first}

    def chart(self, chart: Chart) -> Setting:
        apart = any(chart.key == other.key for other in self.apart())
        return {
            "key": chart.key,
            "title": chart.title,
            "spec": dict(chart.spec),
            "alt": self.alternative(chart),
            "source": chart.source,
            "numbers_apart": apart,
        }

    def alternative(self, chart: Chart) -> str:
        """What someone who does not see the chart is told: its finding and its rows."""
        rows = chart.table.rows
        said = "; ".join(", ".join(self.cells(row.cells, chart.table.columns)) for row in rows[:_ALT_ROWS])
        return f"{chart.title}. {said}{'; …' if len(rows) > _ALT_ROWS else ''}"

    def apart(self) -> list[Chart]:
        """The charts whose numbers no table of a chapter shows."""
        shown = [table for chapter in self.diagnosis.chapters for table in chapter.tables]
        return [chart for chart in charts_of(self.diagnosis) if chart.table not in shown]

    def table(self, table: Table) -> Setting:
        return {
            "title": table.title,
            "columns": [{"title": column.title, "kind": column.kind} for column in table.columns],
            "rows": [
                {
                    "cells": self.cells(row.cells, table.columns),
                    "proofs": [self.mark(proof) if proof else None for proof in row.proof_of_each],
                    "total": row.total,
                }
                for row in table.rows
            ],
            "proved": [
                any(proofs) for proofs in zip(*(row.proof_of_each for row in table.rows), strict=True)
            ],
        }

    def cells(self, cells: Iterable[Cell], columns: Iterable[Column]) -> list[str]:
        return [self.cell(cell, column) for cell, column in zip(cells, columns, strict=True)]

    def cell(self, cell: Cell, column: Column) -> str:
        if isinstance(cell, Money):
            return self.whole(cell)
        if isinstance(cell, date):
            return (formats.month if column.kind == "month" else formats.day)(cell, self.language)
        if isinstance(cell, Decimal | int):
            percent = column.kind == "percent"
            return (
                formats.percent(Decimal(cell), self.language)
                if percent
                else formats.number(cell, self.language)
            )
        return cell or ""

    def in_order(self) -> list[Proof]:
        return sorted(self.diagnosis.proofs, key=lambda proof: self.diagnosis.proof_number(proof.id))

    def proof(self, proof: Proof) -> Setting:
        shown = proof.lines[:PROOF_LINES]
        number = self.diagnosis.proof_number(proof.id)
        return {
            "number": number,
            "cited": number in self.marked,
            "says": proof.says,
            "sums": self.sums(proof),
            "lines": [self.line(line) for line in shown],
            "more": self.more(proof, shown),
            "total": self.exact(proof.total),
        }

    def sums(self, proof: Proof) -> str:
        key = {0: "no_lines", 1: "line"}.get(proof.count, "lines")
        count = formats.number(proof.count, self.language)
        return self.say(key, count=count, amount=self.exact(proof.total))

    def more(self, proof: Proof, shown: Sequence[ProofLine]) -> Setting | None:
        left = proof.count - len(shown)
        if left == 0:
            return None
        rest = proof.total - total((line.amount for line in shown), proof.total.currency)
        count = formats.number(left, self.language)
        return {
            "says": self.say("more_lines", count=count, amount=self.exact(rest)),
            "amount": self.exact(rest),
        }

    def line(self, line: ProofLine) -> Setting:
        return {
            "source": line.source,
            "place": line.place,
            "date": "" if line.date is None else formats.day(line.date, self.language),
            "vendor": line.vendor,
            "description": line.description,
            "amount": self.exact(line.amount),
        }

    def source(self, source: SourceRow) -> Setting:
        return {
            "number": source.number,
            "name": source.name,
            "kind": source.kind,
            "gave": source.gave,
            "fingerprint": source.short_sha,
        }


def _brief(said: Setting) -> Setting:
    """The same figure or finding, no text of it longer than page one can take."""
    return {key: _cut(value) if isinstance(value, str) else value for key, value in said.items()}


def _cut(text: str, most: int = FIRST_PAGE_LETTERS) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
