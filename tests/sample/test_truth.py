"""The truth about the sample: it hangs together, and every trap is laid where it says."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
import yaml

from pilothouse.intake.communications import belgian_reference
from pilothouse.sample import Truth, sample_firm, sample_papers, truth
from pilothouse.sample.payments import Kind

UNTIL = date(2026, 11, 22)
TRAPS = {
    "number_in_text", "no_reference", "one_payment_for_two", "partial_payment", "credit_note_netted", "paid_twice",
    "refund", "wrong_check_digits", "paid_at_order", "sent_twice", "not_ours", "foreign_currency", "renamed_vendor",
    "mixed_vendor", "looks_like_it", "same_purpose_twice", "paid_without_invoice", "missing_invoice",
    "before_the_first_month", "price_rise", "idle_subscription", "unpaid", "only_in_the_ledger", "card_debit",
    "dollars_on_the_card", "card_price_rise", "leavers_licence", "idle_seats", "spare_licences", "notice_close_by",
    "dearer_than_agreed", "renewed_tacitly", "renews_for_long", "index_without_cap", "liability_without_cap",
    "no_help_at_the_end", "xml_and_pdf", "only_as_pdf", "in_another_form", "same_purpose_on_the_card",
}  # fmt: skip


@pytest.fixture(scope="module", params=[(UNTIL, 1), (UNTIL, 2), (date(2025, 3, 1), 1)], ids=str)
def planted(request: pytest.FixtureRequest) -> Truth:
    until, seed = request.param
    return truth(until, seed)


def test_every_trap_is_laid(planted: Truth) -> None:
    assert {trap.key for trap in planted.traps} == TRAPS
    assert [trap.key for trap in planted.traps if not trap.papers and not trap.movements] == []
    papers = {paper.name for paper in sample_papers(planted.until, planted.seed)}
    papers |= {bill.paper for bill in planted.others}
    references = {movement.reference for movement in planted.movements}
    for trap in planted.traps:
        assert papers.issuperset(trap.papers)
        assert references.issuperset(trap.movements)


def test_payments_settle_what_they_name(planted: Truth) -> None:
    """In euro, what a movement pays is its amount; an invoice is paid once at most."""
    invoices = {invoice.paper: invoice for invoice in (*planted.invoices, *planted.others)}
    paid: dict[str, Decimal] = {}
    for movement in planted.movements:
        parts = [(invoices[paper], part) for paper, part in movement.pays]
        for invoice, part in parts:
            paid[invoice.paper] = paid.get(invoice.paper, Decimal(0)) + part
        if parts and all(invoice.currency == "EUR" for invoice, _ in parts):
            assert abs(movement.amount) == abs(sum((part for _, part in parts), Decimal(0))), movement
    for paper, sum_paid in paid.items():
        invoice = invoices[paper]
        settled = -invoice.gross if invoice.credit else invoice.gross
        in_parts = sum_paid != settled
        assert not in_parts or abs(sum_paid) < invoice.gross, paper


def test_most_purchases_are_settled(planted: Truth) -> None:
    bought = [invoice for invoice in planted.invoices if invoice.counting == "counts"]
    settled = [invoice for invoice in bought if invoice.paid_by]
    assert len(settled) / len(bought) > 0.9


def test_it_costs_add_up_in_both_ways(planted: Truth) -> None:
    by_purpose = planted.it_by_purpose(planted.months)
    by_month = sum((cost.invoiced + cost.paid_only for cost in planted.it_costs), Decimal(0))
    assert sum(by_purpose.values()) == by_month
    assert sum(planted.it_by_purpose(planted.months, "USD").values()) == sum(
        c.invoiced_usd for c in planted.it_costs
    )


def test_it_costs_a_firm_of_this_size_about_a_hundred_thousand(planted: Truth) -> None:
    year = sum((cost.invoiced + cost.paid_only for cost in planted.last_year), Decimal(0))
    assert 80_000 < year < 120_000


def test_every_purpose_is_known() -> None:
    text = files("pilothouse.knowledge").joinpath("purposes.yaml").read_text(encoding="utf-8")
    known = {purpose["key"] for purpose in yaml.safe_load(text)}
    planted = truth(UNTIL)
    assert {vendor.purpose for vendor in planted.vendors if vendor.is_it} <= known
    assert set(planted.it_by_purpose(planted.months)) <= known


def test_vendors_are_of_both_kinds() -> None:
    vendors = truth(UNTIL).vendors
    assert 20 <= sum(vendor.is_it for vendor in vendors) <= 30
    assert 20 <= sum(not vendor.is_it for vendor in vendors) <= 30
    assert all(vendor.is_it == bool(vendor.purpose) for vendor in vendors)


def test_the_wrong_communication_is_wrong_by_its_digits() -> None:
    from pilothouse.sample.story import tell

    story = tell(UNTIL, 1)
    slips = [b.payment.words for s in story.statements for b in s.booked if b.payment.words.startswith("+++")]
    assert len(slips) == 1
    digits = "".join(filter(str.isdigit, slips[0]))
    assert len(digits) == 12
    assert belgian_reference(digits) is None


def test_what_is_paid_twice_comes_back(planted: Truth) -> None:
    (again,) = [m for m in planted.movements if m.kind is Kind.PAID_TWICE]
    back = [m for m in planted.movements if m.kind is Kind.REFUND and m.amount == -again.amount]
    assert len(back) == 1
    assert back[0].day > again.day
    assert again.cost is None


def test_transfers_between_own_accounts_cancel_out(planted: Truth) -> None:
    transfers = [m for m in planted.movements if m.kind is Kind.OWN_TRANSFER]
    assert transfers
    assert sum((m.amount for m in transfers), Decimal(0)) == 0


def test_the_truth_can_be_written_as_json(planted: Truth) -> None:
    again = json.loads(json.dumps(planted.as_json()))
    assert again["until"] == planted.until.isoformat()
    assert again["it_costs"][-1]["invoiced"] == str(planted.it_costs[-1].invoiced)
    assert len(again["movements"]) == len(planted.movements)


def test_the_firm_says_what_a_profile_asks() -> None:
    firm = sample_firm()
    assert firm.profile["headcount"] == 42
    assert firm.profile["sites"] == 2
    assert firm.profile["internal_it_fte"] == 0
    assert firm.profile["legal_name"] == firm.name


def test_what_a_trap_is_worth_a_year_is_said(planted: Truth) -> None:
    worth = {trap.key: trap.worth for trap in planted.traps if trap.worth is not None}
    assert worth["leavers_licence"] == 2 * 12 * Decimal("12.90")
    assert worth["spare_licences"] == 12 * (4 * Decimal("12.90") + Decimal("13.10"))
    assert worth["idle_seats"] == 12 * (2 * Decimal("12.90") + Decimal("5.60"))
    assert worth["card_price_rise"] == 12 * (Decimal("32.23") - Decimal("23.97"))
    assert worth["dearer_than_agreed"] == sum(
        price.too_much_a_year for contract in planted.contracts for price in contract.prices
    )
    assert all(sum_of_year > 0 for sum_of_year in worth.values())


def test_one_contract_each_is_close_to_its_notice_renews_for_long_and_has_no_cap(planted: Truth) -> None:
    assert planted.trap("notice_close_by").papers == ("contracts/managed-services-nl.pdf",)
    assert planted.trap("renews_for_long").papers == ("contracts/telecom-nl.pdf",)
    assert planted.trap("index_without_cap").papers == ("contracts/accounting-fr.pdf",)
    assert planted.trap("liability_without_cap").papers == ("contracts/copier-nl.pdf",)


def test_one_invoice_is_there_as_xml_and_as_pdf(planted: Truth) -> None:
    paper, picture = planted.trap("xml_and_pdf").papers
    (purchase,) = (p for p in planted.purchases if picture in {proof.paper for proof in p.proofs})
    assert paper in {proof.paper for proof in purchase.proofs}
    assert {"invoice", "document"} <= purchase.kinds
