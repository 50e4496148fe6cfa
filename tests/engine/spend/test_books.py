"""Which bookings count, and what counts in place of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.evidence import RecordEvidence
from pilothouse.engine.spend.books import with_accounts
from pilothouse.engine.spend.review import SpendReview
from pilothouse.engine.spend.terms import (
    Account,
    Counting,
    Identity,
    InvoiceItem,
    LedgerEntry,
    SpendLine,
)
from tests.engine.spend.spend_papers import (
    CLOUD,
    LUNCH,
    US,
    a_movement,
    a_review,
    a_voucher,
    an_entry,
    an_invoice,
    check_figures,
    our_firm,
    unhurried,
)

FEBRUARY = date(2026, 2, 3)


def lines(answer: SpendReview) -> dict[str, SpendLine]:
    return {line.id: line for line in answer.lines}


def counting(answer: SpendReview) -> dict[str, str]:
    return {line.id: line.counting.value for line in answer.lines}


def total(answer: SpendReview) -> Decimal:
    return sum((line.cost.amount for line in answer.lines), Decimal(0))


def test_a_booked_invoice_says_which_paper_counts_and_why() -> None:
    line = lines(a_review(an_invoice(), an_entry()))["9:1"]
    assert (line.counting, line.kind, line.settles, line.paper) == (Counting.BOOKED_TOO, "ledger", "i1", "9")
    (reason,) = line.recognition.because
    assert reason.kind == "booked"
    assert reason.says == "the invoice 2026-i1-001 itself is here: the same vendor and number"


def test_what_both_ledgers_have_counts_once_and_learns_its_account() -> None:
    voucher = a_voucher("7", ("612300", 100), ("411000", 21), ("440000", -121), document="2026-i1-001")
    voucher[2] = replace(voucher[2], party=CLOUD)
    answer = a_review(an_entry(description="Lijn", id="8:1", paper="8"), *voucher)
    assert counting(answer) == {"8:1": "counts", "9:70": "booked_too"}
    assert lines(answer)["9:70"].settles == "8"
    assert [r.kind for r in lines(answer)["8:1"].recognition.because] == ["account"]
    assert lines(answer)["8:1"].recognition.purpose == "internet_access"


def test_an_invoice_learns_the_account_it_was_booked_on() -> None:
    unknown = Identity("Vermeer Diensten BV", "BE0202239951")
    invoice = an_invoice(seller=unknown, items=(InvoiceItem("1", "Maandbedrag", "", Decimal(100), None, ""),))
    alone = lines(a_review(invoice))["i1/1"].recognition
    answer = a_review(invoice, an_entry(of=unknown, account="612300", chart="pcmn", account_name="Internet"))
    booked = lines(answer)["i1/1"].recognition
    assert alone.because[0].kind != "account"
    assert booked.because[-1].says.startswith("booked on 612300 Internet")


def test_of_several_accounts_each_line_takes_that_of_its_amount() -> None:
    none, one, two = Account(), Account("pcmn", "612300"), Account("pcmn", "610000")

    def item(net: int, account: Account) -> InvoiceItem:
        return InvoiceItem(str(net), "Something", "", Decimal(net), None, "", account)

    invoice = an_invoice(items=(item(60, none), item(30, none), item(10, none)))
    entries = [item(60, one), item(30, one), item(30, two)]
    assert [i.account for i in with_accounts(invoice, entries).items] == [one, none, none]


def test_what_is_booked_in_parts_or_with_a_rounding_is_no_difference() -> None:
    parts = (an_entry(1, 60), an_entry(2, 40, date=FEBRUARY))
    assert a_review(an_invoice(), *parts).findings == a_review(an_invoice()).findings
    rounded = an_entry(1, Decimal("100.04"))
    assert a_review(an_invoice(), rounded).findings == a_review(an_invoice()).findings
    dollars = an_entry(1, 90, currency="USD")
    assert a_review(an_invoice(), dollars).findings == a_review(an_invoice()).findings


def test_what_is_booked_twice_is_a_difference() -> None:
    answer = a_review(an_invoice(), an_entry(1), an_entry(2, date=FEBRUARY))
    assert counting(answer) == {"i1/1": "counts", "9:1": "booked_too", "9:2": "booked_too"}
    finding = next(f for f in answer.findings if f.title.key == "spend.booked_otherwise")
    assert dict(finding.title.values)["amount"] == "100"
    assert [e.record for e in finding.because if isinstance(e, RecordEvidence)] == ["i1", "9:1"]


def test_a_difference_of_long_ago_is_not_said_again() -> None:
    old = date(2023, 1, 5)
    answer = a_review(an_invoice(issue_date=old), an_entry(1, 90, date=old))
    assert counting(answer)["9:1"] == "booked_too"
    assert "spend.booked_otherwise" not in [f.title.key for f in answer.findings]


def test_a_ledger_of_an_unknown_chart_is_said() -> None:
    voucher = a_voucher("7", ("612300", 100), ("440000", -100), chart="")
    answer = a_review(*voucher, firm=our_firm(identity=replace(US, country="NL")))
    assert answer.lines == ()
    assert [f.title.key for f in answer.findings] == ["spend.chart_unknown"]


# --- with VAT or without ---


def test_a_ledger_that_does_not_tell_is_asked_by_its_invoices() -> None:
    others = [an_entry(n, 121, document=f"F{n}", net=None, date=FEBRUARY, of=LUNCH) for n in (2, 3)]
    gross = a_review(an_invoice(), an_entry(1, 121, net=None), *others)
    assert lines(gross)["9:2"].cost.amount == 100
    assert lines(gross)["9:2"].estimated
    net = a_review(an_invoice(), an_entry(1, 100, net=None), *others)
    assert lines(net)["9:2"].cost.amount == 121


def test_then_by_its_payments_and_then_by_its_accounts() -> None:
    entry = an_entry(1, 100, net=None)
    assert total(a_review(entry, a_movement("m1", 121))) == 100
    assert total(a_review(entry, a_movement("m1", 100))) == Decimal("82.64")
    assert total(a_review(replace(entry, account_name="Hosting"))) == 100
    assert total(a_review(entry)) == Decimal("82.64")


def test_a_payment_without_vat_is_found_where_the_ledger_tells_none() -> None:
    assert counting(a_review(an_entry(), a_movement("m1", 100))) == {"9:1": "counts", "m1": "settles_invoice"}
    assert counting(a_review(an_entry(), a_movement("m1", 500)))["m1"] == "counts"


def test_a_firm_that_recovers_no_vat_counts_what_its_books_say() -> None:
    firm = our_firm(recovers_vat=False)
    assert total(a_review(an_entry(), firm=firm)) == 100
    assert total(a_review(an_entry(vat=Decimal(21)), firm=firm)) == 121
    assert total(a_review(an_entry(1, 121, net=False), firm=firm)) == 121


def test_what_bears_no_vat_is_paid_as_it_is_booked() -> None:
    insurer = Identity("Zeker Verzekeringen")
    answer = a_review(an_entry(of=insurer), a_movement("m1", 100, insurer))
    assert counting(answer) == {"9:1": "counts", "m1": "settles_invoice"}


def test_a_credit_in_a_ledger_is_a_negative_cost() -> None:
    answer = a_review(an_entry(1, -100, vat=Decimal(-21)), a_movement("m1", -121))
    assert counting(answer) == {"9:1": "counts", "m1": "settles_invoice"}
    assert total(answer) == -100


def test_what_a_ledger_bought_may_come_back() -> None:
    answer = a_review(
        an_entry(vat=Decimal(21)), a_movement("m1", 121), a_movement("m2", -50, date=date(2026, 2, 20))
    )
    assert counting(answer)["m2"] == "counts"


# --- lists of payments ---


def test_a_line_of_a_list_settles_an_invoice_or_a_booked_purchase() -> None:
    answer = a_review(
        an_invoice(),
        an_entry(1, 50, vat=Decimal("10.50"), of=LUNCH, document="L77"),
        an_entry(2, 121, book="payments", net=False, date=FEBRUARY, paper="8", id="8:2"),
        an_entry(
            3, "60.50", of=LUNCH, book="payments", net=False, document="", date=FEBRUARY, paper="8", id="8:3"
        ),
    )
    assert counting(answer)["8:2"] == counting(answer)["8:3"] == "settles_invoice"
    assert [lines(answer)[key].settles for key in ("8:2", "8:3")] == ["i1", "9"]
    assert total(answer) == 150


def test_a_list_without_vat_settles_by_amounts_without_vat() -> None:
    for net in (True, None):
        paid = an_entry(2, 100, book="payments", net=net, document="", date=FEBRUARY)
        assert counting(a_review(an_invoice(), paid))["9:2"] == "settles_invoice"
    gross = an_entry(2, 100, book="payments", net=False, document="", date=FEBRUARY)
    assert counting(a_review(an_invoice(), gross))["9:2"] == "counts"


def test_what_was_paid_to_ourselves_is_no_cost() -> None:
    paid = an_entry(2, 100, US, book="payments")
    assert counting(a_review(paid)) == {"9:2": "own_transfer"}


def test_a_second_payment_of_a_booked_purchase_is_money_to_ask_back() -> None:
    answer = a_review(
        an_entry(1, 100, vat=Decimal(21), document="F2026/77"),
        an_entry(2, 100, vat=Decimal(21), document="F2026/78", date=FEBRUARY),
        a_movement("m1", 121, text="F2026/77", date=date(2026, 1, 20)),
        a_movement("m2", 121, text="F2026/77", date=date(2026, 1, 27)),
    )
    assert "spend.paid_twice" in [f.title.key for f in answer.findings]


# --- bought straight from the bank ---


def test_what_a_general_ledger_bought_from_the_bank_is_the_movement_of_that_amount() -> None:
    voucher = a_voucher("7", ("612300", 100), ("411000", 21), ("550000", -121), description="Kosten")
    near = a_movement("m1", 121, Identity("ACME"), date=date(2026, 1, 7))
    far = a_movement("m2", 121, Identity("ACME"), date=date(2026, 1, 20))
    twin = a_movement("m3", 121, Identity("ACME"), date=date(2026, 1, 4))
    answer = a_review(*voucher, near, far, twin)
    assert counting(answer) == {"9:70": "counts", "m1": "counts", "m2": "counts", "m3": "settles_invoice"}
    assert lines(answer)["m3"].settles == "9"


# --- natural persons ---


def test_wages_are_masked_and_cost_nothing() -> None:
    voucher = a_voucher(
        "7", ("620000", 2000), ("455000", -2000), description="Jan Peeters", party=Identity("Jan Peeters")
    )
    (line,) = a_review(*voucher).lines
    assert (line.counting, line.vendor_key, line.vendor_name) == (
        Counting.NATURAL_PERSON,
        "person",
        "Natural person",
    )
    assert line.description == ""
    assert line.cost.amount == 0


def test_who_is_booked_as_a_supplier_is_a_firm_at_the_bank_as_well() -> None:
    trader = Identity("Jan Peeters")
    paid = a_movement("m1", 121, replace(trader, ibans=("BE71096123456769",)))
    assert counting(a_review(paid)) == {"m1": "natural_person"}
    assert counting(a_review(an_entry(vat=Decimal(21), of=trader), paid))["m1"] == "settles_invoice"


# --- twice ---


def test_a_ledger_brought_twice_counts_once() -> None:
    again = an_entry(id="8:1", paper="8", source="other file")
    answer = a_review(an_entry(), again)
    assert counting(answer) == {"8:1": "counts", "9:1": "duplicate"}
    assert total(answer) == 100


# --- whatever stands in a ledger ---

AMOUNTS = st.integers(-50_000, 50_000).map(lambda cents: Decimal(cents) / 100)
ENTRIES = st.builds(
    LedgerEntry,
    id=st.integers(0, 10**6).map(lambda number: f"9:{number}"),
    source=st.sampled_from(["one file", "other file"]),
    paper=st.sampled_from(["9", "8"]),
    book=st.sampled_from(["purchases", "general", "payments"]),
    date=st.dates(date(2025, 11, 1), date(2026, 2, 28)),
    amount=AMOUNTS | st.sampled_from([Decimal(100), Decimal(-100), Decimal(121), Decimal(0)]),
    currency=st.sampled_from(["EUR", "EUR", "USD"]),
    party=st.sampled_from([Identity(), CLOUD, LUNCH, US, Identity("Jan Peeters"), Identity("Mevr. Peeters")]),
    description=st.sampled_from(["", "Hosting", "loon"]),
    document=st.sampled_from(["", "2026-i1-001", "7", "0"]),
    account=st.sampled_from(["", "612300", "411000", "440000", "550000", "620000", "140000", "489000", "x"]),
    journal=st.sampled_from(["", "AC", "OPENING"]),
    vat=st.none() | AMOUNTS,
    net=st.sampled_from([True, False, None]),
    chart=st.sampled_from(["", "pcmn", "skr03", "unheard of"]),
)


@unhurried
@given(st.lists(ENTRIES, max_size=12), st.booleans())
def test_whatever_stands_in_a_ledger_is_answered_and_adds_up(
    entries: list[LedgerEntry], recovers: bool
) -> None:
    answer = a_review(an_invoice(), a_movement(), *entries, firm=our_firm(recovers_vat=recovers))
    check_figures(answer)
    assert len({line.id for line in answer.lines}) == len(answer.lines)
    for line in answer.lines:
        if line.counting is not Counting.COUNTS:
            assert line.cost.amount == 0
        if line.counting is Counting.NATURAL_PERSON and line.kind == "ledger":
            assert (line.vendor_name, line.description) == ("Natural person", "")
        if line.counting in (Counting.BOOKED_TOO, Counting.SETTLES_INVOICE):
            assert line.settles in ("i1", "8", "9")
