"""The questions of a company: what is unsure, what nobody has confirmed, and what was set aside.

A question is of one vendor and what we think it is for. What waits is read from the sums of the shown review, so that
it costs the same for ten lines of a vendor and for fifty thousand; lines are asked of the one question that is shown,
and, for how sure we are, of the dearest hundred. An answer is a decision (`decisions.py`): it holds for the whole
vendor where all of it is alike, else for the kinds of line that are asked about.
Limits: asked is what lies in the twelve months that are shown, in the company's currency; how sure we are is taken from
the newest month of a question; one answer speaks of at most `MOST_PRINTS` kinds of line, the dearest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from pilothouse.accounts.models import Company, User
from pilothouse.engine.dates import Month
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Basis
from pilothouse.engine.spend.questions import LOT, Group, by_money, in_order, offered
from pilothouse.engine.spend.terms import Counting
from pilothouse.engine.spend.vendors import UNNAMED_KEY, KnownVendors
from pilothouse.knowledge import spend_knowledge
from pilothouse.records.models import Review, SetAside, SpendCell, SpendDecision, SpendLine, VendorWord
from pilothouse.services import decisions
from pilothouse.services.decisions import Decided, Said

MOST_PRINTS = 400
SAMPLE = 200  # the newest lines of a question, by which its names and the machine's word are known
EXAMPLES = 3
MANY_LINES = 5000  # from here on the dearest line is looked for in the newest month alone
USUALLY_BOUGHT = ("sector_software", "computers", "it_interventions", "it_unspecified", "office_suite")
USUAL = 4  # how many of the company's most frequent purposes are offered

Key = tuple[str, str]  # a vendor's key, and what we think the lines are for


class Show(StrEnum):
    """Which questions."""

    UNSURE = "unsure"  # what we do not know
    UNCONFIRMED = "unconfirmed"  # what we take for IT, and nobody has confirmed
    ASIDE = "aside"  # what somebody did not know when asked


IT_OF = {Show.UNSURE: "asked", Show.ASIDE: "asked", Show.UNCONFIRMED: "yes"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in short. `confidence` and `would_say` are None where nobody needed them yet."""

    key: Key
    vendor_name: str
    amount: Money
    lines: int
    newest: date
    confidence: float | None = None
    would_say: bool | None = None

    @property
    def vendor_key(self) -> str:
        return self.key[0]

    @property
    def purpose(self) -> str:
        return self.key[1]

    @property
    def name(self) -> str:
        """How the question is called in a form."""
        return f"{self.purpose}:{self.vendor_key}"

    @staticmethod
    def key_of(name: str) -> Key:
        """The key behind that name."""
        purpose, _, vendor_key = name.partition(":")
        return vendor_key, purpose


@dataclass(frozen=True, slots=True)
class Waiting:
    """The questions of one kind, first things first. How sure we are is known of one lot of them.

    `aside` and `unsure` say how many were set aside, and how many of the unsure were not.
    """

    review: Review | None
    show: Show
    asked: Sequence[Asked] = ()
    aside: int = 0
    unsure: int = 0

    @property
    def amount(self) -> Decimal:
        """What waits for answers, credits as much as costs."""
        return sum((abs(asked.amount.amount) for asked in self.asked), Decimal(0))

    def place_of(self, key: Key) -> int | None:
        """Where a question stands, from 0; None where it does not wait."""
        return next((place for place, asked in enumerate(self.asked) if asked.key == key), None)


def waiting(review: Review | None, show: Show = Show.UNSURE, *, lot: int = 0) -> Waiting:
    """What waits for an answer in the review that is shown; `lot` is the hundred of which is known how sure we are."""
    if review is None:
        return Waiting(None, show)
    found = _groups(review, show)
    aside = _set_aside(review, found) if show is not Show.UNCONFIRMED else set()
    shown = [asked for asked in found if (asked.key in aside) == (show is Show.ASIDE)]
    groups = by_money(Group(asked.key, asked.amount.amount) for asked in shown)
    by_key = {asked.key: asked for asked in shown}
    dearest = [by_key[group.key] for group in groups]
    first = lot * LOT
    weighed = _weighed(review, show, dearest[first : first + LOT])
    dearest[first : first + LOT] = weighed
    return Waiting(review, show, dearest, len(aside), len(found) - len(aside))


