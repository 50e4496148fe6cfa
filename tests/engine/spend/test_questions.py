"""The order of questions: most money at stake first, the same whatever order the groups come in."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend.questions import LOT, Group, by_money, in_order, offered, worth

GROUPS: st.SearchStrategy[list[Group[str]]] = st.lists(
    st.builds(
        Group,
        key=st.text("abc", max_size=4),
        amount=st.decimals(-10_000, 10_000, places=2),
        confidence=st.floats(0, 1),
    ),
    max_size=2 * LOT + 20,
    unique_by=lambda group: group.key,
)


def test_doubt_comes_before_a_little_more_money_and_a_credit_is_worth_its_sum() -> None:
    surer = Group("surer", Decimal(1000), 0.75)
    unsure = Group("unsure", Decimal(800), 0.5)
    credit = Group("credit", Decimal(-900), 0.5)
    assert [group.key for group in in_order([surer, unsure, credit])] == ["credit", "unsure", "surer"]


def test_much_money_comes_before_doubt() -> None:
    """However unsure we are of a cent, it does not come before the hundred dearest groups."""
    dear = [Group(f"{number:03}", Decimal(1000), 1.0) for number in range(LOT)]
    cent = Group("cent", Decimal("0.01"), 0.0)
    assert in_order([cent, *dear])[-1] == cent


def test_equal_groups_stand_by_key() -> None:
    twins = [Group(key, Decimal(5), 0.5) for key in "cab"]
    assert [group.key for group in in_order(twins)] == ["a", "b", "c"]


@given(groups=GROUPS, chance=st.randoms())
def test_the_order_does_not_depend_on_how_groups_come(groups: list[Group[str]], chance: Random) -> None:
    shuffled = list(groups)
    chance.shuffle(shuffled)
    assert in_order(shuffled) == in_order(groups)


@given(groups=GROUPS)
def test_the_first_lot_needs_the_confidence_of_the_dearest_alone(groups: list[Group[str]]) -> None:
    first = by_money(groups)[:LOT]
    assert in_order(groups)[:LOT] == in_order(first)
    worths = [worth(group) for group in in_order(first)]
    assert worths == sorted(worths, reverse=True)


def test_purposes_are_offered_once_and_no_more_than_asked_for() -> None:
    assert offered("", ["a", "b"], ["b", "c"], ["d", "e", "f"]) == ("a", "b", "c", "d", "e")
    assert offered("x", [], most=1) == ("x",)
    assert offered("") == ()
