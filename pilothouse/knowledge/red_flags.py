"""What is looked for in contracts: the checklist of `red_flags.yaml` and the law of `law/*.yaml`, in one language.

A further list may follow, such as a practice's own: an entry with the `id` of another takes its place field by field,
`drop: true` takes it out, a new id is added. A translation is such a list too. The law cannot be overlaid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any

from pilothouse.engine.contracts.checklist import Check, Checklist
from pilothouse.engine.contracts.reading.words import TERMS
from pilothouse.knowledge.concerns import QUALITIES, concerns_of, kinds_of, terms_of
from pilothouse.knowledge.entries import Entry, KnowledgeError, country_of, folder, read_yaml, unique
from pilothouse.knowledge.laws import laws

_WORDS = ("units", "terms")
_Raw = dict[str, tuple[str, dict[str, Any]]]


@lru_cache
def checklist() -> Checklist:
    """The list as it comes with Pilothouse, in English."""
    return checklist_with(())


def checklist_with(lists: Iterable[Traversable]) -> Checklist:
    """The list with further ones laid over it, in their order; raises `KnowledgeError` where one cannot be used."""
    return _laid_over(_raw(file.name, read_yaml(file)) for file in lists)


def checklist_over(own: Mapping[str, Mapping[str, object]]) -> Checklist:
    """The list with entries by their id laid over it, as a practice has changed them on screen.

    Days may be texts. Raises `KnowledgeError` where an entry cannot be used.
    """
    entries = [
        {"id": id_, **{field: _as_day(field, said) for field, said in own[id_].items()}} for id_ in own
    ]
    return _laid_over([_raw("your list", {"checks": entries})])


def _as_day(field: str, said: object) -> object:
    if field != "looked_up" or not isinstance(said, str):
        return said
    try:
        return date.fromisoformat(said)
    except ValueError:
        return said  # what is no day is said by whoever reads the entry


def _laid_over(lists: Iterable[tuple[_Raw, dict[str, dict[str, object]]]]) -> Checklist:
    checks, words = _ours()
    checks = dict(checks)
    for further, more in lists:
        words = {part: {**words[part], **more[part]} for part in words}
        for id_, (place, fields) in further.items():
            checks[id_] = (place, {**checks.get(id_, ("", {}))[1], **fields})
    entries = [Entry(place, fields) for place, fields in checks.values()]
    read = [_check(entry) for entry in entries if not _dropped(entry)]
    unique(((f"red_flags.yaml, entry “{check.id}”", str(check.number)) for check in read), "the number")
    units = {unit: _unit(unit, said) for unit, said in words["units"].items()}
    return Checklist(tuple(read), laws(), units, dict(_name(*each) for each in words["terms"].items()))


@lru_cache
def _ours() -> tuple[_Raw, dict[str, dict[str, object]]]:
    file = folder().joinpath("red_flags.yaml")
    return _raw(file.name, read_yaml(file))


def _raw(name: str, content: object) -> tuple[_Raw, dict[str, dict[str, object]]]:
    """The fields of each entry by its id, with its place, and the words for units and terms."""
    whole = content if isinstance(content, dict) else {}
    entries, words = whole.get("checks"), {part: whole.get(part, {}) for part in _WORDS}
    if not isinstance(entries, list) or not all(isinstance(said, dict) for said in words.values()):
        raise KnowledgeError(
            f"{name}: expected “checks:” with a list of entries, and perhaps “units:” and “terms:”."
        )
    found: _Raw = {}
    for number, fields in enumerate(entries, start=1):
        if not isinstance(fields, dict) or not isinstance(fields.get("id"), str):
            raise KnowledgeError(f"{name}, entry “{number}”: needs an “id” of its own.")
        place = f"{name}, entry “{fields['id']}”"
        if fields["id"] in found:
            raise KnowledgeError(f"{place}: stands twice. Keep one of them.")
        found[fields["id"]] = (place, fields)
    return found, words


def _unit(unit: str, words: object) -> tuple[str, str]:
    if isinstance(words, list) and len(words) == 2 and all(isinstance(word, str) for word in words):
        return words[0], words[1]
    raise KnowledgeError(f"red_flags.yaml, unit “{unit}”: needs two words, for one and for several.")


def _name(term: str, said: object) -> tuple[str, str]:
    if term in TERMS and isinstance(said, str) and said:
        return term, said
    raise KnowledgeError(
        f"red_flags.yaml, term “{term}”: must be a term of contracts, with its name as text."
    )


def _dropped(entry: Entry) -> bool:
    return "drop" in entry.fields() and bool(entry.flag("drop"))


def _check(entry: Entry) -> Check:
    terms = terms_of(entry, "terms")
    check = Check(
        id=entry.text("id"),
        number=int(entry.number("number")),
        theme=entry.text("theme"),
        terms=terms,
        kinds=kinds_of(entry),
        country=country_of(entry) if "country" in entry.fields() else "",
        question=entry.text("question"),
        why=entry.text("why"),
        threshold=entry.text("threshold"),
        concerns=concerns_of(entry) if terms else (),
        what_to_do=entry.text("do"),
        ask_for=entry.text("ask_for"),
        sources=int(entry.number("sources")),
        quality=entry.choice("quality", QUALITIES, "A to D"),
        looked_up=entry.day("looked_up"),
        disagreement=entry.text("disagreement", ""),
    )
    entry.finished()
    return check
