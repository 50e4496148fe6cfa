"""What is packed in this file? Archives (ZIP) and mails (RFC 5322: .eml, and many in one file: .mbox) are opened; each
file in them is a paper.

`open_container` gives the members one at a time, so that only one is in memory. Names say the way, as in
"mail.eml › bill.pdf".
Problems are complete once all members were taken. A workbook or word-processor file is a ZIP too, and no archive.

Guards: what a header says of sizes is not believed, each member is read up to a limit; a member that swells more than
`MOST_SWELLING` times, archives in archives beyond `DEEPEST`, and more than `MOST_MEMBERS` files are refused with words.
Limits: one format of archive; encrypted members and mails are named, not opened.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice
from pathlib import PurePosixPath

from pilothouse.intake.papers import Problem

MB = 1024 * 1024
INTO = " › "
DEEPEST = 3
MOST_MEMBERS = 5_000
LARGEST_MEMBER = 180 * MB
LARGEST_WHOLE = 1024 * MB
MOST_SWELLING = 250
SMALL = 10 * MB  # below this, swelling does no harm
LARGEST_LOGO = 20_000  # bytes: a picture within the words of a mail
MOST_SAID = 20

# What makes an archive one document; a folder of papers may well be called "word" or "xl".
_OFFICE = {
    "[Content_Types].xml",
    "word/document.xml",
    "xl/workbook.xml",
    "ppt/presentation.xml",
    "mimetype",
    "META-INF/manifest.xml",
}
_LEFT_OUT = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)|/$")
_MAIL_LINE = re.compile(
    rb"(?:return-path|delivered-to|received|message-id|mime-version|from|to|subject|date|content-type|"
    rb"dkim-signature|arc-[a-z-]+|x-[a-z0-9-]+|authentication-results|list-[a-z-]+|reply-to|cc|sender)\s*:",
    re.IGNORECASE,
)
_BETWEEN_MAILS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]{3,200}\r?\n(?=[A-Za-z-]+:)")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_SURE_OF_MAIL = re.compile(rb"^(?:from|message-id|received|mime-version)\s*:", re.IGNORECASE | re.MULTILINE)
_BODY = {"text/plain", "text/html", "text/calendar", "text/enriched", "text/rtf"}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}


@dataclass(slots=True)
class Opened:
    """The files in a container, to be taken one at a time, and what could not be opened or was left out."""

    members: Iterator[tuple[str, bytes]]
    problems: list[Problem] = field(default_factory=list)
    logos: int = 0  # small pictures in the words of a mail, left out


def open_container(data: bytes, name: str, depth: int = 0) -> Opened | None:
    """What is packed in a file; None where nothing is. `depth` says in how many containers the file itself was."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_zip(data, name, depth)
    if looks_like_mail(data[:4096]):
        return _too_deep(name) if depth >= DEEPEST else _open_mails(data, name)
    return None


def looks_like_mail(head: bytes) -> bool:
    """Whether the first bytes are the header of a mail, alone or as the first of many."""
    first = _BETWEEN_MAILS.match(head)
    header = head[first.end() :] if first else head
    return bool(_MAIL_LINE.match(header) and _SURE_OF_MAIL.search(header))


def _too_deep(name: str) -> Opened:
    words = (
        f"Archives and mails within each other are opened {DEEPEST} deep, and this one lies deeper. Nothing in it is "
        "counted. Unpack it yourself and bring in the files."
    )
    return Opened(iter(()), [Problem("container.too_deep", "error", words, name)])


# --- archives ---------------------------------------------------------------------------------------------------


def _open_zip(data: bytes, name: str, depth: int) -> Opened | None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        words = (
            "The archive is damaged and cannot be opened. Nothing in it is counted. Fetch or pack it again."
        )
        return Opened(iter(()), [Problem("zip.broken", "error", words)])
    if any(entry.filename in _OFFICE for entry in entries):
        return None
    if depth >= DEEPEST:
        return _too_deep(name)
    opened = Opened(iter(()))
    opened.members = _members_of_zip(archive, entries, name, opened.problems)
    return opened


def _members_of_zip(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, problems: list[Problem]
) -> Iterator[tuple[str, bytes]]:
    wanted = [entry for entry in entries if not _LEFT_OUT.search(entry.filename)]
    if len(wanted) > MOST_MEMBERS:
        words = (
            f"The archive holds {len(wanted)} files; the first {MOST_MEMBERS} were taken. "
            "Pack the others in archives of their own."
        )
        problems.append(Problem("zip.too_many", "error", words))
    if not wanted:
        words = "The archive is empty. Pack the papers again and bring it in."
        problems.append(Problem("zip.empty", "error", words))
    names, left = _Names(name), LARGEST_WHOLE
    for entry in wanted[:MOST_MEMBERS]:
        content = _member_of_zip(archive, entry, left)
        if isinstance(content, Problem):
            _say(problems, content)
            continue
        left -= len(content)
        yield names.of(entry.filename), content


