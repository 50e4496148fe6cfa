"""Real UBL from PILOTHOUSE_SHARED: all of it is read, valid papers break no rule, and JSON twins are equal.

The twins are of GOBL, which recomputes what it reads. Where that makes the two differ for good, `DIFFERENT` names
file, field and reason; a difference that goes away must be struck from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pilothouse.intake.papers import Invoice, InvoiceLine, Party
from pilothouse.intake.shapes import as_json
from pilothouse.intake.ubl import looks_like_ubl, read_ubl
from tests.intake.en16931_units import outcomes, shared_data
from tests.intake.ubl_samples import the_invoice

EINVOICES = shared_data() / "einvoices"
TWINS = EINVOICES / "gobl-ubl" / "test" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EINVOICES.is_dir(), reason="PILOTHOUSE_SHARED is absent"),
]


def _ubl_files() -> Iterator[Path]:
    for file in sorted(EINVOICES.rglob("*")):
        if file.suffix.lower() == ".xml" and looks_like_ubl(file.read_bytes()[:4096]):
            yield file


def test_every_ubl_file_is_read() -> None:
    read = 0
    for file in _ubl_files():
        papers, problems = read_ubl(file.read_bytes())
        if "unit-UBL" in file.parent.name:  # sets of fragments, not invoices
            assert [problem.rule for problem in problems] == ["ubl.not_an_invoice"], file
            continue
        assert len(papers) == 1, (file, problems)
        as_json(papers[0])
        read += 1
    assert read >= 167


def test_the_published_unit_tests_come_out_as_they_should() -> None:
    results = list(outcomes(EINVOICES / "en16931" / "test"))
    assert len(results) >= 600
    assert [outcome for outcome in results if not outcome.holds] == []


@pytest.mark.parametrize("folder", ["en16931/ubl/examples", "en16931/test/testfiles", "xrechnung/src"])
def test_valid_papers_break_no_rule(folder: str) -> None:
    files = [file for file in _ubl_files() if file.is_relative_to(EINVOICES / folder)]
    assert len(files) >= 17
    for file in files:
        assert the_invoice(file.read_bytes()).problems == (), file


# What GOBL writes for Peppol, France, Germany and EN 16931 is valid; what it writes for Saudi Arabia is another law's.
def test_what_gobl_writes_breaks_no_rule() -> None:
    files = [file for file in TWINS.glob("convert/*/out/*.xml") if "zatca" not in file.parts]
    assert len(files) >= 40
    for file in files:
        assert the_invoice(file.read_bytes()).problems == (), file


# --- twins -----------------------------------------------------------------------------------------------------

RECOMPUTED = (
    "GOBL recomputes the line from quantity and price and everything after it; the paper says otherwise"
)
NO_RATE = "GOBL leaves the rate out where no VAT is charged; the paper writes 0"
REPRESENTATIVE = "GOBL takes the seller's tax representative for the seller"
WITHOUT_PREFIX = "the paper gives the number without country code or with spaces; GOBL puts it in order"
LINKED = "the file is linked to, or GOBL drops its name; only what is inside the paper is an attachment"
OLD = "UBL 2.0 without VAT category: GOBL leaves VAT and discounts out"
PRICES_WITH_VAT = "prices of the JSON include VAT, which no e-invoice can say; GOBL converts when it writes"
FIELDS_OF_TOTALS = ("lines", "net", "vat", "gross", "payable")

DIFFERENT: dict[str, dict[str, str]] = {
    "convert/en16931/invoice-attachments": {"attachments": LINKED},
    "convert/en16931/invoice-export-zero-rated": {
        "buyer.country": "GOBL writes the country of the tax number"
    },
    "convert/peppol/credit-note": {
        "buyer.country": "GOBL writes the country of the tax number",
        "due_date": "GOBL does not write the due date of a credit note",
    },
    "convert/peppol/invoice-intra-comunity": {"vat": NO_RATE, "lines.vat_rate": NO_RATE},
    "convert/peppol/peppol-reverse-charge": {"vat": NO_RATE, "lines.vat_rate": NO_RATE},
    "convert/peppol/invoice-prices-include-vat": dict.fromkeys(
        ("lines.net", "lines.price", "lines.allowances", "lines", "net", "gross", "rounding"), PRICES_WITH_VAT
    ),
    "parse/en16931/credit-note1": dict.fromkeys(
        ("net", "vat.total", "gross", "payable", "vat", "lines.vat_category"), OLD
    )
    | {"seller.vat_id": WITHOUT_PREFIX, "buyer.vat_id": WITHOUT_PREFIX},
    "parse/en16931/ubl-example1": dict.fromkeys(
        ("lines", "net", "vat.total", "gross", "payable", "vat", "lines.net"), RECOMPUTED
    )
    | {"seller.vat_id": WITHOUT_PREFIX, "ibans": "GOBL keeps one account of several"},
    "parse/en16931/ubl-example2": dict.fromkeys(
        ("lines", "net", "vat.total", "gross", "payable", "lines.net"), RECOMPUTED
    )
    | dict.fromkeys(("seller.name", "seller.vat_id", "seller.legal_id", "seller.ids"), REPRESENTATIVE)
    | {"vat": NO_RATE, "lines.vat_rate": NO_RATE, "attachments": LINKED},
    "parse/en16931/ubl-example5": dict.fromkeys(
        (
            "seller.name",
            "seller.trading_name",
            "seller.vat_id",
            "seller.legal_id",
            "seller.ids",
            "seller.country",
        ),
        REPRESENTATIVE,
    )
    | {"attachments": LINKED},
    "parse/france-cius/b2b-reg": {
        "vat": NO_RATE,
        "lines.vat_rate": NO_RATE,
        "attachments": LINKED,
        "rounding": "the paper says a rounding of zero",
    },
    "parse/peppol/example-encoding": dict.fromkeys(
        ("lines.name", "lines.description"),
        "GOBL drops U+FFFD, a letter already lost when the paper was written",
    ),
    "parse/peppol/nbio-stuck-ubl": {
        "vat": NO_RATE,
        "lines.vat_rate": NO_RATE,
        "means_code": "GOBL knows no key for means 42 and writes that of a debit transfer",
        "order": "“NA” is what UBL writes where there is no order",
    },
    "parse/peppol/sg-invoice": {
        "seller.vat_id": WITHOUT_PREFIX,
        "type_code": "GOBL does not keep the type of papers from Singapore",
        "rounding": "GOBL drops the rounding",
        "payable": "GOBL drops the rounding",
    },
    "parse/peppol/vat-category-E": {"vat": NO_RATE, "lines.vat_rate": NO_RATE},
}
DIFFERENT["parse/en16931/custom-namespace-prefixes"] = DIFFERENT["parse/en16931/credit-note1"]
# Saudi VAT numbers have no country code on the paper.
SAUDI = {"seller.vat_id": WITHOUT_PREFIX}

UNITS = {
    "h": "HUR",
    "item": "EA",
    "one": "C62",
    "day": "DAY",
    "mon": "MON",
    "kwh": "KWH",
    "kg": "KGM",
    "unit": "XUN",
    "service": "E48",
    "m": "MTR",
    "piece": "H87",
    "kl": "K6",
}


def _pairs() -> list[tuple[str, Path, Path]]:
    """(name, paper, twin) of all files whose twin has the same name."""
    found = []
    for paper in sorted(TWINS.rglob("*.xml")):
        parsed = "parse" in paper.parts
        twin = (paper.parent / "out" if parsed else paper.parent.parent) / f"{paper.stem}.json"
        if twin.exists():
            name = str(twin.relative_to(TWINS).with_suffix("")).replace("/out/", "/")
            found.append((name, paper, twin))
    return found


PAIRS = _pairs()


def test_all_twins_are_compared() -> None:
    assert len(PAIRS) >= 79
    assert DIFFERENT.keys() <= {name for name, _, _ in PAIRS}


@pytest.mark.parametrize(("name", "paper", "twin"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_a_twin_is_equal_field_by_field(name: str, paper: Path, twin: Path) -> None:
    ours = _ours(the_invoice(paper.read_bytes()))
    theirs = _theirs(json.loads(twin.read_text(encoding="utf-8"))["doc"])
    different = {field for field in ours if ours[field] != theirs[field]}
    explained = SAUDI if "/zatca/" in name else DIFFERENT.get(name, {})
    assert different == set(explained), {field: (ours[field], theirs[field]) for field in different}


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text.removesuffix("%"))


def _ours(paper: Invoice) -> dict[str, Any]:
    totals = paper.totals
    return {
        "number": paper.number,
        "type_code": paper.type_code,
        "issue_date": _day(paper.issue_date),
        "due_date": _day(paper.due_date),
        "currency": paper.currency,
        **_our_party("seller", paper.seller),
        **_our_party("buyer", paper.buyer),
        "lines": totals.lines,
        "allowances": totals.allowances,
        "charges": totals.charges,
        "net": totals.net,
        "vat.total": totals.vat,
        "gross": totals.gross,
        "prepaid": totals.prepaid,
        "rounding": totals.rounding,
        "payable": totals.payable,
        "vat": sorted(((row.category, row.rate, row.base, row.amount) for row in paper.vat), key=str),
        "discounts": [(item.amount, item.reason) for item in paper.allowances],
        "charged": [(item.amount, item.reason) for item in paper.charges],
        "ibans": paper.payment.ibans,
        "reference": paper.payment.reference,
        "means_code": paper.payment.means_code,
        "preceding": paper.preceding,
        "order": paper.order,
        "contract": paper.contract,
        "period": _our_period(paper),
        "attachments": [file.name for file in paper.attachments],
        **{f"lines.{field}": [_our_line(line)[field] for line in paper.lines] for field in _FIELDS_OF_LINES},
    }


def _day(day: object) -> str | None:
    return str(day) if day else None


def _our_period(owner: Invoice | InvoiceLine) -> tuple[str, str] | None:
    return (str(owner.period.start), str(owner.period.end)) if owner.period else None


def _our_party(role: str, party: Party) -> dict[str, Any]:
    fields = ("name", "trading_name", "vat_id", "legal_id", "ids", "country")
    return {f"{role}.{field}": getattr(party, field) for field in fields}


_FIELDS_OF_LINES = (
    "name",
    "description",
    "quantity",
    "unit",
    "price",
    "net",
    "vat_category",
    "vat_rate",
    "allowances",
    "charges",
    "period",
)


def _our_line(line: InvoiceLine) -> dict[str, Any]:
    return {field: getattr(line, field) for field in _FIELDS_OF_LINES} | {
        "price": _per_unit(line),
        "allowances": [item.amount for item in line.allowances],
        "charges": [item.amount for item in line.charges],
        "period": _our_period(line),
    }


_FINEST = Decimal("0.0000001")


def _per_unit(line: InvoiceLine) -> Decimal | None:
    """GOBL has no base quantity: its price is for one, to the decimals it keeps."""
    if line.price is None:
        return None
    return (line.price / (line.price_base_quantity or 1)).quantize(_FINEST)


def _theirs(doc: dict[str, Any]) -> dict[str, Any]:
    totals, payment, ordering = doc["totals"], doc.get("payment", {}), doc.get("ordering", {})
    instructions = payment.get("instructions", {})
    due = payment.get("terms", {}).get("due_dates", [])
    rows = [row for tax in totals.get("taxes", {}).get("categories", []) for row in tax["rates"]]
    return {
        "number": _reference(doc),
        "type_code": _extension(doc.get("tax", {}), "untdid-document-type"),
        "issue_date": doc["issue_date"],
        "due_date": due[0]["date"] if due else None,
        "currency": doc["currency"],
        **_their_party("seller", doc["supplier"]),
        **_their_party("buyer", doc.get("customer", {})),
        "lines": _number(totals["sum"]),
        "allowances": _number(totals.get("discount")),
        "charges": _number(totals.get("charge")),
        "net": _number(totals["total"]),
        "vat.total": _number(totals["tax"]),
        "gross": _number(totals["total_with_tax"]),
        "prepaid": _number(totals.get("advance")),
        "rounding": _number(totals.get("rounding")),
        "payable": _number(totals.get("due", totals["payable"])),
        "vat": sorted((_their_row(row) for row in rows), key=str),
        "discounts": [(_number(item["amount"]), item.get("reason")) for item in doc.get("discounts", [])],
        "charged": [(_number(item["amount"]), item.get("reason")) for item in doc.get("charges", [])],
        "ibans": tuple(to.get("iban") or to.get("number") for to in instructions.get("credit_transfer", [])),
        "reference": instructions.get("ref"),
        "means_code": _extension(instructions, "untdid-payment-means"),
        "preceding": tuple(_reference(paper) for paper in doc.get("preceding", [])),
        "order": _code_of_first(ordering, "purchases"),
        "contract": _code_of_first(ordering, "contracts"),
        "period": _their_period(ordering),
        "attachments": [file.get("name") for file in doc.get("attachments", [])],
        **{
            f"lines.{field}": [_their_line(line)[field] for line in doc["lines"]]
            for field in _FIELDS_OF_LINES
        },
    }


def _extension(owner: dict[str, Any], key: str) -> Any:
    return owner.get("ext", {}).get(key)


def _reference(paper: dict[str, Any]) -> str:
    return "-".join(part for part in (paper.get("series"), paper["code"]) if part)


def _code_of_first(ordering: dict[str, Any], key: str) -> str | None:
    found = ordering.get(key)
    return str(found[0]["code"]) if found else None


def _their_period(owner: dict[str, Any]) -> tuple[str, str] | None:
    period = owner.get("period")
    return (period["start"], period["end"]) if period else None


def _their_row(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        _extension(row, "untdid-tax-category"),
        _number(row.get("percent")),
        _number(row["base"]),
        _number(row["amount"]),
    )


def _their_party(role: str, party: dict[str, Any]) -> dict[str, Any]:
    tax, identities = party.get("tax_id", {}), party.get("identities", [])
    legal = [entry["code"] for entry in identities if entry.get("scope") == "legal"]
    others = [entry for entry in identities if entry.get("scope") != "legal"]
    addresses = party.get("addresses") or [{}]
    return {
        f"{role}.name": party.get("name"),
        f"{role}.trading_name": party.get("alias"),
        f"{role}.vat_id": (tax.get("country", "") + tax.get("code", "")) or None,
        f"{role}.legal_id": legal[0] if legal else None,
        f"{role}.ids": tuple(
            f"{_extension(entry, 'iso-scheme-id') or entry.get('type', '')}:{entry['code']}"
            for entry in others
        ),
        f"{role}.country": addresses[0].get("country"),
    }


def _their_line(line: dict[str, Any]) -> dict[str, Any]:
    item, tax = line["item"], (line.get("taxes") or [{}])[0]
    return {
        "name": item["name"],
        "description": item.get("description"),
        "quantity": _number(line["quantity"]),
        "unit": UNITS.get(item["unit"], item["unit"]),
        "price": Decimal(item["price"]).quantize(_FINEST),
        "net": _number(line["total"]),
        "vat_category": _extension(tax, "untdid-tax-category"),
        "vat_rate": _number(tax.get("percent")),
        "allowances": [_number(entry["amount"]) for entry in line.get("discounts", [])],
        "charges": [_number(entry["amount"]) for entry in line.get("charges", [])],
        "period": _their_period(line),
    }
