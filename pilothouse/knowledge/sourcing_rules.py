"""Which rules decide between delivery models? The loader of `sourcing/rules.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.assumptions import Source
from pilothouse.engine.costs.profile import EVENTS, MODELS
from pilothouse.engine.sourcing.judge import NAMES, WORKED_OUT
from pilothouse.engine.sourcing.rules import Condition, Constraint, Criterion, Rules, Words
from pilothouse.knowledge.entries import Entry, KnowledgeError, folder, read_yaml, unique

FACTS = NAMES | {f"event.{event}" for event in EVENTS}
Sources = Mapping[str, Source]


@lru_cache
def sourcing_rules() -> Rules:
    """The rules as they come with Pilothouse."""
    return read_rules(folder("sourcing").joinpath("rules.yaml"))


def read_rules(file: Traversable) -> Rules:
    """The rules of a file; each names a known fact, known models and its source."""
    whole = Entry(file.name, read_yaml(file))
    name = whole.text("rule_set")
    listed = whole.within("sources")
    sources = {key: _source(listed.within(key)) for key in listed.fields()}
    constraints = tuple(_constraint(entry, sources) for entry in whole.each("constraints"))
    criteria = tuple(_criterion(entry, sources) for entry in whole.each("criteria"))
    whole.finished()
    keys = [rule.key for rule in constraints] + [rule.key for rule in criteria]
    unique(((file.name, key) for key in keys), "the key")
    return Rules(name, constraints, criteria)


def _source(entry: Entry) -> Source:
    """Where a rule comes from; what nobody published has no address."""
    title, url, year = entry.text("title"), entry.text("url", ""), int(entry.number("year"))
    entry.finished()
    return Source(title, url, year, "B" if url else "D")


def _constraint(entry: Entry, sources: Sources) -> Constraint:
    key, excludes = entry.text("key"), entry.texts("excludes")
    if not excludes or not set(excludes) <= set(MODELS):
        raise entry.wrong("“excludes” must list delivery models.")
    constraint = Constraint(key, excludes, _conditions(entry), entry.text("because"), _named(entry, sources))
    entry.finished()
    return constraint


def _named(entry: Entry, sources: Sources) -> Source:
    return sources[entry.choice("source", sources, "“sources” of the file")]


def _conditions(entry: Entry) -> tuple[Condition, ...]:
    if "when" not in entry.fields():
        return ()
    said = entry.within("when")
    return tuple(_condition(said, fact) for fact in said.fields())


def _condition(said: Entry, fact: str) -> Condition:
    if fact not in FACTS:
        raise said.wrong(f"“{fact}” is no fact that rules may name.")
    if fact == "current":
        return Condition(fact, among=tuple(_place(said, model) for model in said.texts(fact)))
    limits = said.numbers(fact)
    if len(limits) != 2 or limits[0] > limits[1]:
        raise said.wrong(f"“{fact}” needs two numbers, from and to.")
    return Condition(fact, float(limits[0]), float(limits[1]))


def _place(said: Entry, model: str) -> float:
    if model not in MODELS:
        raise said.wrong(f"“{model}” is no delivery model.")
    return float(MODELS.index(model))


def _criterion(entry: Entry, sources: Sources) -> Criterion:
    key, by = entry.text("key"), entry.text("by", "")
    if by and by not in FACTS | WORKED_OUT:
        raise entry.wrong(f"“{by}” is no fact that rules may name.")
    at = tuple(float(value) for value in entry.numbers("at")) if "at" in entry.fields() else ()
    if list(at) != sorted(set(at)):
        raise entry.wrong("“at” must rise.")
    weights = _one_or_each(entry, "weight", at)
    fits = {} if by in WORKED_OUT else _fits(entry.within("fits"), at)
    words = Words(entry.text("for"), entry.text("against"))
    criterion = Criterion(
        key, _conditions(entry), by, at, weights, fits, words, _says(entry, words), _named(entry, sources)
    )
    entry.finished()
    return criterion


def _one_or_each(entry: Entry, field: str, at: tuple[float, ...]) -> tuple[float, ...]:
    values = tuple(float(value) for value in entry.numbers_or_one(field))
    if len(values) not in {1, len(at)} or min(values) < 0:
        raise entry.wrong(f"“{field}” needs one number from 0 up, or one for each value of “at”.")
    return values


def _fits(entry: Entry, at: tuple[float, ...]) -> dict[str, tuple[float, ...]]:
    fits = {model: _one_or_each(entry, model, at) for model in MODELS}
    entry.finished()
    if any(value > 1 for values in fits.values() for value in values):
        raise entry.wrong("a fit runs from 0 to 1.")
    return fits


def _says(entry: Entry, words: Words) -> dict[str, Words]:
    if "says" not in entry.fields():
        return {}
    said = entry.within("says")
    found: dict[str, Words] = {}
    for model in said.fields():
        if model not in MODELS:
            raise KnowledgeError(f"{said.place}: “{model}” is no delivery model.")
        one = said.within(model)
        found[model] = Words(one.text("for", words.for_it), one.text("against", words.against))
        one.finished()
    return found
