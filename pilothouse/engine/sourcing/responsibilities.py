"""Keep, share or outsource each IT function, and who is responsible and accountable for it under each model?

A function is pulled out by depth of skill, continuous availability and cost of tooling, and held in by knowledge of the
business and differentiation (ratings of `knowledge/sourcing/duties.yaml`, moved by what the firm is). What belongs to
the business stays with the owner whatever the model. The two texts differ on the first-line helpdesk: it goes out where
nobody inside gives support, and stays in where somebody does (co-managed). What a firm sells is never all handed out.

A matrix (RACI) has one accountable (A) and at least one responsible (R) in each row; an adviser is never accountable
for running things; a column nobody stands in stays empty. `check_matrix` says where an edited one breaks that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pilothouse.engine.costs.profile import MODELS, Profile

OWNER, INTERNAL, PROVIDER, ADVISER, VENDORS = COLUMNS = (
    "owner",
    "internal_it",
    "provider",
    "adviser",
    "vendors",
)
OWN, GOVERN, RUN, CHECK = NATURES = ("own", "govern", "run", "check")
KEEP, SHARE, OUTSOURCE = "keep", "share", "outsource"
LETTERS = frozenset("RACI")
MOST = 4.0
OUT, IN = 0.6, -0.6
SOME_SUPPORT, SOMEBODY, LEADS = 0.8, 0.25, 0.5

_DAILY = frozenset(
    ("first_line_helpdesk", "identity_access", "workplace_devices", "knowledge_training", "business_applications",
     "access_revocation")
)  # fmt: skip
# Asked by somebody who does not earn by the answer.
_INDEPENDENT = frozenset(("licence_clean_up", "domain_names"))
# What a firm sells runs on these, where IT is its product.
_SOLD = frozenset(("servers_cloud", "software_development", "security_protection"))
_APART = frozenset(("software_development", "data_reporting", "architecture", "business_applications"))
# What is still called for where somebody inside does the rest.
_CALLED = {"break_fix": "second_line_support", "project_based": "projects"}
KNOWN_ONLY_INSIDE = 4.0  # knowledge of the business from which nobody outside can do it alone
_ADVISED = ("fully_outsourced_plus_adviser", "advisory_only")
_FULLY = ("fully_outsourced", "fully_outsourced_plus_adviser")


@dataclass(frozen=True, slots=True)
class Duty:
    """One row: an IT function, something in it (`of`), or what belongs to the business. Ratings run from 0 to 4."""

    key: str
    name: str
    of: str
    nature: str
    depth: float
    availability: float
    tooling: float
    business: float
    differentiation: float
    because: str
    constant: bool = False
    vendors: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What of a firm moves who does what; what is not known counts as not so."""

    internal: float
    support: float
    leads: bool
    know_how: bool
    core_product: bool
    after_hours: bool
    compliance: bool

    @staticmethod
    def of(profile: Profile) -> Situation:
        internal = profile.internal_it_fte or 0.0
        support = internal if profile.support_fte is None else profile.support_fte
        return Situation(
            internal,
            support,
            bool(profile.has_it_leader) or (profile.lead_fte or 0.0) >= LEADS,
            bool(profile.own_know_how),
            bool(profile.it_is_core_product),
            bool(profile.needs_after_hours),
            profile.compliance_pressure == "high",
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a function is kept, shared or outsourced; `pull` runs from -4 (in) to 4 (out)."""

    duty: Duty
    verdict: str
    pull: float


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a matrix: the letters of each column ("", "A", "R", "AR", "C", "I")."""

    duty: str
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a matrix breaks a rule: `rule` is a key of the words on screen, `column` the one it is about, or ""."""

    rule: str
    duty: str
    column: str = ""


# --- keep, share, outsource -----------------------------------------------------------------------------------------


def judge_duty(duty: Duty, situation: Situation) -> Judged:
    """Weigh what pulls a function out against what holds it in, for this firm."""
    if duty.nature == OWN:
        return Judged(duty, KEEP, -MOST)
    depth, availability, business, apart = _moved(duty, situation)
    pull = (depth + availability + duty.tooling) / 3 - (business + apart) / 2
    supported = duty.key == "first_line_helpdesk" and situation.support >= SOME_SUPPORT
    if supported or (situation.core_product and duty.key in _SOLD):
        pull = min(pull, 0.0)
    verdict = OUTSOURCE if pull >= OUT else KEEP if pull <= IN else SHARE
    return Judged(duty, verdict, pull)


def _moved(duty: Duty, situation: Situation) -> tuple[float, float, float, float]:
    """The ratings as the firm moves them."""
    watched = situation.after_hours and duty.constant
    own = duty.key in _APART and (situation.know_how or situation.core_product)
    proves = situation.compliance and duty.key.startswith(("security", "restore", "incident", "privacy"))
    sold = situation.core_product and duty.key in _SOLD
    return (
        min(duty.depth + float(proves), MOST),
        min(duty.availability + float(watched), MOST),
        min(duty.business + 2.0 * float(sold), MOST),
        min(duty.differentiation + 2.0 * float(own) + 2.0 * float(sold), MOST),
    )


# --- who does what --------------------------------------------------------------------------------------------------


def columns_in(model: str, situation: Situation) -> tuple[str, ...]:
    """Who there is under a model: further vendors always; own people where the model or the firm has them."""
    needs_people = model in {"co_managed", "in_house"}
    stays = situation.internal >= SOMEBODY and model not in _FULLY
    without_provider = model == "in_house" or (model == "advisory_only" and stays)
    present = {
        OWNER: True,
        INTERNAL: needs_people or stays,
        PROVIDER: not without_provider,
        ADVISER: model in _ADVISED,
        VENDORS: True,
    }
    return tuple(column for column in COLUMNS if present[column])


def draft_matrix(model: str, situation: Situation, duties: Iterable[Duty]) -> tuple[Row, ...]:
    """A matrix that keeps all rules, to begin with."""
    present = columns_in(model, situation)
    return tuple(Row(duty.key, _letters(duty, model, situation, present)) for duty in duties)


def _letters(duty: Duty, model: str, situation: Situation, present: Sequence[str]) -> dict[str, str]:
    accountable, responsible = _who(duty, model, situation, present)
    letters = dict.fromkeys(COLUMNS, "")
    for column in present:
        letters[column] = _told(duty, column)
    letters[responsible] = "R"
    letters[accountable] = "AR" if accountable == responsible else "A"
    return letters


def _told(duty: Duty, column: str) -> str:
    """Who is asked and who is told, of those who neither answer for it nor do it."""
    if column == VENDORS:
        return "C" if duty.vendors else ""
    if column == ADVISER:
        return "I" if duty.nature == RUN else "C"
    if duty.nature == OWN:
        return "I" if column == PROVIDER else "C"
    return "I" if column == OWNER and duty.nature == RUN else "C"


def _who(duty: Duty, model: str, situation: Situation, present: Sequence[str]) -> tuple[str, str]:
    """Who is accountable and who is responsible."""
    if duty.nature == OWN:
        return OWNER, OWNER
    leader = INTERNAL if INTERNAL in present and (situation.leads or model == "in_house") else OWNER
    if duty.nature == GOVERN:
        return _steers(duty, leader), _plans(present, leader)
    if duty.nature == CHECK:
        asks = duty.key in _INDEPENDENT
        return leader, _plans(present, leader) if asks else _runs(duty, model, situation, present)
    return _answers(duty, model, situation, present), _runs(duty, model, situation, present)


def _steers(duty: Duty, leader: str) -> str:
    """Decisions about risk, money and direction stay with the owner even where somebody inside leads IT."""
    owners = {"strategy_roadmap", "security_governance", "continuity", "privacy", "it_finance"}
    return OWNER if duty.key in owners else leader


def _plans(present: Sequence[str], leader: str) -> str:
    return ADVISER if ADVISER in present and leader == OWNER else leader


def _runs(duty: Duty, model: str, situation: Situation, present: Sequence[str]) -> str:
    """Who does it: by the verdict in co-managed, else whoever is there every day, else who can be called."""
    inside = INTERNAL in present
    if model in _FULLY:
        return OWNER if duty.nature == RUN and duty.business >= KNOWN_ONLY_INSIDE else PROVIDER
    if model == "co_managed":
        return (
            INTERNAL if judge_duty(duty, situation).verdict == KEEP or _by_hand(duty, situation) else PROVIDER
        )
    if inside:
        return PROVIDER if _CALLED.get(model) == duty.key else INTERNAL
    return OWNER if duty.constant or duty.nature == CHECK else PROVIDER


def _by_hand(duty: Duty, situation: Situation) -> bool:
    """The day to day that own people keep in co-managed."""
    return duty.key in _DAILY and (duty.key != "first_line_helpdesk" or situation.support >= SOME_SUPPORT)


def _answers(duty: Duty, model: str, situation: Situation, present: Sequence[str]) -> str:
    """Who answers for running it: whoever leads IT inside, else the provider that runs it all, else the owner."""
    if model in _FULLY:
        return OWNER if judge_duty(duty, situation).verdict == KEEP else PROVIDER
    if model == "co_managed":
        return INTERNAL if situation.leads else _runs(duty, model, situation, present)
    return INTERNAL if INTERNAL in present else OWNER


# --- is a matrix right ----------------------------------------------------------------------------------------------


def check_matrix(rows: Iterable[Row], duties: Iterable[Duty], present: Sequence[str]) -> tuple[Fault, ...]:
    """Gaps and doubles of a matrix, row by row; a duty without a row is a gap as well."""
    by_key = {row.duty: row for row in rows}
    return tuple(fault for duty in duties for fault in _faults(duty, by_key.get(duty.key), present))


def _faults(duty: Duty, row: Row | None, present: Sequence[str]) -> Iterator[Fault]:
    if row is None:
        yield Fault("missing", duty.key)
        return
    answering = [column for column in COLUMNS if "A" in row.letters.get(column, "")]
    doing = [column for column in COLUMNS if "R" in row.letters.get(column, "")]
    if not answering:
        yield Fault("nobody_accountable", duty.key)
    if len(answering) > 1:
        yield Fault("two_accountable", duty.key)
    if not doing:
        yield Fault("nobody_responsible", duty.key)
    yield from (Fault("not_there", duty.key, column) for column in COLUMNS if _stray(row, column, present))
    if ADVISER in answering and duty.nature in {RUN, CHECK}:
        yield Fault("adviser_runs", duty.key, ADVISER)
    if duty.nature == OWN and answering and answering != [OWNER]:
        yield Fault("given_away", duty.key, answering[0])


def _stray(row: Row, column: str, present: Sequence[str]) -> bool:
    return bool(row.letters.get(column, "")) and column not in present


def responsibilities_of(model: str, profile: Profile, duties: Sequence[Duty]) -> list[dict[str, str]]:
    """The rows of a drafted matrix with the verdict and its reason, as `ask advice` prints them."""
    if model not in MODELS:
        raise ValueError(model)
    situation = Situation.of(profile)
    drafted = draft_matrix(model, situation, duties)
    return [
        {
            "function": duty.key,
            "name": duty.name,
            "verdict": judge_duty(duty, situation).verdict,
            "because": duty.because,
            **row.letters,
        }
        for duty, row in zip(duties, drafted, strict=True)
    ]
