"""CODA files of made-up companies, built line by line, and what must come out of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake import coda
from pilothouse.intake.coda import layout, looks_like_coda, read_coda
from pilothouse.intake.coda.layout import Field
from pilothouse.intake.coda.statement import PROBLEMS_SHOWN
from pilothouse.intake.papers import Balance, Counterparty, Problem, Statement

IBAN = "BE68539007547034"
SUPPLIER = "BE71096123456769"


# --- a small builder: fields by their place in the layout


def line(values: Mapping[Field, str]) -> str:
    filled = [" "] * layout.WIDTH
    for field, text in values.items():
        width = field.last - field.first + 1
        assert len(text) <= width, (field, text)
        filled[field.first - 1 : field.last] = text.ljust(width)
    return "".join(filled)


def amount(value: str) -> tuple[str, str]:
    """Sign and 15 digits."""
    thousandths = int(Decimal(value) * 1000)
    return ("1" if thousandths < 0 else "0"), f"{abs(thousandths):015d}"


def header(version: str = "2", separate: str = "00000", name: str = "BAKKERIJ DE ZON") -> str:
    h = layout.Header
    return line(
        {
            h.KIND: "0",
            h.ZEROS: "0000",
            h.CREATED: "020326",
            h.BANK: "001",
            h.APPLICATION: "05",
            h.ADDRESSEE: name,
            h.BIC: "GEBABEBB",
            h.SEPARATE: separate,
            h.VERSION: version,
        }
    )


def old_balance(value: str = "1000.00", structure: str = "2", account: str = IBAN, **more: str) -> str:
    o = layout.OldBalance
    sign, digits = amount(value)
    currency = more.get("currency", "EUR")
    return line(
        {
            o.KIND: "1",
            o.STRUCTURE: structure,
            o.PAPER_NUMBER: more.get("number", "041"),
            o.FOREIGN_ACCOUNT: account,
            (o.BELGIAN_CURRENCY if structure == "0" else o.CURRENCY): currency,
            o.SIGN: sign,
            o.AMOUNT: digits,
            o.DAY: "010326",
            o.HOLDER: more.get("holder", "BAKKERIJ DE ZON BV"),
            o.CODA_NUMBER: "017",
        }
    )


def movement(sequence: int, value: str, communication: str = "", detail: int = 0, **more: str) -> str:
    m = layout.Movement
    sign, digits = amount(value)
    return line(
        {
            m.KIND: "21",
            m.SEQUENCE: f"{sequence:04d}",
            m.DETAIL: f"{detail:04d}",
            m.BANK_REFERENCE: more.get("reference", "REF 1"),
            m.SIGN: sign,
            m.AMOUNT: digits,
            m.VALUE_DAY: more.get("value_day", "010326"),
            m.CODE: more.get("code", "00101000"),
            m.STRUCTURED: more.get("structured", "0"),
            m.COMMUNICATION: communication,
            m.ENTRY_DAY: more.get("day", "020326"),
            m.GLOBALISATION: more.get("globalisation", "0"),
            m.NEXT: "0",
            m.LINK: "0",
        }
    )


def second(sequence: int, communication: str = "", customer: str = "", bic: str = "") -> str:
    s = layout.MovementSecond
    numbers = {Field(1, 2): "22", layout.Movement.SEQUENCE: f"{sequence:04d}", Field(128, 128): "0"}
    return line({**numbers, s.COMMUNICATION: communication, s.CUSTOMER_REFERENCE: customer, s.BIC: bic})


def third(
    sequence: int, account: str = SUPPLIER, name: str = "ZONNIG HOSTING", communication: str = ""
) -> str:
    t = layout.MovementThird
    numbers = {Field(1, 2): "23", layout.Movement.SEQUENCE: f"{sequence:04d}", Field(128, 128): "0"}
    return line({**numbers, t.ACCOUNT: account, t.NAME: name, t.COMMUNICATION: communication})


def note(kind: str, sequence: int, text: str, structured: str = "0") -> str:
    i = layout.Information
    field = {"31": i.COMMUNICATION, "32": i.SECOND, "33": i.THIRD}[kind]
    shape = {i.STRUCTURED: structured} if kind == "31" else {}
    numbers = {Field(1, 2): kind, i.SEQUENCE: f"{sequence:04d}", Field(128, 128): "0"}
    return line({**numbers, **shape, field: text})


def new_balance(value: str = "1000.00") -> str:
    n = layout.NewBalance
    sign, digits = amount(value)
    return line(
        {n.KIND: "8", n.PAPER_NUMBER: "041", n.SIGN: sign, n.AMOUNT: digits, n.DAY: "020326", n.LINK: "0"}
    )


def message() -> str:
    m = layout.Message
    return line({m.KIND: "4", m.SEQUENCE: "0001", m.TEXT: "OUR BRANCH IS CLOSED ON MONDAY", m.LINK: "0"})


def trailer(records: int, out: str = "0", money_in: str = "0") -> str:
    t = layout.Trailer
    return line(
        {
            t.KIND: "9",
            t.RECORDS: f"{records:06d}",
            t.DEBIT: amount(out)[1],
            t.CREDIT: amount(money_in)[1],
            t.MULTIPLE: "2",
        }
    )


def whole(
    *body: str, opening: str = "1000.00", closing: str | None = None, head: str = "", old: str = ""
) -> list[str]:
    """A file around the lines of movements, with balances and control sums that are right."""
    sums = [_value(text) for text in body if text.startswith("21") and text[6:10] == "0000"]
    out, money_in = -sum(s for s in sums if s < 0), sum(s for s in sums if s > 0)
    closing = closing or str(Decimal(opening) + money_in - out)
    return [
        head or header(),
        old or old_balance(opening),
        *body,
        new_balance(closing),
        message(),
        trailer(len(body) + 2, str(out), str(money_in)),
    ]


def _value(text: str) -> Decimal:
    value = Decimal(layout.Movement.AMOUNT.of(text)) / 1000
    return -value if layout.Movement.SIGN.of(text) == "1" else value


def encoded(lines: list[str], end: str = "\r\n", encoding: str = "cp1252") -> bytes:
    return "".join(text + end for text in lines).encode(encoding)


def read_one(lines: list[str]) -> Statement:
    papers, problems = read_coda(encoded(lines))
    assert problems == ()
    (paper,) = papers
    assert isinstance(paper, Statement)
    return paper


def rules(problems: tuple[Problem, ...]) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.place) for problem in problems]


SAMPLE = whole(
    movement(1, "-121.00", "101090933755493", structured="1"),
    second(1, bic="KREDBEBB"),
    third(1),
    movement(2, "250.125", "INVOICE 2026-17"),
    movement(3, "-30", "COLLECTIVE", code="10107000", globalisation="1"),
    movement(3, "-10", "PART ONE", detail=1, code="50101000"),
    movement(3, "-20", "PART TWO", detail=2, code="50101000", globalisation="1"),
)


# --- what is read


def test_a_statement_says_whose_account_it_is_and_what_was_on_it() -> None:
    statement = read_one(SAMPLE)
    assert (statement.account, statement.currency, statement.number) == (IBAN, "EUR", "041")
    assert statement.holder == "BAKKERIJ DE ZON BV"
    assert statement.opening == Balance(date(2026, 3, 1), Decimal("1000.000"))
    assert statement.closing == Balance(date(2026, 3, 2), Decimal("1099.125"))
    assert statement.problems == ()


def test_a_movement_carries_who_when_what_for_and_its_line() -> None:
    paid = read_one(SAMPLE).movements[0]
    assert (paid.date, paid.value_date, paid.amount) == (
        date(2026, 3, 2),
        date(2026, 3, 1),
        Decimal("-121.000"),
    )
    assert paid.counterparty == Counterparty("ZONNIG HOSTING", SUPPLIER, "KREDBEBB")
    assert (paid.structured, paid.communication) == ("090933755493", "")
    assert (paid.bank_reference, paid.code, paid.place) == ("REF 1", "00101000", "line 3")


def test_amounts_keep_their_third_decimal() -> None:
    assert read_one(SAMPLE).movements[1].amount == Decimal("250.125")


def test_details_of_a_total_are_words_of_the_total_and_not_money() -> None:
    total = read_one(SAMPLE).movements[2]
    assert total.amount == Decimal(-30)
    assert total.communication == "COLLECTIVE [-10.00 PART ONE] [-20.00 PART TWO]"
    assert len(read_one(SAMPLE).movements) == 3


def test_a_total_of_many_details_shows_the_first_and_counts_the_others() -> None:
    details = [movement(1, "-1", f"PART {number}", detail=number) for number in range(1, 31)]
    (total,) = read_one(whole(movement(1, "-30", "PAYMENTS", code="10107000"), *details)).movements
    assert total.communication.endswith("[-1.00 PART 25] [and 5 more details]")


def test_detail_numbers_that_start_again_after_9999_are_still_details() -> None:
    details = [movement(1, "-1", detail=9999), movement(1, "-1", detail=0), movement(1, "-1", detail=1)]
    lines = whole(movement(1, "-3"), *details, closing="997")
    lines[-1] = trailer(len(lines) - 3, "3", "0")
    assert [m.amount for m in read_one(lines).movements] == [Decimal(-3)]


def test_movement_numbers_that_start_again_after_9999_are_in_order() -> None:
    body = [movement(number % 10_000, "0.01") for number in range(1, 10_003)]
    statement = read_one(whole(*body))
    assert (len(statement.movements), statement.problems) == (10_002, ())


@pytest.mark.parametrize(
    ("structure", "written", "account", "rule"),
    [
        ("0", "539007547034", IBAN, []),
        ("0", "539007547035", "539007547035", [("coda.account", "line 2")]),
        ("1", "0417164300", "0417164300", []),
        ("2", IBAN, IBAN, []),
        ("3", "FR1420041010050500013M02606", "FR1420041010050500013M02606", []),
        ("3", "FR1520041010050500013M02606", "FR1520041010050500013M02606", [("coda.account", "line 2")]),
    ],
)
def test_the_account_is_an_iban_where_there_is_one(
    structure: str, written: str, account: str, rule: list[tuple[str, str]]
) -> None:
    statement = read_one(whole(old=old_balance(structure=structure, account=written)))
    assert (statement.account, rules(statement.problems)) == (account, rule)


def test_the_currency_stands_where_the_account_leaves_room_and_is_euro_when_left_out() -> None:
    for structure, account in (("0", "539007547034"), ("2", IBAN)):
        dollars = read_one(whole(old=old_balance(structure=structure, account=account, currency="USD")))
        assert dollars.currency == "USD"
    assert read_one(whole(old=old_balance(currency=""))).currency == "EUR"


def test_without_a_paper_number_the_coda_number_and_without_holder_the_addressee() -> None:
    statement = read_one(whole(old=old_balance(number="000", holder="")))
    assert (statement.number, statement.holder) == ("017", "BAKKERIJ DE ZON")


def test_an_overdrawn_account_has_negative_balances() -> None:
    statement = read_one(whole(movement(1, "-5"), opening="-10.5"))
    assert statement.opening
    assert statement.closing
    assert (statement.opening.amount, statement.closing.amount) == (Decimal("-10.5"), Decimal("-15.5"))


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("BE71096123456769                  EUR", "BE71096123456769"),
        ("096123456769 EUR", "BE71096123456769"),
        ("096123456768 EUR", "096123456768"),
        ("", None),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
    ],
)
def test_the_other_account_is_an_iban_where_there_is_one(written: str, account: str | None) -> None:
    statement = read_one(whole(movement(1, "1"), second(1), third(1, account=written)))
    assert statement.movements[0].counterparty.iban == account


def test_the_communication_goes_on_over_three_records_without_a_gap() -> None:
    long = "".join(chr(ord("A") + place % 26) for place in range(53 + 53 + 40))
    body = [movement(1, "1", long[:53]), second(1, long[53:106]), third(1, communication=long[106:])]
    assert read_one(whole(*body)).movements[0].communication == long


def test_the_customers_reference_speaks_where_nothing_else_is_said() -> None:
    said = read_one(whole(movement(1, "-9"), second(1, customer="WAGES MARCH"))).movements[0]
    assert said.communication == "WAGES MARCH"
    proved = read_one(whole(movement(1, "-9"), second(1, customer="RF18539007547034"))).movements[0]
    assert (proved.structured, proved.communication) == ("RF18539007547034", "")
    zeros = read_one(whole(movement(1, "-9"), second(1, customer="0000000"))).movements[0]
    assert zeros.communication == ""


@pytest.mark.parametrize(
    ("zone", "structured", "words"),
    [
        ("100RF18539007547034", "RF18539007547034", ""),
        ("100RF19539007547034", None, "RF19539007547034"),
        ("101090933755493 thanks", "090933755493", "thanks"),
        ("102090933755494 thanks", None, "090933755494 thanks"),
        ("114" + "x" * 27 + "BAKERY TILL 2   GENT", None, "BAKERY TILL 2 GENT"),
        ("999SOMETHING   ELSE", None, "SOMETHING ELSE"),
    ],
)
def test_structured_communications_are_read_by_their_kind(
    zone: str, structured: str | None, words: str
) -> None:
    (read,) = read_one(whole(movement(1, "-9", zone, structured="1"))).movements
    assert (read.structured, read.communication) == (structured, words)


def test_a_direct_debit_says_mandate_creditor_and_the_reference_in_its_communication() -> None:
    creditor, mandate = "BE69ZZZ050D000000008".ljust(35), "MANDATE-7".ljust(35)
    zone = "127" + "020326" + "1" + "1" + "0" + creditor + mandate + "+++090/9337/55493+++".ljust(62)
    body = [
        movement(1, "-9", zone[:53], structured="1"),
        second(1, zone[53:106]),
        third(1, communication=zone[106:]),
    ]
    (read,) = read_one(whole(*body)).movements
    assert read.structured == "090933755493"
    assert read.communication == "MANDATE-7 BE69ZZZ050D000000008"


def test_notes_add_words_and_the_full_name() -> None:
    name = "A NAME THAT IS LONGER THAN THIRTY-FIVE CHARACTERS"
    body = [
        movement(1, "-9", "ORDER 7"),
        second(1),
        third(1, name=name[:35]),
        note("31", 1, "001" + name, structured="1"),
        note("32", 1, "STREET 1"),
        note("31", 1, "FREE WORDS THAT FILL THE ZONE TO ITS LAST PLACE, SEVENTY-THREE CHARACTERS"),
        note("32", 1, "AND GO ON"),
        note("33", 1, " TO THE END"),
        note("31", 1, "008THE TRUE CREDITOR", structured="1"),
        note("31", 1, "006 EUR0000000500000", structured="1"),
    ]
    (read,) = read_one(whole(*body)).movements
    assert read.counterparty.name == name
    assert read.communication.startswith("ORDER 7 FREE WORDS THAT FILL")
    assert " TO THE END THE TRUE CREDITOR" in read.communication
    assert "000000050" not in read.communication


def test_another_name_in_a_note_does_not_replace_the_name() -> None:
    body = [movement(1, "-9"), second(1), third(1, name="FIRM"), note("31", 1, "001OTHER", structured="1")]
    assert read_one(whole(*body)).movements[0].counterparty.name == "FIRM"


def test_a_movement_without_entry_day_has_its_value_day() -> None:
    (read,) = read_one(whole(movement(1, "1", day="000000"))).movements
    assert read.date == date(2026, 3, 1)
    (unknown,) = read_one(whole(movement(1, "1", value_day="000000"))).movements
    assert unknown.value_date is None


def test_days_of_the_last_century_are_known() -> None:
    (read,) = read_one(whole(movement(1, "1", day="311299"))).movements
    assert read.date == date(1999, 12, 31)


def test_version_1_has_a_belgian_account_and_a_shorter_name() -> None:
    body = [
        movement(1, "-9"),
        second(1),
        third(1, account="096123456769", name="NAME OF TWENTY-SIX PLACES.A STREET"),
    ]
    lines = whole(*body, head=header("1"), old=old_balance(structure="0", account="539007547034"))
    statement = read_one(lines)
    assert statement.account == IBAN
    assert statement.movements[0].counterparty == Counterparty("NAME OF TWENTY-SIX PLACES.", SUPPLIER, None)


def test_several_files_in_one_give_several_statements() -> None:
    papers, problems = read_coda(encoded([*SAMPLE, *whole(movement(1, "5"), old=old_balance(number="042"))]))
    assert [paper.number for paper in papers if isinstance(paper, Statement)] == ["041", "042"]
    assert problems == ()
    assert isinstance(papers[1], Statement)
    assert papers[1].movements[0].place == f"line {len(SAMPLE) + 3}"


# --- bytes as they come


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", ""])
def test_line_ends_of_every_kind_and_none_at_all(end: str) -> None:
    papers, problems = read_coda(encoded(SAMPLE, end=end))
    assert isinstance(papers[0], Statement)
    assert (len(papers[0].movements), papers[0].problems, problems) == (3, (), ())


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16", "cp850"])
def test_accents_survive_in_every_encoding(encoding: str) -> None:
    lines = whole(movement(1, "-9", "Café à emporter, crêpes"), old=old_balance(holder="Pâtisserie Noël"))
    papers, problems = read_coda(encoded(lines, encoding=encoding))
    assert isinstance(papers[0], Statement)
    assert papers[0].holder == "Pâtisserie Noël"
    assert papers[0].movements[0].communication == "Café à emporter, crêpes"
    assert [p.rule for p in problems] == (["coda.encoding"] if encoding in {"utf-16", "cp850"} else [])


def test_lost_and_added_spaces_tabs_and_the_dos_end_of_file_do_no_harm() -> None:
    lines = [text + "   " for text in SAMPLE]
    papers, problems = read_coda(encoded(lines) + b"\x1a")
    assert isinstance(papers[0], Statement)
    assert (papers[0].problems, problems) == ((), ())


def test_a_line_of_another_length_is_read_and_named() -> None:
    short = [*SAMPLE[:-1], SAMPLE[-1][:52]]
    long = [*SAMPLE[:-1], SAMPLE[-1] + "X"]
    for lines in (short, long, [SAMPLE[0] + "X", *SAMPLE[1:]]):
        statement = read_one(lines)
        assert [p.rule for p in statement.problems] == ["coda.length"]
        assert len(statement.movements) == 3


# --- proofs, and what is refused


def refused(lines: list[str]) -> list[tuple[str, str | None]]:
    papers, problems = read_coda(encoded(lines))
    assert papers == ()
    assert problems[0].level == "error"
    return rules(problems)


def test_another_version_is_refused() -> None:
    assert refused(whole(head=header("5"))) == [("coda.version", "line 1")]
    assert refused(whole(head=header()[:100])) == [("coda.version", "line 1"), ("coda.length", "line 1")]


def test_details_of_a_separate_application_are_not_counted_again() -> None:
    assert refused(whole(movement(1, "5"), head=header(separate="00012"))) == [("coda.separate", "line 1")]


def test_without_old_balance_nobody_knows_the_account() -> None:
    assert refused([SAMPLE[0], *SAMPLE[2:]]) == [("coda.opening", "line 1")]
    assert refused(whole(old=old_balance(account=""))) == [
        ("coda.opening", "line 1"),
        ("coda.line", "line 2"),
    ]
    damaged = SAMPLE[1].replace("000000001000000", "00000000ABC0000")
    assert refused([SAMPLE[0], damaged, *SAMPLE[2:]]) == [("coda.opening", "line 1"), ("coda.line", "line 2")]


def test_a_file_that_is_cut_off_is_refused() -> None:
    for cut in range(2, len(SAMPLE) - 3):
        assert refused(SAMPLE[:cut]) == [("coda.incomplete", "line 1")]


def test_movements_that_fit_neither_balances_nor_control_sums_are_refused() -> None:
    missing = [*SAMPLE[:5], *SAMPLE[6:]]
    assert refused(missing)[0] == ("coda.balance", "line 1")
    assert refused(missing[:-2])[0] == ("coda.balance", "line 1")
    problem = read_coda(encoded(missing))[1][0]
    assert (
        "1000.00 before and -151.00 of movements give 849.00, and the bank says 1099.125" in problem.message
    )
    assert (
        "151.00 out and 250.125 in over 9 records; the file holds 151.00 out and 0.00 in over 8"
        in problem.message
    )


def test_balances_that_do_not_hold_are_said_when_the_control_sums_do() -> None:
    statement = read_one(whole(movement(1, "5"), closing="1010"))
    assert rules(statement.problems) == [("coda.balance", "line 1")]
    assert "(5.00 is not explained)" in statement.problems[0].message


def test_control_sums_that_do_not_hold_are_said_when_the_balances_do() -> None:
    lines = whole(movement(1, "5"))
    lines[-1] = trailer(3, "0", "7")
    assert rules(read_one(lines).problems) == [("coda.control", "line 6")]
    lines[-1] = line({layout.Trailer.KIND: "9", layout.Trailer.MULTIPLE: "2"})
    unreadable = read_one(lines)
    assert rules(unreadable.problems) == [("coda.control", "line 6"), ("coda.count", "line 6")]
    assert "an unreadable number of records" in unreadable.problems[1].message


def test_a_wrong_count_of_records_is_a_warning() -> None:
    lines = [*SAMPLE[:-1], trailer(99, "151", "250.125")]
    statement = read_one(lines)
    assert [(p.rule, p.level) for p in statement.problems] == [("coda.count", "warning")]


def test_a_missing_trailer_is_said() -> None:
    assert rules(read_one(SAMPLE[:-1]).problems) == [("coda.incomplete", "line 1")]


def test_a_missing_new_balance_is_said_when_the_control_sums_hold() -> None:
    statement = read_one([*SAMPLE[:-3], *SAMPLE[-2:]])
    assert statement.closing is None
    assert rules(statement.problems) == [("coda.incomplete", "line 1"), ("coda.count", "line 11")]


def test_an_unreadable_movement_is_named_and_the_rest_goes_in() -> None:
    damaged = SAMPLE[5].replace("000000000250125", "0000000002X0125")
    statement = read_one([*SAMPLE[:5], damaged, second(2, "LOST TOO"), *SAMPLE[6:]])
    assert [m.amount for m in statement.movements] == [Decimal(-121), Decimal(-30)]
    assert [(p.rule, p.place) for p in statement.problems if p.level == "error"] == [
        ("coda.line", "line 6"),
        ("coda.balance", "line 1"),
        ("coda.control", "line 13"),
    ]
    assert "hold “0000000002X0125”" in statement.problems[0].message


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        (layout.Movement.SIGN, "x", "position 32 should say 0 (in) or 1 (out) and says “x”"),
        (layout.Movement.SEQUENCE, "00ZZ", "should number the movement"),
        (layout.Movement.DETAIL, "٠٠٠٠", "should number the movement"),
    ],
)
def test_what_cannot_be_read_of_a_movement_is_said(field: Field, text: str, reason: str) -> None:
    damaged = SAMPLE[5][: field.first - 1] + text + SAMPLE[5][field.last :]
    papers, _ = read_coda(encoded([*SAMPLE[:5], damaged, *SAMPLE[6:]], encoding="utf-8"))
    assert reason in papers[0].problems[0].message


def test_a_movement_without_any_day_is_left_out_and_named() -> None:
    statement = read_one(
        whole(movement(1, "5", day="320326", value_day="      "), movement(2, "7"), closing="1012")
    )
    assert len(statement.movements) == 1
    assert "neither the day of entry" in statement.problems[0].message


def test_an_unreadable_detail_costs_nothing() -> None:
    damaged = SAMPLE[7][:40] + "?" + SAMPLE[7][41:]
    statement = read_one([*SAMPLE[:7], damaged, *SAMPLE[8:]])
    assert rules(statement.problems) == [("coda.line", "line 8")]
    assert len(statement.movements) == 3


def test_an_unknown_record_is_named_and_left_out() -> None:
    statement = read_one([*SAMPLE[:3], line({Field(1, 2): "77"}), *SAMPLE[3:]])
    assert rules(statement.problems)[0] == ("coda.record", "line 4")
    assert len(statement.movements) == 3


def test_two_old_or_new_balances_in_one_statement_are_said() -> None:
    for place in (1, -3):
        doubled = [*SAMPLE]
        doubled.insert(place, SAMPLE[place])
        papers, _ = read_coda(encoded(doubled))
        assert "already" in papers[0].problems[0].message


def test_a_gap_in_the_numbers_is_a_warning() -> None:
    statement = read_one(whole(movement(1, "1"), movement(3, "1")))
    assert [(p.rule, p.level, p.place) for p in statement.problems] == [
        ("coda.sequence", "warning", "line 4")
    ]


def test_lines_without_their_movement_are_named_and_left_out() -> None:
    body = [movement(1, "1"), second(7), third(7), note("31", 7, "x"), note("32", 7, "x"), note("33", 1, "x")]
    statement = read_one(whole(*body))
    assert rules(statement.problems) == [("coda.sequence", f"line {number}") for number in range(4, 9)]


def test_a_detail_without_its_total_is_not_counted_and_said() -> None:
    statement = read_one(whole(movement(1, "1"), movement(2, "5", detail=1)))
    assert [(p.rule, p.level) for p in statement.problems] == [("coda.sequence", "error")]
    assert len(statement.movements) == 1


def test_details_of_a_lost_total_are_lost_with_it_without_another_word() -> None:
    total = movement(1, "-5")[:35] + "X" + movement(1, "-5")[36:]
    body = [total, second(1), movement(1, "-5", detail=1), movement(2, "1")]
    papers, _ = read_coda(encoded([header(), old_balance(), *body, new_balance("996"), trailer(6, "5", "1")]))
    assert "coda.sequence" not in [p.rule for p in papers[0].problems]


@pytest.mark.parametrize("code", ["10105000", "20105000"])
def test_a_total_whose_details_are_announced_and_missing_is_counted_and_said(code: str) -> None:
    statement = read_one(whole(movement(1, "-5568.32", code=code, globalisation="1"), movement(2, "1")))
    assert [m.amount for m in statement.movements] == [Decimal("-5568.32"), Decimal(1)]
    assert rules(statement.problems) == [("coda.globalisation", "line 3")]


def test_a_single_amount_with_detailed_data_needs_no_details() -> None:
    assert read_one(whole(movement(1, "5", code="30150000", globalisation="1"))).problems == ()


def test_lines_outside_any_statement_are_named_once_for_each_run() -> None:
    papers, problems = read_coda(encoded(["from the bank", "", *SAMPLE, "Yours", "the bank"]))
    assert len(papers) == 1
    assert rules(problems) == [("coda.outside", "line 1"), ("coda.outside", f"line {len(SAMPLE) + 3}")]
    assert "lines 15 to 16" in problems[1].message


def test_a_thousand_problems_are_not_all_listed() -> None:
    junk = [line({Field(1, 1): "7"})] * 1000
    statement = read_one([*SAMPLE[:3], *junk, *SAMPLE[3:]])
    assert len(statement.problems) == PROBLEMS_SHOWN + 1
    assert statement.problems[-1].message == "… and 900 more problems in this statement."
    papers, problems = read_coda(encoded(["junk", header()] * 300))
    assert (papers, len(problems)) == ((), PROBLEMS_SHOWN + 1)
    assert problems[-1].message == "… and 799 more problems in this file."


# --- bad input


@pytest.mark.parametrize(
    "data", [b"", b"   \r\n", b"hello", b"\x00" * 5000, bytes(range(256)) * 20, b"%PDF-1.7"]
)
def test_what_is_no_coda_is_said_to_be_none(data: bytes) -> None:
    assert not looks_like_coda(data)
    papers, problems = read_coda(data)
    assert (papers, [p.rule for p in problems]) == ((), ["coda.header"])


def test_a_coda_file_is_known_by_its_header_in_every_encoding_and_below_other_lines() -> None:
    for encoding in ("cp1252", "utf-8-sig", "utf-16", "cp850"):
        assert looks_like_coda(encoded(["forwarded:", *SAMPLE], encoding=encoding)[:4096])


def test_a_file_too_large_to_be_a_statement_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coda, "LARGEST", 1000)
    assert [p.rule for p in read_coda(encoded(SAMPLE))[1]] == ["coda.size"]


def test_a_file_of_too_many_short_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coda, "MOST_LINE_ENDS", 100)
    assert read_coda(encoded(SAMPLE, end="\n\n"))[1] == ()
    assert [p.rule for p in read_coda(encoded(SAMPLE, end="\n" * 10))[1]] == ["coda.size"]


def test_cut_at_any_byte_nothing_breaks_and_nothing_passes_silently() -> None:
    data = encoded(SAMPLE, end="\n").rstrip()
    for cut in range(len(data)):
        papers, problems = read_coda(data[:cut])
        assert problems or any(paper.problems for paper in papers), cut


@given(st.binary(max_size=600))
def test_any_bytes_give_an_answer(data: bytes) -> None:
    papers, problems = read_coda(data)
    assert papers or problems


@given(st.integers(0, len(encoded(SAMPLE)) - 1), st.binary(min_size=1, max_size=12))
def test_any_damage_gives_an_answer(place: int, damage: bytes) -> None:
    data = encoded(SAMPLE)
    papers, problems = read_coda(data[:place] + damage + data[place + len(damage) :])
    assert papers or problems


@given(st.lists(st.sampled_from(SAMPLE) | st.text(max_size=140), max_size=30))
def test_lines_in_any_order_give_an_answer(lines: list[str]) -> None:
    papers, problems = read_coda(encoded(lines, encoding="utf-8"))
    assert papers or problems


@given(
    st.decimals("-99999", "99999", places=3),
    st.lists(st.decimals("-99999", "99999", places=3), max_size=8),
)
def test_what_is_written_is_read(opening: Decimal, amounts: list[Decimal]) -> None:
    body = [movement(number, str(value)) for number, value in enumerate(amounts, start=1)]
    statement = read_one(whole(*body, opening=str(opening)))
    assert [m.amount for m in statement.movements] == amounts
    assert statement.closing is not None
    assert statement.closing.amount == opening + sum(amounts)
    assert statement.problems == ()
