"""What does the firm say of itself, and where does it contradict itself?

A `Profile` holds the facts that cost and advice rest on; None is "I don't know", which is an answer. `read_profile`
takes the public JSON shape (`commands.md`), `examined` looks at a profile built from records. What cannot be is not
taken (it counts as not known) and said; of two answers that contradict each other the more specific one is taken:
people named by role before a total, a person before a number of people, people before the name of a model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

MODELS = (
    "break_fix",
    "project_based",
    "co_managed",
    "fully_outsourced",
    "fully_outsourced_plus_adviser",
    "advisory_only",
    "in_house",
)
EVENTS = (
    "internal_it_left",
    "first_it_hire",
    "leadership_gap",
    "project_deadline",
    "project_stalled",
    "outgrew_provider",
    "provider_failed",
    "provider_too_costly",
    "lost_confidence",
    "incident",
    "budget_cut",
    "merger",
    "funding",
    "contract_renewal",
)
LEVELS = ("low", "medium", "high")
CHANGES = ("none", "some", "major")
GROWTHS = ("shrinking", "stable", "growing", "fast")
ROLES = ("support", "engineering", "lead")
MOST_PEOPLE, MOST_SITES, HOURS_A_MONTH = 1_000_000, 10_000, 170
MOST_REVENUE = Decimal(10) ** 13
LEADS = 0.5  # from this share of a full-time lead on, there is an IT leader
TWO_LETTERS, THREE_LETTERS = 2, 3


@dataclass(frozen=True, slots=True)
class Profile:
    """One firm. `support_fte`, `engineering_fte` and `lead_fte` split `internal_it_fte`; `events` are of `EVENTS`, None
    where nobody said what is happening and empty where nothing is.

    `hidden_it_hours` are hours a month of staff who are not IT; `revenue` is a year's, in `currency`.
    """

    headcount: int | None = None
    internal_it_fte: float | None = None
    support_fte: float | None = None
    engineering_fte: float | None = None
    lead_fte: float | None = None
    hidden_it_hours: float | None = None
    has_it_leader: bool | None = None
    own_know_how: bool | None = None
    growth: str | None = None
    it_is_core_product: bool | None = None
    strategic_change: str | None = None
    compliance_pressure: str | None = None
    needs_after_hours: bool | None = None
    budget_predictability: str | None = None
    it_criticality: str | None = None
    own_ways_of_working: bool | None = None
    sector: str = ""
    country: str = ""
    current_model: str | None = None
    events: tuple[str, ...] | None = None
    sites: int | None = None
    revenue: Decimal | None = None
    currency: str = ""

    @property
    def happening(self) -> tuple[str, ...]:
        """What is known to be happening."""
        return self.events or ()


FACTS = tuple(field.name for field in fields(Profile))


@dataclass(frozen=True, slots=True)
class ProfileProblem:
    """Something about a profile that does not hold; `taken` says what counts instead. Errors stop, warnings do not."""

    rule: str
    field: str
    message: str
    level: str = "warning"


Problems = tuple[ProfileProblem, ...]


def examined(profile: Profile) -> tuple[Profile, Problems]:
    """The profile as it is taken, and what was said of it that cannot be."""
    problems: list[ProfileProblem] = []
    for look in (_sizes, _hours, _people, _leader, _model, _core):
        profile, said = look(profile)
        problems += said
    return profile, tuple(problems)


Looked = tuple[Profile, Problems]


def _sizes(profile: Profile) -> Looked:
    problems = []
    limits: dict[str, tuple[int, int | Decimal, str]] = {
        "headcount": (1, MOST_PEOPLE, "people"),
        "sites": (1, MOST_SITES, "sites"),
        "revenue": (0, MOST_REVENUE, "of revenue a year"),
    }
    for name, (least, most, what) in limits.items():
        value = getattr(profile, name)
        if value is not None and not least <= value <= most:
            message = f"{value:,} {what} cannot be for a firm. It counts as not known until it is corrected."
            problems.append(ProfileProblem("profile.impossible", name, message))
            profile = _without(profile, name)
    return profile, tuple(problems)


def _without(profile: Profile, name: str) -> Profile:
    unknown: dict[str, Any] = {name: None}
    return replace(profile, **unknown)


def _hours(profile: Profile) -> Looked:
    problems = []
    for name in ("internal_it_fte", "support_fte", "engineering_fte", "lead_fte", "hidden_it_hours"):
        value = getattr(profile, name)
        if value is not None and value < 0:
            message = f"{value:g} is less than nobody. It counts as not known until it is corrected."
            problems.append(ProfileProblem("profile.impossible", name, message))
            profile = _without(profile, name)
    hidden, people = profile.hidden_it_hours, profile.headcount or MOST_PEOPLE
    if hidden is not None and hidden > people * HOURS_A_MONTH:
        message = f"{hidden:g} hours a month are more than everybody works. They count as not known."
        problems.append(ProfileProblem("profile.impossible", "hidden_it_hours", message))
        profile = replace(profile, hidden_it_hours=None)
    return profile, tuple(problems)


def _people(profile: Profile) -> Looked:
    """Roles before the total; never more IT people than people."""
    problems = []
    roles = [profile.support_fte, profile.engineering_fte, profile.lead_fte]
    known = sum(part or 0 for part in roles)
    total = profile.internal_it_fte
    if any(part is not None for part in roles):
        whole = None not in roles
        if total is not None and (known > total + 0.01 or (whole and known < total - 0.01)):
            message = f"{total:g} in IT were said, and {known:g} by role. The roles are taken: they say more."
            problems.append(ProfileProblem("profile.contradiction", "internal_it_fte", message))
            total = None
        if total is None:
            profile = replace(profile, internal_it_fte=float(known))
    total, people = profile.internal_it_fte, profile.headcount
    if total is not None and people is not None and total > people:
        message = f"{total:g} people in IT of {people} in all cannot be. {people} is taken for both."
        problems.append(ProfileProblem("profile.contradiction", "internal_it_fte", message))
        shrink = people / total
        profile = replace(
            profile,
            internal_it_fte=float(people),
            support_fte=_times(profile.support_fte, shrink),
            engineering_fte=_times(profile.engineering_fte, shrink),
            lead_fte=_times(profile.lead_fte, shrink),
        )
    return profile, tuple(problems)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _leader(profile: Profile) -> Looked:
    if profile.has_it_leader and profile.internal_it_fte == 0:
        message = "Nobody in IT was said, and an IT leader too. The leader is taken: one person in IT, who leads it."
        taken = replace(profile, internal_it_fte=1.0, lead_fte=1.0, support_fte=0.0, engineering_fte=0.0)
        return taken, (ProfileProblem("profile.contradiction", "internal_it_fte", message),)
    if profile.has_it_leader is False and (profile.lead_fte or 0) >= LEADS:
        message = f"No IT leader was said, and {profile.lead_fte:g} who lead IT. The people are taken."
        taken = replace(profile, has_it_leader=True)
        return taken, (ProfileProblem("profile.contradiction", "has_it_leader", message),)
    if profile.has_it_leader is None and profile.lead_fte is not None:
        return replace(profile, has_it_leader=profile.lead_fte >= LEADS), ()
    return profile, ()


NEED_PEOPLE = ("co_managed", "in_house")


def _model(profile: Profile) -> Looked:
    """A model that needs own people, said by a firm that has none (unless they have just left)."""
    gone = "internal_it_left" in profile.happening
    if profile.current_model in NEED_PEOPLE and profile.internal_it_fte == 0 and not gone:
        message = (
            f"“{profile.current_model}” was said to be the model of today, and nobody in IT as well. "
            "The people are taken; how it is run today counts as not known."
        )
        return replace(profile, current_model=None), (
            ProfileProblem("profile.contradiction", "current_model", message),
        )
    return profile, ()


def _core(profile: Profile) -> Looked:
    if profile.it_is_core_product and profile.it_criticality == "low":
        message = "IT is what the firm sells, and hardly matters: the first is taken, so it matters much."
        return replace(profile, it_criticality="high"), (
            ProfileProblem("profile.contradiction", "it_criticality", message),
        )
    return profile, ()


# --- the public JSON shape -----------------------------------------------------------------------------------------


class _Wrong(ValueError):
    """A field that cannot be read; its words say what it must be."""


def _one_of(*among: str) -> Callable[[Any], Any]:
    def read(value: Any) -> str:
        if value not in among:
            raise _Wrong(f"one of {', '.join(among)}")
        return str(value)

    return read


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _Wrong("a number")
    try:
        number = float(value)
    except (ValueError, OverflowError) as error:
        raise _Wrong("a number") from error
    if not abs(number) < float(MOST_REVENUE):
        raise _Wrong("a number")
    return number


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise _Wrong("a whole number")
    return int(number)


def _amount(value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise _Wrong('an amount such as "8500000.00"') from error
    if isinstance(value, bool) or not amount.is_finite():
        raise _Wrong('an amount such as "8500000.00"')
    return amount


def _letters(count: int) -> Callable[[Any], Any]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value.strip()) != count or not value.strip().isalpha():
            raise _Wrong(f"{count} letters, such as {'BE' if count == TWO_LETTERS else 'EUR'}")
        return value.strip().upper()

    return read


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong("text")
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "headcount": _whole,
    "internal_it_fte": _number,
    "hidden_it_hours": _number,
    "has_it_leader": _yes_no,
    "own_know_how": _yes_no,
    "growth": _one_of(*GROWTHS),
    "it_is_core_product": _yes_no,
    "strategic_change": _one_of(*CHANGES),
    "compliance_pressure": _one_of(*LEVELS),
    "needs_after_hours": _yes_no,
    "budget_predictability": _one_of(*LEVELS),
    "it_criticality": _one_of(*LEVELS),
    "own_ways_of_working": _yes_no,
    "sector": _words,
    "country": _letters(TWO_LETTERS),
    "current_model": _one_of(*MODELS),
    "sites": _whole,
    "revenue": _amount,
    "currency": _letters(THREE_LETTERS),
}


Understand = Callable[[str], tuple[str, ...]]


def _nothing(_sentence: str) -> tuple[str, ...]:
    return ()


def read_profile(
    said: Mapping[str, Any], understand: Understand = _nothing
) -> tuple[Profile, Problems, tuple[str, ...]]:
    """The profile in a JSON object, its problems, and the events that were read from sentences under `event`.

    `understand` gives the events a sentence tells of; one that tells of none is a problem. A field that
    cannot be read, or that nobody knows, is a problem of level "error"; null counts as missing.
    """
    problems: list[ProfileProblem] = []
    values: dict[str, Any] = {}
    left = {field: value for field, value in said.items() if value is not None}
    values |= _roles(left.pop("internal_roles", {}), problems)
    events, sentences = _events(left.pop("event", None), problems)
    understood = _understood(sentences, understand, problems)
    for field, value in left.items():
        if field not in _READERS:
            message = f"“{field}” is not known here. Check how it is spelled."
            problems.append(ProfileProblem("json.unknown_field", field, message, "error"))
            continue
        _read(field, value, _READERS[field], values, problems)
    told = {*(events or ()), *understood}
    happening = None if events is None or (sentences and not told) else tuple(e for e in EVENTS if e in told)
    profile, found = examined(Profile(**values, events=happening))
    return profile, (*problems, *found), understood


def _understood(
    sentences: tuple[str, ...], understand: Understand, problems: list[ProfileProblem]
) -> tuple[str, ...]:
    told: list[str] = []
    for sentence in sentences:
        events = understand(sentence)
        told += events
        if not events:
            known = ", ".join(EVENTS)
            message = f"“{sentence[:80]}” was not understood and does not count. Otherwise said, or one of: {known}."
            problems.append(ProfileProblem("profile.not_understood", "event", message))
    return tuple(dict.fromkeys(told))


def _read(
    field: str,
    value: Any,
    reader: Callable[[Any], Any],
    values: dict[str, Any],
    problems: list[ProfileProblem],
) -> None:
    try:
        values[field] = reader(value)
    except _Wrong as error:
        problems.append(ProfileProblem("json.field", field, f"“{field}” must be {error}.", "error"))


def _roles(said: Any, problems: list[ProfileProblem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not isinstance(said, Mapping):
        message = "“internal_roles” must be an object {…} with support, engineering and lead."
        problems.append(ProfileProblem("json.field", "internal_roles", message, "error"))
        return found
    for role, value in said.items():
        if role not in ROLES:
            message = f"The role “{role}” is not known. Known: {', '.join(ROLES)}."
            problems.append(ProfileProblem("json.unknown_field", f"internal_roles.{role}", message, "error"))
        elif value is not None:
            _read(f"{role}_fte", value, _number, found, problems)
    return found


def _events(said: Any, problems: list[ProfileProblem]) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    if said is None:
        return None, ()
    listed = said if isinstance(said, list) else [said]
    if not all(isinstance(item, str) for item in listed):
        message = "“event” must be one of the known events, a sentence, or a list of them."
        problems.append(ProfileProblem("json.field", "event", message, "error"))
        return None, ()
    known = tuple(dict.fromkeys(item for item in listed if item in EVENTS))
    return known, tuple(item for item in listed if item.strip() and item not in EVENTS)
