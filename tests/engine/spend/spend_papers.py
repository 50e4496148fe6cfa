"""Papers and a small knowledge for the tests of spend: a firm, its vendors, and short ways to write a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from hypothesis import settings

from pilothouse.engine.assumptions import Assumption, AssumptionBook, Source
from pilothouse.engine.evidence import Figure, SelectionEvidence
from pilothouse.engine.spend.figures import select
from pilothouse.engine.spend.review import Grounds, Papers, SpendReview, review
from pilothouse.engine.spend.terms import (
    BankMovement,
    Decision,
    Firm,
    Identity,
    InvoiceItem,
    InvoicePaper,
    KnownAccount,
    KnownChart,
    KnownVendor,
    KnownWord,
    LedgerEntry,
    LedgerKnowledge,
    Purpose,
    Role,
    SpendKnowledge,
)

# On a busy machine one example may take longer than Hypothesis thinks right.
unhurried = settings(deadline=None)

TODAY = date(2026, 3, 15)
ACCOUNT = "BE68539007547034"
SAVINGS = "BE30001234567811"

US = Identity("Ons Atelier NV", "BE0403170701", country="BE")
CLOUD = Identity("Cloudhuis BV", "BE0867686774", ibans=("BE71096123456769",), country="BE")
LUNCH = Identity("Traiteur Vermeulen", "", "0202.239.951", ibans=("BE02001122334440",), country="BE")
CUSTOMER = Identity("Klant & Zonen BVBA", "BE0473416418", ibans=("BE43068999999501",), country="BE")

KNOWLEDGE = SpendKnowledge(
    purposes=(
        Purpose("web_hosting", "Web hosting", "web_presence", "servers", "cloud_hosting", "run"),
        Purpose("internet_access", "Internet access", "network", "transport", "telecom_fixed_data"),
        Purpose("mobile_subscriptions", "Mobile subscriptions", "telephony", "voice", "telecom_mobile"),
        Purpose(
            "office_suite", "Office suite", "collaboration_tools", "end_user_software", "software_licences"
        ),
    ),
    vendors=(
        KnownVendor(
            "Proximus",
            ("belgacom",),
            "BE",
            True,
            ("internet_access", "mobile_subscriptions"),
            vat_ids=("BE0202239951",),
        ),
        KnownVendor("Microsoft", ("msft",), "IE", True, ("office_suite",)),
        KnownVendor("Amazon", ("amzn",), "LU", None, ("office_suite",)),
        KnownVendor("Colruyt", (), "BE", False),
        KnownVendor("Base", (), "BE", True, ("mobile_subscriptions",), whole_names=("Base",)),
        KnownVendor("Adviesbureau Plat", (), "BE", True),
    ),
    words=(
        KnownWord("hosting*", True, Decimal("0.95"), "web_hosting"),
        KnownWord("microsoft 365", True, Decimal("0.97"), "office_suite"),
        KnownWord("mobile", True, Decimal("0.85"), "mobile_subscriptions"),
        KnownWord("*software", True, Decimal("0.9")),
        KnownWord("licence", True, Decimal("0.6")),
        KnownWord("lunch", False, Decimal("0.96")),
        KnownWord("traiteur", False, Decimal("0.9")),
        KnownWord("huur", False, Decimal("0.9")),
    ),
    person_words=("loon", "wedde", "ziekenfonds", "vakbond"),
    company_words=("bakkerij", "garage", "group"),
    ledgers=LedgerKnowledge(
        charts=(
            KnownChart(
                "pcmn",
                "BE",
                (
                    KnownAccount("60", "61", Role.BUYS),
                    KnownAccount("609", "609", Role.OTHER),
                    KnownAccount("62", "62", Role.WAGES),
                    KnownAccount("411", "411", Role.VAT),
                    KnownAccount("440", "440", Role.SUPPLIER),
                    KnownAccount("489", "489", Role.OWNER),
                    KnownAccount("55", "55", Role.BANK),
                    KnownAccount("10", "14", Role.CAPITAL),
                    KnownAccount("610", "610", Role.BUYS, False, Decimal("0.9")),
                    KnownAccount("6123", "6123", Role.BUYS, True, Decimal("0.8"), "internet_access"),
                ),
            ),
            KnownChart(
                "skr03",
                "DE",
                (
                    KnownAccount("0027", "0499", Role.BUYS),
                    KnownAccount("4200", "4999", Role.BUYS),
                    KnownAccount("4920", "4920", Role.BUYS, True, Decimal("0.9"), "mobile_subscriptions"),
                    KnownAccount("1200", "1200", Role.BANK),
                    KnownAccount("70000", "99999", Role.SUPPLIER),
                ),
                fixed=4,
            ),
        ),
        words=(
            KnownWord("software*", True, Decimal("0.92"), "office_suite"),
            KnownWord("internet", True, Decimal("0.85"), "internet_access"),
            KnownWord("huur", False, Decimal("0.95")),
            KnownWord("energie", False, Decimal("0.95")),
        ),
        year_journals=("opening",),
        collective_names=("leveranciers",),
    ),
)

SOURCE = Source("The law", "https://example.org/law", 2025, "A")
BOOK = AssumptionBook(
    Assumption(key, unit, country, date(1996, 1, 1), rate, rate, rate, SOURCE)
    for key, unit, country, rate in (
        ("vat.standard_rate", "percent", "BE", Decimal(21)),
        ("vat.standard_rate", "percent", "IE", Decimal(23)),
        ("vat.standard_rate", "percent", "LU", Decimal(17)),
        ("payments.early_discount", "percent", "EU", Decimal(5)),
        ("payments.early_discount_days", "days", "EU", Decimal(30)),
        ("payments.bank_fee", "EUR", "EU", Decimal(50)),
    )
)
GROUNDS = Grounds(KNOWLEDGE, BOOK)


def amount(number: int | str | Decimal) -> Decimal:
    return Decimal(str(number))


def an_invoice(key: str = "i1", net: int | str | Decimal = 100, **said: object) -> InvoicePaper:
    """An invoice of Cloudhuis to us with one line of hosting at 21 %, unless something else is said."""
    vat = (amount(net) * Decimal("0.21")).quantize(Decimal("0.01"))
    paper = InvoicePaper(
        id=key,
        source=f"file of {key}",
        number=f"2026-{key}-001",
        is_credit=False,
        issue_date=date(2026, 1, 5),
        due_date=date(2026, 2, 4),
        currency="EUR",
        seller=CLOUD,
        buyer=US,
        net=amount(net),
        vat=vat,
        payable=amount(net) + vat,
        reference="",
        items=(InvoiceItem("1", "Hosting", "", amount(net), Decimal(21), "line 12"),),
    )
    return replace(paper, **said)  # type: ignore[arg-type]  # a test says which fields differ


def a_movement(
    key: str = "m1", out: int | str | Decimal = 121, to: Identity = CLOUD, text: str = "", **said: object
) -> BankMovement:
    """Money out to Cloudhuis without a word, unless something else is said."""
    movement = BankMovement(
        id=key,
        source="bank file",
        account=ACCOUNT,
        date=date(2026, 2, 3),
        amount=-amount(out),
        currency="EUR",
        counterparty=to,
        communication=text,
        structured="",
        place=f"line of {key}",
    )
    return replace(movement, **said)  # type: ignore[arg-type]  # a test says which fields differ


def an_entry(
    number: int = 1, amount_: int | str | Decimal = 100, of: Identity = CLOUD, **said: object
) -> LedgerEntry:
    """A line of our ledger of purchases without VAT: Cloudhuis on the day of its invoice, unless else is said."""
    entry = LedgerEntry(
        id=f"9:{number}",
        source="ledger file",
        paper="9",
        book="purchases",
        date=date(2026, 1, 5),
        amount=amount(amount_),
        currency="EUR",
        party=of,
        document="2026-i1-001",
        place=f"row {number}",
        net=True,
    )
    return replace(entry, **said)  # type: ignore[arg-type]  # a test says which fields differ


def a_voucher(document: str, /, *lines: tuple[str, int | str], **said: object) -> list[LedgerEntry]:
    """An entry of our general ledger: accounts with amounts; the lines are numbered on from the document's number."""
    first = int("".join(c for c in document if c.isdigit())) * 10
    voucher = replace(
        an_entry(of=Identity(), document=document), book="general", journal="AC", net=None, chart="pcmn"
    )
    numbered = [
        replace(voucher, id=f"9:{at}", place=f"row {at}", amount=amount(number), account=account)
        for at, (account, number) in enumerate(lines, start=first)
    ]
    return [replace(line, **said) for line in numbered]  # type: ignore[arg-type]  # as above


