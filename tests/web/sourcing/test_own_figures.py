"""A firm's own figures in the place of ours, and forecasts held against what came."""

from __future__ import annotations

from datetime import date
from typing import Any

from pilothouse.accounts.models import Company
from pilothouse.records.models import AssumptionOverride, CostForecast, ProfileVersion, SpendCell
from pilothouse.services import costs, spend
from tests.conftest import Person
from tests.services.small_papers import bill, bring

TODAY = date(2026, 11, 23)
OWN = {"low": "40", "mode": "45", "high": "50", "note": "Our last three bills"}


def address(company: Company, rest: str = "") -> str:
    return f"/c/{company.slug}/sourcing/costs/{rest}"


def page(person: Person, company: Company, rest: str) -> str:
    answer = person.client.get(address(company, rest))
    assert answer.status_code == 200
    return answer.content.decode()


def said(company: Company, **facts: Any) -> None:
    known = {"headcount": 40, "internal_it_fte": 0, "country": "BE", "current_model": "break_fix"}
    ProfileVersion.objects.create(company=company, holds_from=date(2026, 1, 1), **known | facts)


def middle(company: Company, model: str = "break_fix") -> float:
    found = costs.costs_on(company, today=TODAY)
    assert found is not None
    return float(next(each.total.middle for each in found.models if each.key == model))


def test_an_own_figure_counts_until_it_is_taken_back(
    company: Company, editor: Person, reader: Person
) -> None:
    said(company)
    before = middle(company)
    path = address(company, "assumptions/market.hour/")
    assert reader.client.post(path, OWN).status_code == 403
    assert editor.client.post(path, OWN).status_code == 302
    assert middle(company) < before
    assert "Our last three bills" in page(reader, company, "assumptions/market.hour/")
    assert "your own figure" in page(reader, company, "")
    assert editor.client.post(address(company, "assumptions/market.hour/withdraw/")).status_code == 302
    assert middle(company) == before
    assert "taken back on" in page(reader, company, "assumptions/market.hour/")


def test_figures_that_cannot_be_are_refused_and_nothing_typed_is_lost(
    company: Company, editor: Person
) -> None:
    said(company)
    for key, wrong in (
        ("market.hour", {"low": "90"}), ("market.hour", {"low": "-1"}), ("market.hour", {"note": ""}),
        ("market.hour", {"mode": "much"}), ("incident.per_head", {"low": "0"}),
    ):  # fmt: skip
        answer = editor.client.post(
            address(company, f"assumptions/{key}/"), OWN | {"note": "Kept words"} | wrong
        )
        assert answer.status_code == 200
        assert "Kept words" in answer.content.decode() or "note" in wrong
    assert not AssumptionOverride.objects.of(company).exists()


def test_a_figure_nobody_knows_is_not_found(company: Company, editor: Person) -> None:
    said(company)
    assert editor.client.get(address(company, "assumptions/moon.price/")).status_code == 404
    assert editor.client.post(address(company, "assumptions/moon.price/"), OWN).status_code == 404


def test_without_figures_for_the_country_there_is_nothing_to_change(company: Company, editor: Person) -> None:
    said(company, country="ES")
    assert editor.client.get(address(company, "assumptions/market.hour/")).status_code == 404
    assert editor.client.post(address(company, "forecasts/"), {"model": "in_house"}).status_code == 302
    assert not CostForecast.objects.of(company).exists()


def test_what_is_published_besides_is_shown(company: Company, reader: Person) -> None:
    said(company)
    assert "Also published" in page(reader, company, "assumptions/hire.failure/")


def test_a_forecast_is_kept_whole_and_is_too_young_to_judge(company: Company, editor: Person) -> None:
    said(company)
    editor.client.post(address(company, "forecasts/"), {"model": "magic"})
    assert not CostForecast.objects.of(company).exists()
    assert editor.client.post(address(company, "forecasts/"), {"model": "co_managed"}).status_code == 302
    forecast = CostForecast.objects.of(company).get()
    assert forecast.headcount == 40
    assert forecast.answer["assumptions"]
    assert "No whole month has passed" in page(editor, company, f"forecasts/{forecast.pk}/")
    assert "Keep the forecast of" in page(editor, company, "")


def test_a_forecast_is_held_against_what_was_paid_and_what_happened(company: Company, editor: Person) -> None:
    said(company)
    bring(company, a__xml=bill("Wolkenrijk BV"))
    forecast = costs.keep_forecast(company, "fully_outsourced", today=date(2025, 6, 10), by=editor.user)
    assert forecast is not None
    nothing = costs.compare(forecast, today=date(2026, 2, 3))
    assert (nothing.months, nothing.paid, nothing.early) == (7, None, True)
    cell = SpendCell.objects.of(company).filter(review=spend.current(company)).first()
    assert cell is not None
    cell.pk, cell.month, cell.category, cell.cost, cell.currency = (
        None,
        date(2025, 9, 1),
        "managed_it_services",
        5000,
        "EUR",
    )
    cell.basis, cell.it = "booked", "yes"
    cell.save()
    said(company, headcount=55, events=["merger"])
    found = costs.compare(forecast, today=date(2026, 9, 3))
    assert found.paid == 5000
    assert found.difference == 5000 - found.expected
    assert (found.months, found.early, found.headcount_now) == (14, False, 55)
    assert found.happened == ("a merger or takeover",)
    shown = page(editor, company, f"forecasts/{forecast.pk}/")
    assert "Against what was paid" in shown
    assert "40 people then, 55 now" in shown
