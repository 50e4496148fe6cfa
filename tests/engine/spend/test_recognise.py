"""What a line is, by the strongest evidence there is; and what is asked instead of guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pilothouse.engine.spend.recognise import Recogniser, line_print
from pilothouse.engine.spend.terms import (
    Account,
    Certainty,
    Decision,
    KnownVendor,
    KnownWord,
    Recognition,
    SpendKnowledge,
)
from pilothouse.engine.spend.vendors import KnownVendors, Vendor
from pilothouse.knowledge import spend_knowledge
from tests.engine.spend.spend_papers import KNOWLEDGE

KNOWN = KnownVendors(KNOWLEDGE.vendors)
ON = date(2026, 1, 1)


def vendor(name: str, key: str = "", by: str = "") -> Vendor:
    known, found_by = KNOWN.by_name(name)
    return Vendor(key or f"name:{name.lower()}", name, known=known, known_by=by or found_by)


def said(name: str, text: str, *decisions: Decision, key: str = "", by: str = "") -> Recognition:
    return Recogniser(KNOWLEDGE, decisions).recognise(vendor(name, key, by), text)[0]


@pytest.mark.parametrize(
    ("name", "text", "it", "purpose"),
    [
        ("Proximus", "Abonnement", "yes", "internet_access"),
        ("Proximus", "Mobile data", "yes", "mobile_subscriptions"),
        ("Proximus Pickx", "Hosting", "yes", "internet_access"),
        ("Adviesbureau Plat", "Hosting", "yes", "web_hosting"),
        ("Adviesbureau Plat", "Uren", "yes", ""),
        ("Colruyt", "koffie", "no", ""),
        ("Amazon", "Microsoft 365", "yes", "office_suite"),
        ("Amazon", "tuinslang", "asked", ""),
        ("Zonnebloem", "hostingpakket", "yes", "web_hosting"),
        ("Hosting Partners", "abonnement", "yes", "web_hosting"),
        ("Zonnebloem", "maatsoftware", "yes", ""),
        ("Zonnebloem", "hosting van microsoft 365", "yes", "web_hosting"),
        ("Zonnebloem", "microsoft 365 hosting", "yes", "office_suite"),
        ("Zonnebloem", "mobile hosting", "yes", "mobile_subscriptions"),
        ("Hosting Partners", "mobile", "yes", "mobile_subscriptions"),
        ("Hostingmeester", "abonnement", "asked", ""),
        ("Hostings", "abonnement", "asked", ""),
        ("Zonnebloem", "lunch", "no", ""),
        ("Zonnebloem", "huur", "no", ""),
        ("Zonnebloem", "licence", "asked", ""),
        ("Zonnebloem", "hosting lunch", "asked", ""),
        ("Zonnebloem", "", "asked", ""),
        ("", "", "asked", ""),
    ],
)
def test_vendors_and_words(name: str, text: str, it: str, purpose: str) -> None:
    found = said(name, text)
    assert (found.it, found.purpose if found.would_say else "") == (it, purpose if found.would_say else "")
    assert found.because
    assert found.is_it in (None, found.would_say)


def test_a_number_is_surer_than_a_name_and_a_whole_name_than_its_start() -> None:
    by_number = said("Proximus", "", by="identifier")
    by_name, by_start = said("Proximus", ""), said("Proximus Pickx", "")
    assert by_number.confidence > by_name.confidence > by_start.confidence
    assert by_number.because[0].kind == "identifier"
    assert said("Proximus", "").function == "network"


def test_words_that_speak_strongly_against_a_known_vendor_leave_it_open() -> None:
    against = said("Proximus", "lunch")
    assert (against.it, against.would_say) == ("asked", True)
    assert [reason.kind for reason in against.because] == ["vendor", "word"]
    assert said("Colruyt", "microsoft 365").it == "asked"
    assert said("Colruyt", "licence").it == "no"


def test_a_word_that_agrees_is_named_beside_the_vendor() -> None:
    assert [reason.kind for reason in said("Proximus", "mobile").because] == ["vendor", "word"]
    assert [reason.kind for reason in said("Proximus", "hosting").because] == ["vendor"]


def test_a_makers_name_in_the_text_is_a_hint_that_is_asked() -> None:
    hint = said("Zonnebloem", "herverkoop Proximus lijn")
    assert (hint.it, hint.would_say, hint.purpose) == ("asked", True, "internet_access")
    assert hint.because[0].kind == "named"
    not_it = said("Zonnebloem", "bon van Colruyt")
    assert (not_it.it, not_it.would_say, not_it.purpose) == ("asked", False, "")
    assert said("Zonnebloem", "base camp").because[0].kind == "nothing"
    assert said("Zonnebloem", "amazon").because[0].kind == "nothing"


def test_a_person_decides_for_a_vendor_and_goes_before_all_evidence() -> None:
    decided = said("Proximus", "lunch", Decision("name:proximus", "", False, "ignored", "An", ON))
    assert (decided.it, decided.confirmed, decided.confidence, decided.purpose) == ("no", True, 1.0, "")
    assert decided.because[0].says == "An decided on this vendor on 2026-01-01"
    number = Decision("BE0202239951", "", True, "web_hosting", "An", ON)
    known = said("Proximus", "", number, key="BE0202239951", by="identifier")
    assert [reason.kind for reason in known.because] == ["identifier", "decision"]
    assert known.purpose == "web_hosting"


def test_a_decision_on_a_kind_of_line_goes_before_the_vendors_and_finds_next_month() -> None:
    print_ = line_print("name:zonnebloem", "Onderhoud maart 2026")
    line = Decision("name:zonnebloem", print_, True, "web_hosting", "An", ON)
    whole = Decision("name:zonnebloem", "", False, "", "An", date(2026, 2, 1))
    assert said("Zonnebloem", "Onderhoud april 2026", line, whole).it == "yes"
    assert said("Zonnebloem", "Bloemen", line, whole).it == "no"
    assert "this kind of line" in said("Zonnebloem", "Onderhoud april", line).because[0].says


def test_the_latest_decision_holds() -> None:
    early = Decision("name:zonnebloem", "", True, "", "An", ON)
    late = Decision("name:zonnebloem", "", False, "", "An", date(2026, 2, 1))
    assert said("Zonnebloem", "", early, late).it == said("Zonnebloem", "", late, early).it == "no"


def test_a_line_decided_under_an_older_key_is_found() -> None:
    print_ = line_print("name:zon", "Onderhoud")
    decision = Decision("name:zon", print_, True, "web_hosting", "An", ON)
    recogniser = Recogniser(KNOWLEDGE, [decision], {"name:zon": "BE1"}.__getitem__)
    assert recogniser.recognise(Vendor("BE1", "Zon"), "Onderhoud")[0].confirmed
    assert not recogniser.recognise(Vendor("BE1", "Zon"), "Iets anders")[0].confirmed
    assert not recogniser.recognise(Vendor("BE2", "Zon"), "Onderhoud")[0].confirmed


def test_what_is_asked_is_a_matter_of_how_sure_one_wants_to_be() -> None:
    bold = Recogniser(KNOWLEDGE, certainty=Certainty(ask_below=0.5, ask_lines_below=0.5))
    assert bold.recognise(vendor("Zonnebloem"), "licence")[0].it == "yes"
    shy = Recogniser(KNOWLEDGE, certainty=Certainty(ask_below=1.0, ask_lines_below=1.0))
    assert shy.recognise(vendor("Proximus"), "")[0].it == "asked"


def test_extreme_weights_never_make_certain() -> None:
    words = (KnownWord("alfa", True, Decimal(1)), KnownWord("beta", False, Decimal(1)))
    recogniser = Recogniser(SpendKnowledge((), (), words, (), ()))
    assert recogniser.recognise(Vendor("v", "x"), "alfa")[0].confidence == 0.97
    assert recogniser.recognise(Vendor("v", "x"), "beta")[0].confidence == 0.97
    assert recogniser.recognise(Vendor("v", "x"), "alfa beta")[0].confidence == 0.5


def test_the_strongest_of_two_equal_words_stands_and_short_names_are_no_hint() -> None:
    words = (KnownWord("alfa", True, Decimal("0.6")), KnownWord("alfa", True, Decimal("0.9"), "p"))
    vendors = (KnownVendor("SAP", (), "DE", True, ("erp",)),)
    recogniser = Recogniser(SpendKnowledge((), vendors, words, (), ()))
    assert recogniser.recognise(Vendor("v", "x"), "alfa")[0].purpose == "p"
    assert recogniser.recognise(Vendor("v", "x"), "sap")[0].because[0].kind == "nothing"


# --- accounts ---


@pytest.mark.parametrize(
    ("name", "text", "account", "it", "purpose", "why"),
    [
        # nothing is known of the vendor: the account says it
        ("Zonnebloem", "maandbedrag", ("6123", ""), "yes", "internet_access", ["account"]),
        ("Zonnebloem", "maandbedrag", ("6100", ""), "no", "", ["account"]),
        ("Zonnebloem", "maandbedrag", ("6100", "Software"), "yes", "office_suite", ["account"]),
        ("Zonnebloem", "maandbedrag", ("6199", ""), "asked", "", ["nothing"]),
        # words along with it name the purpose; words as sure of the opposite leave it open
        ("Zonnebloem", "hosting", ("6123", ""), "yes", "web_hosting", ["account", "word"]),
        ("Zonnebloem", "licence", ("6100", ""), "no", "", ["account"]),
        ("Zonnebloem", "huur", ("6100", ""), "no", "", ["account", "word"]),
        ("Zonnebloem", "lunch", ("6123", ""), "asked", "internet_access", ["account", "word"]),
        ("Zonnebloem", "hosting", ("6100", ""), "asked", "", ["account", "word"]),
        # who sells both is left to it
        ("Amazon", "tuinslang", ("6123", ""), "yes", "internet_access", ["account"]),
        # what is known of a vendor goes before; the account goes with it, or leaves it open
        ("Proximus", "abonnement", ("6123", ""), "yes", "internet_access", ["vendor", "account"]),
        ("Proximus", "abonnement", ("6100", ""), "yes", "internet_access", ["vendor"]),
        ("Proximus", "abonnement", ("6199", "Huur"), "asked", "internet_access", ["vendor", "account"]),
        ("Proximus", "lunch", ("6199", "Huur"), "asked", "internet_access", ["vendor", "word"]),
    ],
)
def test_accounts_come_between_vendors_and_words(
    name: str, text: str, account: tuple[str, str], it: str, purpose: str, why: list[str]
) -> None:
    on = Account("pcmn", *account)
    found, _ = Recogniser(KNOWLEDGE).recognise(vendor(name), text, on)
    assert (found.it, found.purpose) == (it, purpose)
    assert [reason.kind for reason in found.because] == why


def test_the_account_does_not_change_what_a_decision_hangs_on() -> None:
    recogniser = Recogniser(KNOWLEDGE)
    prints = {
        recogniser.recognise(vendor("Zonnebloem"), "x", Account("pcmn", c))[1] for c in ("6123", "6100", "")
    }
    assert len(prints) == 1


def test_what_is_run_follows_from_its_purpose_until_a_person_says_otherwise() -> None:
    usual = said("Adviesbureau Plat", "Hosting")
    assert (usual.run_or_change, usual.department, usual.capital) == ("run", "", False)
    assert said("Adviesbureau Plat", "Uren").run_or_change == ""
    decision = Decision(
        "name:adviesbureau plat",
        "",
        True,
        "web_hosting",
        "Ann",
        date(2026, 1, 5),
        "Workshop",
        "change",
        capital=True,
    )
    decided = said("Adviesbureau Plat", "Hosting", decision)
    assert (decided.run_or_change, decided.department, decided.capital) == ("change", "Workshop", True)
    left_open = replace(decision, department="", run_or_change="", capital=None)
    assert said("Adviesbureau Plat", "Hosting", left_open).run_or_change == "run"
    not_it = said("Adviesbureau Plat", "Hosting", replace(decision, is_it=False, run_or_change=""))
    assert (not_it.run_or_change, not_it.department) == ("", "Workshop")


def test_what_the_books_call_an_asset_is_invested_until_a_person_says_otherwise() -> None:
    asset, key = Account("pcmn", "241000", "Computers"), "name:adviesbureau plat"
    charted = replace(KNOWLEDGE, ledgers=spend_knowledge().ledgers)
    plain = Recogniser(charted).recognise(vendor("Adviesbureau Plat"), "Laptop", asset)[0]
    assert plain.capital
    said = Decision(key, "", True, "computers", "Ann", date(2026, 1, 5), capital=False)
    decided = Recogniser(charted, [said]).recognise(vendor("Adviesbureau Plat"), "Laptop", asset)[0]
    assert not decided.capital
    left_open = Recogniser(charted, [replace(said, capital=None)])
    assert left_open.recognise(vendor("Adviesbureau Plat"), "Laptop", asset)[0].capital


def test_a_name_that_only_begins_like_a_known_vendors_and_names_another_trade_is_another_firm() -> None:
    shop = replace(vendor("Proximus"), name="Proximus Bakkerij", known_by="start")
    trade = KnownWord("bakkerij", is_it=False, weight=Decimal("0.95"))
    with_trade = replace(KNOWLEDGE, words=(*KNOWLEDGE.words, trade))
    assert shop.known is not None
    found = Recogniser(with_trade).recognise(shop, "")[0]
    assert (found.is_it, found.because[0].kind) == (False, "word")


def test_what_a_reseller_sells_is_for_what_its_maker_makes() -> None:
    knowledge = spend_knowledge()
    reseller, maker = (
        next(v for v in knowledge.vendors if v.name == name) for name in ("SoftwareONE", "Veeam")
    )
    assert reseller.resells
    assert not maker.resells
    recogniser = Recogniser(knowledge)
    sold_by = Vendor("name:softwareone", "SoftwareONE", known=reseller, known_by="name")
    named = recogniser.recognise(sold_by, "Veeam Data Platform")[0]
    assert (named.is_it, named.purpose) == (True, maker.purposes[0])
    assert "it sells what Veeam makes" in [reason.says for reason in named.because]
    assert recogniser.recognise(sold_by, "Bundle")[0].purpose == reseller.purposes[0]


def test_a_vendor_that_only_proposes_is_asked_unless_the_line_says_so_itself() -> None:
    sure = vendor("Proximus")
    assert sure.known is not None
    only = replace(sure, key="name:another", known=replace(sure.known, only_proposes=True))
    recogniser = Recogniser(KNOWLEDGE)
    assert recogniser.recognise(sure, "")[0].is_it is True
    proposed = recogniser.recognise(only, "")[0]
    assert (proposed.is_it, proposed.would_say, proposed.purpose) == (None, True, "internet_access")
    assert proposed.confidence < Certainty().ask_below
    by_words = recogniser.recognise(only, "Mobile data")[0]
    assert (by_words.is_it, by_words.purpose) == (True, "mobile_subscriptions")
    assert recogniser.recognise(only, "licence")[0].is_it is None, "a weak word settles nothing"
    assert recogniser.recognise(only, "lunch")[0].is_it is None
    booked = recogniser.recognise(only, "", Account("pcmn", "612300", "Internet"))[0]
    assert booked.is_it is True
