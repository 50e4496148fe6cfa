"""Proof that a notice was sent: what is taken, who may save it again, and that it stays."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.records.models import ContractDecision, SourceFile
from pilothouse.services import contracts, proofs
from pilothouse.services.proofs import media_type_of
from tests.conftest import TODAY, Person
from tests.factories import make_contract

RECEIPT = b"%PDF-1.7 receipt of a registered letter"
MAIL = (
    b"Received: from mx.example\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\nFrom: ann@example.org\r\n\r\nHello"
)


@pytest.fixture
def decided(company: Company, editor: Person) -> ContractDecision:
    """A notice that was sent, without a proof yet."""
    contract = make_contract(company, 1, by=editor.user)
    assert contract.exit_day is not None
    decision = contract.decisions.get()
    decision.proof_file = None
    decision.kind = "cancel"
    decision.save()
    contracts.say_sent(decision, sent_on=TODAY, sent_by="letter", proof="RR 12")
    return decision


def address(decision: ContractDecision, more: str = "") -> str:
    return f"/c/bakkerij/contracts/decisions/{decision.pk}/proof/{more}"


def put(person: Person, decision: ContractDecision, data: bytes = RECEIPT, name: str = "receipt.pdf") -> str:
    answer = person.client.post(
        address(decision, "add/"), {"proof": SimpleUploadedFile(name, data)}, follow=True
    )
    return " ".join(answer.content.decode().split())


def test_a_proof_is_kept_with_the_decision_and_saved_again_by_every_member(
    decided: ContractDecision, editor: Person, reader: Person, stranger: Person, neighbour: Person
) -> None:
    assert reader.client.get(address(decided)).status_code == 404, "there is none yet"
    assert "The proof is kept with the decision." in put(editor, decided)
    page = reader.client.get(f"/c/bakkerij/contracts/{decided.contract_id}/").content.decode()
    assert "receipt.pdf" in page
    assert "Put another proof" not in page, "a reader only looks"
    answer = reader.client.get(address(decided))
    assert b"".join(answer.streaming_content) == RECEIPT  # type: ignore[attr-defined]  # a FileResponse
    assert "receipt.pdf" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    for other in (stranger, neighbour):
        assert other.client.get(address(decided)).status_code == 404


def test_a_reader_puts_nothing_there(decided: ContractDecision, reader: Person) -> None:
    answer = reader.client.post(address(decided, "add/"), {"proof": SimpleUploadedFile("a.pdf", RECEIPT)})
    assert answer.status_code == 403
    decided.refresh_from_db()
    assert decided.proof_file is None


def test_the_neighbours_decision_is_none_of_ours(decided: ContractDecision, neighbour: Person) -> None:
    theirs = f"/c/{neighbour.user.memberships.get().company.slug}/contracts/decisions/{decided.pk}/proof/"
    assert neighbour.client.get(theirs).status_code == 404
    assert (
        neighbour.client.post(f"{theirs}add/", {"proof": SimpleUploadedFile("a.pdf", RECEIPT)}).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"MZ\x90\x00 a program", "This kind of file proves little."),
        (b"<html><script>alert(1)</script></html>", "This kind of file proves little."),
    ],
)
def test_what_proves_nothing_is_refused_and_said_why(
    decided: ContractDecision, editor: Person, data: bytes, said: str
) -> None:
    assert said in put(editor, decided, data, "receipt.pdf")
    decided.refresh_from_db()
    assert decided.proof_file is None


def test_a_file_that_is_too_large_is_refused(
    decided: ContractDecision, editor: Person, settings: Settings
) -> None:
    settings.LARGEST_FILE = 20
    assert "This file is larger than" in put(editor, decided)
    assert not SourceFile.objects.of(decided.company).filter(name="receipt.pdf").exists()


def test_an_empty_file_is_said_to_be_empty(decided: ContractDecision) -> None:
    assert proofs.add(decided, "a.pdf", io.BytesIO(b"")) == proofs.Proof(is_kept=False, refused="empty")


def test_without_a_file_one_is_asked_for(decided: ContractDecision, editor: Person) -> None:
    answer = editor.client.post(address(decided, "add/"), {}, follow=True)
    assert "Choose the file first." in answer.content.decode()


def test_the_proof_can_be_put_in_when_the_sending_is_noted(decided: ContractDecision, editor: Person) -> None:
    sent = f"/c/bakkerij/contracts/decisions/{decided.pk}/sent/"
    said = {"sent_on": "2026-11-01", "sent_by": "email", "sent_proof": ""}
    editor.client.post(sent, {**said, "proof": SimpleUploadedFile("mail.eml", MAIL)})
    decided.refresh_from_db()
    assert decided.proof_file is not None
    assert (decided.proof_file.name, decided.sent_by) == ("mail.eml", "email")


def test_a_second_proof_takes_the_place_of_the_first(decided: ContractDecision, editor: Person) -> None:
    put(editor, decided)
    put(editor, decided, b"\x89PNG\r\n\x1a\n picture", "photo.png")
    decided.refresh_from_db()
    assert decided.proof_file is not None
    assert decided.proof_file.name == "photo.png"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (RECEIPT, "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "application/vnd.ms-outlook"),
        (MAIL, "message/rfc822"),
        (b"From: a letter\nthat is none", ""),
        (b"Received: x\nFrom: y\nDate: z\n\0", ""),
        (b"", ""),
        (b"PK\x03\x04", ""),
    ],
)
def test_what_a_file_is_its_first_bytes_say(head: bytes, found: str) -> None:
    assert media_type_of(head) == found


def test_bytes_that_are_gone_are_not_found(decided: ContractDecision, editor: Person) -> None:
    put(editor, decided)
    decided.refresh_from_db()
    assert decided.proof_file is not None
    decided.proof_file.content.storage.delete(str(decided.proof_file.content))
    assert editor.client.get(address(decided)).status_code == 404
