"""Two papers of a contract beside each other: every sentence that is not what it was, its words marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.paragraphs import sentences_of_paragraphs
from pilothouse.engine.contracts.reading.words import ContractText
from pilothouse.engine.contracts.versions import Change, SentenceChange, changed_sentences, changed_words
from pilothouse.records.models import Contract, ContractDocument
from pilothouse.services.contract_papers import text_of

MOST_SHOWN = 400
CHANGED, GONE, NEW = "changed", "gone", "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a sentence; `is_marked` where the other paper has them otherwise."""

    words: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that is changed, gone or new; the side it does not stand on is empty."""

    what: str
    before: tuple[Run, ...]
    after: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two papers in their words: the first `MOST_SHOWN` rows, how many of each sort there are,
    and of papers without words (which of the two) why.
    """

    rows: tuple[Row, ...]
    numbers: dict[str, int]
    problems: tuple[tuple[ContractDocument, str], ...] = ()

    @property
    def more(self) -> int:
        return sum(self.numbers.values()) - len(self.rows)


def versions_of(contract: Contract) -> Sequence[ContractDocument]:
    """The papers of a contract, the newest first."""
    return list(
        ContractDocument.objects.of(contract.company).filter(contract=contract).select_related("source")
    )


def compare(before: ContractDocument, after: ContractDocument) -> Compared:
    """Sentence by sentence, in the order of the text before; what is only new stands behind."""
    texts = {document: text_of(document.source) for document in (before, after)}
    missing = tuple((document, problem) for document, (text, problem) in texts.items() if text is None)
    if missing:
        return Compared((), {}, missing)
    old, new = (_sentences(text) for text, _ in texts.values() if text is not None)
    changes = changed_sentences(old, new)
    found = [_row(change) for change in changes[:MOST_SHOWN]]
    numbers = {what: sum(_what(change) == what for change in changes) for what in (CHANGED, GONE, NEW)}
    return Compared(tuple(found), numbers)


def _sentences(text: ContractText) -> list[str]:
    return [text.text[one.start : one.end] for one in sentences_of_paragraphs(text.text)]


def _what(change: SentenceChange) -> str:
    if change.before and change.after:
        return CHANGED
    return GONE if change.before else NEW


def _row(change: SentenceChange) -> Row:
    if not (change.before and change.after):
        return Row(_what(change), _whole(change.before), _whole(change.after))
    runs = list(changed_words(change.before, change.after))
    return Row(CHANGED, _side(runs, Change.NEW), _side(runs, Change.GONE))


def _whole(sentence: str) -> tuple[Run, ...]:
    words = " ".join(sentence.split())
    return (Run(words, is_marked=False),) if words else ()


def _side(runs: Iterable[tuple[Change | None, str]], other: Change) -> tuple[Run, ...]:
    """The runs of one side: without what only the other has."""
    return tuple(Run(words, is_marked=change is not None) for change, words in runs if change is not other)
