"""What says that a model is outgrown, what is done then, who is ready? Loads triggers, playbooks, questions, drill."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.assumptions import Source
from pilothouse.engine.contracts.reading.words import TERMS
from pilothouse.engine.costs.profile import MODELS
from pilothouse.engine.sourcing.graduation import FROM_PROFILE, FROM_RECORDS, Playbook, Task, Trigger
from pilothouse.engine.sourcing.readiness import PARTS, Question
from pilothouse.engine.sourcing.responsibilities import COLUMNS
from pilothouse.knowledge.entries import Entry, folder, read_entries, read_yaml, source_of, unique

FACTS = frozenset((*FROM_PROFILE, *FROM_RECORDS))


@lru_cache
def triggers() -> tuple[Trigger, ...]:
    """All triggers, as they come with Pilothouse."""
    return read_triggers(folder("sourcing").joinpath("triggers.yaml"))


@lru_cache
def playbooks() -> tuple[Playbook, ...]:
    """All playbooks, as they come with Pilothouse."""
    return read_playbooks(folder("sourcing").joinpath("playbooks.yaml"))


@lru_cache
def readiness_questions() -> tuple[Question, ...]:
    """What must be so that work goes on when the IT person leaves."""
    return read_questions(folder("sourcing").joinpath("readiness.yaml"))


@lru_cache
def drill_steps() -> tuple[Question, ...]:
    """What is tried on a morning without the IT person, in this order."""
    return read_questions(folder("sourcing").joinpath("drill.yaml"))


def read_questions(file: Traversable) -> tuple[Question, ...]:
    """The questions of a file, each in one of four parts."""
    found = tuple(_question(entry) for entry in read_entries(file))
    unique(((file.name, question.key) for question in found), "the question")
    return found


def _question(entry: Entry) -> Question:
    question = Question(
        entry.text("key"),
        entry.choice("part", PARTS, "documentation, credentials, contract and cover"),
        float(entry.number("weight")),
        entry.text("asks"),
        entry.text("do"),
    )
    entry.finished()
    return question


def read_triggers(file: Traversable) -> tuple[Trigger, ...]:
    """The triggers of a file; each measures a known fact and has a threshold, a step and a source."""
    whole = Entry(file.name, read_yaml(file))
    listed = whole.within("sources")
    sources = {key: source_of(listed.within(key), "C") for key in listed.fields()}
    found = tuple(_trigger(entry, sources) for entry in whole.each("triggers"))
    whole.finished()
    unique(((file.name, trigger.key) for trigger in found), "the trigger")
    return found


def _trigger(entry: Entry, sources: Mapping[str, Source]) -> Trigger:
    fact = entry.choice("fact", FACTS, "what triggers may measure")
    met_from, met_to = _perhaps(entry, "from"), _perhaps(entry, "to")
    if (met_from is None) == (met_to is None):
        raise entry.wrong("either “from” or “to” is needed, and not both.")
    leads = [int(months) for months in entry.numbers("leads")]
    if len(leads) != 2 or leads[0] > leads[1]:
        raise entry.wrong("“leads” needs two numbers of months, from and to.")
    trigger = Trigger(
        entry.text("key"),
        entry.text("name"),
        fact,
        _models(entry, "in"),
        met_from,
        met_to,
        _perhaps(entry, "near"),
        (leads[0], leads[1]),
        _model(entry, "towards"),
        entry.text("because"),
        entry.text("step"),
        sources[entry.choice("source", sources, "“sources” of the file")],
    )
    entry.finished()
    return trigger


def _perhaps(entry: Entry, field: str) -> float | None:
    return float(entry.number(field)) if field in entry.fields() else None


def _models(entry: Entry, field: str) -> tuple[str, ...]:
    models = entry.texts(field)
    if not set(models) <= set(MODELS):
        raise entry.wrong(f"“{field}” must list delivery models.")
    return models


def _model(entry: Entry, field: str) -> str:
    model = entry.text(field, "")
    if model and model not in MODELS:
        raise entry.wrong(f"“{field}” is “{model}”, which is no delivery model.")
    return model


def read_playbooks(file: Traversable) -> tuple[Playbook, ...]:
    """The playbooks of a file; tasks in the order of their days."""
    found = tuple(_playbook(entry) for entry in read_entries(file))
    unique(((file.name, playbook.key) for playbook in found), "the playbook")
    return found


def _playbook(entry: Entry) -> Playbook:
    tasks = tuple(_task(task) for task in entry.each("tasks"))
    if [task.day for task in tasks] != sorted(task.day for task in tasks):
        raise entry.wrong("the days of “tasks” must rise.")
    clauses = entry.texts("clauses")
    if not set(clauses) <= set(TERMS):
        raise entry.wrong("“clauses” must be terms of contracts.")
    playbook = Playbook(
        entry.text("key"),
        entry.text("name"),
        _models(entry, "from"),
        _model(entry, "to"),
        entry.text("why"),
        clauses,
        entry.texts("costs"),
        tasks,
    )
    entry.finished()
    return playbook


def _task(entry: Entry) -> Task:
    task = Task(
        int(entry.number("day")),
        entry.choice("owner", COLUMNS, "the columns of a responsibility matrix"),
        entry.text("what"),
    )
    entry.finished()
    return task
