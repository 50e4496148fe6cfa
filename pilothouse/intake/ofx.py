"""OFX and QFX: what left and came onto a bank account or a card, as banks hand it to accounting programs.

`read_ofx` takes OFX 1 (SGML, in which most tags are never closed) and OFX 2 (XML), with any header or none, and
gives a `Statement` for each account. Both are read the same way, tag by tag: a tag with text behind it is a value
of the part it stands in. No tree is built and no entity is resolved, so there is nothing a file could blow up.

What counts: each STMTTRN is a movement, of bank accounts (STMTRS), cards (CCSTMTRS) and the cash of securities
accounts (INVSTMTRS), whose purchases and sales of securities are left aside, which is said. Pending ones (STMTTRNP)
are none. The day is the one written, in the bank's own time zone.

OFX carries the balance at the end (LEDGERBAL) and none at the start, so a statement cannot be proved, and nothing is
wrong about that.

Limits: transfers between own accounts look like any movement; signs are the file's (money out is negative), as the
kind of a movement does not tell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pilothouse.intake.coda.lines import decode
from pilothouse.intake.communications import find_structured
from pilothouse.intake.papers import Balance, Counterparty, Movement, Problem, Reading, Statement
from pilothouse.intake.statements import MOST_STATEMENTS, Faults, looks_like_iban, squeezed, without_spaces

MB = 1024 * 1024
LARGEST = 50 * MB
MOST_MOVEMENTS = 300_000
MOST_TAGS = 6_000_000
_TOP = 4096
_LONGEST_AMOUNT = 40

_START = re.compile(r"\A\s*(?:OFXHEADER\s*:|(?:<\?xml[^>]*\?>\s*)?(?:<\?OFX|<OFX[\s>]))", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9._]*)(?:\s[^<>]*)?/?>")
# Parts of XML that are no tags: how each starts and ends.
_COMMENT = ("<!--", "-->")
_CHARACTER_DATA = ("<![CDATA[", "]]>")
_ESCAPED = re.compile(r"&(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " "}
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_AMOUNT = re.compile(r"[+-]?(?=[\d.,])[\d.,' ]*\d[.,]?", re.ASCII)

_OF_SECURITIES = "INVSTMTRS"
_ACCOUNTS = {
    "STMTRS": "BANKACCTFROM",
    "CCSTMTRS": "CCACCTFROM",
    _OF_SECURITIES: "INVACCTFROM",
}
_MOVEMENT = "STMTTRN"
_MOVEMENTS = re.compile("<STMTTRN>", re.IGNORECASE)
_STATEMENTS = re.compile("<(?:CC|INV)?STMTRS>", re.IGNORECASE)
_BESIDE_MOVEMENTS = {_MOVEMENT, *_ACCOUNTS, "LEDGERBAL", "AVAILBAL"}  # never inside a movement, closed or not
# Parts whose values belong to them and not to what they stand in.
_PARTS = {
    *_ACCOUNTS,
    *_ACCOUNTS.values(),
    _MOVEMENT,
    "STMTTRNP",
    "LEDGERBAL",
    "AVAILBAL",
    "BANKACCTTO",
    "CCACCTTO",
    "PAYEE",
    "CURRENCY",
    "ORIGCURRENCY",
    "STATUS",
    "BAL",
    "INV401KBAL",
    "IMAGEDATA",
}
_SECURITIES = re.compile(r"(?:BUY|SELL)(?:DEBT|MF|OPT|OTHER|STOCK)|REINVEST|INCOME|TRANSFER|INVEXPENSE")


class Mark(NamedTuple):
    """A tag, with the text behind it; `line` is counted from 1."""

    closes: bool
    name: str
    text: str
    line: int


@dataclass(slots=True)
class Draft:
    """The statement of an account while its tags are read: each part's values by name, the first of each."""

    kind: str
    line: int
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)
    faults: Faults = field(default_factory=lambda: Faults("ofx"))
    currency: str = ""
    securities: bool = False
    other_currencies: set[str] = field(default_factory=set)

    def value(self, part: str, name: str) -> str:
        return self.values.get(part, {}).get(name, "")


