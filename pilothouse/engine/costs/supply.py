"""What does each delivery model supply, and how much of the need is left to be bought or borne?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NO_FEE, CO_MANAGED_FEE, MANAGED_FEE = "none", "co_managed", "managed"
ON_NOBODY, ON_THE_FEE, ON_OWN_PEOPLE = "none", "fee", "own"


@dataclass(frozen=True, slots=True)
class Supply:
    """One model; shares from 0 to 1, prices and damage against the usual (1), as `knowledge/sourcing/supply.yaml` says.

    `own`: own IT people it needs, as a share of the firm's IT work; `keeps`: whether those who are there stay.
    """

    fee: str
    own: float
    keeps: bool
    hours: float
    hidden: float
    projects: float
    included: float
    damage: float
    cover: float
    advice: bool
    after_hours: str
    night: float


@dataclass(frozen=True, slots=True)
class Hiring:
    """How own people that have to be found are split: `leading` is a lead's share of the firm's IT work in-house, up to
    one person; `support` is the share of the others who help people; nobody is hired for less than `least`.
    """

    least: float
    leading: float
    support: float


@dataclass(frozen=True, slots=True)
class Supplies:
    """All models, and how need and damage grow with the levels of a profile (low, medium, high; none, some, major)."""

    models: Mapping[str, Supply]
    damage_by_criticality: tuple[float, ...]
    incident_by_compliance: tuple[float, ...]
    projects_by_change: tuple[float, ...]
    days_for_large_decisions: tuple[float, ...]
    change_in_full_from: float
    change_at_least: float
    hiring: Hiring
