"""What the frame around every page needs: the company, the person's other companies, light or dark.

The person's companies are asked for only when a template lists them, in one query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pilothouse.accounts.access import find_memberships
from pilothouse.accounts.models import Membership

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The names every template has.

    `membership` and `company` are None outside a company, `theme` is empty where the device
    decides, `here` is the room.
    """
    membership = getattr(request, "membership", None)
    theme = request.COOKIES.get("theme", "")
    return {
        "membership": membership,
        "company": membership.company if membership else None,
        "own_memberships": SimpleLazyObject(_memberships_of(request)),
        "theme": theme if theme in THEMES else "",
        "here": _room(request),
    }


def _memberships_of(request: HttpRequest) -> Callable[[], list[Membership]]:
    def ask() -> list[Membership]:
        user = getattr(request, "user", None)
        return list(find_memberships(user)) if user is not None and user.is_authenticated else []

    return ask


def _room(request: HttpRequest) -> str:
    """The room the page stands in: the first word of its address's name, such as "spend"."""
    match = request.resolver_match
    return match.namespace if match else ""
