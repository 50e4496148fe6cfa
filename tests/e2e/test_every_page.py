"""Every page of a company in a real browser: wide and narrow, light and dark, full and empty.

Pages come from the URL conf, so a new one is looked at from its first day. On each the browser has nothing to complain
of, nothing has to be scrolled sideways, and axe finds nothing against WCAG 2.2 AA.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.records.models import SpendLine
from pilothouse.sample.bills import Bill, Line
from pilothouse.sample.firm import party
from pilothouse.sample.ubl_writer import write_ubl
from tests.conftest import Person
from tests.e2e.browsing import HEIGHT, NARROW, WIDE, Window, axe_faults, too_wide
from tests.factories import bring_in, make_everything
from tests.house_rules.addresses import company_addresses

pytestmark = pytest.mark.browser

PageAs = Callable[..., Window]
LOOKS = [(WIDE, "light"), (NARROW, "light"), (NARROW, "dark"), (WIDE, "dark")]
LONG = "Vereniging zonder winstoogmerk voor Gegevensverwerkingsdienstverleningsovereenkomsten en Zoon"
WORD = "Aansprakelijkheidsverzekeringsmaatschappijvertegenwoordiger" * 2
# Lists that look different when something is chosen; None of this changes anything.
CHOSEN = [
    "spend/lines/?it=yes&order=cost", "spend/lines/?it=never", "spend/proof/?it=yes",
    "spend/by/?by=vendor&over=month&it=all", "spend/by/?by=never", "spend/by/?by=department&purpose=office_suite",
]  # fmt: skip


def pages_of(company: Company, client: Client) -> list[str]:
    """Every address of the company that answers with a page."""
    found = []
    for address in company_addresses():
        path = address.filled(company.slug, company)
        answer = client.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found.append(path)
        answer.close()
    return [*found, *(f"/c/{company.slug}/{chosen}" for chosen in CHOSEN)]


def faults_of(window: Window, path: str) -> list[str]:
    """What is wrong with one page in any of its looks."""
    told = []
    page = window.page
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        if page.url != window.server + path:
            window.open(path)
        found = [*window.told(), *too_wide(page), *axe_faults(page)]
        told += [f"{path} at {width}, {scheme}: {fault}" for fault in found]
    return told


def assert_no_faults(window: Window, pages: list[str]) -> None:
    faults = [fault for path in pages for fault in faults_of(window, path)]
    assert not faults, "\n".join(faults)


def long_invoice(number: int, lines: int) -> bytes:
    """An invoice of so many lines, from a seller with a long name, of goods with long names."""
    today = timezone.localdate()
    bill = Bill(
        number=f"{WORD}-{number}",
        seller=party(f"long {number}", f"{LONG} {number}"),
        buyer=party("us", "Wij Zelf NV"),
        month=0,
        issued=today.replace(day=1),
        due=today,
        lines=tuple(
            Line(
                f"{WORD} {row}" if row % 2 else f"Microsoft 365 {LONG} {row}",
                Decimal(1),
                Decimal(10_000 + row),
            )
            for row in range(lines)
        ),
    )
    return write_ubl(bill)


def test_every_page_of_a_company_with_a_thousand_lines_and_long_names(
    company: Company, owner: Person, page_as: PageAs
) -> None:
    Company.objects.filter(pk=company.pk).update(name=f"{LONG} BV")
    owner.user.name = f"{WORD} de Voorbeeld"
    owner.user.save()
    company.refresh_from_db()
    bring_in(company, [(f"{WORD}.xml", long_invoice(1, 1000)), (f"{LONG}.pdf", b"%PDF-1.7")], by=owner.user)
    make_everything(company, 3, by=owner.user)
    assert SpendLine.objects.of(company).filter(review__published_at__isnull=False).count() >= 1000
    pages = pages_of(company, owner.client)
    assert len(pages) > 12, pages
    window = page_as(owner)
    assert_no_faults(window, pages)


def test_every_page_of_a_company_without_papers(company: Company, owner: Person, page_as: PageAs) -> None:
    plain = [address for address in company_addresses() if not address.names_a_record]
    paths = [address.filled(company.slug, company) for address in plain]
    pages = [path for path in paths if owner.client.get(path).get("Content-Type", "").startswith("text/html")]
    pages = [path for path in pages if owner.client.get(path).status_code == 200]
    assert len(pages) > 7, pages
    window = page_as(owner)
    assert_no_faults(window, pages)


def test_pages_without_a_company(adviser: Person, anonymous: Client, page_as: PageAs) -> None:
    window = page_as(adviser)
    pages = ["/", "/me/", "/companies/new/", "/account/password/change/", "/account/logout/", "/p/raad/"]
    assert_no_faults(window, pages)


def test_pages_before_signing_in(db: None, new_window: PageAs) -> None:
    window = new_window()
    pages = ["/account/login/", "/account/password/reset/"]
    assert_no_faults(window, pages)


# --- the eyes can see -------------------------------------------------------------------------------------------


def test_a_page_that_is_too_wide_and_grey_on_grey_and_broken_is_seen(new_window: PageAs) -> None:
    window = new_window(width=NARROW)
    window.open("/account/login/")
    assert [*window.told(), *too_wide(window.page), *axe_faults(window.page)] == []
    window.page.evaluate(
        """() => {
          const bad = document.createElement("p");
          bad.textContent = "cannot be read";
          bad.style.setProperty("color", "#bbb");
          bad.style.setProperty("background", "#aaa");
          bad.style.setProperty("width", "2000px");
          bad.style.setProperty("max-width", "none");
          document.querySelector("main").append(bad);
          console.error("broken");
        }"""
    )
    assert "console: broken" in window.told()[0]
    assert "sideways, 20" in too_wide(window.page)[0]
    assert any("color-contrast" in fault for fault in axe_faults(window.page))
