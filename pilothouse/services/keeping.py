"""Keep the bytes that somebody brings: once per company however often they are brought, named by their content."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from pilothouse.accounts.models import Company
from pilothouse.intake.papers import Problem
from pilothouse.records.models import SourceFile

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Brought:
    """One file as somebody brings it: its name and its bytes, or why they could not be had."""

    name: str
    content: IO[bytes] | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    name: str
    size: int
    sha256: str = ""
    stored: str = ""
    problem: Problem | None = None


def keep(company: Company, brought: Brought) -> Kept:
    """Copy the bytes to where they stay, named by their content."""
    name = _storable(brought.name)
    if brought.content is None:
        return Kept(name, 0, problem=unreadable(brought.trouble))
    digest, size = hashlib.sha256(), 0
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as copy:
        try:
            while chunk := brought.content.read(CHUNK):
                size += len(chunk)
                if size > settings.LARGEST_FILE:
                    return Kept(name, size, problem=_too_large(settings.LARGEST_FILE))
                digest.update(chunk)
                copy.write(chunk)
        except OSError as error:
            return Kept(name, size, problem=unreadable(error.strerror or str(error)))
        sha256 = digest.hexdigest()
        stored = f"{company.pk}/{sha256[:2]}/{sha256}"
        if not default_storage.exists(stored):
            copy.seek(0)
            stored = default_storage.save(stored, File(copy))
    return Kept(name, size, sha256, stored)


def _storable(name: str) -> str:
    """A name as every database takes it: names on a disk may hold bytes that are no letters, and be long."""
    return name.encode(errors="replace").decode().replace("\0", "?")[-500:]


def source_of(company: Company, kept: Kept) -> SourceFile | None:
    """The record of kept bytes, made where there is none yet; None where nothing could be kept."""
    if not kept.sha256:
        return None
    source, _ = SourceFile.objects.get_or_create(
        company=company,
        sha256=kept.sha256,
        defaults={"name": kept.name, "size": kept.size, "content": kept.stored},
    )
    found: SourceFile = source
    return found


def unreadable(reason: str) -> Problem:
    return Problem(
        "intake.unreadable",
        "error",
        f"This file could not be opened ({reason}). Nothing of it is counted. "
        "Check that it is still there and that you may read it, then bring it in again.",
    )


def _too_large(limit: int) -> Problem:
    return Problem(
        "intake.too_large",
        "error",
        f"This file is larger than {limit // 1024 // 1024} MB, the limit of this installation. "
        "Nothing of it is counted. Split it (a bank file by month), or raise PILOTHOUSE_LARGEST_FILE.",
    )


def files_of(folder: Path) -> Iterator[Brought]:
    """Every file below a folder, by name; hidden ones are left out, unreadable ones are brought with their reason."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or not (path.is_file() or path.is_symlink()):
            continue
        name = "/".join(parts)
        try:
            with path.open("rb") as content:
                yield Brought(name, content)
        except OSError as error:
            yield Brought(name, None, error.strerror or str(error))
