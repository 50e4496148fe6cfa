"""Which files of this folder can be brought now? Only below the places that whoever runs the installation allows.

A place is a path of PILOTHOUSE_WATCH_ROOTS, for every company or, written `company=path`, for one alone. Links are
followed only where they stay within the folder, hidden files and the drafts of programs are left out, and a file that
was changed in the last seconds waits, since it may still be written. Nothing in the folder is changed.
Limits: what is written to more slowly than that is brought half, and again once it is whole.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

SETTLING = timedelta(seconds=10)
FAR_AHEAD = timedelta(days=1)  # a clock that is so wrong says nothing of whether the file is still written
MOST_FILES = 50_000
LONGEST_PATH = 500
_DRAFTS = (".tmp", ".part", ".partial", ".crdownload", ".swp")


class FolderClosed(Exception):
    """Why a folder cannot be watched, in plain words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Found:
    """A file that can be brought: where it is, its name below the folder, and how it is now."""

    path: Path
    name: str
    size: int
    changed_ns: int


@dataclass(slots=True)
class Look:
    """What is in a folder: files that can be brought, and how many cannot, by reason."""

    files: list[Found] = field(default_factory=list)
    still_written: int = 0
    leading_out: int = 0
    unreadable: int = 0
    too_many: bool = False

    @property
    def words(self) -> str:
        """What waits or stays out, for the owner."""
        said = [
            (self.still_written, "still being written: they wait for the next run"),
            (self.leading_out, "links that lead out of the folder: they are not followed"),
            (self.unreadable, "not readable for Pilothouse: allow it to read them"),
        ]
        words = [f"{number} {'file' if number == 1 else 'files'} {why}." for number, why in said if number]
        if self.too_many:
            words.append(f"Only the first {MOST_FILES} files are looked at: move older ones elsewhere.")
        return " ".join(words)


def places(allowed: Sequence[str], company: str) -> list[Path]:
    """The places a company may watch below."""
    found = []
    for one in allowed:
        whose, named, path = one.partition("=")
        if not named or whose.strip() == company:
            found.append(Path((path if named else one).strip()).expanduser().resolve())
    return found


def watchable(folder: str, allowed: Sequence[Path], *, home: Path) -> Path:
    """The folder, its links resolved; FolderClosed where it is not allowed, is not there, or is Pilothouse's own."""
    if not allowed:
        raise FolderClosed(
            "Watching folders is not switched on. Whoever runs this installation can allow it: PILOTHOUSE_WATCH_ROOTS "
            "names the places below which folders may be watched (docs/operating.md)."
        )
    path = _resolved(folder)
    if not any(path.is_relative_to(place) for place in allowed):
        names = ", ".join(str(place) for place in allowed)
        raise FolderClosed(
            f"{folder} is not below a place that may be watched. Choose a folder below {names}."
        )
    if path.is_relative_to(home) or home.is_relative_to(path):
        raise FolderClosed(f"{folder} holds the data of Pilothouse itself. Choose another folder.")
    if not os.path.isdir(path):  # unlike Path.is_dir it says no, too, to a name longer than names may be
        raise FolderClosed(
            f"{folder} is not there. If it is on a network drive, check that the drive is connected on the machine "
            "that runs Pilothouse; if it was moved, enter where it is now. It is looked for again by itself."
        )
    return path


def _resolved(folder: str) -> Path:
    try:
        path = Path(folder)
        absolute = path.is_absolute()
        resolved = path.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise FolderClosed(f"{folder} cannot be a folder. Enter its whole path.") from error
    if not absolute:
        raise FolderClosed(f"{folder} does not say where it begins. Enter the whole path, from the root on.")
    return resolved


def look(folder: Path, *, now: datetime) -> Look:
    """Every file below a folder that can be brought at this moment, by name."""
    found = Look()
    try:
        for number, path in enumerate(_below(folder, found)):
            if number >= MOST_FILES:
                found.too_many = True
                break
            _sort_in(path, folder, found, now)
    except OSError as error:
        raise FolderClosed(
            f"{folder} cannot be read ({error.strerror or error}). Allow the user that runs Pilothouse to read it."
        ) from error
    found.files.sort(key=lambda one: one.name)
    return found


def _below(folder: Path, found: Look) -> Iterator[Path]:
    """Files and links, folder by folder; a folder that may not be read is counted, and linked ones not entered."""
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        try:
            entries = sorted(os.scandir(inside), key=lambda entry: entry.name)
        except OSError:
            if inside == folder:
                raise
            found.unreadable += 1
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.lower().endswith(_DRAFTS):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            else:
                yield Path(entry.path)


def _sort_in(path: Path, folder: Path, found: Look, now: datetime) -> None:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(folder):
            found.leading_out += 1
            return
        seen = path.stat()
    except (OSError, RuntimeError):
        return  # it is gone again, or links to nothing
    if not stat.S_ISREG(seen.st_mode):
        return
    name = os.fsencode(path.relative_to(folder)).decode(errors="backslashreplace")
    age = now.timestamp() - seen.st_mtime
    if -FAR_AHEAD.total_seconds() < age < SETTLING.total_seconds():
        found.still_written += 1
    elif len(name) > LONGEST_PATH or not os.access(path, os.R_OK):
        found.unreadable += 1
    else:
        found.files.append(Found(path, name.replace(os.sep, "/"), seen.st_size, seen.st_mtime_ns))


def open_file(found: Found, folder: Path) -> IO[bytes]:
    """A file to read; OSError where it became something else, or leads out of the folder by now."""
    real = found.path.resolve()
    if not real.is_relative_to(folder):
        raise PermissionError(f"{found.name} leads out of the folder")
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    descriptor = os.open(real, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise PermissionError(f"{found.name} is no file any more")
    return os.fdopen(descriptor, "rb")
