"""How well are typed values read from contracts? Run: `python -m tools.measure_contract_values DATA [--wrong TERM]`.

DATA is the folder with `labels.jsonl` and `text/` (CUAD). The values lawyers wrote beside each clause are normalised
and compared with what the patterns give: right, wrong or silent, on the half of the documents that was looked at while
the patterns were written, on the other half, and on both. Halves are told by a hash of the title.

Where a label holds several values ("5 years; 2 years") each of them is right. A label without a whole value
("[]/[]/2020") is left out, and what is given where the lawyers wrote nothing is counted apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.places import PLACE, place_named
from pilothouse.engine.contracts.reading.read import read_contract
from pilothouse.engine.contracts.reading.values_dates import find_days
from pilothouse.engine.contracts.reading.values_lengths import find_lengths, find_loose_lengths
from pilothouse.engine.contracts.reading.words import ContractText
from pilothouse.engine.dates import Duration

TERMS = {
    "expiration": "Expiration Date",
    "renewal_term": "Renewal Term",
    "renewal_notice": "Notice Period To Terminate Renewal",
    "effective_date": "Effective Date",
    "agreement_date": "Agreement Date",
    "governing_law": "Governing Law",
}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})$")


@dataclass(frozen=True, slots=True)
class Compared:
    """One term of one document: what lawyers wrote, what is right, and what was read."""

    title: str
    looked_at: bool
    term: str
    label: str
    right: frozenset[str]
    read: str | None

    @property
    def outcome(self) -> str:
        if not self.right:
            return "beside" if self.read and not self.label else "left out"
        if self.read is None:
            return "silent"
        return "right" if _comparable(self.read) in self.right else "wrong"


def compare(folder: Path) -> Iterator[Compared]:
    """Each term of each document of the folder."""
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        title = document["title"]
        looked_at = hashlib.sha256(title.encode()).digest()[-1] % 2 == 0
        text = (folder / "text" / document["text_file"]).read_text("utf-8")
        read: dict[str, str] = {}
        for found in read_contract(ContractText(text, (), "en")).terms:
            if found.value:
                read.setdefault(found.term, found.value)
        for term, clause in TERMS.items():
            label = document["labels"][clause]["answer"]
            yield Compared(title, looked_at, term, label, right_values(term, label), read.get(term))


def right_values(term: str, label: str) -> frozenset[str]:
    """The values a label allows, so written that equal ones are alike; empty where it says none."""
    parts = (
        [part.strip() for part in re.split(r";|, (?=\d+(?:/| +[a-z]))", label)]
        if term != "governing_law"
        else [label]
    )
    return frozenset(value for part in parts if (value := _normal(term, part)))


def _normal(term: str, label: str) -> str | None:
    if term == "governing_law":
        place = PLACE.search(label)
        return place_named(place.group()) if place else None
    if label.lower().startswith("perpetual"):
        return "perpetual"
    if term.startswith("renewal"):
        return _length(label)
    return _day(label)


def _length(label: str) -> str | None:
    label = re.sub(r"^\((\d+)\)", r"\1", label)
    if label == "0.5 year":
        label = "6 months"
    words = flat(label)
    length = next(find_lengths(words), None) or next(find_loose_lengths(words), None)
    return _comparable(length.value) if length else None


def _day(label: str) -> str | None:
    found = _SLASHED.match(label)
    if not found:
        day = next(iter(find_days(label)), None)
        return day.value if day else None
    month, day_of, year = (int(part) for part in found.groups())
    if month > 12:
        month, day_of = day_of, month
    if year < 100:
        year += 1900 if year >= 70 else 2000
    return date(year, month, day_of).isoformat()


def _comparable(value: str) -> str:
    return str(Duration.parse(value)) if re.match(r"P\d", value) else value


def _print(compared: list[Compared]) -> None:
    print(f"{'term':16} {'half':9} {'labelled':>8} {'right':>7} {'wrong':>7} {'silent':>7} {'beside':>7}")
    for term in TERMS:
        for half, wanted in (("looked at", (True,)), ("other", (False,)), ("both", (True, False))):
            counts = Counter(one.outcome for one in compared if one.term == term and one.looked_at in wanted)
            labelled = max(1, counts["right"] + counts["wrong"] + counts["silent"])
            shares = [f"{counts[outcome] / labelled:7.3f}" for outcome in ("right", "wrong", "silent")]
            print(f"{term:16} {half:9} {labelled:8} {' '.join(shares)} {counts['beside']:7}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--wrong", metavar="TERM", help="print what is not right of a term, half looked at only"
    )
    args = parser.parse_args()
    compared = list(compare(args.data))
    _print(compared)
    for one in compared:
        if args.wrong == one.term and one.looked_at and one.outcome in ("wrong", "silent"):
            print(f"{one.outcome:6} {one.label!r:28} read {one.read!r:14} {one.title[:90]}")


if __name__ == "__main__":
    main()
