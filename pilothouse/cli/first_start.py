"""What a start prepares: database, static files, and the first company to look at.

Everything here may be done again: a second start finds it done and changes nothing.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

import pilothouse  # noqa: E402
from pilothouse.accounts import people  # noqa: E402
from pilothouse.accounts.models import Company, User  # noqa: E402
from pilothouse.config.home import kept_secret  # noqa: E402
from pilothouse.jobs import queue  # noqa: E402
from pilothouse.services import intake, sample  # noqa: E402


def prepare(*, together: bool) -> None:
    """Bring database and static files up to this version, and finish what a stop cut off.

    `together`: web server and worker start here and nowhere else, so whatever is claimed was claimed by the dead.
    """
    with _alone():
        call_command("migrate", interactive=False, verbosity=0)
        collect_static()
        queue.keep_time()
        if together:
            queue.resume()
        else:
            queue.pick_up()


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once prepare one after the other."""
    with (settings.HOME / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def collect_static() -> None:
    """Put styles, scripts and icons where the server finds them; done once per version."""
    stamp = settings.STATIC_ROOT / ".version"
    version = f"{pilothouse.__version__} {_newest(Path(pilothouse.__file__).parent / 'web' / 'static')}"
    if stamp.exists() and stamp.read_text() == version:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=settings.STATIC_ROOT.exists())
    stamp.write_text(version)


def _newest(folder: Path) -> int:
    return max((file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()), default=0)


def welcome(folder: Path | None, *, company: str, empty: bool) -> list[str]:
    """Make sure there is somebody to sign in as and something to see; how to sign in, as lines to print."""
    if folder is not None:
        _bring(folder, company=company or folder.resolve().name)
    elif not User.objects.exists():
        if empty:
            return ["", "First   {address}/start/?code=" + _code("start_code")]
        queue.take_in(sample.make(owner=_first_person()).pk)
    return _sign_in()


def _bring(folder: Path, *, company: str) -> None:
    """Bring a folder's papers into its company; what is there already is left alone."""
    owner = User.objects.order_by("pk").first() or _first_person()
    found = Company.objects.filter(name=company, memberships__user=owner).first()
    target = found or people.found_company(company, owner=owner)
    batch = intake.receive_new(target, intake.files_of(folder), by=owner)
    if batch is not None:
        queue.take_in(batch.pk)


def _first_person() -> User:
    return User.objects.create_user("owner@pilothouse.example", _code("sign_in_password"), name="Owner")


def _sign_in() -> list[str]:
    """How to sign in as the person that was made at the first start; nothing once they have another password."""
    file = settings.HOME / "sign_in_password"
    owner = User.objects.filter(email="owner@pilothouse.example").first()
    if owner is None or not file.exists() or not owner.check_password(file.read_text().strip()):
        return []
    return [f"Sign in as  {owner.email}", f"Password    {file.read_text().strip()}"]


def _code(name: str) -> str:
    """A secret of this installation that is printed for whoever starts it."""
    return kept_secret(settings.HOME / name, 12)


def close() -> None:
    """Leave no connection open for the processes that are started next."""
    connections.close_all()
