"""The engine's answer on spend as it is stored, and as pages and reports read it.

A stored figure keeps its value and its grounds: the conditions that list its lines again, and the assumptions used.
`Overview` is what is read back; it asks no line, so a page of figures costs the same for ten lines and a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from pilothouse.engine.dates import Month, Span
from pilothouse.engine.evidence import AssumptionEvidence, Evidence, Figure, Finding, SelectionEvidence, Text
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Cell
from pilothouse.engine.spend.figures import Figures, Frame, Part, figures_of
from pilothouse.engine.spend.findings import UNSURE, ask_about
from pilothouse.engine.spend.firm import WhoWeAre
from pilothouse.engine.spend.review import SpendReview
from pilothouse.engine.spend.terms import Identity
from pilothouse.knowledge import functions, purposes, say, spend_knowledge
from pilothouse.records.models import Review
from pilothouse.services.differences import differences_json

NOTHING = "-"
MOST_ALIASED, MOST_ALIASES = 5000, 40

# --- storing ----------------------------------------------------------------------------------------------------


def stored_answer(answer: SpendReview, who: WhoWeAre, *, counts: Mapping[str, int]) -> dict[str, Any]:
    """The answer without its lines and cells, which are rows of their own."""
    return {
        "period": [answer.period.first.first_day.isoformat(), answer.period.last.last_day.isoformat()],
        "currency": answer.currency,
        "firm": {"name": answer.firm.identity.name if answer.firm else "", "because": who.because},
        "recovers_vat": answer.firm is None or answer.firm.recovers_vat,
        "counts": dict(counts),
        "lines": len(answer.lines),
        "findings": [_finding_json(finding) for finding in answer.findings],
        "keys": dict(answer.keys),
        "aliases": _aliases_json(answer.aliases),
        "differences": differences_json(answer.differences),
        **stored_figures(answer.figures),
    }


def _aliases_json(aliases: Mapping[str, Mapping[Identity, str]]) -> dict[str, list[dict[str, str]]]:
    """As whom vendors stand on the papers, of those that stand there as more than one."""
    found: dict[str, list[dict[str, str]]] = {}
    for key, parties in aliases.items():
        if len(parties) > 1 and len(found) < MOST_ALIASED:
            found[key] = [
                {
                    "name": one.name,
                    "number": one.vat_id or one.legal_id,
                    "iban": ", ".join(one.ibans),
                    "by": by,
                }
                for one, by in islice(parties.items(), MOST_ALIASES)
            ]
    return found


def stored_figures(figures: Figures) -> dict[str, Any]:
    """Figures and their parts."""
    said = {field.name: getattr(figures, field.name) for field in fields(figures)}
    return {
        "figures": {
            name: _figure_json(found) for name, found in said.items() if not isinstance(found, tuple)
        },
        "parts": {
            name: [_part_json(part) for part in found]
            for name, found in said.items()
            if isinstance(found, tuple)
        },
    }


def with_figures(answer: Mapping[str, Any], cells: Iterable[Cell]) -> dict[str, Any]:
    """A stored answer with the figures that `cells` add up to now, and what is to be asked now."""
    first, last = (Month.of(date.fromisoformat(day)) for day in answer["period"])
    stored = answer["figures"]
    frame = Frame(
        Span(first, last),
        answer["currency"],
        {purpose.key: purpose for purpose in spend_knowledge().purposes},
        tuple(_assumption(said) for said in stored["estimated"]["assumptions"]),
        year_before=stored["year_before"] is not None,
    )
    figures = figures_of(cells, frame)
    asked = ask_about(figures.unsure_vendors, frame.currency)
    others = [found for found in answer["findings"] if found["key"] != UNSURE]
    at = next((i for i, f in enumerate(answer["findings"]) if f["key"] == UNSURE), 0)
    findings = [*others[:at], *([_finding_json(asked)] if asked else []), *others[at:]]
    return {**answer, **stored_figures(figures), "findings": findings}


def _assumption(said: Mapping[str, str]) -> AssumptionEvidence:
    return AssumptionEvidence(
        said["key"], Decimal(said["value"]), said["unit"], said["source"], said["holds_from"]
    )


def _figure_json(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    chosen = _selection(figure.because)
    proposed = figure.resting_on_proposed
    return {
        "amount": _written(figure.value.amount),
        "currency": figure.value.currency,
        "conditions": dict(chosen.conditions),
        "count": chosen.count,
        "proposed": None if proposed is None else _written(proposed.amount),
        "assumptions": [_assumption_json(e) for e in figure.because if isinstance(e, AssumptionEvidence)],
    }


def _written(amount: Decimal) -> str:
    """The same sum is written the same way, whether it was added up from papers or from rows."""
    exact = amount.normalize()
    return f"{exact:f}" if Decimal(exact.as_tuple().exponent) < -2 else f"{exact:.2f}"


def _selection(because: Iterable[Evidence]) -> SelectionEvidence:
    return next(evidence for evidence in because if isinstance(evidence, SelectionEvidence))


def _assumption_json(evidence: AssumptionEvidence) -> dict[str, str]:
    return {
        "key": evidence.key,
        "value": str(evidence.value),
        "unit": evidence.unit,
        "source": evidence.source,
        "holds_from": evidence.holds_from,
    }


def _part_json(part: Part) -> dict[str, Any]:
    return {"key": part.key, "label": part.label, **(_figure_json(part.figure) or {})}


def _finding_json(finding: Finding) -> dict[str, Any]:
    worth = finding.worth_a_year
    return {
        "rule": finding.rule,
        "key": finding.title.key,
        "values": [list(pair) for pair in finding.title.values],
        "worth": None if worth is None else [str(worth.amount), worth.currency],
        "because": [_conditions_of(evidence) for evidence in finding.because],
    }


def _conditions_of(evidence: Evidence) -> dict[str, str]:
    """The conditions that list what a piece of evidence names."""
    if isinstance(evidence, SelectionEvidence):
        return dict(evidence.conditions)
    if isinstance(evidence, AssumptionEvidence):
        return {}
    if evidence.place:
        return {"source": evidence.source, "place": evidence.place}
    return {"paper": evidence.record}


# --- reading back -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a page shows it: its value, and what lists its lines."""

    value: Money
    conditions: Mapping[str, str]
    count: int
    proposed: Money | None = None
    assumptions: tuple[Mapping[str, str], ...] = ()

    @property
    def query(self) -> str:
        """The conditions as they stand in an address, where nothing is said by a dash."""
        return query_of(self.conditions)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One purpose, vendor, function, month or currency, and the same a year earlier where that is known."""

    key: str
    label: str
    figure: Shown
    before: Shown | None = None


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words, what it is worth, and the conditions that list what it rests on."""

    rule: str
    sentence: str
    worth: Money | None
    because: tuple[Mapping[str, str], ...]

    @property
    def queries(self) -> list[str]:
        return [query_of(conditions) for conditions in self.because if conditions]


