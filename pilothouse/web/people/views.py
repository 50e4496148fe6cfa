"""First start, joining by invitation, the people of a company, one's own settings."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilothouse.accounts import people as members
from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Invitation, Membership, Role, User
from pilothouse.jobs import queue
from pilothouse.services import calendars, sample
from pilothouse.web.people.forms import InviteForm, NewPersonForm, OwnSettingsForm, RoleForm, StartForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """The first person and company. Open only while there is nobody, and only with the code `pilothouse run` prints.

    Template people/start.html: form, code.
    """
    code = request.POST.get("code") or request.GET.get("code") or ""
    if User.objects.exists() or not _is_start_code(code):
        raise Http404
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            user = User.objects.create_user(given["email"], given["password"], name=given["name"])
            company = members.found_company(given["company"], owner=user)
        if given["sample"]:
            queue.take_in(sample.make(owner=user).pk)
        login(request, user, BACKEND)
        messages.success(request, _("Welcome. Bring in your papers, and the first page writes itself."))
        return redirect("intake:list", company.slug)
    return render(request, "people/start.html", {"form": form, "code": code})


def _is_start_code(code: str) -> bool:
    file = settings.HOME / "start_code"
    return file.exists() and secrets.compare_digest(file.read_text().strip().encode(), code.encode())


@login_not_required
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: signed in with one's account, or as a new person.

    Template people/join.html: invitation, form (None when signed in), known (has an account, should sign in first).
    """
    invitation = members.find_invitation(token)
    if invitation is None:
        return render(request, "people/invitation_gone.html", status=404)
    if request.user.is_authenticated:
        return _join_as(request, invitation, request.user)
    known = User.objects.filter(email__iexact=invitation.email).exists()
    form = None if known else NewPersonForm(request.POST or None)
    if form is not None and request.method == "POST" and form.is_valid():
        user = _new_member(invitation, form.cleaned_data)
        if user is None:
            return render(request, "people/invitation_gone.html", status=404)
        login(request, user, BACKEND)
        return redirect("home:today", invitation.company.slug)
    return render(request, "people/join.html", {"invitation": invitation, "form": form, "known": known})


def _new_member(invitation: Invitation, given: Mapping[str, str]) -> User | None:
    """The person who joins; None where somebody else used the link a moment ago."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, given["password"], name=given["name"])
            members.join(invitation, user)
    except (PermissionError, IntegrityError):
        return None
    return user


def _join_as(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if user.email.lower() != invitation.email.lower():
        return render(request, "people/invitation_gone.html", {"other_address": user.email}, status=404)
    if request.method == "POST":
        try:
            members.join(invitation, user)
        except PermissionError:
            return render(request, "people/invitation_gone.html", status=404)
        return redirect("home:today", invitation.company.slug)
    return render(request, "people/join.html", {"invitation": invitation, "form": None, "known": False})


@company_page(writing=Role.OWNER)
def people(request: CompanyRequest, company: Company) -> HttpResponse:
    """Who may see this company; owners invite.

    Template people/people.html: memberships (with user, practice), invitations (open ones; owners only), form,
    may_change, invited (a link just made).
    """
    may_change = request.membership.may(Role.OWNER)
    form = InviteForm(request.POST or None)
    invited = None
    if request.method == "POST" and form.is_valid():
        invitation = members.invite(
            company, email=form.cleaned_data["email"], role=form.cleaned_data["role"], by=request.user
        )
        invited = request.build_absolute_uri(f"/join/{invitation.token}/")
        form = InviteForm()
    open_ones = (
        [i for i in company.invitations.select_related("by").order_by("email") if i.is_open]
        if may_change
        else []
    )
    context = {
        "memberships": company.memberships.select_related("user", "practice").order_by(
            "user__name", "user__email"
        ),
        "invitations": open_ones,
        "form": form,
        "role_form": RoleForm(),
        "may_change": may_change,
        "invited": invited,
    }
    return render(request, "people/people.html", context)


@require_POST
@company_page(writing=Role.OWNER)
def change_role(request: CompanyRequest, company: Company, membership_id: int) -> HttpResponse:
    """Give a member another role."""
    membership = get_object_or_404(Membership, company=company, pk=membership_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            members.change_role(membership, form.cleaned_data["role"])
        except members.LastOwner:
            messages.error(request, _("A company needs an owner. Make somebody else owner first."))
    return redirect("people:people", company.slug)


@require_POST
@company_page(writing=Role.OWNER)
def remove(request: CompanyRequest, company: Company, membership_id: int) -> HttpResponse:
    """Take a member out of the company."""
    membership = get_object_or_404(Membership, company=company, pk=membership_id)
    try:
        members.remove(membership)
        messages.success(request, _("%(person)s no longer sees this company.") % {"person": membership.user})
    except members.LastOwner:
        messages.error(request, _("A company needs an owner. Make somebody else owner first."))
    return redirect("people:people", company.slug)


@require_POST
@company_page(writing=Role.OWNER)
def withdraw(request: CompanyRequest, company: Company, invitation_id: int) -> HttpResponse:
    """Take back an invitation."""
    invitation = get_object_or_404(Invitation, company=company, pk=invitation_id)
    members.withdraw(invitation)
    messages.success(request, _("The invitation of %(email)s no longer works.") % {"email": invitation.email})
    return redirect("people:people", company.slug)


def own_settings(request: HttpRequest) -> HttpResponse:
    """One's own name, mails and calendar.

    Template people/own_settings.html: form, calendar (the address or None), calendar_link, sends_mail.
    """
    user = cast("User", request.user)
    form = OwnSettingsForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("own_settings")
    calendar = calendars.address_of(user)
    context = {
        "form": form,
        "calendar": calendar,
        "calendar_link": calendar
        and request.build_absolute_uri(reverse("calendar_feed", args=[calendar.token])),
        "sends_mail": bool(settings.EMAIL_CONFIG),
    }
    return render(request, "people/own_settings.html", context)
