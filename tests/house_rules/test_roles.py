"""Readers see all of a company but what is listed here with its reason, and guests see nothing of it."""

from __future__ import annotations

from lxml import html

from tests.conftest import Person
from tests.house_rules.addresses import company_addresses
from tests.house_rules.answers import let_go
from tests.house_rules.conftest import Stage

# Pages that a reader is refused with words, since they are there to change something or show more than pages do.
NOT_FOR_READERS = {
    "contracts:add": "a form to enter a contract, which editors do",
    "contracts:reading": "the words of a paper as it was brought, in which natural persons are not masked",
    "contracts:compare": "the words of two papers as they were brought, in which natural persons are not masked",
    "contracts:add_version": "asks which paper belongs to a contract, which editors say",
    "contracts:change": "the same, for what is there already",
    "sourcing:responsibilities_edit": "a form that keeps a new version; the versions themselves are shown to all",
    "arrivals:add_mailbox": "asks where papers are to come from, which editors say",
    "arrivals:add_folder": "the same, for a folder",
    "arrivals:change": "the same, for what is there already",
    "intake:undo": "asks whether to take an import back, which editors do",
    "intake:picture": "a page as it was brought, on which natural persons are not masked",
    "intake:attachment": "a file as it came inside an invoice, not masked either",
    "intake:original": "the file as it was brought, in which natural persons are not masked",
}


# Forms that readers are offered all the same, since what they change is the reader's own.
THEIR_OWN = {"spend:consolidated": "views of figures that they keep for themselves"}


def sending_forms(page: bytes) -> list[html.HtmlElement]:
    """The forms within a page that can be sent to change something."""
    forms = [form for main in html.fromstring(page).iter("main") for form in main.iter("form")]
    return [
        form
        for form in forms
        if form.get("method") == "post"
        and any(button.get("type") != "button" for button in form.iter("button"))
    ]


def test_readers_are_shown_all_but_what_is_listed(stage: Stage, owner: Person, reader: Person) -> None:
    company = stage.company
    refused = {}
    for address in company_addresses():
        page = address.filled(company.slug, company)
        shown, found = owner.client.get(page), reader.client.get(page)
        if shown.status_code == 200 and found.status_code != 200:
            refused[address.name] = found.status_code
        for answer in (shown, found):
            let_go(answer)
    assert refused == dict.fromkeys(NOT_FOR_READERS, 403)


def test_readers_are_offered_nothing_they_may_not_do(stage: Stage, reader: Person) -> None:
    company = stage.company
    forms = []
    for address in company_addresses():
        answer = reader.client.get(address.filled(company.slug, company))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            forms += [address.name for _ in sending_forms(answer.content)]
        let_go(answer)
    assert set(forms) == set(THEIR_OWN)


def test_a_form_that_changes_something_is_found() -> None:
    button = b"<form method='post'><button>Save</button></form>"
    assert sending_forms(b"<main>" + button + b"</main>")
    assert not sending_forms(b"<header>" + button + b"</header><main></main>")
    assert not sending_forms(b"<main><form method='get'><button>Search</button></form></main>")
