"""Is a statement whole? The bank gives proofs; this says which hold, and whether the statement can be used.

The proofs: opening balance + movements = closing balance; and the sums of money in and out in record 9. The
count of lines in record 9 is compared too, but proves nothing: real files with right sums have wrong counts.

A statement is **refused** when it cannot be trusted and we cannot say which movement is wrong:
a version other than 1 or 2; details of a separate application (their totals stand in the ordinary file);
no readable old balance; no new balance and no fitting sums (the file is cut off); balances and sums that both
do not fit what was read, without a line that could not be read to explain it.
In every other case it goes in, and what is wrong stands in its problems: one of two proofs failing, an
unreadable movement whose line we name, a total whose details are announced and missing.
"""

from __future__ import annotations

from decimal import Decimal

from pilothouse.intake.coda.movements import read_movement
from pilothouse.intake.coda.statement import Control, Draft
from pilothouse.intake.papers import Balance, Problem, Statement
from pilothouse.intake.shapes import amount_text

VERSIONS = ("1", "2")
_TOTALLED = {"1": "you ordered together", "2": "the bank put together"}


def judge(draft: Draft) -> tuple[Statement | None, list[Problem]]:
    """The statement, or None and why it is refused."""
    draft.say_hidden()
    refusal = _refusal(draft)
    if refusal:
        return None, [refusal, *draft.problems]
    for check in (_check_balances, _check_control, _check_count, _check_totals):
        check(draft)
    return _statement(draft), []


def _refusal(draft: Draft) -> Problem | None:
    return _not_for_us(draft) or _cut_off(draft) or _disproved(draft)


def _not_for_us(draft: Draft) -> Problem | None:
    if draft.version not in VERSIONS:
        words = (
            f"The file says it is CODA version “{draft.version}”; versions 1 and 2 exist. It was made or "
            "changed by something else than a bank, or is cut. Fetch it again from the bank."
        )
        return Problem("coda.version", "error", words, draft.place)
    if draft.separate.isdecimal() and int(draft.separate):
        words = (
            f"These are details of a separate application ({draft.separate}): their totals stand in the "
            "bank's ordinary file, so nothing is counted here. Add the ordinary file."
        )
        return Problem("coda.separate", "error", words, draft.place)
    if not draft.opening:
        words = (
            "The statement has no old balance that can be read (record 1), so its account is not known. "
            "Fetch the file again from the bank."
        )
        return Problem("coda.opening", "error", words, draft.place)
    return None


def _cut_off(draft: Draft) -> Problem | None:
    if draft.closing or _sums_hold(draft):
        return None
    words = (
        "The statement has no new balance (record 8): the file is cut off, and movements may be missing. "
        "Fetch it again from the bank."
    )
    return Problem("coda.incomplete", "error", words, draft.place)


def _disproved(draft: Draft) -> Problem | None:
    if not _difference(draft) or _sums_hold(draft) or draft.gaps:
        return None
    words = (
        f"{_balance_words(draft)} {_control_words(draft)} Movements are missing or wrong; fetch the file "
        "again."
    )
    return Problem("coda.balance", "error", words, draft.place)


def _balance_words(draft: Draft) -> str:
    opening, closing = _amount(draft.opening), _amount(draft.closing)
    return (
        f"The balances do not hold: {amount_text(opening)} before and {amount_text(_moved(draft))} of "
        f"movements give {amount_text(opening + _moved(draft))}, and the bank says {amount_text(closing)} "
        f"({amount_text(_difference(draft))} is not explained)."
    )


def _control_words(draft: Draft) -> str:
    if not draft.control:
        return "The control record (9) is missing."
    return f"Nor do the bank's control sums: {_control_found(draft, draft.control)}."


def _control_found(draft: Draft, said: Control) -> str:
    debit, credit = _sums(draft)
    return (
        f"{said.place} says {amount_text(said.debit) or 'nothing readable'} out and "
        f"{amount_text(said.credit) or 'nothing readable'} in over {said.records or '?'} records; the file "
        f"holds {amount_text(debit)} out and {amount_text(credit)} in over {draft.records}"
    )


def _check_balances(draft: Draft) -> None:
    if not draft.closing:
        words = "The new balance (record 8) is missing; the movements agree with the bank's control sums."
        draft.problem("coda.incomplete", words, draft.place)
    elif _difference(draft):
        draft.problem("coda.balance", _balance_words(draft), draft.place)


def _check_control(draft: Draft) -> None:
    if not draft.control:
        words = "The statement has no control record (9): the file is cut off at its end."
        draft.problem("coda.incomplete", words, draft.place)
    elif not _sums_hold(draft):
        words = f"The control sums do not hold: {_control_found(draft, draft.control)}."
        draft.problem("coda.control", words, draft.control.place)


def _check_count(draft: Draft) -> None:
    if draft.control and draft.control.records != draft.records:
        said = "an unreadable number of" if draft.control.records is None else draft.control.records
        words = f"The bank counts {said} records; the file holds {draft.records}."
        draft.problem("coda.count", words, draft.control.place, warning=True)


def _check_totals(draft: Draft) -> None:
    """A total whose details are announced and not there is counted, but nobody sees whom it paid."""
    for booking in draft.bookings:
        made_by = _TOTALLED.get(booking.code[:1])
        if made_by and booking.globalisation not in {"0", " "} and not booking.details:
            words = (
                f"Movement {booking.sequence} is the total of payments {made_by}. The file opens it as a "
                f"group (globalisation code {booking.globalisation}) and never closes it: the payments are "
                "missing. The total is counted; ask the bank for the file with details to see whom it paid."
            )
            draft.problem("coda.globalisation", words, booking.place)


def _statement(draft: Draft) -> Statement:
    return Statement(
        account=draft.account,
        currency=draft.currency,
        number=draft.number or None,
        opening=draft.opening,
        closing=draft.closing,
        movements=tuple(read_movement(booking) for booking in draft.bookings),
        holder=draft.holder or None,
        problems=tuple(draft.problems),
    )


def _moved(draft: Draft) -> Decimal:
    return sum((booking.amount for booking in draft.bookings), Decimal(0))


def _sums(draft: Draft) -> tuple[Decimal, Decimal]:
    """Money out and money in, both positive, as record 9 gives them."""
    amounts = [booking.amount for booking in draft.bookings]
    return -sum((a for a in amounts if a < 0), Decimal(0)), sum((a for a in amounts if a > 0), Decimal(0))


def _sums_hold(draft: Draft) -> bool:
    return draft.control is not None and (draft.control.debit, draft.control.credit) == _sums(draft)


def _difference(draft: Draft) -> Decimal:
    """What the closing balance says beyond opening balance and movements; 0 when there is none."""
    return draft.closing.amount - _amount(draft.opening) - _moved(draft) if draft.closing else Decimal(0)


def _amount(balance: Balance | None) -> Decimal:
    return balance.amount if balance else Decimal(0)