def our_firm(**said: object) -> Firm:
    return replace(Firm(replace(US, ibans=(ACCOUNT,)), because="test"), **said)  # type: ignore[arg-type]  # as above


def a_review(
    *papers: InvoicePaper | BankMovement | LedgerEntry,
    firm: Firm | None = None,
    decisions: tuple[Decision, ...] = (),
    today: date = TODAY,
) -> SpendReview:
    """The review of some papers of ours."""
    invoices = tuple(paper for paper in papers if isinstance(paper, InvoicePaper))
    movements = tuple(paper for paper in papers if isinstance(paper, BankMovement))
    entries = tuple(paper for paper in papers if isinstance(paper, LedgerEntry))
    grounds = replace(GROUNDS, decisions=decisions)
    return review(Papers(invoices, movements, entries), firm or our_firm(), grounds, today=today)


def figures_of(answer: SpendReview) -> Iterator[Figure]:
    """Every figure that an answer gives."""
    for field in fields(answer.figures):
        said = getattr(answer.figures, field.name)
        if isinstance(said, tuple):
            yield from (part.figure for part in said)
        elif said is not None:
            yield said


def check_figures(answer: SpendReview) -> None:
    """Every figure is the sum of the lines its conditions select; the parts of IT sum to IT."""
    for figure in figures_of(answer):
        evidence = next(e for e in figure.because if isinstance(e, SelectionEvidence))
        lines = list(select(answer.lines, evidence.conditions))
        assert sum(line.cost.amount for line in lines) == figure.value.amount, figure.name
        assert {line.cost.currency for line in lines} <= {figure.value.currency}, figure.name
        assert evidence.count == len(lines), figure.name
        assert evidence.total == figure.value, figure.name
    said = answer.figures
    for parts in (said.by_purpose, said.by_function, said.by_vendor, said.by_month, said.by_kind):
        assert sum(part.figure.value.amount for part in parts) == said.it_total.value.amount
    assert sum(part.figure.value.amount for part in said.unsure_vendors) == said.unsure.value.amount
