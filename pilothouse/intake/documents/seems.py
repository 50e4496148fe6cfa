"""What does a document seem to be, by its words? An invoice, a contract, a bank statement, or something else.

How: words that such papers have, in English, French, Dutch and German, each counted once. An invoice shows most of
them on its first page, beside amounts; a contract is long and has many of its own. What calls itself an offer, order,
delivery note or reminder is no invoice, though it has most of an invoice's words. Where little speaks for anything it
is "other". A guess to sort by and to propose figures with, never a reason to count anything.
"""

from __future__ import annotations

import re
from typing import Literal

Seems = Literal["invoice", "contract", "statement", "scan", "other"]

FIRST_PAGE = 4_000  # letters
FEWEST_LETTERS = 25  # for each page; with fewer it is a picture
SURE = 5
_AMOUNT = re.compile(r"\d[.,]\d{2}\b")

_INVOICE = {
    3: "invoice number|invoice no|invoice date|factuurnummer|factuurdatum|factuur nr|factuurnr|numero de facture|"
    "facture n|date de facture|date de la facture|rechnungsnummer|rechnungsdatum|rechnung nr|creditnota|credit note|"
    "note de credit|gutschrift|tax invoice|amount due|total due|te betalen|net a payer|zu zahlen|zahlbetrag|"
    "amount to pay|balance due|montant a payer|numero facture|invoice #|avoir n",
    2: "invoice|[a-z]{0,20}factuur|facture|[a-z]{0,20}rechnung|vervaldatum|due date|echeance|fallig|"
    "payment terms|betalingstermijn|total ttc|total ht|totaal excl|totaal incl|subtotal|subtotaal|sous-total|"
    "zwischensumme|gesamtbetrag|grand total|gross total|net total|receipt|kwitantie",
    1: "btw|vat|tva|mwst|ust|iban|bic|qty|aantal|quantite|menge|unit price|eenheidsprijs|prix unitaire|einzelpreis|"
    "customer no|klantnummer|kundennummer|numero client|omschrijving|description|total|totaal",
}
_CONTRACT = {
    3: "this agreement|hereinafter|hierna genoemd|wordt overeengekomen|ci-apres|nachfolgend|in witness whereof|"
    "de ondergetekenden|wird folgender vertrag geschlossen|"
    "les soussignes|whereas|komen overeen|il est convenu|governing law|toepasselijk recht|droit applicable|"
    "anwendbares recht|terms and conditions|algemene voorwaarden|conditions generales|"
    "allgemeine geschaftsbedingungen|service level agreement|verwerkersovereenkomst|data processing agreement",
    2: "agreement|overeenkomst|contrat|vertrag|termination|opzegging|resiliation|kundigung|gekundigt|confidential|"
    "opzegtermijn|preavis|notice period|"
    "vertrouwelijk|confidentialite|indemnif|liability|aansprakelijkheid|responsabilite|haftung|force majeure|"
    "overmacht|assignment|intellectual property|intellectuele eigendom|propriete intellectuelle|renewal|"
    "stilzwijgend|tacite|warrant",
    1: "article|artikel|clause|party|parties|partijen|partij|parteien|shall|term|looptijd|duree|laufzeit|"
    "section|exhibit|bijlage|annexe|schedule",
}
_STATEMENT = {
    3: "rekeninguittreksel|bank statement|account statement|statement of account|extrait de compte|"
    "releve de compte|kontoauszug|rekeningafschrift",
    2: "vorig saldo|nieuw saldo|opening balance|closing balance|ancien solde|nouveau solde|alter saldo|neuer saldo|"
    "beginsaldo|eindsaldo|solde precedent",
}
# Papers that look like invoices and are none; a line of their first words begins so.
_BEFORE_OR_AFTER = re.compile(
    r"^\W*(?:prijs)?(?:offerte|aanbod|devis|angebot|kostenvoranschlag|quotation|quote|estimate|bestelbon|"
    r"bestelling|orderbevestiging|bestelbevestiging|bon de commande|confirmation de commande|commande|"
    r"auftragsbestatigung|bestellung|purchase order|order confirmation|leveringsbon|leverbon|pakbon|"
    r"bon de livraison|lieferschein|delivery note|packing slip)\b",
    re.MULTILINE,
)
_NEVER_AN_INVOICE = re.compile(
    r"^\W*(?:(?:betalings)?herinnering|aanmaning|rappel|mise en demeure|(?:\d\. )?mahnung|zahlungserinnerung|"
    r"payment reminder|reminder|pro ?-?forma|loonbrief|loonfiche|fiche de paie|bulletin de paie|"
    r"gehaltsabrechnung|lohnabrechnung|payslip)\b",
    re.MULTILINE,
)
_NUMBERED = re.compile(
    r"invoice (?:number|no|date|#)|factuur ?(?:nummer|nr|datum)|(?:numero|date) (?:de )?(?:la )?facture|facture n|"
    r"rechnungs ?-?(?:nummer|nr|datum)|rechnung nr|credit ?nota|credit note|note de credit|gutschrift"
)
_CALLED_INVOICE = re.compile(r"invoice|factuur|facture|rechnung|receipt")
HEADING = 400  # letters in which a paper says what it is
_LONG_ENOUGH = 6_000  # letters from which the words of a contract weigh more than a bill's


def seems(text: str, pages: int = 0, *, pictured: bool = False) -> Seems:
    """What a document with this text seems to be; `pages` are those of a PDF, `pictured` where pictures are on them."""
    letters = len(text.strip())
    if letters < FEWEST_LETTERS * min(pages, 20) and (pictured or not letters):
        return "scan"
    words = _plain(text)
    first = words[:FIRST_PAGE]
    if _points(_STATEMENT, first) >= SURE:
        return "statement"
    invoice = _points(_INVOICE, first) if _AMOUNT.search(text) and not _is_no_invoice(text, first) else 0
    contract = _points(_CONTRACT, words)
    if len(words) > _LONG_ENOUGH:
        contract *= 2
    if max(invoice, contract) < SURE:
        return "other"
    return "contract" if contract > invoice else "invoice"


_FOLDED = str.maketrans("àâäáãéèêëíìîïóòôöõúùûüçñß", "aaaaaeeeeiiiiooooouuuucns")


def _plain(text: str) -> str:
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    return text.lower().translate(_FOLDED)


def _is_no_invoice(text: str, first: str) -> bool:
    """Whether a paper calls itself something that comes before an invoice or after it."""
    heading = _folded(text[:HEADING])
    called = _BEFORE_OR_AFTER.search(heading)
    if called and not _NUMBERED.search(first) and not _CALLED_INVOICE.search(heading[: called.start()]):
        return True
    return bool(_NEVER_AN_INVOICE.search(heading))


def _points(words: dict[int, str], text: str) -> int:
    """The weights of the words that stand in the text, each once."""
    return sum(weight * len(set(re.findall(rf"\b(?:{known})", text))) for weight, known in words.items())
