"""Whom to hire, how to find them, and how the adviser leaves. The loader of `sourcing/hire.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.costs.profile import ROLES
from pilothouse.knowledge.entries import Entry, folder, read_yaml


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """What somebody does, must know, may decide; what to see after 30, 60 and 90 days; what not to expect."""

    name: str
    tasks: tuple[str, ...]
    skills: tuple[str, ...]
    mandate: tuple[str, ...]
    first_days: tuple[str, ...]
    not_to_expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hiring:
    """Profiles by role, the steps of finding somebody, and the adviser's own way out (day, what)."""

    roles: Mapping[str, RoleProfile]
    recruit: tuple[str, ...]
    exit: tuple[tuple[int, str], ...]


@lru_cache
def hiring() -> Hiring:
    """As it comes with Pilothouse."""
    return read_hiring(folder("sourcing").joinpath("hire.yaml"))


def read_hiring(file: Traversable) -> Hiring:
    """The file: every role has a profile, the way out has days that rise."""
    whole = Entry(file.name, read_yaml(file))
    listed = whole.within("roles")
    roles = {role: _role(listed.within(role)) for role in ROLES}
    listed.finished()
    recruit = whole.texts("recruit")
    steps = [(int(step.number("day")), step.text("what")) for step in whole.each("exit")]
    whole.finished()
    if not recruit or [day for day, _ in steps] != sorted(day for day, _ in steps):
        raise whole.wrong("“recruit” needs steps, and the days of “exit” must rise.")
    return Hiring(roles, recruit, tuple(steps))


def _role(entry: Entry) -> RoleProfile:
    found = RoleProfile(
        entry.text("name"),
        entry.texts("tasks"),
        entry.texts("skills"),
        entry.texts("mandate"),
        entry.texts("first_days"),
        entry.texts("not_to_expect"),
    )
    entry.finished()
    return found
