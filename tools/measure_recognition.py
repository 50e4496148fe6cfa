"""`make quality DATA=file`: how well are lines recognised?

Learned on half of the suppliers and measured on the other, both ways.

From the supplier's name; the amounts of its payments move the category only, the day changes nothing. Prints tables in
Markdown; with `--write FILE` they go between the two marks in that page, with the reliability plot as SVG beside it.
`--splits N` prints what N other splits of the suppliers give. `--samples FOLDER` also writes lines to be labelled by
hand and the most frequent disagreements: these name suppliers, so keep them out of the repository.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, pstdev

from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.questions import Group, in_order
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import Recognition, SpendKnowledge
from pilothouse.engine.spend.vendors import KnownVendors, Vendor
from pilothouse.knowledge import categories, spend_knowledge
from tools.spend_labels import LabelledLine, dealings_of, halves, read_labels, vendor_of
from tools.train import train

START, END = "<!-- measured: begin -->", "<!-- measured: end -->"
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
ANSWERS = (100, 200)
SEED, SAMPLE, LISTED = 500, 500, 50


@dataclass(frozen=True, slots=True)
class Said:
    """A line, and what is said of it by a model that did not see its supplier."""

    line: LabelledLine
    found: Recognition

    @property
    def source(self) -> str:
        """The evidence that spoke: known vendor, word of the name (with the model), model alone, nothing."""
        return self.found.because[0].kind


def recognise(lines: Sequence[LabelledLine], knowledge: SpendKnowledge) -> Iterator[Said]:
    dealings = dealings_of(lines)
    known = KnownVendors(knowledge.vendors)
    recogniser = Recogniser(knowledge)
    answers: dict[str, tuple[Vendor, Recognition]] = {}
    for line in lines:
        if line.supplier not in answers:
            vendor = vendor_of(line.supplier, known)
            answers[line.supplier] = vendor, recogniser.recognise(vendor, "")[0]
        vendor, found = answers[line.supplier]
        with_all = dealings[clean_name(line.supplier)]
        yield Said(line, recogniser.as_booked(vendor, found, line.amount, with_all))


def both_ways(
    lines: Sequence[LabelledLine], knowledge: SpendKnowledge, *, listed: bool = True, salt: str = ""
) -> list[Said]:
    """All lines, each by a model learned from the other half of the suppliers; `listed`: with the vendor list."""
    known = knowledge if listed else replace(knowledge, vendors=())
    one, other = halves(lines, salt)
    said: list[Said] = []
    for learned_from, measured in ((one, other), (other, one)):
        said += recognise(measured, train(learned_from, known).taught(known))
    return sorted(said, key=lambda each: each.line.number)


# --- figures ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Right and wrong, counted or weighed: said to be IT and so, said and not so, not said and yet so."""

    hits: float
    false: float
    missed: float

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)


def score(said: Iterable[Said], worth: Callable[[LabelledLine], float] = lambda _: 1.0) -> Score:
    sums: Counter[tuple[bool, bool]] = Counter()
    for each in said:
        sums[each.found.would_say, each.line.is_it] += worth(each.line)  # type: ignore[assignment]  # weights
    return Score(sums[True, True], sums[True, False], sums[False, True])


