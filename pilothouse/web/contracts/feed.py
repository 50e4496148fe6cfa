"""The calendar at a person's secret address, for programs that cannot sign in; and making, renewing, revoking it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.models import User
from pilothouse.services import calendars


@require_safe
@login_not_required
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The days of the contracts of whoever has the address, as iCalendar; 404 where it does not work."""
    written = calendars.feed(token, timezone.now())
    if written is None:
        raise Http404("No such calendar")
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="contracts.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make or renew one's address, or revoke it."""
    user = cast("User", request.user)
    if request.POST.get("what") == "revoke":
        calendars.revoke(user)
        messages.success(request, _("The address works no more."))
    else:
        calendars.renew(user)
        messages.success(request, _("Here is the address. An earlier one works no more."))
    return redirect("own_settings")
