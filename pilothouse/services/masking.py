"""Careful with people: what is written of natural persons is taken off before a paper is stored.

Who is a natural person is decided by the engine (`engine/spend/persons.py`); sellers on the company's invoices are
not, whatever they are called, so invoices are read before bank files. A company may switch it off for what it brings
in from then on (`HandlingOfPapers`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import overload

from pilothouse.accounts.models import Company
from pilothouse.engine.spend.persons import People, Sellers
from pilothouse.engine.spend.terms import Identity
from pilothouse.engine.spend.vendors import NATURAL_PERSON
from pilothouse.intake.papers import Counterparty, Ledger, LedgerLine, Movement, Paper, Statement
from pilothouse.knowledge import spend_knowledge
from pilothouse.records.models import HandlingOfPapers
from pilothouse.records.models import Paper as StoredPaper


def people_of(company: Company) -> People | None:
    """Tells natural persons from firms, knowing the sellers on every invoice of the company so far; None where the
    company has nobody masked."""
    if HandlingOfPapers.objects.of(company).filter(mask_people=False).exists():
        return None
    invoices = StoredPaper.objects.of(company).filter(kind__in=("invoice", "credit_note"))
    parties = invoices.values_list("content__seller__name", "content__payment__ibans")
    sellers = Sellers.of(Identity(name=name or "", ibans=tuple(ibans or ())) for name, ibans in parties)
    return People(spend_knowledge(), sellers)


def masked(paper: Paper, people: People | None) -> Paper:
    """The paper as it may be stored; an invoice stays as it is, since its seller is a firm."""
    if people is None:
        return paper
    if isinstance(paper, Statement):
        return replace(paper, movements=tuple(_masked(movement, people) for movement in paper.movements))
    if isinstance(paper, Ledger):
        return replace(paper, lines=_MaskedLines(paper.lines, people))
    return paper


class _MaskedLines(Sequence[LedgerLine]):
    """Ledger lines, each masked when it is asked for: there may be a million."""

    def __init__(self, lines: Sequence[LedgerLine], people: People) -> None:
        self._lines = lines
        self._is_person: Callable[[str], bool] = lru_cache(maxsize=100_000)(
            lambda name: people.person(name, "", "") is not None
        )

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[LedgerLine]:
        return map(self._mask, self._lines)

    @overload
    def __getitem__(self, place: int) -> LedgerLine: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[LedgerLine]: ...
    def __getitem__(self, place: int | slice) -> LedgerLine | Sequence[LedgerLine]:
        found = self._lines[place]
        return self._mask(found) if isinstance(found, LedgerLine) else [self._mask(line) for line in found]

    def _mask(self, line: LedgerLine) -> LedgerLine:
        if not line.party or line.party_id or not self._is_person(line.party):
            return line
        return replace(line, party=NATURAL_PERSON, description="", document="")


def _masked(movement: Movement, people: People) -> Movement:
    party = movement.counterparty
    if people.person(party.name or "", party.iban or "", movement.communication) is None:
        return movement
    return replace(
        movement, counterparty=Counterparty(name=NATURAL_PERSON), communication="", structured=None
    )