def numbers(found: Waiting) -> dict[Show, int]:
    """How many questions of each kind wait."""
    if found.review is None:
        return dict.fromkeys(Show, 0)
    other = Show.UNSURE if found.show is Show.UNCONFIRMED else Show.UNCONFIRMED
    groups = _groups(found.review, other)
    if other is Show.UNCONFIRMED:
        unsure = len(found.asked) if found.show is Show.UNSURE else found.unsure
        return {Show.UNSURE: unsure, Show.UNCONFIRMED: len(groups), Show.ASIDE: found.aside}
    aside = _set_aside(found.review, groups)
    waits = len(groups) - len(aside)
    return {Show.UNSURE: waits, Show.UNCONFIRMED: len(found.asked), Show.ASIDE: len(aside)}


# --- what is asked ----------------------------------------------------------------------------------------------


def _cells(review: Review) -> QuerySet[SpendCell]:
    cells: QuerySet[SpendCell] = SpendCell.objects.of(review.company).filter(review=review)
    return cells.order_by()


def _groups(review: Review, show: Show) -> list[Asked]:
    first, last = (Month.of(date.fromisoformat(day)) for day in review.answer["period"])
    currency = review.answer["currency"]
    rows = (
        _cells(review)
        .filter(basis=Basis.BOOKED.value, month__gte=first.first_day, month__lte=last.first_day)
        .filter(currency=currency, it=IT_OF[show], confirmed=False)
        .values_list("vendor_key", "purpose")
        .annotate(name=Max("vendor_name"), cost=Sum("cost"), number=Sum("lines"), newest=Max("month"))
    )
    return [
        Asked((key, purpose), name, Money(Decimal(cost), currency), number, newest)
        for key, purpose, name, cost, number, newest in rows
    ]


def _lines(review: Review, show: Show, vendor_key: object, purpose: object) -> QuerySet[SpendLine]:
    """The lines of a question, over all papers. They are found by their vendor, however many others are asked about:
    what else they must be is written so that the database does not look for that first.
    """
    lines: QuerySet[SpendLine] = SpendLine.objects.of(review.company).filter(
        review=review, vendor_key=vendor_key, confirmed=False
    )
    told = lines.annotate(
        is_now=Coalesce("it", Value("")),
        is_for=Coalesce("purpose", Value("")),
        how=Coalesce("counting", Value("")),
    )
    return told.filter(is_now=IT_OF[show], is_for=purpose, how=Counting.COUNTS.value)


def _weighed(review: Review, show: Show, lot: Sequence[Asked]) -> list[Asked]:
    """Questions in their order, each with what the machine says of its newest line, and how sure it is."""
    line = _lines(review, show, OuterRef("vendor_key"), OuterRef("purpose")).filter(
        date__gte=OuterRef("month")
    )
    cells = (
        _cells(review)
        .annotate(stands=Coalesce("basis", Value("")))
        .filter(vendor_key__in={asked.vendor_key for asked in lot}, month__in={asked.newest for asked in lot})
        .filter(stands=Basis.BOOKED.value, it=IT_OF[show], confirmed=False)
        .values_list(
            "vendor_key", "purpose", "month", Subquery(line.order_by("-date", "-id").values("pk")[:1])
        )
    )
    found = {(key, purpose, month): pk for key, purpose, month, pk in cells}
    said = SpendLine.objects.of(review.company).in_bulk(set(found.values()))
    known = {
        asked.key: replace(asked, confidence=one.confidence, would_say=one.would_say)
        for asked in lot
        if (one := said.get(found.get((*asked.key, asked.newest)))) is not None
    }
    groups = in_order(Group(key, asked.amount.amount, asked.confidence or 0) for key, asked in known.items())
    return [known[group.key] for group in groups]