@dataclass(slots=True)
class Booking:
    """A STMTTRN while it is read: its own values, and those of its parts under "PART.NAME"."""

    line: int
    values: dict[str, str] = field(default_factory=dict)


def looks_like_ofx(head: bytes) -> bool:
    """Whether the first bytes of a file are those of OFX, with its header or without."""
    return bool(_START.match("".join(_plain(decode(head[:_TOP])[0].lstrip("\ufeff")))))


def read_ofx(data: bytes) -> Reading:
    """A statement for each account, and why there is none."""
    if len(data) > LARGEST:
        return (), (_too_large(len(data)),)
    text, reason = decode(data)
    if text.count("<") > MOST_TAGS:
        return (), (_too_large(len(data)),)
    if _too_many(_MOVEMENTS, text, MOST_MOVEMENTS) or _too_many(_STATEMENTS, text, MOST_STATEMENTS):
        return (), (_too_large(len(data)),)
    reader = _Reader()
    for mark in _marks("".join(_plain(text))):
        reader.read(mark)
    papers, faults = reader.statements()
    if not papers and not faults.first:
        faults.add(_empty())
    if reason:
        words = f"The file is in an unusual encoding: {reason}. Check the names."
        faults.say("encoding", words, warning=True)
    return tuple(papers), faults.all()


def _too_many(tags: re.Pattern[str], text: str, most: int) -> bool:
    return any(number >= most for number, _ in enumerate(tags.finditer(text)))


def _too_large(size: int) -> Problem:
    words = (
        f"The file has {size // MB} MB; a bank statement of more than {LARGEST // MB} MB or {MOST_MOVEMENTS:,} "
        "movements is not read. Export a shorter period."
    )
    return Problem("ofx.size", "error", words)


def _empty() -> Problem:
    words = (
        "The file holds no statement: it lists accounts, or answers a sign-in. Download the movements of the account "
        "themselves."
    )
    return Problem("ofx.empty", "error", words)


# --- from text to marks


def _plain(text: str) -> Iterator[str]:
    """Without comments; character data of XML as other text. Line ends stay, so that lines can be counted."""
    at = 0
    while (start := text.find("<!", at)) >= 0:
        opening, closing = _CHARACTER_DATA if text.startswith(_CHARACTER_DATA[0], start) else _COMMENT
        end = text.find(closing, start) if text.startswith(opening, start) else -1
        if end < 0:
            break  # a DOCTYPE, or a part that never ends: words as any other
        yield text[at:start]
        inside = text[start + len(opening) : end]
        if opening == _COMMENT[0]:
            yield "\n" * inside.count("\n")
        else:
            yield inside.replace("&", "&amp;").replace("<", "&lt;")
        at = end + len(closing)
    yield text[at:]


def _marks(text: str) -> Iterator[Mark]:
    before: re.Match[str] | None = None
    line, counted = 1, 0
    for match in _TAG.finditer(text):
        if before:
            yield _mark(before, text[before.end() : match.start()], line)
        line += text.count("\n", counted, match.start())
        before, counted = match, match.start()
    if before:
        yield _mark(before, text[before.end() :], line)


def _mark(tag: re.Match[str], behind: str, line: int) -> Mark:
    closes = bool(tag.group(1))
    return Mark(
        closes, tag.group(2).upper(), "" if closes else squeezed(_ESCAPED.sub(_character, behind)), line
    )


def _character(escaped: re.Match[str]) -> str:
    name = escaped.group(1).lower()
    if name in _CHARACTERS:
        return _CHARACTERS[name]
    code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    return chr(code) if code in range(32, 0xD800) else escaped.group()


# --- from marks to statements


