"""The words of spend: what goes into a review and what comes out of it, as frozen values.

In: invoices, bank and card movements and ledger entries of one company, who the company is, what is known of
vendors and accounts, what people decided.
Out: one `SpendLine` per invoice line, per invoice remainder, per movement and per ledger entry that bought
something, each with the reason why it counts or not, who the vendor is, whether it is IT and what it was bought
for; and the settlements.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from pilothouse.engine.money import Money
from pilothouse.engine.spend.dealings import Dealings

Day = date  # a field called `date` would hide the type from its class

# --- what goes in ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """A party as a paper names it. `vat_id` and `legal_id` as written; `ibans` without spaces."""

    name: str = ""
    vat_id: str = ""
    legal_id: str = ""
    ibans: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The account something was booked on: of which chart ("pcmn", "" unknown), its code and its name.

    `asked`: no ledger says so, only the invoice, which names the account its buyer wants it on.
    """

    chart: str = ""
    code: str = ""
    name: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """From which to which day a thing that was bought is provided, both inside, and why we say so."""

    first: date
    last: date
    because: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class InvoiceItem:
    """One line of an invoice: `net` in the invoice's currency, positive as on the paper.

    `account` is where a ledger has booked it, as far as one is here; `department` the cost centre it is for;
    `service` what the paper itself names as the period of the line; `reference` where it says that it is to be booked
    (BT-133).
    """

    id: str
    name: str
    description: str
    net: Decimal
    vat_rate: Decimal | None
    place: str
    account: Account = Account()
    department: str = ""
    service: Service | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """An invoice or credit note; amounts positive as on the paper, `is_credit` carries the sign.

    `allowances` and `charges` are those of the whole document; `items` plus charges minus allowances is
    `net`. A purchase that only a ledger proves is `booked`: its items are the entries, `paper` is the ledger (of an
    invoice it is empty, and `id` is taken), and with `includes_vat` all its amounts are with VAT that nobody tells.
    `accounting_reference` is where the paper says that its buyer is to book it (BT-19).
    """

    id: str
    source: str
    number: str
    is_credit: bool
    issue_date: date
    due_date: date | None
    currency: str
    seller: Identity
    buyer: Identity
    net: Decimal
    vat: Decimal
    payable: Decimal
    reference: str
    allowances: Decimal = Decimal(0)
    charges: Decimal = Decimal(0)
    items: tuple[InvoiceItem, ...] = ()
    paper: str = ""
    booked: bool = False
    includes_vat: bool = False
    service: Service | None = None
    accounting_reference: str = ""


@dataclass(frozen=True, slots=True)
class BankMovement:
    """One booking on one of the company's accounts; money out is negative.

    `structured` is a structured communication with right check digits, digits only (or "RF…").
    `paper` is the statement it stands in; where it is empty, `source` is taken. `code` is the bank's own code of its
    kind, `return_reason` why it sent a payment back.
    """

    id: str
    source: str
    account: str
    date: date
    amount: Decimal
    currency: str
    counterparty: Identity
    communication: str
    structured: str
    place: str
    paper: str = ""
    code: str = ""
    return_reason: str = ""


class Book(StrEnum):
    """What kind of book an entry stands in."""

    PURCHASES = "purchases"  # one entry or more for each invoice
    GENERAL = "general"  # entries whose debits equal their credits
    PAYMENTS = "payments"  # what was paid to whom


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of a ledger. `amount` is signed as cost: positive was charged (debit), negative came back (credit).

    `id` is "<paper>:<n>"; `document` is the number of the paper booked; `net` says whether `amount` is without VAT,
    None where the ledger does not tell; `chart` names the chart of accounts ("pcmn", "pcg", "skr03", "skr04", "bas"),
    empty where it is unknown.
    """

    id: str
    source: str
    paper: str
    book: str
    date: date
    amount: Decimal
    currency: str
    party: Identity = Identity()
    description: str = ""
    document: str = ""
    account: str = ""
    account_name: str = ""
    journal: str = ""
    place: str = ""
    vat: Decimal | None = None
    net: bool | None = None
    chart: str = ""
    department: str = ""


class Role(StrEnum):
    """What an account of a chart is for, as far as spend is concerned."""

    BUYS = "buys"  # goods, services and assets bought
    VAT = "vat"
    SUPPLIER = "supplier"
    BANK = "bank"  # bank, cash and cards
    OWNER = "owner"  # people who paid for the firm and get it back
    WAGES = "wages"
    CAPITAL = "capital"  # capital and result: where years are opened and closed
    OTHER = "other"  # depreciation, interest, taxes, accruals, sales, customers and all else


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """Accounts of a chart from code `first` to `last`: both have equally many digits, and longer codes belong to
    what they begin with. `is_it` None: the account says nothing about IT; else `weight` is how surely it does.
    """

    first: str
    last: str
    role: Role
    is_it: bool | None = None
    weight: Decimal = Decimal(0)
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class KnownChart:
    """A chart of accounts. `fixed` is how many digits its codes have at least, 0 where each firm chooses; `assets` are
    the ranges of codes of what is invested.
    """

    key: str
    country: str
    accounts: tuple[KnownAccount, ...]
    fixed: int = 0
    assets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a thing is bought for, such as "office_suite"; `function`, `tower`, `category` are keys."""

    key: str
    name: str
    function: str
    tower: str
    category: str
    run_or_change: str = ""


