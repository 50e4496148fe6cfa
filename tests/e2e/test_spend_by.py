"""Consolidated spend as a person uses it: choose, look at the lines behind a figure, keep it; also without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from pilothouse.accounts.models import Company
from pilothouse.records.models import SavedView
from tests.conftest import Person
from tests.e2e.browsing import NARROW, Window
from tests.factories import bring_invoices

pytestmark = pytest.mark.browser

PageAs = Callable[..., Window]


def test_choosing_changes_answer_table_and_address_and_the_view_is_kept(
    company: Company, owner: Person, page_as: PageAs
) -> None:
    bring_invoices(company, 12, by=owner.user)
    window = page_as(owner)
    page = window.page
    window.open(f"/c/{company.slug}/spend/by/")
    expect(page.get_by_role("heading", name="What do we pay for?")).to_be_visible()
    page.get_by_label("By", exact=True).select_option("vendor")
    expect(page.get_by_role("heading", name="Whom do we pay?")).to_be_visible()
    assert "by=vendor" in page.url
    figure = page.locator("#by tbody a.figure").first
    said = figure.inner_text()
    figure.click()
    expect(page.locator("dialog#proof .sum").first).to_contain_text(said)
    page.keyboard.press("Escape")
    page.get_by_text("Keep this view").click()
    page.get_by_label("Keep what you see now as").fill("Vendors")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Kept as “Vendors”.")).to_be_visible()
    assert SavedView.objects.get().query == "by=vendor"
    assert window.told() == []


def test_without_scripts_the_form_asks_the_same(company: Company, owner: Person, page_as: PageAs) -> None:
    bring_invoices(company, 4, by=owner.user)
    window = page_as(owner, width=NARROW, java_script_enabled=False)
    page = window.page
    window.open(f"/c/{company.slug}/spend/by/")
    page.get_by_label("By", exact=True).select_option("vendor")
    page.get_by_label("Over time").select_option("quarter")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Whom do we pay, by quarter?")).to_be_visible()
    page.locator("#by tbody a.figure").first.click()
    assert "/spend/proof/" in page.url