class _Reader:
    """Takes the marks of a file in their order."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._faults = Faults("ofx")
        self._draft: Draft | None = None
        self._booking: Booking | None = None
        self._inside: list[str] = []
        self._status: dict[str, str] = {}

    def read(self, mark: Mark) -> None:
        if mark.closes:
            self._close(mark)
        elif mark.name in _PARTS and not mark.text:
            self._open(mark)
        elif mark.text:
            self._keep(mark)
        elif self._draft and self._draft.kind == _OF_SECURITIES and _SECURITIES.fullmatch(mark.name):
            self._draft.securities = True

    def _open(self, mark: Mark) -> None:
        if mark.name in _BESIDE_MOVEMENTS:
            self._end_movement()
        if mark.name in _ACCOUNTS:
            self._end_statement()
            self._draft = Draft(mark.name, mark.line)
            self._drafts.append(self._draft)
        elif mark.name == _MOVEMENT:
            self._booking = Booking(mark.line)
        elif mark.name == "STATUS":
            self._status = {}
        self._inside.append(mark.name)

    def _close(self, mark: Mark) -> None:
        if mark.name in self._inside:
            while self._inside.pop() != mark.name:
                pass
        if mark.name in {_MOVEMENT, "BANKTRANLIST", "INVTRANLIST"}:
            self._end_movement()
        elif mark.name in _ACCOUNTS:
            self._end_statement()
        elif mark.name == "STATUS":
            self._end_status(mark)

    def _keep(self, mark: Mark) -> None:
        part = self._inside[-1] if self._inside else ""
        if part == "STATUS":
            self._status.setdefault(mark.name, mark.text)
        elif self._booking:
            name = mark.name if part == _MOVEMENT else f"{part}.{mark.name}"
            self._booking.values.setdefault(name, mark.text)
        elif self._draft:
            self._draft.values.setdefault(part, {}).setdefault(mark.name, mark.text)

    def _end_status(self, mark: Mark) -> None:
        """The bank's program answers with an error in place of a statement."""
        if self._status.get("SEVERITY", "").upper() == "ERROR":
            said = self._status.get("MESSAGE") or "it does not say why"
            words = (
                f"The bank's program answered with error {self._status.get('CODE', '?')} instead of movements: "
                f"{said[:200]}. Sign in again and download the file once more."
            )
            self._faults.say("status", words, f"line {mark.line}")

    def _end_movement(self) -> None:
        booking, self._booking = self._booking, None
        if not booking:
            return
        if _MOVEMENT in self._inside:
            del self._inside[self._inside.index(_MOVEMENT) :]
        if self._draft:
            _book(self._draft, booking)

    def _end_statement(self) -> None:
        self._end_movement()
        self._draft = None
        self._inside = []

    def statements(self) -> tuple[list[Statement], Faults]:
        self._end_statement()
        papers = []
        for draft in self._drafts:
            if draft.kind == _OF_SECURITIES and not draft.movements:
                self._faults.join(draft.faults)
                self._faults.add(_only_securities(draft))
            else:
                papers.append(_statement(draft))
        return papers, self._faults


def _only_securities(draft: Draft) -> Problem:
    words = (
        "This is a statement of securities: it says what was bought, sold and held, and no movement of money that "
        "could be a cost. Leave it out."
    )
    return Problem("ofx.securities", "error", words, f"line {draft.line}")


def _book(draft: Draft, booking: Booking) -> None:
    values = booking.values
    day, amount = read_day(values.get("DTPOSTED", "")), read_amount(values.get("TRNAMT", ""))
    if day is None or amount is None:
        name, written = ("DTPOSTED", "day") if day is None else ("TRNAMT", "amount")
        words = (
            f"The movement has no {written} that can be read ({name} is “{values.get(name, '')[:40]}”). It is left "
            "out."
        )
        draft.faults.say("movement", words, f"line {booking.line}")
        return
    _note_currency(draft, booking)
    named = values.get("NAME") or values.get("PAYEE.NAME", "")
    longer = values.get("EXTDNAME", "")
    name = longer if longer.startswith(named) else named
    structured, words = _communication(values, name)
    account = values.get("BANKACCTTO.ACCTID") or values.get("CCACCTTO.ACCTID", "")
    draft.movements.append(
        Movement(
            date=day,
            value_date=read_day(values.get("DTAVAIL") or values.get("VALUEDATE", "")),
            amount=amount,
            counterparty=Counterparty(name or None, _account(account) or None),
            communication=words,
            structured=structured,
            bank_reference=values.get("FITID") or None,
            place=f"line {booking.line}",
            code=values.get("TRNTYPE") or None,
        )
    )


