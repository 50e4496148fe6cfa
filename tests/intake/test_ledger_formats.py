"""FEC, SIE and DATEV: ledgers by their own rules, in samples of our own making."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake.ledgers import looks_like_ledger, preview, read_ledger
from pilothouse.intake.ledgers.datev import looks_like_datev
from pilothouse.intake.ledgers.fec import looks_like_fec
from pilothouse.intake.ledgers.sie import looks_like_sie
from pilothouse.intake.papers import Ledger, LedgerLine, Period
from pilothouse.intake.recognise import read_paper


def ledger(data: bytes) -> Ledger:
    assert looks_like_ledger(data[:65_536])
    (paper,), problems = read_ledger(data)
    assert problems == ()
    assert isinstance(paper, Ledger)
    return paper


def rules(data: bytes) -> list[str]:
    papers, problems = read_ledger(data)
    assert papers == ()
    assert {problem.level for problem in problems} == {"error"}
    return [problem.rule for problem in problems]


# --- FEC

FEC_HEAD = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)
FEC_ROWS = (
    "AN|A nouveaux|1|20260101|512000|Banque|||AN|20260101|Report à nouveau|1000,00|0,00|||20260131||",
    "AN|A nouveaux|1|20260101|101000|Capital|||AN|20260101|Report à nouveau|0,00|1000,00|||20260131||",
    "AC|Achats|2|20260105|626000|Téléphone|||F1|20260104|Orange janvier|100,00|0,00|||20260131||",
    "AC|Achats|2|20260105|445660|TVA|||F1|20260104|Orange janvier|20,00|0,00|||20260131||",
    "AC|Achats|2|20260105|401000|Fournisseurs|ORA|Orange SA|F1|20260104|Orange janvier|0,00|120,00|A|20260110"
    "|20260131||",
    "AC|Achats|3|20260125|626000|Téléphone|||F2|20260124|Total|5,50|0,00|||20260131||",
    "AC|Achats|3|20260125|401000|Fournisseurs|ORA|Orange SA|F2|20260124|Total|0,00|5,50|||20260131||",
)
FEC = "\r\n".join((FEC_HEAD, *FEC_ROWS))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", ["\t", "|", ";"])
def test_a_fec_is_read_in_every_dress_that_programs_give_it(codec: str, delimiter: str) -> None:
    paper = ledger(FEC.replace("|", delimiter).encode(codec))
    assert (paper.syntax, paper.book, paper.currency) == ("fec", "general", "EUR")
    assert paper.problems == ()
    assert {column.by for column in paper.columns} == {"format"}
    assert len(paper.lines) == 7
    assert sum(line.amount or 0 for line in paper.lines) == 0
    assert paper.lines[2] == LedgerLine(
        place="line 4",
        date=date(2026, 1, 5),
        amount=Decimal("100.00"),
        party="Orange SA",
        description="Orange janvier",
        document="F1",
        account="626000",
        account_name="Téléphone",
        journal="AC",
    )
    assert paper.period == Period(date(2026, 1, 1), date(2026, 1, 25))


def test_a_fec_may_have_one_amount_and_its_side() -> None:
    head = FEC_HEAD.replace("Debit|Credit", "Montant|Sens")
    rows = [
        "AC|Achats|2|20260105|626000|Tel|||F1|20260104|Orange|100.00|D|||20260131||",
        "AC|Achats|2|20260105|401000|Fourn||Orange SA|F1|20260104|Orange|100.00|C|||20260131||",
    ]
    paper = ledger("\n".join([head, *rows]).encode())
    assert [line.amount for line in paper.lines] == [Decimal("100.00"), Decimal("-100.00")]


def test_a_fec_without_lines_is_said_and_another_table_is_no_fec() -> None:
    assert rules(FEC_HEAD.encode() + b"\n") == ["ledger.empty"]
    assert not looks_like_fec(b"Date;Journal;Debit\n")
    assert not looks_like_fec(b"")


def test_a_fec_that_does_not_balance_is_said() -> None:
    paper = ledger("\n".join([FEC_HEAD, *FEC_ROWS[:-1]]).encode())
    assert [problem.rule for problem in paper.problems] == ["ledger.balance"]


def test_a_preview_shows_what_the_format_says() -> None:
    seen = preview(FEC.encode(), rows=3)
    assert seen.headers[:2] == ("JournalCode", "JournalLib")
    assert len(seen.lines) == 3
    assert (seen.book, seen.columns[3].column.meaning) == ("general", "date")
    assert preview(FEC_HEAD.encode()).problems[0].rule == "ledger.empty"


# --- SIE

SIE = """#FLAGGA 0
#PROGRAM "Bok" 1.0
#FORMAT PC8
#GEN 20260201
#SIETYP 4
#ORGNR 556000-0000
#FNAMN "Övning & Söner AB"
#RAR 0 20260101 20261231
#RAR -1 20250101 20251231
#VALUTA SEK
#KONTO 6540 "IT-tjänster"
#KONTO 2440 Leverantörsskulder
#DIM 1 "Kostnadsställe"
#OBJEKT 1 "100" "Säljavdelning"
#IB 0 2440 -5.00
#VER A 1 20260115 "Telia januari" 20260116
{
#TRANS 6540 {1 "100"} 100.00
#RTRANS 6540 {} 7.00
#BTRANS 6540 {} 7.00
\t#TRANS 2440 {} -100.00 20260117 "Sk\\"uld"
}
#VER A 2 20260120
{
#TRANS 6540 {6 "x"} 10
#TRANS 2440 {} -10
}
"""


@pytest.mark.parametrize("codec", ["cp437", "utf-8", "utf-8-sig", "cp1252"])
def test_a_sie_file_is_read_in_the_charsets_that_are_met(codec: str) -> None:
    paper = ledger(SIE.encode(codec))
    assert (paper.syntax, paper.book, paper.currency) == ("sie", "general", "SEK")
    assert (paper.holder, paper.holder_id) == ("Övning & Söner AB", "556000-0000")
    assert paper.period == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert paper.problems == ()
    assert paper.lines[0] == LedgerLine(
        place="line 18",
        date=date(2026, 1, 15),
        amount=Decimal("100.00"),
        currency="SEK",
        description="Telia januari",
        document="1",
        account="6540",
        account_name="IT-tjänster",
        journal="A",
        department="Säljavdelning",
    )
    second = paper.lines[1]
    assert (second.date, second.description, second.account_name) == (
        date(2026, 1, 17),
        'Sk"uld',
        "Leverantörsskulder",
    )
    assert paper.lines[2].department == "x"
    assert len(paper.lines) == 4


def test_a_sie_file_with_faults_is_read_as_far_as_it_goes() -> None:
    text = """#FLAGGA 0