@dataclass(frozen=True, slots=True)
class KnownVendor:
    """What is publicly known of a vendor. `is_it` None: sells both, so words must decide (a department
    store).

    A longer name may begin with `name` or one of `aliases`; one of `whole_names` must be the whole name. One that
    `resells` sells what others make: the maker whom a line names tells what it is for. One that `only_proposes` sells
    IT to whoever asks and works besides: what it is paid for is likely IT, and a person is asked all the same.
    """

    name: str
    aliases: tuple[str, ...]
    country: str
    is_it: bool | None
    purposes: tuple[str, ...] = ()
    vat_ids: tuple[str, ...] = ()
    whole_names: tuple[str, ...] = ()
    resells: bool = False
    only_proposes: bool = False


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word or phrase that speaks for or against IT: `weight` from 0 to 1 is the share of such lines that
    are.
    """

    word: str
    is_it: bool
    weight: Decimal
    purpose: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class LedgerKnowledge:
    """What is known of ledgers: charts of accounts, words in the names of accounts, journals that open and close
    years, and names of accounts that stand for all suppliers together.
    """

    charts: tuple[KnownChart, ...] = ()
    words: tuple[KnownWord, ...] = ()
    year_journals: tuple[str, ...] = ()
    collective_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What a model learned from labelled lines makes of a name and words: the log-odds of IT, and the category it
    would be of if it is, with the share of such lines that are.
    """

    log_odds: float
    category: str
    category_share: float


class Learned(Protocol):
    """A model learned from labelled lines; it answers anything, also the empty name. `booked_as` is the category of a
    payment to a vendor of whom `category` is known, or "" where nothing is.
    """

    def log_odds(self, name: str, text: str) -> float: ...

    def guess(self, name: str, text: str) -> Guess: ...

    def booked_as(self, name: str, category: str, amount: Decimal, dealings: Dealings) -> str: ...


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure each kind of evidence makes us, from 0 to 1, and below what a person is asked.

    The defaults are set by hand and hold without a model. What the words or the account of a line itself say is asked
    from `ask_lines_below` down, what is known or guessed of its vendor from `ask_below` down. A line is said to be IT
    from a share of `say_from` on, by words of a name and by the model. The slopes and biases turn the log-odds of the
    model (`learned_…`, where no word is known), or of words and model (`words_…`), into those of the labels. From
    `another_from` on, a word of a name tells a firm from a known vendor whose name begins alike. The model alone is
    never surer than `learned_at_most`, a vendor that only proposes than `known_proposing`.
    """

    ask_below: float = 0.8
    ask_lines_below: float = 0.8
    say_from: float = 0.5
    known_by_number: float = 0.98
    known_by_name: float = 0.95
    known_by_start: float = 0.88
    named_in_text: float = 0.75
    words_at_most: float = 0.97
    nothing_known: float = 0.6
    learned_bias: float = 0.0
    learned_slope: float = 1.0
    words_bias: float = 0.0
    words_slope: float = 1.0
    words_learned_slope: float = 1.0
    another_from: float = 0.9
    learned_at_most: float = 0.97
    known_proposing: float = 0.75


HAND_SET = Certainty()


@dataclass(frozen=True, slots=True)
class SpendKnowledge:
    """All that `knowledge/` says of vendors, words and purposes.

    `person_words` and `company_words` tell people's names and wages from firms. `learned` speaks where nothing else
    does; `certainty` is what was measured of each kind of evidence.
    """

    purposes: tuple[Purpose, ...]
    vendors: tuple[KnownVendor, ...]
    words: tuple[KnownWord, ...]
    person_words: tuple[str, ...]
    company_words: tuple[str, ...]
    ledgers: LedgerKnowledge = LedgerKnowledge()
    learned: Learned | None = None
    certainty: Certainty = HAND_SET


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a vendor (`vendor_key`), or of one line of it (`line_print`, else "").

    `department`, `run_or_change` ("run", "change") and `capital` are empty where the person left them open.
    """

    vendor_key: str
    line_print: str
    is_it: bool
    purpose: str
    by: str
    on: date
    department: str = ""
    run_or_change: str = ""
    capital: bool | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """Who we are. `recovers_vat` False: all figures are gross."""

    identity: Identity
    recovers_vat: bool = True
    because: str = ""


