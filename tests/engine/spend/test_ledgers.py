"""What a ledger says was bought: bookings, by the kind of book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pilothouse.engine.spend.accounts import Accounts
from pilothouse.engine.spend.ledgers import Booking, Kind, Ledgers, mask_people, read_ledgers
from pilothouse.engine.spend.persons import People
from pilothouse.engine.spend.terms import Identity, LedgerEntry
from pilothouse.engine.spend.vendors import NATURAL_PERSON
from tests.engine.spend.spend_papers import CLOUD, KNOWLEDGE, LUNCH, a_voucher, an_entry

NOBODY = Identity()
DAY = date(2026, 1, 5)


def read(*entries: LedgerEntry, home: str = "BE") -> Ledgers:
    return read_ledgers(entries, Accounts(KNOWLEDGE.ledgers), home=home)


def said(*bookings: Booking) -> list[tuple[str, str, str]]:
    """Kind, party and amount of bookings."""
    return sorted((b.kind.value, b.party.name, str(b.amount)) for b in bookings)


# --- a ledger of purchases ---


def test_entries_of_one_party_and_document_are_one_purchase() -> None:
    ledgers = read(
        an_entry(1, 60), an_entry(2, 40), an_entry(3, 7, of=LUNCH), an_entry(4, 5, document="2026-i2-001")
    )
    assert said(*ledgers.bookings) == [
        ("purchase", "Cloudhuis BV", "100"),
        ("purchase", "Cloudhuis BV", "5"),
        ("purchase", "Traiteur Vermeulen", "7"),
    ]


def test_without_a_document_those_of_a_day_are() -> None:
    later = date(2026, 1, 6)
    ledgers = read(
        an_entry(1, 60, document=""), an_entry(2, 40, document=""), an_entry(3, 7, document="", date=later)
    )
    assert said(*ledgers.bookings) == [
        ("purchase", "Cloudhuis BV", "100"),
        ("purchase", "Cloudhuis BV", "7"),
    ]


def test_a_number_that_comes_back_is_another_purchase() -> None:
    ledgers = read(
        an_entry(1, 60), an_entry(2, 40, date=date(2026, 2, 5)), an_entry(3, 1, date=date(2026, 2, 9))
    )
    assert said(*ledgers.bookings) == [
        ("purchase", "Cloudhuis BV", "41"),
        ("purchase", "Cloudhuis BV", "60"),
    ]


def test_who_is_not_named_is_called_by_the_first_words() -> None:
    (booking,) = read(
        an_entry(1, 60, of=NOBODY, description="Factuur Cloudhuis 20260001 hosting januari")
    ).bookings
    assert booking.party.name == "cloudhuis hosting januari"


def test_vat_and_supplier_lines_beside_cost_lines_are_no_cost() -> None:
    ledgers = read(
        an_entry(1, 100, account="612300", net=None, chart="pcmn"),
        an_entry(2, 21, account="411000", net=None, chart="pcmn"),
        an_entry(3, -121, account="440000", net=None, chart="pcmn"),
    )
    (booking,) = ledgers.bookings
    assert (booking.amount, booking.net, booking.vat) == (Decimal(100), True, Decimal(21))


def test_a_purchase_on_its_supplier_account_alone_counts() -> None:
    assert said(*read(an_entry(1, 121, account="440000", chart="pcmn")).bookings) == [
        ("purchase", "Cloudhuis BV", "121")
    ]


def test_wages_in_a_ledger_of_purchases_are_wages() -> None:
    ledgers = read(
        an_entry(1, 100, account="620000", chart="pcmn"),
        an_entry(2, 50, account="620000", chart="pcmn", document="F2"),
        an_entry(3, 7, account="612300", chart="pcmn", document="F2"),
    )
    assert said(*ledgers.bookings) == [
        ("purchase", "Cloudhuis BV", "7"),
        ("wages", "Cloudhuis BV", "100"),
        ("wages", "Cloudhuis BV", "50"),
    ]


@pytest.mark.parametrize(
    ("home", "code", "chart"),
    [("BE", "612300", "pcmn"), ("BE", "300000", ""), ("", "612300", ""), ("DE", "4920", "skr03")],
)
def test_the_chart_of_a_ledger_of_purchases_is_that_of_our_country(home: str, code: str, chart: str) -> None:
    (booking,) = read(an_entry(1, 100, account=code), home=home).bookings
    assert booking.entries[0].chart == chart


def test_amounts_with_vat_and_the_vat_beside_it_are_told_apart() -> None:
    with_vat, without = read(
        an_entry(1, 121, net=False, vat=Decimal(21)),
        an_entry(2, 100, net=None, vat=Decimal(21), document="F2"),
    ).bookings
    assert (with_vat.as_paper().net, with_vat.as_paper().vat) == (Decimal(100), Decimal(21))
    assert (without.as_paper().net, without.as_paper().payable) == (Decimal(100), Decimal(121))
    assert not with_vat.as_paper().includes_vat


def test_a_negative_sum_is_a_credit_note() -> None:
    (booking,) = read(an_entry(1, -100, vat=Decimal(-21))).bookings
    paper = booking.as_paper()
    assert paper.is_credit
    assert (paper.net, paper.vat, paper.payable) == (Decimal(100), Decimal(21), Decimal(121))


# --- brought twice ---


def test_entries_of_two_files_count_as_often_as_the_file_has_them_that_has_most() -> None:
    once = an_entry(1, 10, document="", description="Parking")
    ledgers = read(
        once,
        replace(once, id="9:2"),
        replace(once, id="8:1", paper="8", source="other file"),
        replace(once, id="8:2", paper="8", source="other file", description="Tolweg"),
    )
    assert sum(b.amount for b in ledgers.bookings) == 30
    assert sum(b.amount for b in ledgers.repeated) == 10


def test_a_document_divided_otherwise_in_another_file_counts_once() -> None:
    ledgers = read(
        an_entry(1, 60),
        an_entry(2, 40),
        replace(an_entry(1, 100), id="8:1", paper="8", source="other file"),
        replace(an_entry(1, 70), id="7:1", paper="7", source="third file"),
    )
    assert sorted(b.amount for b in ledgers.bookings) == [70, 100]
    assert [b.amount for b in ledgers.repeated] == [100]


def test_vouchers_of_two_files_count_once() -> None:
    voucher = a_voucher("7", ("612300", 100), ("440000", -100))
    again = [replace(e, id=f"8:{e.id[2:]}", paper="8", source="other file") for e in voucher]
    ledgers = read(*voucher, *again)
    assert len(ledgers.bookings) == len(ledgers.repeated) == 1


# --- a general ledger ---


def test_the_supplier_line_names_the_party_and_the_amount_with_vat() -> None:
    voucher = a_voucher("7", ("612300", 100), ("411000", 21), ("440000", -121))
    voucher[2] = replace(voucher[2], party=CLOUD)
    (booking,) = read(*voucher).bookings
    assert (booking.kind, booking.party) == (Kind.VOUCHER, CLOUD)
    assert (booking.gross, booking.vat) == (Decimal(121), Decimal(21))


def test_a_supplier_account_of_its_own_names_the_party() -> None:
    voucher = a_voucher("7", ("612300", 100), ("440007", -100))
    voucher[1] = replace(voucher[1], account_name="Cloudhuis BV")
    (booking,) = read(*voucher).bookings
    assert booking.party.name == "Cloudhuis BV"
    assert booking.vat == 0


def test_the_supplier_is_called_by_the_words_where_all_stand_on_one_account() -> None:
    voucher = a_voucher("7", ("612300", 100), ("440000", -100), account_name="Leveranciers")
    (booking,) = read(voucher[0], replace(voucher[1], description="Cloudhuis hosting")).bookings
    assert booking.party.name == "cloudhuis hosting"


def test_what_is_told_with_vat_alone_stays_with_vat() -> None:
    voucher = a_voucher("7", ("4920", 119), ("70015", -119), chart="skr03", net=False)
    (booking,) = read(*voucher).bookings
    assert booking.as_paper().includes_vat
    assert booking.gross == 119


def test_a_voucher_whose_supplier_line_does_not_fit_tells_no_vat() -> None:
    (booking,) = read(*a_voucher("7", ("612300", 100), ("480000", 5), ("440000", -105))).bookings
    assert booking.vat is booking.gross is None
    assert booking.net


def test_several_suppliers_in_one_document_are_taken_apart_where_debits_meet_credits() -> None:
    voucher = a_voucher(
        "7", ("612300", 100), ("440000", -100), ("612300", -50), ("440000", 50), ("440000", 3), ("440000", -3)
    )
    voucher[1], voucher[3] = replace(voucher[1], party=CLOUD), replace(voucher[3], party=LUNCH)
    assert said(*read(*voucher).bookings) == [
        ("voucher", "Cloudhuis BV", "100"),
        ("voucher", "Traiteur Vermeulen", "-50"),
    ]


def test_suppliers_that_cannot_be_taken_apart_are_left_to_the_names_on_the_cost_lines() -> None:
    voucher = a_voucher("7", ("612300", 100), ("612300", 50), ("440000", -100), ("440000", -50))
    parties = (CLOUD, LUNCH, CLOUD, LUNCH)
    entries = [replace(entry, party=party) for entry, party in zip(voucher, parties, strict=True)]
    assert said(*read(*entries).bookings) == [
        ("voucher", "Cloudhuis BV", "100"),
        ("voucher", "Traiteur Vermeulen", "50"),
    ]


def test_a_document_that_comes_back_on_another_day_is_another_voucher() -> None:
    entries = [
        *a_voucher("7", ("612300", 100), ("440000", -100)),
        *a_voucher("70", ("612300", 50), ("440000", -50), document="7", date=date(2026, 2, 5)),
    ]
    assert sorted(b.amount for b in read(*entries).bookings) == [50, 100]
    split = a_voucher("7", ("612300", 100), ("440000", -100))
    split[1] = replace(split[1], date=date(2026, 1, 6))
    assert [b.amount for b in read(*split).bookings] == [100]


def test_without_documents_vouchers_end_where_debits_meet_credits() -> None:
    entries = a_voucher(
        "7", ("612300", 100), ("440000", -100), ("612300", 50), ("440000", -50), ("480000", 1), document=""
    )
    assert [b.amount for b in read(*entries).bookings] == [100, 50]


def test_what_an_owner_paid_was_bought() -> None:
    voucher = a_voucher("7", ("612300", 100), ("489000", -100), description="Cloudhuis")
    assert said(*read(*voucher).bookings) == [("voucher", "cloudhuis", "100")]


def test_wages_accruals_openings_and_payments_buy_nothing() -> None:
    entries = [
        *a_voucher("1", ("620000", 2000), ("455000", -2000)),
        *a_voucher("2", ("612300", 100), ("490000", -100)),
        *a_voucher("3", ("612300", 100), ("440000", 50), ("140000", -150)),
        *a_voucher("4", ("612300", 100), ("440000", -100), journal="OPENING"),
        *a_voucher("5", ("440000", 100), ("550000", -100)),
        *a_voucher("6", ("612300", 7), ("440000", -7)),
    ]
    assert said(*read(*entries).bookings) == [("voucher", "", "7"), ("wages", "", "2000")]


def test_what_is_bought_straight_from_the_bank_is_bought() -> None:
    entries = [
        *a_voucher("1", ("612300", 100), ("411000", 21), ("550000", -121), description="Cloudhuis"),
        *a_voucher("2", ("612300", 10), ("610000", 5), ("550000", -15)),
        *a_voucher("3", ("612300", 8), ("612300", 1), ("440001", -9), ("440001", 9), ("550000", -9)),
    ]
    entries = [replace(e, party=LUNCH) if e.account == "440001" else e for e in entries]
    bookings = read(*entries).bookings
    assert {b.kind for b in bookings} == {Kind.DIRECT}
    assert [(b.party.name, b.amount, b.gross) for b in bookings] == [
        ("cloudhuis", Decimal(100), Decimal(121)),
        ("", Decimal(10), None),
        ("", Decimal(5), None),
        ("Traiteur Vermeulen", Decimal(9), None),
    ]


def test_an_extract_of_cost_accounts_counts_all_its_cost() -> None:
    entries = [
        *a_voucher("1", ("612300", 100), ("610000", 5)),
        *a_voucher("2", ("630000", 70)),
        replace(a_voucher("3", ("612300", 9))[0], document="F7", party=CLOUD),
    ]
    assert said(*read(*entries).bookings) == [("voucher", "", "105"), ("voucher", "Cloudhuis BV", "9")]


def test_a_ledger_on_no_known_chart_is_said_and_counts_nothing() -> None:
    entries = a_voucher("7", ("612300", 100), ("440000", -100), chart="")
    assert [b.amount for b in read(*entries, home="").bookings] == [100]
    unknown = read(*entries, home="NL")
    assert unknown.bookings == ()
    assert unknown.unknown == (entries[0],)


# --- a list of payments ---


def test_each_line_of_a_list_is_a_payment_and_those_of_a_document_and_day_are_one() -> None:
    entries = [
        an_entry(1, 10, book="payments"),
        an_entry(2, 20, book="payments"),
        an_entry(3, 5, book="payments", date=date(2026, 1, 6)),
        an_entry(4, 7, book="payments", document=""),
        an_entry(5, 7, book="payments", document=""),
    ]
    assert [b.amount for b in read(*entries).bookings] == [30, 5, 7, 7]


def test_entries_without_a_numbered_id_are_taken_as_well() -> None:
    assert [b.id for b in read(an_entry(1, 10, id="odd")).bookings] == ["odd"]


# --- natural persons ---


PERSON = Identity("Jan Peeters")


@pytest.mark.parametrize(
    ("entry", "masked"),
    [
        (an_entry(of=PERSON), False),  # who is booked with an invoice is a supplier
        (an_entry(of=PERSON, description="loon januari"), False),
        (an_entry(of=PERSON, book="payments", description="loon januari"), True),
        (an_entry(of=PERSON, book="payments"), False),
        (an_entry(of=Identity("Mevr. Peeters")), True),
        (an_entry(of=Identity("Mevr. Peeters", "BE0403170701")), False),
        (an_entry(of=Identity("Ziekenfonds Zuid")), True),
        (an_entry(account="620000", chart="pcmn"), True),
        (an_entry(of=Identity(NATURAL_PERSON)), True),
    ],
)
def test_natural_persons_are_masked_and_suppliers_are_not(entry: LedgerEntry, masked: bool) -> None:
    bookings = read(replace(entry, account_name="Jan"), home="").bookings
    (booking,) = mask_people(bookings, People(KNOWLEDGE))
    assert (booking.kind is Kind.WAGES) == masked
    if masked:
        item = booking.as_paper().items[0]
        assert (booking.party.name, booking.number, item.name, item.account.name) == (
            NATURAL_PERSON,
            "",
            "",
            "",
        )
