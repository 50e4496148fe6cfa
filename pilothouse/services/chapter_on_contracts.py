"""The chapter *What must be decided by when?*: days for notice within a year, days that went by, contracts without any.

Amounts stand in sentences here: they follow from the terms of a contract, which its page shows with the reading, and
not from lines of papers that a proof could list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from pilothouse.engine.contracts.reminders import Need
from pilothouse.knowledge.saying import say
from pilothouse.records.models import Contract
from pilothouse.reporting.diagnosis import Chapter, Column, Row, Table
from pilothouse.services import contracts
from pilothouse.services.case import LONGEST_LIST, Case
from pilothouse.services.open_days import OpenDay, find_missed, open_days, standing_of

AHEAD = timedelta(days=366)
GOES_ON = {
    Need.DECIDE: "It goes on",
    Need.SEND: "It is decided to end it, but the notice is not sent: it goes on",
    Need.AGREE: "New terms are being agreed; without them it goes on",
}
_LONGEST_NAME = 80


def chapter_on_contracts(case: Case) -> Chapter:
    """What must be decided within a year, what nobody decided in time, of what no day is known."""
    known = _Known(case)
    return Chapter(
        "contracts",
        "What must be decided by when?",
        known.answer,
        tables=tuple(table for table in known.tables if table is not None),
        next_step=known.next_step,
    )


def urgent_steps(case: Case) -> tuple[str, ...]:
    """What has to be decided or sent now, the nearest first: it belongs on page one."""
    known = _Known(case)
    return tuple(known.step(day) for day in known.ahead if known.is_urgent(day))


@dataclass(frozen=True)
class _Known:
    """What is known of a company's contracts, as the chapter shows it."""

    case: Case

    @cached_property
    def standing(self) -> list[Contract]:
        return standing_of([self.case.company], today=self.case.today)

    @cached_property
    def days(self) -> list[OpenDay]:
        return open_days(self.standing, today=self.case.today)

    @cached_property
    def ahead(self) -> list[OpenDay]:
        """What can still be done within a year, the nearest first."""
        last = self.case.today + AHEAD
        found = (day for day in self.days if day.need is not Need.MISSED and day.send_by <= last)
        return sorted(found, key=lambda day: (day.send_by, day.contract.name))

    @cached_property
    def missed(self) -> list[str]:
        return [say(finding.title, self.case.language) for finding in find_missed(self.days)]

    @cached_property
    def unknown(self) -> list[Contract]:
        return [contract for contract in self.standing if contracts.is_unknown(contract)]

    @property
    def answer(self) -> str:
        if not self.standing:
            return "No contract is known yet, so nobody can be warned before one renews."
        said = [self._first()]
        if self.missed:
            said.append(f"Of {_contracts(len(self.missed))} nobody decided in time.")
        if self.unknown:
            said.append(f"Of {_contracts(len(self.unknown))} no day is known.")
        return " ".join(said)

    def _first(self) -> str:
        if not self.ahead:
            return f"Of {_contracts(len(self.standing))} none has to be decided within a year."
        first = self.ahead[0]
        return (
            f"{len(self.ahead)} of {_contracts(len(self.standing))} must be decided within a year, "
            f"{_name(first.contract)} first: by {self.case.day(first.send_by)}."
        )

    @property
    def next_step(self) -> str:
        if not self.standing:
            return "Bring in your contracts, or enter the dearest one by hand."
        if self.ahead:
            return self.step(self.ahead[0])
        if self.unknown:
            return f"Enter when {_name(self.unknown[0])} starts, how long it runs and how it can be ended."
        return "Look here again when the next mail on contracts comes; nothing has to be decided before."

    def step(self, day: OpenDay) -> str:
        """What is to be done on a day that is open."""
        name, by = _name(day.contract), self.case.day(day.send_by)
        if day.need is Need.SEND:
            return f"Send the notice on {name} by {by}, and note that it is sent."
        if day.need is Need.AGREE:
            return f"Agree on {name} in writing by {by}, or send the notice then."
        return f"Decide on {name} by {by}."

    def is_urgent(self, day: OpenDay) -> bool:
        return (day.send_by - self.case.today).days <= day.contract.urgent_days

    @property
    def tables(self) -> Sequence[Table | None]:
        return (self._by_when(), self._went_by(), self._without())

    def _by_when(self) -> Table | None:
        columns = (
            Column("Contract"),
            Column("With"),
            Column("Send the notice by", "date"),
            Column("So that it ends on", "date"),
            Column("If nobody acts"),
        )
        rows = [
            Row(
                (
                    _name(day.contract),
                    day.contract.vendor_name,
                    day.send_by,
                    day.exit,
                    self._if_nobody_acts(day),
                )
            )
            for day in self.ahead[:LONGEST_LIST]
        ]
        rest = len(self.ahead) - LONGEST_LIST
        if rest > 0:
            rows.append(Row((f"{rest} more, on the page of contracts", "", None, None, "")))
        return Table("What must be decided within a year", columns, tuple(rows)) if rows else None

    def _if_nobody_acts(self, day: OpenDay) -> str:
        said = GOES_ON[day.need]
        if day.renews_until is not None:
            said += f" until {self.case.day(day.renews_until)}"
        if day.commits is not None:
            said += f" and commits {self.case.money(day.commits)}"
        return f"{said}. Not confirmed yet." if day.is_proposed else f"{said}."

    def _went_by(self) -> Table | None:
        rows = tuple(Row((sentence,)) for sentence in self.missed[:LONGEST_LIST])
        return (
            Table("Nobody decided in time", (Column("What happened, and what to do"),), rows)
            if rows
            else None
        )

    def _without(self) -> Table | None:
        rows = tuple(
            Row((_name(contract), contract.vendor_name, _why(contract)))
            for contract in self.unknown[:LONGEST_LIST]
        )
        columns = (Column("Contract"), Column("With"), Column("Why"))
        return Table("Contracts without a day", columns, rows) if rows else None


def _why(contract: Contract) -> str:
    problems = contract.answer.get("problems") or [{}]
    return str(problems[0].get("message") or "Nobody knows how it can be ended. Look for the notice in it.")


def _name(contract: Contract) -> str:
    name = " ".join(contract.name.split())
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _contracts(number: int) -> str:
    return "one contract" if number == 1 else f"{number} contracts"
