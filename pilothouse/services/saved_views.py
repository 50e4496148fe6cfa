"""Which choices of figures do people want to see again? Saved under a name, for oneself or for the whole company.

A view is the query of an address, nothing else: it shows what is true when it is opened. One of a person's views may be
the one a page opens with; it is kept as a row of its own (`page` ends in ":first"), beside the view it came from.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from pilothouse.accounts.models import Company, Membership, Role, User
from pilothouse.records.models import SavedView

PAGE = "spend_by"
FIRST = f"{PAGE}:first"
MOST_VIEWS = 200
LONGEST_NAME = 80
LONGEST_QUERY = 1000


class ViewRefusedError(ValueError):
    """A view that cannot be kept; `why` is "name", "same", "many" or "long"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def views_for(company: Company, person: User) -> QuerySet[SavedView]:
    """A person's own views and those shared with the company, by name."""
    views: QuerySet[SavedView] = SavedView.objects.of(company).filter(page=PAGE)
    return views.filter(Q(by=person) | Q(shared=True)).select_related("by").order_by("name", "pk")


def first_view(company: Company, person: User) -> str:
    """The query that the page opens with for a person; empty where they chose none."""
    found: SavedView | None = SavedView.objects.of(company).filter(page=FIRST, by=person).first()
    return "" if found is None else found.query


def keep_view(company: Company, name: str, query: str, *, shared: bool, by: User) -> SavedView:
    """Keep a view under a name; raises `ViewRefusedError` where that cannot be."""
    called = _checked(name)
    if len(query) > LONGEST_QUERY:
        raise ViewRefusedError("long")
    if SavedView.objects.of(company).filter(page=PAGE, by=by).count() >= MOST_VIEWS:
        raise ViewRefusedError("many")
    try:
        with transaction.atomic():
            made: SavedView = SavedView.objects.create(
                company=company, name=called, page=PAGE, query=query, shared=shared, by=by
            )
            return made
    except IntegrityError as error:
        raise ViewRefusedError("same") from error


def rename_view(view: SavedView, name: str) -> None:
    """Call a view something else; raises `ViewRefusedError` where that cannot be."""
    called = _checked(name)
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(name=called)
    except IntegrityError as error:
        raise ViewRefusedError("same") from error


def delete_view(view: SavedView) -> None:
    """Forget a view; a page that opened with it opens as it comes."""
    SavedView.objects.of(view.company).filter(page=FIRST, by=view.by, query=view.query).delete()
    view.delete()


def open_with(view: SavedView, *, by: User) -> None:
    """Let the page open with a view for this person."""
    with transaction.atomic():
        SavedView.objects.of(view.company).filter(page=FIRST, by=by).delete()
        SavedView.objects.create(company=view.company, name=view.name, page=FIRST, query=view.query, by=by)


def open_as_it_comes(company: Company, *, by: User) -> None:
    """Let the page open without a view again."""
    SavedView.objects.of(company).filter(page=FIRST, by=by).delete()


def may_change(view: SavedView, membership: Membership) -> bool:
    """People change their own views; editors also those that are shared."""
    return view.by_id == membership.user_id or (view.shared and membership.may(Role.EDITOR))


def _checked(name: str) -> str:
    called = " ".join(name.replace("\x00", "").split())
    if not called or len(called) > LONGEST_NAME:
        raise ViewRefusedError("name")
    return called
