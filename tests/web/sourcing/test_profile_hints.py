"""The papers propose what the profile asks, with their proof; nothing is taken over in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.accounts.models import Company
from pilothouse.records.models import ProfileVersion, SpendCell
from pilothouse.services import profile_hints, spend
from pilothouse.web.templatetags.pilothouse import whole_money
from tests.conftest import TODAY, Person
from tests.services.small_papers import bill, bring

USERS = b"""Display name,User principal name,Account enabled,User type,Licenses
Ann,ann@x.example,True,Member,Business Premium
Bob,bob@x.example,True,Member,Business Premium
Gone,gone@x.example,False,Member,
Guest,guest@y.example,True,Guest,
"""


def paid(company: Company, months: int, **more: Any) -> None:
    review = spend.current(company)
    cell = SpendCell.objects.of(company).filter(review=review).first()
    assert cell is not None
    for back in range(months):
        count = TODAY.year * 12 + TODAY.month - 1 - back
        cell.pk, cell.month = None, date(count // 12, count % 12 + 1, 1)
        cell.basis, cell.category, cell.vendor_name, cell.cost = (
            "booked",
            "managed_it_services",
            "Noordzee IT",
            Decimal(900),
        )
        cell.save()


def test_people_are_proposed_from_the_list_of_users(company: Company, editor: Person, reader: Person) -> None:
    bring(company, users__csv=USERS)
    [hint] = profile_hints.hints_of(company, None, today=TODAY)
    assert (hint.field, hint.value, hint.kind) == ("headcount", "2", "accounts")
    path = f"/c/{company.slug}/profile/"
    shown = editor.client.get(path).content.decode()
    assert "What your papers say" in shown
    assert "Put it in the form" in shown
    assert "Put it in the form" not in reader.client.get(path).content.decode()
    taken = editor.client.get(path, {"take": "headcount"}).content.decode()
    assert 'value="2"' in taken
    assert "save to keep it" in taken
    assert not ProfileVersion.objects.of(company).exists()
    version = ProfileVersion.objects.create(company=company, holds_from=TODAY, headcount=2)
    assert profile_hints.hints_of(company, version, today=TODAY) == []


def test_how_it_is_run_is_proposed_from_what_is_paid(company: Company) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    assert profile_hints.hints_of(company, None, today=TODAY) == []
    paid(company, 3)
    assert profile_hints.hints_of(company, None, today=TODAY) == []
    paid(company, 10)
    [hint] = profile_hints.hints_of(company, None, today=TODAY)
    assert (hint.value, hint.source, hint.count) == ("fully_outsourced", "Noordzee IT", 10)
    version = ProfileVersion(company=company, holds_from=TODAY, internal_it_fte=Decimal(1))
    assert [each.value for each in profile_hints.hints_of(company, version, today=TODAY)] == ["co_managed"]


def test_a_list_without_anybody_proposes_nobody(company: Company) -> None:
    bring(company, users__csv=b"\n".join(USERS.split(b"\n")[:1] + USERS.split(b"\n")[3:]))
    assert profile_hints.hints_of(company, None, today=TODAY) == []


def test_what_it_costs_stands_beside_the_questions(company: Company, reader: Person) -> None:
    path = f"/c/{company.slug}/profile/"
    assert profile_hints.it_spend_of(company, None, today=TODAY) is None
    assert "What your papers say" not in reader.client.get(path).content.decode()
    bring(company, a__xml=bill("Microsoft Ireland Operations Limited"))
    found = profile_hints.it_spend_of(company, None, today=TODAY)
    assert found is not None
    assert found.vendors == 1
    assert found.a_head is None
    assert "for each person" not in reader.client.get(path).content.decode()
    version = ProfileVersion.objects.create(company=company, holds_from=TODAY, headcount=4)
    found = profile_hints.it_spend_of(company, version, today=TODAY)
    assert found is not None
    assert found.a_head is not None
    assert found.a_head.amount * 4 == found.found.it_total.value.amount
    shown = reader.client.get(path).content.decode()
    assert whole_money(found.a_head) in shown
    assert "Paid to one firm." in shown
