"""Ledgers with any headers: what the columns mean and why, what is a line and what is not."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake.ledgers import (
    MEANINGS,
    header_print,
    looks_like_ledger,
    preview,
    read_ledger,
    reading,
    same_source,
)
from pilothouse.intake.ledgers.headers import match_headers, plain, what_header_says
from pilothouse.intake.ledgers.leftout import first_label, whole_label
from pilothouse.intake.ledgers.lines import LedgerLines
from pilothouse.intake.ledgers.meanings import NOT_USED, WORDS
from pilothouse.intake.papers import Ledger, LedgerLine, Problem
from pilothouse.intake.shapes import as_json

Told = Mapping[str, str] | None


def ledger(text: str | bytes, told: Told = None) -> Ledger:
    """The only ledger in a table."""
    data = text.encode() if isinstance(text, str) else text
    (paper,), problems = read_ledger(data, told)
    assert problems == ()
    assert isinstance(paper, Ledger)
    return paper


def refused(text: str | bytes, told: Told = None) -> Problem:
    papers, problems = read_ledger(text.encode() if isinstance(text, str) else text, told)
    assert papers == ()
    return problems[-1]


def meanings(paper: Ledger) -> dict[str, str]:
    return {column.header: column.meaning for column in paper.columns if column.meaning}


def amounts(paper: Ledger) -> list[str]:
    return [str(line.amount) for line in paper.lines]


def rules(paper: Ledger) -> list[str]:
    return [problem.rule for problem in paper.problems]


def said(paper: Ledger, rule: str) -> str:
    (message,) = [problem.message for problem in paper.problems if problem.rule == rule]
    return message


PAYMENTS = """Date Paid,Supplier,Net Amount (£),Service Area,Purpose
13/04/2026,Acme Tools Ltd,"£1,234.50",Housing,Repairs
14/04/2026,Total Gas & Power,£(200.00),Housing,Gas
25/04/2026,"Smith, J",£80.00,Legal,Fees
"""

PURCHASES = """Aankoopdagboek 2026;;;;;;;;
Boekdatum;Factuurdatum;Factuurnummer;Leverancier;BTW-nummer;Bedrag excl. BTW;BTW;Totaal;Vervaldatum
02/01/2026;01/01/2026;F1;Proximus NV;BE0202239951;1.234,56;259,26;1.493,82;01/02/2026
05/01/2026;03/01/2026;F2;Telenet BV;BE0473416418;100,00;21,00;121,00;01/02/2026
;;;Subtotaal;;1.334,56;280,26;1.614,82;
23/01/2026;22/01/2026;F3;Transport Jansen;BE0403.019.261;10,00;2,10;12,10;01/02/2026
;;;Te transporteren;;1.344,56;282,36;1.626,92;
;;;Totaal;;1.344,56;282,36;1.626,92;
"""

GENERAL = """Date;Journal;Pièce;Compte;Intitulé;Libellé;Tiers;Débit;Crédit
01/01/2026;AN;1;550000;Banque;Report à nouveau;;1 000,00;
25/01/2026;ACH;2;612000;Téléphone;Proximus janvier;;100,00;
;;;411000;TVA;Proximus janvier;;21,00;
;;;440000;Fournisseurs;Proximus janvier;Proximus;;121,00
26/01/2026;ACH;3;613000;Licences;Microsoft;;50,00;
;;;440000;Fournisseurs;Microsoft;Microsoft Ireland;;50,00
;;;;;Total général;;1 171,00;171,00
"""


# --- what comes out


def test_a_list_of_payments_is_read_without_a_hand() -> None:
    paper = ledger(PAYMENTS)
    assert (paper.book, paper.syntax, paper.currency, paper.net) == ("payments", "csv", "GBP", True)
    assert paper.reason == "“paid” is a word of payments."
    assert paper.problems == ()
    assert next(iter(paper.lines)) == LedgerLine(
        place="line 2",
        date=date(2026, 4, 13),
        amount=Decimal("1234.50"),
        currency="GBP",
        party="Acme Tools Ltd",
        description="Repairs",
        department="Housing",
    )
    assert amounts(paper) == ["1234.50", "-200.00", "80.00"]
    assert paper.lines[2].party == "Smith, J"
    assert paper.period
    assert (paper.period.start, paper.period.end) == (date(2026, 4, 13), date(2026, 4, 25))


def test_a_purchase_ledger_keeps_its_lines_and_leaves_out_its_totals() -> None:
    paper = ledger(PURCHASES)
    assert (paper.book, paper.net) == ("purchases", True)
    assert meanings(paper) == {
        "Factuurdatum": "date",
        "Factuurnummer": "document",
        "Leverancier": "party",
        "BTW-nummer": "party_id",
        "Bedrag excl. BTW": "net",
        "BTW": "vat",
        "Totaal": "gross",
    }
    assert [(line.amount, line.vat, line.document, line.party_id) for line in paper.lines] == [
        (Decimal("1234.56"), Decimal("259.26"), "F1", "BE0202239951"),
        (Decimal("100.00"), Decimal("21.00"), "F2", "BE0473416418"),
        (Decimal("10.00"), Decimal("2.10"), "F3", "BE0403.019.261"),
    ]
    assert rules(paper) == ["ledger.totals", "ledger.balances"]
    assert "2 rows hold totals" in said(paper, "ledger.totals")
    assert "“Te transporteren”" in said(paper, "ledger.balances")


def test_a_general_ledger_is_told_by_its_balance_and_names_suppliers_on_all_lines() -> None:
    paper = ledger(GENERAL)
    assert paper.book == "general"
    assert paper.reason == "Its debits equal its credits, on accounts: a general ledger."
    assert [
        (line.date, line.account, line.account_name, line.party, str(line.amount)) for line in paper.lines
    ] == [
        (date(2026, 1, 25), "612000", "Téléphone", "Proximus", "100.00"),
        (date(2026, 1, 25), "411000", "TVA", "Proximus", "21.00"),
        (date(2026, 1, 25), "440000", "Fournisseurs", "Proximus", "-121.00"),
        (date(2026, 1, 26), "613000", "Licences", "Microsoft Ireland", "50.00"),
        (date(2026, 1, 26), "440000", "Fournisseurs", "Microsoft Ireland", "-50.00"),
    ]
    assert rules(paper) == ["ledger.totals", "ledger.balances"]


def test_an_extract_of_a_general_ledger_is_one_that_does_not_balance() -> None:
    paper = ledger(
        "Datum;Dagboek;Rekening;Omschrijving;Debet;Credit\n"
        "25/01/2026;AK;612000;Telefoon;100,00;\n26/01/2026;AK;613000;Licentie;50,00;\n27/01/2026;AK;613000;Terug;;5,00\n"
    )
    assert paper.book == "general"
    assert amounts(paper) == ["100.00", "50.00", "-5.00"]
    assert "differ by 145.00" in said(paper, "ledger.balance")


def test_an_amount_with_a_mark_beside_it_has_its_sign() -> None:
    paper = ledger(
        "Datum;Rekening;Omschrijving;Bedrag;D/C\n25-01-2026;6120;Tel;10,00;D\n25-01-2026;4400;Tel;10,00;C\n"
        "26-01-2026;6120;Tel;5,00;D\n26-01-2026;4400;Tel;5,00;C\n"
    )
    assert paper.book == "general"
    assert amounts(paper) == ["10.00", "-10.00", "5.00", "-5.00"]


def test_only_credits_are_negative_costs_and_are_turned_where_they_are_most() -> None:
    paper = ledger("Date;Supplier;Credit\n25/01/2026;Acme;10\n26/01/2026;Beta;20\n27/01/2026;Gamma;30\n")
    assert amounts(paper) == ["10", "20", "30"]
    assert rules(paper) == ["ledger.signs"]


def test_only_debits_are_costs() -> None:
    paper = ledger("Date;Supplier;Debit\n25/01/2026;Acme;10\n26/01/2026;Beta;20\n")
    assert amounts(paper) == ["10", "20"]


def test_costs_written_as_negative_are_turned_with_their_vat() -> None:
    rows = "25/01/2026;Acme;-10,00;-2,10\n26/01/2026;Beta;-20,00;0\n27/01/2026;Gamma;-30,00;-6,30\n28/01/2026;D;0;\n"
    paper = ledger(f"Date;Supplier;Net;VAT\n{rows}")
    assert [(str(line.amount), line.vat) for line in paper.lines] == [
        ("10.00", Decimal("2.10")),
        ("20.00", Decimal(0)),
        ("30.00", Decimal("6.30")),
        ("0", None),
    ]
    assert rules(paper) == ["ledger.signs"]


def test_a_currency_may_stand_in_a_column_in_cells_or_nowhere() -> None:
    paper = ledger("Date;Supplier;Amount;Currency\n25/01/2026;Acme;10,00;EUR\n26/01/2026;Beta;20,00;USD\n")
    assert [line.currency for line in paper.lines] == ["EUR", "USD"]
    assert paper.lines[1].currency == "USD"
    paper = ledger("Date;Supplier;Amount\n25/01/2026;Acme;€ 10,00\n26/01/2026;Beta;€ 20,00\n")
    assert (paper.currency, paper.lines[0].currency) == ("EUR", "EUR")
    paper = ledger("Date;Supplier;Amount\n25/01/2026;Acme;€ 10,00\n26/01/2026;Beta;$ 20,00\n")
    assert (paper.currency, paper.lines[0].currency) == (None, None)


def test_an_amount_may_be_with_vat() -> None:
    paper = ledger("Datum;Leverancier;Bedrag incl. BTW\n25/01/2026;Acme;12,10\n")
    assert (paper.net, paper.book) == (False, "purchases")


def test_whose_books_these_are_is_said_where_one_name_fills_the_column() -> None:
    rows = "Body,Date,Supplier,Amount\nOne,25/01/2026,Acme,1.00\n{},26/01/2026,Beta,2.00\n"
    assert ledger(rows.format("One")).holder == "One"
    assert ledger(rows.format("Two")).holder is None


@pytest.mark.parametrize(
    ("headers", "title", "book"),
    [
        ("Date;Supplier;Amount", "", "payments"),
        ("Invoice date;Supplier;Amount", "", "purchases"),
        ("Date;Supplier;Amount", "Liste des achats", "purchases"),
        ("Date;Supplier;Amount", "Uitgevoerde betalingen", "payments"),
        ("Payment date;Supplier;Invoice amount", "", "payments"),
        ("Date;Supplier;Net amount", "", "purchases"),
    ],
)
def test_payments_and_purchases_are_told_apart_by_words(headers: str, title: str, book: str) -> None:
    paper = ledger(f"{title}\n{headers}\n25/01/2026;Acme;1,00\n26/01/2026;Beta;2,00\n")
    assert paper.book == book
    assert paper.reason


# --- which rows are no lines


def test_a_supplier_called_total_is_a_line_and_a_total_is_none() -> None:
    paper = ledger(
        "Date,Supplier,Amount\n25/01/2026,Total,10.00\n26/01/2026,TotalEnergies,20.00\n27/01/2026,Transport,5.00\n"
        ",Total,35.00\n"
    )
    assert [line.party for line in paper.lines] == ["Total", "TotalEnergies", "Transport"]
    assert rules(paper) == ["ledger.totals"]


def test_a_total_with_the_day_of_printing_is_none() -> None:
    paper = ledger(
        "Date,Supplier,Ref,Amount\n25/01/2026,Acme,a,10.00\n26/01/2026,Beta,b,5.00\n31/01/2026,Total,,15.00\n"
    )
    assert amounts(paper) == ["10.00", "5.00"]


def test_a_row_that_is_the_sum_of_those_above_is_a_total_without_any_word() -> None:
    paper = ledger(
        "Date,Supplier,Amount\n25/01/2026,Acme,10.00\n26/01/2026,Beta,5.00\n,,15.00\n27/01/2026,C,1.00\n,,1.00\n"
    )
    assert amounts(paper) == ["10.00", "5.00", "1.00"]
    assert rules(paper) == ["ledger.totals"]


def test_a_total_that_is_not_the_sum_is_said() -> None:
    paper = ledger(
        "Date,Supplier,Amount\n25/01/2026,Acme,10.00\n26/01/2026,Beta,5.00\n,Total,99.00\n,Total,0.00\n"
    )
    assert "line 4" in said(paper, "ledger.total_differs")


def test_rows_with_faults_are_kept_and_said() -> None:
    paper = ledger(
        "Date,Supplier,Amount,Note\n25/01/2026,Acme,10.00,a\n26/01/2026,Beta,ask Jan,b\nsoon,Gamma,5.00,c\n"
        ",Delta,6.00,d\n27/01/2026,Epsilon,,e\n28/01/2026,Zeta,7.00,f\n29/01/2026,Eta,8.00,g\n30/01/2026,Eta,8.00,g\n"
    )
    assert [(line.date, line.amount) for line in paper.lines][:4] == [
        (date(2026, 1, 25), Decimal("10.00")),
        (date(2026, 1, 26), None),
        (None, Decimal("5.00")),
        (None, Decimal("6.00")),
    ]
    assert rules(paper) == ["ledger.no_amount", "ledger.amount", "ledger.date", "ledger.no_date"]
    assert "“ask Jan”" in said(paper, "ledger.amount")
    assert "“soon”" in said(paper, "ledger.date")


def test_headers_repeated_on_every_page_and_notes_are_left_out() -> None:
    paper = ledger(
        "Date,Supplier,Amount\n25/01/2026,Acme,10.00\nPage 2,,\nDATE,SUPPLIER,AMOUNT\n26/01/2026,Beta,5.00\n,,\n"
        "Names of persons were removed,,\nprinted by me,,\n"
    )
    assert amounts(paper) == ["10.00", "5.00"]
    assert rules(paper) == ["ledger.headers_again", "ledger.words"]
    assert "3 rows hold words" in said(paper, "ledger.words")


def test_groups_give_their_account_or_supplier_to_the_lines_below() -> None:
    paper = ledger(
        "Grootboek;;;;;\nDatum;Dagboek;Omschrijving;Debet;Credit;Saldo\n612000 Telefonie;;;;;\n;;Beginsaldo;;;0,00\n"
        "25/01/2026;AK;Proximus;100,00;;100,00\n;;Totaal 612000;100,00;;100,00\nRekening: 440000 - Leveranciers;;;;;\n"
        "25/01/2026;AK;Proximus;;100,00;-100,00\n"
    )
    assert paper.book == "general"
    assert [(line.account, line.account_name) for line in paper.lines] == [
        ("612000", "Telefonie"),
        ("440000", "Leveranciers"),
    ]
    paper = ledger(
        "Datum;Factuur;Bedrag;Vervaldag\nLeverancier: 1001 Proximus;;;\n25/01/2026;F1;10,00;26/02/2026\n"
        "Leverancier: 1002 - Telenet;;;\n26/01/2026;F2;5,00;26/02/2026\n"
    )
    assert [line.party for line in paper.lines] == ["Proximus", "Telenet"]


def test_a_delimiter_inside_words_is_mended_where_the_columns_then_agree() -> None:
    paper = ledger(
        "Date,Supplier,Amount,Dept\n25/01/2026,Smith, Jones & Co,100.00,IT\n26/01/2026,Foo,50.00,IT,,,\n"
        "27/01/2026,Bar,5.00\n28/01/2026,Baz,1.00,IT,extra\n29/01/2026,Quu,1.00,IT\n30/01/2026,Abc,b,c,d,e\n"
        "31/01/2026,Zed,3.00,IT\n31/01/2026,Zed,3.00,IT\n31/01/2026,Zed,3.00,IT\n"
    )
    assert paper.lines[0].party == "Smith, Jones & Co"
    assert paper.lines[0].amount == Decimal("100.00")
    assert paper.lines[2].department == ""
    assert rules(paper) == ["ledger.amount", "ledger.joined", "ledger.wider"]
    assert "2 rows have more cells" in said(paper, "ledger.wider")


def test_the_second_table_on_a_sheet_is_said_and_not_read() -> None:
    paper = ledger(
        "Summary,Total\nIT,100\nHR,200\n\nDate,Supplier,Amount\n25/01/2026,Acme,10.00\n\n26/01/2026,Beta,20.00\n\n\n"
        "Department,Amount,Budget\nIT,5,6\nHR,7,8\n"
    )
    assert amounts(paper) == ["10.00", "20.00"]
    assert "line 11" in said(paper, "ledger.other_table")


# --- what the columns mean


def test_every_column_has_a_reason() -> None:
    paper = ledger(
        "Payment dat,Supplier,Amount,Type of spend,Supplier ID,Blank,Ref,Reference,Due date,Kenteken,Account\n"
        "25/01/2026,Acme,10.00,Telephone,77,,a1,b1,28/02/2026,XX,Ink\n"
        "26/01/2026,Beta,20.00,Telephone,78,,a2,b2,28/02/2026,XX,Ink\n"
    )
    reasons = {column.header: column.reason for column in paper.columns}
    assert reasons["Payment dat"] == "The header is near to “payment date” and the cells agree."
    assert reasons["Supplier"] == "The header says “supplier” and the cells agree."
    assert reasons["Supplier ID"] == "“supplier id” is of no use here."
    assert reasons["Blank"] == "Its cells are blank."
    assert reasons["Ref"] == "It could be “number of the invoice or document” as well; “Reference” was taken."
    assert reasons["Due date"] == "“due date” is of no use here."
    assert reasons["Kenteken"] == "Neither the header nor the cells say anything we know."
    assert all(reasons.values())
    assert {column.by for column in paper.columns} == {"guess"}


def test_cells_may_contradict_the_header() -> None:
    paper = ledger(
        "Factuur;Leverancier;BTW;Bedrag;Rekening;Datum;IBAN\n"
        "25/01/2026;Acme;BE0202239951;10,00;Telefonie;nee;612000\n"
        "26/01/2026;Beta;BE0473416418;20,00;Licenties;ja;613000\n"
    )
    assert meanings(paper) == {
        "Factuur": "date",
        "Leverancier": "party",
        "BTW": "party_id",
        "Bedrag": "amount",
        "Rekening": "account_name",
        "IBAN": "account",
    }
    reasons = {column.header: column.reason for column in paper.columns}
    assert (
        reasons["BTW"]
        == "The header says “btw”, its cells say it is the VAT or enterprise number of the supplier."
    )
    assert reasons["Datum"] == "The header says “datum”, but the cells are nothing of the kind."


def test_a_vat_rate_is_no_vat_amount() -> None:
    rows = "".join(f"2{day}/01/2026;Acme;{day},50;{21 if day % 2 else 6}\n" for day in range(1, 8))
    paper = ledger(f"Datum;Leverancier;Netto;BTW\n{rows}")
    assert "vat" not in meanings(paper).values()


def test_capital_or_revenue_is_no_kind_of_cost() -> None:
    paper = ledger(
        "Date,Supplier,Amount,Type of Expenditure,Expenditure Catergory\n25/01/2026,Acme,1.00,Revenue,Rent\n"
        "26/01/2026,Beta,2.00,Capital,Phones\n"
    )
    assert meanings(paper)["Expenditure Catergory"] == "account_name"


def test_columns_are_told_by_their_cells_where_the_headers_say_nothing() -> None:
    paper = ledger(
        "aaa;bbb;ccc;ddd;eee;fff;ggg\n"
        "25/01/2026;Acme NV;10,00;EUR;BE68 5390 0754 7034;BE0202239951;zz\n"
        "26/01/2026;Beta BV;20,50;EUR;BE71 0961 2345 6769;BE0473416418;zz\n"
    )
    assert meanings(paper) == {
        "aaa": "date",
        "bbb": "party",
        "ccc": "amount",
        "ddd": "currency",
        "eee": "iban",
        "fff": "party_id",
    }
    assert {line.party_id for line in paper.lines} == {"BE0202239951", "BE0473416418"}


def test_a_table_without_headers_is_read_by_its_cells_and_said() -> None:
    paper = ledger("25/03/2026,Acme Ltd,500.00\n26/03/2026,Foo Ltd,12.50\n27/03/2026,Bar Ltd,12.50\n")
    first = paper.lines[0]
    assert (first.place, first.party, str(first.amount)) == ("line 1", "Acme Ltd", "500.00")
    assert rules(paper) == ["ledger.no_headers"]
    assert [column.header for column in paper.columns] == ["column 1", "column 2", "column 3"]


def test_of_two_columns_of_amounts_without_a_word_nobody_chooses() -> None:
    table = "Wanneer;Wie;Hoeveel;Ander\n25/01/2026;Acme;10,00;5,00\n26/01/2026;Beta;20,00;3,00\n"
    problem = refused(table)
    assert (problem.rule, problem.level, problem.place) == ("ledger.columns", "error", "line 1")
    assert "no column of amounts was found" in problem.message
    assert "“Wanneer”, “Wie”, “Hoeveel”, “Ander”" in problem.message
    paper = ledger(table, {"wanneer ": "date", "HOEVEEL": "amount", "Wie": "party", "Ander": ""})
    assert amounts(paper) == ["10.00", "20.00"]
    assert {column.by for column in paper.columns} == {"person"}


def test_what_a_person_says_comes_before_every_guess() -> None:
    paper = ledger(PURCHASES, {"Totaal": "amount", "Bedrag excl. BTW": "", "Boekdatum": "date", "BTW": ""})
    assert amounts(paper) == ["1493.82", "121.00", "12.10"]
    assert paper.lines[0].date == date(2026, 1, 2)
    assert (paper.net, paper.lines[0].vat) == (None, None)


def test_a_mapping_with_a_word_that_is_no_meaning_is_said() -> None:
    paper = ledger(PAYMENTS, {"Supplier": "vendor"})
    assert rules(paper) == ["ledger.mapping"]
    assert paper.lines[0].party == "Acme Tools Ltd"
    assert refused("a,b\nx,y\n", {"a": "vendor"}).rule == "ledger.columns"


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Net amount £", "net"),
        ("NetAmount", "net"),
        ("Benificiary Name", "party"),
        ("DatePaid", "date"),
        ("Date of invoice", "date"),
        ("Amount (£)", "amount"),
        ("£", "amount"),
        ("EUR", "amount"),
        ("Amount excl. VAT (£)", "net"),
        ("Amount including irrecoverable VAT", "amount"),
        ("Date of Payment to Supplier", "date"),
        ("Payment Date (dd/mm/yyyy)", "date"),
        ("N° TVA", "party_id"),
        ("Libellé du compte", "account_name"),
        ("Soll/Haben-Kennzeichen", "side"),
        ("Total Contract Value (including extensions)", ""),
        ("Naam leverancier", "party"),
        ("Rechnungsdatum", "date"),
        ("Foo", None),
        ("-", None),
        ("", None),
    ],
)
def test_headers_say_what_they_mean_however_they_are_written(header: str, meaning: str | None) -> None:
    found = what_header_says(header)
    assert (found.meaning if found else None) == meaning


def test_near_in_letters_and_opposite_in_sense_is_not_near() -> None:
    found = what_header_says("Payment amount incl. VAT")  # "payment amount excl. VAT" is two letters away
    assert found
    assert (found.meaning, found.word) == ("gross", "amount incl vat")


def test_the_words_are_in_plain_form_and_mean_one_thing() -> None:
    words = [word for meaning in WORDS.values() for word in meaning]
    assert [word for word in words if plain(word) != word] == []
    assert [word for word in NOT_USED if plain(word) != word] == []
    assert set(WORDS) | {""} == set(MEANINGS)
    assert set(words) & set(NOT_USED) == set()


def test_labels_are_whole_cells_or_how_cells_begin() -> None:
    assert whole_label("Total Energies") is None
    assert whole_label("") is whole_label("Total" * 30) is first_label("") is None
    label = whole_label("Solde à nouveau au 01/01/2026")
    assert label
    assert (label.kind, label.sure) == ("balance", True)
    assert first_label("Totaal 612000") == whole_label("TOTAAL:")


# --- sources remembered


def test_a_source_is_known_though_its_headers_drift() -> None:
    then = ["Supplier Name", "Amount (£)", "Date Paid"]
    now = ["DATE_PAID", "supplier name ", "Amount"]
    assert header_print(then) == header_print(now)
    assert header_print(then) != header_print([*then, "Extra"])
    assert same_source(["Suplier Name", "Amount £", "Date paid"], dict.fromkeys(then, ""))
    assert not same_source(["Leverancier", "Bedrag", "Datum"], then)
    assert not same_source([], [])
    assert not same_source(["Amount", "b", "c", "d", "e"], ["Amount"])
    assert match_headers(["Amount £", "", "Amount"], ["Amount"]) == {0: "Amount"}


def test_a_preview_shows_columns_lines_and_reasons() -> None:
    seen = preview(PAYMENTS.encode(), rows=2)
    assert seen.headers == ("Date Paid", "Supplier", "Net Amount (£)", "Service Area", "Purpose")
    assert [column.column.meaning for column in seen.columns] == [
        "date",
        "party",
        "net",
        "department",
        "description",
    ]
    assert seen.columns[3].samples == ("Housing", "Legal")
    assert [line.party for line in seen.lines] == ["Acme Tools Ltd", "Total Gas & Power"]
    assert (seen.book, seen.problems, seen.sheet) == ("payments", (), None)
    assert seen.reason


def test_a_preview_of_what_is_no_ledger_still_shows_the_columns() -> None:
    seen = preview(b"Wanneer;Wie;Hoeveel;Ander\n25/01/2026;Acme;10,00;5,00\n26/01/2026;Beta;20,00;3,00\n")
    assert seen.headers == ("Wanneer", "Wie", "Hoeveel", "Ander")
    assert (seen.lines, seen.book) == ((), None)
    assert [problem.rule for problem in seen.problems] == ["ledger.columns"]
    told = preview(b"Wanneer;Wie;Hoeveel;Ander\n25/01/2026;Acme;10,00;5,00\n", {"Hoeveel": "amount"})
    assert len(told.lines) == 1
    assert preview(b"").columns == ()
    assert preview(b"lonely\n").headers == ()
    assert [problem.rule for problem in preview(b"PK\x03\x04").problems] == ["table.damaged"]


# --- what is no ledger


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("Date;Supplier;Amount\n", "ledger.empty"),
        ("Date;Supplier;Amount\n;;\nnone;none;none\n", "ledger.columns"),
        ("Naam;Mail\nA;a@b\n", "ledger.columns"),
        (
            "Display name,User principal name,Created\nA,a@b.c,2024-01-01\nB,b@b.c,2024-01-02\n",
            "ledger.columns",
        ),
        ("alone\n", "ledger.no_table"),
        ("", "table.empty"),
    ],
)
def test_what_is_no_ledger_is_refused_with_its_columns(table: str, rule: str) -> None:
    assert refused(table).rule == rule


def test_a_list_of_contracts_is_not_taken_for_a_ledger() -> None:
    problem = refused(
        "Contract reference,Supplier,Annual value,Start date,End date\nC1,Acme,100.00,01/01/2026,31/12/2026\n"
    )
    assert "seems a list of contracts" in problem.message


def test_headers_without_a_line_below_are_said() -> None:
    assert refused("Date;Supplier;Amount\nTotal;;\n").rule in {"ledger.columns", "ledger.empty"}
    problem = refused("Date;Supplier;Amount\n31/01/2026;Total général;5,00\n")
    assert problem.rule == "ledger.empty"


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ("03/04/2026,Acme,10.00\n05/04/2026,Beta,20.00\n", "ledger.date_order"),
        ('25/04/2026,Acme,"1,234"\n26/04/2026,Beta,"5,000"\n', "ledger.thousands"),
    ],
)
def test_what_the_cells_leave_open_is_said(rows: str, rule: str) -> None:
    assert rules(ledger(f"Date,Supplier,Amount\n{rows}")) == [rule]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("3/25/2026,Acme,1.00\n4/5/2026,Beta,2.00\n", [date(2026, 3, 25), date(2026, 4, 5)]),
        ("26-01-02,Acme,1.00\n26-02-03,Beta,2.00\n", [date(2026, 1, 2), date(2026, 2, 3)]),
    ],
)
def test_the_order_of_days_is_that_of_the_column(rows: str, words: list[date]) -> None:
    assert [line.date for line in ledger(f"Date,Supplier,Amount\n{rows}").lines] == words


# --- workbooks


def book(fill: Callable[[Any, Any], None]) -> bytes:
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, {"in_memory": True})
    fill(made, made.add_worksheet("Info"))
    made.close()
    return content.getvalue()


def write(sheet: Any, row: int, column: int, rows: list[list[Any]]) -> None:
    for number, cells in enumerate(rows):
        sheet.write_row(row + number, column, cells)


def test_a_workbook_gives_a_ledger_for_each_sheet_that_is_one() -> None:
    def fill(made: Any, info: Any) -> None:
        info.write(0, 0, "Made by me")
        for name in ("Jan", "Feb"):
            write(
                made.add_worksheet(name),
                1,
                1,
                [
                    ["Datum", "Leverancier", "Bedrag"],
                    ["25/01/2026", "Acme", 10.1],
                    ["26/01/2026", "Beta", 20.2],
                ],
            )
        made.add_worksheet("Leeg")

    papers, (problem,) = read_ledger(book(fill))
    found = [paper for paper in papers if isinstance(paper, Ledger)]
    assert [(paper.sheet, paper.syntax, amounts(paper)) for paper in found] == [
        ("Jan", "xlsx", ["10.1", "20.2"]),
        ("Feb", "xlsx", ["10.1", "20.2"]),
    ]
    assert found[0].lines[0].place == "sheet Jan, row 3"
    assert (problem.rule, problem.level) == ("ledger.no_table", "warning")
    assert preview(book(fill)).sheet == "Jan"


def test_of_tables_side_by_side_the_ledger_is_read() -> None:
    def fill(made: Any, sheet: Any) -> None:
        write(sheet, 2, 0, [["Rubriek", "Som", "Deel"], ["IT", 5, 3], ["HR", 6, 4]])
        write(
            sheet,
            2,
            4,
            [["Datum", "Leverancier", "Bedrag"], ["25/01/2026", "Acme", 10.1], ["26/01/2026", "Beta", 20.2]],
        )

    paper = ledger(book(fill))
    assert meanings(paper) == {"Datum": "date", "Leverancier": "party", "Bedrag": "amount"}
    assert "side by side" in said(paper, "ledger.other_table")


# --- lines as columns


def test_words_beyond_those_shared_are_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SHARED", 1)
    assert [line.party for line in ledger(PAYMENTS).lines] == [
        "Acme Tools Ltd",
        "Total Gas & Power",
        "Smith, J",
    ]


def test_lines_are_a_sequence_like_any_other() -> None:
    lines = ledger(PAYMENTS).lines
    assert isinstance(lines, LedgerLines)
    assert list(lines) == [lines[0], lines[1], lines[2]] == list(lines[:])
    assert lines[-1] == lines[2:][0]
    assert lines == tuple(lines)
    assert lines != tuple(lines)[:2]
    assert lines != "x"
    assert hash(lines) == hash(tuple(lines))
    assert repr(lines) == "<3 ledger lines>"
    with pytest.raises(IndexError):
        lines[3]
    assert as_json(ledger(PAYMENTS))["lines"][0]["amount"] == "1234.50"


# --- whatever is in the file

WORDS_AND_VALUES = """Date Amount Supplier VAT Debit Credit Account 25/01/2026 03/04/26 10.00 -5.00 1.234 Total Saldo
Report x " BE0202239951 612000 Leverancier:X D EUR"""
CELLS = st.sampled_from(["", "612000 Tel", *WORDS_AND_VALUES.split()])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=12), st.sampled_from(";,\t"))
@settings(max_examples=300, deadline=None)
def test_any_table_is_a_ledger_or_refused_with_a_reason(rows: list[list[str]], delimiter: str) -> None:
    data = "\n".join(delimiter.join(row) for row in rows).encode()
    papers, problems = read_ledger(data)
    assert papers or problems
    for paper in papers:
        assert isinstance(paper, Ledger)
        assert len(list(paper.lines)) == len(paper.lines) > 0
        as_json(paper)
    preview(data)


@given(
    st.sampled_from([PAYMENTS, PURCHASES, GENERAL]),
    st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_bytes_changed_anywhere_never_break_a_ledger(sample: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(sample.encode())
    for position, value in changes:
        data[position % len(data)] = value
    papers, problems = read_ledger(bytes(data), {"Supplier": "party"})
    assert papers or problems
    looks_like_ledger(bytes(data))
