"""Ten questions without papers; and whom to hire, honestly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilothouse.accounts.models import Company
from pilothouse.engine.sourcing.first_look import worth_a_look
from pilothouse.knowledge.entries import KnowledgeError, folder
from pilothouse.knowledge.sourcing_first_look import read_topics, topics
from pilothouse.knowledge.sourcing_hire import hiring, read_hiring
from pilothouse.records.models import ProfileVersion
from pilothouse.services import hiring as plans
from tests.conftest import TODAY, Person

ANSWERS = {
    "headcount": "24", "current_model": "break_fix", "internal_it_fte": "0", "it_criticality": "high",
    "strategic_change": "some", "growth": "growing", "event_words": "Our server was hacked", "restore_tested": "no",
    "second_admin": "yes", "contracts_together": "unknown",
}  # fmt: skip


def page(person: Person, company: Company, rest: str, said: dict[str, str] | None = None) -> str:
    answer = person.client.get(f"/c/{company.slug}/sourcing/{rest}", said or {})
    assert answer.status_code == 200
    return answer.content.decode()


def known(company: Company, **facts: Any) -> None:
    ProfileVersion.objects.create(company=company, holds_from=date(2026, 1, 1), **facts)


# --- first look -------------------------------------------------------------------------------------------------------


def test_before_anything_is_answered_ten_questions_are_asked(company: Company, reader: Person) -> None:
    shown = page(reader, company, "first-look/")
    assert "Ten questions" in shown
    assert shown.count('<div class="field">') + shown.count('<fieldset class="field">') >= 10


def test_ten_answers_give_a_model_a_cost_and_three_things_to_do(company: Company, reader: Person) -> None:
    shown = page(reader, company, "first-look/", ANSWERS)
    assert "Most likely" in shown
    assert "over three years, for such a firm" in shown
    assert "Has anything ever been restored?" in shown
    assert "What have you signed" in shown
    assert "Who else can get in?" not in shown
    assert "Keep these answers" not in shown
    assert not ProfileVersion.objects.of(company).exists()


def test_every_answer_may_be_unknown(company: Company, reader: Person) -> None:
    shown = page(reader, company, "first-look/", {"headcount": ""})
    assert "Who else can get in?" in shown
    assert "Tell us, and we are surer" in shown


def test_a_wrong_answer_is_said_and_the_others_stay(company: Company, reader: Person) -> None:
    shown = page(reader, company, "first-look/", ANSWERS | {"headcount": "-4"})
    assert "Most likely" not in shown
    assert "Our server was hacked" in shown


def test_the_answers_can_be_kept_as_the_profile_and_the_rest_of_it_stays(
    company: Company, editor: Person
) -> None:
    known(company, headcount=10, sector="bakery", country="BE")
    assert "Keep these answers" in page(editor, company, "first-look/", ANSWERS)
    assert editor.client.post(f"/c/{company.slug}/sourcing/first-look/", ANSWERS).status_code == 302
    newest = ProfileVersion.objects.of(company).order_by("pk").last()
    assert newest is not None
    assert (newest.headcount, newest.sector, newest.by) == (24, "bakery", editor.user)
    assert ProfileVersion.objects.of(company).count() == 2


def test_the_first_profile_can_come_from_a_first_look(
    company: Company, editor: Person, reader: Person
) -> None:
    assert reader.client.post(f"/c/{company.slug}/sourcing/first-look/", ANSWERS).status_code == 403
    editor.client.post(f"/c/{company.slug}/sourcing/first-look/", ANSWERS)
    assert ProfileVersion.objects.of(company).get().current_model == "break_fix"


def test_what_is_open_comes_before_what_is_always_worth_a_look() -> None:
    every = {"restore_tested": "yes", "second_admin": "yes", "contracts_together": "yes"}
    assert [topic.key for topic in worth_a_look(topics(), every)] == ["spend", "model"]
    assert next(topic.key for topic in worth_a_look(topics(), {})) == "restore"


@pytest.mark.parametrize(
    ("wrong", "instead", "named"),
    [
        ('restore_tested: ["no", unknown]', 'moon: ["no"]', "moon"),
        ('["no", unknown]', "[perhaps]", "yes, no or unknown"),
    ],
)
def test_topics_that_cannot_be_used_name_the_place(
    tmp_path: Path, wrong: str, instead: str, named: str
) -> None:
    text = folder("sourcing").joinpath("first_look.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / "first_look.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_topics(file)


# --- hire -------------------------------------------------------------------------------------------------------------


def test_where_it_is_the_product_somebody_is_to_be_hired(company: Company, reader: Person) -> None:
    known(
        company,
        headcount=60,
        internal_it_fte=0,
        it_is_core_product=True,
        country="BE",
        current_model="break_fix",
    )
    plan = plans.plan_for(company, today=TODAY)
    assert plan.hires
    assert plan.model == "In-house"
    assert plan.jobs
    assert all(job.pay.source.title for job in plan.jobs)
    assert [day for day, _ in plan.exit] == sorted(day for day, _ in plan.exit)
    shown = page(reader, company, "hire/")
    assert "<strong>Yes</strong>" in shown
    assert "The first ninety days" in shown
    assert "How the adviser leaves" in shown


def test_where_a_provider_fits_the_answer_is_not_now_and_what_would_turn_it(
    company: Company, reader: Person
) -> None:
    known(
        company, headcount=25, internal_it_fte=0, it_criticality="medium", growth="growing", country="ES",
        current_model="fully_outsourced", it_is_core_product=False, own_know_how=False, hidden_it_hours=5,
    )  # fmt: skip
    plan = plans.plan_for(company, today=TODAY)
    assert not plan.hires
    assert plan.cost is None
    shown = page(reader, company, "hire/")
    assert "Not now" in shown
    assert "What would turn it into a yes" in shown


def test_every_role_has_a_whole_profile() -> None:
    for role in hiring().roles.values():
        assert role.tasks
        assert role.skills
        assert role.mandate
        assert role.first_days
        assert role.not_to_expect


@pytest.mark.parametrize(
    ("wrong", "instead", "named"), [("day: 90", "day: 5", "must rise"), ("  lead:\n", "  boss:\n", "lead")]
)
def test_a_file_on_hiring_that_cannot_be_used_names_the_place(
    tmp_path: Path, wrong: str, instead: str, named: str
) -> None:
    text = folder("sourcing").joinpath("hire.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / "hire.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read_hiring(file)
