"""CAMT: the bank statement of ISO 20022. What was booked, with whom, what for, and does it add up?

`read_camt` takes camt.052 (report of the day), camt.053 (statement) and camt.054 (notice), versions 1 and up,
whatever the namespace and its prefix, alone or in an envelope, and gives a `Statement` for each Stmt, Rpt or
Ntfctn. The file is streamed: an entry is read as soon as it ends (`entries`) and thrown away, and a statement is
put together when it ends (`statement`).

What counts: an entry (Ntry) that is booked. Entries that are pending, for information or in the future are no
movements. An entry of several transactions whose own amounts add up to it is a movement for each of them; otherwise
the entry is one movement, and what its transactions say is in its communication, in square brackets.

Limits: charges are part of the entry's amount and not shown apart; amounts in other currencies, exchange rates,
addresses, mandates and purposes are not read.
"""

from __future__ import annotations

import re

from pilothouse.intake.papers import Problem, Reading
from pilothouse.intake.unread import looks_like_xml

_MESSAGE = re.compile(
    rb"iso:20022:tech:xsd:camt\.05[234]\.|<(?:[\w.-]+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)(?:V\d+)?[\s/>]"
)


def looks_like_camt(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a camt.052, 053 or 054."""
    # The zeros of UTF-16 stand between the letters.
    return looks_like_xml(head) and bool(_MESSAGE.search(head.replace(b"\0", b"")))


def read_camt(data: bytes) -> Reading:
    """All statements of the file, and why it gave none."""
    # Here and not above: whether a file is CAMT is asked without the XML library.
    from pilothouse.intake.camt.statement import Statements
    from pilothouse.intake.xml import Refused, stream_xml

    statements = Statements()
    try:
        stream_xml(data, take=statements.take)
    except Refused as refused:
        return (), (refused.problem,)
    papers, problems = statements.read()
    if not papers and not problems:
        words = (
            "The file holds no statement: it was made without an account or a period, or is of another kind. Fetch "
            "the statement (camt.053) again from the bank."
        )
        return (), (Problem("camt.empty", "error", words),)
    return papers, problems
