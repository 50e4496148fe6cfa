"""The amount of a row: from one signed column, debit and credit, or an amount with a mark beside it.

Debit is cost and positive. Where books give an amount with and without VAT, the one without is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from pilothouse.intake.ledgers.columns import SIDES, Guess
from pilothouse.intake.tables.values import AmountStyle, currency_of

Cells = Sequence[str]
Figure = Callable[[Cells], Decimal | None]

_REMEMBERED = 1 << 16  # texts whose amount is kept for the next cell with the same text
_NOTHING = Decimal(0)


def figure_of(guess: Guess) -> Figure:
    """Reads the amount of a row; None where there is none or it cannot be read."""
    debit, credit = column_of(guess, "debit"), column_of(guess, "credit")
    if debit and credit:
        return _difference(debit, credit)
    if credit:
        return lambda cells: _negative(credit(cells))
    if debit:
        return debit
    amount = _reader(guess, guess.figures[0])
    return _by_side(amount, guess.at["side"]) if "side" in guess.at else amount


def column_of(guess: Guess, meaning: str) -> Figure | None:
    """Reads the amounts of one column, in its own style; None where there is no such column."""
    return _reader(guess, meaning) if meaning in guess.at else None


def _reader(guess: Guess, meaning: str) -> Figure:
    position = guess.at[meaning]
    read: Callable[[str], Decimal | None] = lru_cache(_REMEMBERED)(style_of(guess, meaning).read)
    return lambda cells: read(cells[position])


def style_of(guess: Guess, meaning: str) -> AmountStyle:
    return guess.seen[guess.at[meaning]].amounts


def figure_columns(guess: Guess) -> tuple[str, ...]:
    """The meanings that make up the amount."""
    both = tuple(one for one in ("debit", "credit") if one in guess.at)
    return both or guess.figures[:1]


def without_vat(guess: Guess) -> bool | None:
    """Whether the amount is without VAT; None where the headers do not tell."""
    return {"net": True, "gross": False}.get(figure_columns(guess)[0])


def currency_in(guess: Guess) -> str | None:
    """The currency that the headers or cells of the amounts name, where all of them are in one."""
    for meaning in figure_columns(guess):
        position = guess.at[meaning]
        named = currency_of(guess.columns[position].header)
        if named:
            return named
        shown = {currency_of(cell) for cell in guess.seen[position].cells}
        if len(shown) == 1 and None not in shown:
            return shown.pop()
    return None


def _difference(debit: Figure, credit: Figure) -> Figure:
    def figure(cells: Cells) -> Decimal | None:
        charged, back = debit(cells), credit(cells)
        if charged is None and back is None:
            return None
        return (charged or _NOTHING) - (back or _NOTHING)

    return figure


def _by_side(amount: Figure, side: int) -> Figure:
    def figure(cells: Cells) -> Decimal | None:
        value = amount(cells)
        is_credit = SIDES.get(cells[side].casefold().rstrip(".")) == "credit"
        return _negative(value) if is_credit else value

    return figure


def _negative(value: Decimal | None) -> Decimal | None:
    return -value if value else value
