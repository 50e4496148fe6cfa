"""The lines of a vendor, recognised again after somebody spoke: as the review would, without its papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pilothouse.engine.spend.again import StoredLine, recognise_again
from pilothouse.engine.spend.recognise import line_print
from pilothouse.engine.spend.terms import Account, Decision
from tests.engine.spend.spend_papers import KNOWLEDGE, a_review, an_invoice

HOSTING = StoredLine(1, "name:cloudhuis", "Cloudhuis BV", "Hosting maart 2026", Account())
ON = date(2026, 3, 1)


def test_without_a_word_a_line_is_what_the_review_says_it_is() -> None:
    reviewed = a_review(an_invoice()).lines[0]
    stored = StoredLine(7, reviewed.vendor_key, reviewed.vendor_name, reviewed.description, reviewed.account)
    assert dict(recognise_again([stored], KNOWLEDGE, (), {})) == {7: reviewed.recognition}


def test_a_word_on_the_vendor_or_the_kind_of_line_is_followed() -> None:
    lunch = replace(HOSTING, id=2, words="Lunch")
    on_vendor = Decision("name:cloudhuis", "", False, "", "An", ON)
    print_ = line_print("name:cloudhuis", "Hosting april 2026")
    on_line = Decision("name:cloudhuis", print_, True, "web_hosting", "An", ON)
    found = dict(recognise_again([HOSTING, lunch], KNOWLEDGE, (on_vendor, on_line), {}))
    assert (found[1].is_it, found[1].purpose, found[1].confirmed) == (True, "web_hosting", True)
    assert (found[2].is_it, found[2].confirmed) == (False, True)


def test_a_word_on_an_older_key_is_followed_by_todays() -> None:
    old = Decision("name:wolkhuis", "", False, "", "An", ON)
    keys = {"name:wolkhuis": "name:cloudhuis"}
    assert dict(recognise_again([HOSTING], KNOWLEDGE, (old,), keys))[1].is_it is False
    assert dict(recognise_again([HOSTING], KNOWLEDGE, (old,), {}))[1].is_it is True
