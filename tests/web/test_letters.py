"""The draft of a letter: only what is confirmed enters it, and it is about the day that was decided."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from docx.api import Document

from pilothouse.accounts.models import Company, User
from pilothouse.records.models import Contract, ContractDecision, ContractDocument, ContractTerm
from pilothouse.reporting.letters import Purpose
from pilothouse.services import contracts, letters
from tests.conftest import Person
from tests.services.small_papers import bring


def kept(company: Company, by: User, **columns: object) -> Contract:
    today = timezone.localdate()
    agreed: dict[str, object] = {
        "name": "IT-beheer",
        "number": "C-17",
        "vendor_name": "Elders NV",
        "start": today - timedelta(days=90),
        "initial_term": "P1Y",
        "notice_length": "P1M",
        "notice_by": "registered_letter",
        "yearly_cost": Decimal(1_200),
        "country": "NL",
    }
    return contracts.save(Contract(company=company, **{**agreed, **columns}), [], by=by, today=today)


def page(person: Person, contract: Contract, **query: str) -> str:
    answer = person.client.get(f"/c/bakkerij/contracts/{contract.pk}/letter/", query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("&nbsp;", " ").split())


def dutch(day: date | None) -> str:
    months = "januari februari maart april mei juni juli augustus september oktober november december"
    assert day is not None
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def decide(contract: Contract, kind: str, by: User) -> ContractDecision:
    assert contract.exit_day is not None
    made = ContractDecision(kind=kind, reason="Te duur", exit_day=contract.exit_day)
    return contracts.decide(contract, made, by=by, today=timezone.localdate()).decision


def paper_of(contract: Contract, number: int) -> ContractDocument:
    """Version `number` of the contract's paper."""
    company = contract.company
    known: ContractDocument | None = (
        ContractDocument.objects.of(company).filter(contract=contract, number=number).first()
    )
    if known is not None:
        return known
    brought = bring(company, **{f"paper{number}__txt": f"Overeenkomst {number}".encode()}).files.first()
    assert brought is not None
    assert brought.source is not None
    made: ContractDocument = ContractDocument.objects.create(
        company=company, contract=contract, source=brought.source, number=number
    )
    return made


def add_term(
    contract: Contract, term: str, quote: str, *, version: int = 1, state: str = "confirmed"
) -> ContractTerm:
    """A term of a paper of the contract."""
    made: ContractTerm = ContractTerm.objects.create(
        company=contract.company,
        contract=contract,
        document=paper_of(contract, version),
        term=term,
        quote=quote,
        page=3,
        start=0,
        end=9,
        state=state,
    )
    return made


# --- what enters a letter ----------------------------------------------------------------------------------------


