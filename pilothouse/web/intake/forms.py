"""What people enter about papers: the figures of a document, how papers are handled."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilothouse.records.models import HandlingOfPapers, HandReading

CENT = Decimal("0.01")
MOST = Decimal("1e12")
_THREE_DIGITS = re.compile(r"^\d{1,3}([.,])\d{3}$")


class AmountField(forms.Field):
    """An amount as people write it: 1234.50, 1.234,50 or 1 234,50."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "maxlength": 30})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"[\s\u00a0\u202f€$£']", "", str(value or "")[:60])
        if not text:
            return None
        if _THREE_DIGITS.match(text):
            raise forms.ValidationError(
                _("Is that thousands or cents? Write it with two decimals, such as %(example)s.")
                % {"example": text + ",00"}
            )
        comma, point = text.rfind(","), text.rfind(".")
        mark = "," if comma > point else "."
        other = "." if mark == "," else ","
        plain = text.replace(other, "").replace(mark, ".")
        try:
            amount = Decimal(plain)
        except InvalidOperation as error:
            raise forms.ValidationError(_("This is no amount. Write it like 1234,50.")) from error
        if not amount.is_finite() or abs(amount) >= MOST:
            raise forms.ValidationError(_("This amount is too large to be true."))
        return amount.quantize(CENT)


class FiguresForm(forms.ModelForm[HandReading]):
    """The figures of a document; two of the three amounts give the third."""

    net = AmountField(label=gettext_lazy("Without VAT"), required=False)
    vat = AmountField(label=gettext_lazy("VAT"), required=False)
    gross = AmountField(label=gettext_lazy("To pay, with VAT"), required=False)

    class Meta:
        model = HandReading
        fields: ClassVar[list[str]] = [
            "seller", "seller_id", "number", "issue_date", "net", "vat", "gross", "currency", "is_credit", "what_for",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "issue_date": forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        }
        labels: ClassVar[dict[str, Any]] = {
            "seller": gettext_lazy("From whom"),
            "seller_id": gettext_lazy("Their VAT number"),
            "number": gettext_lazy("Invoice number"),
            "issue_date": gettext_lazy("Date of the invoice"),
            "currency": gettext_lazy("Currency"),
            "is_credit": gettext_lazy("It is a credit note: we get this money back"),
            "what_for": gettext_lazy("What it is for"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "seller_id": gettext_lazy("If it stands there. Example: BE0123456749."),
            "what_for": gettext_lazy("A few words of the invoice. Example: Licences Microsoft 365, May."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("seller", "issue_date", "currency"):
            self.fields[name].required = True

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].strip().upper()
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise forms.ValidationError(_("Three letters, such as EUR or USD."))
        return currency

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        return given if self.errors else {**given, **_completed(given["net"], given["vat"], given["gross"])}


def _completed(net: Decimal | None, vat: Decimal | None, gross: Decimal | None) -> dict[str, Decimal]:
    """All three amounts, from any two of them."""
    if net is None and gross is not None and vat is not None:
        net = gross - vat
    if net is None or (vat is None and gross is None):
        raise forms.ValidationError(
            _("Two of the three amounts are needed; the third follows. Without VAT on it, write 0 as VAT.")
        )
    vat = (gross or net) - net if vat is None else vat
    gross = net + vat if gross is None else gross
    if net + vat != gross:
        raise forms.ValidationError(
            _("%(net)s and %(vat)s of VAT make %(sum)s, not %(gross)s. Look at the page again.")
            % {"net": net, "vat": vat, "sum": net + vat, "gross": gross}
        )
    if gross < 0:
        raise forms.ValidationError(
            _("Write amounts as they stand on the paper, without a minus, and tick that it is a credit note.")
        )
    return {"net": net, "vat": vat, "gross": gross}


class HandlingForm(forms.ModelForm[HandlingOfPapers]):
    """Masking and retention."""

    class Meta:
        model = HandlingOfPapers
        fields: ClassVar[list[str]] = ["mask_people", "keep_years"]
