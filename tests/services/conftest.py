"""The sample company, taken in once for a module; each test that asks for the database undoes what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from pilothouse.accounts.models import Company, User
from pilothouse.records.models import Import
from pilothouse.sample import Truth, truth
from pilothouse.services import intake, sample
from tests.conftest import TODAY


@dataclass(frozen=True)
class Sample:
    """The company, whoever owns it, the import of its papers, and what is really in them."""

    company: Company
    owner: User
    batch: Import
    truth: Truth


@pytest.fixture(scope="module")
def sampled(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    papers = tmp_path_factory.mktemp("sample-papers")
    with django_db_blocker.unblock(), transaction.atomic():
        owner = User.objects.create_user("sample-owner@pilothouse.example", name="Sample Owner")
        with override_settings(MEDIA_ROOT=papers):
            batch = sample.make(owner=owner, until=TODAY)
            intake.take_in(batch.pk, today=TODAY)
        batch.refresh_from_db()
        yield Sample(batch.company, owner, batch, truth(TODAY))
        transaction.set_rollback(True)
