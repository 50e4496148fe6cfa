"""What is a firm like of which nothing is known? The loader of `sourcing/priors.yaml`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.costs.facts import Priors, Shares
from pilothouse.engine.costs.profile import CHANGES, GROWTHS, LEVELS, MODELS, ROLES
from pilothouse.knowledge.entries import Entry, KnowledgeError, folder, read_yaml

_QUALITIES = ("A", "B", "C", "D")
_FLAGS = ("own_know_how", "it_is_core_product", "needs_after_hours", "own_ways_of_working")
_SCALES = {
    "growth": GROWTHS,
    "strategic_change": CHANGES,
    "compliance_pressure": LEVELS,
    "budget_predictability": LEVELS,
    "it_criticality": LEVELS,
}


@lru_cache
def priors() -> Priors:
    """The priors as they come with Pilothouse."""
    return read_priors(folder("sourcing").joinpath("priors.yaml"))


def read_priors(file: Traversable) -> Priors:
    """The priors of a file; every part names its source, shares add up to one."""
    whole = Entry(file.name, read_yaml(file))
    spread = _sourced(whole, "headcount")
    headcount = _numbers(spread, ("median", "p90", "lowest", "highest"))
    steps = _sourced(whole, "internal_by_headcount")
    by_headcount = steps.pairs("values")
    per_it = _numbers(_sourced(whole, "people_per_it"), ("lowest", "mode", "highest"))
    roles = _numbers(_sourced(whole, "role_shares"), ROLES)
    hidden = _numbers(_sourced(whole, "hidden_hours_per_head"), ("lowest", "mode", "highest"))
    per_site = _numbers(_sourced(whole, "people_per_site"), ("value",))
    said = _sourced(whole, "yes")
    yes, small_yes = (_numbers(said.within(part), _FLAGS) for part in ("shares", "small"))
    listed = _sourced(whole, "levels")
    levels, small_levels = (_levels(listed.within(part)) for part in ("all", "small"))
    small = _numbers(_sourced(whole, "small_up_to"), ("value",))
    happens = _numbers(_sourced(whole, "events"), ("any",))
    core = _numbers(_sourced(whole, "core_share"), ("lowest", "mode", "highest"))
    today = _sourced(whole, "current")
    current = {kind: tuple(float(share) for share in today.numbers(kind)) for kind in ("with", "without")}
    for entry in (steps, said, listed, today, whole):
        entry.finished()
    for kind, kinds in current.items():
        _whole(kinds, len(MODELS), f"{file.name}, “current”, “{kind}”")
    _whole(tuple(roles.values()), len(ROLES), f"{file.name}, “role_shares”")
    return Priors(
        (headcount["median"], headcount["p90"], headcount["lowest"], headcount["highest"]),
        by_headcount,
        (per_it["lowest"], per_it["mode"], per_it["highest"]),
        roles,
        (hidden["lowest"], hidden["mode"], hidden["highest"]),
        per_site["value"],
        Shares(yes, levels),
        Shares(small_yes, small_levels),
        small["value"],
        happens["any"],
        (core["lowest"], core["mode"], core["highest"]),
        current,
    )


def _levels(entry: Entry) -> dict[str, tuple[float, ...]]:
    levels = {name: tuple(float(share) for share in entry.numbers(name)) for name in _SCALES}
    entry.finished()
    for name, among in _SCALES.items():
        _whole(levels[name], len(among), f"{entry.place}, “{name}”")
    return levels


def _sourced(whole: Entry, field: str) -> Entry:
    entry = whole.within(field)
    entry.choice("quality", _QUALITIES, "A to D")
    entry.text("source")
    return entry


def _numbers(entry: Entry, names: tuple[str, ...]) -> dict[str, float]:
    found = {name: float(entry.number(name)) for name in names}
    entry.finished()
    return found


def _whole(shares: tuple[float, ...], count: int, place: str) -> None:
    if len(shares) != count or abs(sum(shares) - 1) > 1e-9:
        raise KnowledgeError(f"{place}: {count} shares that add up to 1 are needed.")
