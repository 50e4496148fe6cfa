"""Five contracts of the sample company as PDF, in Dutch, English and French; the sentences are ours (`contracts.yaml`).

Traps: the last day to give notice of one is in the month after the sample, one renews for as long as it began, one has
neither a cap on liability nor help at the end, one follows an index without a cap, and three vendors bill more than
was agreed.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel.dates import format_date

from pilothouse.sample.bills import ZERO, Bill, cents
from pilothouse.sample.firm import MADE_UP, party, sample_firm
from pilothouse.sample.months import COUNT, Months


@dataclass(frozen=True, slots=True)
class AgreedPrice:
    """The highest price a contract allows, what is billed today, and what it came to too much in the last year."""

    what: str
    unit: str
    allowed: Decimal
    billed: Decimal
    too_much_a_year: Decimal


@dataclass(frozen=True, slots=True)
class ContractTruth:
    """What one contract says. `ends` is the end of the first term, `term_ends` that of the one running on the last day
    of the sample, and `last_day` the last day to give notice so that it does not renew. `rules` of the price are
    fixed, capped or index. `provider` goes by the name it had at the start.
    """

    paper: str
    vendor_key: str
    provider: str
    provider_vat_id: str
    language: str
    start: date
    initial_months: int
    renewal_months: int
    notice_months: int
    ends: date
    term_ends: date
    last_day: date
    monthly: Decimal
    prices: tuple[AgreedPrice, ...]
    rules: str
    capped_liability: bool
    help_at_end: bool
    trap: str


_TEMPLATE = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, author: paper.made_up)
#set page(paper: "a4", margin: 25mm, footer: align(center, text(size: 8pt, paper.made_up)))
#set text(font: "Source Sans Pro", size: 10.5pt, lang: paper.language)
#set par(justify: true, leading: 0.7em, spacing: 1em)
#show heading: set text(size: 12pt)
#text(size: 18pt, weight: "bold", paper.title)
#v(2em)
#for words in paper.opening [#words #parbreak()]
#for (number, article) in paper.articles.enumerate(start: 1) [
  == #paper.article #number. #article.at(0)
  #for words in article.slice(1) [#words #parbreak()]
]
#v(3em)
#grid(columns: (1fr, 1fr), ..paper.signatures)
#pagebreak()
== #paper.annex
#table(columns: (1fr, auto, auto), stroke: 0.5pt + luma(70%), align: (left, left, right), ..paper.prices.flatten())
"""


def months_after(day: date, count: int) -> date:
    """The day so many months on, or the last of that month.

    >>> months_after(date(2026, 1, 31), 1), months_after(date(2026, 3, 15), -3)
    (datetime.date(2026, 2, 28), datetime.date(2025, 12, 15))
    """
    year, zero_based = divmod(day.year * 12 + day.month - 1 + count, 12)
    first_of_next = date(year + (zero_based == 11), (zero_based + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, zero_based + 1, min(day.day, last))


def contracts(months: Months, bills: Iterable[Bill]) -> tuple[ContractTruth, ...]:
    """The contracts of `contracts.yaml`, the dates that follow from them, and what is billed under them."""
    of_vendor: dict[str, list[Bill]] = {}
    for bill in bills:
        of_vendor.setdefault(bill.seller.key, []).append(bill)
    return tuple(
        _contract(name, entry, months, of_vendor[entry["vendor"]]) for name, entry in _entries().items()
    )


@cache
def _entries() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((files("pilothouse.sample") / "contracts.yaml").read_text("utf-8"))
    return read


def _contract(name: str, entry: dict[str, Any], months: Months, bills: list[Bill]) -> ContractTruth:
    start = months.day(entry["first_month"], 1)
    after = months_after(start, entry["initial_months"])
    ends = after - timedelta(days=1)
    while after <= months.last:
        after = months_after(after, entry["renewal_months"])
    seller = next(bill.seller for bill in bills if bill.month >= entry["first_month"])
    return ContractTruth(
        paper=f"contracts/{name}.pdf",
        vendor_key=seller.key,
        provider=seller.name,
        provider_vat_id=seller.vat_id,
        language=entry["language"],
        start=start,
        initial_months=entry["initial_months"],
        renewal_months=entry["renewal_months"],
        notice_months=entry["notice_months"],
        ends=ends,
        term_ends=after - timedelta(days=1),
        last_day=months_after(after - timedelta(days=1), -entry["notice_months"]),
        monthly=Decimal(entry["monthly"]),
        prices=tuple(_price(price, bills) for price in entry["prices"]),
        rules=entry["rules"],
        capped_liability=entry["capped_liability"],
        help_at_end=entry["help_at_end"],
        trap=entry["trap"],
    )


def _price(said: list[str], bills: list[Bill]) -> AgreedPrice:
    what, unit, most, line_begins = said
    allowed = Decimal(most)
    lines = [
        (bill, line)
        for bill in bills
        for line in bill.lines
        if not bill.credit and line.name.startswith(line_begins)
    ]
    of_year = (line for bill, line in lines if bill.month >= COUNT - 12)
    too_much = (line.quantity * max(line.price - allowed, ZERO) for line in of_year)
    return AgreedPrice(what, unit, allowed, lines[-1][1].price, cents(sum(too_much, ZERO)))


def contract_files(months: Months, found: tuple[ContractTruth, ...]) -> list[tuple[str, bytes]]:
    """Each contract's name and PDF."""
    named = zip(_entries().values(), found, strict=True)
    return [(one.paper, printed(_TEMPLATE, _words(entry, one), months.last)) for entry, one in named]


def _words(entry: dict[str, Any], one: ContractTruth) -> dict[str, Any]:
    """The words of a contract with what is true of it filled in."""
    point, customer = "." if one.language == "en" else ",", sample_firm().party
    provider = party(one.vendor_key, one.provider)
    told = {
        "provider": one.provider,
        "provider_town": provider.city,
        "provider_number": provider.legal_id[0],
        "customer": customer.name,
        "customer_town": customer.city,
        "customer_number": customer.legal_id[0],
        "start": format_date(one.start, "d MMMM y", locale=one.language),
        "ends": format_date(one.ends, "d MMMM y", locale=one.language),
        "initial_months": str(one.initial_months),
        "renewal_months": str(one.renewal_months),
        "notice_months": str(one.notice_months),
        "monthly": f"{one.monthly:,.2f}".translate({ord(","): "", ord("."): point}),
    }
    listed = [[price.what, price.unit, str(price.allowed).replace(".", point)] for price in one.prices]
    return {
        "language": one.language,
        "made_up": MADE_UP,
        "title": entry["title"],
        "article": entry["article"],
        "annex": entry["annex"],
        "prices": listed or [[entry["title"], "", told["monthly"]]],
        "opening": [words.format(**told) for words in entry["opening"]],
        "articles": [
            [article["title"], *(words.format(**told) for words in article["says"])]
            for article in entry["articles"]
        ],
        "signatures": [words.format(**told) for words in entry["signatures"]],
    }


def printed(template: str, words: dict[str, Any], day: date, *, standard: str = "1.7") -> bytes:
    """A PDF of these words; the same words on the same day are the same bytes."""
    compile_pdf: Any = importlib.import_module("typst").compile  # loaded late: papers in text need none of it
    made: bytes = compile_pdf(
        template.encode(),
        font_paths=[str(files("font_source_sans_pro") / "files")],
        sys_inputs={"paper": json.dumps(words)},
        timestamp=datetime.combine(day, time(), UTC),
        pdf_standards=standard,
    )
    return made
