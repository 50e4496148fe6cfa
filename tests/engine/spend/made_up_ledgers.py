"""Made-up ledgers of made-up companies, whose truth is known: which booking is of which invoice, which is of none here.

`python -m tests.engine.spend.made_up_ledgers [companies] [first seed]` prints how well the engine finds that truth;
docs/methods/spend.md quotes it. Bookkeepers differ: each ledger is drawn with habits of its own (book, chart, what its
amounts are, how it writes numbers, names and days), and with mistakes: numbers mistyped or left out, days off, lines
split, cents rounded, papers booked late, not at all, or in part on a second account.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pilothouse.engine.spend.review import Grounds, Papers, SpendReview, review
from pilothouse.engine.spend.terms import BankMovement, Counting, Firm, Identity, InvoicePaper, LedgerEntry
from pilothouse.knowledge import spend_knowledge
from tests.engine.spend.made_up_companies import CENT, FIRST, MadeUp, a_company
from tests.engine.spend.spend_papers import ACCOUNT, BOOK, GROUNDS, SAVINGS, US

CHARTS = {
    "pcmn": (("612300", "613000", "610500", "241000"), "440000", "411000", "550000", "620200"),
    "pcg": (("626000", "613500", "606400", "218300"), "401000", "445660", "512000", "641100"),
    "skr03": (("4920", "4964", "4930", "0420"), "70015", "1576", "1200", "4120"),
    "skr04": (("6805", "6837", "6815", "0650"), "70015", "1406", "1800", "6020"),
    "bas": (("6211", "5420", "6110", "1250"), "2440", "2641", "1930", "7010"),
}


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bookkeeper:
    """How a firm keeps its books. `amounts`: net, gross, net and vat, or unknown (net or gross, untold)."""

    book: str
    chart: str
    amounts: str
    numbers: str
    days: str
    names: str
    tells_chart: bool


@dataclass(slots=True)
class Booked:
    """The entries of a ledger; `of` says of each entry that costs which invoice here it is of, "" of none."""

    entries: list[LedgerEntry] = field(default_factory=list)
    of: dict[str, str] = field(default_factory=dict)
    way: str = ""


def a_bookkeeper(rng: Random, book: str) -> Bookkeeper:
    chart = rng.choice(sorted(CHARTS)) if book == "general" else rng.choice(["pcmn", ""])
    return Bookkeeper(
        book,
        chart,
        rng.choice(["net", "net and vat", "gross", "unknown net", "unknown gross"]),
        rng.choice(["as they are", "as they are", "bare", "cut off", "own", "none"]),
        rng.choice(["of the invoice", "of the invoice", "some days later", "a fixed lag"]),
        rng.choice(["with numbers", "with numbers", "as they are", "upper", "short"]),
        # A Belgian firm (ours is one) whose chart is another says so.
        chart != "pcmn" or rng.random() < 0.5,
    )


def a_ledger(seed: int, made: MadeUp, book: str) -> Booked:
    """The ledger of a company that bought what `made` bought."""
    rng = Random(seed * 7919 + 1)
    keeper = a_bookkeeper(rng, book)
    booked = Booked(way=f"{book}, numbers {keeper.numbers}")
    here = {invoice.id for invoice in made.invoices}
    for count, paper in enumerate(sorted(made.bought, key=lambda p: (p.issue_date, p.id))):
        if rng.random() < 0.03:
            continue
        costs = _book(keeper, paper, count, rng, booked)
        for entry in costs:
            booked.of[entry.id] = paper.id if paper.id in here else ""
    if book == "general":
        _book_the_rest(keeper, made, rng, booked)
    rng.shuffle(booked.entries)
    return booked


def _book(
    keeper: Bookkeeper, paper: InvoicePaper, count: int, rng: Random, booked: Booked
) -> list[LedgerEntry]:
    sign = -1 if paper.is_credit else 1
    shares = _shares(paper.net * sign, rng)
    day, number = _day(keeper, paper.issue_date, count, rng), _number(keeper, paper.number, count, rng)
    party = _party(keeper, paper.seller, rng)
    accounts = CHARTS[keeper.chart][0] if keeper.chart else ("",)
    template = LedgerEntry(
        "", "ledger file", "ledger", keeper.book, day, Decimal(0), "EUR", party, "", number,
        journal="AC" if keeper.book == "general" else "",
    )  # fmt: skip
    if keeper.tells_chart:
        template = replace(template, chart=keeper.chart)
    costs = []
    for net in shares:
        vat = (net * Decimal("0.21")).quantize(CENT)
        if rng.random() < 0.02:
            vat += rng.choice([-CENT, CENT])
        amounts = {"net": (net, None, True), "net and vat": (net, vat, True), "gross": (net + vat, None, False),
                   "unknown net": (net, None, None), "unknown gross": (net + vat, None, None)}  # fmt: skip
        amount, told, is_net = amounts[keeper.amounts] if keeper.book == "purchases" else (net, None, None)
        text = rng.choice(["", paper.items[0].name])
        costs.append(
            replace(
                template, amount=amount, vat=told, net=is_net, account=rng.choice(accounts), description=text
            )
        )
    costs = _add(booked, costs)
    if keeper.book == "general":
        nets = sum((entry.amount for entry in costs), Decimal(0))
        vat = paper.vat * sign
        _, supplier, taxes, _, _ = CHARTS[keeper.chart]
        _add(booked, [replace(template, amount=vat, account=taxes)])
        _add(booked, [replace(template, amount=-nets - vat, account=supplier, account_name="Suppliers")])
    return costs


def _add(booked: Booked, entries: list[LedgerEntry]) -> list[LedgerEntry]:
    first = len(booked.entries)
    numbered = [
        replace(entry, id=f"ledger:{at}", place=f"row {at}") for at, entry in enumerate(entries, start=first)
    ]
    booked.entries += numbered
    return numbered


def _shares(net: Decimal, rng: Random) -> list[Decimal]:
    """One line as a rule, some purchases on two or three."""
    if rng.random() < 0.8:
        return [net]
    first = (net * Decimal(rng.randrange(20, 60)) / 100).quantize(CENT)
    if rng.random() < 0.3:
        second = (first / 2).quantize(CENT)
        return [first, second, net - first - second]
    return [first, net - first]


def _day(keeper: Bookkeeper, issued: date, count: int, rng: Random) -> date:
    if rng.random() < 0.03:
        return issued + timedelta(days=rng.randrange(-3, 60))
    later = {"some days later": rng.randrange(6), "a fixed lag": 4}.get(keeper.days, 0)
    return issued + timedelta(days=later)


def _number(keeper: Bookkeeper, number: str, count: int, rng: Random) -> str:
    if rng.random() < 0.02:
        return ""
    if rng.random() < 0.02 and len(number) > 3:
        at = rng.randrange(len(number) - 1)
        number = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    written = rng.choice([number, number.lower(), number.replace("/", " "), number.replace("-", "")])
    bare = "".join(c for c in number if c.isdigit())
    return {"bare": bare, "cut off": number[-6:], "own": f"AC{count + 30001}", "none": ""}.get(
        keeper.numbers, written
    )


def _party(keeper: Bookkeeper, seller: Identity, rng: Random) -> Identity:
    named = Identity(seller.name, seller.vat_id)
    if keeper.names == "with numbers":
        return named
    first = seller.name.split()[0]
    short = {"upper": seller.name.upper(), "short": first if len(first) >= 6 else seller.name}
    return Identity(short.get(keeper.names, seller.name))


def _book_the_rest(keeper: Bookkeeper, made: MadeUp, rng: Random, booked: Booked) -> None:
    """Payments, wages, an accrual, and a year that is opened."""
    _, supplier, _, bank, wages = CHARTS[keeper.chart]
    costs = CHARTS[keeper.chart][0]
    chart = keeper.chart if keeper.tells_chart else ""
    plain = LedgerEntry("", "ledger file", "ledger", "general", FIRST, Decimal(0), "EUR", chart=chart)
    for number, movement in enumerate(made.movements):
        if movement.amount < 0 and rng.random() < 0.5:
            voucher = replace(plain, date=movement.date, journal="BNK", document=f"B{number}")
            person = "loon" in movement.communication
            against = wages if person else supplier
            _add(booked, [replace(voucher, amount=-movement.amount, account=against)])
            _add(booked, [replace(voucher, amount=movement.amount, account=bank)])
    for number in range(24):
        voucher = replace(
            plain, date=FIRST + timedelta(days=30 * number), journal="OD", document=f"O{number}"
        )
        amount = Decimal(rng.randrange(100, 9000))
        accrual = {"pcmn": "490000", "pcg": "486000", "skr03": "0980", "skr04": "1900", "bas": "1790"}
        _add(booked, [replace(voucher, amount=-amount, account=costs[0])])
        _add(booked, [replace(voucher, amount=amount, account=accrual[keeper.chart])])


# --- measuring ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Measured:
    """Found and true pairs of entries and invoices, by way, and money counted against money spent."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    counted: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)

    def add(self, way: str, found: set[Pair], true: set[Pair], answer: SpendReview) -> None:
        self.right[way] += len(found & true)
        self.wrong[way] += len(found - true)
        self.missed[way] += len(true - found)
        self.counted += sum(line.cost.amount for line in answer.lines if line.counting is Counting.COUNTS)

    @property
    def precision(self) -> float:
        return self.right.total() / (self.right.total() + self.wrong.total())

    @property
    def recall(self) -> float:
        return self.right.total() / (self.right.total() + self.missed.total())


