"""The whole answer: each figure has its lines, and neither order nor repetition changes anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.dates import Month, Span
from pilothouse.engine.evidence import AssumptionEvidence, RecordEvidence, SelectionEvidence
from pilothouse.engine.money import Money
from pilothouse.engine.spend.figures import UnknownCondition, select
from pilothouse.engine.spend.review import RULE_SET, Papers, SpendReview, period_with_papers, review
from pilothouse.engine.spend.terms import BankMovement, Counting, Decision, Firm, Identity, InvoicePaper
from pilothouse.engine.spend.vendors import NATURAL_PERSON
from tests.engine.spend.spend_papers import (
    CLOUD,
    CUSTOMER,
    GROUNDS,
    LUNCH,
    SAVINGS,
    TODAY,
    US,
    a_movement,
    a_review,
    an_invoice,
    check_figures,
    our_firm,
    unhurried,
)

Paper = InvoicePaper | BankMovement

SHOP = Identity("Colruyt")
TELECOM = Identity("Proximus", ibans=("BE55",))
PERSON = Identity("Jan Peeters", ibans=("BE10000000000101",))
days = st.dates(date(2024, 6, 1), date(2026, 3, 15))


@st.composite
def papers(draw: st.DrawFn) -> list[Paper]:
    """A few invoices and movements of ours, doubles and credit notes among them."""
    found: list[Paper] = []
    for n in range(draw(st.integers(0, 6))):
        sale = draw(st.integers(0, 4)) == 0
        found.append(
            an_invoice(
                f"i{n}",
                draw(st.integers(1, 40_000)) / Decimal(100),
                number=f"F2026{draw(st.integers(0, 3)):04}",
                issue_date=draw(days),
                seller=US if sale else draw(st.sampled_from([CLOUD, LUNCH])),
                buyer=draw(st.sampled_from([CUSTOMER, CLOUD])) if sale else US,
                is_credit=draw(st.booleans()),
                currency=draw(st.sampled_from(["EUR", "EUR", "USD"])),
            )
        )
    for n in range(draw(st.integers(0, 8))):
        found.append(
            a_movement(
                f"m{n}",
                draw(st.integers(-50_000, 50_000)) / Decimal(100),
                draw(st.sampled_from([CLOUD, LUNCH, CUSTOMER, SHOP, TELECOM, PERSON, US, Identity()])),
                draw(
                    st.sampled_from(["", "F20260001", "F20260002 F20260000", "loon", "bankkosten", "hosting"])
                ),
                date=draw(days),
                source=draw(st.sampled_from(["one", "two"])),
            )
        )
    return found


def counted(answer: SpendReview) -> Decimal:
    return sum((line.cost.amount for line in answer.lines if line.counting is Counting.COUNTS), Decimal(0))


@unhurried
@given(papers(), st.booleans())
def test_every_figure_is_the_sum_of_the_lines_it_names(found: list[Paper], recovers: bool) -> None:
    check_figures(a_review(*found, firm=our_firm(recovers_vat=recovers)))


@unhurried
@given(papers(), st.integers())
def test_the_order_of_papers_does_not_matter(found: list[Paper], seed: int) -> None:
    mixed = list(found)
    Random(seed).shuffle(mixed)
    assert a_review(*mixed) == a_review(*found)


@unhurried
@given(papers())
def test_the_same_papers_twice_change_nothing(found: list[Paper]) -> None:
    assert a_review(*found, *found) == a_review(*found)


@unhurried
@given(papers())
def test_the_same_papers_in_other_files_change_no_figure(found: list[Paper]) -> None:
    once = a_review(*found)
    copies = [replace(paper, id=f"{paper.id} again", source=f"copy of {paper.source}") for paper in found]
    twice = a_review(*found, *copies)
    assert twice.figures.it_total.value == once.figures.it_total.value
    assert twice.figures.all_spend.value == once.figures.all_spend.value
    assert twice.figures.unsure.value == once.figures.unsure.value


@unhurried
@given(papers())
def test_nothing_is_counted_twice_and_nothing_is_lost(found: list[Paper]) -> None:
    """What leaves our accounts is on bank lines whole, and only lines that count have a cost."""
    answer = a_review(*found)
    lines = [line for line in answer.lines if line.kind == "bank"]
    assert sum(line.paid.amount for line in lines) == -sum(
        m.amount for m in found if isinstance(m, BankMovement)
    )
    assert all(line.cost.amount == 0 for line in answer.lines if line.counting is not Counting.COUNTS)
    assert counted(answer) == sum((line.cost.amount for line in answer.lines), Decimal(0))
    assert {line.id.split("/")[0] for line in answer.lines} == {paper.id for paper in found}
    assert len({line.id for line in answer.lines}) == len(answer.lines)
    invoices = {i.id: i.net for i in found if isinstance(i, InvoicePaper)}
    for key, net in invoices.items():
        cost = sum(line.cost.amount for line in answer.lines if line.paper == key and line.kind == "invoice")
        assert abs(cost) in (Decimal(0), net)


@unhurried
@given(papers())
def test_no_person_is_named_in_a_line_that_counts(found: list[Paper]) -> None:
    answer = a_review(*found)
    assert all(
        line.counting is not Counting.COUNTS for line in answer.lines if "peeters" in line.vendor_name.lower()
    )


# --- periods, conditions, currencies --------------------------------------------------------------


def test_the_period_is_the_last_twelve_full_months_unless_said() -> None:
    inside = an_invoice("i1", issue_date=date(2025, 3, 1))
    late = an_invoice("i2", issue_date=date(2026, 3, 1))
    early = an_invoice("i3", issue_date=date(2025, 2, 28))
    answer = a_review(inside, late, early)
    assert answer.period == Span(Month(2025, 3), Month(2026, 2))
    assert answer.figures.it_total.value == Money(Decimal(100))
    assert answer.figures.year_before is not None
    assert answer.figures.year_before.value == Money(Decimal(100))
    chosen = review(
        Papers((inside, late, early)),
        our_firm(),
        GROUNDS,
        today=TODAY,
        period=Span(Month(2026, 3), Month(2026, 3)),
    )
    assert chosen.figures.it_total.value == Money(Decimal(100))
    assert chosen.figures.year_before is not None


def test_a_year_without_papers_has_no_figure_and_says_why() -> None:
    answer = a_review(an_invoice())
    assert answer.figures.year_before is None
    assert answer.year_before_missing is not None
    assert answer.year_before_missing.key == "spend.no_papers_of_year_before"
    assert dict(answer.year_before_missing.values) == {"from": "2024-03-01"}


def test_a_year_before_with_papers_but_without_it_is_zero() -> None:
    answer = a_review(an_invoice(), a_movement(out=-5, to=CUSTOMER, date=date(2024, 5, 1)))
    assert answer.figures.year_before is not None
    assert answer.figures.year_before.value == Money(Decimal(0))


def test_a_period_where_the_papers_are() -> None:
    usual = Span(Month(2025, 3), Month(2026, 2))
    assert period_with_papers([], TODAY) == usual
    assert period_with_papers([date(2020, 1, 1), date(2025, 3, 1)], TODAY) == usual
    assert period_with_papers([date(2020, 1, 1), date(2021, 6, 30)], TODAY) == Span(
        Month(2020, 7), Month(2021, 6)
    )
    assert period_with_papers([date(2026, 3, 2)], TODAY) == Span(Month(2025, 4), Month(2026, 3))


def test_an_unknown_condition_is_refused_by_name() -> None:
    with pytest.raises(UnknownCondition, match="“colour” is not something lines can be chosen by"):
        list(select([], (("colour", "red"),)))


def test_every_condition_divides_the_lines() -> None:
    answer = a_review(
        an_invoice(), a_movement(to=TELECOM), a_movement("m2", 30, SHOP), an_invoice("s", seller=US)
    )
    for name, values in {
        "it": ("yes", "no", "asked"),
        "estimated": ("yes", "no"),
        "confirmed": ("yes", "no"),
        "counting": tuple(counting.value for counting in Counting),
        "currency": ("EUR",),
        "month": ("2026-01", "2026-02"),
        "quarter": ("2026-Q1", "2026-Q2"),
        "department": ("",),
        "run_or_change": ("run", "change", ""),
        "capital": ("yes", "no"),
        "purpose": ("web_hosting", "internet_access", ""),
        "function": ("web_presence", "network", ""),
        "vendor": ("BE0867686774", "name:proximus", "name:colruyt", "BE0403170701"),
    }.items():
        chosen = [line.id for value in values for line in select(answer.lines, ((name, value),))]
        assert sorted(chosen) == sorted(line.id for line in answer.lines), name


def test_the_currency_of_most_papers_is_ours_unless_said() -> None:
    papers = Papers(
        (an_invoice("a", currency="USD"), an_invoice("b", currency="USD", number="7"), an_invoice("c"))
    )
    dollars = review(papers, our_firm(), GROUNDS, today=TODAY)
    assert (dollars.currency, dollars.figures.it_total.value) == ("USD", Money(Decimal(200), "USD"))
    assert [part.key for part in dollars.figures.other_currencies] == ["EUR"]
    euros = review(papers, our_firm(), GROUNDS, today=TODAY, currency="EUR")
    assert euros.figures.it_total.value == Money(Decimal(100))
    assert review(Papers(), None, GROUNDS, today=TODAY).currency == "EUR"


# --- what stands beside the figures ---------------------------------------------------------------


def test_labels_are_the_names_people_know() -> None:
    answer = a_review(an_invoice(), a_movement(to=TELECOM, out="60.50"))
    assert answer.rule_set == RULE_SET
    assert [(p.key, p.label) for p in answer.figures.by_purpose] == [
        ("web_hosting", "Web hosting"),
        ("internet_access", "Internet access"),
    ]
    assert [part.label for part in answer.figures.by_vendor] == ["Cloudhuis BV", "Proximus"]
    assert [part.key for part in answer.figures.by_function] == ["web_presence", "network"]
    assert [part.key for part in answer.figures.by_month] == ["2026-01", "2026-02"]
    assert answer.months_with_papers == (Month(2026, 1), Month(2026, 2))


def test_an_estimated_part_names_the_rate_it_rests_on() -> None:
    answer = a_review(an_invoice(), a_movement(to=TELECOM, out="60.50"))
    assert answer.figures.estimated.value == Money(Decimal("50.00"))
    rates = [e for e in answer.figures.estimated.because if isinstance(e, AssumptionEvidence)]
    assert [(rate.key, rate.value, rate.source) for rate in rates] == [
        ("vat.standard_rate", Decimal(21), "The law")
    ]


def test_what_nobody_confirmed_is_said_beside_the_figure() -> None:
    decision = Decision("BE0867686774", "", True, "web_hosting", "An", date(2026, 1, 1))
    papers = (an_invoice(), a_movement(to=TELECOM, out="60.50"))
    assert a_review(*papers).figures.it_total.resting_on_proposed == Money(Decimal("150.00"))
    assert a_review(*papers, decisions=(decision,)).figures.it_total.resting_on_proposed == Money(
        Decimal("50.00")
    )


def test_a_vendor_somebody_decided_on_is_no_natural_person() -> None:
    movement = a_movement(to=PERSON)
    assert a_review(movement).lines[0].counting is Counting.NATURAL_PERSON
    decision = Decision("name:jan peeters", "", True, "web_hosting", "An", date(2026, 1, 1))
    assert a_review(movement, decisions=(decision,)).figures.it_total.value == Money(Decimal("100.00"))
    masked = a_movement(to=Identity(NATURAL_PERSON))
    assert a_review(masked, decisions=(decision,)).lines[0].counting is Counting.NATURAL_PERSON


def test_without_a_firm_all_invoices_count_and_transfers_are_still_seen() -> None:
    transfer = a_movement(to=Identity("", ibans=(SAVINGS,)))
    back = a_movement("m2", out=-121, to=Identity("", ibans=(transfer.account,)), account=SAVINGS)
    answer = review(Papers((an_invoice(),), (transfer, back)), None, GROUNDS, today=TODAY)
    assert answer.figures.it_total.value == Money(Decimal(100))
    assert {line.counting for line in answer.lines if line.kind == "bank"} == {Counting.OWN_TRANSFER}
    assert [finding.title.key for finding in answer.findings] == ["spend.firm_unknown"]


def test_our_country_is_the_one_said_else_of_our_number_else_of_our_accounts() -> None:
    def rate(firm: Firm | None, account: str) -> Decimal | None:
        shop = a_movement(to=Identity("Buurtwinkel"), account=account)
        return review(Papers((), (shop,)), firm, GROUNDS, today=TODAY).lines[0].vat_rate

    assert rate(Firm(Identity("A", country="be")), "LU12") == Decimal(21)
    assert rate(Firm(Identity("A", "BE0403170701")), "LU12") == Decimal(21)
    assert rate(Firm(Identity("A", legal_id="HRB 123456")), "LU12") == Decimal(17)
    assert rate(None, "LU12") == Decimal(17)
    assert rate(None, "12345678") is None
    assert rate(None, "") is None


def test_findings_rest_on_records_that_can_be_opened() -> None:
    answer = a_review(
        an_invoice("i1", number="F20260001"),
        an_invoice("i2", number="F20260001"),
        an_invoice("i3", 50, number="F20260003"),
        a_movement("m1", text="F20260001"),
        a_movement("m2", text="F20260001", date=date(2026, 2, 9)),
        a_movement("m3", 20, Identity("Zonnebloem BV")),
    )
    findings = {finding.title.key: finding for finding in answer.findings}
    assert list(findings) == ["spend.unsure", "spend.paid_twice", "spend.duplicate_invoice"]
    twice = findings["spend.paid_twice"]
    assert twice.rule == "spend.paid_twice@2026-11"
    assert twice.worth_a_year == Money(Decimal(121))
    assert dict(twice.title.values)["number"] == "F20260001"
    assert [e.record for e in twice.because if isinstance(e, RecordEvidence)] == ["i1", "m2"]
    doubles = findings["spend.duplicate_invoice"]
    assert [e.record for e in doubles.because if isinstance(e, RecordEvidence)] == ["i2", "i1"]
    unsure = findings["spend.unsure"]
    assert dict(unsure.title.values) == {
        "count": "1",
        "vendors": "1",
        "amount": "16.53",
        "currency": "EUR",
        "first": "Zonnebloem BV",
    }
    assert isinstance(unsure.because[0], SelectionEvidence)
    assert [line.id for line in select(answer.lines, unsure.because[0].conditions)] == ["m3"]


def test_no_papers_no_figures_but_an_answer() -> None:
    answer = a_review()
    assert answer.figures.it_total.value == Money(Decimal(0))
    assert (answer.findings, answer.figures.by_vendor, answer.lines) == ((), (), ())
