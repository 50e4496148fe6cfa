"""Real CII from PILOTHOUSE_SHARED: all of it is read, valid papers break no rule, UBL of the same case is the same
paper, and JSON twins are equal.

The twins are of GOBL, which recomputes what it reads and leaves some of it out. Where the two differ for good,
`DIFFERENT` names file, field and reason; a difference that goes away must be struck from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pilothouse.intake.attachments import attachments
from pilothouse.intake.cii import looks_like_cii, read_cii
from pilothouse.intake.shapes import as_json
from tests.intake import ubl_samples
from tests.intake.cii_samples import the_invoice
from tests.intake.en16931_units import shared_data
from tests.intake.gobl_twins import ours, theirs

EINVOICES = shared_data() / "einvoices"
TWINS = EINVOICES / "gobl-cii" / "test" / "data"
XRECHNUNG = EINVOICES / "xrechnung"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EINVOICES.is_dir(), reason="PILOTHOUSE_SHARED is absent"),
]


def _cii_files() -> Iterator[Path]:
    for file in sorted(EINVOICES.rglob("*")):
        if file.suffix.lower() == ".xml" and looks_like_cii(file.read_bytes()[:65_536]):
            yield file


def test_every_cii_file_is_read() -> None:
    read = 0
    for file in _cii_files():
        papers, problems = read_cii(file.read_bytes())
        if file.parent.name == "cii":  # a set of fragments, not an invoice
            assert [problem.rule for problem in problems] == ["cii.not_an_invoice"], file
            continue
        assert len(papers) == 1, (file, problems)
        as_json(papers[0])
        read += 1
    assert read >= 100


@pytest.mark.parametrize("folder", ["en16931/cii/examples", "xrechnung/src"])
def test_valid_papers_break_no_rule(folder: str) -> None:
    files = [file for file in _cii_files() if file.is_relative_to(EINVOICES / folder)]
    assert len(files) >= 14
    for file in files:
        assert the_invoice(file.read_bytes()).problems == (), file


# What GOBL writes for Chorus Pro has the schemes of that portal.
def test_what_gobl_writes_breaks_no_rule() -> None:
    files = [
        file
        for file in TWINS.glob("convert/*/out/*.xml")
        if not {"cdar", "cdar-PPF", "choruspro"} & set(file.parts)
    ]
    assert len(files) >= 30
    for file in files:
        assert the_invoice(file.read_bytes()).problems == (), file


# --- the same case in UBL --------------------------------------------------------------------------------------

NAMES_SWAPPED = "the two files of the case give registered and trading name the other way round"
MORE_IDS = "only the CII file gives these identifiers"
OF_THE_CASE: dict[str, dict[str, str]] = {
    "01.20a-INVOICE": {"totals": "only the CII file says discounts, charges and prepayment of zero"},
    "01.21a-INVOICE": {
        "seller": "the two files give different VAT numbers",
        "totals": "only the CII file says discounts of zero",
    },
    "03.07a-INVOICE": {"seller": MORE_IDS},
    "01.01_comprehensive_test": {
        "seller": MORE_IDS,
        "buyer": NAMES_SWAPPED,
        "preceding": "the CII file names one earlier invoice of two",
    },
    "01.02_comprehensive_test": {"buyer": NAMES_SWAPPED},
    "01.03_comprehensive_test": {"buyer": NAMES_SWAPPED},
    "01.04_comprehensive_test": {"buyer": NAMES_SWAPPED},
    "02.01a-cvd_INVOICE": {
        "seller": MORE_IDS,
        "lines": "the two files describe an item with different words",
    },
}
CASES = [
    (file.name.removesuffix("_uncefact.xml"), file, file.with_name(file.name.replace("uncefact", "ubl")))
    for file in sorted(XRECHNUNG.rglob("*_uncefact.xml"))
    if file.with_name(file.name.replace("uncefact", "ubl")).exists()
]


def test_all_cases_are_compared() -> None:
    assert len(CASES) >= 40
    assert OF_THE_CASE.keys() <= {name for name, _, _ in CASES}


@pytest.mark.parametrize(("name", "cii", "ubl"), CASES, ids=[name for name, _, _ in CASES])
def test_the_same_case_is_the_same_paper_in_both_syntaxes(name: str, cii: Path, ubl: Path) -> None:
    one = _comparable(as_json(the_invoice(cii.read_bytes())))
    other = _comparable(as_json(ubl_samples.the_invoice(ubl.read_bytes())))
    different = {field for field in one if one[field] != other[field]}
    assert different == set(OF_THE_CASE.get(name, {})), {f: (one[f], other[f]) for f in different}
    carried = [[content for _, content in attachments(file.read_bytes())] for file in (cii, ubl)]
    assert carried[0] == carried[1]


def _comparable(paper: dict[str, Any]) -> dict[str, Any]:
    """A paper without what says only where it came from."""
    lines = [{field: said for field, said in line.items() if field != "place"} for line in paper["lines"]]
    return {field: said for field, said in paper.items() if field != "syntax"} | {"lines": lines}


# --- twins -----------------------------------------------------------------------------------------------------

NO_RATE = "GOBL leaves the rate out where no VAT is charged; the paper writes 0"
NO_PERIOD = "GOBL does not write the period of the order"
CREDITOR = "GOBL keeps the creditor number with the debit, not with the seller"
REPRESENTATIVE = "GOBL takes the seller's tax representative for the seller, or writes it so"
PRICES_WITH_VAT = "prices of the JSON include VAT, which no e-invoice can say; GOBL converts when it writes"
OLD = "a twin of an older GOBL, without VAT categories"
LEFT_OUT = "GOBL leaves it out"
PORTAL = "GOBL writes the number with the scheme of the portal"
ONLY_A_COUNTRY = "the JSON gives a country and no number"
_COMPLETE = {"seller.ids": CREDITOR, "period": NO_PERIOD}
_EXEMPT = {"vat": NO_RATE, "lines.vat_rate": NO_RATE, "period": NO_PERIOD}
_GERMAN = dict.fromkeys(("seller.name", "seller.vat_id", "seller.country"), REPRESENTATIVE)

DIFFERENT: dict[str, dict[str, str]] = {
    "convert/choruspro/invoice-de-fr-choruspro": dict.fromkeys(
        ("seller.legal_id", "buyer.legal_id", "buyer.ids"), PORTAL
    ),
    "convert/choruspro/invoice-fr-fr-choruspro": dict.fromkeys(
        ("seller.legal_id", "seller.ids", "buyer.legal_id", "buyer.ids"), PORTAL
    )
    | {"seller.country": "GOBL writes the country of the tax number"},
    "convert/en16931/invoice-complete": _COMPLETE,
    "convert/facturx/invoice-complete": _COMPLETE,
    "convert/peppol/invoice-complete": _COMPLETE,
    "convert/en16931/invoice-de-de": _GERMAN | {"seller.ids": REPRESENTATIVE},
    "convert/facturx/invoice-de-de": _GERMAN | {"seller.ids": REPRESENTATIVE},
    "convert/peppol/invoice-de-de": _GERMAN,
    "convert/en16931/invoice-exempt": _EXEMPT,
    "convert/facturx/invoice-exempt": _EXEMPT,
    "convert/en16931/invoice-out-of-scope": {"seller.vat_id": ONLY_A_COUNTRY},
    "convert/zugferd/standard-invoice": {"buyer.vat_id": ONLY_A_COUNTRY},
    "convert/en16931/invoice-prices-include": dict.fromkeys(
        ("lines", "net", "gross", "rounding", "lines.price", "lines.net"), PRICES_WITH_VAT
    ),
    "convert/xrechnung/invoice-credit": dict.fromkeys(("lines", "lines.price", "lines.net"), PRICES_WITH_VAT)
    | {"period": NO_PERIOD},
    "convert/xrechnung/invoice-de-es-b2b": {"vat": NO_RATE, "lines.vat_rate": NO_RATE},
    "parse/CII-IN_SE-R-003": dict.fromkeys(("vat", "lines.vat_category"), OLD)
    | dict.fromkeys(("seller.vat_id", "seller.legal_id", "ibans", "reference"), LEFT_OUT)
    | {"seller.ids": "GOBL drops letters with accents"},
    "parse/CII_example2": dict.fromkeys(("vat", "lines.vat_category"), OLD)
    | dict.fromkeys(("buyer.legal_id", "reference", "attachments", "lines.period"), LEFT_OUT)
    | dict.fromkeys(("seller.name", "seller.vat_id", "seller.legal_id", "seller.ids"), REPRESENTATIVE)
    | {"lines.price": "the paper says a price for as many units as it is high; GOBL reads it for one"},
    "parse/invoice-test-01": dict.fromkeys(
        ("lines", "net", "vat.total", "gross", "payable", "vat"), PRICES_WITH_VAT
    )
    | {"buyer.ids": LEFT_OUT, "means_code": LEFT_OUT, "lines.vat_category": OLD},
    "parse/invoice-test-04": dict.fromkeys(
        ("lines", "net", "vat.total", "gross", "payable", "vat"), PRICES_WITH_VAT
    )
    | {"lines.vat_category": OLD},
    "parse/zugferd-1": {
        "seller.ids": "another order of the same, and GOBL does not say that one is a tax number",
        "lines.unit": "GOBL has a name of its own for the square metre",
    },
}


def _pairs() -> list[tuple[str, Path, Path]]:
    """(name, paper, twin) of all invoices whose twin has the same name."""
    found = []
    for paper in sorted(TWINS.rglob("*.xml")):
        parsed = "parse" in paper.parts
        twin = (paper.parent / "out" if parsed else paper.parent.parent) / f"{paper.stem}.json"
        if twin.exists() and looks_like_cii(paper.read_bytes()[:65_536]):
            name = str(twin.relative_to(TWINS).with_suffix("")).replace("/out/", "/")
            found.append((name, paper, twin))
    return found


PAIRS = _pairs()


def test_all_twins_are_compared() -> None:
    assert len(PAIRS) >= 40
    assert DIFFERENT.keys() <= {name for name, _, _ in PAIRS}


@pytest.mark.parametrize(("name", "paper", "twin"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_a_twin_is_equal_field_by_field(name: str, paper: Path, twin: Path) -> None:
    paper_says = ours(the_invoice(paper.read_bytes()))
    twin_says = theirs(json.loads(twin.read_text(encoding="utf-8"))["doc"])
    different = {field for field in paper_says if paper_says[field] != twin_says[field]}
    assert different == set(DIFFERENT.get(name, {})), {
        field: (paper_says[field], twin_says[field]) for field in different
    }
