"""The chapter *What is dangerous in the contracts?*: what to act on, what to look at, what was not found in them.

It rests on the terms that were read in papers; each row has the words it was read in. What nobody confirmed says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from pilothouse.engine.contracts.checklist import Flag, Severity
from pilothouse.records.models import Contract
from pilothouse.reporting import formats
from pilothouse.reporting.diagnosis import Chapter, Column, Row, Table
from pilothouse.services.case import LONGEST_LIST, Case
from pilothouse.services.check_answers import Worry, worries_of_standing
from pilothouse.services.contract_flags import flags_of_standing
from pilothouse.services.contract_papers import partly_read

_LONGEST_NAME = 80
_LONGEST_QUOTE = 160
_NAMED = 5  # of the clauses that were not found in a contract


def chapter_on_dangers(case: Case) -> Chapter:
    """What the contracts say that should worry their owner, and what they do not say."""
    found, standing = flags_of_standing(case.company, today=case.today)
    known = _Known(
        found, standing, worries_of_standing(case.company), case.language, partly_read(case.company)
    )
    return Chapter(
        "dangers",
        "What is dangerous in the contracts?",
        known.answer,
        tables=tuple(
            table
            for table in (known.to_act_on, known.answered, known.to_look_at, known.not_found)
            if table is not None
        ),
        next_step=known.next_step,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The contracts that were read with their flags, how many stand in all, and what worries people in them."""

    found: list[tuple[Contract, tuple[Flag, ...]]]
    standing: int
    worries: list[Worry]
    language: str
    partly_read: frozenset[int] = frozenset()

    @property
    def answer(self) -> str:
        if not self.found:
            return f"No contract was read yet, so nobody knows what is dangerous in them.{self._worried}"
        grave = {contract.pk for contract, _flag in self._read(Severity.ACT)}
        said = f"{_number(len(self.found))} of {_contracts(self.standing)} {_were(len(self.found))} read. "
        if not grave:
            return f"{said}Nothing grave was found in what they say.{self._worried}"
        first, flag = next(self._read(Severity.ACT))
        return f"{said}Grave things stand in {_contracts(len(grave))}, such as in {_name(first)}: {_inside(flag.says)}"

    @property
    def _worried(self) -> str:
        number = len(self.worries)
        return f" {_number(number)} {_answers(number)} a worry." if number else ""

    @property
    def next_step(self) -> str:
        for contract, flag in self._read(Severity.ACT):
            return f"{_name(contract)}: {_inside(flag.what_to_do)}"
        for worry in self.worries:
            return f"{_name(worry.contract)}: {_inside(worry.check.what_to_do)}"
        if not self.found:
            return "Bring in the contracts themselves, the dearest first."
        for contract, flag in self._read(Severity.LOOK):
            return f"{_name(contract)}: {_inside(flag.what_to_do)}"
        return "Bring in the contracts that were not read yet, and look again."

    @property
    def to_act_on(self) -> Table | None:
        return self._table("What to act on", Severity.ACT)

    @property
    def answered(self) -> Table | None:
        """What no clause says and somebody answered: their answer is what it rests on, with name and day."""
        columns = (
            Column("Contract"),
            Column("What was asked"),
            Column("What was answered"),
            Column("What to do"),
        )
        rows = tuple(
            Row(
                (
                    _name(worry.contract),
                    worry.check.question,
                    _answered(worry, self.language),
                    worry.check.what_to_do,
                )
            )
            for worry in self.worries
        )
        rest = len(rows) - LONGEST_LIST
        more = (Row((f"{rest} more, on the pages of the contracts", "", "", "")),) if rest > 0 else ()
        return (
            Table("What somebody said of them that worries", columns, rows[:LONGEST_LIST] + more)
            if rows
            else None
        )

    @property
    def to_look_at(self) -> Table | None:
        return self._table("What to look at", Severity.LOOK)

    @property
    def not_found(self) -> Table | None:
        columns = (Column("Contract"), Column("Not found, so look yourself", "number"), Column("Such as"))
        rows = tuple(
            Row((_name(contract), len(missing), self._such_as(contract, missing)))
            for contract, missing in self._missing()
        )
        return Table("Clauses that were not found", columns, rows[:LONGEST_LIST]) if rows else None

    def _such_as(self, contract: Contract, missing: list[Flag]) -> str:
        said = " ".join(flag.says for flag in missing[:_NAMED])
        return f"Not all of its paper could be read. {said}" if contract.pk in self.partly_read else said

    def _table(self, title: str, severity: Severity) -> Table | None:
        columns = (Column("Contract"), Column("What it says"), Column("Its words"), Column("What to do"))
        rows = tuple(
            Row((_name(contract), _said(flag), _words(flag), flag.what_to_do))
            for contract, flag in self._read(severity)
        )
        rest = len(rows) - LONGEST_LIST
        more = (Row((f"{rest} more, on the pages of the contracts", "", "", "")),) if rest > 0 else ()
        return Table(title, columns, rows[:LONGEST_LIST] + more) if rows else None

    def _read(self, severity: Severity) -> Iterator[tuple[Contract, Flag]]:
        for contract, flags in self.found:
            yield from ((contract, flag) for flag in flags if flag.because and flag.severity is severity)

    def _missing(self) -> Iterator[tuple[Contract, list[Flag]]]:
        for contract, flags in self.found:
            missing = [flag for flag in flags if flag.missing]
            if missing:
                yield contract, missing


def _said(flag: Flag) -> str:
    return flag.says if flag.confirmed else f"{flag.says} We read this, please confirm."


def _words(flag: Flag) -> str:
    term = flag.because[0]
    quote = _cut(term.quote, _LONGEST_QUOTE)
    return f"“{quote}” (page {term.page})" if term.page else f"“{quote}”"


def _answered(worry: Worry, language: str) -> str:
    """The answer, in what words, by whom and when."""
    answer = worry.answer
    said = ": ".join(part for part in (answer.get_says_display(), _cut(answer.words, _LONGEST_QUOTE)) if part)
    day = formats.day(timezone.localtime(answer.created_at).date(), language)
    return f"{said} ({answer.by or 'somebody'}, {day})"


def _name(contract: Contract) -> str:
    return _cut(contract.name, _LONGEST_NAME)


def _cut(text: str, longest: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def _inside(sentence: str) -> str:
    """A sentence behind a colon."""
    return sentence[:1].lower() + sentence[1:]


def _answers(number: int) -> str:
    return "answer on them is" if number == 1 else "answers on them are"


def _contracts(number: int) -> str:
    return "one contract" if number == 1 else f"{number} contracts"


def _number(number: int) -> str:
    return "One" if number == 1 else str(number)


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
