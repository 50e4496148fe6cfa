"""What do the words of an invoice say? Number, dates, amounts, seller, account: each only where it was found.

How: a value is taken beside its label (in English, French, Dutch, German), on the same line or below it. Of amounts a
triple that adds up (net + VAT = to pay) is preferred to labels alone. Numbers of firms and accounts must have right
check digits. Where two different values fit, none is given: a wrong guess costs more than an empty field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pilothouse.intake.communications import find_structured
from pilothouse.intake.papers import Reads
from pilothouse.intake.tables.values import currency_of, find_amount_style, find_date_style

_AMOUNT = r"-?(?:\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+|\d+)[.,]\d{2}(?!\d)"
_ANY_AMOUNT = re.compile(rf"(?<![\d.,/-])({_AMOUNT})")
_DATE = (
    r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? +[^\W\d_]{3,10}\.?,? +\d{4}"
    r"|[^\W\d_]{3,10} +\d{1,2}, +\d{4})"
)
_NUMBER = r"([A-Z0-9][A-Z0-9/_.-]{0,29})"
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8})\b")
_VAT = re.compile(
    r"\b((?:BE[ ]?[01]?[ ]?\d{3}[. ]?\d{3}[. ]?\d{3,4})|(?:[A-Z]{2}[ ]?[0-9A-Z]{2}[ ]?\d{3}[. ]?\d{3}[. ]?\d{1,4})|"
    r"(?:[A-Z]{2}[ ]?[0-9A-Z]{8,12}))\b"
)
_FORM = re.compile(
    r"\b(?:B\.?V\.?B\.?A|B\.?V|N\.?V|S\.?A\.?R\.?L|S\.?A\.?S|S\.?R\.?L|S\.?A|C\.?V|V\.?O\.?F|GmbH|AG|UG|KG|Ltd|Limited|"
    r"LLC|Inc|PLC|VZW|ASBL|SCRL|CommV|SAS|EURL)\b\.?"
)
_NUMBER_LABELS = (
    r"invoice (?:number|no\.?|nr\.?|#)|invoice|factuur ?nummer|factuur ?nr\.?|factuur|num[ée]ro (?:de )?facture|"
    r"facture (?:n[°o]\.?|num[ée]ro)|n[°o] (?:de )?facture|facture|rechnungs ?nummer|rechnungs-?nr\.?|"
    r"\w*rechnung ?\(\d{3}\) ?nr\.?|rechnung(?: nr\.?)?|credit ?nota(?: nr\.?)?|credit note(?: no\.?)?|"
    r"gutschrift(?: nr\.?)?"
)
_DATE_LABELS = (
    r"invoice date|factuur ?datum|date (?:de )?(?:la )?facture|rechnungs ?datum|date d['’][ée]mission|"
    r"document ?datum|date of issue|issue date|datum|date"
)
_DUE_LABELS = (
    r"due date|payment due|verval ?datum|uiterste betaaldatum|te betalen v[oó]+r|date d['’][ée]ch[ée]ance|"
    r"[ée]ch[ée]ance|f[äa]llig(?:keitsdatum| am| bis)?|zahlbar bis|betalen voor"
)
_GROSS_LABELS = (
    r"total due|amount due|balance due|amount to pay|grand total|gross total|te betalen(?: bedrag)?|totaal te betalen|"
    r"totaal incl\S*(?: btw)?|net [àa] payer|total ttc|montant ttc|montant [àa] payer|total [àa] payer|gesamtbetrag|"
    r"zahlbetrag|zu zahlen(?:der betrag)?|bruttobetrag|total incl\S*(?: vat)?|total amount"
)
_NET_LABELS = (
    r"total excl\S*(?: vat)?|totaal excl\S*(?: btw)?|subtotaal|subtotal|sous-total|total ht|montant ht|net total|"
    r"rechnungssumme ohne ust\.?|nettobetrag|netto|maatstaf van heffing|zwischensumme|taxable amount|net amount"
)
_VAT_LABELS = (
    r"(?:totaal )?btw|(?:total )?vat|(?:total )?tva|mwst\.?|umsatzsteuer|ust\.?|tax|steuer(?:betrag)?|"
    r"montant tva"
)
_PREPAID_LABELS = (
    r"(?:erhaltene |abz[üu]glich )?anzahlung(?:en)?|bereits gezahlt|already paid|amount paid|prepaid|deposit|"
    r"acomptes?(?: vers[ée]s?)?|d[ée]j[àa] (?:pay[ée]|r[ée]gl[ée])|reeds betaald|al betaald|(?:betaald )?voorschot"
)
_OF_DAY = re.compile(
    rf"(?:^|[\s|(])(?:{_NUMBER_LABELS})[^\n]{{0,40}}?\s(?:vom|du|van|dated|of|d\.?d\.?)\s+{_DATE}(?=$|[\s,;.)])",
    re.IGNORECASE,
)


def read_values(text: str) -> Reads:
    """What the words of an invoice say."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    amounts = _Amounts(lines)
    iban, number = _only(_ibans(text)), _only(_vat_numbers(text))
    return Reads(
        seller=_only(_firms(lines)),
        seller_id=number,
        number=_number(lines),
        issue_date=_day(lines, _DATE_LABELS, without=_DUE_LABELS),
        due_date=_day(lines, _DUE_LABELS),
        net=amounts.net,
        vat=amounts.vat,
        gross=amounts.gross,
        currency=currency_of(text) if amounts.gross is not None else None,
        iban=iban,
        reference=find_structured(text)[0],
    )


