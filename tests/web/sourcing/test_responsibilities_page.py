"""Who does what: the draft, versions, gaps, signatures, the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pilothouse.accounts.models import Company
from pilothouse.records.models import MatrixSignature, ProfileVersion, ResponsibilityMatrix
from pilothouse.services import responsibilities
from pilothouse.services.responsibilities import SomebodyWasFaster
from tests.conftest import Person

TODAY = date(2026, 11, 23)


def address(company: Company, rest: str = "") -> str:
    return f"/c/{company.slug}/sourcing/responsibilities/{rest}"


def page(person: Person, company: Company, rest: str = "") -> str:
    answer = person.client.get(address(company, rest))
    assert answer.status_code == 200
    return answer.content.decode()


def taken(company: Company, editor: Person, model: str = "fully_outsourced") -> ResponsibilityMatrix:
    assert editor.client.post(address(company, "take/"), {"model": model}).status_code == 302
    version = responsibilities.newest(company)
    assert version is not None
    return version


def typed(
    version: ResponsibilityMatrix | None, model: str = "fully_outsourced", **changes: str
) -> dict[str, Any]:
    rows = version.rows if version else {}
    letters = {f"{duty}.{column}": value for duty, each in rows.items() for column, value in each.items()}
    return {
        "model": model,
        "base": str(version.number if version else 0),
        "note": "As agreed",
        **letters,
        **changes,
    }


def test_before_anything_is_settled_a_draft_is_shown(
    company: Company, reader: Person, editor: Person
) -> None:
    ProfileVersion.objects.create(
        company=company, holds_from=TODAY, headcount=40, current_model="fully_outsourced"
    )
    shown = page(reader, company)
    assert "Nothing is settled yet" in shown
    assert "Restore tests" in shown
    assert "Take the draft over" not in shown
    assert "Take the draft over" in page(editor, company)


def test_the_draft_becomes_the_first_version_and_keeps_all_rules(company: Company, editor: Person) -> None:
    version = taken(company, editor)
    assert (version.number, version.model, version.by) == (1, "fully_outsourced", editor.user)
    assert responsibilities.gaps_of(company, today=TODAY) == ()
    assert "One answers for each thing" in page(editor, company)


def test_without_a_version_there_is_no_gap_to_report(company: Company) -> None:
    assert responsibilities.gaps_of(company, today=TODAY) == ()


def test_a_model_nobody_knows_is_refused(company: Company, editor: Person) -> None:
    editor.client.post(address(company, "take/"), {"model": "magic"})
    assert responsibilities.newest(company) is None


def test_a_change_is_a_new_version_and_its_gap_is_said(company: Company, editor: Person) -> None:
    first = taken(company, editor)
    answer = editor.client.post(
        address(company, "change/"),
        typed(
            first, **{"restore_tests.owner": "", "name.provider": "Noordzee IT BV", "backup.owner": "hammer"}
        ),
    )
    assert answer.status_code == 302
    second = responsibilities.newest(company)
    assert second is not None
    assert (second.number, second.names["provider"]) == (2, "Noordzee IT BV")
    assert second.rows["backup"]["owner"] == ""
    shown = page(editor, company)
    assert "Nobody answers for it" in shown
    assert "Noordzee IT BV" in shown
    assert "Different from the version before" in shown
    old = page(editor, company, f"{first.pk}/")
    assert "A newer version holds." in old
    assert "One answers for each thing" in old


def test_whoever_comes_second_is_told_and_loses_nothing(
    company: Company, editor: Person, owner: Person
) -> None:
    first = taken(company, editor)
    begun = typed(first, note="What I typed", **{"name.adviser": "Ann Adviser"})
    owner.client.post(address(company, "change/"), typed(first, note="Theirs"))
    answer = editor.client.post(address(company, "change/"), begun)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "while you were typing" in shown
    assert "What I typed" in shown
    assert "Ann Adviser" in shown
    assert ResponsibilityMatrix.objects.of(company).count() == 2
    assert editor.client.post(address(company, "change/"), begun | {"base": "2"}).status_code == 302
    assert ResponsibilityMatrix.objects.of(company).count() == 3


def test_two_versions_never_have_one_number(
    company: Company, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = taken(company, editor)
    monkeypatch.setattr(
        responsibilities, "newest", lambda _company: None
    )  # as it was before the first was kept
    settled = responsibilities.Settled(version.model, version.rows, {})
    with pytest.raises(SomebodyWasFaster):
        responsibilities.keep(company, settled, base=0, by=editor.user)


def test_a_broken_number_of_the_version_begun_from_is_no_crash(company: Company, editor: Person) -> None:
    first = taken(company, editor)
    for base in ("", "x", "9" * 30, "-1"):
        answer = editor.client.post(address(company, "change/"), typed(first) | {"base": base})
        assert answer.status_code == 200
    assert ResponsibilityMatrix.objects.of(company).count() == 1


def test_both_sides_sign_once(company: Company, editor: Person, reader: Person) -> None:
    version = taken(company, editor)
    signed = {"side": "owner", "name": "An Owner", "role": "director", "signed_on": "2026-11-01"}
    path = address(company, f"{version.pk}/sign/")
    assert reader.client.post(path, signed).status_code == 403
    assert editor.client.post(path, signed).status_code == 302
    editor.client.post(path, signed | {"name": "Somebody else"})
    signature = MatrixSignature.objects.of(company).get()
    assert (signature.name, signature.digest) == ("An Owner", version.digest)
    assert "An Owner, director" in page(reader, company)
    wrong = editor.client.post(path, signed | {"signed_on": "soon"})
    assert wrong.status_code == 200
    assert "An Owner" in wrong.content.decode()


def test_the_paper_can_be_signed(company: Company, editor: Person, reader: Person) -> None:
    version = taken(company, editor, "fully_outsourced_plus_adviser")
    responsibilities.sign(version, "provider", "A Provider", "", TODAY, by=editor.user)
    answer = reader.client.get(f"/c/{company.slug}/sourcing/responsibilities/{version.pk}.pdf")
    assert answer["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_the_same_matrix_has_the_same_digest() -> None:
    rows = {"backup": {"owner": "A", "provider": "R"}}
    turned = {"backup": {"provider": "R", "owner": "A"}}
    assert responsibilities.digest_of("co_managed", rows, {}) == responsibilities.digest_of(
        "co_managed", turned, {}
    )
    assert responsibilities.digest_of("co_managed", rows, {}) != responsibilities.digest_of(
        "in_house", rows, {}
    )
