"""The knowledge shipped with the product loads, points nowhere into the void, and serves the engine."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from stdnum.eu import vat as vat_numbers

from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.vendors import KnownVendors
from pilothouse.knowledge import (
    assumption_book,
    categories,
    functions,
    purposes,
    spend_knowledge,
    towers,
    vendors,
)
from pilothouse.knowledge.book import VendorEntry

ELEVEN = {
    "hardware",
    "it_consumables",
    "software_licences",
    "cloud_hosting",
    "managed_it_services",
    "it_consultancy",
    "it_development",
    "telecom_fixed_data",
    "telecom_mobile",
    "telecom_equipment",
    "it_general",
}
EU_WEST = ("AT", "BE", "DE", "DK", "ES", "FI", "FR", "GR", "IE", "IT", "LU", "NL", "PT", "SE")
EU_EAST = ("BG", "CY", "CZ", "EE", "HR", "HU", "LT", "LV", "MT", "PL", "RO", "SI", "SK")
# Ordinary words and surnames that begin the names of many firms that are not the vendor.
TOO_COMMON = (
    *(
        "orange",
        "free",
        "box",
        "slack",
        "sage",
        "exact",
        "zoom",
        "apple",
        "base",
        "first",
        "action",
        "win",
        "also",
    ),
    *("crayon", "switch", "scarlet", "notion", "asana", "miro", "norton", "indeed", "wise", "shell", "total"),
    *(
        "bolt",
        "dustin",
        "philips",
        "bosch",
        "sap",
        "lucca",
        "mobile",
        "three",
        "sky",
        "voice",
        "office",
        "global",
    ),
    *(
        "smart",
        "the",
        "de",
        "la",
        "le",
        "parking",
        "hotel",
        "bank",
        "group",
        "digital",
        "studio",
        "web",
        "it",
    ),
)


@pytest.fixture(scope="module")
def known() -> KnownVendors:
    return KnownVendors(spend_knowledge().vendors)


def test_the_categories_are_the_eleven_of_the_public_interface() -> None:
    assert set(categories()) == ELEVEN


def test_there_are_some_sixty_purposes_and_each_category_has_one() -> None:
    assert 50 <= len(purposes()) <= 70
    assert {purpose.category for purpose in purposes()} == ELEVEN


def test_there_are_some_25_functions_and_each_is_bought_or_says_why_not() -> None:
    bought = {purpose.function for purpose in purposes()}
    assert 22 <= len(functions()) <= 28
    assert [f.key for f in functions().values() if (f.key in bought) == bool(f.unbought)] == []


def test_every_tower_is_used_by_a_purpose() -> None:
    assert {purpose.tower for purpose in purposes()} == set(towers())


def test_at_least_150_vendors_sell_it_and_many_are_known_not_to() -> None:
    kinds = Counter(vendor.known.is_it for vendor in vendors())
    assert kinds[True] >= 150
    assert kinds[False] >= 100
    assert kinds[None] >= 20


def test_every_purpose_of_software_or_lines_has_a_vendor() -> None:
    sold = {purpose for vendor in vendors() for purpose in vendor.known.purposes}
    unsold = {purpose.key for purpose in purposes()} - sold
    # What a local firm does by the hour has no widely known seller.
    assert unsold <= {"it_direction", "it_unspecified", "small_parts", "privacy_tools", "application_support"}


@pytest.mark.parametrize("number", [n for v in vendors() for n in v.known.vat_ids])
def test_vat_numbers_have_right_check_digits(number: str) -> None:
    assert vat_numbers.is_valid(number)


def test_common_words_never_begin_a_longer_name() -> None:
    starts = {
        clean_name(name): vendor.known.name
        for vendor in vendors()
        for name in {vendor.known.name, *vendor.known.aliases} - set(vendor.known.whole_names)
    }
    assert {word: starts[word] for word in TOO_COMMON if word in starts} == {}


@pytest.mark.parametrize(
    ("written", "vendor"),
    [
        ("PROXIMUS NV VAN PUBLIEK RECHT", "Proximus"),
        ("Orange Belgium SA", "Orange Belgium"),
        ("Orange", "Orange"),
        ("MICROSOFT IRELAND OPERATIONS LTD", "Microsoft"),
        ("MSFT * E0600KXYZ1", "Microsoft"),
        ("Amazon Web Services EMEA SARL", "Amazon Web Services"),
        ("AMAZON EU S.à r.l.", "Amazon"),
        ("OVH SAS", "OVHcloud"),
        ("Hetzner Online GmbH", "Hetzner"),
        ("Colruyt Halle 3150", "Colruyt"),
        ("SD Worx Sociaal Secretariaat vzw", "SD Worx"),
        ("PAYPAL *SLACK", "Slack"),
        ("Telekom Deutschland GmbH", "Deutsche Telekom"),
        ("Exact Online Belgium", "Exact"),
    ],
)
def test_names_as_papers_write_them_are_found(known: KnownVendors, written: str, vendor: str) -> None:
    found, _ = known.by_name(written)
    assert found is not None
    assert found.name == vendor


@pytest.mark.parametrize(
    "written",
    ["Orange Juice Bar", "Box Verhuizingen", "Sage Femme Martin", "Exact Bouw BV", "Free Clinic", "Sap Tom"],
)
def test_names_that_only_begin_like_a_vendor_are_not_it(known: KnownVendors, written: str) -> None:
    assert known.by_name(written)[0] is None


def test_every_vendor_says_what_it_sells_in_one_sentence() -> None:
    def unlike_a_sentence(vendor: VendorEntry) -> bool:
        return not vendor.sells.endswith(".") or len(vendor.sells) > 120

    assert [v.known.name for v in vendors() if unlike_a_sentence(v)] == []


def test_words_speak_both_ways_in_four_languages() -> None:
    said = Counter((word.is_it, word.language) for word in spend_knowledge().words)
    assert all(
        said[is_it, language] >= 20 for is_it in (True, False) for language in ("en", "fr", "nl", "de")
    )


def test_sickness_funds_and_unions_are_no_known_vendors(known: KnownVendors) -> None:
    """A known vendor is never masked, so a fund must not be one."""
    funds = (
        "Christelijke Mutualiteit",
        "Solidaris",
        "ACV",
        "Helan Onafhankelijk Ziekenfonds",
        "AOK Bayern",
        "CGT",
        "FNV",
    )
    assert [fund for fund in funds if known.by_name(fund)[0]] == []


@pytest.mark.parametrize("country", [*EU_WEST, *EU_EAST, "GB", "CH", "NO"])
def test_every_day_from_2019_to_2026_has_a_standard_rate(country: str) -> None:
    days = (date(2019, 1, 1) + timedelta(days=n) for n in range(0, 8 * 365, 30))
    values = {assumption_book().at("vat.standard_rate", day, country).mode for day in days}
    assert values
    assert all(Decimal(7) <= value <= Decimal(27) for value in values)


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("BE", date(2026, 3, 1), "21"),
        ("DE", date(2020, 6, 30), "19"),
        ("DE", date(2020, 7, 1), "16"),
        ("DE", date(2021, 1, 1), "19"),
        ("IE", date(2020, 12, 31), "21"),
        ("LU", date(2023, 12, 31), "16"),
        ("LU", date(2024, 1, 1), "17"),
        ("EE", date(2025, 6, 30), "22"),
        ("EE", date(2025, 7, 1), "24"),
        ("FI", date(2024, 9, 1), "25.5"),
        ("SK", date(2025, 1, 1), "23"),
        ("RO", date(2025, 8, 1), "21"),
        ("CH", date(2024, 1, 1), "8.1"),
    ],
)
def test_a_changed_rate_holds_from_its_first_day(country: str, day: date, rate: str) -> None:
    assert assumption_book().at("vat.standard_rate", day, country).mode == Decimal(rate)
