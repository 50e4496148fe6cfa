"""Made-up companies whose truth is known: which payment pays which invoice, and what was really spent.

`python -m tests.engine.spend.made_up_companies [companies] [first seed]` prints how well the engine finds that truth;
docs/methods/spend-payments.md quotes it. Nothing of a company follows from the rules of the engine: ways of paying are
drawn by how small firms pay, with missing papers, wrong references, rounded and shortened amounts among them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pilothouse.engine.spend.differences import Why
from pilothouse.engine.spend.names import word_set
from pilothouse.engine.spend.review import Papers, SpendReview, review
from pilothouse.engine.spend.terms import BankMovement, Counting, Firm, Identity, InvoiceItem, InvoicePaper
from tests.engine.spend.spend_papers import ACCOUNT, GROUNDS, SAVINGS, US

FIRST = date(2024, 1, 1)
DAYS = 730
CENT = Decimal("0.01")
DISCOUNT = "number, discount taken"
LESS = Decimal("0.98")  # what is left to pay of it
SOON = 30
SYLLABLES = sorted(word_set("ka lo mi ver stra do ten bel gra vin nor sal pe rik om dra fel mon ter vla"))
FORMS = ("BV", "NV", "SRL", "SA", "BVBA", "GmbH", "Ltd", "")
WORDS = ("Hosting", "Onderhoud", "Software", "Materiaal", "Advies", "Abonnement", "Levering", "Microsoft 365")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a vendor bills and how it is paid."""

    party: Identity
    bank_name: str
    every_days: int
    fixed_amount: Decimal | None
    number: Callable[[int, date], str]
    reference: str
    pays: str
    credit_share: float = 0.0
    term_days: int = 30


@dataclass(slots=True)
class MadeUp:
    """A company's papers, and the truth about them."""

    invoices: list[InvoicePaper] = field(default_factory=list)
    bought: list[InvoicePaper] = field(default_factory=list)  # those that were lost too
    movements: list[BankMovement] = field(default_factory=list)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    ways: dict[str, str] = field(default_factory=dict)
    spent: Decimal = Decimal(0)


def a_company(seed: int, vendors: int = 25, customers: int = 6, *, hard: bool = False) -> MadeUp:
    """Two years of a company's papers; `hard` ones hold series that nobody can tell apart."""
    rng = Random(seed)
    made = MadeUp()
    for number in range(vendors):
        _live_with(_vendor(rng, number, hard=hard), rng, made)
    for number in range(customers):
        _sell_to(_party(rng, 500 + number), rng, made)
    _live_otherwise(rng, made)
    rng.shuffle(made.invoices)
    rng.shuffle(made.movements)
    return made


def _party(rng: Random, number: int) -> Identity:
    name = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()
    form = rng.choice(FORMS)
    digits = f"04{number:02d}{rng.randrange(10**4):04d}"[:8].ljust(8, "3")
    vat_id = f"BE{digits}{97 - int(digits) % 97:02d}"
    iban = f"BE{rng.randrange(10, 99)}{number:04d}{rng.randrange(10**8):08d}{rng.randrange(10, 99)}"
    return Identity(f"{name} {form}".strip(), vat_id if rng.random() < 0.9 else "", "", (iban,), "BE")


def _vendor(rng: Random, number: int, *, hard: bool) -> Habits:
    party = _party(rng, number)
    prefix = rng.choice(["", "F", "INV-", "VF/", "FA"])
    style = rng.choice(["year", "running", "long", "short"])

    def numbered(count: int, day: date) -> str:
        counted = {
            "year": f"{day.year}{count:04d}",
            "running": f"{day.year}/{count + 100:03d}",
            "long": f"{number:03d}{count + 4000:06d}",
            "short": f"{count + 1}",
        }
        return prefix + counted[style]

    pays = rng.choice(
        ["structured", "structured", "number", "number", "debit", "debit", "wordless", "card", "together"]
    )
    every_days = rng.choice([7, 14, 30, 30, 30, 61, 91, 182])
    # Nobody can tell equal weekly amounts apart that are paid by hand, at random days and without a word.
    subscribed = rng.random() < 0.4 and (hard or pays == "debit" or every_days >= 30)
    shown = party.name.upper() if rng.random() < 0.5 else party.name.split()[0]
    return Habits(
        party,
        shown,
        every_days=min(every_days, 30) if pays == "together" else every_days,
        fixed_amount=_money(rng, 15, 400) if subscribed else None,
        number=numbered,
        reference=rng.choice(["own", "own", "customer", "none", "none"]),
        pays=pays,
        credit_share=0.05,
        term_days=rng.choice([0, 14, 30, 30, 60]),
    )


