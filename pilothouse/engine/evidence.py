"""Why a figure is what it is: the grounds that every figure and finding carries.

Grounds are of three kinds: a record with its place in a paper (`RecordEvidence`), a set of lines that can be
listed again (`SelectionEvidence`), and a number somebody believes (`AssumptionEvidence`).
A figure or finding without grounds cannot be built (`NoGrounds`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pilothouse.engine.money import Money


class NoGrounds(ValueError):
    """A figure or finding was to be built without saying where it comes from."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be said: a key of the catalogue and the values to put in; who shows it renders it."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordEvidence:
    """One record and where it stands: `record` is its id, `source` the paper, `place` a line or page in it."""

    record: str
    source: str
    place: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class SelectionEvidence:
    """Lines that can be listed again: the conditions they meet, how many they are and what they sum to.

    `conditions` are pairs of a line's field and value, such as ("month", "2026-03"); the same conditions give
    the same lines on the page of lines and in the answer.
    """

    conditions: tuple[tuple[str, str], ...]
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class AssumptionEvidence:
    """A number we merely believe: its key in `knowledge/assumptions`, value, unit, source and date."""

    key: str
    value: Decimal
    unit: str
    source: str
    holds_from: str


Evidence = RecordEvidence | SelectionEvidence | AssumptionEvidence


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of money with its grounds. `resting_on_proposed` is the part nobody has confirmed yet."""

    name: str
    value: Money
    because: tuple[Evidence, ...]
    resting_on_proposed: Money | None = None

    def __post_init__(self) -> None:
        if not self.because:
            raise NoGrounds(
                f"The figure “{self.name}” has no grounds. Name the lines or assumptions it rests on."
            )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the owner should know, with what it is worth and why it is said.

    `rule` names the rule and the date of its rule set, such as "spend.unsure@2026-11".
    """

    rule: str
    title: Text
    worth_a_year: Money | None
    because: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.because:
            raise NoGrounds(f"The finding “{self.rule}” has no grounds. Name the records it rests on.")
