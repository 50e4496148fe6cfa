"""What is looked for in contracts: the checklist of `red_flags.yaml` and the law of `law/*.yaml`, in one language.

A further list may follow, such as a practice's own: an entry with the `id` of another takes its place field by field,
`drop: true` takes it out, a new id is added. A translation is such a list too. The law cannot be overlaid.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any

from pilothouse.engine.contracts.checklist import Check, Checklist
from pilothouse.engine.contracts.reading.words import TERMS
from pilothouse.knowledge.concerns import QUALITIES, concerns_of, kinds_of, terms_of
from pilothouse.knowledge.entries import Entry, KnowledgeError, country_of, folder, read_yaml, unique
from pilothouse.knowledge.laws import laws

_WORDS = ("units", "terms")


@lru_cache
def checklist() -> Checklist:
    """The list as it comes with Pilothouse, in English."""
    return checklist_with(())


def checklist_with(lists: Iterable[Traversable]) -> Checklist:
    """The list with further ones laid over it, in their order; raises `KnowledgeError` where one cannot be used."""
    checks, words = _raw(folder().joinpath("red_flags.yaml"))
    for file in lists:
        further, more = _raw(file)
        words = {part: {**words[part], **more[part]} for part in words}
        for id_, (place, fields) in further.items():
            checks[id_] = (place, {**checks.get(id_, ("", {}))[1], **fields})
    entries = [Entry(place, fields) for place, fields in checks.values()]
    read = [_check(entry) for entry in entries if not _dropped(entry)]
    unique(((f"red_flags.yaml, entry “{check.id}”", str(check.number)) for check in read), "the number")
    units = {unit: _unit(unit, said) for unit, said in words["units"].items()}
    return Checklist(tuple(read), laws(), units, dict(_name(*each) for each in words["terms"].items()))


_Raw = dict[str, tuple[str, dict[str, Any]]]


def _raw(file: Traversable) -> tuple[_Raw, dict[str, dict[str, object]]]:
    """The fields of each entry by its id, with its place, and the words for units and terms."""
    content = read_yaml(file)
    whole = content if isinstance(content, dict) else {}
    entries, words = whole.get("checks"), {part: whole.get(part, {}) for part in _WORDS}
    if not isinstance(entries, list) or not all(isinstance(said, dict) for said in words.values()):
        raise KnowledgeError(
            f"{file.name}: expected “checks:” with a list of entries, and perhaps “units:” and “terms:”."
        )
    found: _Raw = {}
    for number, fields in enumerate(entries, start=1):
        if not isinstance(fields, dict) or not isinstance(fields.get("id"), str):
            raise KnowledgeError(f"{file.name}, entry “{number}”: needs an “id” of its own.")
        place = f"{file.name}, entry “{fields['id']}”"
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