def _money(rng: Random, low: int, high: int) -> Decimal:
    return Decimal(rng.randrange(low * 100, high * 100)) * CENT


def _reference(rng: Random) -> str:
    digits = f"{rng.randrange(10**10):010d}"
    return f"{digits}{int(digits) % 97 or 97:02d}"


def _live_with(habits: Habits, rng: Random, made: MadeUp) -> None:
    """Two years of one vendor: invoices, some of them lost, and payments, some of them made elsewhere."""
    customer = _reference(rng)
    day, count = FIRST + timedelta(days=rng.randrange(habits.every_days)), 0
    waiting: list[InvoicePaper] = []
    while day < FIRST + timedelta(days=DAYS):
        reference = {"own": _reference(rng), "customer": customer, "none": ""}[habits.reference]
        paper = _bill(habits, rng, made, day, count, reference)
        made.spent += paper.net if not paper.is_credit else -paper.net
        made.bought.append(paper)
        lost = rng.random() < 0.05
        if not lost:
            made.invoices.append(paper)
        waiting.append(paper)
        if habits.pays != "together" or len(waiting) >= rng.choice([2, 3]):
            if rng.random() < 0.97 or lost:
                _pay(habits, waiting, rng, made)
            waiting = []
        count += 1
        day += timedelta(days=habits.every_days + rng.choice([-1, 0, 0, 0, 1]))


def _bill(habits: Habits, rng: Random, made: MadeUp, day: date, count: int, reference: str) -> InvoicePaper:
    net = habits.fixed_amount or _money(rng, 20, 2500)
    vat = (net * Decimal("0.21")).quantize(CENT)
    key = f"i{len(made.ways) + len(made.invoices)}-{habits.party.ibans[0][-6:]}-{count}"
    return InvoicePaper(
        id=key,
        source=key,
        number=habits.number(count, day),
        is_credit=rng.random() < habits.credit_share,
        issue_date=day,
        due_date=day + timedelta(days=habits.term_days),
        currency="EUR",
        seller=habits.party,
        buyer=US,
        net=net,
        vat=vat,
        payable=net + vat,
        reference=reference,
        items=(InvoiceItem("1", rng.choice(WORDS), "", net, Decimal(21), "line 1"),),
    )


def _signed(paper: InvoicePaper) -> Decimal:
    return -paper.payable if paper.is_credit else paper.payable


def _pay(habits: Habits, papers: list[InvoicePaper], rng: Random, made: MadeUp) -> None:
    """Pay some papers at once; a credit alone is paid back."""
    amount = sum((_signed(paper) for paper in papers), Decimal(0))
    last = max(papers, key=lambda paper: paper.issue_date)
    due = last.due_date or last.issue_date
    delay = {"debit": rng.randint(0, 2), "card": 0}.get(habits.pays, rng.randint(-6, 20))
    day = max(last.issue_date, due + timedelta(days=delay)) if habits.pays != "card" else last.issue_date
    if habits.pays in ("number", "wordless") and amount > 500 and rng.random() < 0.15:
        _pay_in_parts(habits, last, amount, day, rng, made)
        return
    way = habits.pays
    if habits.pays == "number" and rng.random() < 0.04:
        made.spent -= (amount / Decimal("1.21") * (1 - LESS)).quantize(CENT)  # VAT is recovered
        amount, way = (amount * LESS).quantize(CENT), DISCOUNT
    text, structured = _written(habits, papers, rng)
    if amount:
        _book(made, way, habits, papers, amount, day, text, structured, rng)


