"""Our own small CII papers, and how to spoil one word of them."""

from __future__ import annotations

from pathlib import Path

from pilothouse.intake.cii import read_cii
from pilothouse.intake.papers import Invoice, Problem
from tests.intake import ubl_samples

CASES = Path(__file__).resolve().parents[1] / "cases" / "cii"
_UN = "urn:un:unece:uncefact:data:standard:"
NAMES = {
    "rsm": f"{_UN}CrossIndustryInvoice:100",
    "ram": f"{_UN}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_UN}UnqualifiedDataType:100",
}
ZUGFERD_1 = {
    "rsm": "urn:ferd:CrossIndustryDocument:invoice:1p0",
    "ram": f"{_UN}ReusableAggregateBusinessInformationEntity:12",
    "udt": f"{_UN}UnqualifiedDataType:15",
}


def sample(name: str = "invoice") -> bytes:
    return (CASES / f"{name}.xml").read_bytes()


def the_invoice(data: bytes) -> Invoice:
    """The one paper of a file that can be used."""
    papers, problems = read_cii(data)
    assert problems == ()
    (paper,) = papers
    assert isinstance(paper, Invoice)
    return paper


def the_problem(data: bytes) -> Problem:
    """The one problem of a file that cannot be used."""
    papers, problems = read_cii(data)
    assert papers == ()
    (problem,) = problems
    assert problem.level == "error"
    return problem


class Spoiled(ubl_samples.Spoiled):
    """A sample to be changed: each change names its element by a path such as "ram:SellerTradeParty/ram:Name"."""

    names = NAMES

    def _sample(self, name: str) -> bytes:
        return sample(name)

    def read(self) -> Invoice:
        return the_invoice(self.data())


class SpoiledZugferd1(Spoiled):
    names = ZUGFERD_1

    def __init__(self) -> None:
        super().__init__("zugferd-1")
