"""Keep, share, outsource, and who does what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.costs.profile import LEVELS, MODELS, Profile, examined
from pilothouse.engine.sourcing.responsibilities import (
    COLUMNS,
    MOST,
    OWNER,
    Duty,
    Fault,
    Row,
    Situation,
    check_matrix,
    columns_in,
    draft_matrix,
    judge_duty,
    responsibilities_of,
)
from pilothouse.knowledge.sourcing_duties import duties

NOBODY = Situation.of(Profile())
SUPPORT = Situation.of(Profile(internal_it_fte=1.0))
DUTIES = {duty.key: duty for duty in duties()}
profiles = st.builds(
    Profile,
    headcount=st.integers(1, 300),
    internal_it_fte=st.sampled_from([None, 0.0, 0.5, 2.0, 6.0]),
    has_it_leader=st.sampled_from([None, True, False]),
    own_know_how=st.booleans(),
    it_is_core_product=st.booleans(),
    needs_after_hours=st.booleans(),
    compliance_pressure=st.sampled_from(LEVELS),
).map(lambda profile: examined(profile)[0])


def rows_of(model: str, profile: Profile) -> dict[str, dict[str, str]]:
    return {row["function"]: row for row in responsibilities_of(model, profile, duties())}


# --- keep, share, outsource -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["business_processes", "customer_relationship", "data_ownership", "strategic_decisions"]
)
def test_what_belongs_to_the_business_is_kept_whatever_the_model(key: str) -> None:
    for model in MODELS:
        row = rows_of(model, Profile(internal_it_fte=3.0, has_it_leader=True))[key]
        assert (row["verdict"], row["owner"]) == ("keep", "AR")
        assert not {"A", "R"} & set(row["internal_it"] + row["provider"] + row["adviser"])


@pytest.mark.parametrize(
    "key", ["network", "servers_cloud", "backup", "security_protection", "technology_watch"]
)
def test_depth_availability_and_tooling_pull_out(key: str) -> None:
    assert judge_duty(DUTIES[key], NOBODY).verdict == "outsource"


def test_the_helpdesk_goes_out_where_nobody_gives_support_and_stays_where_somebody_does() -> None:
    helpdesk = DUTIES["first_line_helpdesk"]
    assert judge_duty(helpdesk, NOBODY).verdict == "outsource"
    assert judge_duty(helpdesk, SUPPORT).verdict == "share"
    assert rows_of("co_managed", Profile(internal_it_fte=1.0))["first_line_helpdesk"]["internal_it"] == "AR"
    few = Profile(internal_it_fte=1.0, support_fte=0.2)
    assert rows_of("co_managed", few)["first_line_helpdesk"]["provider"] == "AR"


def test_what_sets_the_firm_apart_is_held_in() -> None:
    development = DUTIES["software_development"]
    apart = replace(NOBODY, know_how=True)
    assert judge_duty(development, apart).pull < judge_duty(development, NOBODY).pull
    sold = replace(NOBODY, core_product=True)
    assert judge_duty(DUTIES["servers_cloud"], sold).pull < judge_duty(DUTIES["servers_cloud"], NOBODY).pull
    night = replace(NOBODY, after_hours=True)
    assert judge_duty(DUTIES["servers_cloud"], night).pull > judge_duty(DUTIES["servers_cloud"], NOBODY).pull
    proof = replace(NOBODY, compliance=True)
    assert judge_duty(DUTIES["privacy"], proof).pull > judge_duty(DUTIES["privacy"], NOBODY).pull


def test_what_a_firm_sells_is_never_all_handed_out() -> None:
    sold = replace(NOBODY, core_product=True, after_hours=True)
    assert judge_duty(DUTIES["software_development"], sold).verdict == "keep"
    for key in ("servers_cloud", "security_protection"):
        assert judge_duty(DUTIES[key], replace(sold, core_product=False)).verdict == "outsource"
        assert judge_duty(DUTIES[key], sold).verdict == "share"
    assert judge_duty(DUTIES["network"], sold).verdict == "outsource"


def test_no_rating_alone_turns_keep_into_outsource() -> None:
    """The ratings are ours: one of them off by one changes less than a quarter of verdicts, and none altogether."""
    rated = [duty for duty in duties() if duty.nature != "own"]
    ratings = ("depth", "availability", "tooling", "business", "differentiation")
    turned = [
        (judge_duty(duty, NOBODY).verdict, judge_duty(replace(duty, **{rating: moved}), NOBODY).verdict)
        for duty in rated
        for rating in ratings
        for moved in (getattr(duty, rating) - 1, getattr(duty, rating) + 1)
        if 0 <= moved <= MOST
    ]
    assert sum(before != after for before, after in turned) < len(turned) / 4
    assert {"keep", "outsource"} not in [{before, after} for before, after in turned]


# --- the matrix -----------------------------------------------------------------------------------------------------


@given(profiles, st.sampled_from(MODELS))
def test_every_drafted_matrix_keeps_all_rules(profile: Profile, model: str) -> None:
    situation = Situation.of(profile)
    rows = draft_matrix(model, situation, duties())
    assert check_matrix(rows, duties(), columns_in(model, situation)) == ()
    for row in rows:
        assert sum("A" in letters for letters in row.letters.values()) == 1
        assert any("R" in letters for letters in row.letters.values())


def test_in_co_managed_own_people_keep_the_day_to_day_and_the_provider_has_the_depth() -> None:
    rows = rows_of("co_managed", Profile(internal_it_fte=2.0))
    assert {
        rows[key]["internal_it"] for key in ("first_line_helpdesk", "identity_access", "knowledge_training")
    } == {"AR"}
    assert {rows[key]["provider"] for key in ("security_protection", "backup", "network")} == {"AR"}
    led = rows_of("co_managed", Profile(internal_it_fte=2.0, has_it_leader=True))
    assert (led["backup"]["internal_it"], led["backup"]["provider"]) == ("A", "R")


def test_a_provider_of_everything_answers_for_running_it_and_the_owner_for_the_proof() -> None:
    rows = rows_of("fully_outsourced", Profile())
    assert (rows["backup"]["provider"], rows["backup"]["owner"]) == ("AR", "I")
    assert (rows["restore_tests"]["owner"], rows["restore_tests"]["provider"]) == ("A", "R")
    assert rows["business_applications"]["owner"] == "AR"
    assert rows["licence_clean_up"]["owner"] == "AR"
    assert (rows["projects"]["owner"], rows["projects"]["provider"]) == ("A", "R")


def test_an_adviser_plans_and_never_answers_for_running() -> None:
    for model in ("fully_outsourced_plus_adviser", "advisory_only"):
        for key, row in rows_of(model, Profile(internal_it_fte=2.0)).items():
            assert "A" not in row["adviser"], key
    rows = rows_of("fully_outsourced_plus_adviser", Profile())
    assert (rows["strategy_roadmap"]["owner"], rows["strategy_roadmap"]["adviser"]) == ("A", "R")
    assert rows["licence_clean_up"]["adviser"] == "R"


def test_with_help_by_the_call_the_owner_is_left_with_what_must_be_done_every_day() -> None:
    rows = rows_of("break_fix", Profile())
    assert rows["backup"]["owner"] == "AR"
    assert rows["workplace_devices"]["provider"] == "R"
    assert rows_of("advisory_only", Profile(internal_it_fte=2.0))["backup"]["internal_it"] == "AR"


def test_whom_own_people_call_does_what_he_is_called_for() -> None:
    own = Profile(internal_it_fte=2.0)
    called = rows_of("break_fix", own)
    assert (called["second_line_support"]["provider"], called["second_line_support"]["internal_it"]) == (
        "R",
        "A",
    )
    assert called["projects"]["internal_it"] == "AR"
    hired = rows_of("project_based", own)
    assert hired["projects"]["provider"] == "R"
    assert hired["second_line_support"]["internal_it"] == "AR"


def test_in_house_has_no_provider() -> None:
    assert columns_in("in_house", NOBODY) == ("owner", "internal_it", "vendors")
    assert rows_of("in_house", Profile(internal_it_fte=4.0))["network"]["internal_it"] == "AR"


def test_a_model_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="magic"):
        responsibilities_of("magic", Profile(), duties())


# --- faults ---------------------------------------------------------------------------------------------------------

RUNNING = Duty("backup", "Backup", "", "run", 2, 3, 3, 1, 0, "…")
OWNED = Duty("data_ownership", "Data", "", "own", 1, 0, 0, 4, 3, "…")


def row(duty: Duty, **letters: str) -> Row:
    return Row(duty.key, {column: letters.get(column, "") for column in COLUMNS})


@pytest.mark.parametrize(
    ("duty", "letters", "faults"),
    [
        (RUNNING, {"owner": "A", "provider": "R"}, []),
        (RUNNING, {"provider": "R"}, [Fault("nobody_accountable", "backup")]),
        (RUNNING, {"owner": "A"}, [Fault("nobody_responsible", "backup")]),
        (RUNNING, {"owner": "A", "provider": "AR"}, [Fault("two_accountable", "backup")]),
        (RUNNING, {"owner": "A", "internal_it": "R"}, [Fault("not_there", "backup", "internal_it")]),
        (RUNNING, {"adviser": "A", "provider": "R"}, [Fault("adviser_runs", "backup", "adviser")]),
        (OWNED, {"provider": "AR"}, [Fault("given_away", "data_ownership", "provider")]),
        (OWNED, {"owner": "AR"}, []),
    ],
)
def test_faults_are_found(duty: Duty, letters: dict[str, str], faults: list[Fault]) -> None:
    present = ("owner", "provider", "adviser", "vendors")
    assert list(check_matrix([row(duty, **letters)], [duty], present)) == faults


def test_a_row_that_is_missing_is_a_gap() -> None:
    assert check_matrix([], [RUNNING], (OWNER,)) == (Fault("missing", "backup"),)
