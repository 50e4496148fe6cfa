"""How long a statement of 100,000 movements takes to read, and how much memory: `python -m bench.camt`.

A made-up camt.053 as banks write it: every entry with day, code, reference, both parties and a communication.
The memory is what the process needs at its highest beyond what it had with the file's bytes in it.
"""

from __future__ import annotations

import io
import resource
from decimal import Decimal

from bench.machine import table, timed
from pilothouse.intake.papers import Statement
from pilothouse.intake.recognise import read_paper

MOVEMENTS = 100_000

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
 <BkToCstmrStmt><GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-03-31T20:00:00</CreDtTm></GrpHdr>
  <Stmt><Id>BENCH</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>2026-03-31T20:00:00</CreDtTm>
   <Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Bakkerij De Zon</Nm></Ownr></Acct>
"""
_BALANCE = """   <Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>
    <CdtDbtInd>{way}</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>
"""
_ENTRY = """   <Ntry>
    <NtryRef>{number}</NtryRef>
    <Amt Ccy="EUR">{amount}</Amt>
    <CdtDbtInd>DBIT</CdtDbtInd>
    <Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>2026-03-{day:02d}</Dt></BookgDt>
    <ValDt><Dt>2026-03-{day:02d}</Dt></ValDt>
    <AcctSvcrRef>REF{number:010d}</AcctSvcrRef>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls>
     <TxDtls>
      <Refs><EndToEndId>E2E{number}</EndToEndId></Refs>
      <Amt Ccy="EUR">{amount}</Amt>
      <CdtDbtInd>DBIT</CdtDbtInd>
      <RltdPties>
       <Dbtr><Pty><Nm>Bakkerij De Zon</Nm></Pty></Dbtr>
       <DbtrAcct><Id><IBAN>BE68539007547034</IBAN></Id></DbtrAcct>
       <Cdtr><Pty><Nm>Vendor {vendor}</Nm><PstlAdr><Ctry>BE</Ctry></PstlAdr></Pty></Cdtr>
       <CdtrAcct><Id><IBAN>BE71096123456769</IBAN></Id></CdtrAcct>
      </RltdPties>
      <RltdAgts><CdtrAgt><FinInstnId><BICFI>KREDBEBB</BICFI></FinInstnId></CdtrAgt></RltdAgts>
      <RmtInf><Ustrd>Invoice {number} of March</Ustrd></RmtInf>
     </TxDtls>
    </NtryDtls>
   </Ntry>
"""


def statement(movements: int) -> bytes:
    """A camt.053 whose balances hold."""
    total = sum((_amount(number) for number in range(movements)), Decimal(0))
    file = io.BytesIO()
    file.write(_HEAD.encode())
    for kind, amount, way in (("OPBD", "0.00", "CRDT"), ("CLBD", total, "DBIT")):
        file.write(_BALANCE.format(kind=kind, amount=amount, way=way).encode())
    for number in range(movements):
        day, vendor = number % 28 + 1, number % 500
        entry = _ENTRY.format(number=number, amount=_amount(number), day=day, vendor=vendor)
        file.write(entry.encode())
    file.write(b"  </Stmt>\n </BkToCstmrStmt>\n</Document>\n")
    return file.getvalue()


def _amount(number: int) -> Decimal:
    return Decimal(number % 99_999 + 1) / 100


def _memory() -> float:
    """The most memory the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    data = statement(MOVEMENTS)
    size, before = len(data) / 2**20, _memory()
    seconds, ((paper,), problems) = timed(lambda: read_paper(data, "march.xml"))
    assert isinstance(paper, Statement)
    assert (len(paper.movements), paper.problems, problems) == (MOVEMENTS, (), ())
    table(
        f"A camt.053 of {MOVEMENTS:,} movements ({size:.0f} MB)",
        [
            ("read", f"{seconds:.1f} s", "15 s"),
            ("memory beyond the file", f"{_memory() - before:.0f} MB", f"{size * 10 + 200:.0f} MB"),
        ],
    )


if __name__ == "__main__":
    main()
