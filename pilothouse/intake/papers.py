"""What a paper says, whatever format it came in: invoices and statements with EN 16931 and ISO terms, ledgers,
lists exported from other programs, and documents for people's eyes.

Readers return `(papers, problems)`. A paper keeps what it says even when it breaks a rule; the rule is named in
its `problems`. A file that cannot be used at all gives no paper and at least one problem of level "error".
VAT rates are percentages as on the paper (BT-119, BT-152): "21". The public JSON is in `shapes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Day = date  # a field called `date` would hide the type from its class
Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, by which rule, and where: `place` is "line 12", "record 21, line 7", "page 3" or an element."""

    rule: str
    level: Level
    message: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Seller (BG-4) or buyer (BG-7). `ids` holds every other identifier as "scheme:value" (":value" without scheme)."""

    name: str | None = None
    vat_id: str | None = None
    legal_id: str | None = None
    country: str | None = None
    trading_name: str | None = None
    ids: tuple[str, ...] = ()
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """BG-16: where and under which reference (BT-83) to pay; `ibans` are all account identifiers (BT-84)."""

    ibans: tuple[str, ...] = ()
    reference: str | None = None
    means_code: str | None = None


@dataclass(frozen=True, slots=True)
class VatBreakdown:
    """One BG-23: category (BT-118), rate in percent (BT-119), base (BT-116), amount (BT-117)."""

    category: str | None
    rate: Decimal | None
    base: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class AllowanceCharge:
    """BG-20/BG-21 on the document, BG-27/BG-28 on a line; which of the two is said by the list it is in."""

    amount: Decimal | None
    reason: str | None = None
    reason_code: str | None = None
    base: Decimal | None = None
    percent: Decimal | None = None
    vat_category: str | None = None
    vat_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """BG-25. `place` is the line of the file at which it starts ("line 212").

    `accounting_reference` says where the buyer is to book it (BT-133).
    """

    id: str | None
    name: str | None
    quantity: Decimal | None
    unit: str | None
    net: Decimal | None
    vat_category: str | None
    vat_rate: Decimal | None
    period: Period | None = None
    description: str | None = None
    allowances: tuple[AllowanceCharge, ...] = ()
    charges: tuple[AllowanceCharge, ...] = ()
    price: Decimal | None = None
    price_base_quantity: Decimal | None = None
    place: str = ""
    accounting_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """BG-22: BT-106, 107, 108, 109, 110, 112, 113, 114, 115. `vat_accounting` is BT-111 in the accounting currency."""

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    vat: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    payable: Decimal | None = None
    vat_accounting: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the paper (BG-24), without its content: `size` is of the decoded bytes."""

    name: str | None
    mime: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or credit note with the positive amounts of the paper; `kind` carries the sign. `accounting_reference`
    says where the buyer is to book it (BT-19).
    """

    kind: Literal["invoice", "credit_note"]
    syntax: Literal["ubl", "cii"]
    type_code: str | None
    number: str | None
    issue_date: date | None
    due_date: date | None
    currency: str | None
    seller: Party
    buyer: Party
    payment: Payment
    totals: Totals
    vat: tuple[VatBreakdown, ...] = ()
    allowances: tuple[AllowanceCharge, ...] = ()
    charges: tuple[AllowanceCharge, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    preceding: tuple[str, ...] = ()
    order: str | None = None
    contract: str | None = None
    accounting_reference: str | None = None
    period: Period | None = None
    accounting_currency: str | None = None
    customization: str | None = None
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Counterparty:
    name: str | None = None
    iban: str | None = None
    bic: str | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """One booking; money out is negative. `structured` is a structured communication with right check digits
    (Belgian OGM/VCS as 12 digits, ISO 11649 as "RF…"); everything else the payer wrote is `communication`.
    `return_reason` is why the bank sent a payment back (ISO 20022 code). `place` is the line of the file at which it
    starts ("line 3")."""

    date: Day
    value_date: Day | None
    amount: Decimal
    counterparty: Counterparty
    communication: str
    structured: str | None
    bank_reference: str | None
    place: str = ""
    code: str | None = None
    return_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    date: Day | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """A bank statement of one account (IBAN where the format gives one)."""

    account: str | None
    currency: str
    number: str | None
    opening: Balance | None
    closing: Balance | None
    movements: tuple[Movement, ...]
    holder: str | None = None
    problems: tuple[Problem, ...] = ()
    kind: Literal["statement"] = field(default="statement")


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a table was understood: `meaning` is a term of its table ("amount", "party") or "" where
    the column is not used; `reason` says why in plain words; `by` who said so."""

    header: str
    meaning: str
    reason: str = ""
    by: Literal["guess", "person", "format"] = "guess"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of a ledger or list of payments. `amount` is signed as cost: positive was charged or paid (debit),
    negative came back (credit). `party_id` is a VAT or enterprise number, `document` the number on the paper booked.
    """

    place: str
    date: Day | None
    amount: Decimal | None
    currency: str | None = None
    party: str = ""
    party_id: str = ""
    description: str = ""
    document: str = ""
    account: str = ""
    account_name: str = ""
    journal: str = ""
    department: str = ""
    vat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines somebody kept books with. `book` says what they are: "purchases" (one line or more for each purchase
    invoice), "general" (entries whose debits equal their credits), "payments" (what was paid to whom)."""

    book: Literal["purchases", "general", "payments"]
    syntax: Literal["csv", "xlsx", "ods", "fec", "sie", "datev"]
    columns: tuple[Column, ...]
    lines: Sequence[LedgerLine]
    currency: str | None = None
    holder: str | None = None
    holder_id: str | None = None
    period: Period | None = None
    sheet: str | None = None
    net: bool | None = None  # whether `amount` is without VAT; None where the ledger does not tell
    problems: tuple[Problem, ...] = ()
    reason: str = ""  # why it is taken for this book
    kind: Literal["ledger"] = field(default="ledger")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list exported from another program: who has an account, what licences there are, which devices.

    `entries` hold standard fields by name (see `intake/listings`); what has no standard field is under its header.
    """

    of: Literal["users", "licences", "devices", "mfa", "contracts"]
    source: str  # "microsoft_365", "google_workspace", or "" where the headers do not tell
    columns: tuple[Column, ...]
    entries: tuple[Mapping[str, str], ...]
    taken_on: Day | None = None
    sheet: str | None = None
    problems: tuple[Problem, ...] = ()
    kind: Literal["listing"] = field(default="listing")


@dataclass(frozen=True, slots=True)
class Reads:
    """What the words of a document seem to say, each only where it was found; nothing of it is counted before a
    person agreed."""

    seller: str | None = None
    seller_id: str | None = None
    number: str | None = None
    issue_date: Day | None = None
    due_date: Day | None = None
    net: Decimal | None = None
    vat: Decimal | None = None
    gross: Decimal | None = None
    currency: str | None = None
    iban: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper for people's eyes (a PDF without an e-invoice in it): kept, waiting for its figures or its reading.

    `seems` is a guess from its words; `pages` is None where the format has none.
    """

    seems: Literal["invoice", "contract", "statement", "scan", "other"]
    mime: str
    pages: int | None
    title: str | None = None
    text_length: int = 0
    reads: Reads = Reads()
    problems: tuple[Problem, ...] = ()
    kind: Literal["document"] = field(default="document")


@dataclass(frozen=True, slots=True)
class DayRates:
    """How many units of each currency one euro was worth on a day."""

    day: Day
    rates: Mapping[str, Decimal]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Rates:
    """Exchange rates against the euro, by day, the earliest first."""

    days: tuple[DayRates, ...]
    problems: tuple[Problem, ...] = ()
    kind: Literal["rates"] = field(default="rates")


Paper = Invoice | Statement | Ledger | Listing | Document | Rates
Reading = tuple[tuple[Paper, ...], tuple[Problem, ...]]
