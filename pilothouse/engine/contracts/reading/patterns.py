"""Which terms do the patterns of a language read in a contract, sentence by sentence?

French and Dutch: every term. English: those of IT services that no labelled collection knows (`patterns_en`). A
sentence is quoted whole; below sure ground it is silent, since a wrong answer costs more than none. Of one term a
sentence gives the reading of the first pattern that holds. Work grows with the text and no faster: of a sentence the
first letters alone are looked at (`pattern.LONGEST`), and every gap in a pattern has an end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pilothouse.engine.contracts.reading.names_of_parties import find_names
from pilothouse.engine.contracts.reading.pattern import LONGEST_HEADING, Pattern, plain
from pilothouse.engine.contracts.reading.tables import find_rows
from pilothouse.engine.contracts.reading.times_of_service import find_times
from pilothouse.engine.contracts.reading.words import ContractText, ReadTerm, Sentence


def _english() -> Sequence[Pattern]:
    from pilothouse.engine.contracts.reading.patterns_en import ENGLISH

    return ENGLISH


def _french() -> Sequence[Pattern]:
    from pilothouse.engine.contracts.reading.patterns_fr import FRENCH

    return FRENCH


def _dutch() -> Sequence[Pattern]:
    from pilothouse.engine.contracts.reading.patterns_nl import DUTCH

    return DUTCH


class _ByLanguage(Mapping[str, Sequence[Pattern]]):
    """The patterns of each language, loaded when asked for: making them takes longer than reading a short contract."""

    _of = {"en": _english, "fr": _french, "nl": _dutch}

    def __getitem__(self, language: str) -> Sequence[Pattern]:
        return self._of[language]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


PATTERNS = _ByLanguage()
_SURE = 0.9
_NAMES_IN = ("fr", "nl")
OPENING = 5_000  # letters in which the parties are named


def terms_by_pattern(text: ContractText, sentences: Iterable[Sentence]) -> list[ReadTerm]:
    """The terms that the patterns of the text's language read, in the order of the text; none in other languages."""
    if text.language not in PATTERNS:
        return []
    rows = [
        _read(text, row.term, row.value, (row.start, row.end), _SURE)
        for row in find_rows(text.text, text.language)
    ]
    said = [term for sentence in sentences for term in _of_sentence(text, sentence)]
    return sorted(rows + said, key=lambda term: (term.start, term.end, term.term))


def _of_sentence(text: ContractText, sentence: Sentence) -> Iterator[ReadTerm]:
    words = text.text[sentence.start : sentence.end]
    if words.lstrip(" >\t").startswith("|"):
        return  # a row of a table is read with its head
    place = (sentence.start, sentence.end)
    for term, value, confidence in terms_of_words(words, sentence.heading, text.language):
        yield _read(text, term, value, place, confidence)
    if text.language in _NAMES_IN and sentence.start < OPENING:
        for name in find_names(words):
            yield _read(text, "parties", name, place, _SURE)


def terms_of_words(sentence: str, heading: str, language: str) -> Iterator[tuple[str, str | None, float]]:
    """Term, value and confidence of each term that one sentence agrees, under a heading."""
    words, title = plain(sentence), plain(heading[:LONGEST_HEADING])
    read: set[str] = set()
    for pattern in PATTERNS[language]:
        if pattern.term not in read:
            for value in pattern.values(words, title, language):
                read.add(pattern.term)
                yield pattern.term, value, pattern.confidence
    for term, value in dict.fromkeys(find_times(words, language)):
        yield term, value, _SURE


def _read(
    text: ContractText, term: str, value: str | None, place: tuple[int, int], confidence: float
) -> ReadTerm:
    start, end = place
    return ReadTerm(term, value, text.page_of(start), start, end, text.text[start:end], confidence)
