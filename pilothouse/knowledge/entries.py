"""What does an entry of a knowledge file say, and what is wrong with it? Errors name the file and the entry.

A file is YAML. An `Entry` is one mapping in it; whoever reads it asks for each field by name and type and ends
with `finished`, which refuses fields nobody asked for (a misspelt field must not be lost in silence).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from pilothouse.engine.assumptions import Source

OURS = "ours, unsourced"


class KnowledgeError(ValueError):
    """A knowledge file cannot be used as it is."""


class Entry:
    """One mapping of a knowledge file, with the place to name when something is wrong."""

    def __init__(self, place: str, fields: object) -> None:
        if not isinstance(fields, dict):
            raise KnowledgeError(
                f"{place}: expected fields with names, found {fields!r}. Write “name: value” lines."
            )
        self.place = place
        self._left: dict[str, Any] = dict(fields)

    def text(self, field: str, default: str | None = None) -> str:
        """A text; without `default` it must be there and not be empty."""
        value = self._left.pop(field, default)
        if not isinstance(value, str):
            raise self.wrong(f"“{field}” is {_said(value)}, but must be text. Put quotes around it.")
        if not value and default is None:
            raise self.wrong(f"“{field}” is empty.")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; absent means none."""
        value = self._left.pop(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(
                f"“{field}” must be a list of texts. Put quotes around numbers and words like “no”."
            )
        return tuple(value)

    def flag(self, field: str, *, unknown: bool = False) -> bool | None:
        """True or false; with `unknown`, an explicit null is allowed as well."""
        value = self._left.pop(field, "")
        if isinstance(value, bool) or (unknown and value is None):
            return value
        raise self.wrong(
            f"“{field}” is {_said(value)}, but must be true or false{' or null' if unknown else ''}."
        )

    def number(self, field: str) -> Decimal:
        value = self._left.pop(field, None)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(f"“{field}” is {_said(value)}, but must be a number.")
        return Decimal(str(value))

    def numbers(self, field: str) -> tuple[Decimal, ...]:
        """A list of numbers."""
        value = self._left.pop(field, None)
        if not isinstance(value, list) or any(
            isinstance(item, bool) or not isinstance(item, int | float) for item in value
        ):
            raise self.wrong(f"“{field}” must be a list of numbers.")
        return tuple(Decimal(str(item)) for item in value)

    def raw(self, field: str) -> object:
        """Whatever stands under a field, for a field that may be of two kinds."""
        return self._left.pop(field, None)

    def lists(self, field: str) -> list[object]:
        """A list of whatever stands under a field; at least one."""
        value = self._left.pop(field, None)
        if not isinstance(value, list) or not value:
            raise self.wrong(f"“{field}” must be a list.")
        return value

    def numbers_or_one(self, field: str) -> tuple[Decimal, ...]:
        """A list of numbers, or one."""
        return self.numbers(field) if isinstance(self._left.get(field), list) else (self.number(field),)

    def pairs(self, field: str) -> tuple[tuple[float, float], ...]:
        """A list of pairs of numbers."""
        value = self._left.pop(field, None)
        try:
            return tuple((float(one), float(other)) for one, other in value)
        except (TypeError, ValueError) as error:
            raise self.wrong(f"“{field}” must be a list of pairs of numbers.") from error

    def day(self, field: str) -> date:
        value = self._left.pop(field, None)
        if type(value) is not date:
            raise self.wrong(f"“{field}” is {_said(value)}, but must be a date such as 2026-01-31.")
        return value

    def choice(self, field: str, among: Iterable[str], where: str) -> str:
        """A text that must be one of `among`; `where` says where those are listed."""
        value = self.text(field)
        if value not in among:
            raise self.wrong(
                f"“{field}” is “{value}”, which is not in {where}. Use one of its keys, or add it there."
            )
        return value

    def within(self, field: str) -> Entry:
        """The mapping under a field, as an entry of the same place."""
        return Entry(f"{self.place}, “{field}”", self._left.pop(field, None))

    def fields(self) -> list[str]:
        """The names of the fields nobody has read yet."""
        return list(self._left)

    def entries(self) -> list[Entry]:
        """All fields that are left, each a mapping."""
        left, self._left = self._left, {}
        return [Entry(f"{self.place}, “{name}”", fields) for name, fields in left.items()]

    def each(self, field: str) -> list[Entry]:
        """The mappings listed under a field; at least one."""
        return list(_listed(f"{self.place}, “{field}”", self._left.pop(field, None)))

    def finished(self) -> None:
        """Refuse what nobody asked for."""
        if self._left:
            names = ", ".join(f"“{name}”" for name in self._left)
            raise self.wrong(f"unknown field {names}. Correct its spelling or take it out.")

    def wrong(self, what: str) -> KnowledgeError:
        return KnowledgeError(f"{self.place}: {what}")


def folder(name: str = "") -> Traversable:
    """The package's folder of data, or one in it."""
    root = files("pilothouse.knowledge")
    return root.joinpath(name) if name else root


def yaml_files(directory: Traversable) -> list[Traversable]:
    """The YAML files of a folder, by name."""
    return sorted((f for f in directory.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


def read_yaml(file: Traversable) -> object:
    """What stands in a file; one that is no YAML, or says a field twice, is an error that names the line."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), _OnceEach)  # noqa: S506 (a safe loader, see below)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{file.name}: not readable as YAML: {error}") from error


def read_entries(file: Traversable) -> Iterator[Entry]:
    """The entries of a file that is a list."""
    return _listed(file.name, read_yaml(file))


def unique(keys: Iterable[tuple[str, str]], what: str) -> None:
    """Refuse the second of two equal keys, each given with its place; `what` says what the key is."""
    seen: dict[str, str] = {}
    for place, key in keys:
        if key in seen:
            raise KnowledgeError(f"{place}: {what} “{key}” stands already in {seen[key]}. Keep one of them.")
        seen[key] = place


def source_of(entry: Entry, quality: str) -> Source:
    """Where a statement comes from: title, address and year. What is only ours has no address."""
    title, year = entry.text("title"), entry.number("year")
    url = entry.text("url", "") if title == OURS else entry.text("url")
    entry.finished()
    if title != OURS and not url.startswith(("https://", "http://")):
        raise entry.wrong(f"the url “{url}” must begin with https://.")
    return Source(title, url, int(year), quality)


def country_of(entry: Entry) -> str:
    """The country of an entry (ISO 3166)."""
    country = entry.text("country")
    if len(country) != 2 or not country.isascii() or not country.isupper():
        raise entry.wrong(f"the country “{country}” must be two capital letters, such as BE (ISO 3166).")
    return country


def _listed(place: str, items: object) -> Iterator[Entry]:
    if not isinstance(items, list) or not items:
        raise KnowledgeError(f"{place}: expected a list of entries, each beginning with “- ”.")
    for number, item in enumerate(items, start=1):
        known = item if isinstance(item, dict) else {}
        name = known.get("key") or known.get("name") or number
        yield Entry(f"{place}, entry “{name}”", item)


def _said(value: object) -> str:
    return "missing" if value is None or value == "" else f"“{value}”"


class _OnceEach(yaml.CSafeLoader):
    """The safe loader in C, refusing a field that stands twice in one mapping (YAML would keep the last)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001 (as its parent)
        fields: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(fields) < len(node.value):
            raise yaml.constructor.ConstructorError(
                None, None, "a field stands twice in one entry", node.start_mark
            )
        return fields
