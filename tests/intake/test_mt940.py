"""MT940 and MT942 messages of made-up companies, in the ways of many banks, and what must come out of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake import mt940
from pilothouse.intake.mt940 import looks_like_mt940, read_mt940
from pilothouse.intake.mt940 import statement as mt940_statement
from pilothouse.intake.mt940.values import Unreadable, read_amount, read_day
from pilothouse.intake.papers import Balance, Counterparty, Movement, Problem, Statement
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.statements import PROBLEMS_SHOWN

OURS = "NL91ABNA0417164300"
THEIRS = "NL20INGB0001234567"


# --- a small builder


def message(*body: str, opening: str = "C260301EUR100,00", closing: str = "C260302EUR90,00") -> str:
    head = [":20:STARTUMS", f":25:{OURS}", ":28C:00012/001", f":60F:{opening}"]
    return "\r\n".join([*head, *body, f":62F:{closing}", "-", ""])


def read(text: str) -> list[Statement]:
    papers, problems = read_mt940(text.encode())
    assert problems == ()
    return [paper for paper in papers if isinstance(paper, Statement)]


def read_one(text: str) -> Statement:
    (paper,) = read(text)
    return paper


def moved(line: str, *details: str) -> Movement:
    """The one movement of a message."""
    (movement,) = read_one(
        "\n".join([":20:X", f":25:{OURS}", ":13D:2603021200+0100", line, *details])
    ).movements
    return movement


def told(*details: str, line: str = ":61:2603020302D10,00NTRFNONREF") -> tuple[Counterparty, str | None, str]:
    movement = moved(line, *details)
    return movement.counterparty, movement.structured, movement.communication


def rules(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.level) for problem in problems]


TEN = ":61:2603020302D10,00NTRFNONREF"


# --- statements


def test_a_statement_says_whose_account_it_is_and_what_was_on_it() -> None:
    paper = read_one(message(":61:2603010302D10,00NTRFINV 7//BANK1", ":86:Thanks"))
    assert (paper.account, paper.currency, paper.number) == (OURS, "EUR", "00012")
    assert paper.opening == Balance(date(2026, 3, 1), Decimal("100.00"))
    assert paper.closing == Balance(date(2026, 3, 2), Decimal("90.00"))
    assert paper.problems == ()
    assert paper.movements == (
        Movement(
            date=date(2026, 3, 2),
            value_date=date(2026, 3, 1),
            amount=Decimal("-10.00"),
            counterparty=Counterparty(),
            communication="Thanks",
            structured=None,
            bank_reference="BANK1",
            place="line 5",
            code="NTRF",
        ),
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        "{1:F01ABNANL2AXXXX0000000000}{2:I940ABNANL2AXXXXN}{4:\r\n%s}{5:}",
        "{1:F01ABNANL2A}{2:I940ABNANL2AN}{3:}{4:%s}",
        "ABNANL2A\r\n940\r\nABNANL2A\r\n%s",
        "0000 01INGBNL2AXXXX00001\r\n0000 01INGBNL2AXXXX00001\r\n940 00\r\n%sXXX\r\n",
        ":940:\r\n%s",
        "\ufeff%s",
        "\r\n\r\n%s\x1a",
    ],
)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_what_a_bank_puts_around_a_message_and_how_it_ends_lines_change_nothing(
    wrapped: str, end: str
) -> None:
    text = wrapped.replace("%s", message(TEN).rstrip("\r\n")).replace("\r\n", end)
    assert looks_like_mt940(text.encode())
    papers, problems = read_paper(text.encode(), "x")
    (paper,) = papers
    assert isinstance(paper, Statement)
    assert (len(paper.movements), paper.problems, problems) == (1, (), ())


def test_a_file_may_hold_several_statements_with_or_without_an_end_between() -> None:
    second = message(TEN, opening="C260302EUR90,00", closing="C260303EUR80,00").replace("00012", "00013")
    for between in ("", "-\r\n"):
        text = message(TEN).removesuffix("-\r\n") + between + second
        assert [(paper.number, len(paper.movements)) for paper in read(text)] == [("00012", 1), ("00013", 1)]


def test_a_statement_may_start_with_its_balance_or_account_alone() -> None:
    second = message(TEN, opening="C260302EUR90,00", closing="C260303EUR80,00")
    for start in (":60F:", ":25:"):
        papers = read(message(TEN) + second[second.index(start) :])
        assert [paper.account for paper in papers] == [OURS, OURS]
        assert all(not paper.problems for paper in papers)


def test_a_movement_behind_the_end_has_account_and_currency_of_the_statement_before() -> None:
    before, after = read(message(TEN) + ":61:260305C5,NMSCX\r\nPaiement\r\n")
    assert (len(before.movements), before.problems) == (1, ())
    assert (after.account, after.currency, after.movements[0].amount) == (OURS, "EUR", Decimal(5))
    assert after.movements[0].communication == "Paiement"
    assert rules(after.problems) == [("mt940.incomplete", "warning")]


def test_a_movement_behind_an_end_without_balance_starts_a_statement_too() -> None:
    papers = read(f":20:X\n:25:{OURS}\n:60F:C260301EUR100,00\n{TEN}\n-\n{TEN}\n")
    assert [len(paper.movements) for paper in papers] == [1, 1]


@pytest.mark.parametrize(
    ("first", "then", "found", "problems"),
    [
        ("C260302EUR90,00", "C260302EUR90,00", [("00012", 2)], []),
        ("C260302EUR90,00", "C260302EUR91,00", [("00012", 1), ("00012", 1)], [("mt940.page", "error")]),
    ],
)
def test_pages_of_a_statement_are_put_together_where_they_agree(
    first: str, then: str, found: list[tuple[str, int]], problems: list[tuple[str, str]]
) -> None:
    page = message(TEN, closing=first).replace(":62F:", ":62M:")
    closing = "C260303EUR80,00" if not problems else "C260303EUR81,00"
    last = message(TEN, opening=then, closing=closing).replace(":60F:", ":60M:").replace("/001", "/002")
    papers, outside = read_mt940((page + last).encode())
    statements = [paper for paper in papers if isinstance(paper, Statement)]
    assert [(paper.number, len(paper.movements)) for paper in statements] == found
    assert [rule for paper in statements for rule in rules(paper.problems)] == problems
    assert rules(outside) == ([("mt940.gap", "warning")] if problems else [])


@pytest.mark.parametrize(
    ("openings", "said"),
    [
        (["C260301EUR100,00", "C260302EUR90,00"], 0),
        (["C260301EUR100,00", "C260302EUR95,00"], 1),
    ],
)
def test_a_gap_between_statements_of_an_account_is_said(openings: list[str], said: int) -> None:
    closings = ["C260302EUR90,00", f"C260303EUR{80 + 5 * said},00"]
    papers = [message(TEN, opening=o, closing=c) for o, c in zip(openings, closings, strict=True)]
    for text in ("".join(papers), "".join(reversed(papers))):
        found = read_mt940(text.encode())[1]
        assert rules(found) == [("mt940.gap", "warning")] * said


@pytest.mark.parametrize(
    ("written", "account"),
    [
        (OURS, OURS),
        (f"{OURS}EUR", OURS),
        ("NL91 ABNA 0417 1643 00 EUR", OURS),
        (f"ABNANL2A/{OURS}", OURS),
        (f"/{OURS}EUR", OURS),
        ("12345678/1020304050", "12345678/1020304050"),
        ("0001234567EUR", "0001234567EUR"),
    ],
)
def test_the_account_is_an_iban_where_there_is_one(written: str, account: str) -> None:
    assert read_one(message(TEN).replace(f":25:{OURS}", f":25:{written}")).account == account
    assert read_one(message(TEN).replace(f":25:{OURS}", f":25P:{written}\r\nABNANL2A")).account == account


@pytest.mark.parametrize(
    ("written", "number"),
    [("160/1", "160"), ("00000", "00000"), ("1810118101", "18101"), ("5", "5"), ("", None)],
)
def test_the_number_is_that_of_the_statement_without_its_page(written: str, number: str | None) -> None:
    assert read_one(message(TEN).replace("00012/001", written)).number == number
    assert read_one(message(TEN).replace(":28C:00012/001", f":28:{written}")).number == number


# --- proofs


def test_balances_that_do_not_hold_are_said_and_the_statement_is_kept() -> None:
    paper = read_one(message(TEN, closing="C260302EUR90,01"))
    (problem,) = paper.problems
    assert (problem.rule, problem.level, problem.place) == ("mt940.balance", "error", "line 1")
    assert "100.00 before and -10.00 of movements give 90.00, and the bank says 90.01" in problem.message
    assert len(paper.movements) == 1


def test_an_overdrawn_account_has_negative_balances() -> None:
    paper = read_one(message(TEN, opening="D260301EUR5,00", closing="D260302EUR15,"))
    assert paper.opening
    assert paper.closing
    assert (paper.opening.amount, paper.closing.amount, paper.problems) == (Decimal(-5), Decimal(-15), ())


def test_a_balance_without_its_currency_has_that_of_the_other() -> None:
    for text in (message(TEN, closing="C26030290,00"), message(TEN, opening="C260301100,00")):
        paper = read_one(text)
        assert (paper.currency, paper.problems) == ("EUR", ())


def test_two_currencies_are_said() -> None:
    paper = read_one(message(TEN, closing="C260302USD1,00"))
    assert (paper.currency, rules(paper.problems)) == ("EUR", [("mt940.currency", "error")])


@pytest.mark.parametrize(
    ("cut", "rule"),
    [
        (f":20:X\n:25:{OURS}\n:60F:C260301EUR1,00\n{TEN}", ["mt940.incomplete"]),
        (f":20:X\n:25:{OURS}\n{TEN}\n:62F:C260301EUR1,00", ["mt940.incomplete"]),
        (f":20:X\n:25:{OURS}\n{TEN}", ["mt940.currency", "mt940.incomplete"]),
        (":20:X\n:60F:C260301EUR1,00\n:62F:C260301EUR1,00", ["mt940.account"]),
    ],
)
def test_what_is_missing_is_said(cut: str, rule: list[str]) -> None:
    assert [problem.rule for problem in read_one(cut).problems] == rule


DAY = f":20:X\n:25:{OURS}\n:34F:EURD0,\n:13D:2603021200+0100\n"


def test_a_report_of_the_day_has_no_balances_and_nothing_is_wrong() -> None:
    paper = read_one(f"{DAY}{TEN}\n:86:X\n:61:260302C5,00NTRFY\n:90D:1EUR10,00\n:90C:1EUR5,00\n-")
    assert (paper.currency, paper.opening, paper.closing, paper.problems) == ("EUR", None, None, ())


def test_what_is_only_expected_is_no_movement() -> None:
    paper = read_one(f"{DAY}{TEN}\n:61:2603020302EC5,00NTRFX\n:61:2603020302ED7,00NTRFX\n:90C:1EUR5,00\n")
    assert ([m.amount for m in paper.movements], paper.problems) == ([Decimal(-10)], ())


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (":90D:1EUR10,00", []),
        (":90D:EUR10,00", []),
        (":90D:2EUR10,00", [("mt940.count", "warning")]),
        (":90D:1EUR11,00", [("mt940.control", "error")]),
        (":90C:1EUR1,00", [("mt940.control", "error")]),
        (":90D:one", [("mt940.line", "error")]),
    ],
)
def test_the_banks_own_sums_are_asked(totals: str, expected: list[tuple[str, str]]) -> None:
    head = f":20:X\n:25:{OURS}\n:13:2603021200\n"
    currency = [] if "EUR" in totals else [("mt940.currency", "error")]
    problems = rules(read_one(f"{head}{TEN}\n{totals}").problems)
    assert sorted(problems) == sorted([*expected, *currency])


def test_a_floor_limit_without_a_currency_tells_none() -> None:
    paper = read_one(f":20:X\n:25:{OURS}\n:34F:0\n{TEN}")
    assert (paper.currency, rules(paper.problems)) == ("", [("mt940.currency", "error")])


# --- field 61


@pytest.mark.parametrize(
    ("mark", "amount"),
    [
        ("C", "5"),
        ("D", "-5"),
        ("RC", "-5"),
        ("RD", "5"),
        ("CR", "5"),
        ("DR", "-5"),
        ("RDR", "5"),
        ("DM", "-5"),
    ],
)
def test_reversals_go_the_other_way_and_a_funds_code_changes_nothing(mark: str, amount: str) -> None:
    assert moved(f":61:2603020302{mark}5,00NTRFX").amount == Decimal(amount)


@pytest.mark.parametrize(
    ("line", "day", "value_day"),
    [
        ("2603020303D5,", date(2026, 3, 3), date(2026, 3, 2)),
        ("260302D5,", date(2026, 3, 2), date(2026, 3, 2)),
        ("260302    D5,", date(2026, 3, 2), date(2026, 3, 2)),
        ("2512311231D5,", date(2025, 12, 31), date(2025, 12, 31)),
        ("2512310102D5,", date(2026, 1, 2), date(2025, 12, 31)),
        ("2601021231D5,", date(2025, 12, 31), date(2026, 1, 2)),
        ("2402280229D5,", date(2024, 2, 29), date(2024, 2, 28)),
        ("2602280229D5,", date(2026, 2, 28), date(2026, 2, 28)),  # no such day in any year near
        ("2602300301D5,", date(2026, 3, 1), date(2026, 2, 28)),
        ("9902300301D5,", date(1999, 3, 1), date(1999, 2, 28)),
        ("2402300301D5,", date(2024, 3, 1), date(2024, 2, 29)),
        ("2602290301D5,", date(2026, 3, 1), date(2026, 2, 28)),
    ],
)
def test_the_year_turns_between_entry_and_value(line: str, day: date, value_day: date) -> None:
    movement = moved(f":61:{line}NTRFX")
    assert (movement.date, movement.value_date) == (day, value_day)


def test_a_leap_day_of_a_century_is_told_by_the_calendar() -> None:
    assert read_day("000230") == date(2000, 2, 29)
    with pytest.raises(Unreadable):
        read_day("260431")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("5,", "5"),
        ("5", "5"),
        (",50", "0.50"),
        ("000000000025,00", "25"),
        ("12.5", "12.5"),
        ("1.234,56", "1234.56"),
        ("0,001", "0.001"),
    ],
)
def test_amounts_are_written_with_a_comma_or_a_point(written: str, amount: str) -> None:
    assert moved(f":61:260302C{written}NTRFX").amount == Decimal(amount)
    assert read_amount(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["", ",", ".", "1,2,3", "1.234.567", "1.234", "..5"])
def test_what_is_no_amount_is_not_guessed(written: str) -> None:
    with pytest.raises(Unreadable):
        read_amount(written)


@pytest.mark.parametrize(
    ("rest", "code", "reference", "words"),
    [
        ("NTRFINV 7//BANK1", "NTRF", "BANK1", "INV 7"),
        ("N102EREF//A/B/TRCD/00100/", "N102", "A/B", ""),
        ("NONREF", None, None, ""),
        ("", None, None, ""),
        ("S05168790452", "S051", None, "68790452"),
        ("FCHK12//", "FCHK", None, "12"),
    ],
)
def test_kind_and_references_stand_behind_the_amount(
    rest: str, code: str | None, reference: str | None, words: str
) -> None:
    movement = moved(f":61:2603020302D5,00{rest}")
    assert (movement.code, movement.bank_reference, movement.communication) == (code, reference, words)


def test_a_line_that_a_program_wrapped_is_put_together() -> None:
    text = (
        f":20:X\n:25:{OURS}\n:13D:26\n:61:2603020302CR\n30,00N062NONREF\n:\n86:166?00GUTSCHRIFT?20SVWZ+Test\n"
    )
    (movement,) = read_one(text).movements
    assert (movement.amount, movement.communication) == (Decimal(30), "Test")


@pytest.mark.parametrize("line", [":61:hello", ":61:260431D5,00NTRFX", ":61:2603020302D1,2,3NTRFX", ":61:"])
def test_a_movement_that_cannot_be_read_is_left_out_and_said(line: str) -> None:
    paper = read_one(message(TEN, line, ":86:of the lost one"))
    assert len(paper.movements) == 1
    assert rules(paper.problems) == [("mt940.line", "error")]
    assert paper.problems[0].place == "line 6"


def test_an_unreadable_balance_is_said_and_nothing_is_proved() -> None:
    paper = read_one(message(TEN, closing="C2603EUR"))
    assert paper.closing is None
    assert rules(paper.problems) == [("mt940.line", "error"), ("mt940.incomplete", "warning")]


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    paper = read_one(message(TEN, *([":61:x"] * (PROBLEMS_SHOWN + 3))))
    assert len(paper.problems) == PROBLEMS_SHOWN + 1
    assert paper.problems[-1] == Problem("mt940.more", "warning", "… and 3 more problems.")


# --- field 86


GERMAN = (
    ":86:166?00SEPA GUTSCHRIFT?109310?20EREF+INV-2026-7?21MREF+M1?22CRED+DE98ZZZ0999",
    "9999999?23SVWZ+Rechnung 7 vom 1.3?24.2026?30COBADEFFXXX?31DE89370400440532013000",
    "?32ZONNIG HOSTING GM?33BH?34997",
)


@pytest.mark.parametrize("mark", "?><~@^|!#*")
def test_the_german_way_has_parts_behind_a_mark(mark: str) -> None:
    counterparty, structured, words = told(*(line.replace("?", mark) for line in GERMAN))
    assert counterparty == Counterparty("ZONNIG HOSTING GMBH", "DE89370400440532013000", "COBADEFFXXX")
    assert (structured, words) == (None, "Rechnung 7 vom 1.3.2026")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("166?20plain words?21 go on", (None, "plain words go on")),
        ("166?20before?21EREF+E1", (None, "before")),
        ("166?20EREF+E1?21MREF+M", (None, "E1")),
        ("166?20EREF+NOTPROVIDED", (None, "")),
        ("166?20KREF+K1", (None, "K1")),
        ("166?20EREF: RF18539007547034", ("RF18539007547034", "")),
        ("166?20SVWZ+RF18 5390 0754 7034", ("RF18539007547034", "")),
        ("166?20What? Really?21 yes", (None, "What? Really yes")),
        ("166?00ENTGELTABSCHLUSS", (None, "ENTGELTABSCHLUSS")),
        ("020~00152~20FAKTURA 7~21ÿ~22˙~23 ", (None, "FAKTURA 7")),
        ("166?20one?60two?61 three", (None, "one two three")),
        ("?20without a code", (None, "without a code")),
        ("~20without a code", (None, "without a code")),
        (">20 are words", (None, ">20 are words")),
        ("166?20late?xx", (None, "late?xx")),
        ("166?xx?20late", (None, "166?xx?20late")),
    ],
)
def test_the_purpose_of_the_german_way(text: str, expected: tuple[str | None, str]) -> None:
    assert told(f":86:{text}")[1:] == expected


@pytest.mark.parametrize(
    ("text", "account", "bic"),
    [
        ("166?3012345678?311122334455", "1122334455", "12345678"),
        ("166?31NUMMER 1?38DE89 3704 0044 0532 0130 00", "DE89370400440532013000", None),
        ("166?38NO IBAN", "NOIBAN", None),
        ("166?20IBAN+DE89370400440532013000 BIC+COBADEFFXXX", "DE89370400440532013000", "COBADEFFXXX"),
        ("000>100987654321>20X>310417164300", "0987654321", None),  # Triodos: 31 is the account itself
        ("000?100987?20X?310417164300", None, None),
        ("000>100987654321>20X", "0987654321", None),
    ],
)
def test_the_account_of_the_german_way(text: str, account: str | None, bic: str | None) -> None:
    counterparty = told(f":86:{text}")[0]
    assert (counterparty.iban, counterparty.bic) == (account, bic)


def test_words_between_slashes_as_abn_amro_and_rabobank_write_them() -> None:
    abn = (
        f":86:/TRTP/SEPA OVERBOEKING/IBAN/{THEIRS}/BIC/INGBNL2A/NAME/ZONNIG H",
        "OSTING/REMI/Invoice INV/2026/7/EREF/NOTPROVIDED",
    )
    assert told(*abn) == (Counterparty("ZONNIG HOSTING", THEIRS, "INGBNL2A"), None, "Invoice INV/2026/7")
    rabo = ":86:/EREF/E1/BENM//NAME/ZONNIG/ULTC//NAME/OTHER/REMI//ISDT/2026-03-02"
    line = f":61:260302D5,00N102EREF\n{THEIRS}"
    assert told(rabo, line=line) == (Counterparty("ZONNIG", THEIRS), None, "E1")
    ultimate_first = ":86:/ULTD//NAME/OTHER/ORDP//NAME/ZONNIG/REMI/X"
    assert told(ultimate_first) == (Counterparty("ZONNIG"), None, "X")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/EREF/E1//CNTP/{}/INGBNL2A/ZONNIG///REMI/USTD//INV 7/", (None, "INV 7")),
        ("/EREF/E1//CNTP/{}/INGBNL2A/ZONNIG///REMI/STRD/CUR/9001123412341234/", (None, "9001123412341234")),
        ("/CNTP/{}/INGBNL2A/ZONNIG///REMI/STRD/ISO/RF18539007547034/", ("RF18539007547034", "")),
        ("/CNTP/{}/INGBNL2A/ZONNIG///REMI/STRD/CUR/090933755493/", ("090933755493", "")),
        ("/CNTP/{}/INGBNL2A/ZONNIG///REMI/USTD//+++090/9337/55493+++/", ("090933755493", "")),
        ("/CNTP/{}/INGBNL2A/ZONNIG//EREF/RF18539007547034", ("RF18539007547034", "")),
    ],
)
def test_words_between_slashes_as_ing_writes_them(text: str, expected: tuple[str | None, str]) -> None:
    counterparty, structured, words = told(f":86:{text.format(THEIRS)}")
    assert counterparty == Counterparty("ZONNIG", THEIRS, "INGBNL2A")
    assert (structured, words) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/TRTP/KOSTEN/NAME/BANK", "KOSTEN"),
        ("/OCMT/USD5,00/EXCH/1,1", "/OCMT/USD5,00/EXCH/1,1"),
        ("/XX/NEVER SEEN", "/XX/NEVER SEEN"),
    ],
)
def test_between_slashes_the_bank_speaks_where_the_payer_does_not(text: str, words: str) -> None:
    assert told(f":86:{text}")[2] == words


def test_abn_amros_older_way_has_labels() -> None:
    lines = (
        f":86:SEPA OVERBOEKING                 IBAN: {THEIRS}",
        "BIC: INGBNL2A                    NAAM: ZONNIG HOSTING",
        "OMSCHRIJVING: INVOICE 7",
    )
    counterparty, _, words = told(*lines)
    assert counterparty == Counterparty("ZONNIG HOSTING", THEIRS, "INGBNL2A")
    assert words.endswith("OMSCHRIJVING: INVOICE 7")
    unsure = told(":86:IBAN: none BIC: no NAME: ZONNIG  KENMERK: 5")[0]
    assert unsure == Counterparty("ZONNIG")
    assert told(":86:IBAN: OMSCHRIJVING: X")[0] == Counterparty()


def test_mbanks_way_has_labels_of_its_own() -> None:
    text = ":86:944;Przelew; na rach.: 35109010560000000006093440; dla: ZONNIG SP; tyt.: fv 7; TNR: 1"
    assert told(text)[0] == Counterparty("ZONNIG SP", "35109010560000000006093440")
    incoming = ":86:945;Przelew; z rach.: 35109010560000000006093440; od: ZONNIG SP; tyt.: fv 7"
    assert told(incoming)[0] == Counterparty("ZONNIG SP", "35109010560000000006093440")


@pytest.mark.parametrize(
    ("line", "counterparty"),
    [
        (f":61:2603020302D5,00NIOB{THEIRS}\nzonnig hosting", Counterparty("zonnig hosting", THEIRS)),
        (":61:2603020302D5,00NIOB0987654321\nzonnig hosting", Counterparty("zonnig hosting", "0987654321")),
        (":61:2603020302D5,00N102NONREF\nP001234567", Counterparty(None, "P001234567")),
    ],
)
def test_the_other_account_may_stand_in_field_61(line: str, counterparty: Counterparty) -> None:
    words = f"{counterparty.iban} some words"
    assert told(f":86:{words}", line=line) == (counterparty, None, words)


def test_ten_digits_that_no_text_starts_with_are_a_reference() -> None:
    line = ":61:2603020302D5,00NTRF0987654321"
    assert told(line=line) == (Counterparty(), None, "0987654321")
    assert told(f":86:{THEIRS} words", line=f":61:2603020302D5,00NTRF{THEIRS}") == (
        Counterparty(None, THEIRS),
        None,
        f"{THEIRS} words",
    )


def test_free_text_is_kept_whole_and_wrapped_lines_are_joined() -> None:
    full = "A" * 60 + " Invo"
    assert told(f":86:{full}", "ice 7 of", "March", "", " 2026 ")[2] == f"{'A' * 60} Invoice 7 of March 2026"
    assert told(":86:first", ":86:second")[2] == "first second"
    assert told(":86:pays ***090/9337/55493***")[1:] == ("090933755493", "pays")
    assert told(":86:pays ***090/9337/55494***")[1:] == (None, "pays ***090/9337/55494***")


def test_a_line_that_lost_its_last_space_gets_it_back() -> None:
    head = "/NAME/ZONNIG/REMI/".ljust(60, "A")
    assert told(f":86:{head}BCDE", "FG")[2].endswith("ABCDE FG")
    assert told(f":86:{head}ABCDE", "FG")[2].endswith("ABCDEFG")


def test_of_an_endless_text_the_beginning_is_kept() -> None:
    long = [f":86:{'A' * 6000}", "B" * 6000, "C"]
    words = told(*long)[2]
    assert (len(words), words.count("A"), words.count("B")) == (10_000, 6000, 3999)


def test_a_time_of_day_at_the_start_of_a_line_is_no_field() -> None:
    assert told(":86:166?20 at 2026-03-02T13", ":12:11 sharp")[2] == "at 2026-03-02T13:12:11 sharp"


def test_a_field_with_the_wrong_tag_is_known_by_what_it_holds() -> None:
    paper = read_one(message(TEN, ":25:166?00X?20SVWZ+Words?32ZONNIG"))
    assert (paper.account, paper.movements[0].communication) == (OURS, "Words")


def test_a_field_86_of_the_whole_statement_belongs_to_no_movement() -> None:
    paper = read_one(message(":86:before", TEN, ":86:own") + ":86:after\r\n")
    assert [movement.communication for movement in paper.movements] == ["own"]


def test_fields_of_other_programs_say_holder_purpose_and_name() -> None:
    head = ":NS:22Zonnig GmbH\r\n23Konto"
    lines = ":NS:01Rechnung\r\n02RF18539007547034\r\n15ZONNIG\r\n16HOSTING\r\n17BOOKED"
    paper = read_one(message(TEN, lines).replace(":60F:", f"{head}\r\n:60F:"))
    (movement,) = paper.movements
    assert paper.holder == "Zonnig GmbH"
    assert movement.counterparty == Counterparty("ZONNIG HOSTING")
    assert (movement.structured, movement.communication) == ("RF18539007547034", "Rechnung")
    assert read_one(message(TEN).replace(":60F:", ":NS:23Konto\r\n:60F:")).holder is None


# --- encodings and refusals


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_read_in_the_usual_encodings(encoding: str) -> None:
    data = message(TEN, ":86:166?20Überweisung Größe").encode(encoding)
    assert looks_like_mt940(data)
    (paper,), problems = read_mt940(data)
    assert isinstance(paper, Statement)
    assert (paper.movements[0].communication, problems) == ("Überweisung Größe", ())


@pytest.mark.parametrize("encoding", ["cp850", "utf-16"])
def test_a_rare_encoding_is_read_and_said(encoding: str) -> None:
    data = message(TEN, ":86:166?20Überweisung Größe").encode(encoding)
    assert looks_like_mt940(data)
    (paper,), problems = read_mt940(data)
    assert isinstance(paper, Statement)
    assert paper.movements[0].communication == "Überweisung Größe"
    assert rules(problems) == [("mt940.encoding", "warning")]


@pytest.mark.parametrize("text", ["", "hello", ":20:X", ":NS:", ":64:C260302EUR1,00", "-", "{4:\n-}"])
def test_a_file_that_says_nothing_is_refused(text: str) -> None:
    papers, (problem,) = read_mt940(text.encode())
    assert (papers, problem.rule, problem.level) == ((), "mt940.empty", "error")


def test_a_file_whose_fields_cannot_be_read_is_refused_with_the_reason() -> None:
    papers, (problem,) = read_mt940(b":20:X\n:61:hello\n")
    assert (papers, problem.rule, problem.place) == ((), "mt940.line", "line 2")


@pytest.mark.parametrize(("limit", "value"), [("LARGEST", 20), ("MOST_LINE_ENDS", 3), ("MOST_MOVEMENTS", 0)])
def test_a_file_beyond_any_statement_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(mt940, limit, value)
    papers, (problem,) = read_mt940(message(TEN).encode())
    assert (papers, problem.rule) == ((), "mt940.size")


def test_a_file_of_endless_statements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mt940_statement, "MOST_STATEMENTS", 3)
    assert len(read_mt940(b":20:X\n:25:1\n" * 3)[0]) == 3
    papers, (problem,) = read_mt940(b":20:X\n:25:1\n" * 4)
    assert (papers, problem.rule) == ((), "mt940.size")


@pytest.mark.parametrize(
    "head", [b"", b"<xml>", b"From: a@example.com\r\nDate: 20:61:86\r\n", b"a;b\n1;2\n", b"%PDF"]
)
def test_other_files_are_not_taken_for_mt940(head: bytes) -> None:
    assert not looks_like_mt940(head)


SAMPLE = (
    message(TEN, *GERMAN, f":61:260302RC5,00NIOB{THEIRS}\r\nzonnig", ":86:/CNTP/A/B/C///REMI/USTD//X/")
    + message(":61:2603020302EC5,00NTRFX", ":NS:01X").replace(":62F:", ":62M:")
    + f"{DAY}{TEN}\n:86:IBAN: {THEIRS} NAAM: X\n:90D:1EUR10,00\n"
).encode()


@settings(max_examples=300)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 60), st.binary(max_size=30))
def test_a_spoiled_file_gives_papers_or_problems(at: int, cut: int, put: bytes) -> None:
    papers, problems = read_mt940(SAMPLE[:at] + put + SAMPLE[at + cut :])
    assert papers or problems


@given(st.lists(st.sampled_from(SAMPLE.decode().splitlines()), max_size=20))
def test_lines_in_any_order_give_papers_or_problems(lines: list[str]) -> None:
    papers, problems = read_mt940("\n".join(lines).encode())
    assert papers or problems


@given(st.text(alphabet=":61860?/NAMEREMI+-,.{}\n 0123DC", max_size=200))
def test_any_words_give_papers_or_problems(text: str) -> None:
    papers, problems = read_mt940(f"{TEN}\n:86:{text}".encode())
    assert papers or problems