def _account(written: str) -> str:
    """An IBAN without its spaces, any other number as written."""
    bare = without_spaces(written)
    return bare if looks_like_iban(bare) else written


def _communication(values: dict[str, str], name: str) -> tuple[str | None, str]:
    """The memo; where the payer's reference stands in the name alone, it counts too."""
    structured, words = find_structured(values.get("MEMO", ""))
    return (structured or find_structured(name)[0]), words


def _note_currency(draft: Draft, booking: Booking) -> None:
    """CURRENCY says that the amount is in another currency than the account; ORIGCURRENCY what it once was in."""
    written = booking.values.get("CURRENCY.CURSYM", "").upper()
    of_account = draft.value(draft.kind, "CURDEF").upper()
    draft.currency = draft.currency or of_account or written
    if written and written != draft.currency and written not in draft.other_currencies:
        draft.other_currencies.add(written)
        words = (
            f"Amounts in {written} stand in an account in {draft.currency}, first here; they are kept as written "
            "and would be counted wrongly. Ask the bank for the amounts in the account's currency."
        )
        draft.faults.say("currency", words, f"line {booking.line}")


def _statement(draft: Draft) -> Statement:
    part = _ACCOUNTS[draft.kind]
    account = _account(draft.value(part, "ACCTID"))
    currency = draft.currency or draft.value(draft.kind, "CURDEF").upper()
    if not account:
        words = "The statement names no account, so it is not known whose it is."
        draft.faults.say("account", words, f"line {draft.line}")
    if not currency:
        words = "The statement names no currency, so its amounts cannot be counted with others."
        draft.faults.say("currency", words, f"line {draft.line}")
    if draft.securities:
        words = "Purchases and sales of securities are not read; only what was paid into and out of the account is."
        draft.faults.say("securities", words, f"line {draft.line}", warning=True)
    return Statement(
        account=account or None,
        currency=currency,
        number=None,
        opening=None,
        closing=_closing(draft),
        movements=tuple(draft.movements),
        problems=draft.faults.all(),
    )


def _closing(draft: Draft) -> Balance | None:
    written = draft.value("LEDGERBAL", "BALAMT")
    amount = read_amount(written)
    if amount is None:
        if written:
            words = f"The balance “{written[:40]}” cannot be read. It is left out."
            draft.faults.say("balance_unreadable", words, f"line {draft.line}", warning=True)
        return None
    return Balance(read_day(draft.value("LEDGERBAL", "DTASOF")), amount)


def read_day(written: str) -> date | None:
    """YYYYMMDD, with or without an hour and a zone behind it.

    >>> read_day("20260302235959.000[-5:EST]"), read_day("201120000000")
    (datetime.date(2026, 3, 2), None)
    """
    match = _DAY.match(written)
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def read_amount(written: str) -> Decimal | None:
    """A signed amount with decimal point or comma; the last of several different marks is the decimal one.

    >>> read_amount("-1,234.56"), read_amount("-1.234,56"), read_amount("+0012,5"), read_amount("$120")
    (Decimal('-1234.56'), Decimal('-1234.56'), Decimal('12.5'), None)
    """
    if len(written) > _LONGEST_AMOUNT or not _AMOUNT.fullmatch(written):
        return None
    digits = written.replace(" ", "").replace("'", "")
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last] if last >= 0 else "."
    if digits.count(mark) > 1:  # several of one kind part thousands
        return Decimal(digits.replace(mark, "")) if not set(",.") - {mark} & set(digits) else None
    other = "," if mark == "." else "."
    whole = digits.replace(other, "").replace(mark, ".")
    return Decimal(whole)
