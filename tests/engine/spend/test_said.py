"""What people say of payments and invoices goes before every rule, and finds its papers again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend.said import (
    PaymentWord,
    Says,
    invoice_prints,
    movement_prints,
    said_of_payments,
)
from pilothouse.engine.spend.settle import settle
from pilothouse.engine.spend.terms import BankMovement, Identity, InvoicePaper
from pilothouse.engine.spend.vendors import NATURAL_PERSON, KnownVendors, Parties
from tests.engine.spend.spend_papers import CLOUD, LUNCH, US, a_movement, an_invoice, unhurried

Paper = InvoicePaper | BankMovement
Found = list[tuple[str, str, Decimal]]


def parted(papers: tuple[Paper, ...]) -> tuple[list[InvoicePaper], list[BankMovement]]:
    invoices = [paper for paper in papers if isinstance(paper, InvoicePaper)]
    return invoices, [paper for paper in papers if isinstance(paper, BankMovement)]


def word(
    movement: BankMovement, invoice: InvoicePaper, says: Says = Says.PAYS, amount: Decimal | None = None
) -> PaymentWord:
    prints = movement_prints([movement]).of(movement.id), invoice_prints([invoice]).of(invoice.id)
    return PaymentWord(says, *prints, amount)


def settled(words: list[PaymentWord], *papers: Paper) -> Found:
    invoices, movements = parted(papers)
    parties = Parties(invoices, KnownVendors(()))
    said = said_of_payments(words, movements, invoices)
    found = settle(invoices, movements, parties, parties.key(US), said)
    return [(s.movement, s.invoice, s.amount.amount) for s in found]


def test_a_word_goes_before_what_the_payer_wrote() -> None:
    one, other = an_invoice("i1", number="F20260001"), an_invoice("i2", number="F20260002")
    paid = a_movement(text="F20260001")
    assert settled([], one, other, paid) == [("m1", "i1", Decimal(121))]
    assert settled([word(paid, other)], one, other, paid) == [("m1", "i2", Decimal(121))]


def test_what_is_said_apart_is_matched_by_no_rule() -> None:
    for number, text, reference, structured in (
        ("F20260001", "F20260001", "", ""),
        ("9", "", "090933755493", "090933755493"),
        ("9", "", "", ""),
    ):
        invoice = an_invoice(number=number, reference=reference)
        paid = a_movement(text=text, structured=structured)
        assert settled([], invoice, paid)
        assert settled([word(paid, invoice, Says.DOES_NOT_PAY)], invoice, paid) == []


def test_a_payment_said_apart_from_one_invoice_pays_another_of_the_same_amount() -> None:
    one, other = an_invoice("i1"), an_invoice("i2", issue_date=date(2026, 1, 20))
    first, second = a_movement("m1"), a_movement("m2", date=date(2026, 2, 20))
    apart = [word(first, one, Says.DOES_NOT_PAY)]
    assert settled(apart, one, other, first) == [("m1", "i2", Decimal(121))]
    assert settled(apart, one, other, first, second) == [
        ("m1", "i2", Decimal(121)),
        ("m2", "i1", Decimal(121)),
    ]
    assert settled(apart, one, first) == []


def test_papers_of_a_sum_are_said_apart() -> None:
    two = an_invoice("i1", 100), an_invoice("i2", 50)
    paid = a_movement(out="181.50")
    assert len(settled([], *two, paid)) == 2
    assert settled([word(paid, two[0], Says.DOES_NOT_PAY)], *two, paid) == []


def test_of_contradictory_words_the_later_holds_and_each_may_name_an_amount() -> None:
    invoice, paid = an_invoice(number="7"), a_movement(out=100, to=LUNCH)
    no, yes = word(paid, invoice, Says.DOES_NOT_PAY), word(paid, invoice)
    assert settled([no, yes], invoice, paid) == [("m1", "i1", Decimal(100))]
    assert settled([yes, no], invoice, paid) == []
    forty = word(paid, invoice, amount=Decimal(40))
    assert settled([yes, forty], invoice, paid) == [("m1", "i1", Decimal(40))]
    assert settled([word(paid, invoice, amount=Decimal(400))], invoice, paid) == [("m1", "i1", Decimal(100))]


def test_a_word_about_something_that_is_not_here_waits() -> None:
    invoice, paid = an_invoice(number="7"), a_movement(out=100, to=LUNCH)
    assert settled([word(paid, invoice)], paid, an_invoice(number="8")) == []
    assert settled([word(paid, invoice)], a_movement(out=90, to=LUNCH), invoice) == []
    nothing = a_movement(out=0)
    assert settled([word(nothing, invoice)], nothing, invoice) == []


def test_a_word_sets_a_credit_note_off_as_far_as_there_is_something_to_pay() -> None:
    invoice, credit = an_invoice("i1", number="7"), an_invoice("c1", 50, number="8", is_credit=True)
    paid = a_movement(out="60.50", to=LUNCH)
    both = [word(paid, invoice), word(paid, credit)]
    assert settled(both, invoice, credit, paid) == [
        ("m1", "c1", Decimal("-60.50")),
        ("m1", "i1", Decimal(121)),
    ]
    assert settled([word(paid, credit)], invoice, credit, paid) == []


def test_a_word_settles_an_invoice_in_another_currency_whole_and_once() -> None:
    dollars = an_invoice(number="7", currency="USD")
    paid, again = a_movement(out=93, to=LUNCH), a_movement("m2", out=94, to=LUNCH)
    assert settled([word(paid, dollars)], dollars, paid) == [("m1", "i1", Decimal(93))]
    assert settled([word(paid, dollars), word(again, dollars)], dollars, paid, again) == [
        ("m2", "i1", Decimal(94))
    ]
    whole = an_invoice("i2", number="8")
    used = a_movement(out=121, to=LUNCH)
    assert settled([word(used, dollars), word(used, whole)], dollars, whole, used) == [
        ("m1", "i2", Decimal(121))
    ]


def test_a_masked_payment_may_be_said_to_pay() -> None:
    invoice, paid = an_invoice(), a_movement(to=Identity(NATURAL_PERSON))
    assert settled([], invoice, paid) == []
    assert settled([word(paid, invoice)], invoice, paid) == [("m1", "i1", Decimal(121))]


def test_prints_find_papers_again_under_other_ids_and_names() -> None:
    invoice, paid = an_invoice(), a_movement(text="F 8")
    there = replace(invoice, id="i9", source="x", seller=replace(CLOUD, name="Cloudhuis NV", vat_id=""))
    booked = replace(paid, id="m9", source="x", place="row 3", amount=Decimal("-121.00"))
    assert invoice_prints([there]).of("i9") == invoice_prints([invoice]).of("i1")
    assert movement_prints([booked]).of("m9") == movement_prints([paid]).of("m1")
    assert movement_prints([paid]).of("m2") == ""
    assert movement_prints([replace(paid, communication="F 9")]).of("m1") != movement_prints([paid]).of("m1")


def test_equal_papers_are_told_apart_by_their_order() -> None:
    first, second = a_movement("m1"), a_movement("m2")
    prints = movement_prints([second, first])
    assert prints.of("m1") != prints.of("m2")
    assert dict(prints.all()) == dict(movement_prints([first, second]).all())
    assert prints.of("m1") == movement_prints([second]).of("m2")


days = st.dates(date(2026, 1, 1), date(2026, 4, 30))


@st.composite
def papers_and_words(draw: st.DrawFn) -> tuple[list[Paper], list[PaymentWord]]:
    seller = st.sampled_from([CLOUD, LUNCH])
    invoices = [
        an_invoice(
            f"i{n}",
            draw(st.sampled_from([50, 100, 150])),
            seller=draw(seller),
            issue_date=draw(days),
            is_credit=draw(st.sampled_from([False, False, True])),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    movements = [
        a_movement(
            f"m{n}",
            Decimal(draw(st.sampled_from(["60.50", "121", "-121", "300"]))),
            draw(seller),
            date=draw(days),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    moved, billed = movement_prints(movements), invoice_prints(invoices)
    words = [
        PaymentWord(
            draw(st.sampled_from(Says)),
            moved.of(draw(st.sampled_from(movements)).id),
            billed.of(draw(st.sampled_from(invoices)).id),
            draw(st.sampled_from([None, None, Decimal("20")])),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    return [*invoices, *movements], words


@unhurried
@given(papers_and_words(), st.randoms())
def test_words_hold_whatever_the_papers_and_their_order(
    given_: tuple[list[Paper], list[PaymentWord]], chance: object
) -> None:
    papers, words = given_
    invoices, movements = parted(tuple(papers))
    said = said_of_payments(words, movements, invoices)
    found = settled(words, *papers)
    pairs = {(movement, invoice) for movement, invoice, _ in found}
    assert not pairs & said.apart
    assert not said.apart & said.pays.keys()
    if len(said.pays) == 1:
        ((movement, invoice),) = said.pays
        owed, paid = (
            next(i for i in invoices if i.id == invoice),
            next(m for m in movements if m.id == movement),
        )
        assert ((movement, invoice) in pairs) == (owed.is_credit == (paid.amount > 0))
    mixed = list(papers)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    assert settled(words, *mixed) == found
    paid_of: dict[str, Decimal] = defaultdict(Decimal)
    used_of: dict[str, Decimal] = defaultdict(Decimal)
    for movement, invoice, amount in found:
        paid_of[invoice] += amount
        used_of[movement] += amount
    assert all(abs(paid_of[i.id]) <= i.payable for i in invoices)
    assert all(abs(used_of[m.id]) <= abs(m.amount) for m in movements)
