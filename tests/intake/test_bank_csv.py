"""Lists of movements as Belgian and other banks export them."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.bank_csv import looks_like_bank_list, read_bank_table
from pilothouse.intake.bank_csv import statements as bank_statements
from pilothouse.intake.bank_csv.movements import tidy_account
from pilothouse.intake.papers import Problem, Statement
from pilothouse.intake.tables.sheets import read_sheets
from tests.intake import bank_csv_samples as samples


def read(text: str, encoding: str = "utf-8") -> list[Statement]:
    reading = read_bank_table(read_sheets(text.encode(encoding))[0])
    assert reading is not None
    return [paper for paper in reading[0] if isinstance(paper, Statement)]


def one(text: str) -> Statement:
    (statement,) = read(text)
    return statement


def rules(statement: Statement) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.place) for problem in statement.problems]


def is_bank(text: str) -> bool:
    return read_bank_table(read_sheets(text.encode())[0]) is not None


@pytest.mark.parametrize("name", samples.ALL)
def test_each_bank_is_known_by_its_headings(name: str) -> None:
    for statement in read(samples.ALL[name]):
        assert statement.movements
        assert statement.currency in {"EUR", "USD", "GBP"}
        if statement.opening and statement.closing:
            moved = sum((movement.amount for movement in statement.movements), Decimal(0))
            assert statement.opening.amount + moved == statement.closing.amount
        assert not [problem for problem in statement.problems if problem.level == "error"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_french_headings_are_known_in_every_encoding(encoding: str) -> None:
    (statement,) = read(samples.BNP_FR, encoding)
    assert statement.movements[0].amount == 18


def test_kbc_gives_movements_newest_first_with_proved_balances() -> None:
    statement = one(samples.KBC_NL)
    assert (statement.account, statement.holder, statement.number) == (
        "BE68539007547034",
        "ATELIER NOORD BV",
        "02026003",
    )
    assert statement.opening
    assert statement.closing
    assert (statement.opening.date, statement.opening.amount) == (date(2026, 2, 3), Decimal("9000.50"))
    assert (statement.closing.date, statement.closing.amount) == (date(2026, 2, 5), Decimal("7890.55"))
    first, second, third = statement.movements
    assert (first.amount, first.structured, first.communication) == (Decimal("-1210.00"), "090933755493", "")
    assert (first.counterparty.name, first.counterparty.iban, first.counterparty.bic) == (
        "WEBHUIS BV",
        "BE62510007547061",
        "KREDBEBB",
    )
    assert (second.communication, second.structured, second.place) == ("factuur 12", None, "line 3")
    assert third.counterparty.name is None
    assert third.communication == "BETALING BANCONTACT WINKEL ZUID"


def test_belfius_reads_two_digit_years_below_its_filters_and_leaves_the_filtered_account_alone() -> None:
    statement = one(samples.BELFIUS_NL)
    assert statement.account == "BE68539007547034"
    assert [movement.date for movement in statement.movements] == [date(2026, 1, 27), date(2026, 1, 5)]
    assert [movement.amount for movement in statement.movements] == [Decimal("-1210.00"), Decimal("-12.5")]
    assert statement.movements[0].bank_reference == "0002"
    # The balance above is that of the moment of the export, not of the last movement.
    assert (statement.opening, statement.closing) == (None, None)
    assert statement.problems == ()


def test_a_refused_line_is_no_movement_and_said() -> None:
    statement = one(samples.BNP_NL)
    assert [movement.amount for movement in statement.movements] == [Decimal("-1210.05"), Decimal("-12.05")]
    assert rules(statement) == [("bank_csv.not_booked", "line 3")]
    assert "One line was" in statement.problems[0].message
    assert statement.movements[0].bank_reference == "2602051234567"
    assert statement.movements[1].bank_reference is None


def test_a_line_with_a_reason_of_refusal_and_no_status_is_no_movement() -> None:
    without = samples.BNP_NL.replace("Geweigerd", "").replace("Geaccepteerd", "")
    assert rules(one(without)) == [("bank_csv.not_booked", "line 3")]


def test_several_refused_lines_are_counted() -> None:
    statement = one(samples.BNP_NL.replace("Geaccepteerd;", "In behandeling;"))
    assert statement.movements == ()
    assert statement.opening is None
    assert "3 lines were" in statement.problems[0].message


def test_name_and_account_in_one_text_are_taken_apart() -> None:
    first, second = one(samples.BNP_OLD).movements
    assert (first.counterparty.name, first.counterparty.iban) == (
        "WEBHUIS BV STRAAT 1 9000 GENT",
        "BE62510007547061",
    )
    assert (second.counterparty.name, second.counterparty.iban) == ("GELDAUTOMAAT GENT", None)


def test_an_account_with_wrong_check_digits_in_a_text_stays_text() -> None:
    wrong = samples.BNP_OLD.replace("BE62 5100 0754 7061", "BE63 5100 0754 7061")
    assert one(wrong).movements[0].counterparty.iban is None


def test_old_belgian_numbers_become_ibans_and_the_text_names_the_other_side() -> None:
    statement = one(samples.ING_NL_BE)
    assert statement.account == "BE68539007547034"
    card, transfer = statement.movements
    assert card.counterparty.iban == "BE62510007547061"
    assert (transfer.counterparty.name, transfer.structured) == ("KLANT VZW", "090933755493")


def test_the_other_account_is_taken_from_the_text_where_no_column_has_it() -> None:
    text = samples.ING_NL_BE.replace(";BE62510007547061;24", ";;24")
    assert one(text).movements[1].counterparty.iban == "BE62510007547061"


def test_amounts_below_one_may_have_no_zero() -> None:
    statement = one(samples.CRELAN_NL)
    assert [movement.amount for movement in statement.movements] == [Decimal("0.95"), Decimal("-0.05")]
    assert statement.movements[1].communication == "Kosten"


def test_several_accounts_and_currencies_are_several_statements() -> None:
    euro, dollar = read(samples.REVOLUT_BUSINESS)
    assert (euro.account, euro.currency, dollar.account, dollar.currency) == (
        "EUR Main",
        "EUR",
        "USD Main",
        "USD",
    )
    assert euro.movements[0].amount == Decimal("-11.50")  # with its fee
    assert euro.movements[0].communication == "Cloud Box 12.00 USD"
    assert euro.movements[1].counterparty.name == "Webhuis BV"
    assert dollar.movements[0].counterparty.name == "Client Inc"
    assert rules(euro) == [("bank_csv.not_booked", "line 3")]


def test_a_fee_of_its_own_is_taken_off() -> None:
    assert [movement.amount for movement in one(samples.REVOLUT).movements] == [
        Decimal("-40.90"),
        Decimal("200.00"),
    ]


def test_a_column_says_in_or_out() -> None:
    assert [movement.amount for movement in one(samples.ING_NL).movements] == [
        Decimal("-85.50"),
        Decimal("2500.00"),
    ]


def test_letters_behind_an_amount_say_in_or_out() -> None:
    text = samples.ABN_AMRO.replace("-85,50", "85,50 D")
    assert one(text).movements[0].amount == Decimal("-85.50")
    assert one(text.replace("85,50 D", "85,50 C")).movements[0].amount == Decimal("85.50")


def test_payer_and_payee_are_told_by_the_sign() -> None:
    out, money_in = one(samples.DKB).movements
    assert (out.counterparty.name, money_in.counterparty.name) == ("Webhuis", "Kunde")


def test_the_account_may_stand_above_the_headings() -> None:
    assert one(samples.DKB).account == "DE89370400440532013000"


def test_the_currency_may_stand_above_the_headings() -> None:
    assert one("Devise du compte;USD\n" + samples.UNKNOWN_BANK_WITHOUT_BALANCE).currency == "USD"


def test_a_missing_account_is_said() -> None:
    assert rules(one(samples.WISE)) == [("bank_csv.account", None)]


def test_an_unknown_bank_is_taken_for_its_running_balance() -> None:
    statement = one(samples.UNKNOWN_BANK)
    assert statement.currency == "GBP"
    assert [movement.amount for movement in statement.movements] == [-12, 100, -8]
    assert statement.opening
    assert statement.opening.amount == 1000


@pytest.mark.parametrize(
    "changed",
    [
        samples.UNKNOWN_BANK.replace("988.00", "900.00").replace("1088.00", "1.00"),  # balances prove nothing
        samples.UNKNOWN_BANK.replace("Description", "Journal"),  # a word of a book
        samples.UNKNOWN_BANK.replace(
            "Money out,Money in", "Money in,Money out"
        ),  # debit is money in: a ledger
        "\n".join(samples.UNKNOWN_BANK.splitlines()[:2]),  # one row proves nothing
        "Booking date,Description,Money out,Money in,Balance (GBP)\n",  # no row
        samples.UNKNOWN_BANK_WITHOUT_BALANCE.replace("BE68 5390 0754 7034", "612000"),  # a ledger account
        "Date,Amount\n13/02/2026,5.00\n",
        "Date,Amount,Description\n13/02/2026,5.00,Shop\n",
        "Datum;Bedrag\n",
    ],
)
def test_what_could_be_a_ledger_is_left_to_the_ledgers(changed: str) -> None:
    assert not is_bank(changed)


def test_rows_without_day_or_amount_are_not_asked_for_proof() -> None:
    head, *rows = samples.UNKNOWN_BANK_WITHOUT_BALANCE.splitlines()
    text = "\n".join(
        [head, "BE68 5390 0754 7034;soon;1,00;;;", "BE68 5390 0754 7034;13/02/2026;much;;;", *rows]
    )
    assert len(one(text).movements) == 1
    assert not is_bank("\n".join([head, "BE68 5390 0754 7034;soon;much;;;"]))


def test_proof_is_asked_of_the_first_rows_only() -> None:
    head, row = samples.UNKNOWN_BANK_WITHOUT_BALANCE.splitlines()
    assert len(one("\n".join([head, *[row] * 2100])).movements) == 2100


def test_a_known_bank_whose_accounts_are_ledger_accounts_is_none() -> None:
    assert not is_bank(samples.ARGENTA_NL.replace("BE68 5390 0754 7034", "612000"))


def test_one_odd_account_among_many_does_not_matter() -> None:
    head, row = samples.ARGENTA_NL.strip().split("\n")
    odd = row.replace("BE68 5390 0754 7034", "612000")
    assert len(read("\n".join([head, odd, row, row]))) == 2


def test_a_broken_running_balance_is_said_where_it_breaks() -> None:
    older_first = samples.CRELAN_NL.replace("100.90", "99.90")
    assert rules(one(older_first)) == [("bank_csv.balance", "line 3")]
    newer_first = samples.KBC_NL.replace("9.100,55", "9.100,56")
    statement = one(newer_first)
    assert rules(statement) == []  # the ends still fit: the bank rounds or the cell was touched
    lines = samples.KBC_NL.replace("\r", "\n").splitlines()
    missing = "\n".join([lines[0], lines[1], lines[3]])
    assert rules(one(missing)) == [("bank_csv.balance", "line 2")]
    assert one(missing).opening is None


def test_a_list_that_fits_both_ways_is_read_by_its_steps() -> None:
    text = """Datum;Bedrag;Saldo na verrichting;Munt;Tegenpartij;Rekening tegenpartij;Type verrichting;Mededeling;\
