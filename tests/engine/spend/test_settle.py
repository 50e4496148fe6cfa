"""Which payment settles which invoice, beyond what the cases of an expert show."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend import align
from pilothouse.engine.spend.align import Dated, Window, aligned
from pilothouse.engine.spend.settle import settle
from pilothouse.engine.spend.terms import BankMovement, Identity, InvoicePaper
from pilothouse.engine.spend.vendors import KnownVendors, Parties
from pilothouse.engine.spend.written import Numbers
from tests.engine.spend.spend_papers import CLOUD, LUNCH, US, a_movement, an_invoice, unhurried

WINDOW = Window(15, 120)
OTHER = Identity("Bureau Lint BV", "BE0473416418", ibans=("BE43068999999501",))


def pairs(*papers: InvoicePaper | BankMovement) -> list[tuple[str, str, Decimal]]:
    invoices = [paper for paper in papers if isinstance(paper, InvoicePaper)]
    movements = [paper for paper in papers if isinstance(paper, BankMovement)]
    parties = Parties(invoices, KnownVendors(()))
    found = settle(invoices, movements, parties, parties.key(US))
    return [(s.movement, s.invoice, s.amount.amount) for s in found]


def kinds(*papers: InvoicePaper | BankMovement) -> list[str]:
    invoices = [paper for paper in papers if isinstance(paper, InvoicePaper)]
    movements = [paper for paper in papers if isinstance(paper, BankMovement)]
    parties = Parties(invoices, KnownVendors(()))
    return [s.because.kind for s in settle(invoices, movements, parties, parties.key(US))]


# --- what the payer writes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("INV-2026/0042", "INV-2026/0042"),
        ("INV-2026/0042", "betaling inv 2026 0042"),
        ("INV-2026/0042", "factuur: 2026/0042."),
        ("20260042", "FACT20260042"),
        ("000123456", "123456"),
        ("F8", "f8"),
        ("33", "facture n° 33, premier versement"),
    ],
)
def test_a_number_is_found_however_it_is_written(number: str, text: str) -> None:
    invoice = an_invoice(number=number)
    assert kinds(invoice, a_movement(out=100, text=text)) == ["invoice_number"]


@pytest.mark.parametrize("text", ["", "no number", "12", "factuur 20260043", "a b c", "nr", "nr x"])
def test_other_words_name_no_invoice(text: str) -> None:
    assert pairs(an_invoice(number="20260042"), a_movement(out=100, text=text)) == []


def test_short_numbers_count_only_together_when_they_add_up() -> None:
    two = (an_invoice("i1", number="7"), an_invoice("i2", 50, number="8"))
    assert kinds(*two, a_movement(out="181.50", text="7 en 8")) == ["invoice_number", "invoice_number"]
    assert pairs(*two, a_movement(out=180, text="7 en 8")) == []
    assert kinds(*two, a_movement(out=121, text="op de 7")) == ["amount"]
    assert pairs(*two, a_movement(out=20, text="7 keer")) == []
    assert kinds(*two, a_movement(out=20, text="nr 7, 7 keer")) == ["invoice_number"]


def test_a_long_number_of_another_party_needs_the_amount() -> None:
    invoice = an_invoice(number="20260042")
    assert pairs(invoice, a_movement(to=LUNCH, out=121, text="20260042")) == [("m1", "i1", Decimal(121))]
    assert pairs(invoice, a_movement(to=LUNCH, out=100, text="20260042")) == []


def test_a_structured_communication_needs_the_party_or_the_amount() -> None:
    invoice = an_invoice(reference="+++090/9337/55493+++")

    def settled(to: Identity, out: int) -> list[tuple[str, str, Decimal]]:
        return pairs(invoice, a_movement(to=to, out=out, structured="090933755493"))

    assert settled(CLOUD, 100) == [("m1", "i1", Decimal(100))]
    assert settled(LUNCH, 121) == [("m1", "i1", Decimal(121))]
    assert settled(LUNCH, 100) == []


def test_an_account_of_the_seller_is_the_party_too() -> None:
    shared = ("BE99",)
    invoice = an_invoice(number="20260042", seller=replace(CLOUD, ibans=shared))
    other = an_invoice("i2", 70, seller=replace(OTHER, ibans=shared))
    factor = Identity("Factor & Co", ibans=shared)
    assert kinds(invoice, other, a_movement(to=factor)) == ["amount"]
    assert pairs(invoice, other, a_movement(to=factor, out=60, text="20260042")) == [
        ("m1", "i1", Decimal(60))
    ]


def test_a_payment_that_names_a_paper_we_do_not_have_settles_none_of_equal_amount() -> None:
    january = an_invoice("i1", number="F20260001", issue_date=date(2026, 1, 5))
    march = an_invoice("i3", number="F20260003", issue_date=date(2026, 3, 5))
    assert pairs(january, march, a_movement(text="F20260002")) == []
    for text in ("dank", "huur 02/2026", "2026-02", "(12.02.2026)", "12 02 2026"):
        assert pairs(january, march, a_movement(text=text)) == [("m1", "i1", Decimal(121))], text
    referring = [replace(paper, reference=f"09093375549{n}") for n, paper in enumerate((january, march))]
    assert pairs(*referring, a_movement(structured="111111111111")) == []


def test_a_credit_note_alone_is_not_paid_out() -> None:
    credit = an_invoice(number="C20260001", is_credit=True)
    assert pairs(credit, a_movement(text="C20260001")) == []
    assert pairs(credit, a_movement(out=-121, text="C20260001")) == [("m1", "i1", Decimal(-121))]
    assert pairs(credit, a_movement(out=-121)) == [("m1", "i1", Decimal(-121))]


def test_a_credit_note_is_set_off_before_an_invoice_is_paid_in_part() -> None:
    invoice, credit = an_invoice(number="F20260001"), an_invoice("c1", 50, number="C20260001", is_credit=True)
    paid = a_movement(out=30, text="F20260001 C20260001")
    assert pairs(invoice, credit, paid) == [("m1", "c1", Decimal("-60.50")), ("m1", "i1", Decimal("90.50"))]


def test_a_credit_note_is_set_off_only_against_what_there_is() -> None:
    invoice, credit = (
        an_invoice(number="F20260001"),
        an_invoice("c1", 300, number="C20260001", is_credit=True),
    )
    part = a_movement(out=100, text="F20260001 C20260001")
    assert pairs(invoice, credit, part) == [("m1", "c1", Decimal(-21)), ("m1", "i1", Decimal(121))]
    more = a_movement(out=200, text="F20260001 C20260001")
    assert pairs(invoice, credit, more) == [("m1", "i1", Decimal(121))]


def test_a_payment_used_up_leaves_the_later_invoice_open() -> None:
    first = an_invoice("i1", number="F20260001")
    second = an_invoice("i2", number="F20260002", issue_date=date(2026, 1, 8))
    assert pairs(first, second, a_movement(out=121, text="F20260001 F20260002")) == [
        ("m1", "i1", Decimal(121))
    ]


def test_an_invoice_in_dollars_is_settled_by_its_number_alone() -> None:
    invoice = an_invoice(number="AB123456", currency="USD")
    assert pairs(invoice, a_movement(out="93.10", text="AB123456")) == [("m1", "i1", Decimal("93.10"))]
    assert pairs(invoice, a_movement(out=121)) == []
    assert pairs(invoice, a_movement(to=LUNCH, out=121, text="AB123456")) == []


def test_a_second_payment_is_a_mistake_only_soon_and_of_the_same_amount() -> None:
    bills = (an_invoice("i1", number="F20260001"), an_invoice("i2", 50, number="F20260002"))
    once = a_movement("m1", text="F20260001")
    again = replace(once, id="m2", date=once.date + timedelta(days=5))
    assert kinds(*bills, once, again) == ["invoice_number", "paid_twice"]
    assert kinds(*bills, once, replace(again, date=once.date + timedelta(days=90))) == ["invoice_number"]
    assert kinds(*bills, once, replace(again, amount=Decimal(-20))) == ["invoice_number"]
    assert kinds(*bills, once, replace(again, communication="F20260001 F20260002"))[0] == "invoice_number"
    assert kinds(bills[0], once, again) == ["invoice_number"]


# --- without a word -----------------------------------------------------------------------------


def test_the_sum_of_papers_must_be_the_only_choice() -> None:
    def bill(key: str, net: int, day: int) -> InvoicePaper:
        return an_invoice(key, net, vat=Decimal(0), payable=Decimal(net), issue_date=date(2026, 1, day))

    three = (bill("i1", 100, 5), bill("i2", 30, 6), bill("i3", 200, 7))
    assert pairs(*three, a_movement(out=300)) == [("m1", "i1", Decimal(100)), ("m1", "i3", Decimal(200))]
    assert pairs(*three, a_movement(out=330)) == [
        ("m1", "i1", Decimal(100)),
        ("m1", "i2", Decimal(30)),
        ("m1", "i3", Decimal(200)),
    ]
    ambiguous = (
        bill("i1", 100, 5),
        bill("i2", 30, 6),
        bill("i3", 200, 7),
        bill("i4", 30, 8),
        bill("i5", 100, 9),
    )
    assert pairs(*ambiguous, a_movement(out=300)) == []
    runs = (bill("i1", 100, 5), bill("i2", 30, 6), bill("i3", 70, 7), bill("i4", 60, 8))
    assert pairs(*runs, a_movement(out=130)) == []


def test_of_equal_amounts_the_run_due_nearest_is_paid() -> None:
    bills = [
        an_invoice(f"i{m}", issue_date=date(2026, m, 1), due_date=date(2026, m, 28)) for m in (1, 2, 3, 4)
    ]
    paid = a_movement(out=242, date=date(2026, 3, 28))
    assert [invoice for _, invoice, _ in pairs(*bills, paid)] == ["i2", "i3"]


def test_many_open_papers_are_not_searched_for_any_choice() -> None:
    bills = [
        an_invoice(f"i{n:02}", 100 + n * n, vat=Decimal(0), payable=Decimal(100 + n * n)) for n in range(14)
    ]
    assert pairs(*bills, a_movement(out=100 + 100 + 13 * 13)) == []
    assert pairs(*bills[:10], a_movement(out=100 + 100 + 81)) != []


def test_masked_and_empty_movements_settle_nothing() -> None:
    assert pairs(an_invoice(), a_movement(to=Identity("Natural person"))) == []
    assert pairs(an_invoice(net=0, vat=Decimal(0), payable=Decimal(0)), a_movement(out=0)) == []


# --- laying side by side ------------------------------------------------------------------------


def owed(*days: date, term: int = 0) -> list[Dated]:
    return [Dated(day, day + timedelta(days=term)) for day in days]


def monthly(*months: int, day: int = 5) -> list[date]:
    return [date(2026, month, day) for month in months]


def test_out_of_reach_nothing_is_paired() -> None:
    assert aligned(monthly(12), owed(*monthly(1)), WINDOW) == []
    assert aligned(monthly(11, 12), owed(*monthly(1, 2)), WINDOW) == []
    assert aligned(monthly(1), owed(date(2026, 1, 21)), WINDOW) == []
    assert aligned(monthly(1), owed(date(2026, 1, 20)), WINDOW) == [(0, 0)]


def test_a_steady_series_does_not_bend_for_a_missing_invoice() -> None:
    paid = monthly(1, 2, 3, 4, 5, 6, 7, day=12)
    bills = owed(*monthly(1, 3, 4, 5, 6, 7, 8))
    assert aligned(paid, bills, WINDOW) == [(0, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)]


def test_a_series_paid_at_random_days_keeps_its_order() -> None:
    paid = [date(2026, 1, 20), date(2026, 2, 9), date(2026, 3, 30), date(2026, 4, 16), date(2026, 5, 29)]
    assert aligned(paid, owed(*monthly(1, 2, 3, 4, 5)), WINDOW) == [(n, n) for n in range(5)]


@unhurried
@given(
    st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=9),
    st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), min_size=1, max_size=9),
    st.integers(0, 60),
)
def test_pairs_stand_in_order_within_reach_and_each_once(
    paid: list[date], issued: list[date], term: int
) -> None:
    paid, bills = sorted(paid), owed(*sorted(issued), term=term)
    found = aligned(paid, bills, WINDOW) if paid else []
    assert found == sorted(found)
    assert len({p for p, _ in found}) == len({o for _, o in found}) == len(found)
    assert all(WINDOW.holds(paid[p], bills[o]) for p, o in found)
    possible = [
        (p, o) for p in range(len(paid)) for o in range(len(bills)) if WINDOW.holds(paid[p], bills[o])
    ]
    for p, o in possible:
        assert any((p - a) * (o - b) <= 0 for a, b in found), (
            "a pair that fits beside all others was left out"
        )


def test_a_series_too_long_is_paired_first_come_first_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "MOST_CELLS", 3)
    paid = [date(2025, 1, 1), date(2026, 1, 6), date(2026, 2, 6), date(2026, 12, 31)]
    bills = owed(date(2025, 6, 1), *monthly(1, 2, 3))
    assert aligned(paid, bills, WINDOW) == [(1, 1), (2, 2)]
    assert aligned([*monthly(9), *monthly(10)], owed(*monthly(1, 2)), WINDOW) == []


# --- whatever the papers -------------------------------------------------------------------------

amounts = st.sampled_from(["121", "60.50", "181.50", "242"])
texts = st.sampled_from(["", "F20260000", "F20260001", "F20260002 F20260001", "0", "1 2", "F20260009"])
days = st.dates(date(2026, 1, 1), date(2026, 4, 30))


@st.composite
def some_papers(draw: st.DrawFn) -> list[InvoicePaper | BankMovement]:
    papers: list[InvoicePaper | BankMovement] = []
    for n in range(draw(st.integers(0, 5))):
        net = draw(st.sampled_from([50, 100, 150, 200]))
        seller = draw(st.sampled_from([CLOUD, LUNCH, OTHER, US]))
        number = draw(st.sampled_from([f"F2026000{n}", str(n)]))
        papers.append(
            an_invoice(
                f"i{n}",
                net,
                number=number,
                seller=seller,
                issue_date=draw(days),
                is_credit=draw(st.booleans()),
            )
        )
    for n in range(draw(st.integers(0, 5))):
        out = Decimal(draw(amounts)) * draw(st.sampled_from([1, 1, -1]))
        to = draw(st.sampled_from([CLOUD, LUNCH, OTHER]))
        papers.append(a_movement(f"m{n}", out, to, draw(texts), date=draw(days)))
    return papers


@unhurried
@given(some_papers(), st.randoms())
def test_the_order_of_papers_changes_nothing(
    papers: list[InvoicePaper | BankMovement], chance: object
) -> None:
    mixed = list(papers)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    assert pairs(*mixed) == pairs(*papers)


@unhurried
@given(some_papers())
def test_no_invoice_is_paid_beyond_its_amount_and_no_payment_spent_beyond_its_own(
    papers: list[InvoicePaper | BankMovement],
) -> None:
    invoices = [paper for paper in papers if isinstance(paper, InvoicePaper)]
    movements = [paper for paper in papers if isinstance(paper, BankMovement)]
    parties = Parties(invoices, KnownVendors(()))
    paid: Counter[str] = Counter()
    used: dict[str, Decimal] = defaultdict(Decimal)
    for settlement in settle(invoices, movements, parties, parties.key(US)):
        cents = int(settlement.amount.amount * 100)
        paid[settlement.invoice] += cents if settlement.because.kind != "paid_twice" else 0
        used[settlement.movement] += settlement.amount.amount
    assert all(abs(paid[invoice.id]) <= invoice.payable * 100 + 2 for invoice in invoices)
    assert all(abs(used[m.id]) <= abs(m.amount) + Decimal("0.02") for m in movements)


def test_numbers_of_nobody() -> None:
    nothing: Numbers[str] = Numbers([], lambda paper: (paper, "", ""))
    assert not nothing.written_in("F20260001").names_another("x")


# --- in parts -------------------------------------------------------------------------------------


def paid_on(key: str, out: str, month: int, text: str = "", structured: str = "") -> BankMovement:
    return a_movement(key, out, text=text, date=date(2026, month, 3), structured=structured)


def test_equal_parts_without_a_word_pay_an_invoice_when_all_are_there() -> None:
    bill = an_invoice(net=1000)
    thirds = [paid_on("m1", "403.33", 2), paid_on("m2", "403.33", 3), paid_on("m3", "403.34", 4)]
    assert kinds(bill, *thirds) == ["parts"] * 3
    assert pairs(bill, *thirds[:2]) == []
    fourth = paid_on("m4", "403.33", 5)
    assert pairs(bill, *thirds, fourth) == [], "of four nobody knows which three"
    assert pairs(bill, *thirds[:2], replace(thirds[2], date=date(2026, 12, 3))) == []


def test_an_advance_and_the_rest_pay_an_invoice_when_they_are_the_only_two() -> None:
    bill = an_invoice(net=1000)
    two = [paid_on("m1", "363", 1), paid_on("m2", "847", 3)]
    assert kinds(bill, *two) == ["parts", "parts"]
    assert pairs(bill, *two, paid_on("m3", "363", 2)) == []
    others = [paid_on(f"n{n}", f"{n + 10}.17", 2) for n in range(9)]
    assert pairs(bill, *two, *others) == [], "of many any two may add up by chance"


def test_parts_that_name_another_paper_or_are_said_apart_are_none() -> None:
    bill = an_invoice(net=1000, number="F20260001", reference="090933755493")
    first = paid_on("m1", "363", 1)
    for other in (
        paid_on("m2", "847", 3, "F20260002"),
        paid_on("m2", "847", 3, structured="111111111111"),
        paid_on("m2", "-847", 3),
        paid_on("m2", "1210.01", 3),
    ):
        assert pairs(bill, first, other) == []
