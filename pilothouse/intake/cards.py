"""Card statements as tables (CSV, Excel): what was bought where, with which card?

A table is a card statement when its headings say date, amount and merchant, and it has a column of card numbers; or,
where no heading is of a book, a card holder or a merchant's category. A person's mapping (heading -> meaning) says it
outright. What comes out is a `Statement` for each card and currency:

- The account is the card, masked to its last four digits ("**** 1234"); card numbers in other texts are masked too.
- Spending is negative, a refund positive. Lists write it either way: the sign that the payment of the bill has is that
  of money in; without such a line, the sign of most lines is that of spending.
- The payment of the bill (settlement) is no spending and no refund: it stays in, positive, with the code "settlement".
- A purchase in a foreign currency has the amount billed; the original stands in the communication ("12.00 USD").

Limits: no balances; the fee of a foreign purchase is not added, as lists do not say whether it is in the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

from stdnum import luhn

from pilothouse.intake.bank_csv.banks import LEDGER_WORDS
from pilothouse.intake.bank_csv.movements import Styles, day_first
from pilothouse.intake.bank_csv.statements import says_not_booked
from pilothouse.intake.headings import find_headings, meanings_by_heading, plain, rows_below
from pilothouse.intake.papers import Counterparty, Movement, Problem, Reading, Statement
from pilothouse.intake.shapes import amount_text
from pilothouse.intake.statements import MOST_STATEMENTS, Faults, squeezed
from pilothouse.intake.tables.rows import Row, Sheet
from pilothouse.intake.tables.values import currency_of, find_amount_style

SETTLEMENT = "settlement"
_LOOKED_AT = 200

MEANINGS: Mapping[str, str] = {
    "date": "day of the purchase",
    "value_date": "day it was billed",
    "merchant": "merchant",
    "amount": "amount",
    "billed": "amount billed, where another column holds the amount in a foreign currency",
    "debit": "spent",
    "credit": "refunded or paid",
    "currency": "currency",
    "original_amount": "amount in the foreign currency",
    "original_currency": "foreign currency",
    "card": "card number",
    "holder": "card holder",
    "description": "description",
    "reference": "reference",
    "statement": "number of the statement",
    "status": "whether it is booked",
    "": "not used",
}
_WORDS: Mapping[str, str] = {
    "date": "datum verrichting | date transaction | transaction date | date | datum"
    " | date of transaction | purchase date"
    " | aankoopdatum | transactiedatum | verrichtingsdatum | date de l'opération | date d'opération"
    " | date opération"
    " | date de transaction | date d'achat | Belegdatum | Kaufdatum | trans date | payment date | expense date",
    "value_date": "datum verrekening | settlement date | posting date | posted date | post date"
    " | date processed"
    " | value date | valutadatum | boekingsdatum | date de décompte | date valeur | date de comptabilisation"
    " | date comptable | Wertstellung | booking date | boekdatum | Buchungsdatum | date posted",
    "merchant": "handelaar | merchant | merchant name | commerçant | nom du commerçant | handelszaak"
    " | naam handelaar"
    " | supplier | vendor | payee | winkel | enseigne | Händler | counterparty name | marchand",
    "amount": "bedrag | amount | montant | Betrag | transaction amount | total | billing amount | total amount",
    "billed": "bedrag in EUR | amount in EUR | montant en EUR | Betrag in EUR | billed amount"
    " | settlement amount"
    " | booked amount | amount (EUR) | bedrag (EUR) | montant (EUR) | Betrag (EUR) | Betrag (€) | amount (GBP)"
    " | amount (USD)",
    "debit": "debet | debit | débit",
    "credit": "credit | crédit",
    "currency": "munt | currency | devise | munteenheid | Währung | billing currency | transaction currency",
    "original_amount": "original amount | foreign spend amount | oorspronkelijk bedrag"
    " | oorspr bedrag | montant original"
    " | montant d'origine | foreign amount | local amount | bedrag in vreemde munt | foreign currency amount"
    " | Originalbetrag | orig amount | montant en devise | amount in foreign currency",
    "original_currency": "original currency | oorspronkelijke munt | oorspr munt | devise d'origine"
    " | foreign currency"
    " | local currency | Originalwährung | orig currency | vreemde munt",
    "card": "kredietkaart | credit card | carte de crédit | kaartnummer | card number | card no"
    " | numéro de carte"
    " | n° de carte | card | carte | kaart | Kreditkarte | Karte | Kartennummer | creditcard nummer"
    " | card last 4 | last 4 | last 4 digits | card last digits | card last four digits"
    " | masked card number | PAN",
    "holder": "kaarthouder | card holder | cardholder | cardholder name | titulaire de la carte | titulaire"
    " | card member | Karteninhaber | employee | name on card | card holder full name",
    "description": "toelichting | explanation | omschrijving | description | libellé | libellés"
    " | details | commentaires"
    " | narrative | transaction description | Beschreibung | Verwendungszweck | memo | note | extended details",
    "statement": "uitgavenstaat | billing statement | relevé de dépenses | statement number",
    "reference": "reference | referentie | référence | transaction id | transactiereferentie"
    " | reference number",
    "status": "status | state | statut",
    "other": "koers | price | cours | kosten op verrichting | transaction cost | frais sur opération"
    " | locatie | location"
    " | lieu | land | country | pays | mcc | merchant category | merchant category code | category"
    " | city | address"
    " | exchange rate | commission | zip code",
}
_MEANING_OF = meanings_by_heading(_WORDS)
_WEAK_SIGNS = frozenset(
    meanings_by_heading(
        {
            "card": "kaarthouder | card holder | cardholder | cardholder name | titulaire de la carte | card member"
            " | Karteninhaber | mcc | merchant category code | merchant category | name on card"
        }
    )
)
# Masked, whole, or its last digits alone; not the six digits of a ledger account.
_CARD = re.compile(r"(?:[\dXx*•#.\s\-]*[Xx*•#][\dXx*•#.\s\-]*|(?:\d[ .\-]?){9,15}|-)?\d{4,5}")
_ACCOUNT_OF_A_CARD = "account #"  # American Express; its plain form is that of any account
_CARD_IN_TEXT = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)", re.ASCII)
_BILL_PAID = re.compile(
    r"payment received|payment thank you|thank you for your payment|payment by direct debit|direct debit payment"
    r"|autopay|your payment|card repayment|settlement|betaling ontvangen|ontvangen betaling|uw betaling|domiciliering"
    r"|afrekening|vereffening|aanzuivering|automatische incasso|paiement recu|votre paiement|versement recu"
    r"|reglement|apurement|domiciliation|prelevement automatique|lastschrifteinzug|zahlung erhalten|ihre zahlung"
    r"|saldoausgleich|ausgleich kreditkarte|einzahlung|payment merci"
)
_CARRIED = re.compile(
    r"(?:previous|opening|closing|new) balance|balance (?:brought|carried) forward|vorig saldo|nieuw saldo"
    r"|saldo vorige|solde precedent|nouveau solde|ancien solde|alter saldo|neuer saldo|(?:sub)?total\b|totaal\b|summe\b"
)


@dataclass(frozen=True, slots=True)
class Columns:
    headings: Row
    at: Mapping[str, int]
    currency: str | None

    def cell(self, cells: Sequence[str], meaning: str) -> str:
        position = self.at.get(meaning, -1)
        return cells[position] if 0 <= position < len(cells) else ""


@dataclass(slots=True)
class Draft:
    """One card while its rows are read; amounts are still signed as the file signs them."""

    card: str
    currency: str
    holder: str = ""
    movements: list[Movement] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    problems: Faults = field(default_factory=lambda: Faults("card"))
    not_booked: int = 0


def fields_of() -> dict[str, str]:
    """What a column of a card statement may mean, in plain words."""
    return dict(MEANINGS)


def read_card_table(sheets: Sequence[Sheet], mapping: Mapping[str, str] | None = None) -> Reading | None:
    """The statements of the cards in the sheets; None when no sheet is a card statement."""
    statements: list[Statement] = []
    found = False
    for sheet in sheets:
        columns = _find_columns(sheet, mapping)
        if columns:
            found = True
            of_sheet = _read_sheet(sheet, columns)
            if of_sheet is None:
                return (), (_TOO_MANY,)
            statements += of_sheet
    if found and not statements:
        return (), (_EMPTY,)
    return (tuple(statements), ()) if found else None


def mask_cards(text: str) -> str:
    """The text with its card numbers masked to the last four digits.

    >>> mask_cards("paid with 4111 1111 1111 1111 in Gent")
    'paid with **** 1111 in Gent'
    """
    return _CARD_IN_TEXT.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found.group())
    return f"**** {digits[-4:]}" if luhn.is_valid(digits) else found.group()


def _mask(card: str) -> str:
    """A card as it is kept; what does not end in four digits is a name somebody gave the card."""
    return f"**** {card[-4:]}" if card and _CARD.fullmatch(card) else mask_cards(card)


def _find_columns(sheet: Sheet, mapping: Mapping[str, str] | None) -> Columns | None:
    if mapping:
        told = {plain(heading): meaning for heading, meaning in mapping.items()}
        found = find_headings(sheet, lambda cells: _as_told(cells, told))
        return _columns(*found) if found else None
    found = find_headings(sheet, _as_guessed)
    if not found:
        return None
    columns = _columns(*found)
    return columns if _has_cards(sheet, columns) else None


def _as_told(cells: Sequence[str], told: Mapping[str, str]) -> dict[str, int] | None:
    words = [plain(cell) for cell in cells]
    if not all(word in words for word in told):
        return None
    return {told[word]: at for at, word in reversed(list(enumerate(words))) if told.get(word)}


def _as_guessed(cells: Sequence[str]) -> dict[str, int] | None:
    """The first column of each meaning, where they are those of a card statement."""
    at: dict[str, int] = {}
    for position, cell in enumerate(cells):
        meaning = "card" if cell.lower() == _ACCOUNT_OF_A_CARD else _MEANING_OF.get(plain(cell))
        if meaning:
            at.setdefault(meaning, position)
    amount = at.keys() & {"amount", "billed"} or {"debit", "credit"} <= at.keys()
    words = at.keys() & {"merchant", "description"}
    return at if "date" in at and amount and words else None


def _columns(headings: Row, at: dict[str, int]) -> Columns:
    """Where one column holds the amount billed, the other amount and its currency are the original ones."""
    if "billed" in at:
        for plain_one, original in (("amount", "original_amount"), ("currency", "original_currency")):
            if plain_one in at:
                at.setdefault(original, at.pop(plain_one))
    main = at.get("billed", at.get("amount", at.get("debit", -1)))
    heading = headings.cells[main] if main >= 0 else ""
    return Columns(headings, at, currency_of(heading))


def _has_cards(sheet: Sheet, columns: Columns) -> bool:
    rows = islice(rows_below(sheet, columns.headings), _LOOKED_AT)
    cards = [card for card in (columns.cell(row.cells, "card") for row in rows) if card]
    if cards and sum(bool(_CARD.fullmatch(card)) for card in cards) * 2 > len(cards):
        return True
    words = {plain(cell) for cell in columns.headings.cells}
    return bool(words & _WEAK_SIGNS) and not words & LEDGER_WORDS.keys()


def _read_sheet(sheet: Sheet, columns: Columns) -> list[Statement] | None:
    """The statements of one sheet; None when there are more cards than anybody has."""
    styles = _styles(sheet, columns)
    drafts: dict[tuple[str, str], Draft] = {}
    for row in rows_below(sheet, columns.headings):
        _take_row(row, columns, styles, drafts)
        if len(drafts) > MOST_STATEMENTS:
            return None
    settled = [m for d in drafts.values() for m in d.movements if _pays_the_bill(m)]
    spent = [m for d in drafts.values() for m in d.movements if not _pays_the_bill(m)]
    turned = "debit" not in columns.at and _spending_is_positive(spent, settled)
    return [_finish(draft, turned=turned) for draft in drafts.values()]


def _styles(sheet: Sheet, columns: Columns) -> Styles:
    days = [
        columns.cell(row.cells, "date") for row in islice(rows_below(sheet, columns.headings), _LOOKED_AT)
    ]
    return Styles(find_amount_style(_amounts(sheet, columns)), day_first(days))


def _amounts(sheet: Sheet, columns: Columns) -> Iterator[str]:
    for row in rows_below(sheet, columns.headings):
        for meaning in ("billed", "amount", "debit", "credit"):
            yield columns.cell(row.cells, meaning)


def _take_row(row: Row, columns: Columns, styles: Styles, drafts: dict[tuple[str, str], Draft]) -> None:
    cells = row.cells
    day = styles.days.read(columns.cell(cells, "date"))
    amount = _amount(cells, columns, styles)
    words = f"{columns.cell(cells, 'merchant')} {columns.cell(cells, 'description')}"
    if (day is None and amount is None) or _CARRIED.match(plain(words)):
        return
    card = _mask(columns.cell(cells, "card"))
    currency = columns.currency or columns.cell(cells, "currency").upper()
    draft = drafts.setdefault((card, currency), Draft(card, currency))
    draft.holder = draft.holder or columns.cell(cells, "holder")
    if says_not_booked(columns.cell(cells, "status")):
        draft.not_booked += 1
    elif day is None or amount is None:
        _say_unread(draft.problems, row, day_is_missing=day is None)
    else:
        draft.numbers.add(columns.cell(cells, "statement"))
        draft.movements.append(
            Movement(
                date=day,
                value_date=styles.days.read(columns.cell(cells, "value_date")),
                amount=amount,
                counterparty=Counterparty(_name(cells, columns)),
                communication=_communication(cells, columns, styles),
                structured=None,
                bank_reference=columns.cell(cells, "reference") or None,
                place=row.place,
            )
        )


def _amount(cells: Sequence[str], columns: Columns, styles: Styles) -> Decimal | None:
    for meaning in ("billed", "amount"):
        if columns.cell(cells, meaning):
            return styles.amounts.read(columns.cell(cells, meaning))
    spent = styles.amounts.read(columns.cell(cells, "debit"))
    back = styles.amounts.read(columns.cell(cells, "credit"))
    return None if spent is None and back is None else abs(back or Decimal(0)) - abs(spent or Decimal(0))


def _name(cells: Sequence[str], columns: Columns) -> str | None:
    name = columns.cell(cells, "merchant") or columns.cell(cells, "description")
    return squeezed(mask_cards(name)) or None


def _communication(cells: Sequence[str], columns: Columns, styles: Styles) -> str:
    """What is said of the purchase, and its amount in a foreign currency ("12.00 USD")."""
    words = columns.cell(cells, "description") if columns.cell(cells, "merchant") else ""
    written = columns.cell(cells, "original_amount")
    original = styles.amounts.read(written)
    currency = columns.cell(cells, "original_currency").upper() or currency_of(written) or ""
    billed_in = columns.currency or columns.cell(cells, "currency").upper()
    if original and currency not in {"", billed_in}:
        words = f"{words} {amount_text(abs(original))} {currency}"
    return squeezed(mask_cards(words))


def _pays_the_bill(movement: Movement) -> bool:
    return bool(_BILL_PAID.search(plain(f"{movement.counterparty.name} {movement.communication}")))


def _spending_is_positive(spent: Sequence[Movement], settled: Sequence[Movement]) -> bool:
    """The payment of the bill says which sign money in has; without it, most lines are spending."""
    paid = sum((movement.amount for movement in settled), Decimal(0))
    if paid:
        return paid < 0
    return sum(movement.amount > 0 for movement in spent) * 2 > len(spent)


def _finish(draft: Draft, *, turned: bool) -> Statement:
    numbers = draft.numbers - {""}
    problems = list(draft.problems.all())
    if draft.not_booked:
        problems.append(_said_not_booked(draft.not_booked))
    if not draft.card:
        problems.append(_NO_CARD)
    return Statement(
        account=draft.card or None,
        currency=draft.currency or "EUR",
        number=numbers.pop() if len(numbers) == 1 else None,
        opening=None,
        closing=None,
        movements=tuple(_signed(movement, turned=turned) for movement in draft.movements),
        holder=draft.holder or None,
        problems=tuple(problems),
    )


def _signed(movement: Movement, *, turned: bool) -> Movement:
    amount = -movement.amount if turned else movement.amount
    code = SETTLEMENT if amount > 0 and _pays_the_bill(movement) else None
    return replace(movement, amount=amount, code=code)


def _say_unread(problems: Faults, row: Row, *, day_is_missing: bool) -> None:
    words = (
        f"The {'day' if day_is_missing else 'amount'} of this purchase cannot be read, so it is missing here. Look at "
        "the line in the file, or export the statement again."
    )
    problems.say("line", words, row.place)


def _said_not_booked(count: int) -> Problem:
    words = (
        f"{count} purchases are pending, refused or reversed by the file's own word: they are not counted."
    )
    return Problem("card.not_booked", "warning", words)


_NO_CARD = Problem(
    "card.account",
    "warning",
    "The file does not say which card this is. Purchases of several cards could be taken for those of one: bring in "
    "the statement of one card at a time.",
)
_TOO_MANY = Problem(
    "card.cards",
    "error",
    f"More than {MOST_STATEMENTS} cards stand in this list: the column taken for the card is another one; nothing was "
    "read. Export the statement again as the bank gives it, or say what the columns mean.",
)
_EMPTY = Problem(
    "card.empty",
    "warning",
    "The file has the headings of a card statement and no purchase below them. Choose a longer period and export it "
    "again.",
)