def _set_aside(review: Review, found: Iterable[Asked]) -> set[Key]:
    """Which of the questions somebody did not know: of the whole vendor, or every kind of line in it."""
    rows = SetAside.objects.of(review.company).values_list("vendor_key", "line_print")
    newer = dict(
        VendorWord.objects.of(review.company)
        .filter(says=VendorWord.Says.SAME, withdrawn_at__isnull=True)
        .values_list("vendor_key", "other_key")
    )
    aside = {(newer.get(key, key), print_) for key, print_ in rows}
    whole = {key for key, print_ in aside if not print_}
    parts = {asked.key for asked in found if asked.vendor_key in {key for key, print_ in aside if print_}}
    prints = _prints(review, Show.ASIDE, parts)
    return {asked.key for asked in found if asked.vendor_key in whole} | {
        key for key, of_key in prints.items() if all((key[0], print_) in aside for print_ in of_key)
    }


def _prints(review: Review, show: Show, keys: Collection[Key]) -> dict[Key, list[str]]:
    """The kinds of line of each question, the dearest first."""
    if not keys:
        return {}
    found: dict[Key, list[str]] = defaultdict(list)
    lines = SpendLine.objects.of(review.company).filter(
        review=review, vendor_key__in={key for key, _ in keys}, confirmed=False
    )
    rows = (
        lines.annotate(is_now=Coalesce("it", Value("")), how=Coalesce("counting", Value("")))
        .filter(is_now=IT_OF[show], how=Counting.COUNTS.value)
        .order_by()
        .values_list("vendor_key", "purpose", "line_print")
        .annotate(spent=Sum("cost"))
    )
    for vendor_key, purpose, line_print, _spent in rows.order_by("-spent", "line_print"):
        found[vendor_key, purpose].append(line_print)
    return {key: found[key] for key in keys if key in found}


# --- one question -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """What else a vendor is booked for: `it` is "yes", "no" or "asked"."""

    purpose: str
    it: str
    confirmed: bool
    lines: int
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Question:
    """One question from near. `whole`: an answer holds for all of the vendor; else for lines like these.

    `seen` is the latest decision there was when it was asked; `booked` is what its other lines are said to be.
    """

    asked: Asked
    place: int
    names: tuple[str, ...]
    first: date
    last: date
    examples: tuple[SpendLine, ...]
    because: tuple[str, ...]
    booked: tuple[Booked, ...]
    whole: bool
    offered: tuple[str, ...]
    seen: int


def question(found: Waiting, place: int) -> Question | None:
    """The question at a place, from 0; None where nothing waits."""
    review = found.review
    if review is None or not found.asked:
        return None
    place = min(max(place, 0), len(found.asked) - 1)
    asked = found.asked[place]
    if asked.confidence is None:
        (asked,) = _weighed(review, found.show, [asked])
    lines = _lines(review, found.show, *asked.key)
    sample = list(lines.order_by("-date", "-id")[:SAMPLE])
    booked = _booked(review, [asked.vendor_key])[asked.vendor_key]
    others = tuple(one for one in booked if not _is_of(one, found.show, asked.key))
    called = Counter(line.vendor_name for line in sample)
    return Question(
        asked=asked,
        place=place,
        names=tuple(name for name, _ in called.most_common() if name != asked.vendor_name),
        first=lines.order_by("date", "id")[0].date,
        last=sample[0].date,
        examples=_examples(sample, _dearest(lines, asked, sample)),
        because=tuple(says for _, says in sample[0].because),
        booked=others,
        whole=_is_whole(booked, found.show, asked.key),
        offered=_offered(review, asked, others),
        seen=latest_decision(review.company),
    )


def _examples(sample: Sequence[SpendLine], dearest: SpendLine) -> tuple[SpendLine, ...]:
    """The newest lines and the dearest, each once."""
    newest = [line for line in sample[:EXAMPLES] if line.pk != dearest.pk]
    shown = (*newest[: EXAMPLES - 1], dearest)
    return tuple(sorted(shown, key=lambda line: (line.date, line.pk), reverse=True))


