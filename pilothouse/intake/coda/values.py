"""What the characters of a CODA field mean: amounts, days, accounts.

A value that cannot be read is an `UnreadableError` with the reason; nobody guesses an amount.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from stdnum import iban

from pilothouse.intake.coda.layout import Field, MovementThird, MovementThirdVersion1, OldBalance

_THOUSANDTH = Decimal("0.001")
_FIRST_YEAR = 1980  # the standard is from the eighties: 80 to 99 are of the last century


class UnreadableError(ValueError):
    """A line of the file cannot be read; the words say which field and what stands there."""


def read_amount(line: str, sign: Field, amount: Field) -> Decimal:
    """Money in is positive, money out negative; exact to the third decimal."""
    digits, direction = amount.of(line), sign.of(line)
    if not is_number(digits):
        raise UnreadableError(
            f"positions {amount.first} to {amount.last} should hold an amount and hold “{digits.strip()}”"
        )
    if direction not in {"0", "1"}:
        raise UnreadableError(
            f"position {sign.first} should say 0 (in) or 1 (out) and says “{direction.strip()}”"
        )
    value = int(digits) * _THOUSANDTH
    return -value if direction == "1" else value


def read_sum(line: str, amount: Field) -> Decimal | None:
    """A control sum without sign; None when it is not a number."""
    digits = amount.of(line)
    return int(digits) * _THOUSANDTH if is_number(digits) else None


def read_count(line: str, count: Field) -> int | None:
    digits = count.of(line)
    return int(digits) if is_number(digits) else None


def read_day(line: str, day: Field) -> date | None:
    """DDMMYY; None for 000000, spaces and days that do not exist."""
    digits = day.of(line)
    if not is_number(digits):
        return None
    year = 1900 + int(digits[4:])
    try:
        return date(year if year >= _FIRST_YEAR else year + 100, int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None


def belgian_iban(number: str) -> str | None:
    """The IBAN of an old Belgian account number of 12 digits; None when its check digits are wrong.

    >>> belgian_iban("539007547034"), belgian_iban("539007547035")
    ('BE68539007547034', None)
    """
    if len(number) != 12 or not is_number(number):
        return None
    if int(number[10:]) != (int(number[:10]) % 97 or 97):
        return None
    return f"BE{98 - int(number + '111400') % 97:02d}{number}"


def is_iban(account: str) -> bool:
    """Length and check digits are right; whether the bank exists is not asked."""
    return bool(iban.is_valid(account, check_country=False))


def read_account(line: str, version: str) -> tuple[str, str]:
    """Account and currency of record 1: an IBAN where there is one, else the number as written."""
    structure = "0" if version == "1" else OldBalance.STRUCTURE.of(line)
    if structure in {"1", "2", "3"}:
        field = OldBalance.BELGIAN_IBAN if structure == "2" else OldBalance.FOREIGN_ACCOUNT
        return _without_spaces(field.of(line)), OldBalance.CURRENCY.text(line)
    number = OldBalance.BELGIAN_NUMBER.of(line).strip()
    return belgian_iban(number) or number, OldBalance.BELGIAN_CURRENCY.text(line)


def read_counterparty_account(line: str, version: str) -> str | None:
    """The other account of record 2.3, without the currency that follows it: an IBAN where there is one."""
    written = (MovementThirdVersion1 if version == "1" else MovementThird).ACCOUNT.of(line)
    if not written[12:13].strip():  # 12 digits and a space: an old Belgian number, its currency behind
        number = written[:12].strip()
        return belgian_iban(number) or number or None
    return _without_spaces(written[:34])


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def is_number(text: str) -> bool:
    """Nothing but the digits 0 to 9 (Python would take those of other scripts too)."""
    return text.isascii() and text.isdigit()
