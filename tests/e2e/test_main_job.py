"""The main job as a person does it: papers in, what IT costs, a figure's proof, a correction, the PDF, and undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pilothouse.accounts.models import Company
from pilothouse.records.models import Import, Report, SpendDecision, SpendLine
from pilothouse.sample import sample_papers
from tests.conftest import Person
from tests.e2e.browsing import NARROW, Window, axe_faults

pytestmark = pytest.mark.browser

OpenWindow = Callable[..., Window]


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Twenty e-invoices of the made-up firm, its latest bank file, and a letter that is neither."""
    folder = tmp_path / "papers"
    folder.mkdir()
    made = sorted(sample_papers(timezone.localdate()), key=lambda paper: paper.name)
    invoices = [paper for paper in made if paper.name.endswith(".xml")][-20:]
    bank = [paper for paper in made if not paper.name.endswith(".xml")][-1:]
    for paper in [*invoices, *bank]:
        (folder / Path(paper.name).name).write_bytes(paper.data)
    (folder / "letter.txt").write_text("Dear all, please find enclosed nothing that can be counted.")
    return sorted(folder.iterdir())


def sign_in(window: Window, person: Person) -> None:
    """Through the form, as people do."""
    page = window.page
    window.open("/")
    page.get_by_label("Email").fill(person.user.email)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Sign in").click()


def bring(page: Page, papers: list[Path]) -> None:
    """Choose the files and send them; ends on the page of the import."""
    more = page.get_by_role("button", name="More")
    if more.is_visible():  # on a phone five rooms stand in the bar, the others behind this
        more.click()
    page.get_by_role("link", name="Papers", exact=True).click()
    page.locator("input[type=file]").set_input_files(papers)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("files were taken in")).to_be_visible()


def first_figure(page: Page) -> Any:
    return page.locator("main .figures a.figure").first


def test_from_papers_to_the_pdf_and_back(
    company: Company, owner: Person, papers: list[Path], new_window: OpenWindow
) -> None:
    window = new_window()
    page = window.page
    sign_in(window, owner)

    bring(page, papers)
    expect(page.get_by_text("One file could not be used")).to_be_visible()
    expect(page.locator("main progress")).to_have_count(0)
    assert Import.objects.of(company).get().is_seen

    page.get_by_role("link", name="See what IT costs").click()
    before = first_figure(page).inner_text()
    assert any(digit.isdigit() for digit in before)

    proof = page.locator("dialog#proof")
    first_figure(page).click()
    expect(proof.locator(".sum").first).to_contain_text("€")
    proof.get_by_role("link", name="See all").click()
    assert "/spend/lines/" in page.url

    line = SpendLine.objects.of(company).filter(
        review__published_at__isnull=False, counting="counts", it="no", kind="invoice"
    )[0]
    window.open(f"/c/{company.slug}/spend/lines/?vendor={line.vendor_key}")
    page.locator("table.rows tbody .what a").first.click()
    expect(page.get_by_role("heading", name="Where it stands")).to_be_visible()
    expect(page.locator(".quoted mark, .quoted .here, .quoted li").first).to_be_visible()

    page.get_by_label("Is it IT?").select_option(label="Yes, IT")
    page.get_by_role("radio", name="everything from").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Noted.")).to_be_visible()
    decision = SpendDecision.objects.of(company).get()
    assert (decision.is_it, decision.by) == (True, owner.user)
    page.get_by_role("link", name="Spend", exact=True).click()
    assert first_figure(page).inner_text() != before

    page.get_by_role("link", name="Diagnosis", exact=True).first.click()
    with page.expect_response(lambda answer: answer.url.endswith(".pdf")) as answered:
        page.get_by_role("button", name="Make the PDF").click()
    assert answered.value.headers["content-type"] == "application/pdf"
    with Report.objects.of(company).get().pdf.open("rb") as pdf:
        assert pdf.read(5) == b"%PDF-"

    window.open(f"/c/{company.slug}/intake/")
    page.locator("table.rows tbody .what a").first.click()
    page.get_by_role("link", name="Take it back").click()
    expect(page.get_by_text("Decisions that will wait")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("took this import back")).to_be_visible()
    assert Import.objects.of(company).get().is_undone
    assert window.told() == []


def test_a_figures_proof_opens_and_closes_from_the_keyboard(
    company: Company, owner: Person, papers: list[Path], page_as: OpenWindow
) -> None:
    window = page_as(owner)
    page = window.page
    window.open(f"/c/{company.slug}/")
    bring(page, papers)
    window.open(f"/c/{company.slug}/spend/")
    proof = page.locator("dialog#proof")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.figure[data-proof]')"):
            break
    page.keyboard.press("Enter")
    expect(proof).to_be_visible()
    expect(proof.locator(".sum").first).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog#proof') !== null"), (
        "focus stays outside the panel"
    )
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    expect(proof).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('a.figure[data-proof]')"), "focus is lost"
    page.keyboard.press("Enter")
    expect(proof).to_be_visible()
    for _ in range(60):
        if page.evaluate("document.activeElement.matches('dialog#proof .closes')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(proof).to_be_hidden()
    assert window.told() == []


def test_the_panel_on_a_phone_in_the_dark(
    company: Company, owner: Person, papers: list[Path], page_as: OpenWindow
) -> None:
    window = page_as(owner, width=NARROW, scheme="dark")
    page = window.page
    window.open(f"/c/{company.slug}/")
    bring(page, papers)
    window.open(f"/c/{company.slug}/spend/")
    first_figure(page).click()
    expect(page.locator("dialog#proof .sum").first).to_be_visible()
    assert axe_faults(page) == []
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("link", name="Profile")).to_be_visible()
    assert axe_faults(page) == []
    assert window.told() == []


def test_papers_and_decisions_without_scripts(
    company: Company, owner: Person, papers: list[Path], new_window: OpenWindow
) -> None:
    window = new_window(java_script_enabled=False)
    page = window.page
    sign_in(window, owner)
    bring(page, papers)
    page.get_by_role("link", name="See what IT costs").click()
    first_figure(page).click()
    assert "/spend/proof/" in page.url
    page.locator("table.rows tbody .what a").first.click()
    page.get_by_label("Is it IT?").select_option(label="No")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Noted.")).to_be_visible()
    assert SpendDecision.objects.of(company).get().is_it is False
    assert window.told() == []