def test_a_notice_is_drafted_in_the_language_of_the_contract(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    said = page(owner, contract)
    assert "Hierbij zeggen wij de overeenkomst “IT-beheer” (uw kenmerk C-17) op" in said
    assert f"Zij eindigt na afloop van {dutch(contract.exit_day)}." in said
    assert "Per aangetekende brief met ontvangstbewijs" in said
    assert "Bakkerij Voorbeeld BV" in said
    assert "Owner" in said
    assert "namens Bakkerij Voorbeeld BV" in said


def test_as_long_as_a_date_is_only_proposed_there_is_no_letter(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user, proposed=["notice_length", "name"])
    said = page(owner, contract, file="pdf")
    assert "rests on words that nobody has confirmed" in said
    assert "Hierbij" not in said
    contracts.confirm(contract, ["notice_length"], by=owner.user)
    said = page(owner, contract)
    assert "Hierbij zeggen wij de overeenkomst “....." in said
    assert "the letter has a line there to fill in" in said
    assert "IT-beheer”" not in said


@pytest.mark.parametrize("column", ["vendor_name", "number", "our_name"])
def test_what_is_only_proposed_is_not_in_the_letter(company: Company, owner: Person, column: str) -> None:
    contract = kept(company, owner.user, proposed=[column], **{column: "Ongezien"})
    drafted = letters.draft(contract, Purpose.CANCEL, "nl", by=owner.user, today=timezone.localdate())
    assert drafted.facts is not None
    assert "Ongezien" not in repr(drafted.facts)
    contracts.confirm(contract, [column], by=owner.user)
    drafted = letters.draft(contract, Purpose.CANCEL, "nl", by=owner.user, today=timezone.localdate())
    assert "Ongezien" in repr(drafted.facts)


def test_a_contract_without_a_day_has_no_letter_yet(company: Company, owner: Person) -> None:
    said = page(owner, kept(company, owner.user, start=None))
    assert "no day is known on which it can end" in said
    assert "Change the contract" in said


def test_only_clauses_that_a_person_confirmed_are_quoted_the_notice_first(
    company: Company, owner: Person
) -> None:
    contract = kept(company, owner.user)
    add_term(contract, "renewal_term", "Verlengd met een jaar.")
    add_term(contract, "renewal_notice", "Opzeggen kan tot een maand\nvoor het einde.")
    add_term(contract, "termination_for_convenience", "Voorgesteld.", state="proposed")
    add_term(contract, "price", "Twaalfhonderd euro.")
    said = page(owner, contract)
    first, second = said.index("Opzeggen kan tot een maand voor het einde."), said.index("Verlengd met")
    assert first < second
    assert "In de overeenkomst staat (bladzijde 3):" in said
    assert "Voorgesteld." not in said
    assert "Twaalfhonderd" not in said


def test_clauses_come_from_the_latest_paper_that_has_any(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    add_term(contract, "renewal_notice", "De oude woorden.")
    add_term(contract, "renewal_notice", "De nieuwe woorden.", version=2)
    said = page(owner, contract)
    assert "De nieuwe woorden." in said
    assert "De oude woorden." not in said


# --- which day ------------------------------------------------------------------------------------------------------


def test_the_letter_is_about_the_day_that_was_decided(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    first = contract.exit_day
    decide(contract, "cancel", owner.user)
    assert f"Zij eindigt na afloop van {dutch(first)}." in page(owner, contract)
    assert "Write the notice" in owner.client.get(f"/c/bakkerij/contracts/{contract.pk}/").content.decode()
    assert "no day is known" in page(owner, contract, purpose="renew", language="nl")


def test_new_terms_are_asked_for_in_time_to_talk(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    send_by, first = contract.send_by, contract.exit_day
    assert send_by is not None
    decide(contract, "renegotiate", owner.user)
    said = page(owner, contract, purpose="renegotiate", language="nl")
    assert f"uiterlijk op {dutch(send_by - timedelta(days=14))} een schriftelijk voorstel" in said
    assert f"kan eindigen op {dutch(first)}" in said
    assert "Write to them" in owner.client.get(f"/c/bakkerij/contracts/{contract.pk}/").content.decode()


@pytest.mark.parametrize(("left", "answer"), [(40, 26), (14, 7), (1, 0), (0, None), (-3, None)])
def test_the_answer_is_asked_for_before_the_notice_would_go_out(left: int, answer: int | None) -> None:
    today = date(2026, 11, 23)
    expected = None if answer is None else today + timedelta(days=answer)
    assert letters._answer_by(today + timedelta(days=left), today) == expected
    assert letters._answer_by(None, today) is None


def test_going_on_says_until_when(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    until = date.fromisoformat(contract.answer["if_nobody_acts"]["renews_until"])
    assert f"loopt zij dan tot en met {dutch(until)}." in page(
        owner, contract, purpose="renew", language="nl"
    )


# --- which language -------------------------------------------------------------------------------------------------


def test_the_language_is_that_of_the_paper_then_of_the_country_then_of_the_reader(
    company: Company, owner: Person
) -> None:
    contract = kept(company, owner.user)
    assert letters.language_of(contract, owner.user) == "nl"
    contract.country = "BE"
    owner.user.language = "fr"
    assert letters.language_of(contract, owner.user) == "fr"
    owner.user.language = ""
    assert letters.language_of(contract, owner.user) == "en"
    document = add_term(contract, "price", "x").document
    document.language = "fr"
    document.save()
    assert letters.language_of(contract, owner.user) == "fr"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We give notice"), ("fr", "nous résilions"), ("nl", "zeggen wij")]
)
def test_the_letter_is_taken_along_as_a_paper(
    company: Company, reader: Person, owner: Person, language: str, words: str
) -> None:
    contract = kept(company, owner.user, name="IT-beheer & <co>")
    address = f"/c/bakkerij/contracts/{contract.pk}/letter/"
    asked = {"purpose": "cancel", "language": language}
    answer = reader.client.get(address, {**asked, "file": "docx"})
    assert answer["Content-Disposition"] == f'attachment; filename="it-beheer-co-cancel-{language}.docx"'
    text = "\n".join(part.text for part in Document(io.BytesIO(answer.content)).paragraphs)
    assert words in text
    assert "IT-beheer & <co>" in text
    answer = reader.client.get(address, {**asked, "file": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("query", [{"purpose": "sue"}, {"language": "de", "file": "pdf"}])
def test_a_letter_that_does_not_exist_is_said_so(
    company: Company, owner: Person, query: dict[str, str]
) -> None:
    contract = kept(company, owner.user)
    answer = owner.client.get(f"/c/bakkerij/contracts/{contract.pk}/letter/", query)
    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()


def test_who_decides_to_end_it_is_told_to_send_the_notice(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    said = {"kind": "cancel", "reason": "Te duur", "exit_day": str(contract.exit_day)}
    answer = owner.client.post(f"/c/bakkerij/contracts/{contract.pk}/decide/", said, follow=True)
    assert "Now send the notice; you are reminded" in answer.content.decode()
