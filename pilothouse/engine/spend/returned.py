"""Which payments came back, so that neither the payment nor its return is taken for a cost or an income?

A direct debit that the bank returned (no money, refused, claimed back within the weeks the law gives), or a transfer to
an account that is closed, paid nothing: its invoice is open until it is paid again. A booking that comes in is a return
where the bank gives a reason for it, or its own code or words say so, and something of that amount left the same
account to the same party at most thirteen months before; of several the
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
# ISO 20022 sub-families of debits received and transfers sent, SWIFT's "returned item" (MT940), and CODA's family 05.
_CODES = ("RDDT-UPDD", "RDDT-PRDD", "RDDT-RCDD", "ICDT-RRTN", "NRTI", "FRTI", "RTI")
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
# ISO 20022 external code set of return reasons, the ones a payer meets; the sentences are ours.
_REASONS = {
    "AC01": "the account number is wrong",
    "AC04": "the account is closed",
    "AC06": "the account is blocked",
    "AC13": "the account is a consumer's",
    "AG01": "such payments are not allowed on the account",
    "AG02": "the bank does not know this kind of payment",
    "AM04": "there was not enough money on the account",
    "AM05": "it was booked twice",
    "BE04": "the address of the creditor is missing",
    "CNOR": "the bank of the creditor is not reached this way",
    "DNOR": "the bank of the debtor is not reached this way",
    "ERIN": "the bank does not know such references",
    "FOCR": "it was called back",
    "MD01": "there was no valid mandate",
    "MD02": "the mandate is incomplete",
    "MD06": "the payer asked for the money back",
    "MD07": "the payer has died",
    "MS02": "the payer or payee refused it",
    "MS03": "the bank gives no reason",
    "RC01": "the code of the bank is wrong",
    "RR04": "the law does not allow it",
    "SL01": "the bank offers a service that stopped it",
    "SL11": "the creditor is not among those who were allowed",
    "SL12": "the creditor is among those who were barred",
    "SL13": "it is more than was allowed",
    "SL14": "it came more often than was allowed",
    "TM01": "it came after the last hour of the day",
}
_SAYS = Phrases((word, word) for word in _WORDS.split(", "))


def find_returned(movements: Iterable[BankMovement]) -> Mapping[str, Reason]:
    """The payments that came back and their returns, by id, each with why."""
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
            why = _why(back)
            found[debit.id] = Reason("returned", f"the bank returned it on {back.date.isoformat()}{why}")
            found[back.id] = Reason("returned", f"the payment of {debit.date.isoformat()} came back{why}")
    return found


def is_return(movement: BankMovement) -> bool:
    """Whether the bank says that this is a payment that came back.

    A reason it gives, then the codes of a bank, then its words; "terugbetaling" alone is what any vendor writes.
    """
    code = movement.code.upper()
    if movement.return_reason or code.endswith(_CODES) or code.startswith(_CODA_CODES):
        return True
    return bool(_SAYS.first(movement.communication))


def _why(back: BankMovement) -> str:
    """What the bank gives as its reason, in words where the code is known."""
    code = back.return_reason.upper()
    words = " ".join(filter(None, (_REASONS.get(code, ""), f"({code})" if code in _REASONS else code)))
    return f": {words}" if words else ""


def _alike(movement: BankMovement, amount: Decimal) -> tuple[object, ...]:
    """What a debit and its return have in common."""
    party = movement.counterparty
    who = party.ibans[0] if party.ibans else clean_name(party.name)
    return movement.account, movement.currency, amount, who
