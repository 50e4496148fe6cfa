"""What would each delivery model cost a company over three years: worked out from its profile, in words and amounts.

The same profile, day and assumptions give the same answer, so it is worked out once and kept in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db.models import Sum

from pilothouse.accounts.models import Company, User
from pilothouse.engine.assumptions import Assumption
from pilothouse.engine.costs.answer import RULE_SET, Costs, Shape, shape_of_costs, work_out_costs
from pilothouse.engine.costs.expected import kind_of
from pilothouse.engine.costs.profile import Profile
from pilothouse.engine.spend.cells import Basis
from pilothouse.knowledge.sourcing_costs import CURRENCIES, HOME, cost_book
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import CostForecast, ProfileVersion, SpendCell
from pilothouse.services import sourcing, spend
from pilothouse.services.sourcing import KnownProfile

SEED = 1
MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class Range:
    """P10, P50 and P90 of something, to three figures."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class ModelCost:
    """One model over three years: its range, each year's, the means by kind and by line (name, mean, kind)."""

    key: str
    name: str
    total: Range
    years: tuple[Range, ...]
    paid: Decimal
    own_time: Decimal
    damage: Decimal
    lines: tuple[tuple[str, Decimal, str], ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class BreakEvenShown:
    """From how many people on in-house is cheaper than the model `name`: P10, P50, P90; None for not up to 1,000.

    `share` is the share of worlds in which there is such a number of people at all.
    """

    name: str
    low: int | None
    middle: int | None
    high: int | None
    share: Decimal


@dataclass(frozen=True, slots=True)
class Swing:
    """One assumption at its low and at its high, and three years of one model then."""

    key: str
    name: str
    low: str
    high: str
    total_low: Decimal
    total_high: Decimal


@dataclass(frozen=True, slots=True)
class Turn:
    """An assumption at one of its ends, where another model costs least: that model, and how much less."""

    key: str
    name: str
    value: str
    unit: str
    model: str
    less: Decimal


@dataclass(frozen=True, slots=True)
class KnownCosts:
    """The answer of a company: models by their middle, the cheapest first; `shape` is the answer as JSON.

    `taken_home` where no country was said and that of `HOME` was taken.
    """

    known: KnownProfile
    currency: str
    models: tuple[ModelCost, ...]
    shape: Shape
    break_evens: tuple[BreakEvenShown, ...]
    swings: tuple[Swing, ...]
    swings_of: str
    turns: tuple[Turn, ...]
    assumptions: tuple[tuple[str, Shape], ...]
    unknown: tuple[str, ...]
    taken_home: bool
    rule_set: str = RULE_SET

    @property
    def cheapest(self) -> ModelCost:
        return self.models[0]

    @property
    def dearest(self) -> Decimal:
        return max(model.total.high for model in self.models)

    @property
    def exact_to(self) -> Decimal:
        """The largest standard error of a model's mean: how far another set of runs would lie off."""
        return about(max(Decimal(model["total"]["standard_error"]) for model in self.shape["models"]))

    def chance(self, one: str, other: str) -> Decimal:
        """The share of runs in which one model is cheaper than another."""
        return Decimal(str(self.shape["cheaper"][one][other]))


def costs_on(company: Company, *, today: date) -> KnownCosts | None:
    """What each model would cost the company; None where there are no figures for its country."""
    own = sourcing.own_assumptions(company, today=today)
    return costs_of(sourcing.profile_of(company), today=today, own=own)


def costs_of(known: KnownProfile, *, today: date, own: tuple[Assumption, ...] = ()) -> KnownCosts | None:
    """The same for a profile, kept or not."""
    country = known.profile.country or HOME
    if country not in CURRENCIES:
        return None
    costs = _worked_out(known.profile, country, today, own)
    shape = shape_of_costs(costs, known.problems, today)
    words = sourcing_words()
    models = sorted(
        (_model(each, known.profile) for each in shape["models"]), key=lambda one: one.total.middle
    )
    first = models[0].key
    return KnownCosts(
        known,
        costs.currency,
        tuple(models),
        shape,
        tuple(
            BreakEvenShown(
                words.models[each["against"]],
                each["p10"],
                each["p50"],
                each["p90"],
                Decimal(str(each["share"])),
            )
            for each in shape["break_even"]
        ),
        _swings(shape, first),
        words.models[first],
        _turns(shape, first),
        tuple((words.assumptions[each["key"]], each) for each in shape["assumptions"]),
        tuple(words.facts[fact] for fact in shape["unknown"]),
        not known.profile.country,
    )


@lru_cache(maxsize=128)
def _worked_out(profile: Profile, country: str, today: date, own: tuple[Assumption, ...]) -> Costs:
    return work_out_costs(profile, cost_book(country, today, own), CURRENCIES[country], seed=SEED)


def _model(shape: Shape, profile: Profile) -> ModelCost:
    words = sourcing_words()
    lines = [
        (words.lines[line], about(Decimal(mean)), kind_of(line)) for line, mean in shape["lines"].items()
    ]
    return ModelCost(
        shape["model"],
        words.models[shape["model"]],
        _range(shape["total"]),
        tuple(_range(year) for year in shape["years"]),
        about(Decimal(shape["paid"])),
        about(Decimal(shape["own_time"])),
        about(Decimal(shape["damage"])),
        tuple(sorted(lines, key=lambda line: -line[1])),
        shape["model"] == profile.current_model,
    )


def _range(shape: Shape) -> Range:
    return Range(*(about(Decimal(shape[name])) for name in ("p10", "p50", "p90")))


def about(value: Decimal) -> Decimal:
    """An estimate to three figures: more would be false precision.

    >>> about(Decimal("203951.00")), about(Decimal("87"))
    (Decimal('204000'), Decimal('87'))
    """
    places = Decimal(10) ** max(value.adjusted() - 2, 0)
    return (value / places).quantize(Decimal(1)) * places


def _swings(shape: Shape, model: str) -> tuple[Swing, ...]:
    """The assumptions that move one model most."""
    ends = {each["key"]: each for each in shape["assumptions"]}
    words = sourcing_words()
    swings = [
        Swing(
            bar["key"],
            words.assumptions[bar["key"]],
            ends[bar["key"]]["low"],
            ends[bar["key"]]["high"],
            about(Decimal(bar["low"][model])),
            about(Decimal(bar["high"][model])),
        )
        for bar in shape["tornado"]
    ]
    moving = [swing for swing in swings if swing.total_low != swing.total_high]
    return tuple(sorted(moving, key=lambda swing: -abs(swing.total_high - swing.total_low))[:MOST_BARS])


def _turns(shape: Shape, first: str) -> tuple[Turn, ...]:
    """The ends of assumptions at which another model than the cheapest costs least, all others at their mean."""
    ends = {each["key"]: each for each in shape["assumptions"]}
    words = sourcing_words()
    turns = []
    for bar in shape["tornado"]:
        least = {end: min(bar[end], key=lambda model: Decimal(bar[end][model])) for end in ("low", "high")}
        if first not in least.values():
            continue  # in the middle another one is the cheapest already: this assumption turns nothing
        for end, model in least.items():
            if model != first:
                less = about(Decimal(bar[end][first]) - Decimal(bar[end][model]))
                each = ends[bar["key"]]
                turns.append(
                    Turn(
                        bar["key"],
                        words.assumptions[bar["key"]],
                        each[end],
                        each["unit"],
                        words.models[model],
                        less,
                    )
                )
    return tuple(turns)


def chances(found: KnownCosts) -> list[tuple[str, list[Decimal | None]]]:
    """Who is cheaper than whom: for each model, in the order of `models`, the chance against each; None of itself."""
    keys = [model.key for model in found.models]
    return [
        (model.name, [None if other == model.key else found.chance(model.key, other) for other in keys])
        for model in found.models
    ]


# --- the firm's own figures, and forecasts held against what came ---------------------------------------------------

EARLY_MONTHS = 12
RUNNING_IT = (
    "managed_it_services",
    "it_consultancy",
    "it_development",
)  # what the forecast's paid lines are about


@dataclass(frozen=True, slots=True)
class Compared:
    """A forecast against what was paid for running IT, for whole months since; None where no papers cover them."""

    forecast: CostForecast
    months: int
    expected: Decimal
    paid: Decimal | None
    difference: Decimal | None
    early: bool
    headcount_now: int | None
    happened: tuple[str, ...]


def keep_forecast(company: Company, model: str, *, today: date, by: User) -> CostForecast | None:
    """Keep what a model is thought to cost today; None where there are no figures for the country."""
    found = costs_on(company, today=today)
    if found is None:
        return None
    kept: CostForecast = CostForecast.objects.create(
        company=company, made_on=today, model=model, answer=found.shape, by=by,
        headcount=found.known.profile.headcount,
    )  # fmt: skip
    return kept


def compare(forecast: CostForecast, *, today: date) -> Compared:
    """Hold a forecast against the papers of the whole months since it was made."""
    company = forecast.company
    start = (forecast.made_on.replace(day=1) + timedelta(days=32)).replace(day=1)
    end = today.replace(day=1)
    months = max((end.year - start.year) * 12 + end.month - start.month, 0)
    [model] = [each for each in forecast.answer["models"] if each["model"] == forecast.model]
    expected = about(Decimal(model["paid"]) / forecast.answer["months"] * months)
    paid = _paid(company, start, end, forecast.answer["currency"]) if months else None
    words = sourcing_words().events
    since = ProfileVersion.objects.of(company).filter(holds_from__gte=forecast.made_on)
    happened = dict.fromkeys(event for version in since for event in version.events)
    return Compared(
        forecast,
        months,
        expected,
        paid,
        None if paid is None else paid - expected,
        months < EARLY_MONTHS,
        sourcing.profile_of(company).profile.headcount,
        tuple(words[event] for event in happened if event in words),
    )


def _paid(company: Company, start: date, end: date, currency: str) -> Decimal | None:
    """Paid for running IT in whole months; None where no month of them has papers."""
    cells = SpendCell.objects.of(company).filter(
        review=spend.current(company),
        basis=Basis.BOOKED.value,
        month__gte=start,
        month__lt=end,
        currency=currency,
    )
    if not cells.exists():
        return None
    summed: Decimal | None = cells.filter(category__in=RUNNING_IT).aggregate(sum=Sum("cost"))["sum"]
    return summed or Decimal(0)
