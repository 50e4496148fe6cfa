"""The files of the sample: what they are called."""

from __future__ import annotations

import re

from pilothouse.sample.bills import Bill

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")


def paper_name(bill: Bill, *, copy: bool = False) -> str:
    """Where a bill's file is; the same for each seed. One in a mail or archive is named as `intake` names it."""
    if bill.file:
        return bill.file
    who = f"sale-{bill.buyer.key}" if bill.own_sale else bill.seller.key
    number = _NOT_PLAIN.sub("-", bill.number)
    again = "-sent-again" if copy else ""
    return f"einvoices/{bill.issued:%Y-%m}/{bill.issued:%Y-%m-%d}-{who}-{number}{again}.xml"


def statement_name(account: str, month: str) -> str:
    return f"bank/{month}-{account}.cod"
