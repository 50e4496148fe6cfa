"""The words of contracts: what is agreed on length, renewal and notice, and what follows from it for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pilothouse.engine.dates import Duration
from pilothouse.engine.money import Money

# --- what is agreed ------------------------------------------------------------------------------------------


class Renews(StrEnum):
    """What happens at the end of the initial term."""

    NONE = "none"  # it ends
    TACIT = "tacit"  # another term begins unless somebody gives notice
    OPEN_ENDED = "open_ended"  # it runs on until somebody gives notice


class Before(StrEnum):
    """On which days the contract can end; notice is counted against them."""

    TERM_END = "term_end"
    ANNIVERSARY = "anniversary"  # the day before each yearly return of its start
    ANY_TIME = "any_time"


class Effective(StrEnum):
    """When a notice that can be given at any time takes effect."""

    ON_EXPIRY = "on_expiry"  # once its length has passed
    MONTH_END = "month_end"
    QUARTER_END = "quarter_end"
    YEAR_END = "year_end"


class Week(StrEnum):
    """The days a notice in business days is counted in."""

    MON_FRI = "mon_fri"
    MON_SAT = "mon_sat"


class Form(StrEnum):
    """How notice is given."""

    EMAIL = "email"
    LETTER = "letter"
    REGISTERED_LETTER = "registered_letter"


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """So many business days, in weeks of five or six of them."""

    count: int
    week: Week = Week.MON_FRI


@dataclass(frozen=True, slots=True)
class Renewal:
    """`term` None: as long as the initial one. `times` None: again and again."""

    mode: Renews = Renews.TACIT
    term: Duration | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """`length` None: nobody knows. `is_break`: the contract can end before its initial term does."""

    length: Duration | BusinessDays | None
    before: Before = Before.TERM_END
    effective: Effective | None = None
    is_break: bool = False
    must_be_sent: bool = False  # else it must have been received
    by: Form = Form.EMAIL
    not_before: Duration | None = None


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a contract says of its length. `end` goes before `initial_term`. `renewal` None: not known.

    `region` is a part of the country with holidays of its own, such as "BY" of DE.
    """

    start: date
    initial_term: Duration | None = None
    end: date | None = None
    renewal: Renewal | None = None
    notice: Notice | None = None
    yearly_cost: Money | None = None
    country: str = ""
    region: str = ""


# --- what follows --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """Term `number` of a contract, both days inside; `end` None: it has none. Number 0: not begun yet."""

    number: int
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class NextExit:
    """The next day the contract can end on that can still be reached."""

    term: Term
    exit: date
    last_day: date
    send_by: date


@dataclass(frozen=True, slots=True)
class IfNobodyActs:
    """It goes on until `renews_until` and commits the firm to `commits`; or it `ends`."""

    renews_until: date | None
    ends: date | None
    commits: Money | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the terms that cannot be so, or is not defined: computed as `says` tells."""

    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class NextDecision:
    """What must be decided by when. `last_day` is the last for the notice to be in time; `send_by` the last working day
    on which it is sent in its form. `earliest_end`: of a contract that can be ended on any day.
    """

    term: Term | None
    exit: date | None
    last_day: date | None
    first_day: date | None
    send_by: date | None
    missed: bool
    next: NextExit | None
    earliest_end: date | None
    if_nobody_acts: IfNobodyActs | None
    reading: str
    problems: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class DeliveryDays:
    """How many working days a letter takes, at most, to count on it."""

    letter: int
    registered_letter: int

    def of(self, form: Form) -> int:
        return {
            Form.EMAIL: 0,
            Form.LETTER: self.letter,
            Form.REGISTERED_LETTER: self.registered_letter,
        }[form]


NO_MONEY = Decimal(0)
