"""The queue of questions from the keyboard: a key for each answer, undo, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pilothouse.accounts.models import Company
from pilothouse.records.models import SetAside, SpendDecision
from tests.conftest import Person
from tests.e2e.browsing import NARROW, Window, axe_faults, too_wide
from tests.services.small_papers import bill, bring

pytestmark = pytest.mark.browser

OpenWindow = Callable[..., Window]


@pytest.fixture
def asked(company: Company) -> Company:
    """Five vendors of which nothing is known, one of which sells IT too; and one that is IT."""
    known = "Microsoft 365 Business Standard"
    papers = {
        f"f{n}__xml": bill(f"Winkel {name} BV", what=what, net=net)
        for n, (name, what, net) in enumerate(
            [
                ("Een", "Stoelen", "40000"),
                ("Twee", "Parasols", "8000"),
                ("Drie", "Zand", "1500"),
                ("Vier", "Strandballen", "300"),
            ]
        )
    }
    bring(
        company,
        **papers,
        g__xml=bill("Wolkenrijk BV", what=known),
        h__xml=bill("Winkel Vier BV", "F-2", what=known),
    )
    return company


def heading(page: Page) -> str:
    return page.locator("#question").inner_text()


def press(page: Page, key: str, *, then: str) -> None:
    """Press a key, and wait until that vendor is asked about."""
    page.keyboard.press(key)
    expect(page.locator("#question")).to_have_text(then)


def test_one_key_for_each_answer_and_undo(asked: Company, owner: Person, page_as: OpenWindow) -> None:
    window = page_as(owner)
    page = window.page
    window.open(f"/c/{asked.slug}/spend/asking/")
    assert heading(page) == "Winkel Een BV"
    press(page, "n", then="Winkel Twee BV")
    assert page.evaluate("document.activeElement.id") == "question", (
        "focus is where the next question is read"
    )
    expect(page.locator("#asking-said")).to_contain_text("Winkel Een BV is not IT. Next: Winkel Twee BV")
    press(page, "1", then="Winkel Drie BV")
    press(page, "s", then="Winkel Vier BV")
    assert axe_faults(page) == []
    press(page, "u", then="Winkel Drie BV")
    press(page, "u", then="Winkel Twee BV")
    press(page, "ArrowRight", then="Winkel Drie BV")
    press(page, "ArrowLeft", then="Winkel Twee BV")
    held = SpendDecision.objects.of(asked).get(withdrawn_at__isnull=True)
    assert (held.vendor_name, held.is_it) == ("Winkel Een BV", False)
    assert not SetAside.objects.of(asked).exists()
    page.keyboard.press("l")
    page.wait_for_url("**/spend/lines/**")
    assert window.told() == []


def test_keys_are_letters_where_somebody_types_and_can_be_turned_off(
    asked: Company, owner: Person, page_as: OpenWindow
) -> None:
    window = page_as(owner)
    page = window.page
    window.open(f"/c/{asked.slug}/spend/asking/")
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.id") == "department"
    page.keyboard.type("nu")
    expect(page.locator("#department")).to_have_value("nu")
    page.keyboard.press("Enter")
    page.locator("#other-purpose").focus()
    page.keyboard.press("n")
    page.keyboard.press("Control+n")
    page.get_by_role("button", name="Keys are on").click()
    page.keyboard.press("n")
    page.reload()
    expect(page.get_by_role("button", name="Keys are off")).to_be_visible()
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert heading(page) == "Winkel Een BV"
    page.get_by_role("button", name="Keys are off").click()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "no"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_have_text("Winkel Twee BV")
    assert SpendDecision.objects.of(asked).count() == 1
    assert window.told() == []


def test_confirming_on_a_phone_in_the_dark(asked: Company, owner: Person, page_as: OpenWindow) -> None:
    window = page_as(owner, width=NARROW, scheme="dark")
    page = window.page
    window.open(f"/c/{asked.slug}/spend/asking/?show=unconfirmed")
    page.get_by_role("button", name="Right: IT").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert [*too_wide(page), *axe_faults(page)] == []
    page.get_by_role("button", name="Right: IT").click()
    expect(page.get_by_text("All that we take for IT is confirmed")).to_be_visible()
    assert axe_faults(page) == []
    assert window.told() == []


def test_several_at_once_from_the_list(asked: Company, owner: Person, page_as: OpenWindow) -> None:
    window = page_as(owner)
    page = window.page
    window.open(f"/c/{asked.slug}/spend/asking/all/")
    page.get_by_label("Tick all on this page").check()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert not SpendDecision.objects.of(asked).exists(), "no answer was chosen"
    page.get_by_role("button", name="is not IT").click()
    expect(page.get_by_text("4 vendors: not IT.")).to_be_visible()
    expect(page.get_by_text("No question is left")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_label("Winkel Een BV")).to_be_visible()
    assert not SpendDecision.objects.of(asked).filter(withdrawn_at__isnull=True).exists()
    assert axe_faults(page) == []
    assert window.told() == []


def test_answers_without_scripts(asked: Company, owner: Person, page_as: OpenWindow) -> None:
    window = page_as(owner, java_script_enabled=False)
    page = window.page
    window.open(f"/c/{asked.slug}/spend/asking/")
    page.get_by_role("button", name="Not IT").click()
    expect(page.locator("#question")).to_have_text("Winkel Twee BV")
    page.locator("select[name=purpose]").select_option(label="Backup")
    page.get_by_role("button", name="It is this").click()
    expect(page.locator("#question")).to_have_text("Winkel Drie BV")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#question")).to_have_text("Winkel Twee BV")
    assert window.told() == []


def test_an_answer_that_does_not_arrive_is_said(asked: Company, owner: Person, page_as: OpenWindow) -> None:
    window = page_as(owner)
    page = window.page
    window.open(f"/c/{asked.slug}/spend/asking/")
    page.route("**/asking/answer/", lambda route: route.abort())
    page.keyboard.press("n")
    expect(page.get_by_role("alert")).to_contain_text("Check your connection")
    assert heading(page) == "Winkel Een BV"
    page.unroute("**/asking/answer/")
    press(page, "n", then="Winkel Twee BV")
    expect(page.get_by_role("alert")).to_have_count(0)
