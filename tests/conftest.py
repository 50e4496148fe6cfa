"""The cast and the stage: who tries every page, and where tests find real files.

The data directory is a temporary one, made before Django reads its settings; work in the background is done at once.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="pilothouse-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ |= {
    "PILOTHOUSE_HOME": str(HOME),
    "PILOTHOUSE_WORK_AT_ONCE": "1",
    "PILOTHOUSE_SECRET_KEY": "only-for-tests",
    "DJANGO_SETTINGS_MODULE": "pilothouse.config.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop runs beside the tests' own connection
}

import django  # noqa: E402 - the environment is set first

django.setup()

import hypothesis  # noqa: E402 - as below
import pytest  # noqa: E402 - Django is set up before any of its models is asked for
from django.conf import settings as installed  # noqa: E402
from django.test import Client  # noqa: E402
from pytest_django import Settings  # noqa: E402

from pilothouse.accounts.models import Company, Membership, Practice, Role, User  # noqa: E402

TODAY = date(2026, 11, 22)


# What tests do otherwise than a real installation: cheap password hashes, plain static files.
installed.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
installed.STORAGES = {
    **installed.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
installed.STATIC_ROOT.mkdir(exist_ok=True)  # workers of xdist read the settings of who started them


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files to try things on; absent outside the places that have them."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("PILOTHOUSE_SHARED", root.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"real files are not here ({folder})")
    return folder


# --- the night ---------------------------------------------------------------------------------------------------

# `make fuzz` takes this profile; the tests of the day take Hypothesis's own.
hypothesis.settings.register_profile("night", max_examples=3000, deadline=None, print_blob=True)
# The same examples in every run of CI: whether it is green depends on the commit alone.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


# --- the cast ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Somebody with a browser."""

    user: User
    client: Client


def _person(name: str, company: Company | None = None, role: Role | None = None, **more: Practice) -> Person:
    user = User.objects.create_user(f"{name}@pilothouse.example", "a long enough password", name=name.title())
    if company is not None and role is not None:
        Membership.objects.create(company=company, user=user, role=role, **more)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return Person(user, client)


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(name="Bakkerij Voorbeeld BV", slug="bakkerij")


@pytest.fixture
def other_company(db: None) -> Company:
    return Company.objects.create(name="Garage Elders NV", slug="garage")


@pytest.fixture
def practice(db: None) -> Practice:
    return Practice.objects.create(name="Raad en Daad", slug="raad")


@pytest.fixture
def owner(company: Company) -> Person:
    return _person("owner", company, Role.OWNER)


@pytest.fixture
def editor(company: Company) -> Person:
    return _person("editor", company, Role.EDITOR)


@pytest.fixture
def reader(company: Company) -> Person:
    return _person("reader", company, Role.READER)


@pytest.fixture
def guest(company: Company) -> Person:
    return _person("guest", company, Role.GUEST)


@pytest.fixture
def stranger(db: None) -> Person:
    """Signed in, without any company."""
    return _person("stranger")


@pytest.fixture
def neighbour(other_company: Company) -> Person:
    """Editor of another company."""
    return _person("neighbour", other_company, Role.EDITOR)


@pytest.fixture
def adviser(company: Company, practice: Practice) -> Person:
    """A person of a practice with a membership in the company."""
    person = _person("adviser", company, Role.EDITOR, practice=practice)
    practice.people.add(person.user)
    return person


@pytest.fixture
def anonymous() -> Client:
    return Client()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: Settings) -> None:
    """Each test keeps its bytes and secrets in a folder of its own."""
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "papers"
