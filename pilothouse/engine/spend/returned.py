"""Which direct debits came back, so that neither the debit nor its return is taken for a cost or an income?

A debit that the bank returned (no money, refused, claimed back within the weeks the law gives) paid nothing: its
invoice is open until it is paid again. A booking that comes in is a return where the bank's own code or its words say
so, and something of that amount left the same account to the same party at most thirteen months before; of several the
latest is the one. A vendor who pays something back of its own will is none: that is a refund (`consolidate.py`).
Limits: a return of a part is not recognised, nor one whose bank says nothing of it; the fee that a bank takes for a
return is a cost of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.terms import BankMovement, Reason

# A debit that nobody allowed can be claimed back for thirteen months (Directive (EU) 2015/2366, article 71).
LATEST = timedelta(days=396)
# ISO 20022 sub-families of received direct debits, SWIFT's "returned item" (MT940), and CODA's family 05.
_CODES = ("RDDT-UPDD", "RDDT-PRDD", "RDDT-RCDD", "NRTI", "FRTI", "RTI")
_CODA_CODES = ("00503", "00505", "10503", "10505")
_WORDS = (
    "terugboeking incasso, terugboeking domiciliering, storno incasso, storno sepa incasso, incasso storno, "
    "incasso retour, incasso gestorneerd, stornering incasso, retour incasso, retour domiciliering, "
    "domiciliering geweigerd, geweigerde domiciliering, onbetaalde domiciliering, "
    "terugbetaling domiciliering, incasso teruggedraaid, rejet prelevement, rejet de prelevement, "
    "prelevement rejete, prelevement impaye, prelevement retourne, retour prelevement, retour de prelevement, "
    "remboursement prelevement, remboursement domiciliation, domiciliation impayee, domiciliation refusee, "
    "rucklastschrift, rucklast, rucklastschriften, lastschriftruckgabe, returned direct debit, "
    "direct debit returned, direct debit return, unpaid direct debit, direct debit unpaid, "
    "reversal of direct debit, direct debit reversal, direct debit refund"
)
_SAYS = Phrases((word, word) for word in _WORDS.split(", "))


def find_returned(movements: Iterable[BankMovement]) -> Mapping[str, Reason]:
    """The debits that came back and their returns, by id, each with why."""
    ordered = sorted(movements, key=lambda m: (m.date, m.id))
    returns = [m for m in ordered if m.amount > 0 and is_return(m)]
    asked = {_alike(m, m.amount) for m in returns}
    debits: dict[tuple[object, ...], list[BankMovement]] = defaultdict(list)
    for m in ordered:
        if m.amount < 0 and _alike(m, -m.amount) in asked:
            debits[_alike(m, -m.amount)].append(m)
    found = {}
    for back in returns:
        before = debits[_alike(back, back.amount)]
        debit = next((m for m in reversed(before) if back.date - LATEST <= m.date <= back.date), None)
        if debit is not None:
            before.remove(debit)
            found[debit.id] = Reason("returned", f"the bank returned it on {back.date.isoformat()}")
            found[back.id] = Reason("returned", f"the debit of {debit.date.isoformat()} came back")
    return found


def is_return(movement: BankMovement) -> bool:
    """Whether the bank says that this is a direct debit that came back.

    The codes of a bank, then its words; "terugbetaling" alone is what any vendor writes.
    """
    code = movement.code.upper()
    if code.endswith(_CODES) or code.startswith(_CODA_CODES):
        return True
    return bool(_SAYS.first(movement.communication))


def _alike(movement: BankMovement, amount: Decimal) -> tuple[object, ...]:
    """What a debit and its return have in common."""
    party = movement.counterparty
    who = party.ibans[0] if party.ibans else clean_name(party.name)
    return movement.account, movement.currency, amount, who
