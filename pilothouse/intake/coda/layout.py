"""Where each field stands in a CODA line: the one table of positions, for reading and for writing.

Positions count from 1 and include the last, as in the standard of the Belgian banks. A line has 128
characters. An amount has 12 places before and 3 after the decimal point, without a point; its sign stands
before it, 0 for credit (money in) and 1 for debit (money out). A day is DDMMYY.
Text is written from the left and filled with spaces, numbers from the right and filled with zeros.

Order of a file: one header (0), old balance (1), then for each movement 2.1 [2.2 [2.3]] and any number of
3.1 [3.2 [3.3]], new balance (8), free messages (4), trailer (9). Several such files may follow each other.

Proved by files of KBC, BNP Paribas Fortis and a French bank: every position of version 2 below, except those
marked *unproved*. Version 1 (before 2006) differs in the account (always 12 digits) and in the width of the
counterparty's name; it is unproved.
"""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 128


@dataclass(frozen=True, slots=True)
class Field:
    """The characters from `first` to `last`, counted from 1."""

    first: int
    last: int

    def of(self, line: str) -> str:
        """The characters as they stand."""
        return line[self.first - 1 : self.last]

    def text(self, line: str) -> str:
        """The characters as words: without the filling."""
        return " ".join(self.of(line).split())


class Header:
    """Record 0: who sends the file, when, in which version."""

    KIND = Field(1, 1)  # 0
    ZEROS = Field(2, 5)
    CREATED = Field(6, 11)
    BANK = Field(12, 14)  # the bank's number, or zeros
    APPLICATION = Field(15, 16)  # 05
    DUPLICATE = Field(17, 17)  # D when sent again
    FILE_REFERENCE = Field(25, 34)
    ADDRESSEE = Field(35, 60)
    BIC = Field(61, 71)
    ENTERPRISE = Field(72, 82)  # 0 and the enterprise number
    SEPARATE = Field(
        84, 88
    )  # 00000, or the code of a separate application: details without balances (*unproved*)
    VERSION = Field(128, 128)  # 2 (1 before 2006)


class OldBalance:
    """Record 1: the account and what was on it. STRUCTURE says what ACCOUNT holds."""

    KIND = Field(1, 1)  # 1
    STRUCTURE = Field(2, 2)  # 0 Belgian number, 1 foreign number (*unproved*), 2 Belgian IBAN, 3 foreign IBAN
    PAPER_NUMBER = Field(3, 5)
    BELGIAN_NUMBER = Field(6, 17)  # structure 0
    BELGIAN_CURRENCY = Field(19, 21)  # structure 0
    BELGIAN_IBAN = Field(6, 36)  # structure 2
    FOREIGN_ACCOUNT = Field(6, 39)  # structures 1 and 3
    CURRENCY = Field(40, 42)  # structures 1, 2 and 3
    SIGN = Field(43, 43)
    AMOUNT = Field(44, 58)
    DAY = Field(59, 64)
    HOLDER = Field(65, 90)
    DESCRIPTION = Field(91, 125)
    CODA_NUMBER = Field(126, 128)


class Movement:
    """Record 2.1: the amount. DETAIL 0000 is a movement, any other a detail of the movement before it."""

    KIND = Field(1, 2)  # 21
    SEQUENCE = Field(3, 6)  # from 0001; after 9999 comes 0000
    DETAIL = Field(7, 10)
    BANK_REFERENCE = Field(11, 31)
    SIGN = Field(32, 32)
    AMOUNT = Field(33, 47)
    VALUE_DAY = Field(48, 53)  # 000000 when not known
    CODE = Field(54, 61)  # type (1), family (2), transaction (2), category (3)
    STRUCTURED = Field(62, 62)  # 1: the communication starts with the three digits of its kind
    COMMUNICATION = Field(63, 115)
    ENTRY_DAY = Field(116, 121)
    PAPER_NUMBER = Field(122, 124)
    GLOBALISATION = Field(125, 125)  # 1 to 9 opens or closes a total of that level, else 0
    NEXT = Field(126, 126)  # 1: record 2.2 follows
    LINK = Field(128, 128)  # 1: record 3.1 follows


class MovementSecond:
    """Record 2.2: the communication goes on; the customer's reference and the other bank."""

    COMMUNICATION = Field(11, 63)
    CUSTOMER_REFERENCE = Field(64, 98)
    BIC = Field(99, 109)
    RETURN_TYPE = Field(113, 113)  # *unproved*
    RETURN_REASON = Field(114, 117)  # *unproved*
    CATEGORY_PURPOSE = Field(118, 121)  # such as SALA
    PURPOSE = Field(122, 125)  # *unproved*


class MovementThird:
    """Record 2.3: the counterparty; the communication ends."""

    ACCOUNT = Field(11, 47)  # a Belgian number of 12 digits, or 34 places for another; then the currency
    NAME = Field(48, 82)
    COMMUNICATION = Field(83, 125)


class MovementThirdVersion1:
    """Record 2.3 in version 1 (*unproved*): a name of 26 places, then the address."""

    ACCOUNT = Field(11, 22)
    NAME = Field(48, 73)


class Information:
    """Records 3.1, 3.2 and 3.3: more about the movement with the same sequence number."""

    SEQUENCE = Field(3, 6)
    DETAIL = Field(7, 10)
    BANK_REFERENCE = Field(11, 31)
    CODE = Field(32, 39)
    STRUCTURED = Field(40, 40)
    COMMUNICATION = Field(41, 113)  # 3.1
    SECOND = Field(11, 115)  # 3.2
    THIRD = Field(11, 100)  # 3.3 (*unproved*)


class NewBalance:
    """Record 8: what is on the account now."""

    KIND = Field(1, 1)  # 8
    PAPER_NUMBER = Field(2, 4)
    ACCOUNT = Field(5, 41)  # laid out as in record 1, one place to the left
    SIGN = Field(42, 42)
    AMOUNT = Field(43, 57)
    DAY = Field(58, 63)
    LINK = Field(128, 128)  # 1: record 4 follows


class Message:
    """Record 4: a message of the bank to everybody."""

    KIND = Field(1, 1)  # 4
    SEQUENCE = Field(3, 6)
    DETAIL = Field(7, 10)
    TEXT = Field(33, 112)
    LINK = Field(128, 128)


class Trailer:
    """Record 9: how many records 1, 2.x, 3.x and 8 there are, and the sums of the movements (DETAIL 0000)."""

    KIND = Field(1, 1)  # 9
    RECORDS = Field(17, 22)
    DEBIT = Field(23, 37)
    CREDIT = Field(38, 52)
    MULTIPLE = Field(128, 128)  # 1 another file follows (many banks always write 1), 2 the last
