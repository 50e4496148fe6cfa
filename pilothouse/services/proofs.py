"""Proof that a notice was sent: a file beside the decision, kept as any bytes that are brought are.

What can prove a sending is a PDF, a picture or a saved e-mail; what a file is, its first bytes say, not its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from pilothouse.records.models import ContractDecision
from pilothouse.services.keeping import Brought, keep, source_of

HEAD = 4096
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/vnd.ms-outlook",  # .msg
}
_OF_A_MAIL = (
    b"received",
    b"return-path",
    b"from",
    b"date",
    b"message-id",
    b"mime-version",
    b"subject",
    b"delivered-to",
)
EMAIL = "message/rfc822"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a file: it `is_kept`, or why it is not, in one word: `empty`, `kind` or a sentence on the file."""

    is_kept: bool
    refused: str = ""


def media_type_of(head: bytes) -> str:
    """What a file that starts with `head` is, of what may prove a sending; "" where it is something else."""
    for beginning, media_type in _BEGINNINGS.items():
        if head.startswith(beginning):
            return media_type
    lines = head.lower().splitlines()
    fields = {line.partition(b":")[0] for line in lines if b":" in line}
    is_mail = lines and lines[0].partition(b":")[0] in _OF_A_MAIL and fields >= {b"from", b"date"}
    return EMAIL if is_mail and b"\0" not in head else ""


def add(decision: ContractDecision, name: str, content: IO[bytes]) -> Proof:
    """Keep a file as the proof of a decision, in place of an earlier one."""
    head = content.read(HEAD)
    content.seek(0)
    if not head:
        return Proof(is_kept=False, refused="empty")
    if not media_type_of(head):
        return Proof(is_kept=False, refused="kind")
    kept = keep(decision.company, Brought(name, content))
    source = source_of(decision.company, kept)
    if source is None:
        return Proof(is_kept=False, refused=kept.problem.message if kept.problem else "empty")
    decision.proof_file = source
    decision.save(update_fields=["proof_file"])
    return Proof(is_kept=True)
