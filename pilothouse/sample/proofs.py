"""Where is each purchase of the sample seen? Every purchase of the two years once, with all papers that prove it.

The same purchase may be an invoice, a row of the ledger, a payment, a line of the card and a debit that pays the card's
month: it costs once. `month` is that of the invoice or of the row in the ledger; where there is neither, that of the
line of the card; and where only the bank tells of it, that of the payment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pilothouse.sample.bills import ZERO, Bill
from pilothouse.sample.books import ledger_places
from pilothouse.sample.card import card_places
from pilothouse.sample.others import twin_name, with_a_pdf_twin
from pilothouse.sample.papers import paper_name, statement_name
from pilothouse.sample.payments import Kind, Payment
from pilothouse.sample.story import Story

OfBill = tuple[str, str]  # VAT number of the seller and number of the bill


@dataclass(frozen=True, slots=True)
class Proof:
    """A file and the place in it: the reference of a bank, the line of a ledger or card, "" for the whole file.

    `kind` is invoice, document, ledger, card or bank; a paper in a mail or archive is named after both.
    """

    kind: str
    paper: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What one purchase cost net of VAT; what came back is negative. `items` are purposes, "" is not IT, and sums."""

    vendor: str
    number: str
    month: str
    currency: str
    net: Decimal
    items: tuple[tuple[str, Decimal], ...]
    proofs: tuple[Proof, ...]

    @property
    def it(self) -> Decimal:
        """As much of it as is IT."""
        return sum((net for purpose, net in self.items if purpose), ZERO)

    @property
    def kinds(self) -> frozenset[str]:
        """What kinds of paper prove it."""
        return frozenset(proof.kind for proof in self.proofs)


def purchases_of(story: Story) -> tuple[Purchase, ...]:
    """Every purchase of the two years, each once: billed, charged to the card, or only paid."""
    return (*_billed(story), *_charged(story), *_only_paid(story))


def _billed(story: Story) -> Iterator[Purchase]:
    """Bills to us, whether their papers are there, were never brought, or came otherwise."""
    rows, paid = _rows(story), _payments(story)
    for bill in _our_bills(story):
        sign = -1 if bill.credit else 1
        items = [(line.purpose, sign * line.net) for line in bill.lines]
        rest = bill.charges_total - bill.allowances_total
        yield Purchase(
            vendor=bill.seller.name,
            number=bill.number,
            month=story.months.name(bill.month),
            currency=bill.currency,
            net=sign * bill.net,
            items=(*items, (bill.main_purpose, sign * rest)) if rest else tuple(items),
            proofs=(*_files(story, bill), *rows[_key(bill)], *paid[_key(bill)]),
        )


def _our_bills(story: Story) -> list[Bill]:
    bills = (*story.bills, *story.others, *story.only_booked)
    return [b for b in bills if b.ours and not b.own_sale and story.months.holds(b.issued)]


def _key(bill: Bill) -> OfBill:
    return bill.seller.vat_id, bill.number


def _files(story: Story, bill: Bill) -> Iterator[Proof]:
    if bill.file:
        yield Proof("document" if bill.file.startswith("pdf/") else "invoice", bill.file)
    elif bill.on_paper:
        yield Proof("invoice", paper_name(bill))
    if bill.sent_twice:
        yield Proof("invoice", paper_name(bill, copy=True))
    if bill == with_a_pdf_twin(story.bills, story.months):
        yield Proof("document", twin_name(bill))


def _rows(story: Story) -> dict[OfBill, list[Proof]]:
    rows: defaultdict[OfBill, list[Proof]] = defaultdict(list)
    for row, file, line in ledger_places(story.ledger):
        rows[row.vat_id, row.number].append(Proof("ledger", file, f"line {line}"))
    return rows


def _at_the_bank(story: Story) -> Iterator[tuple[Payment, Proof]]:
    for statement in story.statements:
        paper = statement_name(statement.account, statement.month)
        for booked in statement.booked:
            yield booked.payment, Proof("bank", paper, booked.reference)


def _payments(story: Story) -> dict[OfBill, list[Proof]]:
    paid: defaultdict[OfBill, list[Proof]] = defaultdict(list)
    for payment, proof in _at_the_bank(story):
        for bill in payment.settles:
            paid[bill].append(proof)
    return paid


def _charged(story: Story) -> Iterator[Purchase]:
    """The lines of the card, with the debit that pays their month where it is in the two years."""
    debits = {
        payment.words: proof for payment, proof in _at_the_bank(story) if payment.kind is Kind.CARD_DEBIT
    }
    for charge, file, line in card_places(story.card):
        debit = debits.get(charge.debited_as)
        yield Purchase(
            vendor=charge.merchant,
            number="",
            month=f"{charge.day:%Y-%m}",
            currency="EUR",
            net=charge.cost,
            items=((charge.purpose, charge.cost),),
            proofs=(Proof("card", file, f"line {line}"), *((debit,) if debit else ())),
        )


def _only_paid(story: Story) -> Iterator[Purchase]:
    """What only the bank tells of: no paper ever comes, or the invoice is older than the two years."""
    told = {_key(bill) for bill in _our_bills(story)}
    for payment, proof in _at_the_bank(story):
        if payment.cost is not None and told.isdisjoint(payment.settles):
            yield Purchase(
                vendor=payment.name or payment.words,
                number="",
                month=f"{payment.day:%Y-%m}",
                currency="EUR",
                net=payment.cost,
                items=((payment.purpose, payment.cost),),
                proofs=(proof,),
            )
