"""What list is this, which program made it, and what does each column mean?

A heading is looked up among those of `fields`; the kind of list that knows the most of them wins, where it has what
such a list must have (a user needs an account and something that other lists of people lack; a licence a product and
how many; a device a name or serial number and what it is; a contract a name or supplier, when it starts or ends, and
how long or for how much). A table with days and amounts, or debit and credit, is no list but a ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pilothouse.intake.headings import meanings_by_heading, plain
from pilothouse.intake.listings.fields import FIELDS, Kind
from pilothouse.intake.papers import Column

TAKEN_ON = "taken_on"
PASSWORD = "password"  # noqa: S105 - the name of a meaning, no password
NOT_KEPT = "not_kept"
OWN_HEADING = ""

_KINDS: tuple[Kind, ...] = ("mfa", "users", "licences", "devices", "contracts")
_STRONG = {
    kind: meanings_by_heading({name: field.headings for name, field in FIELDS[kind].items()})
    for kind in _KINDS
}
_WEAK = {
    kind: meanings_by_heading({name: field.weak for name, field in FIELDS[kind].items() if field.weak})
    for kind in _KINDS
}
_WORTH_OF_WEAK = 0.3
_MUST: Mapping[Kind, tuple[frozenset[str], ...]] = {
    "mfa": (frozenset({"account"}), frozenset({"mfa_registered", "mfa_capable", "methods"})),
    "users": (
        frozenset({"account", "mail"}),
        frozenset(
            {
                "enabled", "blocked", "deleted", "is_admin", "role", "user_type", "created", "last_active", "licences",
                "department", "job_title", "unit", "mfa", "last_password_change",
            }
        ),
    ),
    "licences": (
        frozenset({"product", "sku", "sku_id"}),
        frozenset({"total", "used"}),
        frozenset({"used", "sku", "sku_id", "expired", "suspended", "available", "renews_on", "term", "billing"}),
    ),
    "devices": (
        frozenset({"name", "serial", "asset_tag"}),
        frozenset({"serial", "os", "os_version", "model", "compliant", "encrypted", "last_seen", "warranty_until"}),
        frozenset({"model", "os", "os_version", "maker", "type", "user", "last_seen", "bought_on", "warranty_until"}),
    ),
    "contracts": (
        frozenset({"supplier", "title", "reference"}),
        frozenset({"start", "end", "expires"}),
        frozenset({
            "end", "expires", "months", "extension_months", "notice_months", "notice_days", "renewal_months", "annual",
            "total", "review",
        }),
        frozenset({"supplier", "reference", "title", "owner"}),
    ),
}  # fmt: skip
_REPORT_DAY = frozenset({"report refresh date", "report date", "export date", "exported on"})
_PASSWORD = re.compile(
    r"\b(?:passwords?|passwort|kennwort|wachtwoord|mot de passe|pwd|passcode|pin code|secret)\b"
)
_ABOUT_PASSWORDS = re.compile(
    r"\b(?:last|change[ds]?|expir\w*|never|polic\w+|next|reset|age|strength|self service)\b"
)
_OF_A_LEDGER = re.compile(
    r"debit|credit|debet|amount|bedrag|montant|betrag|(?:net|gross) amount|invoice number|factuurnummer"
    r"|numero de facture|journal|dagboek"
)
_SURELY_A_LIST = 5  # fields by which a table is a list though it has an amount


@dataclass(frozen=True, slots=True)
class Understood:
    """What the columns of a table mean; one `Column` for each cell of the row of headings."""

    kind: Kind
    columns: tuple[Column, ...]
    source: str

    @property
    def meanings(self) -> tuple[str, ...]:
        return tuple(column.meaning for column in self.columns)


def understand(cells: Sequence[str]) -> Understood | None:
    """The list whose headings these are, by guess; None when they are of no list we know."""
    words = [plain(cell) for cell in cells]
    if sum(map(bool, words)) < 2:
        return None
    fitting = [(_score(words, kind), kind) for kind in _KINDS if _has_what_it_must(words, kind)]
    score, kind = max(fitting, key=lambda one: one[0], default=(0.0, None))
    if kind is None or (score < _SURELY_A_LIST and any(map(_OF_A_LEDGER.fullmatch, words))):
        return None
    return Understood(kind, _columns(cells, kind), _source(cells, words))


def understand_as_told(cells: Sequence[str], told: Mapping[str, str], kind: Kind) -> Understood | None:
    """The list with the meanings a person gave; None when these are not the headings that person saw."""
    said = {plain(heading): meaning for heading, meaning in told.items()}
    words = [plain(cell) for cell in cells]
    if not said.keys() <= set(words):
        return None
    guessed = _columns(cells, kind)
    columns = tuple(
        Column(cell, said[word], "chosen by a person", "person")
        if word in said and guess.meaning != PASSWORD
        else guess
        for cell, word, guess in zip(cells, words, guessed, strict=True)
    )
    return Understood(kind, columns, _source(cells, words))


def kind_of(meanings: Sequence[str]) -> Kind:
    """The kind of list that has the most of these fields."""
    return max(_KINDS, key=lambda kind: len(set(meanings) & FIELDS[kind].keys()))


def _score(words: Sequence[str], kind: Kind) -> float:
    strong = {_STRONG[kind][word] for word in words if word in _STRONG[kind]}
    weak = {_WEAK[kind][word] for word in words if word in _WEAK[kind]} - strong
    return len(strong) + _WORTH_OF_WEAK * len(weak)


def _has_what_it_must(words: Sequence[str], kind: Kind) -> bool:
    fields = {_STRONG[kind].get(word) or _WEAK[kind].get(word) for word in words}
    strong = {_STRONG[kind].get(word) for word in words}
    first, *others = _MUST[kind]
    return bool(fields & first) and all(strong & must for must in others)


def _columns(cells: Sequence[str], kind: Kind) -> tuple[Column, ...]:
    taken: set[str] = set()
    columns = []
    for cell in cells:
        column = _column(cell, kind, taken)
        taken.add(column.meaning)
        columns.append(column)
    return tuple(columns)


def _column(cell: str, kind: Kind, taken: set[str]) -> Column:
    word = plain(cell)
    if word in _REPORT_DAY:
        return Column(cell, TAKEN_ON, "the day the report was made")
    if _PASSWORD.search(word) and not _ABOUT_PASSWORDS.search(word):
        return Column(cell, PASSWORD, "a password; it is not kept")
    for known in (_STRONG[kind], _WEAK[kind]):
        meaning = known.get(word, "")
        # Of several days of activity the latest counts; of other fields the first column does.
        if meaning and (meaning not in taken or meaning == "last_active"):
            return Column(cell, meaning, f"“{cell}” is a known heading of it")
    return Column(cell, OWN_HEADING, "kept under its own heading" if word else "")


def _source(cells: Sequence[str], words: Sequence[str]) -> Literal["microsoft_365", "google_workspace", ""]:
    said = set(words)
    google = {
        "org unit path",
        "org unit path required",
        "2sv enrolled",
        "2sv enrolled read only",
        "is enrolled in2 sv",
    }
    microsoft = {
        "user principal name", "report refresh date", "sku part number", "primary user upn", "azure ad device id",
        "upn", "block credential", "expired licenses", "is mfa registered", "management agent", "intune device id",
    }  # fmt: skip
    if said & google or any("[READ ONLY]" in cell for cell in cells):
        return "google_workspace"
    return "microsoft_365" if said & microsoft else ""