def _pay_in_parts(
    habits: Habits, paper: InvoicePaper, amount: Decimal, day: date, rng: Random, made: MadeUp
) -> None:
    """Two, three or four equal parts a month apart, or an advance and the rest, with the number or without a word."""
    shares = rng.choice([(3, 7), (1, 1), (1, 1, 1), (1, 1, 1, 1), (1, 2)])
    parts = [(amount * share / sum(shares)).quantize(CENT) for share in shares[:-1]]
    parts.append(amount - sum(parts))
    kind = "equal parts" if len(set(shares)) == 1 else "advance and rest"
    for number, part in enumerate(parts):
        text, _ = _written(habits, [paper], rng)
        later = day + timedelta(days=30 * number + rng.randint(-2, 2))
        _book(made, f"{habits.pays}, {kind}", habits, [paper], part, later, text, "", rng)


def _written(habits: Habits, papers: list[InvoicePaper], rng: Random) -> tuple[str, str]:
    """What the payer writes: the words and the structured communication."""
    numbers = [paper.number for paper in papers]
    if habits.pays == "structured" and papers[0].reference:
        return "", papers[0].reference
    if habits.pays in ("number", "structured") or (habits.pays == "together" and rng.random() < 0.7):
        if rng.random() < 0.03:
            return f"factuur {rng.randrange(10**5, 10**6)}", ""
        shown = [rng.choice([n, n.replace("/", " "), n.replace("-", ""), n.lower()]) for n in numbers]
        return rng.choice(["", "factuur ", "Facture n° ", "betaling "]) + rng.choice([" ", ", ", " + "]).join(
            shown
        ), ""
    if habits.pays == "debit":
        return f"domiciliëring {rng.randrange(10**8, 10**9)}", ""
    return rng.choice(["", "bedankt", f"ref {rng.randrange(100)}"]), ""


def _book(
    made: MadeUp,
    way: str,
    habits: Habits,
    papers: list[InvoicePaper],
    amount: Decimal,
    day: date,
    text: str,
    structured: str,
    rng: Random,
) -> None:
    key = f"m{len(made.movements):05d}"
    card = habits.pays == "card"
    name = (
        rng.choice(["SumUp *", "", "AANKOOP BANCONTACT "]) + habits.bank_name + " 3150"
        if card
        else habits.bank_name
    )
    who = Identity(name, ibans=() if card else habits.party.ibans)
    made.movements.append(
        BankMovement(
            key, "bank", ACCOUNT, day, -amount, "EUR", who, text, structured, f"line {len(made.movements)}"
        )
    )
    here = {invoice.id for invoice in made.invoices}
    made.pairs |= {(key, paper.id) for paper in papers if paper.id in here}
    made.ways[key] = way


def _sell_to(customer: Identity, rng: Random, made: MadeUp) -> None:
    for count in range(rng.randrange(3, 15)):
        day = FIRST + timedelta(days=rng.randrange(DAYS - 60))
        net = _money(rng, 500, 9000)
        vat = (net * Decimal("0.21")).quantize(CENT)
        key = f"s{customer.ibans[0][-6:]}-{count}"
        number, reference = f"V{day.year}{len(made.invoices):05d}", _reference(rng)
        made.invoices.append(
            InvoicePaper(
                key,
                key,
                number,
                False,
                day,
                day + timedelta(days=30),
                "EUR",
                US,
                customer,
                net,
                vat,
                net + vat,
                reference,
            )
        )
        if rng.random() < 0.9:
            movement = f"m{len(made.movements):05d}"
            structured = reference if rng.random() < 0.7 else ""
            paid_on = day + timedelta(days=rng.randrange(5, 70))
            text = "" if structured else number
            made.movements.append(
                BankMovement(
                    movement, "bank", ACCOUNT, paid_on, net + vat, "EUR", customer, text, structured, "line"
                )
            )
            made.pairs.add((movement, key))
            made.ways[movement] = "sale"


