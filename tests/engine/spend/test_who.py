"""People's words on who vendors are hold, the later ones before the earlier, and nothing goes round in circles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend.terms import Identity
from pilothouse.engine.spend.vendors import KnownVendors, Parties
from pilothouse.engine.spend.who import Pair, Says, VendorWord, VendorWords, look_alike
from tests.engine.spend.spend_papers import a_movement, an_invoice

NORTH = Identity("Zonnewende Noord BV", vat_id="BE0403170701", ibans=("BE71096123456769",))
TWO = Identity("Zonnewende BV", vat_id="BE0867686774")


def words(*said: tuple[Says, str, str, str]) -> VendorWords:
    return VendorWords([VendorWord(*one) for one in said])


def same(one: str, other: str) -> tuple[Says, str, str, str]:
    return Says.SAME, one, other, ""


def test_the_same_through_a_third_is_the_same() -> None:
    said = words(same("a", "b"), same("b", "c"))
    assert [said.key_of(key, "") for key in "abcd"] == ["c", "c", "c", "d"]


def test_of_two_words_that_contradict_each_other_the_later_holds() -> None:
    assert words(same("a", "b"), same("b", "a")).key_of("b", "") == "a"
    assert words(same("a", "b"), same("b", "a")).key_of("a", "") == "a"
    assert words(same("a", "b"), same("a", "c")).key_of("a", "") == "c"
    assert words(same("a", "a")).key_of("a", "") == "a"


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=12))
def test_any_words_lead_somewhere_and_stay_there(pairs: list[tuple[str, str]]) -> None:
    said = words(*(same(one, other) for one, other in pairs))
    for key in "abcd":
        found = said.key_of(key, "")
        assert said.key_of(found, "") == found


def test_a_name_of_a_vendor_can_be_another() -> None:
    said = words((Says.APART, "BE1", "", "Zonnewende Noord B.V."), same("BE2", "BE1"))
    assert said.key_of("BE1", "ZONNEWENDE NOORD") == "apart:zonnewende noord"
    assert said.key_of("BE2", "Zonnewende Noord") == "apart:zonnewende noord", "also through another number"
    assert said.key_of("BE1", "Zonnewende") == "BE1"
    assert words((Says.APART, "a", "b", "")).key_of("a", "") == "a", "that two are two moves nothing"


def test_a_vendor_is_called_and_belongs_as_people_say() -> None:
    said = words((Says.CALLED, "a", "", "Alfa"), (Says.PART_OF, "a", "b", ""), (Says.PART_OF, "b", "c", ""))
    assert (said.name_of("a"), said.name_of("b")) == ("Alfa", "")
    assert [said.group_of(key) for key in "abc"] == ["c", "c", "c"]
    assert words((Says.PART_OF, "a", "b", ""), (Says.PART_OF, "b", "a", "")).group_of("a") in "ab"


def test_papers_follow_the_words() -> None:
    papers = [an_invoice("i1", seller=NORTH), an_invoice("i2", seller=TWO)]
    said = VendorWords(
        [
            VendorWord(Says.SAME, "BE0867686774", "BE0403170701"),
            VendorWord(Says.CALLED, "BE0403170701", "", "De Zon"),
        ]
    )
    parties = Parties(papers, KnownVendors(()), (), said)
    assert parties.vendor(NORTH).key == parties.vendor(TWO).key == "BE0403170701"
    assert parties.vendor(TWO).name == "De Zon"
    assert parties.canonical("BE0867686774") == "BE0403170701", "decisions find the vendor again"
    assert parties.canonical("name:zonnewende") == "BE0403170701"
    paid = a_movement("m1", counterparty=Identity("ZONNEWENDE", ibans=("BE71096123456769",)))
    assert parties.vendor_of(paid).key == "BE0403170701"
    assert {one.name: by for one, by in parties.aliases["BE0403170701"].items()} == {
        "Zonnewende Noord BV": "number",
        "Zonnewende BV": "number",
        "ZONNEWENDE": "account",
    }


def test_names_that_look_alike_are_proposed_and_others_are_not() -> None:
    names = {
        "a": "Bouygues Telecom Entreprises",
        "b": "BOUYGUES TELECOM ENT",
        "c": "Drukkerij Zonnewende",
        "d": "Drukerij Zonnewende",
        "e": "Bakkerij Noord",
        "f": "Bakkerij Zuid",
        "g": "Zon",
        "h": "Zonn",
        "i": "Tandarts Peeters",
        "j": "Tandarts Peeters NV",
    }
    found = {(pair.one, pair.other): pair.because for pair in look_alike(names)}
    assert set(found) == {("a", "b"), ("c", "d"), ("i", "j")}
    assert found["i", "j"].startswith("the same name")
    assert look_alike({}) == ()
    assert look_alike({"a": "Advocaten Maes Peeters", "b": "Advocaten Maas Peters"}), (
        "no word stands against another"
    )
    assert look_alike({"a": "Zonnewende", "b": "Zonnewendde"}), "a single word misspelt"


def test_many_names_that_begin_alike_are_compared_in_smaller_lots() -> None:
    letters = "abcdefghijklmno"
    names = {f"k{a}{b}": f"Bakkerij {a * 3}{b * 3} de molen" for a in letters for b in letters}
    names |= {"x": "Bakkerij Zonneschijn Oost", "y": "Bakkerij Zonneschijn Oost NV"}
    assert Pair("x", "y", 100.0, "the same name with another number or account") in look_alike(names)