def answer_to(made: MadeUp, booked: Booked) -> SpendReview:
    firm = Firm(replace(US, ibans=(ACCOUNT, SAVINGS)), because="made up")
    # The vendors are those of the tests, the charts those of the product.
    knowledge = replace(GROUNDS.knowledge, ledgers=spend_knowledge().ledgers)
    papers = Papers(made.invoices, made.movements, booked.entries)
    return review(papers, firm, Grounds(knowledge, BOOK), today=date(2026, 1, 5))


def measure(seeds: Iterable[int], *books: str) -> Measured:
    """How well the truth of some companies is found, with each kind of book."""
    measured = Measured()
    for seed in seeds:
        for book in books or ("purchases", "general", "payments", "cards"):
            made = a_company(seed, vendors=15)
            _MEASURES[book](seed, made, book, measured)
            measured.spent += made.spent
    return measured


def _measure_ledger(seed: int, made: MadeUp, book: str, measured: Measured) -> None:
    booked = a_ledger(seed, made, book)
    answer = answer_to(made, booked)
    found = {(line.id, line.settles) for line in answer.lines if line.counting is Counting.BOOKED_TOO}
    true = {(entry, invoice) for entry, invoice in booked.of.items() if invoice}
    measured.add(booked.way, found, true, answer)


