"""How well the patterns read French and Dutch contracts, beside labels made before any pattern was written.

`python -m tools.measure_contract_patterns` prints precision, recall and exactness of values: of the made-up clauses,
the half the patterns were made with (seen) and the half kept apart (kept), and per term of the real papers that carry
labels, where they are to be had. A clause counts a term once; in a paper every sentence that was read and every label
counts, and they meet where they overlap. A value is exact where it is the labelled one; a value where the label has
none counts as wrong, but for names of parties, of which papers keep none. `--wrong` prints each miss and each wrong
reading, `--seen` leaves the half alone that is kept apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pilothouse.engine.contracts.reading.paragraphs import sentences_of_paragraphs
from pilothouse.engine.contracts.reading.patterns import terms_by_pattern
from pilothouse.engine.contracts.reading.words import ContractText, ReadTerm, Sentence

DATA = Path(__file__).parents[1] / "tests" / "data"
LANGUAGES = ("fr", "nl")
# Papers that were read for labels and have none: what is read in them is wrong.
WITHOUT_LABELS = (
    "cloud-temple/docs/contractual/contracts.md",
    "cloud-temple/docs/contractual/iaas/raci.md",
)


@dataclass
class Tally:
    """What was read of one term: right, wrong, missed; its values and how many of them are exact."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    values: int = 0
    exact: int = 0

    def add(self, other: Tally) -> None:
        for name in ("right", "wrong", "found", "missed", "values", "exact"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self) -> str:
        precision = _share(self.right, self.right + self.wrong)
        return (
            f"precision {precision}  recall {_share(self.found, self.found + self.missed)}"
            f"  values {self.exact}/{self.values}  (right {self.right}, wrong {self.wrong}, missed {self.missed})"
        )


@dataclass
class Measured:
    """Tallies by term, and what to look at: each miss and each wrong reading in one line."""

    terms: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    looks: list[str] = field(default_factory=list)

    @property
    def all(self) -> Tally:
        total = Tally()
        for tally in self.terms.values():
            total.add(tally)
        return total


def is_kept(name: str) -> bool:
    """Whether a clause belongs to the half that was kept apart: by the hash of its name, so nobody chose."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def clauses(language: str) -> list[dict[str, Any]]:
    """The made-up clauses of a language, with their terms."""
    read: list[dict[str, Any]] = yaml.safe_load(
        (DATA / "contracts-own" / f"{language}.yaml").read_text("utf-8")
    )
    return read


def measure_clauses(of: Iterable[dict[str, Any]], language: str) -> Measured:
    measured = Measured()
    for clause in of:
        text = clause["text"]
        sentences = [Sentence(one.start, one.end, clause["heading"]) for one in sentences_of_paragraphs(text)]
        read = terms_by_pattern(ContractText(text, (), language), sentences)
        _count_clause(measured, clause, read)
    return measured


def _count_clause(measured: Measured, clause: dict[str, Any], read: Sequence[ReadTerm]) -> None:
    agreed, said = _by_term(clause["terms"]), _by_term((term.term, term.value) for term in read)
    for term in sorted(agreed.keys() | said.keys()):
        tally = measured.terms[term]
        if term not in said:
            tally.missed += 1
            measured.looks.append(f"{clause['id']}: missed {term} {agreed[term]}")
        elif term not in agreed:
            tally.wrong += 1
            measured.looks.append(f"{clause['id']}: wrong {term} {said[term]}")
        else:
            tally.right += 1
            tally.found += 1
            if agreed[term] or said[term]:
                tally.values += 1
                tally.exact += agreed[term] == said[term]
                if agreed[term] != said[term]:
                    measured.looks.append(f"{clause['id']}: {term} read {said[term]} for {agreed[term]}")


def _by_term(terms: Iterable[Sequence[Any]]) -> dict[str, set[str]]:
    """The values of each term; none where it has no value."""
    found: dict[str, set[str]] = defaultdict(set)
    for term, value in terms:
        found[term] |= {str(value)} if value is not None else set()
    return found


def labels() -> dict[str, list[dict[str, Any]]]:
    """The labels of each paper, and an empty list for those without any."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in WITHOUT_LABELS}
    with (DATA / "contracts-fr-nl" / "labels.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            label = json.loads(line)
            found.setdefault(label["file"], []).append(label)
    return found


def measure_papers(folder: Path, language: str) -> Measured:
    measured = Measured()
    for name, labelled in labels().items():
        if ("/i18n/en/" in name) == (language == "en"):
            text = (folder / name).read_text("utf-8")
            read = terms_by_pattern(ContractText(text, (), language), sentences_of_paragraphs(text))
            _count_paper(measured, name, labelled, read)
    return measured


def _count_paper(
    measured: Measured, name: str, labelled: Sequence[dict[str, Any]], read: Sequence[ReadTerm]
) -> None:
    met: set[int] = set()
    for one in read:
        of = [at for at, label in enumerate(labelled) if _meet(one, label)]
        met.update(of)
        tally = measured.terms[one.term]
        tally.right += bool(of)
        tally.wrong += not of
        if not of:
            measured.looks.append(f"{name}:{one.start} wrong {one.term} {one.value}")
        elif one.term != "parties":
            _count_value(measured, one, {labelled[at]["value"] for at in of})
    for at, label in enumerate(labelled):
        tally = measured.terms[label["term"]]
        tally.found += at in met
        tally.missed += at not in met
        if at not in met:
            measured.looks.append(f"{name}:{label['start']} missed {label['term']} {label['value']}")


def _count_value(measured: Measured, one: ReadTerm, wanted: set[str | None]) -> None:
    if one.value is not None or wanted != {None}:
        measured.terms[one.term].values += 1
        measured.terms[one.term].exact += one.value in wanted
        if one.value not in wanted:
            measured.looks.append(f"{one.start}: {one.term} read {one.value} for {wanted}")


def _meet(one: ReadTerm, label: dict[str, Any]) -> bool:
    return bool(one.term == label["term"] and one.start < label["end"] and label["start"] < one.end)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--wrong", action="store_true", help="print each miss and each wrong reading")
    parser.add_argument("--seen", action="store_true", help="leave the half that was kept apart alone")
    asked = parser.parse_args()
    for language in LANGUAGES:
        for kept in (False, True)[: 1 if asked.seen else 2]:
            of = [clause for clause in clauses(language) if is_kept(clause["id"]) == kept]
            measured = measure_clauses(of, language)
            print(f"clauses {language}, {'kept' if kept else 'seen'}, {len(of)}: {measured.all.line()}")
            _print_looks(measured, wanted=asked.wrong)
    folder = Path(os.environ.get("PILOTHOUSE_SHARED", "../shared")) / "data" / "contracts" / "fr-nl"
    if not folder.is_dir():
        print(f"papers: none, since {folder} is absent")
        return
    for language in ("fr", "en"):
        measured = measure_papers(folder, language)
        print(f"papers {language}: {measured.all.line()}")
        for term, tally in sorted(measured.terms.items()):
            print(f"  {term:28} {tally.line()}")
        _print_looks(measured, wanted=asked.wrong)
    print("labels:", dict(Counter(label["term"] for paper in labels().values() for label in paper)))


def _print_looks(measured: Measured, *, wanted: bool) -> None:
    for look in measured.looks if wanted else ():
        print("   ", look)


if __name__ == "__main__":
    main()