def query_of(conditions: Mapping[str, str]) -> str:
    """Conditions as they stand in an address: an empty value, such as a purpose not known, is a dash."""
    return urlencode({name: value or NOTHING for name, value in conditions.items()})


@dataclass(frozen=True, slots=True)
class Overview:
    """The answer on spend. `is_old`: no paper lies in the last twelve full months, so an earlier year is shown."""

    review: Review
    period_from: date
    period_to: date
    is_old: bool
    currency: str
    firm: str
    firm_because: str
    recovers_vat: bool
    counts: Mapping[str, int]
    it_total: Shown
    year_before: Shown | None
    all_spend: Shown
    estimated: Shown
    unsure: Shown
    by_purpose: tuple[ShownPart, ...]
    by_function: tuple[ShownPart, ...]
    by_vendor: tuple[ShownPart, ...]
    by_month: tuple[ShownPart, ...]
    unsure_vendors: tuple[ShownPart, ...]
    other_currencies: tuple[ShownPart, ...]
    by_kind: tuple[ShownPart, ...]
    findings: tuple[ShownFinding, ...]

    @property
    def span(self) -> Span:
        return Span(Month.of(self.period_from), Month.of(self.period_to))

    @property
    def change(self) -> Money | None:
        """This year less the year before; None where there is none."""
        return None if self.year_before is None else self.it_total.value - self.year_before.value


