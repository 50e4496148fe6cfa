"""Which debit pays which card."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pilothouse.engine.spend.cards import find_card_payments, is_card
from pilothouse.engine.spend.terms import BankMovement, Counting, Identity
from tests.engine.spend.spend_papers import CLOUD, LUNCH, a_movement, a_review

CARD, OTHER = "**** 1234", "5412 75** **** 9930"
BANK = Identity("Kaartdienst", ibans=("BE62001000000161",))
NOBODY = Identity()


def line(key: str, day: date, out: int | str, card: str = CARD, paper: str = "") -> BankMovement:
    return a_movement(key, out, LUNCH, account=card, source=card, date=day, paper=paper)


def debit(key: str, day: date, out: int | str, to: Identity = BANK, text: str = "") -> BankMovement:
    return a_movement(key, out, to, text, date=day)


def january(*more: BankMovement) -> list[BankMovement]:
    days = (3, 14, 30)
    return [*(line(f"c{day}", date(2026, 1, day), 10 + day) for day in days), *more]


def paid(*movements: BankMovement) -> set[str]:
    return set(find_card_payments(movements))


@pytest.mark.parametrize(
    "account", ["**** 1234", "5412 75** **** 1234", "XXXX-XXXX-XXXX-1234", "487104xxxxxx1234"]
)
def test_a_masked_number_is_a_card(account: str) -> None:
    assert is_card(account)


@pytest.mark.parametrize("account", ["BE68539007547034", "XX", "**", "Marketing", ""])
def test_other_accounts_are_none(account: str) -> None:
    assert not is_card(account)


def test_the_debit_that_is_the_sum_of_a_month_pays_the_card() -> None:
    movements = january(line("c9", date(2026, 2, 2), 5), debit("m1", date(2026, 2, 10), 77))
    reasons = find_card_payments(movements)
    assert set(reasons) == {"m1"}
    assert reasons["m1"].says == "pays the 3 lines of the card 1234 from 2026-01-03 to 2026-01-30"


def test_so_does_the_sum_of_a_statement() -> None:
    of_statement = [
        line(f"c{day}", date(2025, 12, 20) + timedelta(days=day), 10 + day, paper="s7") for day in (1, 5, 20)
    ]
    assert paid(
        *of_statement, line("c99", date(2026, 1, 12), 1, paper="s8"), debit("m1", date(2026, 1, 20), 56)
    ) == {"m1"}


def test_a_debit_too_late_too_early_or_of_another_amount_does_not() -> None:
    assert paid(*january(debit("m1", date(2026, 4, 10), 77))) == set()
    assert paid(*january(debit("m1", date(2026, 1, 29), 77))) == set()
    assert paid(*january(debit("m1", date(2026, 2, 10), "77.01"))) == set()
    assert paid(*january(a_movement("m1", -77, BANK, date=date(2026, 2, 10)))) == set()


def test_what_few_lines_add_up_to_needs_a_word_of_cards() -> None:
    one = line("c1", date(2026, 1, 3), 77)
    day = date(2026, 2, 10)
    assert paid(one, debit("m1", day, 77)) == set()
    assert paid(one, debit("m1", day, 77, text="Mastercard afrekening")) == {"m1"}
    assert paid(one, debit("m1", day, 77, text="kaart 541275XXXXXX1234")) == {"m1"}
    assert paid(one, debit("m1", day, 77, NOBODY)) == {"m1"}


def test_months_that_begin_on_another_day_need_a_word_or_a_second_month() -> None:
    first = [line(f"c{day}", date(2026, 1, day), day) for day in (5, 20, 28)]
    second = [line(f"d{day}", date(2026, 2, day), day) for day in (2, 10)]
    bill = debit("m1", date(2026, 2, 20), 20 + 28 + 2 + 10)
    assert paid(*first, *second, bill) == set()
    assert paid(*first, *second, debit("m1", date(2026, 2, 20), 60, text="visa")) == {"m1"}
    third = [line(f"e{day}", date(2026, 2, 10 + day), day) for day in (8, 12, 15)]
    again = debit("m2", date(2026, 3, 18), 35)
    assert paid(*first, *second, bill, *third, again) == {"m1", "m2"}


def test_one_debit_may_pay_all_cards_together() -> None:
    others = [line(f"o{day}", date(2026, 1, day), day, OTHER) for day in (9, 11)]
    assert paid(*january(*others, debit("m1", date(2026, 2, 10), 97))) == {"m1"}


def test_what_the_list_of_the_card_received_is_no_income_and_its_debit_no_cost() -> None:
    received = a_movement("c0", -500, NOBODY, "Betaling ontvangen", account=CARD, date=date(2026, 1, 9))
    near, far = debit("m1", date(2026, 1, 8), 500), debit("m2", date(2026, 1, 12), 500)
    assert paid(received, near, far) == {"c0", "m1"}
    assert paid(received, debit("m1", date(2026, 1, 20), 500)) == set()
    twice = a_movement("c7", -500, NOBODY, "Betaling ontvangen", account=CARD, date=date(2026, 1, 9))
    assert paid(received, twice, near) == {"c0", "m1"}


def test_a_refund_on_the_card_is_not_taken_for_a_payment_of_it() -> None:
    refund = line("c0", date(2026, 1, 9), -500)
    assert paid(refund, debit("m1", date(2026, 1, 9), 500)) == set()


def test_without_cards_or_without_debits_nothing_is_asked() -> None:
    assert paid(debit("m1", date(2026, 2, 10), 77)) == set()
    assert paid(*january()) == set()


def test_both_ends_of_a_payment_are_between_our_own_accounts_and_say_why() -> None:
    received = a_movement("c0", -500, NOBODY, "Betaling ontvangen", account=CARD, date=date(2026, 1, 9))
    bought = a_movement("c1", 121, Identity(CLOUD.name), account=CARD, date=date(2026, 1, 5))
    answer = a_review(received, bought, debit("m1", date(2026, 1, 8), 500))
    lines = {line.id: line for line in answer.lines}
    assert lines["c1"].counting is Counting.COUNTS
    for key in ("c0", "m1"):
        assert lines[key].counting is Counting.OWN_TRANSFER
        assert [r.kind for r in lines[key].recognition.because] == ["card"]
        assert lines[key].cost.amount == 0
