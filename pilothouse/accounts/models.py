"""People, practices and companies, and who belongs to which.

A *company* is the firm whose IT this is; every record belongs to exactly one. A *practice* is an adviser's own
firm: it has people, serves companies, and owns no record of theirs. An *adviser* is a person of a practice with a
membership in a company (`Membership.practice`).
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

INVITATION_DAYS = 14


class People(UserManager["User"]):
    """Makes users whose name to sign in with is their e-mail address."""

    def create_user(  # type: ignore[override]  # Django's signature asks for a username, which ours have not
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(  # type: ignore[override]  # as above
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person who can sign in."""

    username = None  # type: ignore[assignment]  # people sign in with their address
    first_name = None  # type: ignore[assignment]  # one field for a name, as people write it
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    mails_on_contracts = models.BooleanField(_("mails on contracts that must be decided"), default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()  # type: ignore[misc]  # narrower than AbstractUser's on purpose

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Practice(models.Model):
    """An adviser's own firm."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True, max_length=60)
    people = models.ManyToManyField(User, related_name="practices", blank=True)

    def __str__(self) -> str:
        return self.name


class PracticeChecklist(models.Model):
    """What a practice looks for in contracts, where that differs from the list that comes with Pilothouse.

    `entries` has the fields that differ, by the id of the check; one list a practice.
    """

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="checklist")
    entries = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Checklist of {self.practice}"


class Role(models.TextChoices):
    """What a person may do in one company, from most to least."""

    OWNER = "owner", _("Owner: everything, people and deletion included")
    EDITOR = "editor", _("Editor: records and decisions")
    READER = "reader", _("Reader: sees all, changes nothing")
    GUEST = "guest", _("Guest: sees only what is shared with them")

    def covers(self, needed: Role) -> bool:
        """Whether this role may do what `needed` may."""
        order = list(Role)
        return order.index(self) <= order.index(needed)


class Company(models.Model):
    """The firm whose IT this is."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(unique=True, max_length=60)
    currency = models.CharField(max_length=3, default="EUR")
    is_sample = models.BooleanField(default=False, help_text="Made up, to look around in.")
    created_at = models.DateTimeField(auto_now_add=True)
    people = models.ManyToManyField(
        User, through="Membership", through_fields=("company", "user"), related_name="companies"
    )

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def free_slug(cls, name: str) -> str:
        """An address for a company of that name that no other company has."""
        stem = slugify(name)[:50] or "company"
        slug, number = stem, 2
        while cls.objects.filter(slug=slug).exists():
            slug, number = f"{stem}-{number}", number + 1
        return slug


class Membership(models.Model):
    """One person's role in one company; through a practice where they come as its adviser."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="memberships")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "user"], name="one_membership_per_company")]

    def __str__(self) -> str:
        return f"{self.user} in {self.company}: {self.role}"

    def may(self, needed: Role) -> bool:
        return Role(self.role).covers(needed)


def _new_token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """An address asked to join a company; whoever has the link may, until it is used, withdrawn or old."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.READER)
    token = models.CharField(max_length=64, unique=True, default=_new_token)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} to {self.company}"

    @property
    def is_open(self) -> bool:
        fresh = self.created_at + timedelta(days=INVITATION_DAYS) > timezone.now()
        return fresh and self.accepted_at is None and self.withdrawn_at is None


class CalendarAddress(models.Model):
    """The secret address a person's calendar program asks for the dates of their contracts; it can be revoked."""

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_addresses")
    token = models.CharField(max_length=64, unique=True, default=_new_token)
    created_at = models.DateTimeField(auto_now_add=True)
    last_asked_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at__isnull=True), name="one_calendar_address"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
