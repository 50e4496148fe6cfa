"""A decision as JSON: what `ask decision` prints and what is stored beside a contract (`commands.md`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from pilothouse.engine.contracts.terms import IfNobodyActs, NextDecision, Term


def shape_of(found: NextDecision) -> dict[str, Any]:
    """A decision as `commands.md` has it."""
    following = found.next
    return {
        "term": _term(found.term),
        "exit": _day(found.exit),
        "last_day": _day(found.last_day),
        "first_day": _day(found.first_day),
        "send_by": _day(found.send_by),
        "missed": found.missed,
        "next": following
        and {
            "term": _term(following.term),
            "exit": _day(following.exit),
            "last_day": _day(following.last_day),
            "send_by": _day(following.send_by),
        },
        "earliest_end": _day(found.earliest_end),
        "if_nobody_acts": _if_nobody_acts(found.if_nobody_acts),
        "reading": found.reading,
        "problems": [
            {
                "rule": trouble.rule,
                "level": "warning" if found.term else "error",
                "message": trouble.says,
                "place": "",
            }
            for trouble in found.problems
        ],
    }


def _term(term: Term | None) -> dict[str, Any] | None:
    if term is None:
        return None
    return {"number": term.number, "start": _day(term.start), "end": _day(term.end)}


def _if_nobody_acts(said: IfNobodyActs | None) -> dict[str, Any] | None:
    if said is None:
        return None
    commits = None if said.commits is None else f"{said.commits.amount:.2f}"
    if said.ends is not None:
        return {"ends": _day(said.ends), "commits": commits or "0.00"}
    return {"renews_until": _day(said.renews_until), "commits": commits}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