# --- what comes out -------------------------------------------------------------------------------


class Counting(StrEnum):
    """Why a line counts as cost, or why it does not."""

    COUNTS = "counts"
    SETTLES_INVOICE = "settles_invoice"  # a payment whose invoice is here: the invoice counts
    OWN_SALE = "own_sale"  # we are the seller
    OWN_TRANSFER = "own_transfer"  # between our own accounts
    MONEY_IN = "money_in"  # received from customers, not a refund of a known vendor
    RETURNED = "returned"  # a payment that came back, and its return
    NATURAL_PERSON = "natural_person"  # wages and the like, masked
    NOT_OURS = "not_ours"  # an invoice neither to us nor from us
    DUPLICATE = "duplicate"  # the same invoice brought in twice
    BOOKED_TOO = "booked_too"  # a ledger's line of an invoice that is here: the invoice itself counts


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for what was said of a line: `kind` is identifier, decision, vendor, word, …"""

    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """Is it IT, and what for. `is_it` None: asked; `would_say` is the forced answer; `confidence` from 0 to
    1. `run_or_change` is as a person said, else as its purpose usually is; `department` and `capital` as a person said.
    `category` is that of the purpose, else the likeliest; "" where it is not IT.
    """

    is_it: bool | None
    would_say: bool
    confidence: float
    purpose: str
    because: tuple[Reason, ...]
    confirmed: bool = False
    function: str = ""
    department: str = ""
    run_or_change: str = ""
    capital: bool = False
    category: str = ""

    @property
    def it(self) -> str:
        """ "yes", "no" or "asked", as in a figure's conditions."""
        return "asked" if self.is_it is None else "yes" if self.is_it else "no"


@dataclass(frozen=True, slots=True)
class Exchange:
    """How an amount came into another currency: units of that for one of the paper's, of which day, and from where."""

    rate: Decimal
    day: date
    source: str


@dataclass(frozen=True, slots=True)
class SpendLine:
    """One line of spend. `cost` is net of recoverable VAT: positive is cost, negative a credit.

    `estimated`: the VAT was not on a paper but taken off at the country's standard rate (`vat_rate`).
    `line_print` is a stable fingerprint of vendor and words, so that a decision finds its line again.
    `settles` is the paper that counts instead: of the invoice a payment settles, or that a ledger has booked too.
    `account` and `department` are as the paper or ledger says. `service` is the period that is paid for. Where
    `exchange` is set, `cost` is converted and `paid` is in the paper's own currency.
    """

    id: str
    source: str
    place: str
    kind: str  # what proves it: "invoice", "ledger" or "bank"
    paper: str
    date: date
    vendor_key: str
    vendor_name: str
    description: str
    cost: Money
    paid: Money
    vat_rate: Decimal | None
    estimated: bool
    counting: Counting
    recognition: Recognition
    line_print: str
    settles: str = ""
    account: Account = Account()
    department: str = ""
    service: Service | None = None
    exchange: Exchange | None = None

    @property
    def service_from(self) -> Day | None:
        return self.service.first if self.service else None

    @property
    def service_to(self) -> Day | None:
        return self.service.last if self.service else None


@dataclass(frozen=True, slots=True)
class Settlement:
    """A payment that pays (part of) an invoice, and why we say so."""

    movement: str
    invoice: str
    amount: Money
    because: Reason
