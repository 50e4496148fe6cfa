"""The chapter *Which model fits, what it costs, and when to change?*: the advice on the profile, with its ranges.

Ranges are estimates and shown as text, rounded; a table says which assumptions move them most, with their sources.
"""

from __future__ import annotations

from decimal import Decimal

from pilothouse.engine.costs.answer import Shape
from pilothouse.engine.money import Money
from pilothouse.engine.sourcing.advice import Reason
from pilothouse.engine.sourcing.graduation import MET
from pilothouse.engine.sourcing.readiness import to_mend
from pilothouse.knowledge import red_flags
from pilothouse.knowledge.sourcing_graduation import drill_steps, readiness_questions
from pilothouse.reporting.diagnosis import Chapter, Column, Row, Table
from pilothouse.services import costs as costing
from pilothouse.services import graduation, responsibilities, sourcing
from pilothouse.services.case import LONGEST_LIST, Case
from pilothouse.services.costs import KnownCosts, Range
from pilothouse.services.graduation import Path
from pilothouse.services.sourcing import RankedModel, ShownAdvice

_REASONS = 2
SURE = Decimal("0.75")


def chapter_on_sourcing(case: Case) -> Chapter:
    """Which way of running IT fits, what each would cost over three years, and what would change the advice."""
    shown = sourcing.advice_on(case.company, today=case.today)
    if shown.known.version is None:
        return Chapter(
            "sourcing",
            TITLE,
            "Nobody has said yet how IT is run, so no model can be advised.",
            next_step="Fill in the profile: five minutes, and “I don't know” is an answer.",
        )
    found = costing.costs_on(case.company, today=case.today)
    path = graduation.path_of(case.company, today=case.today)
    tables = [
        _ranking(case, shown, found),
        _reasons(shown),
        _changes(shown),
        _signs(path),
        _nobody_answers_for(case),
        _not_ready(path),
        _did_not_go(case, path),
        _clauses(case),
        _rests_on(found),
    ]
    return Chapter(
        "sourcing",
        TITLE,
        _answer(case, shown, found),
        tables=tuple(table for table in tables if table is not None),
        next_step=_next_step(shown, path),
    )


TITLE = "Which model fits, what it costs, and when to change?"


def _answer(case: Case, shown: ShownAdvice, found: KnownCosts | None) -> str:
    said = f"{shown.verdict}: {shown.first.name} fits best. {shown.why}"
    cost = _cost_of(found, shown.first.key)
    if found is None or cost is None:
        return said
    spread = _range(case, cost, found.currency)
    return f"{said} Over three years it would cost {spread}, damage to be expected included."


def _cost_of(found: KnownCosts | None, model: str) -> Range | None:
    return next((one.total for one in found.models if one.key == model), None) if found else None


def _range(case: Case, cost: Range, currency: str) -> str:
    return f"{case.money(Money(cost.low, currency))} to {case.money(Money(cost.high, currency))}"


def _ranking(case: Case, shown: ShownAdvice, found: KnownCosts | None) -> Table:
    def row(model: RankedModel) -> Row:
        cost = _cost_of(found, model.key)
        said = _range(case, cost, found.currency) if found and cost else "no figures for the country"
        name = f"{model.name} (today)" if model.is_current else model.name
        return Row((name, "ruled out" if model.excluded else f"{model.percent:.0%}", said))

    columns = (Column("Model"), Column("How well it fits"), Column("Three years, eight of ten outcomes"))
    return Table("Seven ways of running IT", columns, tuple(row(model) for model in shown.models))


def _reasons(shown: ShownAdvice) -> Table:
    first = shown.first
    rows = [Row(("for", reason.says, _source(reason))) for reason in first.reasons_for[:_REASONS]]
    rows += [Row(("against", reason.says, _source(reason))) for reason in first.reasons_against[:_REASONS]]
    return Table(f"Why {first.name}", (Column("Speaks"), Column("Reason"), Column("After")), tuple(rows))


def _source(reason: Reason) -> str:
    return f"{reason.source.title}, {reason.source.year}"