Rekening opdrachtgever
04/02/2026;5,00;105,00;EUR;A;;;;BE68 5390 0754 7034
03/02/2026;-5,00;100,00;EUR;A;;;;BE68 5390 0754 7034
02/02/2026;5,00;105,00;EUR;A;;;;BE68 5390 0754 7034
"""
    statement = one(text)
    assert statement.opening
    assert statement.closing
    assert statement.closing.amount - statement.opening.amount == 5


def test_a_day_or_amount_that_cannot_be_read_is_said_with_its_line() -> None:
    text = samples.ARGENTA_NL + samples.ARGENTA_NL.split("\n")[1].replace("-45,00", "??").replace(
        "domein", "x"
    )
    statement = one(text)
    assert rules(statement) == [("bank_csv.line", "line 3")]
    assert "“??”" in statement.problems[0].message
    statement = one(
        text.replace(";??;", ";1,00;").replace("domein", "x").replace("05-01-2026;05-01", "soon;05-01", 1)
    )
    assert [problem.rule for problem in statement.problems] == ["bank_csv.line"]
    assert "“soon”" in statement.problems[0].message


def test_totals_words_and_carried_balances_are_no_movements() -> None:
    text = samples.CRELAN_NL + ";1.00;;;total;;;;\nend of list;;;;;;;;\n05/02/2026;;100.90;EUR;;;saldo;;\n"
    statement = one(text)
    assert len(statement.movements) == 2
    assert statement.problems == ()


def test_a_row_without_account_belongs_to_the_only_account() -> None:
    text = samples.ARGENTA_NL + ";06-01-2026;06-01-2026;R;Kosten;-1,00;EUR;06-01-2026;;;\n"
    assert len(one(text).movements) == 2
    two = text + samples.ARGENTA_NL.split("\n")[1].replace("BE68 5390 0754 7034", "BE62 5100 0754 7061", 1)
    assert [statement.account for statement in read(two)] == ["BE68539007547034", None, "BE62510007547061"]


def test_headings_again_in_the_middle_are_left_out() -> None:
    assert len(one(samples.ARGENTA_NL + samples.ARGENTA_NL).movements) == 2


def test_headings_alone_are_a_list_with_nothing_in_it() -> None:
    reading = read_bank_table(read_sheets((samples.ARGENTA_NL.split("\n")[0] + "\n").encode())[0])
    assert reading is not None
    assert reading[0] == ()
    assert [problem.rule for problem in reading[1]] == ["bank_csv.empty"]


def test_more_accounts_than_a_bank_lists_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_statements, "MOST_STATEMENTS", 1)
    reading = read_bank_table(read_sheets(samples.REVOLUT_BUSINESS.encode())[0])
    assert reading is not None
    assert reading[0] == ()
    assert [(problem.rule, problem.place) for problem in reading[1]] == [("bank_csv.accounts", "line 5")]


def test_days_are_read_with_the_day_first_unless_they_cannot_be() -> None:
    fifth = samples.UNKNOWN_BANK.replace("13/02", "05/01").replace("14/02", "05/02").replace("15/02", "05/03")
    assert [movement.date.day for movement in one(fifth).movements] == [5, 5, 5]
    american = (
        samples.UNKNOWN_BANK.replace("13/02", "02/13").replace("14/02", "02/14").replace("15/02", "02/15")
    )
    assert [movement.date.month for movement in one(american).movements] == [2, 2, 2]
    none = samples.ARGENTA_NL.replace("05-01-2026", "soon")
    assert [problem.rule for problem in one(none).problems] == ["bank_csv.line"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("BE68 5390 0754 7034", "BE68539007547034"),
        ("539-0075470-34", "BE68539007547034"),
        ("539-0075470-35", "539007547035"),
        ("EUR Main", "EURMain"),
        ("", None),
    ],
)
def test_accounts_are_kept_without_spaces(written: str, kept: str | None) -> None:
    assert tidy_account(written) == kept


CELLS = st.text(alphabet=string.printable + "éëà€", max_size=12)


@given(st.sampled_from(list(samples.ALL.values())), st.data())
def test_a_spoiled_list_never_raises(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    spoiled = text[:at] + data.draw(CELLS) + text[data.draw(st.integers(at, len(text))) :]
    reading = read_bank_table(read_sheets(spoiled.encode())[0])
    for paper in reading[0] if reading else ():
        assert isinstance(paper, Statement)
        assert all(isinstance(problem, Problem) for problem in paper.problems)


@pytest.mark.parametrize("text", [samples.BELFIUS_NL, samples.BELFIUS_FR, samples.DKB])
def test_a_short_list_below_many_filters_is_recognised(text: str) -> None:
    assert looks_like_bank_list(text.encode())


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"%PDF-1.7 Rekening",
        b"PK\x03\x04",
        b"\x01\x02",
        b"{}",
        b"words and words\nand words",
        samples.UNKNOWN_BANK.encode(),
    ],
)
def test_other_files_are_not_recognised_as_a_known_bank(head: bytes) -> None:
    assert not looks_like_bank_list(head)
