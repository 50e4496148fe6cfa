"""How often is a flag raised on a contract right? Run: `python -m tools.measure_flags DATA [--show]`.

DATA is the folder with `cuad-train/`, `commonpaper/`, `bonterms/` and `fr-nl/`. Two draws: *first* has a hundred
contracts of the first folder by lot and the others whole, *fresh* a hundred and fifty that the first draw left. Of the
flags that rest on words a number is drawn from each check; each was judged by reading its sentence. The judgement is
kept in `tools/flag_judgements.tsv` under a hash of check, message and sentence, so that no words of the contracts are
kept. The first draw was judged, the checks were mended by it, and then the fresh draw was judged, once. What the checks
said before stands in that file too. `--show` prints the flags of a draw that nobody judged yet.

Flags on clauses that were *not found* are compared with the lawyers' labels of CUAD, for the checks whose terms it
labels. Limits: one judge; the model that reads English clauses has learned from these contracts, so that the second
figure is better than on a contract nobody has seen (docs/methods/contracts-reading.md has those figures).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path

from pilothouse.engine.contracts.checklist import ContractFacts, Flag
from pilothouse.engine.contracts.flags import find_flags
from pilothouse.engine.contracts.kinds import kind_of
from pilothouse.engine.contracts.reading.read import read_contract
from pilothouse.intake.documents.whole import contract_text
from pilothouse.knowledge.clauses import clause_model
from pilothouse.knowledge.red_flags import checklist

JUDGED = Path(__file__).with_name("flag_judgements.tsv")
TODAY = date(2026, 11, 23)
SEED, OF_EACH_CHECK = 2026, 8
CONTRACTS = {"first": slice(0, 100), "fresh": slice(100, 250)}
RIGHT = "right"
LABELS = {
    "no_convenience_exit": ("Termination For Convenience",),
    "new_owner": ("Change Of Control", "Anti-Assignment"),
    "insurance": ("Insurance",),
    "audit": ("Audit Rights",),
    "scripts": ("Ip Ownership Assignment",),
    "exit_assistance": ("Post-Termination Services",),
    "parties": ("Parties",),
}


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag of one contract; `key` is what its judgement is kept under."""

    contract: str
    flag: Flag

    @property
    def key(self) -> str:
        words = " ".join(" ".join(term.quote for term in self.flag.because[:1]).casefold().split())
        return hashlib.sha256(f"{self.flag.id}|{self.flag.says}|{words}".encode()).hexdigest()[:16]


def raise_flags(folder: Path, name: str) -> Iterator[Raised]:
    """The flags of the contracts of the draw of this name."""
    for paper in _papers(folder, name):
        whole = contract_text(paper.read_bytes())
        if whole.text is None:
            continue
        reading = read_contract(whole.text, clause_model() if whole.text.language == "en" else None)
        facts = ContractFacts(kind=kind_of(whole.text.text))
        for flag in find_flags(reading.terms, facts, checklist(), today=TODAY):
            yield Raised(paper.name, flag)


def _papers(folder: Path, name: str) -> list[Path]:
    papers = sorted((folder / "cuad-train" / "text").iterdir())
    drawn = random.Random(SEED).sample(papers, len(papers))[CONTRACTS[name]]  # noqa: S311 (a draw, no secret)
    if name != "first":
        return drawn
    others = [
        paper
        for part in ("bonterms", "commonpaper", "fr-nl")
        for paper in sorted((folder / part).rglob("*.md"))
        if "i18n/de" not in str(paper) and "i18n/es" not in str(paper) and "i18n/it" not in str(paper)
    ]
    return [*drawn, *others]


def draw(raised: Iterable[Raised]) -> list[Raised]:
    """Some flags on words of each check, the same ones each time; equal sentences count once."""
    by_check: dict[str, dict[str, Raised]] = defaultdict(dict)
    for one in raised:
        if one.flag.because:
            by_check[one.flag.id].setdefault(one.key, one)
    return [
        one
        for _, found in sorted(by_check.items())
        for one in sorted(found.values(), key=lambda one: one.key)[:OF_EACH_CHECK]
    ]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader said of one flag, and in which draw: "first" is what the checks said before they were mended."""

    key: str
    check: str
    draw: str
    right: bool


def judgements() -> list[Judgement]:
    """All that was judged."""
    lines = JUDGED.read_text("utf-8").splitlines()[1:]
    return [
        Judgement(key, check, name, verdict == RIGHT)
        for key, check, name, verdict in (line.split("\t") for line in lines)
    ]


def interval(right: int, number: int) -> tuple[float, float]:
    """Between which shares the true one lies with 95 % (Wilson)."""
    if not number:
        return 0.0, 1.0
    z, share = 1.96, right / number
    middle, spread = (
        share + z * z / (2 * number),
        z * sqrt(share * (1 - share) / number + (z / number) ** 2 / 4),
    )
    return (middle - spread) / (1 + z * z / number), (middle + spread) / (1 + z * z / number)


def compare_missing(folder: Path, raised: Iterable[Raised]) -> Counter[tuple[str, bool]]:
    """Of clauses that were not found in contracts with labels: how often there is none, by check."""
    labels = {
        document["text_file"]: document["labels"]
        for document in map(
            json.loads, (folder / "cuad-train" / "labels.jsonl").read_text("utf-8").splitlines()
        )
    }
    return Counter(
        (one.flag.id, not any(labels[one.contract][clause]["spans"] for clause in LABELS[one.flag.id]))
        for one in raised
        if one.contract in labels and one.flag.id in LABELS and not one.flag.because
    )


def _row(name: str, right: int, number: int) -> str:
    low, high = interval(right, number)
    return f"| {name} | {number} | {right} | {right / number:.2f} | {low:.2f} to {high:.2f} |"


def _table(counted: Counter[tuple[str, bool]]) -> Iterator[str]:
    yield "| check | flags | right | precision | 95 % between |"
    yield "|---|---:|---:|---:|---|"
    for name in sorted({name for name, _ in counted}):
        yield _row(name, counted[name, True], counted[name, True] + counted[name, False])
    right, wrong = (sum(n for (_, verdict), n in counted.items() if verdict is one) for one in (True, False))
    if right + wrong:
        yield _row("all", right, right + wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--show", choices=CONTRACTS, help="print what nobody judged of a draw, with its sentence"
    )
    given = parser.parse_args()
    if given.show:
        _show(draw(raise_flags(given.data, given.show)))
        return
    judged = judgements()
    print("Before the checks were mended\n")
    print("\n".join(_table(Counter((one.check, one.right) for one in judged if one.draw == "first"))))
    known = {one.key: one.right for one in judged}
    raised: list[Raised] = []
    for name in CONTRACTS:
        found = list(raise_flags(given.data, name))
        drawn = draw(found)
        raised += found
        print(f"\nToday, the {name} draw; not judged: {sum(one.key not in known for one in drawn)}\n")
        print("\n".join(_table(Counter((o.flag.id, known[o.key]) for o in drawn if o.key in known))))
    print("\nNot found, beside the labels\n")
    print("\n".join(_table(compare_missing(given.data, raised))))


def _show(drawn: Iterable[Raised]) -> None:
    known = {one.key for one in judgements()}
    for one in drawn:
        if one.key not in known:
            quotes = " || ".join(" ".join(term.quote.split())[:700] for term in one.flag.because[:2])
            print(one.key, one.flag.id, one.flag.severity, one.flag.says, one.contract, quotes, sep="\t")


if __name__ == "__main__":
    main()
