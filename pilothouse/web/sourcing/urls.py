"""Addresses of the room Sourcing: one line a page, each page in a module of its own."""

from __future__ import annotations

from django.urls import path

from pilothouse.web.sourcing import (
    advice,
    cost_paper,
    costs,
    drills,
    first_look,
    graduation,
    hire,
    incidents,
    partner,
    responsibilities,
)

app_name = "sourcing"
urlpatterns = [
    path("", advice.advice, name="advice"),
    path("first-look/", first_look.first_look, name="first_look"),
    path("hire/", hire.hire, name="hire"),
    path("partner/", partner.partner, name="partner"),
    path("costs/", costs.costs, name="costs"),
    path("costs/assumptions/<str:assumption_key>/", costs.assumption, name="assumption"),
    path("costs/assumptions/<str:assumption_key>/withdraw/", costs.withdraw, name="assumption_withdraw"),
    path("costs/forecasts/", costs.keep, name="forecast_keep"),
    path("costs/forecasts/<int:forecast_id>/", costs.forecast, name="forecast"),
    path("costs.pdf", cost_paper.cost_paper, name="costs_paper"),
    path("responsibilities/", responsibilities.responsibilities, name="responsibilities"),
    path("responsibilities/change/", responsibilities.edit, name="responsibilities_edit"),
    path("responsibilities/take/", responsibilities.take, name="responsibilities_take"),
    path("responsibilities/<int:matrix_id>/", responsibilities.version, name="responsibilities_version"),
    path("responsibilities/<int:matrix_id>/sign/", responsibilities.sign, name="responsibilities_sign"),
    path("responsibilities/<int:matrix_id>.pdf", responsibilities.paper, name="responsibilities_paper"),
    path("graduation/", graduation.graduation, name="graduation"),
    path("graduation/start/", graduation.start, name="graduation_start"),
    path("graduation/ways/<int:transition_id>/", graduation.transition, name="transition"),
    path("graduation/tasks/<int:task_id>/", graduation.tick, name="tick"),
    path("graduation/ways/<int:transition_id>/cost/", graduation.way_cost, name="way_cost"),
    path("graduation/ways/<int:transition_id>/arrived/", graduation.arrive, name="way_arrived"),
    path("graduation/tasks/<int:task_id>/plan/", graduation.plan, name="task_plan"),
    path("graduation/tasks/<int:task_id>/skip/", graduation.skip, name="task_skip"),
    path("graduation/signs/<str:sign_key>/aside/", graduation.aside, name="sign_aside"),
    path("graduation/signs/<str:sign_key>/take-up/", graduation.take_up, name="sign_take_up"),
    path("graduation/incidents/", incidents.incidents, name="incidents"),
    path("graduation/incidents/<int:incident_id>/remove/", incidents.remove, name="incident_remove"),
    path("graduation/readiness/", graduation.readiness, name="readiness"),
    path("graduation/drills/", drills.drill, name="drill"),
    path("graduation/drills/<int:drill_id>/", drills.held, name="drill_held"),
    path("graduation/drills/<int:drill_id>/tasks/", drills.mend, name="drill_mend"),
    path("graduation/drills/<int:drill_id>/remove/", drills.remove, name="drill_remove"),
]
