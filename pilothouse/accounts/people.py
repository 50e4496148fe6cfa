"""How people come to a company and leave it: the first person, invitations, changes of role."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pilothouse.accounts.models import Company, Invitation, Membership, Role, User


class LastOwner(ValueError):
    """A company would be left without an owner."""


def found_company(name: str, *, owner: User, is_sample: bool = False) -> Company:
    """Make a company whose owner is `owner`."""
    with transaction.atomic():
        company = Company.objects.create(name=name, slug=Company.free_slug(name), is_sample=is_sample)
        Membership.objects.create(company=company, user=owner, role=Role.OWNER)
    return company


def invite(company: Company, *, email: str, role: str, by: User) -> Invitation:
    """Ask an address to join; an earlier open invitation of the same address is withdrawn."""
    with transaction.atomic():
        Invitation.objects.filter(
            company=company, email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=timezone.now())
        return Invitation.objects.create(company=company, email=email.lower(), role=role, by=by)


def find_invitation(token: str) -> Invitation | None:
    """The open invitation of that link, or None where it is used, withdrawn, too old or never was."""
    if "\0" in token:  # PostgreSQL takes no such character in a question
        return None
    invitation = Invitation.objects.select_related("company").filter(token=token).first()
    return invitation if invitation is not None and invitation.is_open else None


def join(invitation: Invitation, user: User) -> Membership:
    """Make `user` a member as invited; a link that two use at once lets one in."""
    with transaction.atomic():
        used = Invitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        if not used.update(accepted_at=timezone.now()):
            raise PermissionError("This invitation was used already. Ask for a new one.")
        membership, _ = Membership.objects.get_or_create(
            company=invitation.company, user=user, defaults={"role": invitation.role}
        )
    return membership


def change_role(membership: Membership, role: str) -> None:
    """Give a member another role; the last owner stays one."""
    with transaction.atomic():
        _keep_an_owner(membership, leaving=role != Role.OWNER)
        Membership.objects.filter(pk=membership.pk).update(role=role)


def remove(membership: Membership) -> None:
    """Take a member out; the last owner stays."""
    with transaction.atomic():
        _keep_an_owner(membership, leaving=True)
        membership.delete()


def _keep_an_owner(membership: Membership, *, leaving: bool) -> None:
    owners = Membership.objects.select_for_update().filter(company=membership.company, role=Role.OWNER)
    if leaving and membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwner("A company needs an owner. Make somebody else owner first.")


def withdraw(invitation: Invitation) -> None:
    """Make an invitation's link useless."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(withdrawn_at=timezone.now())
