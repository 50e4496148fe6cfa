"""Which rows of a ledger are no lines: totals, carry-forwards, balances at the opening or closing.

How: by words in English, French, Dutch and German. Some words are sure wherever they fill a cell ("Report à nouveau").
Others are words of every day ("Total", "Transport", "Saldo"): they count where the row is emptier than the lines are,
since suppliers are called Total Energies and costs Transport.

Limits: a total whose only mark is its bold face is found by its sum alone (`reading`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pilothouse.intake.ledgers.headers import plain

LONGEST_LABEL = 80

_SURE_TOTALS = (
    "grand total|sub total|subtotal|sum total|total for period|total du mois|total general|sous total|"
    "subtotaal|sub totaal|eindtotaal|algemeen totaal|gesamtsumme|zwischensumme|endsumme"
)
_TOTALS = "total|totals|sum|totaal|som|totaux|somme|summe|gesamt|gesamtbetrag|endbetrag"
_SURE_BALANCES = (
    "(?:balance |total )?(?:carried|brought) forward|c f|b f|c fwd|b fwd|opening (?:balance|entry)|closing balance|"
    "te transporteren|over te dragen|overgedragen saldo|beginsaldo|openingssaldo|openingsbalans|opening boekjaar|"
    "eindsaldo|vorig saldo|nieuw saldo|a reporter|reports? a nouveaux?|a nouveaux?|solde a nouveau|solde initial|"
    "solde reporte|solde precedent|solde final|solde d ouverture|solde de cloture|bilan d ouverture|"
    "saldovortrag|eroffnungsbilanz|eroffnungsbuchung|eb werte?|anfangsbestand|anfangssaldo|endbestand|endsaldo|"
    "schlusssaldo|schlussbilanz"
)
_BALANCES = "balance|opening|transport|overdracht|overgedragen|saldo|report|solde|ouverture|ubertrag|uebertrag|vortrag"
# What may follow the word in a whole cell: a day, a number, a currency or "of the page".
_AFTER = (
    r"(?: (?:\d+|eur|gbp|usd|per|am|au|op|on|du|de la|page|pagina|seite|blz|jan\w*|feb\w*|dec\w*|dez\w*))*"
)
_LABEL = (
    rf"(?:(?P<sure_total>{_SURE_TOTALS})|(?P<sure_balance>{_SURE_BALANCES})|"
    rf"(?P<total>{_TOTALS})|(?P<balance>{_BALANCES}))"
)
_WHOLE = re.compile(_LABEL + _AFTER)
_BEGINS = re.compile(_LABEL + r"\b")


# How labels begin, to pass over the other cells quickly.
BEGINNINGS = frozenset(
    {
        "alg",
        "anf",
        "b.f",
        "b/d",
        "b/f",
        "bal",
        "beg",
        "bil",
        "bro",
        "c.f",
        "c/d",
        "c/f",
        "car",
        "clo",
        "eb-",
        "ein",
        "end",
        "ero",
        "erö",
        "ges",
        "gra",
        "nie",
        "ope",
        "ouv",
        "ove",
        "rep",
        "sal",
        "sch",
        "sol",
        "som",
        "sou",
        "sub",
        "sum",
        "tot",
        "tra",
        "ube",
        "ueb",
        "vor",
        "zwi",
        "übe",
        "c f",
        "b f",
        "te ",
        "a n",
        "à n",
        "a r",
        "à r",
        "eb ",
    }
)


class Label(NamedTuple):
    kind: Literal["total", "balance"]
    sure: bool


def whole_label(text: str) -> Label | None:
    """What a cell says when it says nothing else.

    >>> whole_label("TOTAAL:"), whole_label("Total Energies")
    (Label(kind='total', sure=False), None)
    >>> whole_label("Solde à nouveau au 01/01/2026")
    Label(kind='balance', sure=True)
    """
    return _whole(text) if 0 < len(text) <= LONGEST_LABEL else None


def first_label(text: str) -> Label | None:
    """What a cell begins with."""
    return _label(_BEGINS.match(plain(text))) if 0 < len(text) <= LONGEST_LABEL else None


@lru_cache(maxsize=8192)
def _whole(text: str) -> Label | None:
    return _label(_WHOLE.fullmatch(plain(text)))


def _label(found: re.Match[str] | None) -> Label | None:
    if found is None or found.lastgroup is None:
        return None
    kind: Literal["total", "balance"] = "total" if found.lastgroup.endswith("total") else "balance"
    return Label(kind, found.lastgroup.startswith("sure"))
