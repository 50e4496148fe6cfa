"""What did people say of payments and invoices, and which papers do they mean?

A word is of one movement and one invoice, known by prints of what stands on them, so that it finds both again when they
are brought anew, in another file or under other ids. The print of a movement is that of the booking (account, day,
amount, words, payee), the print of an invoice that of its number, day, kind and totals; the seller is left out, since
papers of one invoice name it differently. Papers that cannot be told apart are numbered in order of their ids.
Of words on the same two papers the later holds. A word of which one paper is not there waits.
Limits: a movement whose words differ between two files has two prints, as it counts twice today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Generic, TypeVar

from pilothouse.engine.spend.names import clean_name, plain
from pilothouse.engine.spend.terms import BankMovement, InvoicePaper
from pilothouse.engine.spend.written import normal_reference


class Says(StrEnum):
    """What a word says of a payment and an invoice."""

    PAYS = "pays"
    DOES_NOT_PAY = "does_not_pay"


@dataclass(frozen=True, slots=True)
class PaymentWord:
    """What a person said: the movement pays the invoice or does not. `amount` is how much of it (signed as what
    leaves the account), None: as much as both have.
    """

    says: Says
    movement_print: str
    invoice_print: str
    amount: Decimal | None = None


Pair = tuple[str, str]  # ids of a movement and an invoice


@dataclass(frozen=True, slots=True)
class SaidOfPayments:
    """The words that hold among papers that are here: pairs that pay, the latest said first, and pairs that do not."""

    pays: Mapping[Pair, Decimal | None] = field(default_factory=dict)
    apart: frozenset[Pair] = frozenset()


def said_of_payments(
    words: Sequence[PaymentWord], movements: Iterable[BankMovement], invoices: Iterable[InvoicePaper]
) -> SaidOfPayments:
    """The `words`, given in the order they were said, on the papers they mean."""
    if not words:
        return SaidOfPayments()
    movement_of = _by_print(movement_prints(movements), {word.movement_print for word in words})
    invoice_of = _by_print(invoice_prints(invoices), {word.invoice_print for word in words})
    latest: dict[Pair, PaymentWord] = {}
    for word in words:
        if word.movement_print in movement_of and word.invoice_print in invoice_of:
            pair = movement_of[word.movement_print], invoice_of[word.invoice_print]
            latest.pop(pair, None)
            latest[pair] = word
    last_first = list(reversed(latest.items()))
    return SaidOfPayments(
        {pair: word.amount for pair, word in last_first if word.says is Says.PAYS},
        frozenset(pair for pair, word in last_first if word.says is Says.DOES_NOT_PAY),
    )


def _by_print(prints: Prints[BankMovement] | Prints[InvoicePaper], wanted: set[str]) -> dict[str, str]:
    return {said: key for key, said in prints.all() if said in wanted}


def movement_prints(movements: Iterable[BankMovement]) -> Prints[BankMovement]:
    """The prints of all movements that stand on our accounts, each booking once."""
    return Prints(movements, lambda m: (m.account, m.date.isoformat(), _plain(m.amount), m.currency), _words)


def invoice_prints(invoices: Iterable[InvoicePaper]) -> Prints[InvoicePaper]:
    """The prints of all invoices, each once."""
    return Prints(
        invoices,
        lambda i: (normal_reference(i.number), i.issue_date.isoformat(), i.is_credit, i.currency),
        lambda i: (_plain(i.net), _plain(i.vat)),
    )


def _words(movement: BankMovement) -> tuple[str, ...]:
    party = movement.counterparty
    return movement.structured, plain(movement.communication), clean_name(party.name), *party.ibans


def _plain(amount: Decimal) -> str:
    """The same words for 12.5 and 12.50."""
    return f"{amount.normalize():f}"


Of = TypeVar("Of", BankMovement, InvoicePaper)


class Prints(Generic[Of]):
    """Prints of papers: alike ones share what stands on them, and are numbered in order of their ids."""

    def __init__(
        self,
        papers: Iterable[Of],
        roughly: Callable[[Of], tuple[Hashable, ...]],
        exactly: Callable[[Of], tuple[str, ...]],
    ) -> None:
        """What is `roughly` the same is found first, since what is `exactly` so takes longer to say."""
        self._papers: dict[str, Of] = {paper.id: paper for paper in papers}
        self._roughly: Callable[[Of], tuple[Hashable, ...]] = roughly
        self._exactly: Callable[[Of], tuple[str, ...]] = exactly
        self._alike: dict[tuple[Hashable, ...], list[Of]] = defaultdict(list)
        for _, paper in sorted(self._papers.items()):
            self._alike[roughly(paper)].append(paper)

    def of(self, key: str) -> str:
        """The print of the paper with this id; "" where it is not here."""
        if key not in self._papers:
            return ""
        paper: Of = self._papers[key]
        exact: tuple[str, ...] = self._exactly(paper)
        there: list[Of] = self._alike[self._roughly(paper)]
        alike = [other.id for other in there if self._exactly(other) == exact]
        stands = "\x1f".join(map(str, (*self._roughly(paper), *exact)))
        number = alike.index(key)
        return sha256((f"{stands}\x1f{number}" if number else stands).encode()).hexdigest()

    def all(self) -> Iterable[tuple[str, str]]:
        """Each id with its print."""
        return ((key, self.of(key)) for key in self._papers)
