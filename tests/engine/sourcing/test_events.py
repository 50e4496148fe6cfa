"""What an owner writes, and which event it tells of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.costs.profile import EVENTS
from pilothouse.engine.sourcing.events import EventWords, phrase, read_events
from pilothouse.knowledge.sourcing_events import event_words

ROOT = Path(__file__).parents[3]

SAID = [
    ("Our only IT guy just gave notice", "internal_it_left"),
    ("our it persn left last month", "internal_it_left"),
    ("Notre informaticien a démissionné hier", "internal_it_left"),
    ("Onze ICT'er gaat weg eind maart", "internal_it_left"),
    ("We are hiring our first IT person", "first_it_hire"),
    ("Nous allons engager notre premier informaticien", "first_it_hire"),
    ("We gaan een eerste systeembeheerder aanwerven", "first_it_hire"),
    ("Nobody decides about IT here", "leadership_gap"),
    ("Il n'y a plus de DSI depuis mars", "leadership_gap"),
    ("Niemand beslist over IT", "leadership_gap"),
    ("We need to migrate to Microsoft 365 before the end of June", "project_deadline"),
    ("Le nouvel ERP doit être en place avant l'été", "project_deadline"),
    ("De verhuizing moet klaar zijn tegen juni", "project_deadline"),
    ("The ERP project is months behind", "project_stalled"),
    ("Le projet est au point mort", "project_stalled"),
    ("De migratie naar de cloud zit vast", "project_stalled"),
    ("We have outgrown our IT company", "outgrew_provider"),
    ("Notre prestataire est devenu trop petit pour nous", "outgrew_provider"),
    ("Onze leverancier is te klein geworden", "outgrew_provider"),
    ("Our MSP never answers the phone", "provider_failed"),
    ("Notre prestataire a fait faillite", "provider_failed"),
    ("Onze IT-partner reageert niet meer", "provider_failed"),
    ("Our provider raised prices by 30%", "provider_too_costly"),
    ("Notre prestataire est trop cher", "provider_too_costly"),
    ("De provider is veel te duur", "provider_too_costly"),
    ("We no longer trust our IT", "lost_confidence"),
    ("Nous avons perdu confiance dans notre prestataire", "lost_confidence"),
    ("We hebben geen vertrouwen meer in onze leverancier", "lost_confidence"),
    ("We got hit by ransomware", "incident"),
    ("On s'est fait pirater", "incident"),
    ("We zijn gehackt", "incident"),
    ("The budget is being cut by 20%", "budget_cut"),
    ("Nous devons réduire les coûts", "budget_cut"),
    ("We moeten besparen", "budget_cut"),
    ("We are buying a competitor", "merger"),
    ("Nous avons racheté un concurrent", "merger"),
    ("We nemen een concurrent over, een overname dus", "merger"),
    ("We closed our series A", "funding"),
    ("Nous venons de boucler une levée de fonds", "funding"),
    ("Een investeerder stapt in", "funding"),
    ("Our contract with the provider expires in June", "contract_renewal"),
    ("Le contrat arrive à échéance", "contract_renewal"),
    ("Het contract loopt af in juni", "contract_renewal"),
]


@pytest.mark.parametrize(("sentence", "event"), SAID)
def test_what_is_written_is_understood(sentence: str, event: str) -> None:
    assert event in read_events(sentence, event_words())


def test_every_event_is_tried_in_three_languages() -> None:
    assert all(sum(event == told for _, told in SAID) >= 3 for event in EVENTS)


@pytest.mark.parametrize(
    "sentence",
    ["", "...", "Business is good", "We haven't been hacked", "The ERP project is not stuck",
     "Our IT department is great", "Our company was founded in 1985",
     "Our provider is excellent and answers within the hour", "Nobody complains about IT",
     "I look after the computers myself on Fridays", "Everybody uses the same software",
     "The contract runs for another three years", "The bill is the same every month",
     "Notre prestataire répond toujours dans l'heure", "Nous avons confiance en notre prestataire",
     "Personne ne se plaint de l'informatique", "Nous engageons deux vendeurs",
     "De kosten zijn stabiel", "Het contract loopt nog drie jaar", "Iedereen gebruikt dezelfde software",
     "We hebben alle vertrouwen in onze partner", "We werven twee verkopers aan",
     "Two colleagues in sales quit last month", "Onze boekhouder gaat met pensioen",
     "Une infirmière part à la retraite", "Nothing special is happening", "Er is niets aan de hand",
     "Nos prix sont stables", "Le chiffre d'affaires augmente", "De omzet stijgt", "We open at nine and close at six",
     "Notre informaticien n'est pas parti", "Onze server is nooit gehackt"],
)  # fmt: skip
def test_what_is_not_said_is_not_understood(sentence: str) -> None:
    assert read_events(sentence, event_words()) == ()


def test_a_no_that_belongs_to_what_is_told_takes_nothing_back() -> None:
    assert read_events("No one owns the relationships", event_words()) == ("leadership_gap",)


@pytest.mark.parametrize(
    ("sentence", "event"),
    [("He gave two weeks' notice", "internal_it_left"), ("They have become far too expensive", "provider_too_costly"),
     ("Elle nous quitte fin mars", "internal_it_left"),
     ("Het onderhoudscontract moet verlengd worden", "contract_renewal")],
)  # fmt: skip
def test_who_is_asked_about_it_need_not_say_again_that_it_is_about_it(sentence: str, event: str) -> None:
    assert read_events(sentence, event_words()) == (event,)


def test_hints_are_tried_only_where_nothing_was_understood() -> None:
    said = "Our provider went bankrupt and it was far too expensive"
    words = EventWords("merger", (((phrase("merge"),),),), hints=(((phrase("together"),),),))
    other = EventWords("incident", (((phrase("hacked"),),),), elsewhere=(phrase("website of a client"),))
    assert read_events("We go together, and were hacked", [words, other]) == ("incident",)
    assert read_events("We go together", [words, other]) == ("merger",)
    assert "provider_failed" in read_events(said, event_words())


def test_how_many_figures_of_speech_are_understood_is_what_is_published() -> None:
    told = yaml.safe_load((ROOT / "tests" / "cases" / "events" / "idioms.yaml").read_text("utf-8"))
    understood = sum(one["event"] in read_events(one["says"], event_words()) for one in told)
    page = (ROOT / "docs" / "methods" / "sourcing.md").read_text("utf-8")
    published = re.search(r"of (\d+) figures of speech \*\*(\d+)\*\* are understood", page)
    assert published is not None
    assert (len(told), understood) == (int(published[1]), int(published[2]))


def test_several_things_happen_at_once() -> None:
    said = "Our IT manager left in May; the ERP project is stuck. We must save, the budget is cut."
    assert set(read_events(said, event_words())) >= {"internal_it_left", "project_stalled", "budget_cut"}


def test_two_sentences_are_not_one() -> None:
    assert read_events("Our provider is fine. The weather is terrible", event_words()) == ()


def test_a_word_that_takes_it_back_is_heard() -> None:
    words = EventWords("merger", (((phrase("merge"),),),), (phrase("=mail merge"),))
    assert read_events("We merge", (words,)) == ("merger",)
    assert read_events("How does a mail merge work", (words,)) == ()


def test_a_whole_word_is_asked_for() -> None:
    words = EventWords("merger", (((phrase("=late"),),),))
    assert read_events("it is late", (words,)) == ("merger",)
    assert read_events("the latest", (words,)) == ()


@given(st.text())
def test_any_text_is_read_without_harm(text: str) -> None:
    assert set(read_events(text, event_words())) <= set(EVENTS)