def money(line: LabelledLine) -> float:
    return float(abs(line.amount))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; numbers to the right."""
    lines = ["| " + " | ".join(headings) + " |", "|---|" + "---:|" * (len(headings) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(map(_cell, row)) + " |" for row in rows)])


def _cell(value: object) -> str:
    return (
        f"{value:.3f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
    )


def forced_table(parts: dict[str, list[Said]]) -> str:
    rows = []
    for name, said in parts.items():
        by_line, by_amount = score(said), score(said, money)
        rows.append((name, len(said), by_line.precision, by_line.recall, by_line.f1, by_amount.f1))
    return table(("forced answers", "lines", "precision", "recall", "F1", "F1 by amount"), rows)


def sure_table(parts: dict[str, list[Said]]) -> str:
    rows = []
    for name, said in parts.items():
        sure = [each for each in said if each.found.is_it is not None]
        whole = sum(money(each.line) for each in said)
        coverage = len(sure) / len(said), sum(money(each.line) for each in sure) / max(1.0, whole)
        right = sum(each.found.is_it == each.line.is_it for each in sure) / max(1, len(sure))
        yes = [each for each in sure if each.found.is_it]
        right_yes = sum(each.line.is_it for each in yes) / max(1, len(yes))
        rows.append((name, len(sure), *coverage, right, len(yes), right_yes))
    headings = ("sure answers", "lines", "of all lines", "of all money", "agree", "sure yes", "agree on yes")
    return table(headings, rows)


def bins_of(said: Sequence[Said]) -> list[tuple[float, float, int]]:
    """Mean confidence, share that agrees with the label, and number of lines of each bin that has any."""
    found = []
    for low, high in pairwise(BINS):
        inside = [each for each in said if low <= each.found.confidence < high]
        if inside:
            mean = sum(each.found.confidence for each in inside) / len(inside)
            right = sum(each.found.would_say == each.line.is_it for each in inside) / len(inside)
            found.append((mean, right, len(inside)))
    return found


def plot(points: Sequence[tuple[float, float, int]]) -> str:
    """The reliability plot as SVG: confidence along, agreement up, the diagonal is as it should be."""
    side = 300
    dots = "".join(
        f'<circle cx="{40 + side * mean:.1f}" cy="{10 + side * (1 - right):.1f}" r="{2 + (lines / 500) ** 0.4:.1f}" '
        'fill="#1f4e79" fill-opacity="0.7"/>'
        for mean, right, lines in points
    )
    words = 'font-family="sans-serif" font-size="11"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 350" width="360" height="350">'
        f"<title>How often an answer agrees with the label, by its confidence</title>"
        f'<rect x="40" y="10" width="{side}" height="{side}" fill="none" stroke="#777"/>'
        f'<line x1="40" y1="310" x2="340" y2="10" stroke="#777" stroke-dasharray="4"/>{dots}'
        f'<text x="150" y="340" {words}>confidence, 0 to 1</text>'
        f'<text x="14" y="200" {words} transform="rotate(-90 14 200)">agreement, 0 to 1</text></svg>\n'
    )


def category_tables(said: Sequence[Said]) -> tuple[float, float, str]:
    """Macro-F1 on lines that are and are said to be IT, on all IT lines, and where the first ones went."""
    keys = list(categories())
    pairs = Counter((each.line.category, each.found.category) for each in said if each.line.is_it)
    answered = Counter({pair: count for pair, count in pairs.items() if pair[1]})
    short = [str(number) for number in range(1, len(keys) + 1)]
    rows = (
        (f"{number} {key}", *(answered[key, other] for other in keys), f1_of(answered, key))
        for number, key in enumerate(keys, start=1)
    )
    both = (sum(f1_of(counted, key) for key in keys) / len(keys) for counted in (answered, pairs))
    return (*both, table(("label (down), said (across)", *short, "F1"), rows))  # type: ignore[return-value]


def f1_of(pairs: Counter[tuple[str, str]], key: str) -> float:
    truly = sum(count for (label, _), count in pairs.items() if label == key)
    said = sum(count for (_, answer), count in pairs.items() if answer == key)
    return 2 * pairs[key, key] / max(1, truly + said)


def splits_table(lines: Sequence[LabelledLine], knowledge: SpendKnowledge, count: int) -> str:
    """How much the figures owe to the split: the mean over `count` other splits of the suppliers, and how far these lie
    apart (the standard deviation).
    """
    each = []
    for split in range(1, count + 1):
        said = both_ways(lines, knowledge, salt=f"split {split} ")
        sure = [one for one in said if one.found.is_it is not None]
        agree = sum(one.found.is_it == one.line.is_it for one in sure) / max(1, len(sure))
        forced = score(said)
        each.append((forced.f1, forced.precision, agree, *category_tables(said)[:2]))
    columns = list(zip(*each, strict=True))
    rows = (("mean", *map(fmean, columns)), ("apart", *map(pstdev, columns)))
    headings = (
        f"{count} other splits",
        "forced F1",
        "precision",
        "sure agree",
        "category",
        "on all IT lines",
    )
    return table(headings, rows)


# --- the queue --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Queue:
    """What a body's queue reaches: `ceiling` is the share of money that is right once every question is answered,
    `reached` the share of that after each of `ANSWERS`. `of_best` is the same of what one true answer for every group
    would put right, those nobody is asked about among them.
    """

    questions: int
    ceiling: float
    reached: tuple[float, ...]
    of_best: tuple[float, ...]


def queue_of(said: Sequence[Said]) -> Queue:
    """A person who answers truly, one answer for all lines of a vendor and purpose, in the order of the product.

    Truly is what most money of the group is labelled as: more no single answer can put right.
    """
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in said:
        groups[clean_name(each.line.supplier), each.found.purpose].append(each)
    as_said = {key: _agreeing(lines, None) for key, lines in groups.items()}
    as_best = {
        key: max(_agreeing(lines, answer) for answer in (True, False)) for key, lines in groups.items()
    }
    asked = in_order(
        Group(key, Decimal(sum(abs(each.line.amount) for each in lines)), lines[0].found.confidence)
        for key, lines in groups.items()
        if lines[0].found.is_it is None
    )
    sure = sum(value for key, value in as_said.items() if groups[key][0].found.is_it is not None)
    best, ceiling = sum(as_best.values()), sure + sum(as_best[group.key] for group in asked)
    right = []
    for answers in ANSWERS:
        settled = sum(as_best[group.key] for group in asked[:answers])
        right.append(sure + settled + sum(as_said[group.key] for group in asked[answers:]))
    whole = sum(money(each.line) for each in said)
    return Queue(
        len(asked), ceiling / whole, tuple(r / ceiling for r in right), tuple(r / best for r in right)
    )


def _agreeing(lines: Sequence[Said], answer: bool | None) -> float:  # noqa: FBT001  an answer is a value here
    return sum(
        money(each.line)
        for each in lines
        if (each.found.would_say if answer is None else answer) == each.line.is_it
    )


def queue_table(said: Sequence[Said]) -> str:
    bodies: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        bodies[each.line.body].append(each)
    queues = {body: queue_of(lines) for body, lines in sorted(bodies.items())}
    rows: list[tuple[object, ...]] = [
        (f"body {number}", queue.questions, queue.ceiling, *queue.reached, *queue.of_best)
        for number, queue in enumerate(queues.values(), start=1)
    ]
    every = [(*queue.reached, *queue.of_best) for queue in queues.values()]
    shares = [[of_body[place] for of_body in every] for place in range(2 * len(ANSWERS))]
    rows.append(("**median**", "", "", *(median(each) for each in shares)))
    rows.append(("**worst**", "", "", *(min(each) for each in shares)))
    headings = (
        "",
        "questions",
        "ceiling of money",
        *(f"of it after {count}" for count in ANSWERS),
        *(f"of all that one answer a group could put right, after {count}" for count in ANSWERS),
    )
    return table(headings, rows)


# --- the page ---------------------------------------------------------------------------------------------------


def parts_of(said: list[Said]) -> dict[str, list[Said]]:
    """All lines, and those of each kind of evidence."""
    kinds = {"vendor": "known vendor", "word": "words of the name, and the model", "model": "the model alone"}
    by_kind = {words: [each for each in said if each.source == kind] for kind, words in kinds.items()}
    return {"all": said, **{name: each for name, each in by_kind.items() if each}}


def page(said: list[Said], without_list: list[Said]) -> str:
    """All tables in Markdown."""
    unlisted = [each for each in said if each.source != "vendor"]
    forced = {**parts_of(said), "suppliers not on the list": unlisted, "all, without the list": without_list}
    answered, every, confusion = category_tables(said)
    reliability = table(
        ("mean confidence", "agree", "lines"),
        ((f"{m:.3f}", right, lines) for m, right, lines in bins_of(said)),
    )
    return "\n\n".join(
        (
            f"{len(said):,} lines, {sum(each.line.is_it for each in said):,} of them labelled IT.",
            forced_table(forced),
            sure_table({**parts_of(said), "all, without the list": without_list}),
            reliability,
            f"Category macro-F1: **{answered:.3f}** on lines that are and are said to be IT, {every:.3f} on all IT "
            "lines (one that is not said to be IT has none).",
            confusion,
            queue_table(said),
        )
    )


def write_page(path: Path, measured: str, figure: str) -> None:
    text = path.read_text("utf-8")
    before, after = text.partition(START)[0], text.partition(END)[2]
    path.write_text(f"{before}{START}\n{measured}\n{END}{after}", "utf-8")
    path.with_name("spend-reliability.svg").write_text(figure, "utf-8")


def write_samples(folder: Path, said: Sequence[Said]) -> None:
    """Lines to be labelled by hand, and what we and the labels disagree on most often."""
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    sure = [each for each in said if each.found.is_it is not None]
    some = rng.sample(sure, min(SAMPLE, len(sure)))
    with (folder / "sample500.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(
            (
                "row_id",
                "supplier",
                "amount",
                "date",
                "said",
                "category",
                "clerk_label",
                "account_label",
                "stratum",
            )
        )
        out.writerows(_sampled(each, "in proportion") for each in some)
        yes = [each for each in sure if each.found.is_it]
        out.writerows(_sampled(each, "sure yes") for each in rng.sample(yes, min(SAMPLE, len(yes))))
    wrong: Counter[tuple[object, ...]] = Counter()
    for each in said:
        if each.found.would_say != each.line.is_it:
            wrong[
                each.line.supplier,
                each.found.would_say,
                each.source,
                each.found.confidence,
                each.line.account,
            ] += 1
    with (folder / "disagreements.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(("supplier", "said_it", "source", "confidence", "account_label", "lines"))
        out.writerows((*key, count) for key, count in wrong.most_common(LISTED))


def against_corrected(said: Iterable[Said], labels: Path) -> str:
    """How often sure answers are right by labels that were corrected by hand, of each sample."""
    by_row = {print_of(each.line): each.found for each in said}
    rows = ["| sample | still sure | right | sure yes | right |", "|---|---:|---:|---:|---:|"]
    with labels.open(encoding="utf-8", newline="") as stream:
        known = list(csv.DictReader(stream))
    for stratum in sorted({row["stratum"] for row in known}):
        answers = [
            (row["is_it"] == "1", by_row.get(row["row"])) for row in known if row["stratum"] == stratum
        ]
        sure = [
            (is_it, found.is_it) for is_it, found in answers if found is not None and found.is_it is not None
        ]
        yes = [is_it for is_it, answered in sure if answered]
        right = sum(is_it == answered for is_it, answered in sure)
        rows.append(
            f"| {stratum} | {len(sure)} | {right / max(len(sure), 1):.3f} | {len(yes)} | "
            f"{sum(yes) / max(len(yes), 1):.3f} |"
        )
    return "\n".join(rows)


def print_of(line: LabelledLine) -> str:
    """By what a line of the file is known without naming anybody."""
    return sha256(f"{line.number}".encode()).hexdigest()[:12]


def _sampled(each: Said, stratum: str) -> tuple[object, ...]:
    line = each.line
    said = "it" if each.found.is_it else "not"
    return (
        print_of(line),
        line.supplier,
        line.amount,
        line.date,
        said,
        each.found.category,
        line.is_it,
        line.account,
        stratum,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure how well payment lines are recognised.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", type=Path, help="the page whose tables are replaced")
    parser.add_argument("--samples", type=Path, help="a folder outside the repository")
    parser.add_argument("--splits", type=int, default=0, help="how many other splits to take the mean of")
    parser.add_argument("--corrected", type=Path, help="labels corrected by hand, by print of the line")
    args = parser.parse_args(arguments)
    if not args.data.is_file():
        print(f"There is no file {args.data}. Say which: make quality DATA=file", file=sys.stderr)
        return 2
    lines, knowledge = read_labels(args.data), spend_knowledge()
    said = both_ways(lines, knowledge)
    measured = page(said, both_ways(lines, knowledge, listed=False))
    print(measured)
    if args.write:
        write_page(args.write, measured, plot(bins_of(said)))
    if args.splits:
        print(splits_table(lines, knowledge, args.splits))
    if args.samples:
        args.samples.mkdir(parents=True, exist_ok=True)
        write_samples(args.samples, said)
    if args.corrected:
        print(against_corrected(said, args.corrected))
    return 0


if __name__ == "__main__":
    sys.exit(main())
