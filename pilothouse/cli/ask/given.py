"""What a JSON object says, field by field: everything that is wrong with it is said at once, by field.

A field that nobody asks for is named, since a misspelt one must not be lost in silence. A missing field, and null, is
not known. One object or a list of them may be asked of; in a list, a bad one spoils only itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.dates import Duration

Shape = dict[str, Any]
Kind = TypeVar("Kind")
LARGEST_AMOUNT = Decimal(10) ** 15


class Given:
    """One object of the input, with what is wrong in it so far. `place` says where it stands ("notice")."""

    def __init__(
        self, fields: Mapping[str, Any], place: str = "", problems: list[Shape] | None = None
    ) -> None:
        self._left = dict(fields)
        self._place = place
        self.problems: list[Shape] = [] if problems is None else problems

    def wrong(self, field: str, message: str, rule: str = "json.field") -> None:
        place = ".".join(filter(None, (self._place, field)))
        self.problems.append({"rule": rule, "level": "error", "message": message, "place": place})

    def rest(self) -> Shape:
        """All fields that are left, as they stand; whoever takes them reads them."""
        left, self._left = self._left, {}
        return left

    def finished(self) -> None:
        """Name what nobody asked for."""
        for field in self._left:
            self.wrong(field, f"“{field}” is not known here. Check how it is spelled.", "json.unknown_field")

    def _take(self, field: str, kinds: type | tuple[type, ...], expected: str) -> Any:
        """The value of a field; None where it is missing, or of another kind (which is said)."""
        value = self._left.pop(field, None)
        if value is None:
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            self.wrong(field, f"“{field}” must be {expected}.")
            return None
        return value

    def _read(self, field: str, expected: str, read: Callable[[str], Kind]) -> Kind | None:
        text = self._take(field, str, expected)
        if text is None:
            return None
        try:
            return read(text)
        except (ValueError, InvalidOperation):
            self.wrong(field, f"“{field}” is “{text[:40]}”, but must be {expected}.")
            return None

    def text(self, field: str) -> str:
        return str(self._take(field, str, "text") or "")

    def flag(self, field: str) -> bool | None:
        value: bool | None = self._take(field, bool, "true or false")
        return value

    def whole(self, field: str) -> int | None:
        value: int | None = self._take(field, int, "a whole number")
        return value

    def day(self, field: str) -> date | None:
        return self._read(field, "a day such as 2026-01-31", _day)

    def duration(self, field: str) -> Duration | None:
        return self._read(field, "a length such as P3M, P1Y or P30D", Duration.parse)

    def amount(self, field: str) -> Decimal | None:
        value = self._left.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._left[field] = str(value)
        return self._read(field, 'an amount such as "1234.50"', _amount)

    def choice(self, field: str, among: Callable[[str], Kind], names: Iterable[str]) -> Kind | None:
        return self._read(field, f"one of {', '.join(names)}", among)

    def inside(self, field: str) -> Given | None:
        """An object inside this one; None where there is none."""
        value = self._take(field, dict, "an object {…}")
        return (
            None
            if value is None
            else Given(value, ".".join(filter(None, (self._place, field))), self.problems)
        )

    def text_or_inside(self, field: str) -> Given | None:
        """The object inside, where the field holds one and no text."""
        return self.inside(field) if isinstance(self._left.get(field), dict) else None


def _day(text: str) -> date:
    if len(text) != 10:
        raise ValueError(text)
    return date.fromisoformat(text)


def _amount(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite() or value.copy_abs() >= LARGEST_AMOUNT:
        raise ValueError(text)
    return value


def answer_each(
    asked: Asked, answer: Callable[[Given], Shape | None], read: Callable[[str], bytes]
) -> Answer:
    """Ask of the object in the one file, or of each in its list. `answer` gives None where its problems say why not."""
    if len(asked.files) != 1:
        return _unusable("json.one_file", "Give one file: an object, or a list of them.")
    try:
        said = json.loads(read(asked.files[0]))
    except (ValueError, RecursionError) as error:
        return _unusable("json.broken", f"This is no JSON: {_short(error)}. Check brackets and quotes.")
    except OSError as error:
        return _unusable(
            "file.unreadable", f"{asked.files[0]}: {error.strerror}. Check the name of the file."
        )
    if isinstance(said, list):
        shapes = [_one(item, answer, f"{number}") for number, item in enumerate(said)]
        return Answer([shape for shape, _ in shapes], answered=any(well for _, well in shapes))
    shape, well = _one(said, answer, "")
    return Answer(shape, answered=well)


def _one(item: Any, answer: Callable[[Given], Shape | None], place: str) -> tuple[Shape, bool]:
    if not isinstance(item, dict):
        return _problem("json.object", "An object {…} with named fields is expected here.", place), False
    given = Given(item)
    shape = answer(given)
    if given.problems or shape is None:
        return {"problems": given.problems}, False
    return shape, True


def _unusable(rule: str, message: str) -> Answer:
    return Answer(_problem(rule, message, ""), (message,), answered=False)


def _problem(rule: str, message: str, place: str) -> Shape:
    return {"problems": [{"rule": rule, "level": "error", "message": message, "place": place}]}


def _short(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__