def _live_otherwise(rng: Random, made: MadeUp) -> None:
    """Wages, transfers to savings, and purchases without any invoice."""
    shops = [_party(rng, 700 + number) for number in range(12)]
    for count in range(400):
        day = FIRST + timedelta(days=rng.randrange(DAYS))
        kind = rng.choice(["wage", "savings", "shop", "shop"])
        amount = _money(rng, 5, 2500)
        who, text = rng.choice(shops), rng.choice(["", "aankoop", f"bon {rng.randrange(9999)}"])
        if kind == "wage":
            who, text = Identity("Jan Peeters", ibans=("BE10000000000101",)), "loon"
        elif kind == "savings":
            who, text = Identity(US.name, ibans=(SAVINGS,)), ""
        else:
            made.spent += (amount / Decimal("1.21")).quantize(CENT)
        key = f"m{len(made.movements):05d}"
        made.movements.append(
            BankMovement(key, "bank", ACCOUNT, day, -amount, "EUR", who, text, "", f"line {count}")
        )
        made.ways[key] = kind


# --- measuring ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Measured:
    """Found and true pairs, by way of paying, and money counted against money spent."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    counted: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    named: Counter[str] = field(
        default_factory=Counter
    )  # discounts: taken soon, of these named, named in all

    @property
    def precision(self) -> float:
        return self.right.total() / (self.right.total() + self.wrong.total())

    @property
    def recall(self) -> float:
        return self.right.total() / (self.right.total() + self.missed.total())


def answer_to(made: MadeUp) -> SpendReview:
    firm = Firm(replace(US, ibans=(ACCOUNT, SAVINGS)), because="made up")
    return review(Papers(made.invoices, made.movements), firm, GROUNDS, today=date(2026, 1, 5))


def measure(companies: Iterator[MadeUp]) -> Measured:
    """How well the truth of some companies is found."""
    measured = Measured()
    for made in companies:
        answer = answer_to(made)
        found = {(s.movement, s.invoice) for s in answer.settlements}
        for pairs, into in (
            (found & made.pairs, measured.right),
            (found - made.pairs, measured.wrong),
            (made.pairs - found, measured.missed),
        ):
            into.update(made.ways[movement] for movement, _ in pairs)
        measured.counted += sum(line.cost.amount for line in answer.lines if line.counting is Counting.COUNTS)
        measured.spent += made.spent
        measured.named.update(_discounts(made, answer))
    return measured


def _discounts(made: MadeUp, answer: SpendReview) -> dict[str, int]:
    """Discounts taken within 30 days; how many of them are named so; how many are named so in all."""
    issued = {invoice.id: invoice.issue_date for invoice in made.invoices if not invoice.is_credit}
    days = {movement.id: movement.date for movement in made.movements}
    taken = {
        (movement, invoice)
        for movement, invoice in made.pairs
        if made.ways[movement] == DISCOUNT
        and invoice in issued
        and (days[movement] - issued[invoice]).days <= SOON
    }
    named = {(d.movement, d.invoice) for d in answer.differences if d.why is Why.DISCOUNT}
    return {"taken": len(taken), "right": len(taken & named), "named": len(named)}


def table(measured: Measured) -> str:
    rows = ["| way of paying | matches | precision | recall |", "|---|---:|---:|---:|"]
    for way in sorted({*measured.right, *measured.wrong, *measured.missed}):
        right, wrong, missed = measured.right[way], measured.wrong[way], measured.missed[way]
        precision = f"{right / (right + wrong):.4f}" if right + wrong else "–"
        recall = f"{right / (right + missed):.4f}" if right + missed else "–"
        rows.append(f"| {way} | {right + missed} | {precision} | {recall} |")
    everything = measured.right.total() + measured.missed.total()
    rows.append(f"| **all** | {everything} | **{measured.precision:.4f}** | **{measured.recall:.4f}** |")
    off = (measured.counted - measured.spent) / measured.spent
    soon, right, named = (measured.named[name] for name in ("taken", "right", "named"))
    discounts = f"Discounts taken within {SOON} days: {soon}, named so {right}; named so in all: {named}"
    money = f"Counted {measured.counted:.2f}, spent {measured.spent:.2f}: {off:+.2%}"
    return "\n".join([*rows, "", discounts, "", money])


if __name__ == "__main__":
    companies, first = (int(word) for word in (*sys.argv[1:3], "30", "1000")[:2])
    seeds = range(first, first + companies)
    sys.stdout.write(table(measure(a_company(seed, hard="hard" in sys.argv) for seed in seeds)) + "\n")