def _dearest(lines: QuerySet[SpendLine], asked: Asked, sample: Sequence[SpendLine]) -> SpendLine:
    """The dearest line; of many, that of the newest month."""
    if len(sample) < SAMPLE:
        return max(sample, key=lambda line: (line.cost, line.date, line.pk))
    among = lines.filter(date__gte=asked.newest) if asked.lines > MANY_LINES else lines
    # The negative cost is no column, so that the lines are found by their vendor and then put in order.
    found: SpendLine = among.order_by(-F("cost"), "-id")[0]
    return found


def latest_decision(company: Company) -> int:
    """The id of the latest decision there is, 0 of none."""
    found: int = SpendDecision.objects.of(company).aggregate(latest=Max("pk"))["latest"] or 0
    return found


def _booked(review: Review, vendor_keys: Collection[str]) -> dict[str, list[Booked]]:
    """What each of these vendors is booked for, over all papers, the most money first."""
    rows = (
        _cells(review)
        .annotate(stands=Coalesce("basis", Value("")))
        .filter(vendor_key__in=vendor_keys, stands=Basis.BOOKED.value)
        .values_list("vendor_key", "purpose", "it", "confirmed")
        .annotate(number=Sum("lines"), spent=Sum("cost"))
        .order_by("-spent", "purpose", "it")
    )
    found: dict[str, list[Booked]] = defaultdict(list)
    for key, purpose, it, confirmed, number, spent in rows:
        found[key].append(Booked(purpose, it, confirmed, number, spent))
    return found


def _is_of(booked: Booked, show: Show, key: Key) -> bool:
    return (booked.it, booked.purpose, booked.confirmed) == (IT_OF[show], key[1], False)


def _is_whole(booked: Iterable[Booked], show: Show, key: Key) -> bool:
    """Whether all lines of the vendor are of this question, and none was spoken of apart from the others."""
    return key[0] != UNNAMED_KEY and all(_is_of(one, show, key) for one in booked)


def _offered(review: Review, asked: Asked, others: Iterable[Booked]) -> tuple[str, ...]:
    vendor, _by = known_vendors().find(*(asked.vendor_key, asked.vendor_name))
    usual = [part["key"] for part in review.answer["parts"]["by_purpose"] if part["key"]]
    return offered(
        asked.purpose,
        vendor.purposes if vendor is not None else (),
        [one.purpose for one in others if one.it == "yes"],
        usual[:USUAL],
        USUALLY_BOUGHT,
    )


@lru_cache(maxsize=1)
def known_vendors() -> KnownVendors:
    """What is publicly known of vendors, made ready once."""
    return KnownVendors(spend_knowledge().vendors)


# --- answering --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says to one question. `everything`: of the whole vendor, also of lines that are not asked about.

    `seen` is the latest decision there was when the question was put.
    """

    key: Key
    is_it: bool
    purpose: str = ""
    department: str = ""
    everything: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an answer: what is kept of it, or `against`, what somebody said meanwhile, which stands.

    Neither where the question has gone. `instead_of` is what it supersedes; `besides` what goes on to hold for other
    lines of the vendor although it says otherwise; `left` kinds of line are asked about again.
    """

    answer: Answer
    asked: Asked | None = None
    kept: tuple[SpendDecision, ...] = ()
    against: SpendDecision | None = None
    instead_of: SpendDecision | None = None
    besides: SpendDecision | None = None
    left: int = 0


def answer(company: Company, said: Answer, *, show: Show, by: User) -> Outcome:
    """Keep an answer to one question."""
    return answer_all(company, [said], show=show, by=by)[0]