def _measure_payments(seed: int, made: MadeUp, book: str, measured: Measured) -> None:
    """A list of what was paid, instead of the bank's: of each line the invoice that most of it pays."""
    rng = Random(seed)
    here = {invoice.id: invoice for invoice in made.invoices}
    with_vat = rng.choice([True, None])
    entries, pays = [], {}
    for number, movement in enumerate(m for m in made.movements if m.amount < 0):
        party = replace(movement.counterparty, ibans=())
        papers = [here[paper] for key, paper in made.pairs if key == movement.id]
        entry = LedgerEntry(
            f"list:{number}", "list", "list", "payments", movement.date, -movement.amount, "EUR", party,
            movement.communication, papers[0].number if len(papers) == 1 and rng.random() < 0.5 else "",
            net=False if with_vat else None,
        )  # fmt: skip
        entries.append(entry)
        pays[entry.id] = {paper.id for paper in papers}
    answer = answer_to(replace_movements(made), Booked(entries))
    found = {
        (line.id, line.settles)
        for line in answer.lines
        if line.kind == "ledger" and line.counting is Counting.SETTLES_INVOICE
    }
    # One of the papers is named; which one is nobody's business.
    right = {(entry, paper) for entry, paper in found if paper in pays[entry]}
    answered = {entry for entry, _ in right}
    missed = {(entry, min(papers)) for entry, papers in pays.items() if papers and entry not in answered}
    measured.add("payments", found, right | missed, answer)


