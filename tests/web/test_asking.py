"""The queue of questions as people meet it: with plain forms, with a script, as readers, and two at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from pilothouse.accounts.models import Company
from pilothouse.records.models import SetAside, SpendDecision, SpendLine
from pilothouse.services import spend
from tests.conftest import Person
from tests.house_rules.queries import assert_same_queries
from tests.services.small_papers import bill, bring

pytestmark = pytest.mark.django_db

ASKING = "/c/bakkerij/spend/asking/"
SCRIPT = {"hx-request": "true"}


@pytest.fixture
def asked(company: Company) -> Company:
    """A company with three vendors of which nothing is known, and one that is."""
    bring(
        company,
        a__xml=bill("Groot BV", what="Strandstoelen", net="900"),
        b__xml=bill("Middel BV", what="Parasols", net="400"),
        c__xml=bill("Klein BV", what="Zand", net="100"),
        d__xml=bill("Wolkenrijk BV", net="1000"),
    )
    return company


def parsed(answer: Any) -> Any:
    return html.fromstring(answer.content.decode())


def words(answer: Any) -> str:
    text = parsed(answer).text_content()
    return re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("\u202f", " "))


def question_of(answer: Any) -> str:
    found = parsed(answer).xpath("//h2[@id='question']")
    return str(found[0].text_content()) if found else ""


def form_of(answer: Any) -> dict[str, str]:
    """What the form of the question sends besides the button that is pressed."""
    inputs = parsed(answer).xpath("//form[contains(@class, 'answers')]//input[@type='hidden']")
    return {field.get("name"): field.get("value") or "" for field in inputs}


def press(person: Person, button: str, /, *, show: str = "", **more: str) -> Any:
    """Open the page, press a button of the form without a script, and follow."""
    page = person.client.get(ASKING, {"show": show} if show else {})
    return person.client.post(f"{ASKING}answer/", {**form_of(page), "answer": button, **more}, follow=True)


def decided(company: Company) -> list[tuple[str, bool, str]]:
    found = SpendDecision.objects.of(company).filter(withdrawn_at__isnull=True).order_by("pk")
    return list(found.values_list("vendor_name", "is_it", "purpose"))


# --- one by one -------------------------------------------------------------------------------------------------


def test_questions_are_answered_with_plain_forms_until_none_is_left(asked: Company, editor: Person) -> None:
    page = editor.client.get(ASKING)
    assert question_of(page) == "Groot BV"
    assert "0 of 3 questions · € 0 of € 1 400 settled" in words(page)
    page = press(editor, "no")
    assert question_of(page) == "Middel BV"
    assert "Groot BV is not IT." in words(page)
    assert "1 of 3 questions · € 900 of € 1 400 settled" in words(page)
    page = press(editor, "it:web_hosting", department="Winkel")
    assert "IT is now € 1 400 a year, € 400 more than before you began." in words(page)
    page = press(editor, "it", purpose="telephone_equipment")
    assert question_of(page) == ""
    assert "No question is left" in words(page)
    assert "Look through what we take for IT" in words(page)
    assert decided(asked) == [
        ("Groot BV", False, ""),
        ("Middel BV", True, "web_hosting"),
        ("Klein BV", True, "telephone_equipment"),
    ]
    assert SpendDecision.objects.of(asked).get(vendor_name="Middel BV").department == "Winkel"


def test_what_we_take_for_it_is_confirmed(asked: Company, editor: Person) -> None:
    page = press(editor, "confirm", show="unconfirmed")
    assert "All that we take for IT is confirmed" in words(page)
    assert decided(asked) == [("Wolkenrijk BV", True, "office_suite")]
    line = SpendLine.objects.of(asked).filter(review=spend.current(asked)).get(vendor_name="Wolkenrijk BV")
    assert line.confirmed
    assert "Answer them" in words(page)


def test_answers_are_taken_back_one_after_the_other(asked: Company, editor: Person) -> None:
    press(editor, "no")
    press(editor, "it:web_hosting")
    press(editor, "aside")
    assert SetAside.objects.of(asked).count() == 1
    undone = [question_of(editor.client.post(f"{ASKING}undo/", {}, follow=True)) for _ in range(3)]
    assert undone == ["Klein BV", "Middel BV", "Groot BV"]
    assert decided(asked) == []
    assert not SetAside.objects.of(asked).exists()
    nothing = editor.client.post(f"{ASKING}undo/", {}, follow=True)
    assert "There is nothing to take back." in words(nothing)


def test_taking_back_what_was_taken_back_elsewhere_says_so(asked: Company, editor: Person) -> None:
    press(editor, "no")
    decision = SpendDecision.objects.of(asked).get()
    editor.client.post(f"/c/bakkerij/spend/decisions/{decision.pk}/withdraw/")
    page = editor.client.post(f"{ASKING}undo/", {}, follow=True)
    assert "It was taken back already: Groot BV is not IT." in words(page)


def test_what_is_set_aside_is_asked_when_it_is_opened(asked: Company, editor: Person) -> None:
    page = press(editor, "aside")
    assert question_of(page) == "Middel BV"
    assert "One question is set aside." in words(page)
    page = editor.client.get(ASKING, {"show": "aside"})
    assert question_of(page) == "Groot BV"
    page = press(editor, "no", show="aside")
    assert "Nothing is set aside" in words(page)
    again = editor.client.post(
        f"{ASKING}answer/", {"answer": "aside", "chosen": ":nobody", "seen": "0"}, follow=True
    )
    assert "set aside already, or somebody has answered it" in words(again)


def test_a_script_is_given_the_next_question_alone_and_told_what_came_of_the_answer(
    asked: Company, editor: Person
) -> None:
    form = form_of(editor.client.get(ASKING))
    part = editor.client.post(f"{ASKING}answer/", {**form, "answer": "no"}, headers=SCRIPT)
    assert b"<html" not in part.content
    assert question_of(part) == "Middel BV"
    said = parsed(part).xpath("//*[@id='asking-said']")
    assert [one.get("hx-swap-oob") for one in said] == ["true"]
    assert "Groot BV is not IT. Next: Middel BV, € 400 a year." in re.sub(
        r"\s+", " ", said[0].text_content()
    ).replace("\xa0", " ")
    back = editor.client.post(f"{ASKING}undo/", {}, headers=SCRIPT)
    assert question_of(back) == "Groot BV"


def test_one_may_go_on_without_answering(asked: Company, editor: Person) -> None:
    page = editor.client.get(ASKING, {"at": "1"})
    assert question_of(page) == "Middel BV"
    after = editor.client.post(f"{ASKING}answer/", {**form_of(page), "answer": "no"}, follow=True)
    assert question_of(after) == "Klein BV", "one stays where one is in the list"


@pytest.mark.parametrize(
    "asked_for", ["at=9999999", "at=x", "at=-1", "show=nonsense", "question=::", "at=9999999999999"]
)
def test_an_address_that_makes_no_sense_shows_a_question(
    asked: Company, reader: Person, asked_for: str
) -> None:
    assert question_of(reader.client.get(f"{ASKING}?{asked_for}"))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"answer": ""},
        {"answer": "perhaps"},
        {"answer": "it:nonsense"},
        {"answer": "it", "purpose": "nonsense"},
        {"answer": "no", "seen": "x"},
        {"answer": "no", "chosen": ""},
        {"answer": "no", "department": "x" * 81},
        {"answer": "no", "at": "-1"},
    ],
)
def test_what_is_no_answer_changes_nothing_and_is_said(
    asked: Company, editor: Person, sent: dict[str, str]
) -> None:
    form = {**form_of(editor.client.get(ASKING)), **sent}
    page = editor.client.post(f"{ASKING}answer/", form, follow=True)
    assert decided(asked) == []
    if sent.get("chosen", "given"):
        assert "could not be kept" in words(page)


def test_a_question_of_another_company_is_not_answered(
    asked: Company, other_company: Company, neighbour: Person
) -> None:
    bring(other_company, a__xml=bill("Elders BV", what="Banden"))
    key = SpendLine.objects.of(asked).filter(vendor_name="Groot BV")[0].vendor_key
    sent = {"answer": "no", "chosen": f":{key}", "seen": "0"}
    page = neighbour.client.post("/c/garage/spend/asking/answer/", sent, follow=True)
    assert "not waiting any more" in words(page)
    assert not SpendDecision.objects.exists()
    assert neighbour.client.post(f"{ASKING}answer/", sent).status_code == 404


# --- who may ----------------------------------------------------------------------------------------------------


def test_a_reader_sees_questions_and_no_answers(asked: Company, reader: Person) -> None:
    for page in (ASKING, f"{ASKING}all/"):
        shown = reader.client.get(page)
        assert "Groot BV" in words(shown)
        assert not parsed(shown).xpath("//main//form")
    sent = {"answer": "no", "chosen": ":x", "seen": "0"}
    assert reader.client.post(f"{ASKING}answer/", sent).status_code == 403
    assert reader.client.post(f"{ASKING}undo/").status_code == 403


def test_a_company_without_papers_is_told_what_to_bring(company: Company, editor: Person) -> None:
    for page in (ASKING, f"{ASKING}all/"):
        assert "No papers yet" in words(editor.client.get(page))


def test_hostile_names_are_words(company: Company, editor: Person) -> None:
    name = "<script>alert(1)</script> BV"
    bring(company, a__xml=bill(name.replace("<", "&lt;"), what="'\"><img src=x>"))
    for page in (ASKING, f"{ASKING}all/"):
        shown = editor.client.get(page).content
        assert b"<script>alert" not in shown
        assert b"<img src=x" not in shown
    assert question_of(press(editor, "no")) == ""


# --- two people -------------------------------------------------------------------------------------------------


def test_two_people_at_the_same_question(asked: Company, owner: Person, editor: Person) -> None:
    mine, theirs = form_of(owner.client.get(ASKING)), form_of(editor.client.get(ASKING))
    owner.client.post(f"{ASKING}answer/", {**mine, "answer": "it:web_hosting"})
    page = editor.client.post(f"{ASKING}answer/", {**theirs, "answer": "no"}, follow=True)
    assert (
        "Your answer on Groot BV was not kept: meanwhile Owner said “IT, Web and mail hosting”, which holds."
        in words(page)
    )
    assert question_of(page) == "Middel BV"
    assert decided(asked) == [("Groot BV", True, "web_hosting")]


def test_an_answer_that_contradicts_an_earlier_one_says_so_and_is_taken_back(
    asked: Company, editor: Person
) -> None:
    """What was said of a vendor does not hold for its lines while it is withdrawn, and is history when said again."""
    press(editor, "no")
    key = SpendDecision.objects.of(asked).get().vendor_key
    sent = {"vendor": key, "is_it": "yes", "purpose": "web_hosting"}
    page = editor.client.post("/c/bakkerij/spend/decide/", sent, follow=True)
    assert "It holds instead of “not IT”, which Editor said" in words(page)
    assert decided(asked)[-1] == ("Groot BV", True, "web_hosting")


# --- as a list --------------------------------------------------------------------------------------------------


def names_in(answer: Any) -> list[str]:
    return [str(box.get("value")) for box in parsed(answer).xpath("//input[@name='chosen']")]


def test_several_are_answered_at_once_and_taken_back_in_one_go(asked: Company, editor: Person) -> None:
    page = editor.client.get(f"{ASKING}all/")
    chosen = names_in(page)
    assert len(chosen) == 3
    sent = {"answer": "no", "chosen": chosen[:2], "seen": "0", "back": "list"}
    page = editor.client.post(f"{ASKING}answer/", sent, follow=True)
    assert "2 vendors: not IT." in words(page)
    assert names_in(page) == chosen[2:]
    assert [is_it for _, is_it, _ in decided(asked)] == [False, False]
    page = editor.client.post(f"{ASKING}undo/", {"back": "list"}, follow=True)
    assert names_in(page) == chosen
    assert decided(asked) == []


def test_several_are_it_each_as_proposed(company: Company, editor: Person) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"), b__xml=bill("Hostwijk BV", what="Webhosting", net="60"))
    chosen = names_in(editor.client.get(f"{ASKING}all/", {"show": "unconfirmed"}))
    sent = {"answer": "confirm", "chosen": chosen, "seen": "0", "back": "list", "show": "unconfirmed"}
    page = editor.client.post(f"{ASKING}answer/", sent, follow=True)
    assert "2 vendors: IT, each as proposed." in words(page)
    assert {purpose for *_, purpose in decided(company)} == {"office_suite", "web_hosting"}


def test_nothing_ticked_is_said(asked: Company, editor: Person) -> None:
    sent = {"answer": "no", "seen": "0", "back": "list"}
    page = editor.client.post(f"{ASKING}answer/", sent, follow=True)
    assert "could not be kept" in words(page)


def test_of_many_that_others_answered_the_first_are_named(
    asked: Company, owner: Person, editor: Person
) -> None:
    chosen = names_in(editor.client.get(f"{ASKING}all/"))
    for name in chosen:
        owner.client.post(f"{ASKING}answer/", {"answer": "no", "chosen": name, "seen": "0"})
    sent = {"answer": "it:web_hosting", "chosen": [*chosen, ":a", ":b"], "seen": "0", "back": "list"}
    page = editor.client.post(f"{ASKING}answer/", sent, follow=True)
    assert words(page).count("was not kept: meanwhile Owner said") == 3
    assert "And 2 more like that." in words(page)


@pytest.mark.parametrize("page", ["0", "1", "x", "2", "9999", "99999999999"])
def test_a_page_of_the_list_that_is_not_there_shows_the_first(
    asked: Company, reader: Person, page: str
) -> None:
    assert "Groot BV" in words(reader.client.get(f"{ASKING}all/", {"page": page}, follow=True))


def test_a_question_is_opened_from_the_list(asked: Company, reader: Person) -> None:
    rows = parsed(reader.client.get(f"{ASKING}all/")).xpath("//td/a | //th/a")
    opened = reader.client.get(ASKING + rows[1].get("href").partition("/asking/")[2])
    assert question_of(opened) == "Middel BV"


def test_more_questions_ask_no_more_queries(company: Company, editor: Person) -> None:
    def twenty() -> None:
        bring(
            company,
            **{
                f"f{n}__xml": bill(f"Winkel {chr(97 + n)}aa BV", what="Parasols", net=str(50 + n))
                for n in range(20)
            },
        )

    bring(company, a__xml=bill("Groot BV", what="Strandstoelen", net="900"))
    for show in ("unsure", "unconfirmed", "aside"):
        assert_same_queries(editor.client, f"{ASKING}?show={show}", lambda: None)
    assert_same_queries(editor.client, ASKING, twenty)
    assert_same_queries(editor.client, f"{ASKING}all/", lambda: None)


def test_other_pages_lead_to_the_questions(asked: Company, editor: Person) -> None:
    for page in ("/c/bakkerij/", "/c/bakkerij/spend/"):
        assert f'href="{ASKING}"'.encode() in editor.client.get(page).content
