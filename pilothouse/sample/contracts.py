"""Five contracts of the sample company as PDF, in Dutch, English and French; the sentences are ours.

Traps: the last day to give notice of one is close by, one has neither a cap on liability nor help at the end, one is
agreed for less than what is paid, one links its price to an index, one renews for as long as it began.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel.dates import format_date

from pilothouse.sample.firm import MADE_UP, sample_firm
from pilothouse.sample.months import Months

_NOTICE_DAYS_LEFT = 24  # from the end of the sample to the last day of notice that is close by


@dataclass(frozen=True, slots=True)
class ContractTruth:
    """What one contract says: `notice_months` before the term ends, on `last_day` at the latest; "" caps nothing."""

    paper: str
    vendor_key: str
    provider: str
    language: str
    start: date
    initial_months: int
    renewal_months: int
    notice_months: int
    ends: date
    last_day: date
    monthly: Decimal
    trap: str


_TEMPLATE = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, author: paper.made_up)
#set page(paper: "a4", margin: 25mm, footer: align(center, text(size: 8pt, paper.made_up)))
#set text(font: "Source Sans Pro", size: 10.5pt, lang: paper.language)
#set par(justify: true, leading: 0.7em, spacing: 1em)
#show heading: set text(size: 12pt)
#text(size: 18pt, weight: "bold", paper.title)
#v(1em)
#for words in paper.opening [#words #parbreak()]
#for (number, article) in paper.articles.enumerate(start: 1) [
  == #paper.article #number. #article.at(0)
  #for words in article.slice(1) [#words #parbreak()]
]
#v(3em)
#grid(columns: (1fr, 1fr), ..paper.signatures)
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


def contracts(months: Months) -> tuple[ContractTruth, ...]:
    """The contracts of `contracts.yaml` and the dates that follow from them."""
    return tuple(_contract(name, entry, months) for name, entry in _entries().items())


@cache
def _entries() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((files("pilothouse.sample") / "contracts.yaml").read_text("utf-8"))
    return read


def _contract(name: str, entry: dict[str, Any], months: Months) -> ContractTruth:
    notice = entry["notice_months"]
    if entry["ends_in"] == "close_by":
        end = months_after(months.last + timedelta(days=_NOTICE_DAYS_LEFT), notice)
    else:
        end = months_after(months.last, entry["ends_in"])
    return ContractTruth(
        paper=f"contracts/{name}.pdf",
        vendor_key=entry["vendor"],
        provider=entry["provider"],
        language=entry["language"],
        start=months_after(end + timedelta(days=1), -entry["initial_months"]),
        initial_months=entry["initial_months"],
        renewal_months=entry["renewal_months"],
        notice_months=notice,
        ends=end,
        last_day=months_after(end, -notice),
        monthly=Decimal(entry["monthly"]),
        trap=entry["trap"],
    )


def contract_files(months: Months, found: tuple[ContractTruth, ...]) -> list[tuple[str, bytes]]:
    """Each contract's name and PDF."""
    named = zip(_entries().values(), found, strict=True)
    return [(one.paper, printed(_TEMPLATE, _words(entry, one), months.last)) for entry, one in named]


def _words(entry: dict[str, Any], one: ContractTruth) -> dict[str, Any]:
    """The words of a contract with what is true of it filled in."""
    point = "." if one.language == "en" else ","
    told = {
        "provider": one.provider,
        "customer": sample_firm().name,
        "start": format_date(one.start, "d MMMM y", locale=one.language),
        "ends": format_date(one.ends, "d MMMM y", locale=one.language),
        "initial_months": str(one.initial_months),
        "renewal_months": str(one.renewal_months),
        "notice_months": str(one.notice_months),
        "monthly": f"{one.monthly:.2f}".replace(".", point),
    }
    return {
        "language": one.language,
        "made_up": MADE_UP,
        "title": entry["title"],
        "article": entry["article"],
        "opening": [words.format(**told) for words in entry["opening"]],
        "articles": [
            [article["title"], *(words.format(**told) for words in article["says"])]
            for article in entry["articles"]
        ],
        "signatures": [words.format(**told) for words in entry["signatures"]],
    }


def printed(template: str, words: dict[str, Any], day: date) -> bytes:
    """A PDF of these words; the same words on the same day are the same bytes."""
    compile_pdf: Any = importlib.import_module("typst").compile  # loaded late: papers in text need none of it
    made: bytes = compile_pdf(
        template.encode(),
        font_paths=[str(files("font_source_sans_pro") / "files")],
        sys_inputs={"paper": json.dumps(words)},
        timestamp=datetime.combine(day, time(), UTC),
    )
    return made
