"""OFX and QFX files of made-up companies, closed and unclosed, and what must come out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake import ofx
from pilothouse.intake.ofx import looks_like_ofx, read_amount, read_day, read_ofx
from pilothouse.intake.papers import Balance, Counterparty, Movement, Problem, Statement
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.statements import PROBLEMS_SHOWN

OURS = "BE68539007547034"
THEIRS = "BE71096123456769"

# --- a small builder: parts are closed, values are not, as in OFX 1

HEADER_1 = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\r\n"
HEADER_2 = '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n'
LEDGER = "<LEDGERBAL>\n<BALAMT>90.00\n<DTASOF>20260331235959[+1:CET]\n</LEDGERBAL>\n"
FINE = "<STATUS><CODE>0<SEVERITY>INFO</STATUS>\n"


def movement(
    amount: str = "-10.00", day: str = "20260302", more: str = "<NAME>ZONNIG\n<MEMO>Invoice 7\n"
) -> str:
    return f"<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>{day}\n<TRNAMT>{amount}\n<FITID>F1\n{more}</STMTTRN>\n"


def account(
    *body: str, kind: str = "STMTRS", part: str = "BANKACCTFROM", currency: str = "EUR", number: str = OURS
) -> str:
    return (
        f"<{kind}>\n<CURDEF>{currency}\n<{part}>\n<BANKID>KREDBEBB\n<ACCTID>{number}\n</{part}>\n"
        f"<BANKTRANLIST>\n<DTSTART>20260301\n{''.join(body)}</BANKTRANLIST>\n{LEDGER}</{kind}>\n"
    )


def document(*accounts: str, header: str = HEADER_1) -> str:
    signed_on = f"<SIGNONMSGSRSV1><SONRS>{FINE}<DTSERVER>20260401</SONRS></SIGNONMSGSRSV1>"
    answers = "".join(f"<STMTTRNRS><TRNUID>1\n{FINE}{one}</STMTTRNRS>\n" for one in accounts)
    return f"{header}<OFX>\n{signed_on}\n<BANKMSGSRSV1>\n{answers}</BANKMSGSRSV1>\n</OFX>\n"


def closed(text: str) -> str:
    """The same with every value closed, as XML wants it."""
    return re.sub(r"<([A-Z0-9.]+)>([^<\n]+)\n?", r"<\1>\2</\1>\n", text)


def read(text: str) -> list[Statement]:
    papers, problems = read_ofx(text.encode())
    assert problems == ()
    return [paper for paper in papers if isinstance(paper, Statement)]


def read_one(text: str) -> Statement:
    (paper,) = read(text)
    return paper


def moved(**changed: str) -> Movement:
    (found,) = read_one(document(account(movement(**changed)))).movements
    return found


def rules(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.level) for problem in problems]


# --- statements


def test_a_statement_has_account_closing_balance_and_movements_and_no_opening() -> None:
    assert read_one(document(account(movement()))) == Statement(
        account=OURS,
        currency="EUR",
        number=None,
        opening=None,
        closing=Balance(date(2026, 3, 31), Decimal("90.00")),
        movements=(
            Movement(
                date=date(2026, 3, 2),
                value_date=None,
                amount=Decimal("-10.00"),
                counterparty=Counterparty("ZONNIG"),
                communication="Invoice 7",
                structured=None,
                bank_reference="F1",
                place="line 21",
                code="DEBIT",
            ),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        document(account(movement())),
        document(account(movement()), header=""),
        document(account(movement()), header="\r\n\n \n" + HEADER_1),
        closed(document(account(movement()), header=HEADER_2)),
        document(account(movement()), header=HEADER_2),  # says XML, is not
        document(account(movement()), header='<?OFX OFXHEADER="200"?>'),
        document(account(movement()), header="<!-- by a bank -->\n" + HEADER_2),
        document(account(movement())).replace("\n", ""),
        document(account(movement())).replace("\n", "\r\n\t "),
        re.sub(r"</?[A-Z]+>", lambda tag: tag.group().lower(), document(account(movement()))),
        document(account(movement())).replace("</STMTTRN>", ""),
        document(account(movement())).replace("</STMTTRN>", "").replace("</BANKTRANLIST>", ""),
        document(account(movement()))[: -len("</STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>\n")],
    ],
)
def test_headers_line_ends_and_closing_tags_change_nothing(text: str) -> None:
    expected = read_one(document(account(movement())))
    assert looks_like_ofx(text.encode())
    (paper,), problems = read_paper(text.encode(), "x")
    assert isinstance(paper, Statement)
    assert problems == ()
    assert (paper.account, paper.currency) == (expected.account, expected.currency)
    assert [(m.date, m.amount, m.counterparty, m.communication) for m in paper.movements] == [
        (m.date, m.amount, m.counterparty, m.communication) for m in expected.movements
    ]
    assert paper.closing == expected.closing


def test_a_file_may_hold_several_accounts_and_cards() -> None:
    card = account(movement("-3"), kind="CCSTMTRS", part="CCACCTFROM", number="4111")
    papers = read(document(account(movement(), movement()), card, account(number="9")))
    assert [(paper.account, len(paper.movements)) for paper in papers] == [(OURS, 2), ("4111", 1), ("9", 0)]


def test_a_statement_that_is_not_closed_ends_where_the_next_begins() -> None:
    two = document(account(movement()), account(movement("-3"), number="9"))
    papers = read(two.replace("</STMTRS>", "").replace("</STMTTRN>", "").replace("</BANKTRANLIST>", ""))
    assert [(paper.account, len(paper.movements)) for paper in papers] == [(OURS, 1), ("9", 1)]


def test_the_cash_of_a_securities_account_is_read_and_the_rest_is_said_to_be_left_aside() -> None:
    body = f"<BUYSTOCK><INVBUY><TOTAL>-5</INVBUY></BUYSTOCK><INVBANKTRAN>{movement()}</INVBANKTRAN>"
    paper = read_one(document(account(body, kind="INVSTMTRS", part="INVACCTFROM")))
    assert (paper.account, len(paper.movements)) == (OURS, 1)
    assert rules(paper.problems) == [("ofx.securities", "warning")]


def test_a_statement_of_securities_alone_is_refused() -> None:
    body = "<SELLMF><INVSELL><TOTAL>5</INVSELL></SELLMF>" + movement("x")
    papers, problems = read_ofx(document(account(body, kind="INVSTMTRS", part="INVACCTFROM")).encode())
    assert papers == ()
    assert rules(problems) == [("ofx.movement", "error"), ("ofx.securities", "error")]


def test_a_part_called_transfer_in_a_bank_account_is_not_of_securities() -> None:
    assert read_one(document(account("<TRANSFER>\n</TRANSFER>", movement()))).problems == ()


def test_without_account_or_currency_a_statement_is_kept_and_says_so() -> None:
    paper = read_one(document(account(movement(), currency="", number="")))
    assert (paper.account, paper.currency) == (None, "")
    assert rules(paper.problems) == [("ofx.account", "error"), ("ofx.currency", "error")]


@pytest.mark.parametrize(
    ("number", "expected"), [("BE68 5390 0754 7034", OURS), ("12300 0012", "12300 0012"), ("145~7", "145~7")]
)
def test_an_account_is_an_iban_or_as_written(number: str, expected: str) -> None:
    assert read_one(document(account(number=number))).account == expected


@pytest.mark.parametrize(
    ("written", "closing", "problems"),
    [
        ("<BALAMT>-1.234,50<DTASOF>20260331", Balance(date(2026, 3, 31), Decimal("-1234.50")), []),
        ("<BALAMT>5<DTASOF>", Balance(None, Decimal(5)), []),
        ("<BALAMT><DTASOF>", None, []),
        ("", None, []),
        ("<BALAMT>much<DTASOF>20260331", None, [("ofx.balance_unreadable", "warning")]),
    ],
)
def test_the_balance_at_the_end_is_taken_where_there_is_one(
    written: str, closing: Balance | None, problems: list[tuple[str, str]]
) -> None:
    paper = read_one(document(account(movement())).replace(LEDGER, f"<LEDGERBAL>{written}</LEDGERBAL>"))
    assert (paper.closing, rules(paper.problems)) == (closing, problems)


def test_what_is_available_is_no_balance() -> None:
    available = LEDGER.replace("LEDGERBAL", "AVAILBAL").replace("90.00", "5")
    paper = read_one(document(account(movement())).replace(LEDGER, available + LEDGER))
    assert paper.closing == Balance(date(2026, 3, 31), Decimal("90.00"))


# --- movements


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20260302", date(2026, 3, 2)),
        ("20260302235959", date(2026, 3, 2)),
        ("20260302235959.999[-5:EST]", date(2026, 3, 2)),
        ("20260302000000.000[+13]", date(2026, 3, 2)),
        ("20260302093914:014", date(2026, 3, 2)),
        ("2026-03-02", date(2026, 3, 2)),
        ("20260231", None),
        ("201120000000", None),
        ("2026", None),
        ("", None),
    ],
)
def test_a_day_stands_with_or_without_hour_and_zone(written: str, day: date | None) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("-10.00", "-10"),
        ("+000115.8331", "115.8331"),
        ("-5,50", "-5.5"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("5.", "5"),
        (",5", "0.5"),
        ("-.5", "-0.5"),
        ("7", "7"),
        ("$120", None),
        ("", None),
        ("-", None),
        ("1,2.3,4.5", None),
        ("1e5", None),
        ("12 EUR", None),
        ("٣", None),
        ("1" * 41, None),
    ],
)
def test_amounts_are_written_with_a_point_or_a_comma(written: str, amount: str | None) -> None:
    assert read_amount(written) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("changed", [{"amount": "$120"}, {"amount": ""}, {"day": ""}, {"day": "20260231"}])
def test_a_movement_that_cannot_be_read_is_left_out_and_said(changed: dict[str, str]) -> None:
    paper = read_one(document(account(movement(), movement(**changed))))
    assert len(paper.movements) == 1
    assert rules(paper.problems) == [("ofx.movement", "error")]
    assert paper.problems[0].place == "line 29"


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    paper = read_one(document(account(*([movement("x")] * (PROBLEMS_SHOWN + 3)))))
    assert paper.problems[-1] == Problem("ofx.more", "warning", "… and 3 more problems.")


@pytest.mark.parametrize(
    ("more", "counterparty", "words", "structured"),
    [
        ("<NAME>ZONNIG", Counterparty("ZONNIG"), "", None),
        ("<NAME>ZONNIG HOS<EXTDNAME>ZONNIG HOSTING", Counterparty("ZONNIG HOSTING"), "", None),
        ("<NAME>ZONNIG<EXTDNAME>OTHER", Counterparty("ZONNIG"), "", None),
        ("<PAYEE><NAME>ZONNIG<CITY>GENT</PAYEE>", Counterparty("ZONNIG"), "", None),
        ("<NAME>Z<BANKACCTTO><ACCTID>BE71 0961 2345 6769</BANKACCTTO>", Counterparty("Z", THEIRS), "", None),
        ("<NAME>Z<CCACCTTO><ACCTID>4111</CCACCTTO><MEMO>M", Counterparty("Z", "4111"), "M", None),
        ("<MEMO>M", Counterparty(), "M", None),
        ("<MEMO>+++090/9337/55493+++ thanks", Counterparty(), "thanks", "090933755493"),
        ("<MEMO>+++090/9337/55494+++", Counterparty(), "+++090/9337/55494+++", None),
        ("<MEMO>RF18539007547034", Counterparty(), "", "RF18539007547034"),
        ("<NAME>RF18539007547034<MEMO>M", Counterparty("RF18539007547034"), "M", "RF18539007547034"),
        ("<NAME><MEMO>", Counterparty(), "", None),
    ],
)
def test_who_and_what_for(more: str, counterparty: Counterparty, words: str, structured: str | None) -> None:
    found = moved(more=more)
    assert (found.counterparty, found.communication, found.structured) == (counterparty, words, structured)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("A &amp; B &lt;C&gt; &quot;D&quot; &apos;E&apos;&nbsp;F", "A & B <C> \"D\" 'E' F"),
        ("A & B &copy; AT&T", "A & B &copy; AT&T"),
        ("&#66;&#x43;&#0;&#xD800;", "BC&#0;&#xD800;"),
        ("<![CDATA[A & B <b>]]>", "A & B <b>"),
        ("A < B > C", "A < B > C"),
        ("one<!-- hidden\n --> two", "one two"),
        ("one <!-- never ends", "one <!-- never ends"),
        ("one <!DOCTYPE two", "one <!DOCTYPE two"),
        ("one <![CDATA[ never ends", "one <![CDATA[ never ends"),
        ("  a\r\n   b  ", "a b"),
    ],
)
def test_escaped_characters_are_what_they_stand_for(written: str, words: str) -> None:
    assert moved(more=f"<MEMO>{written}\n").communication == words


def test_the_day_of_the_money_is_taken_where_it_is_said() -> None:
    assert moved(more="<DTAVAIL>20260303").value_date == date(2026, 3, 3)
    assert moved(more="<VALUEDATE>20260304").value_date == date(2026, 3, 4)


def test_values_of_other_parts_do_not_count() -> None:
    found = moved(more="<ORIGCURRENCY><CURRATE>1.1<CURSYM>USD</ORIGCURRENCY><IMAGEDATA><NAME>X</IMAGEDATA>")
    assert (found.amount, found.counterparty) == (Decimal(-10), Counterparty())


def test_an_amount_in_another_currency_is_said_once() -> None:
    dollars = movement(more="<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY>")
    euros = movement(more="<CURRENCY><CURRATE>1<CURSYM>EUR</CURRENCY>")
    paper = read_one(document(account(euros, dollars, dollars)))
    assert (paper.currency, rules(paper.problems)) == ("EUR", [("ofx.currency", "error")])
    without = read_one(document(account(dollars, currency="")))
    assert (without.currency, without.problems) == ("USD", ())


def test_what_is_pending_is_no_movement() -> None:
    pending = movement("-99").replace("STMTTRN", "STMTTRNP")
    paper = read_one(document(account(movement(), pending)))
    assert [found.amount for found in paper.movements] == [Decimal("-10.00")]


# --- refused


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "ofx.empty"),
        ("hello", "ofx.empty"),
        (f"{HEADER_1}<OFX></OFX>", "ofx.empty"),
        (document(), "ofx.empty"),
        (f"{HEADER_1}<OFX>{movement()}</OFX>", "ofx.empty"),
        (
            f"{HEADER_1}<OFX><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password</STATUS></SONRS></OFX>",
            "ofx.status",
        ),
    ],
)
def test_a_file_without_a_statement_is_refused_with_the_reason(text: str, rule: str) -> None:
    papers, (problem,) = read_ofx(text.encode())
    assert (papers, problem.rule, problem.level) == ((), rule, "error")


def test_an_error_of_the_banks_program_is_told_in_its_words_beside_what_was_read() -> None:
    failed = "<STATUS><CODE>2000<SEVERITY>ERROR</STATUS>"
    papers, (problem,) = read_ofx(document(account(movement()), failed).encode())
    assert len(papers) == 1
    assert (problem.rule, problem.place) == ("ofx.status", "line 38")
    assert "error 2000" in problem.message
    assert "it does not say why" in problem.message


@pytest.mark.parametrize(
    ("limit", "value"), [("LARGEST", 20), ("MOST_TAGS", 30), ("MOST_MOVEMENTS", 1), ("MOST_STATEMENTS", 1)]
)
def test_a_file_beyond_any_statement_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    text = document(account(movement(), movement()), account())
    assert len(read(text)) == 2
    monkeypatch.setattr(ofx, limit, value)
    papers, (problem,) = read_ofx(text.encode())
    assert (papers, problem.rule) == ((), "ofx.size")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_read_in_the_usual_encodings(encoding: str) -> None:
    data = document(account(movement(more="<NAME>Bäckerei Größe"))).encode(encoding)
    assert looks_like_ofx(data)
    (paper,), problems = read_ofx(data)
    assert isinstance(paper, Statement)
    assert (paper.movements[0].counterparty.name, problems) == ("Bäckerei Größe", ())


def test_a_rare_encoding_is_read_and_said() -> None:
    data = document(account(movement(more="<NAME>Bäckerei"))).encode("utf-16")
    assert looks_like_ofx(data)
    (paper,), problems = read_ofx(data)
    assert isinstance(paper, Statement)
    assert paper.movements[0].counterparty.name == "Bäckerei"
    assert rules(problems) == [("ofx.encoding", "warning")]


@pytest.mark.parametrize(
    "head", [b"", b"<html>", b"<Invoice/>", b"see OFXHEADER:100", b"<?xml?><a/>", b"<OFXX>"]
)
def test_other_files_are_not_taken_for_ofx(head: bytes) -> None:
    assert not looks_like_ofx(head)


SAMPLE = document(
    account(
        movement(),
        movement("5,00", more="<PAYEE><NAME>Z</PAYEE><MEMO><![CDATA[A & B]]>"),
        movement(more="<CURRENCY><CURSYM>USD</CURRENCY>"),
    ),
    account(movement(), kind="INVSTMTRS", part="INVACCTFROM"),
).encode()


@settings(max_examples=300)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 60), st.binary(max_size=30))
def test_a_spoiled_file_gives_papers_or_problems(at: int, cut: int, put: bytes) -> None:
    papers, problems = read_ofx(SAMPLE[:at] + put + SAMPLE[at + cut :])
    assert papers or problems


@given(st.lists(st.sampled_from(re.findall(r"<[^>]+>|[^<]+", SAMPLE.decode())), max_size=60))
def test_tags_in_any_order_give_papers_or_problems(tags: list[str]) -> None:
    papers, problems = read_ofx("".join(tags).encode())
    assert papers or problems


@given(st.text(alphabet="0123456789.,' +-$", max_size=15))
def test_any_amount_is_read_or_not(written: str) -> None:
    amount = read_amount(written)
    assert amount is None or amount.is_finite()
