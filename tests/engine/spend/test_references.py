"""Where an invoice says that its buyer is to book it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilothouse.engine.spend.accounts import Accounts
from pilothouse.engine.spend.references import References, read_reference
from pilothouse.engine.spend.terms import Account, Identity, InvoiceItem, InvoicePaper
from tests.engine.spend.spend_papers import KNOWLEDGE, a_review, amount, an_entry, an_invoice

ACCOUNTS = Accounts(KNOWLEDGE.ledgers)
SMITH = Identity("Smith & Partners", "BE0417497106", country="BE")
INTERNET = Account("pcmn", "612300", asked=True)


@pytest.mark.parametrize(
    ("said", "codes", "department"),
    [
        ("612300", ("612300",), ""),
        ("6123.00", ("612300",), ""),
        ("612300;Marketing", ("612300",), "Marketing"),
        ("Marketing | 612300", ("612300",), "Marketing"),
        ("Sales / 612300", ("612300",), "Sales"),
        ("KST 410 Verkoop", (), "KST 410 Verkoop"),
        ("410", (), ""),
        ("4025:123:4343", ("4025",), ""),
        ("n/a", (), ""),
        ("NVT", (), ""),
        ("", (), ""),
        ("x" * 200, (), "x" * 80),
    ],
)
def test_a_reference_is_a_number_a_name_or_both(said: str, codes: tuple[str, ...], department: str) -> None:
    read = read_reference(said)
    assert (read.codes, read.department) == (codes, department)


@pytest.mark.parametrize(
    ("home", "said", "account"),
    [
        ("BE", "612300", INTERNET),
        ("BE", "Verkoop; 612300", INTERNET),
        ("BE", "440000", Account()),  # suppliers: nothing is bought there
        ("BE", "990000", Account()),
        ("DE", "4920", Account("skr03", "4920", asked=True)),
        ("FR", "612300", Account()),  # no chart of that country here
        ("", "612300", Account()),
    ],
)
def test_a_number_is_an_account_where_a_chart_of_our_country_buys_there(
    home: str, said: str, account: Account
) -> None:
    followed = References(ACCOUNTS, home).followed(an_invoice(accounting_reference=said))
    assert [item.account for item in followed.items] == [account]


def test_what_a_line_says_goes_before_what_the_invoice_says() -> None:
    item = InvoiceItem("1", "Advies", "", amount(50), None, "line 1", reference="610000;Zagerij")
    other = replace(item, id="2", reference="")
    invoice = an_invoice(items=(item, other, other), accounting_reference="612300; Verkoop")
    followed = References(ACCOUNTS, "BE").followed(invoice)
    assert [i.account.code for i in followed.items] == ["610000", "612300", "612300"]
    assert [i.department for i in followed.items] == ["Zagerij", "Verkoop", "Verkoop"]


def test_an_invoice_that_says_nothing_stays_as_it_is() -> None:
    invoice = an_invoice()
    assert References(ACCOUNTS, "BE").followed(invoice) is invoice


def test_a_department_that_is_known_stays() -> None:
    item = InvoiceItem("1", "Advies", "", amount(50), None, "line 1", department="Directie")
    followed = References(ACCOUNTS, "BE").followed(an_invoice(items=(item,), accounting_reference="Verkoop"))
    assert followed.items[0].department == "Directie"


def unknown_firm(reference: str) -> InvoicePaper:
    items = (InvoiceItem("1", "Dienst volgens afspraak", "", amount(100), amount(21), "line 1"),)
    return an_invoice(seller=SMITH, items=items, accounting_reference=reference)


def test_the_account_an_invoice_names_says_what_it_is_for() -> None:
    line = a_review(unknown_firm("612300; Verkoop")).lines[0]
    assert (line.recognition.purpose, line.department, line.account) == (
        "internet_access",
        "Verkoop",
        INTERNET,
    )
    assert "the invoice names our account 612300, which speaks for IT" in [
        reason.says for reason in line.recognition.because
    ]


def test_what_the_ledger_has_goes_before_what_the_invoice_names() -> None:
    named = unknown_firm("612300")
    booked = an_entry(of=SMITH, account="610000", chart="pcmn")
    lines = a_review(named, booked).lines
    assert {line.account.code for line in lines if line.kind == "invoice"} == {"610000"}
