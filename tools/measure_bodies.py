"""`python -m tools.measure_bodies FILE`: how well are the lines of a body recognised that nobody learned from?

Each body is measured by a model learned from all others, which may have met some of its suppliers there. And two
ceilings of the category: each supplier in the category most of its lines have, as if one answer for each supplier
were known; and in the one most of its lines have at the *other* bodies, which is what clerks agree on.

Prints tables in Markdown; with `--write FILE` they go between two marks of that page.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.terms import SpendKnowledge
from pilothouse.knowledge import categories, spend_knowledge
from tools.measure_recognition import Said, f1_of, recognise, score, table
from tools.spend_labels import LabelledLine, read_labels
from tools.train import train

START, END = "<!-- bodies: begin -->", "<!-- bodies: end -->"

Pairs = Counter[tuple[str, str]]  # category labelled and said, with how often


def one_left_out(lines: Sequence[LabelledLine], knowledge: SpendKnowledge) -> Iterator[list[Said]]:
    """The lines of each body, by a model learned from all others."""
    for body in sorted({line.body for line in lines}):
        others = [line for line in lines if line.body != body]
        taught = train(others, knowledge).taught(knowledge)
        yield list(recognise([line for line in lines if line.body == body], taught))


def bodies_table(bodies: Iterable[Sequence[Said]]) -> str:
    every: list[Said] = []
    rows = []
    for number, said in enumerate(bodies, start=1):
        every += said
        rows.append(_row(f"body {number}", said))
    rows.append(_row("**all**", every))
    return table(
        (
            "left out",
            "lines",
            "IT lines",
            "precision",
            "recall",
            "F1",
            "categories labelled",
            "their macro-F1",
        ),
        rows,
    )


def _row(name: str, said: Sequence[Said]) -> tuple[object, ...]:
    forced = score(said)
    of_it = [each for each in said if each.line.is_it]
    pairs = Counter((each.line.category, each.found.category) for each in of_it if each.found.category)
    labelled = {each.line.category for each in of_it}
    return (
        name, len(said), len(of_it), forced.precision, forced.recall, forced.f1, len(labelled),
        macro_f1(pairs, labelled),
    )  # fmt: skip


def ceilings_table(lines: Sequence[LabelledLine]) -> str:
    """What is reached by who knows the labels of a supplier, all of them or those of other bodies."""
    of_it = [line for line in lines if line.is_it]
    labelled: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for line in of_it:
        labelled[clean_name(line.supplier)][line.body][line.category] += 1
    own: Pairs = Counter()
    others: Pairs = Counter()
    for line in of_it:
        bodies = labelled[clean_name(line.supplier)]
        own[line.category, _most(bodies.values())] += 1
        elsewhere = [counted for body, counted in bodies.items() if body != line.body]
        if elsewhere:
            others[line.category, _most(elsewhere)] += 1
    rows = [
        (name, sum(pairs.values()), macro_f1(pairs, categories()))
        for name, pairs in (("of all its lines", own), ("of its lines at other bodies", others))
    ]
    return table(("a supplier in the category of most", "IT lines", "category macro-F1"), rows)


def _most(counted: Iterable[Counter[str]]) -> str:
    """The most frequent; of several the first by name."""
    together = sum(counted, Counter[str]())
    return min(together, key=lambda key: (-together[key], key))


def macro_f1(pairs: Pairs, keys: Iterable[str]) -> float:
    """The mean of F1 over the categories; 0 of none.

    >>> macro_f1(Counter({("a", "a"): 1, ("b", "a"): 1}), ["a", "b"])
    0.3333333333333333
    """
    each = [f1_of(pairs, key) for key in keys]
    return sum(each) / len(each) if each else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure each body by what was learned from the others.")
    parser.add_argument("data", type=Path, help="the labelled lines, CSV, gzipped or not")
    parser.add_argument("--write", type=Path, help="the page whose measured part is written anew")
    args = parser.parse_args(arguments)
    if not args.data.is_file():
        print(
            f"There is no file {args.data}. Say which: python -m tools.measure_bodies FILE", file=sys.stderr
        )
        return 2
    lines = read_labels(args.data)
    measured = f"{bodies_table(one_left_out(lines, spend_knowledge()))}\n\n{ceilings_table(lines)}"
    print(measured)
    if args.write:
        text = args.write.read_text("utf-8")
        before, after = text.partition(START)[0], text.partition(END)[2]
        args.write.write_text(f"{before}{START}\n{measured}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
