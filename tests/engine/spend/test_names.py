"""Names of one firm come out as one, and cleaning never eats a name whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend.names import clean_name, has_trading_form, plain, telling
from tests.engine.spend.spend_papers import unhurried


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Proximus NV van publiek recht", "proximus"),
        ("Proximus, SA de droit public", "proximus"),
        ("PROXIMUS N.V.", "proximus"),
        ("Combell n v", "combell"),
        ("Dupont & Cie S.A.R.L.", "dupont"),
        ("Müller und Söhne GmbH & Co. KG", "muller und sohne"),
        ("BV Jansen Techniek", "jansen techniek"),
        ("AG Insurance", "ag insurance"),
        ("Ltd", "ltd"),
        ("S.A.", "sa"),
        ("PAYPAL *ADOBE INC", "adobe"),
        ("SumUp  *Bakkerij Jan", "bakkerij jan"),
        ("SQ *CAFÉ DE ZON", "cafe de zon"),
        ("PayPal Europe S.à r.l. et Cie, S.C.A.", "paypal europe"),
        ("ACHAT BANCONTACT COLRUYT 3150 HALLE", "colruyt halle"),
        ("AANKOOP BANCONTACT", "aankoop bancontact"),
        ("PRLV SEPA CORE NUAGE SAS", "nuage"),
        ("VIR INST ATELIER DU NORD", "atelier du nord"),
        ("PAIEMENT CB LIBRAIRIE", "librairie"),
        ("iDEAL WOLKENHUIS", "wolkenhuis"),
        ("IDEAL WOLKENHUIS", "ideal wolkenhuis"),
        ("Virement", "virement"),
        ("MICROSOFT*OFFICE 365 MSBILL.INFO", "microsoft office 365 msbill info"),
        ("1&1 IONOS SE", "1 1 ionos"),
        ("3CX", "3cx"),
        ("A.S.Adventure", "as adventure"),
        ("20260101 1234", "20260101 1234"),
        ("", ""),
        ("***", ""),
    ],
)
def test_clean_name(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@unhurried
@given(st.text(max_size=150))
def test_cleaning_twice_changes_nothing_and_nothing_is_eaten_whole(name: str) -> None:
    cleaned = clean_name(name)
    assert len(cleaned) <= 100
    assert clean_name(cleaned) == cleaned
    assert bool(cleaned) == bool(plain(name)) or "*" in name or "_" in name
    assert telling(telling(name)) == telling(name)


@unhurried
@given(st.from_regex(r"[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8}){0,2} (NV|S\.A\.|BVBA|GmbH)", fullmatch=True))
def test_a_form_and_capitals_do_not_make_another_name(name: str) -> None:
    assert clean_name(name) == clean_name(name.upper()) == clean_name(name.rsplit(" ", 1)[0])
    assert has_trading_form(name)


@pytest.mark.parametrize("name", ["BV Jansen", "Acme Ltd", "Dupont S A"])
def test_a_trading_form_stands_at_either_end(name: str) -> None:
    assert has_trading_form(name)


@pytest.mark.parametrize("name", ["NV", "Jan Peeters", "Vakbond vzw", "ASBL Les Amis", ""])
def test_associations_and_bare_names_have_no_trading_form(name: str) -> None:
    assert not has_trading_form(name)
