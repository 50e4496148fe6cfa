"""What matching payments with invoices rests on and leaves behind: people's words go in, open invoices come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilothouse.accounts.models import Company
from pilothouse.engine.spend import said, unmatched
from pilothouse.records.models import OpenInvoice, PaymentWord, Review


def payment_words(company: Company) -> list[said.PaymentWord]:
    """What people said of payments and invoices and did not take back, in the order they said it."""
    words = PaymentWord.objects.of(company).filter(withdrawn_at__isnull=True).order_by("pk")
    return [
        said.PaymentWord(said.Says(word.says), word.movement_print, word.invoice_print, word.amount)
        for word in words
    ]


def open_rows(review: Review, found: Iterable[unmatched.OpenInvoice]) -> Iterator[OpenInvoice]:
    """The invoices a review leaves open, as rows."""
    for one in found:
        yield OpenInvoice(
            company_id=review.company_id,
            review=review,
            paper_id=int(one.invoice),
            vendor_key=one.vendor_key[:120],
            vendor_name=one.vendor_name[:300],
            number=one.number[:200],
            issued=one.issued,
            due=one.due,
            currency=one.currency,
            whole=one.whole,
            left=one.left,
            reference=one.reference[:140],
        )
