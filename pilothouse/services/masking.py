"""Careful with people: what is written of natural persons is taken off before a paper is stored.

Who is a natural person is decided by the engine (`engine/spend/persons.py`); sellers on the company's invoices are
not, whatever they are called, so invoices are read before bank files.
"""

from __future__ import annotations

from dataclasses import replace

from pilothouse.accounts.models import Company
from pilothouse.engine.spend.persons import People, Sellers
from pilothouse.engine.spend.terms import Identity
from pilothouse.engine.spend.vendors import NATURAL_PERSON
from pilothouse.intake.papers import Counterparty, Movement, Paper, Statement
from pilothouse.knowledge import spend_knowledge
from pilothouse.records.models import Paper as StoredPaper


def people_of(company: Company) -> People:
    """Tells natural persons from firms, knowing the sellers on every invoice of the company so far."""
    invoices = StoredPaper.objects.of(company).exclude(kind="statement")
    parties = invoices.values_list("content__seller__name", "content__payment__ibans")
    sellers = Sellers.of(Identity(name=name or "", ibans=tuple(ibans or ())) for name, ibans in parties)
    return People(spend_knowledge(), sellers)


def masked(paper: Paper, people: People) -> Paper:
    """The paper as it may be stored; an invoice stays as it is, since its seller is a firm."""
    if not isinstance(paper, Statement):
        return paper
    return replace(paper, movements=tuple(_masked(movement, people) for movement in paper.movements))


def _masked(movement: Movement, people: People) -> Movement:
    party = movement.counterparty
    if people.person(party.name or "", party.iban or "", movement.communication) is None:
        return movement
    return replace(
        movement, counterparty=Counterparty(name=NATURAL_PERSON), communication="", structured=None
    )
