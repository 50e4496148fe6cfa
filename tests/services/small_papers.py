"""Small papers of made-up firms, and how they come in as a worker would take them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

from pilothouse.accounts.models import Company
from pilothouse.records.models import Import
from pilothouse.sample.bills import Bill, Line
from pilothouse.sample.firm import party
from pilothouse.sample.ubl_writer import write_ubl
from pilothouse.services import intake
from tests.conftest import TODAY

BUYER = "Wij Zelf NV"


def bill(
    seller: str,
    number: str = "F-1",
    *,
    what: str = "Microsoft 365 Business Standard",
    net: str = "100",
    issued: date = date(2026, 5, 4),
    buyer: str = BUYER,
) -> bytes:
    """An e-invoice of one line; the same words make the same bytes."""
    return write_ubl(
        Bill(
            number=number,
            seller=party(f"seller {seller}", seller),
            buyer=party(f"buyer {buyer}", buyer),
            month=0,
            issued=issued,
            due=issued + timedelta(days=30),
            lines=(Line(what, Decimal(1), Decimal(net)),),
        )
    )


def payments(*paid: tuple[date, str, str, str], account: str = "BE68539007547034") -> bytes:
    """A bank statement with these payments: day, amount, to whom, words."""
    entries = "".join(
        f"""<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><NtryDtls><TxDtls>
        <RltdPties><Cdtr><Nm>{to}</Nm></Cdtr></RltdPties><RmtInf><Ustrd>{words}</Ustrd></RmtInf>
        </TxDtls></NtryDtls></Ntry>"""
        for day, amount, to, words in paid
    )
    return f"""<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
    <BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>{entries}</Stmt>
    </BkToCstmrStmt></Document>""".encode()


def in_other_bytes(paper: bytes) -> bytes:
    """The same paper in a file of its own: another program wrote it, and every line stands elsewhere."""
    return paper.replace(b"?>", b"?>\n<!-- written\nby another\nprogram -->", 1)


def receive(company: Company, **files: bytes) -> Import:
    """An import that waits; the names of files come with a full stop for each double underscore."""
    named = {name.replace("__", "."): data for name, data in files.items()}
    return intake.receive(
        company, [intake.Brought(name, io.BytesIO(data)) for name, data in named.items()], by=None
    )


def bring(company: Company, **files: bytes) -> Import:
    """An import that is taken in."""
    batch = receive(company, **files)
    intake.take_in(batch.pk, today=TODAY)
    batch.refresh_from_db()
    return batch


def undo(batch: Import, by: object) -> None:
    """Undone, as a worker would."""
    assert intake.ask_undo(batch, by=by)  # type: ignore[arg-type]  # whoever the test has at hand
    intake.take_in(batch.pk, today=TODAY)