def _member_of_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes | Problem:
    if entry.flag_bits & 1:
        words = (
            "It is locked with a password, so it is not read. Unpack it with the password and bring it in."
        )
        return Problem("zip.locked", "error", words, entry.filename)
    most = min(LARGEST_MEMBER, left, max(SMALL, entry.compress_size * MOST_SWELLING))
    try:
        with archive.open(entry) as packed:
            content = packed.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
        words = (
            "It is damaged inside the archive, so it is not read. Fetch it again, or bring it in by itself."
        )
        return Problem("zip.damaged", "error", words, entry.filename)
    except (NotImplementedError, RuntimeError):
        words = "It is packed in a way that is not read. Unpack it and bring it in by itself."
        return Problem("zip.method", "error", words, entry.filename)
    if len(content) > most:
        words = (
            "Unpacked it is far larger than an archive of papers should hold, so it is not read. "
            "If it is a real paper, bring it in by itself."
        )
        return Problem("zip.too_big", "error", words, entry.filename)
    return content


class _Names:
    """Names of members, each once, without anything that leads elsewhere."""

    def __init__(self, container: str) -> None:
        self._container = container
        self._given: Counter[str] = Counter()

    def of(self, given: str) -> str:
        parts = [
            part for part in PurePosixPath(given.replace("\\", "/")).parts if part not in ("/", "..", ".")
        ]
        name = "/".join(parts) or "file"
        self._given[name] += 1
        if self._given[name] > 1:
            name = f"{name} ({self._given[name]})"
        return f"{self._container}{INTO}{name}"


def _say(problems: list[Problem], problem: Problem) -> None:
    """Add a problem; of very many only the first are said."""
    if len(problems) < MOST_SAID:
        problems.append(problem)


# --- mails ------------------------------------------------------------------------------------------------------


def _open_mails(data: bytes, name: str) -> Opened:
    opened = Opened(iter(()))
    many = _BETWEEN_MAILS.match(data)
    opened.members = _mails_of_many(data, name, opened) if many else _members_of_mail(data, name, opened)
    return opened


def _mails_of_many(data: bytes, name: str, opened: Opened) -> Iterator[tuple[str, bytes]]:
    """Each mail of a file of many, which stand between lines that begin with "From "."""
    starts = list(islice(_BETWEEN_MAILS.finditer(data), MOST_MEMBERS + 1))
    ends = [start.start() for start in starts[1:]] + [len(data)]
    if len(starts) > MOST_MEMBERS:
        words = f"There are more than {MOST_MEMBERS} mails; the first were taken. Bring the others in by themselves."
        opened.problems.append(Problem("mail.too_many", "error", words))
    for number, (start, end) in enumerate(zip(starts[:MOST_MEMBERS], ends, strict=False), 1):
        yield f"{name}{INTO}mail {number}.eml", _QUOTED_FROM.sub(rb"\1", data[start.end() : end])


def _members_of_mail(data: bytes, name: str, opened: Opened) -> Iterator[tuple[str, bytes]]:
    names, found, problems = _Names(name), 0, opened.problems
    try:
        for part in _parts(BytesParser(policy=policy.default).parsebytes(data)):
            content = _attached(part, opened)
            if content is not None and found < MOST_MEMBERS:
                found += 1
                yield names.of(_name_of(part)), content
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError, TypeError, KeyError):
        words = (
            "The mail is damaged; what came before the damage was taken. Save it again from the mail program."
        )
        problems.append(Problem("mail.broken", "error", words))
        return
    if not found and not problems:
        words = (
            "Nothing is attached to this mail, so there is nothing to count. Where the invoice is behind a link in it, "
            "fetch it there and bring it in."
        )
        problems.append(Problem("mail.nothing_attached", "warning", words))


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Every part that is no envelope; a mail within the mail is one part."""
    waiting: list[EmailMessage] = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            inside = part.get_payload()
            waiting[:0] = (
                [one for one in inside if isinstance(one, EmailMessage)] if isinstance(inside, list) else []
            )
        else:
            yield part


def _attached(part: EmailMessage, opened: Opened) -> bytes | None:
    """The bytes of a part that is an attachment; None where it is the words of the mail, a logo or a signature."""
    kind, name = part.get_content_type(), part.get_filename()
    if kind in _SEALED or kind in _TNEF or (name or "").lower() == "winmail.dat":
        words = (
            "It is sealed or packed by the sender's mail program, and is not opened. "
            "Open the mail in your own program, save what is attached, and bring that in."
        )
        _say(opened.problems, Problem("mail.sealed", "error", words, name or kind))
        return None
    if kind == "message/rfc822":
        inside = part.get_payload()
        first = inside[0] if isinstance(inside, list) and inside else None
        return first.as_bytes() if isinstance(first, EmailMessage) else None
    if _is_of_the_mail_itself(part, kind):
        return None
    content = part.get_payload(decode=True)
    is_logo = kind.startswith("image/") and not _is_attachment(part)
    if isinstance(content, bytes) and is_logo and len(content) < LARGEST_LOGO:
        opened.logos += 1
        content = None
    return content if isinstance(content, bytes) and content else None


def _is_of_the_mail_itself(part: EmailMessage, kind: str) -> bool:
    if kind in _SIGNATURES or part.get_content_maintype() == "multipart":
        return True
    return kind in _BODY and not _is_attachment(part)


def _is_attachment(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or (
        part.get_content_disposition() is None and bool(part.get_filename()) and not part.get("Content-ID")
    )


def _name_of(part: EmailMessage) -> str:
    given = part.get_filename()
    if given:
        return str(given)
    if part.get_content_type() == "message/rfc822":
        return "forwarded.eml"
    return f"attachment.{part.get_content_subtype()[:20]}"
