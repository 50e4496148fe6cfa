"""MT940 and MT942: the bank statement of SWIFT. What was booked, with whom, what for, and does it add up?

`read_mt940` gives a `Statement` for each message in the file (940 at the end of a day, 942 during it). The steps:
`fields` (bytes to fields like :61:), `statement` (fields to statements, page by page), `details` (field 86, in which
every bank writes in its own way who paid and why), `values` (days and amounts).

What counts: each field 61 is a movement, except what is only expected (EC, ED in a 942). RC and RD, the reversals
of a credit and of a debit, take the sign of what they undo the other way round.

Why our own and not mt-940, the library we had chosen: it gives reversals the wrong sign, refuses a whole file for
one line it cannot read, and makes one statement of all those in a file (docs/decisions/0008).

Limits: what is available (64, 65) and the bank's words on the whole statement are not read; of field 86 only those
dialects that `details` names are taken apart, any other is one text.
"""

from __future__ import annotations

import re

from pilothouse.intake.coda.lines import decode
from pilothouse.intake.mt940.fields import read_fields
from pilothouse.intake.mt940.statement import Drafts
from pilothouse.intake.papers import Problem, Reading

MB = 1024 * 1024
LARGEST = 50 * MB
MOST_MOVEMENTS = 300_000
MOST_LINE_ENDS = 3_000_000

_TOP = 4096
_FIELD = re.compile(r"^[ \t]{0,3}:(?:20|25P?|28C?|6[0245][FM]?|61|86|NS):", re.MULTILINE)


def looks_like_mt940(head: bytes) -> bool:
    """Whether a line among the first bytes of a file, or below what a bank puts above, starts a field."""
    return bool(_FIELD.search(decode(head[:_TOP])[0].replace("\r", "\n")))


def read_mt940(data: bytes) -> Reading:
    """All statements in the bytes, and the problems of what is not in a statement."""
    if len(data) > LARGEST or data.count(b"\n") + data.count(b"\r") > MOST_LINE_ENDS:
        return (), (_too_large(len(data)),)
    text, reason = decode(data)
    if text.count(":61:") > MOST_MOVEMENTS:
        return (), (_too_large(len(data)),)
    drafts = Drafts()
    for field in read_fields(text):
        drafts.read(field)
        if drafts.too_many:
            return (), (_too_large(len(data)),)
    papers, faults = drafts.statements()
    if not papers and not faults.first:
        words = (
            "The file holds no account, no balance and no movement, so nothing can be taken from it. Fetch the "
            "statement again from the bank."
        )
        faults.say("empty", words)
    if reason:
        words = f"The file is in an unusual encoding: {reason}. Check the names."
        faults.say("encoding", words, warning=True)
    return tuple(papers), faults.all()


def _too_large(size: int) -> Problem:
    words = (
        f"The file has {size // MB} MB; a bank statement of more than {LARGEST // MB} MB or of that many "
        "statements or movements is not read. Export a shorter period."
    )
    return Problem("mt940.size", "error", words)