def _changes(shown: ShownAdvice) -> Table | None:
    if not shown.flips:
        return None
    rows = tuple(Row((change, first)) for change, first in shown.flips)
    return Table("What would change the advice", (Column("With"), Column("Then first")), rows)


def _rests_on(found: KnownCosts | None) -> Table | None:
    if found is None:
        return None
    grounds = {each["key"]: each for _, each in found.assumptions}
    rows = tuple(
        Row(
            (
                swing.name,
                f"{swing.low} to {swing.high} {grounds[swing.key]['unit']}",
                _grounds(grounds[swing.key]),
            )
        )
        for swing in found.swings
    )
    columns = (Column("Assumption"), Column("Low to high"), Column("Source"))
    return Table("What moves the costs most", columns, rows)


def _grounds(shape: Shape) -> str:
    old = ", older than three years" if shape["stale"] else ""
    return f"{shape['source']}, {shape['year']}{old}"


def _signs(path: Path) -> Table | None:
    """What says that today's way is outgrown, each with its first step."""
    columns = (Column("What says so"), Column("How far"), Column("Since", "date"), Column("First step"))
    rows = tuple(
        Row(
            (
                each.trigger.name,
                "reached" if each.state == MET else "near",
                path.since.get(each.trigger.key),
                each.trigger.step,
            )
        )
        for each in path.met
    )
    return Table("What says that this way is outgrown", columns, rows) if rows else None


def _nobody_answers_for(case: Case) -> Table | None:
    """Gaps and doubles of the matrix that was agreed; a draft is no agreement, so it has none."""
    kept = responsibilities.newest(case.company)
    if kept is None:
        return None
    matrix = responsibilities.show(case.company, kept, today=case.today)
    rows = tuple(
        Row((row.judged.duty.name, str(responsibilities.FAULTS[fault.rule])))
        for row in matrix.rows
        for fault in row.faults
    )
    title = f"What is not settled in who does what, version {kept.number}"
    return Table(title, (Column("What"), Column("What is wrong")), rows[:LONGEST_LIST]) if rows else None


def _not_ready(path: Path) -> Table | None:
    """What to do first so that work goes on when the person who knows IT leaves; nothing where nobody was asked."""
    ready = path.readiness
    if ready.unknown == len(readiness_questions()) or not ready.first:
        return None
    rows = tuple(Row((question.asks, question.do)) for question in ready.first)
    title = f"If the person who knows IT leaves tomorrow: ready to {ready.score:.0%}"
    return Table(title, (Column("Not so today"), Column("What to do")), rows)


def _did_not_go(case: Case, path: Path) -> Table | None:
    """What failed when work was last tried without the person; nothing where it was never tried, or all went."""
    drill = path.last_drill
    if drill is None:
        return None
    kept = {step.key: step for step in drill.steps.all()}
    mending = to_mend(drill_steps(), {key: step.went for key, step in kept.items()})
    if not mending:
        return None
    rows = tuple(Row((step.asks, kept[step.key].wrong or "–", step.do)) for step, _days in mending)
    title = f"What did not go when it was tried without the person, on {case.day(drill.held_on)}"
    return Table(title, (Column("Tried"), Column("What was wrong"), Column("What to do")), rows)


def _clauses(case: Case) -> Table | None:
    """Clauses to have from day one that stand in no contract whose papers were read."""
    clauses = graduation.clauses_of(case.company)
    names = red_flags.checklist().names
    missing = [names.get(each.term, each.term) for each in clauses if not each.found]
    if not missing or len(missing) == len(clauses):
        return None  # where none was found, no contract was read, which another chapter says
    return Table(
        "Clauses to have that were found in no contract",
        (Column("Clause"),),
        tuple(Row((one,)) for one in missing),
    )


def _next_step(shown: ShownAdvice, path: Path) -> str:
    leading_there = ("", shown.first.key)
    steps = [
        each.trigger.step for each in path.met if each.state == MET and each.trigger.towards in leading_there
    ]
    if steps:
        return steps[0]
    if shown.asks and shown.confidence < SURE:
        return f"Find out {' and '.join(shown.asks[-1][0])}: the advice rests on it."
    return f"{shown.verdict}. {shown.first.says}"
