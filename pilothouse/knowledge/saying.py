"""How is a text of the engine said in a language? By a catalogue of sentences, `translations/<language>.yaml`.

Values go in where the sentence has their name in braces: "{vendor}" as it is, "{amount:amount}" as an amount to
the cent with its thousands apart, "{day:day}" as a date in words, "{count:line|lines}" as a number with its noun.
A language without a sentence says it in English; a key without an English sentence is an error, which a test
finds before anybody reads a page. Dates and amounts are written the way of the language the sentence is in.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from pilothouse.engine.evidence import Text
from pilothouse.knowledge.entries import Entry, KnowledgeError, folder, read_yaml

ENGLISH = "en"
_CENT = Decimal("0.01")


def say(text: Text, language: str = ENGLISH) -> str:
    """The sentence of `text` in `language`, its values filled in.

    Raises `KnowledgeError` where the key is not in the catalogue or a value is missing.
    """
    sentence = sentences(language).get(text.key)
    if sentence is None:
        language, sentence = ENGLISH, sentences(ENGLISH).get(text.key)
    if sentence is None:
        raise KnowledgeError(
            f"There is no sentence “{text.key}”. Add it to knowledge/translations/{ENGLISH}.yaml."
        )
    try:
        return sentence.format_map({name: _written(value, language) for name, value in text.values})
    except KeyError as error:
        raise KnowledgeError(
            f"The sentence “{text.key}” needs the value {error}, which was not given."
        ) from error


@lru_cache
def sentences(language: str) -> dict[str, str]:
    """The catalogue of a language by key; empty where the language has none."""
    file = folder("translations").joinpath(f"{language}.yaml")
    if not file.is_file():
        return {}
    entry = Entry(file.name, read_yaml(file))
    return {key: entry.text(key) for key in entry.fields()}


class _Value(str):
    """A value that knows how a sentence wants it written."""

    language = ENGLISH

    def __format__(self, wanted: str) -> str:
        if wanted == "amount":
            return f"{Decimal(self).quantize(_CENT, ROUND_HALF_UP):,}".translate(_marks(self.language))
        if wanted == "day":
            return _day(date.fromisoformat(self), self.language)
        if "|" in wanted:
            one, several = wanted.split("|")
            return f"{self} {one if self == '1' else several}"
        return super().__format__(wanted)


def _marks(language: str) -> dict[int, str]:
    """What stands between thousands and before the cents, by what Python writes there."""
    apart = "." if language == "nl" else "\N{NO-BREAK SPACE}"
    return {ord(","): apart, ord("."): "." if language == ENGLISH else ","}


def _written(value: str, language: str) -> _Value:
    said = _Value(value)
    said.language = language
    return said


def _day(day: date, language: str) -> str:
    if language == ENGLISH:
        return f"{day.day} {day:%B %Y}"
    from babel.dates import format_date  # slow to load, and most answers are asked for in English

    said: str = format_date(day, "d MMMM y", locale=language)
    return said.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else said
