"""No table is taken for another kind: bank lists, card statements, exports and ledgers, through the one door."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.bank_csv import looks_like_bank_list
from pilothouse.intake.listings.graph import looks_like_json_listing, read_json_listing
from pilothouse.intake.papers import Ledger, Listing, Statement
from pilothouse.intake.recognise import read_paper
from tests.intake import bank_csv_samples, card_samples, listing_samples

LEDGERS = {
    "purchase journal": """\
Dagboek;Stuknummer;Datum;Leverancier;BTW-nummer;Omschrijving;Netto;BTW;Bruto
A1;2026001;05/01/2026;Webhuis BV;BE0403170701;hosting januari;100,00;21,00;121,00
A1;2026002;17/01/2026;Telecom NV;BE0202239951;internet;50,00;10,50;60,50
A1;2026003;28/01/2026;Kantoor BV;;papier;20,00;4,20;24,20
""",
    "general ledger of the bank account": """Datum;Omschrijving;Debet;Credit;Saldo
05/01/2026;klant;100,00;;1100,00
17/01/2026;Webhuis;;40,00;1060,00
28/01/2026;Telecom;;60,00;1000,00
""",
    "general ledger": """Journal,Date,Account,Account name,Description,Debit,Credit,Balance
P,2026-01-05,612000,Telecom,Telco,50.00,,50.00
P,2026-01-17,612000,Telecom,Telco,60.00,,110.00
B,2026-01-28,440000,Suppliers,Telco,,110.00,0.00
""",
    "payments of a public body": """\
Body,Payment date,Transaction number,Amount (£),Supplier name,Expense type,Department
Council,05/01/2026,1001,1250.00,CLOUD BOX LTD,Software,Finance
Council,17/01/2026,1002,890.50,TELCO PLC,Telephones,Housing
Council,28/01/2026,1003,77.10,PAPER LTD,Stationery,Housing
""",
    "spending of a public body by category of merchant": """\
Date of payment,Beneficiary,Amount,Merchant category,Department
05/01/2026,CLOUD BOX LTD,12.50,Computer software,Finance
17/01/2026,TELCO PLC,8.50,Telephones,Housing
28/01/2026,PAPER LTD,7.10,Stationery,Housing
""",
    "payments with accounts of suppliers": """Betaaldatum;Leverancier;IBAN;Bedrag;Factuurnummer
05/01/2026;Webhuis BV;BE62510007547061;121,00;F1
17/01/2026;Telecom NV;BE43068999999501;60,50;F2
28/01/2026;Kantoor BV;BE68539007547034;24,20;F3
""",
    "invoices with a status and a user": """Invoice date,Vendor,Invoice number,Net amount,User name,Status
2026-01-05,Cloud Box,F1,100.00,an,Paid
2026-01-17,Telco,F2,50.00,bob,Open
2026-01-28,Paper,F3,20.00,an,Paid
""",
    "card spending in the books": """Posting date,Ledger account,Description,Cardholder,Amount,VAT
05/01/2026,6120,Cloud Box,An,100.00,21.00
17/01/2026,6130,Telco,Bob,50.00,10.50
28/01/2026,6140,Paper,An,20.00,4.20
""",
    "FEC": "\t".join(
        (
            "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
            "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
            "ValidDate", "Montantdevise", "Idevise",
        )
    )
    + "\nAC\tAchats\t1\t20260105\t606100\tFrais\t\t\tF1\t20260105\tHébergement\t100,00\t0,00\t\t\t20260105\t\t"
    + "\nAC\tAchats\t1\t20260105\t401000\tTiers\tW1\tWebhuis\tF1\t20260105\tHébergement\t0,00\t100,00\t\t\t\t\t\n",
}  # fmt: skip


def kinds(text: str) -> set[str]:
    return {paper.kind for paper in read_paper(text.encode(), "table.csv")[0]}


@pytest.mark.parametrize("name", bank_csv_samples.ALL)
def test_lists_of_banks_are_statements(name: str) -> None:
    assert kinds(bank_csv_samples.ALL[name]) == {"statement"}


@pytest.mark.parametrize("name", card_samples.ALL)
def test_card_statements_are_statements_of_a_masked_card(name: str) -> None:
    papers, _ = read_paper(card_samples.ALL[name].encode(), "card.csv")
    assert papers
    for paper in papers:
        assert isinstance(paper, Statement)
        assert paper.account
        assert paper.account.startswith("****")


@pytest.mark.parametrize("name", listing_samples.TABLES)
def test_exports_are_listings(name: str) -> None:
    text, kind = listing_samples.TABLES[name]
    (paper,), _ = read_paper(text.encode(), "export.csv")
    assert isinstance(paper, Listing)
    assert paper.of == kind


@pytest.mark.parametrize("name", listing_samples.JSONS)
def test_exports_in_json_are_listings(name: str) -> None:
    text, kind = listing_samples.JSONS[name]
    (paper,), _ = read_paper(text.encode(), "export.json")
    assert isinstance(paper, Listing)
    assert paper.of == kind


@pytest.mark.parametrize("name", LEDGERS)
def test_books_and_lists_of_payments_are_ledgers(name: str) -> None:
    (paper,), _ = read_paper(LEDGERS[name].encode(), "ledger.csv")
    assert isinstance(paper, Ledger)
    assert len(paper.lines) >= 2


def test_a_workbook_of_a_bank_is_read_like_its_text() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("Rekening")
        heading, row = bank_csv_samples.ARGENTA_NL.strip().split("\n")
        sheet.write_row(0, 0, heading.split(";"))
        sheet.write_row(1, 0, row.split(";"))
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for column in (1, 2, 7):
            sheet.write_datetime(1, column, date(2026, 1, 5), days)
        sheet.write_number(1, 5, -45.1)
    (paper,), _ = read_paper(written.getvalue(), "bank.xlsx")
    assert isinstance(paper, Statement)
    (movement,) = paper.movements
    assert (movement.date, movement.amount) == (date(2026, 1, 5), Decimal("-45.1"))
    assert movement.place == "sheet Rekening, row 2"


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert looks_like_bank_list(data) in {True, False}
    assert looks_like_json_listing(data) in {True, False}
    papers, problems = read_json_listing(data)
    assert papers or problems
    papers, problems = read_paper(data, "table.csv")
    assert papers or problems
