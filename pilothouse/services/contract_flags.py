"""What is dangerous in a contract, and what changed since its paper before, from the terms that hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.engine.contracts.checklist import Checklist, ContractFacts, Flag
from pilothouse.engine.contracts.flags import find_flags
from pilothouse.engine.contracts.reading.words import ReadTerm
from pilothouse.engine.contracts.versions import Change, Direction, changed_terms, said
from pilothouse.engine.money import Money
from pilothouse.knowledge import say
from pilothouse.records.models import Contract, ContractDocument, ContractTerm, FlagWord, ProfileVersion
from pilothouse.services import contracts
from pilothouse.services.checklist import list_for
from pilothouse.services.contract_papers import as_read, terms_of, terms_that_hold, those_that_hold

WHOLE = (
    0.5  # a paper with fewer terms than this part of the one before is an amendment: it takes nothing away
)


@dataclass(frozen=True, slots=True)
class Since:
    """What a paper of a contract changed against the one before it, as sentences with their direction."""

    before: ContractDocument
    after: ContractDocument
    changes: tuple[tuple[Direction, str], ...]


def flags_of(
    contract: Contract, rows: Iterable[ContractTerm] | None = None, *, today: date
) -> tuple[Flag, ...]:
    """The flags of a contract, the gravest first; `rows` are the terms that hold, where they are at hand.

    Of a contract without a paper nothing is said.
    """
    held = terms_that_hold(contract) if rows is None else rows
    return _flags(contract, held, _Grounds(list_for(contract.company), _country(contract.company), today))


def flags_of_standing(
    company: Company, *, today: date
) -> tuple[list[tuple[Contract, tuple[Flag, ...]]], int]:
    """The flags of each standing contract in which something was read, by name; and how many stand in all.

    What somebody has looked at and lives with is left out.
    """
    standing = list(contracts.standing(company).order_by("name", "pk"))
    rows = {
        contract: list(terms)
        for contract, terms in groupby(terms_of(standing), key=lambda row: row.contract_id)
    }
    grounds, accepted = _Grounds(list_for(company), _country(company), today), _accepted(company, today)
    found = [
        (
            contract,
            tuple(
                flag
                for flag in _flags(contract, those_that_hold(rows[contract.pk]), grounds)
                if (contract.pk, flag.id) not in accepted
            ),
        )
        for contract in standing
        if contract.pk in rows
    ]
    return found, len(standing)


# --- what somebody lives with ------------------------------------------------------------------------------------


def words_on(contract: Contract, *, today: date) -> dict[str, FlagWord]:
    """What somebody said of flags of a contract and still holds, by flag: they were looked at and are lived with."""
    return {word.flag: word for word in _holding(contract.company, today).filter(contract=contract)}


def live_with(contract: Contract, word: FlagWord, *, by: User) -> None:
    """Keep that somebody lives with a flag and why; a later word on the same flag goes before an earlier one."""
    word.company, word.contract, word.by = contract.company, contract, by
    word.save()


def look_again(word: FlagWord) -> bool:
    """Take back that somebody lives with a flag; False where that was done already."""
    same = FlagWord.objects.of(word.company).filter(contract=word.contract_id, flag=word.flag)
    return bool(same.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now()))


def _holding(company: Company, today: date) -> QuerySet[FlagWord]:
    rows: QuerySet[FlagWord] = (
        FlagWord.objects.of(company)
        .filter(Q(until__isnull=True) | Q(until__gt=today), withdrawn_at__isnull=True)
        .select_related("by")
        .order_by("pk")
    )
    return rows


def _accepted(company: Company, today: date) -> frozenset[tuple[int, str]]:
    return frozenset(_holding(company, today).values_list("contract_id", "flag"))


# --- flags -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grounds:
    """By which list, from which country, on which day."""

    checks: Checklist
    country: str
    today: date


def _flags(contract: Contract, rows: Iterable[ContractTerm], grounds: _Grounds) -> tuple[Flag, ...]:
    read = [(as_read(row), row.said_at is not None) for row in rows]
    cost = contract.yearly_cost
    facts = ContractFacts(
        country=grounds.country,
        law=contract.country,
        kind=contract.kind,
        yearly_cost=None if cost is None else Money(cost, contract.currency),
    )
    confirmed = {term for term, is_sure in read if is_sure}
    return find_flags(
        (term for term, _ in read), facts, grounds.checks, today=grounds.today, confirmed=confirmed
    )


def _country(company: Company) -> str:
    profile = ProfileVersion.objects.of(company).order_by("-holds_from", "-pk").first()
    return profile.country if profile else ""


def since_before(contract: Contract) -> Since | None:
    """What the newest paper changed against the one before; None with fewer than two that were read."""
    papers: dict[ContractDocument, list[ReadTerm]] = {}
    for row in terms_of([contract]).select_related("document"):
        papers.setdefault(row.document, []).append(as_read(row))
    if len(papers) < 2:
        return None
    (after, new), (before, old) = list(papers.items())[:2]
    is_whole = len(new) >= WHOLE * len(old)
    words = list_for(contract.company)
    changes = tuple(
        (change.direction, say(said(change, words)))
        for change in changed_terms(old, new)
        if is_whole or change.change is not Change.GONE
    )
    return Since(before, after, changes)