HIGHEST_VAT = Decimal("0.3")  # no country of the Union asks for more
Value = TypeVar("Value")


def _only(values: Iterable[Value]) -> Value | None:
    """The value, where there is only one."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _beside(lines: list[str], labels: str, value: str) -> Iterator[str]:
    """What stands right of a label on its line, or alone on the line below it."""
    right = re.compile(
        rf"(?:^|[\s|(])(?:{labels})\s*[:.#]*\s*(?:n[r°o]\.?\s*)?[:#]?\s*{value}(?=$|[\s,;|)])", re.IGNORECASE
    )
    alone = re.compile(rf"(?:{labels})\s*[:#]*", re.IGNORECASE)
    below = re.compile(rf"{value}(?=$|\s)", re.IGNORECASE)
    for at, line in enumerate(lines):
        found = right.search(line)
        if found and any(sign.isdigit() for sign in found.group(1)):
            yield found.group(1)
        elif alone.fullmatch(line) and at + 1 < len(lines):
            under = below.match(lines[at + 1])
            if under and any(sign.isdigit() for sign in under.group(1)):
                yield under.group(1)


def _number(lines: list[str]) -> str | None:
    """The number of the invoice: the first one beside a label."""
    for found in _beside(lines, _NUMBER_LABELS, _NUMBER):
        bare = found.strip(".-/_")
        if not re.fullmatch(_DATE, bare):
            return bare
    return None


def _day(lines: list[str], labels: str, without: str = "") -> date | None:
    """The day beside a label; of several the first."""
    kept = [line for line in lines if not (without and re.search(without, line, re.IGNORECASE))]
    written = list(_beside(kept or lines, labels, _DATE))
    every = [match.group(1) for line in lines for match in re.finditer(_DATE, line)]
    if labels == _DATE_LABELS and not written:
        written = [found.group(1) for line in lines if (found := _OF_DAY.search(line))]
    style = find_date_style(every) if every else None
    if style is None or not written:
        return None
    return style.read(written[0])


def _ibans(text: str) -> Iterator[str]:
    from stdnum import iban

    for found in _IBAN.finditer(text):
        bare = iban.compact(found.group(1))
        # A word in capitals may follow without a sign between.
        for length in range(len(bare), 14, -1):
            if iban.is_valid(bare[:length], check_country=False):
                yield bare[:length]
                break


def _vat_numbers(text: str) -> Iterator[str]:
    from stdnum.eu import vat

    for found in _VAT.finditer(text):
        bare = re.sub(r"[ .]", "", found.group(1))
        if bare.startswith("BE") and len(bare) == 11:
            bare = f"BE0{bare[2:]}"
        if vat.is_valid(bare):
            yield bare


def _firms(lines: list[str]) -> Iterator[str]:
    """Names with the form of a firm that stand on the paper more than once: the customer's stands there once."""
    named = [
        line[: found.end()].split(":")[-1].strip(" ,-|")
        for line in lines
        if (found := _FORM.search(line)) and found.start() > 2
    ]
    yield from (name for name, count in Counter(named).items() if count > 1)


class _Amounts:
    """Net, VAT and amount to pay: a triple that adds up, else what stands beside their labels."""

    def __init__(self, lines: list[str]) -> None:
        written = [match.group(1) for line in lines for match in _ANY_AMOUNT.finditer(line)]
        self._style = find_amount_style(written)
        every = {amount for amount in map(self._read, written) if amount is not None}
        money = rf"(?:[€$£]|[A-Z]{{3}})?\s*({_AMOUNT})"
        self.gross = self._labelled(lines, _GROSS_LABELS, money) or self._labelled(
            lines, "total|totaal|summe", money
        )
        self.net = self._labelled(lines, _NET_LABELS, money)
        self.vat = self._labelled(lines, rf"(?:{_VAT_LABELS})(?:\s*\(?\d{{1,2}}(?:[.,]\d+)?\s*%\)?)?", money)
        self._add_prepaid(lines, money, every)
        self._complete(every)

    def _add_prepaid(self, lines: list[str], money: str, every: set[Decimal]) -> None:
        """What is left to pay is less than the invoice where some of it was paid before."""
        prepaid = abs(self._labelled(lines, _PREPAID_LABELS, money) or Decimal(0))
        if prepaid and self.gross is not None and self.gross + prepaid in every:
            self.gross += prepaid

    def _read(self, text: str) -> Decimal | None:
        return self._style.read(re.sub(r"[\s'’]", "", text))

    def _labelled(self, lines: list[str], labels: str, money: str) -> Decimal | None:
        """The amount beside a label; the last one, since totals stand at the end."""
        found = [self._read(text) for text in _beside(lines, labels, money)]
        known = [amount for amount in found if amount is not None]
        return known[-1] if known else None

    def _complete(self, every: set[Decimal]) -> None:
        """Let the three agree: two of them give the third where it stands on the paper, else the doubtful one goes."""
        gross, net, vat = self.gross, self.net, self.vat
        if gross is None:
            if net is not None and vat is not None and net + vat in every:
                self.gross = net + vat
            return
        if net is not None and (vat is None or net + vat != gross):
            vat = gross - net if gross - net in every or gross == net else None
        elif vat is not None and net is None:
            net = gross - vat if gross - vat in every else None
        if net is None or vat is None or net + vat != gross:
            net = vat = None
        elif vat > net * HIGHEST_VAT:  # labels and amounts stand in columns that were told crosswise
            net, vat = (vat, net) if net <= vat * HIGHEST_VAT else (None, None)
        self.net, self.vat = net, vat