def answer_all(company: Company, told: Sequence[Answer], *, show: Show, by: User) -> list[Outcome]:
    """Keep answers to several questions at once; what somebody else said since they were asked stands."""
    with transaction.atomic():
        review = decisions.hold(company)
        if review is None:
            return [Outcome(said) for said in told]
        scopes = _scopes(review, show, told)
        standing = _standing_of(company, {said.key[0] for said in told})
        outcomes = [_weigh(said, scopes.get(said.key), standing.get(said.key[0], ())) for said in told]
        words = [_words(outcome, scopes) for outcome in outcomes]
        decided = iter(decisions.decide_all(company, [one for of_one in words for one in of_one], by=by))
        return [
            _kept(outcome, list(islice(decided, len(of_one))))
            for outcome, of_one in zip(outcomes, words, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an answer is of: a question, and the kinds of its lines, or "" for the whole vendor."""

    asked: Asked
    prints: Sequence[str]
    left: int = 0


def _scopes(review: Review, show: Show, told: Sequence[Answer]) -> dict[Key, _Scope]:
    """The scope of each answer whose question still waits."""
    everything = {said.key for said in told if said.everything}
    waits = {asked.key: asked for asked in _groups(review, show)}
    keys = {said.key for said in told} & waits.keys()
    booked = _booked(review, {key[0] for key in keys})
    whole = {key for key in keys if key in everything or _is_whole(booked[key[0]], show, key)}
    prints = _prints(review, show, keys - whole)
    return {key: _Scope(waits[key], ("",)) for key in whole} | {
        key: _Scope(waits[key], of_key[:MOST_PRINTS], max(0, len(of_key) - MOST_PRINTS))
        for key, of_key in prints.items()
    }


def _standing_of(company: Company, vendor_keys: Collection[str]) -> dict[str, list[SpendDecision]]:
    """What people said of vendors that was not taken back, the latest first."""
    said = SpendDecision.objects.of(company).filter(vendor_key__in=vendor_keys, withdrawn_at__isnull=True)
    found: dict[str, list[SpendDecision]] = defaultdict(list)
    for decision in said.select_related("by").order_by("-pk"):
        found[decision.vendor_key].append(decision)
    return found


def _weigh(said: Answer, scope: _Scope | None, standing: Sequence[SpendDecision]) -> Outcome:
    """Whether an answer may be kept: not where its question has gone, or somebody spoke since it was asked."""
    since = [d for d in standing if said.seen is not None and d.pk > said.seen]
    if scope is not None:
        since = [d for d in since if not d.line_print or d.line_print in scope.prints]
    if scope is None or since:
        return Outcome(said, scope.asked if scope else None, against=since[0] if since else None)
    besides = (d for d in standing if d.line_print and d.is_it != said.is_it) if "" in scope.prints else ()
    return Outcome(said, scope.asked, besides=next(iter(besides), None), left=scope.left)


def _words(outcome: Outcome, scopes: Mapping[Key, _Scope]) -> list[Said]:
    """An answer in the words of decisions; none where it is not to be kept."""
    said = outcome.answer
    if outcome.against is not None or outcome.asked is None:
        return []
    return [
        Said(said.key[0], print_, said.is_it, said.purpose if said.is_it else "", department=said.department)
        for print_ in scopes[said.key].prints
    ]


def _kept(outcome: Outcome, decided: Sequence[Decided]) -> Outcome:
    kept = tuple(found.kept for found in decided if found.kept is not None)
    instead = next((found.instead_of for found in decided if found.instead_of is not None), None)
    return replace(outcome, kept=kept, instead_of=instead)


def set_aside(company: Company, keys: Sequence[Key], *, by: User) -> list[int]:
    """Put questions aside that somebody does not know; the ids of what was put aside."""
    with transaction.atomic():
        review = decisions.hold(company)
        if review is None:
            return []
        scopes = _scopes(review, Show.UNSURE, [Answer(key, is_it=False) for key in keys])
        places = {(key[0], print_) for key, scope in scopes.items() for print_ in scope.prints}
        there = set(SetAside.objects.of(company).values_list("vendor_key", "line_print"))
        rows = [
            SetAside(company=company, vendor_key=k, line_print=p, by=by) for k, p in sorted(places - there)
        ]
        return [row.pk for row in SetAside.objects.bulk_create(rows)]


def take_back(company: Company, decided: Collection[int], aside: Collection[int], *, by: User) -> int:
    """Take back what was answered and put aside; how much of it still stood."""
    with transaction.atomic():
        taken = decisions.withdraw_all(company, decided, by=by)
        gone, _ = SetAside.objects.of(company).filter(pk__in=aside).delete()
        return taken + gone