def overview_of(review: Review, *, today: date, language: str = "en") -> Overview:
    """What a stored review says, in words of `language`."""
    answer = review.answer
    first, last = (date.fromisoformat(day) for day in answer["period"])
    figures = {name: _shown(figure) for name, figure in answer["figures"].items()}
    parts = answer["parts"]
    return Overview(
        review=review,
        period_from=first,
        period_to=last,
        is_old=Month.of(last).plus(2) < Month.of(today),
        currency=answer["currency"],
        firm=answer["firm"]["name"],
        firm_because=answer["firm"]["because"],
        recovers_vat=answer["recovers_vat"],
        counts=answer["counts"],
        it_total=_surely(figures["it_total"]),
        year_before=figures["year_before"],
        all_spend=_surely(figures["all_spend"]),
        estimated=_surely(figures["estimated"]),
        unsure=_surely(figures["unsure"]),
        by_purpose=_parts(parts, "by_purpose", _purpose_names()),
        by_function=_parts(parts, "by_function", _function_names()),
        by_vendor=_parts(parts, "by_vendor", {}),
        by_month=_months(parts, Span(Month.of(first), Month.of(last)), answer["currency"]),
        unsure_vendors=_parts(parts, "unsure_vendors", {}),
        other_currencies=_parts(parts, "other_currencies", {}),
        by_kind=_parts(parts, "by_kind", {}) if "by_kind" in parts else (),
        findings=tuple(_finding(found, language) for found in answer["findings"]),
    )


def _surely(figure: Shown | None) -> Shown:
    if figure is None:
        raise AssertionError("a review always has this figure")
    return figure


def _shown(figure: Mapping[str, Any] | None) -> Shown | None:
    if figure is None:
        return None
    currency = figure["currency"]
    proposed = figure["proposed"]
    return Shown(
        Money(Decimal(figure["amount"]), currency),
        figure["conditions"],
        figure["count"],
        None if proposed is None else Money(Decimal(proposed), currency),
        tuple(figure["assumptions"]),
    )


def _parts(parts: Mapping[str, Any], name: str, names: Mapping[str, str]) -> tuple[ShownPart, ...]:
    before = {part["key"]: _shown(part) for part in parts.get(f"before_{name}", ())}
    return tuple(
        ShownPart(
            part["key"], names.get(part["key"], part["label"]), _surely(_shown(part)), before.get(part["key"])
        )
        for part in parts[name]
    )


def _months(parts: Mapping[str, Any], span: Span, currency: str) -> tuple[ShownPart, ...]:
    """Every month of the period, also those of which there is nothing, beside the same month a year before."""
    now = {part["key"]: _surely(_shown(part)) for part in parts["by_month"]}
    before = {part["key"]: _surely(_shown(part)) for part in parts.get("before_by_month", ())}
    return tuple(
        ShownPart(str(m), str(m), now.get(str(m)) or _no_lines(m, currency), before.get(str(m.plus(-12))))
        for m in span.months()
    )


def _no_lines(month: Month, currency: str) -> Shown:
    conditions = {"month": str(month), "it": "yes", "counting": "counts", "currency": currency}
    return Shown(Money(Decimal(0), currency), conditions, 0)


def _finding(found: Mapping[str, Any], language: str) -> ShownFinding:
    text = Text(found["key"], tuple((name, value) for name, value in found["values"]))
    worth = found["worth"]
    return ShownFinding(
        found["rule"],
        say(text, language),
        None if worth is None else Money(Decimal(worth[0]), worth[1]),
        tuple(found["because"]),
    )


def _purpose_names() -> dict[str, str]:
    return {purpose.key: purpose.name for purpose in purposes()} | {"": "Not known yet"}


def _function_names() -> dict[str, str]:
    return {key: function.name for key, function in functions().items()} | {"": "Not known yet"}


def purpose_name(key: str) -> str:
    """The name of a purpose in words."""
    return _purpose_names().get(key, key)
