"""Questions on a contract that no clause answers: which are asked, and what people answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.accounts.models import Company, User
from pilothouse.engine.contracts.checklist import Check, ContractFacts
from pilothouse.engine.contracts.flags import left_to_ask
from pilothouse.records.models import CheckAnswer, Contract
from pilothouse.services import contracts
from pilothouse.services.checklist import list_for


@dataclass(frozen=True, slots=True)
class Asked:
    """A check that a person has to answer, with the answer that holds."""

    check: Check
    answer: CheckAnswer | None

    @property
    def is_open(self) -> bool:
        return self.answer is None

    @property
    def worries(self) -> bool:
        """Whether somebody said that it is not as it should be."""
        return self.answer is not None and self.answer.says != CheckAnswer.Says.GOOD


@dataclass(frozen=True, slots=True)
class Worry:
    """A question on a contract of which somebody said that it is not as it should be."""

    contract: Contract
    check: Check
    answer: CheckAnswer


def worries_of_standing(company: Company) -> list[Worry]:
    """What people answered on standing contracts that worries them, in the order of the list, by name of the contract.

    The latest answer on a question holds. A question that the list does not ask of this kind of contract any more is
    left out.
    """
    standing = {each.pk: each for each in contracts.standing(company).order_by("name", "pk")}
    newest = {
        (answer.contract_id, answer.check_id): answer
        for answer in CheckAnswer.objects.of(company)
        .filter(contract__in=standing)
        .select_related("by")
        .order_by("pk")
    }
    checklist = list_for(company)
    return [
        Worry(contract, check, answer)
        for contract in standing.values()
        for check in left_to_ask(checklist, ContractFacts(kind=contract.kind))
        if (answer := newest.get((contract.pk, check.id))) is not None
        and answer.says != CheckAnswer.Says.GOOD
    ]


def questions_on(contract: Contract) -> Sequence[Asked]:
    """The questions for this kind of contract; what worries somebody first, then what is open, then what is well."""
    answers = {
        answer.check_id: answer
        for answer in CheckAnswer.objects.of(contract.company)
        .filter(contract=contract)
        .select_related("by")
        .order_by("pk")
    }
    facts = ContractFacts(kind=contract.kind)
    asked = [Asked(check, answers.get(check.id)) for check in left_to_ask(list_for(contract.company), facts)]
    return sorted(asked, key=_place)


def _place(asked: Asked) -> tuple[int, int]:
    if asked.answer is None:
        return 1, asked.check.number
    return (0 if asked.worries else 2), asked.check.number


def answer(contract: Contract, said: CheckAnswer, *, by: User) -> bool:
    """Keep an answer; False where the list has no such question for this contract."""
    if said.check_id not in {asked.check.id for asked in questions_on(contract)}:
        return False
    said.company, said.contract, said.by = contract.company, contract, by
    said.save()
    return True