def _measure_cards(seed: int, made: MadeUp, book: str, measured: Measured) -> None:
    """Two cards for what was bought by card and in shops, each paid once a month from the bank account."""
    rng = Random(seed)
    cards = {"**** 4821": rng.choice([1, 1, 18, 24]), "5412 75XX XXXX 9930": rng.choice([1, 5])}
    bank: list[BankMovement] = []
    bills: dict[tuple[str, int], list[BankMovement]] = {}
    for movement in made.movements:
        bought = movement.amount < 0 and made.ways[movement.id] in ("card", "shop")
        card = rng.choice(sorted(cards))
        if bought and rng.random() < 0.8:
            day = movement.date
            months = day.year * 12 + day.month - (day.day < cards[card])
            bills.setdefault((card, months), []).append(replace(movement, account=card, source=card))
        else:
            bank.append(movement)
    true = set()
    for (card, months), lines in bills.items():
        amount = sum((line.amount for line in lines), Decimal(0))
        ends = date(*_year_and_month(months + 1), cards[card])
        words = rng.choice(["", "MASTERCARD AFREKENING", f"uitgavenstaat {card[-4:]}"])
        key = f"pays-{card[-4:]}-{months}"
        who = Identity(rng.choice(["Worldline", "Kaartdienst"]) if words else "", ibans=("BE62001000000161",))
        bank.append(BankMovement(key, "bank", ACCOUNT, ends + timedelta(days=rng.randrange(12)), amount, "EUR", who,
                                 words, "", key))  # fmt: skip
        bank += lines
        true.add((key, "card"))
    answer = answer_to(replace_movements(made, bank), Booked())
    kinds = {line.id: line.recognition.because for line in answer.lines}
    found = {(key, "card") for key, because in kinds.items() if any(r.kind == "card" for r in because)}
    measured.add("cards", found, true, answer)


_MEASURES = {
    "purchases": _measure_ledger,
    "general": _measure_ledger,
    "payments": _measure_payments,
    "cards": _measure_cards,
}


def replace_movements(made: MadeUp, movements: Sequence[BankMovement] = ()) -> MadeUp:
    return MadeUp(made.invoices, made.bought, list(movements), made.pairs, made.ways, made.spent)


def _year_and_month(months: int) -> tuple[int, int]:
    year, month = divmod(months - 1, 12)
    return year, month + 1


def table(measured: Measured) -> str:
    rows = ["| ledger | entries | precision | recall |", "|---|---:|---:|---:|"]
    for way in sorted({*measured.right, *measured.wrong, *measured.missed}):
        right, wrong, missed = measured.right[way], measured.wrong[way], measured.missed[way]
        precision = f"{right / (right + wrong):.4f}" if right + wrong else "–"
        recall = f"{right / (right + missed):.4f}" if right + missed else "–"
        rows.append(f"| {way} | {right + missed} | {precision} | {recall} |")
    everything = measured.right.total() + measured.missed.total()
    rows.append(f"| **all** | {everything} | **{measured.precision:.4f}** | **{measured.recall:.4f}** |")
    off = (measured.counted - measured.spent) / measured.spent
    return "\n".join([*rows, "", f"Counted {measured.counted:.2f}, spent {measured.spent:.2f}: {off:+.2%}"])


if __name__ == "__main__":
    companies, first = (int(word) for word in (*sys.argv[1:3], "30", "1000")[:2])
    sys.stdout.write(table(measure(range(first, first + companies))) + "\n")