#SIETYP 4
#FNAMN
#VALUTA
#TRANS 1 {} 5
#VER A 1 soon "x"
#TRANS 6540 {} ten
#TRANS\t6540 {} 10
no label
#VER A 2 20260115
#TRANS 6540 {} 1
#TRANS 2440 {} -1
"""
    paper = ledger(text.encode())
    assert [(problem.rule, problem.place) for problem in paper.problems] == [
        ("sie.line", "line 5"),
        ("sie.date", "line 6"),
        ("sie.line", "line 7"),
        ("sie.balance", "line 6"),
    ]
    assert [line.date for line in paper.lines] == [None, date(2026, 1, 15), date(2026, 1, 15)]
    assert (paper.currency, paper.holder) == ("SEK", None)
    assert paper.period == Period(date(2026, 1, 15), date(2026, 1, 15))


def test_the_problems_of_a_sie_file_come_to_an_end() -> None:
    text = "#FLAGGA 0\n#VER A 1 x\n#TRANS 1 {} 1\n" + "#TRANS 1 {} x\n" * 100
    paper = ledger(text.encode())
    assert len(paper.problems) == 20
    assert paper.period is None


def test_a_sie_file_of_balances_gives_no_ledger() -> None:
    assert rules(b"#FLAGGA 0\n#SIETYP 1\n#UB 0 1910 5.00\n") == ["sie.no_entries"]
    assert not looks_like_sie(b"#FLAGG 0")


# --- DATEV

DATEV_FIRST = (
    '"EXTF";700;21;"Buchungsstapel";12;20260205101010000;;"RE";"";"";1001;10001;20260101;4;20260101;20260131;"Januar";'
    '"";1;0;0;"EUR"'
)
DATEV_HEAD = (
    '"Umsatz (ohne Soll/Haben-Kz)";"Soll/Haben-Kennzeichen";"WKZ Umsatz";"Kurs";"Basis-Umsatz";"WKZ Basis-Umsatz";'
    '"Konto";"Gegenkonto (ohne BU-Schlüssel)";"BU-Schlüssel";"Belegdatum";"Belegfeld 1";"Belegfeld 2";"Skonto";'
    '"Buchungstext";"Postensperre";"KOST1 - Kostenstelle";"EU-Land u. UStID (Bestimmung)";"Generalumkehr (GU)"'
)
DATEV_ROWS = (
    '1190,00;"S";"EUR";;;"";4920;70001;"9";501;"R-1";"";;"Telekom Januar";;"IT";"DE136695976";"0"',
    '10,00;"H";"EUR";;;"";4920;70001;"9";3101;"R-2";"";;"Gutschrift Köln";;"";"";"0"',
    '5,00;"S";"EUR";;;"";4920;70001;"9";0701;"R-3";"";;"Storno";;"";"";"G"',
)
DATEV = "\r\n".join((DATEV_FIRST, DATEV_HEAD, *DATEV_ROWS))


@pytest.mark.parametrize("codec", ["cp1252", "utf-8-sig"])
def test_a_posting_gives_a_line_for_each_of_its_accounts(codec: str) -> None:
    paper = ledger(DATEV.encode(codec))
    assert (paper.syntax, paper.book, paper.currency, paper.net) == ("datev", "general", "EUR", False)
    assert paper.period == Period(date(2026, 1, 1), date(2026, 1, 31))
    assert paper.problems == ()
    assert paper.lines[0] == LedgerLine(
        place="line 3",
        date=date(2026, 1, 5),
        amount=Decimal("1190.00"),
        currency="EUR",
        party_id="DE136695976",
        description="Telekom Januar",
        document="R-1",
        account="4920",
        department="IT",
    )
    assert [(line.account, str(line.amount)) for line in paper.lines] == [
        ("4920", "1190.00"),
        ("70001", "-1190.00"),
        ("4920", "-10.00"),
        ("70001", "10.00"),
        ("4920", "-5.00"),
        ("70001", "5.00"),
    ]
    meanings = {column.header: column.meaning for column in paper.columns if column.meaning}
    assert meanings["Belegdatum"] == "date"
    assert "Kurs" not in meanings


def rows(*postings: str, first: str = DATEV_FIRST) -> bytes:
    return "\r\n".join((first, DATEV_HEAD, *postings)).encode("cp1252")


@pytest.mark.parametrize(
    ("begins", "period", "written", "day"),
    [
        ("20260101", ("20260101", "20260131"), "0501", date(2026, 1, 5)),
        ("20260101", ("20260101", "20260131"), "05012026", date(2026, 1, 5)),
        ("20250701", ("20260101", "20260131"), "0501", date(2026, 1, 5)),
        ("20250701", ("20250701", "20250731"), "0508", date(2025, 8, 5)),
        ("20250701", ("20250701", "20250731"), "0502", date(2026, 2, 5)),
        ("20240101", ("", ""), "2902", date(2024, 2, 29)),
        ("", ("20260101", "20260131"), "0501", date(2026, 1, 5)),
        ("20260101", ("20260101", "20260131"), "3002", None),
        ("20260101", ("20260101", "20260131"), "soon", None),
        ("", ("", ""), "0501", None),
    ],
)
def test_the_year_of_a_day_is_that_of_the_period(
    begins: str, period: tuple[str, str], written: str, day: date | None
) -> None:
    first = DATEV_FIRST.replace(";20260101;4;20260101;20260131;", f";{begins};4;{period[0]};{period[1]};")
    paper = ledger(rows(DATEV_ROWS[0].replace(";501;", f";{written};"), first=first))
    assert paper.lines[0].date == day
    assert [problem.rule for problem in paper.problems] == ([] if day else ["datev.date"])
    if not period[0]:
        assert paper.period == (Period(day, day) if day else None)


def test_a_posting_without_amount_is_left_out_and_said() -> None:
    paper = ledger(rows(DATEV_ROWS[0], DATEV_ROWS[1].replace("10,00", "zehn"), "7"))
    assert len(paper.lines) == 4
    assert [(problem.rule, problem.place) for problem in paper.problems] == [
        ("datev.amount", "line 4"),
        ("datev.date", "line 5"),
    ]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (
            DATEV_FIRST.replace(";21;", ";16;").replace("Buchungsstapel", "Debitoren/Kreditoren"),
            "datev.category",
        ),
        (DATEV_FIRST, "datev.columns"),
        (f"{DATEV_FIRST}\r\nKonto;Umsatz\r\n", "datev.columns"),
        (f"{DATEV_FIRST}\r\n{DATEV_HEAD}\r\n", "datev.empty"),
    ],
)
def test_a_datev_file_without_postings_is_refused_with_the_reason(data: str, rule: str) -> None:
    assert rules(data.encode("cp1252")) == [rule]
    assert not looks_like_datev(b"EXT;1;2")


# --- all


@pytest.mark.parametrize("data", [FEC.encode(), SIE.encode("cp437"), DATEV.encode("cp1252")])
def test_each_is_recognised_by_what_is_in_it(data: bytes) -> None:
    (paper,), problems = read_paper(data, "noname")
    assert isinstance(paper, Ledger)
    assert problems == ()


@given(
    st.sampled_from([FEC.encode(), SIE.encode("cp437"), DATEV.encode("cp1252")]),
    st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6),
    st.integers(1),
)
@settings(max_examples=300, deadline=None)
def test_bytes_changed_or_cut_anywhere_never_break_a_format(
    sample: bytes, changes: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(sample)
    for position, value in changes:
        data[position % len(data)] = value
    papers, problems = read_ledger(bytes(data[: end % len(data) + 1]))
    assert papers or problems
