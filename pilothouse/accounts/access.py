"""The only door: from a person and an address to a company, or 404.

A view below `/c/<company>/` is decorated with `company_page` and is given its `Company`; it has no other way to one.
Strangers, neighbours and guests get 404 as if the address did not exist. A member whose role does not cover what
the page does gets 403 with words: they may know that it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from pilothouse.accounts.models import Membership, Practice, Role, User


class CompanyRequest(HttpRequest):
    """A request that came through the door: the person, and their membership in the company of the address."""

    user: User
    membership: Membership


def find_membership(user: User, slug: str) -> Membership:
    """The person's membership in the company at that address; 404 where there is none."""
    membership = Membership.objects.select_related("company").filter(user=user, company__slug=slug).first()
    if membership is None:
        raise Http404("No such company")
    return membership


def company_page(
    *, needs: Role = Role.READER, writing: Role = Role.EDITOR
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Open the door for a view: `needs` to look, `writing` for anything but GET and HEAD.

    The address gives `company`, its slug; the view is given the `Company` in its place.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def through_the_door(request: HttpRequest, company: str, **rest: Any) -> HttpResponseBase:
            membership = find_membership(cast("User", request.user), company)
            needed = needs if request.method in ("GET", "HEAD") else writing
            _check(membership, needed)
            entered = cast("CompanyRequest", request)
            entered.membership = membership
            return view(entered, membership.company, **rest)

        through_the_door.door = "company"  # type: ignore[attr-defined]  # read by the house rule on doors
        return through_the_door

    return decorate


def _check(membership: Membership, needed: Role) -> None:
    if membership.may(needed):
        return
    if Role(membership.role) is Role.GUEST:
        raise Http404("Nothing here is shared with you")
    raise PermissionDenied("Your role in this company does not allow this. Ask an owner of the company.")


def find_memberships(user: User) -> QuerySet[Membership]:
    """The companies a person belongs to, by name."""
    return (
        Membership.objects.select_related("company", "practice").filter(user=user).order_by("company__name")
    )


def find_practice(user: User, slug: str) -> Practice:
    """The practice at that address of which the person is one; 404 otherwise."""
    practice = Practice.objects.filter(people=user, slug=slug).first()
    if practice is None:
        raise Http404("No such practice")
    return practice
