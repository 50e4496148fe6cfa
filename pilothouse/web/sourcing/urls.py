"""Addresses of the room Sourcing: one line a page, each page in a module of its own."""

from __future__ import annotations

from django.urls import path

from pilothouse.web.sourcing import advice, costs

app_name = "sourcing"
urlpatterns = [
    path("", advice.advice, name="advice"),
    path("costs/", costs.costs, name="costs"),
]
