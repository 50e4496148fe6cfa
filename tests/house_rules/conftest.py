"""The stage: a company with something of everything, and a neighbour that has as much of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pilothouse.accounts.models import Company, Practice
from tests.conftest import Person
from tests.factories import make_everything


@dataclass(frozen=True)
class Stage:
    """Two companies with the same kinds of records, of vendors of their own; a practice serves the first."""

    company: Company
    other_company: Company
    practice: Practice


@pytest.fixture
def stage(
    company: Company, other_company: Company, practice: Practice, owner: Person, neighbour: Person
) -> Stage:
    make_everything(company, 1, by=owner.user, practice=practice)
    make_everything(other_company, 1, by=neighbour.user)
    return Stage(company, other_company, practice)
