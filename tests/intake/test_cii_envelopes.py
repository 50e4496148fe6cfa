"""CII in a Standard Business Document, as access points hand it on; and habits of ZUGFeRD 1.0."""

from __future__ import annotations

import re

from pilothouse.intake.cii import looks_like_cii, read_cii
from pilothouse.intake.papers import Invoice
from tests.intake.cii_samples import sample, the_invoice, the_problem

_LINE = b"IncludedSupplyChainTradeLineItem"


def _enveloped(*papers: bytes) -> bytes:
    inside = b"".join(paper.partition(b"?>")[2] for paper in papers)
    start = b'<h:StandardBusinessDocument xmlns:h="urn:h"><h:StandardBusinessDocumentHeader/>'
    return start + inside + b"</h:StandardBusinessDocument>"


def test_an_envelope_may_hold_several_invoices_of_both_forms() -> None:
    envelope = _enveloped(sample(), sample("zugferd-1"))
    papers, problems = read_cii(envelope)
    assert problems == ()
    for paper, name in zip(papers, ("invoice", "zugferd-1"), strict=True):
        alone = the_invoice(sample(name))
        assert isinstance(paper, Invoice)
        assert (paper.number, paper.totals, len(paper.lines)) == (
            alone.number,
            alone.totals,
            len(alone.lines),
        )
        assert {problem.rule for problem in paper.problems} == {problem.rule for problem in alone.problems}
    assert looks_like_cii(envelope)


def test_an_envelope_without_invoice_is_refused() -> None:
    problem = the_problem(_enveloped())
    assert problem.rule == "cii.not_an_invoice"
    assert "“StandardBusinessDocument”" in problem.message


def test_lines_elsewhere_than_in_an_invoice_are_not_its_lines() -> None:
    line = b'<r:%s xmlns:r="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"/>'
    envelope = _enveloped(sample()).replace(b"<h:StandardBusinessDocumentHeader/>", line % _LINE)
    (paper,), _ = read_cii(envelope)
    assert isinstance(paper, Invoice)
    assert len(paper.lines) == len(the_invoice(sample()).lines)


def test_a_form_whose_name_is_not_explained_is_refused() -> None:
    """A prefix without its namespace: the parser takes it for a part of the name."""
    problem = the_problem(sample().replace(b"<rsm:CrossIndustryInvoice ", b"<x:CrossIndustryInvoice ", 1))
    assert (problem.rule, problem.level) == ("cii.not_an_invoice", "error")
    assert "“x:CrossIndustryInvoice”" in problem.message


def test_notes_among_the_lines_of_zugferd_1_are_no_lines() -> None:
    note = b"<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:IncludedNote>"
    note += b"<ram:Content>Hello</ram:Content></ram:IncludedNote></ram:AssociatedDocumentLineDocument>"
    note += b"<ram:SpecifiedSupplyChainTradeSettlement/></ram:IncludedSupplyChainTradeLineItem>"
    first = b"<ram:IncludedSupplyChainTradeLineItem>"
    for name, lines in (("zugferd-1", 0), ("invoice", 1)):
        alone, noted = the_invoice(sample(name)), the_invoice(sample(name).replace(first, note + first, 1))
        assert len(noted.lines) == len(alone.lines) + lines


def test_the_extended_profile_of_zugferd_1_is_older_than_that_of_factur_x() -> None:
    data = re.sub(rb"(invoice:1p0:)\w+<", rb"\1extended<", sample("zugferd-1"))
    paper = the_invoice(re.sub(rb"(<ram:GrandTotalAmount[^>]*>)", rb"\g<1>9", data))
    assert paper.customization == "urn:ferd:CrossIndustryDocument:invoice:1p0:extended"
    assert {problem.rule for problem in paper.problems} == {"BR-CO-15", "BR-CO-16"}
