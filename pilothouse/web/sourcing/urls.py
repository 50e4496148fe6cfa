"""Addresses of the room Sourcing: one line a page, each page in a module of its own."""

from __future__ import annotations

from django.urls import path

from pilothouse.web.sourcing import advice, costs, responsibilities

app_name = "sourcing"
urlpatterns = [
    path("", advice.advice, name="advice"),
    path("costs/", costs.costs, name="costs"),
    path("responsibilities/", responsibilities.responsibilities, name="responsibilities"),
    path("responsibilities/change/", responsibilities.edit, name="responsibilities_edit"),
    path("responsibilities/take/", responsibilities.take, name="responsibilities_take"),
    path("responsibilities/<int:matrix_id>/", responsibilities.version, name="responsibilities_version"),
    path("responsibilities/<int:matrix_id>/sign/", responsibilities.sign, name="responsibilities_sign"),
    path("responsibilities/<int:matrix_id>.pdf", responsibilities.paper, name="responsibilities_paper"),
]
