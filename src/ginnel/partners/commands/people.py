"""Who belongs to an organisation: inviting, adding, roles, leaving."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.models import Invitation, LineManagement, Membership, MembershipRole, Organisation, Role
from ginnel.partners.permissions import forget_standing
from ginnel.partners.rules import (
    INVITATION_DAYS,
    reasons_not_to_give_roles,
    reasons_not_to_take_last_administrator,
)


class CannotChangeRoles(Exception):
    """These roles cannot be given or taken; the arguments are the reasons, in words."""


class AlreadyInvited(Exception):
    """A colleague invited the same person at the same moment. The argument says who, and when."""


class InvitationNotOpen(Exception):
    """The invitation was taken up or withdrawn, is too old, or is somebody else's. The argument says which."""


@transaction.atomic
def invite(
    organisation: Organisation, email: str, roles: Collection[str], *, by: User, at: datetime
) -> tuple[Invitation, str]:
    """
    Invite the person with this address. An invitation that is open for them is withdrawn: the newest link is the one that works.

    Returns the invitation and the key of its link, which is kept nowhere.

    :raises CannotChangeRoles: for a role that does not exist.
    :raises AlreadyInvited: if somebody else was a moment quicker; theirs is the link that works.
    """
    _check_roles(roles)
    address = email.strip().lower()
    # Also one that is too old: it must make room for the new one.
    Invitation.objects.filter(
        organisation=organisation, email=address, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)
    key = secrets.token_urlsafe(24)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organisation=organisation,
                email=address,
                roles=sorted(set(roles)),
                key_digest=digest(key),
                invited_by=by,
                invited_at=at,
                expires_at=at + timedelta(days=INVITATION_DAYS),
            )
    except IntegrityError as taken:
        raise AlreadyInvited(_who_invited(organisation, address)) from taken
    record_event("partners.person.invited", by=by, about=invitation, at=at, organisation=organisation.pk)
    return invitation, key


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """:raises InvitationNotOpen: if it was taken up or withdrawn meanwhile."""
    if not Invitation.objects.open_at(at).filter(pk=invitation.pk).update(withdrawn_at=at):
        raise InvitationNotOpen("This invitation is not open any more")
    record_event(
        "partners.invitation.withdrawn", by=by, about=invitation, at=at, organisation=invitation.organisation_id
    )


@transaction.atomic
def accept_invitation(key: str, *, by: User, at: datetime) -> Membership:
    """
    Take up an invitation as the person it was sent to, who has shown that the address is theirs by signing in.

    :raises InvitationNotOpen: if the link is wrong, used, withdrawn or too old, or is for another address.
    """
    invitation = Invitation.objects.filter(key_digest=digest(key)).select_related("organisation").first()
    if invitation is None or invitation.withdrawn_at:
        raise InvitationNotOpen("This invitation does not work. Ask for a new one")
    if not by.owns_address(invitation.email):
        raise InvitationNotOpen("This invitation is for another e-mail address. Sign in with that one")
    if invitation.accepted_at:
        raise InvitationNotOpen("This invitation has been used")
    # The link may be opened twice at once: only one UPDATE finds it open.
    if not Invitation.objects.open_at(at).filter(pk=invitation.pk).update(accepted_at=at, accepted_by=by):
        raise InvitationNotOpen("This invitation is too old. Ask for a new one")
    if invitation.organisation.status != Organisation.Status.LIVE:
        raise InvitationNotOpen("This organisation does not take part any more")
    membership = add_member(invitation.organisation, by, by=by, at=at)
    held = set(membership.roles.values_list("role", flat=True))
    set_roles(membership, held | set(invitation.roles), by=by, at=at)
    return membership


@transaction.atomic
def add_member(
    organisation: Organisation,
    user: User,
    *,
    by: User | None,
    at: datetime,
    job_title: str = "",
    staff_number: str = "",
) -> Membership:
    """
    Make a person a member, or a member again. Details that are given take the place of what was known; roles stay as they are.

    `by` is None when the organisation's own directory says so.

    :raises IntegrityError: if another member has that staff number.
    """
    details: dict[str, Any] = {k: v for k, v in (("job_title", job_title), ("staff_number", staff_number)) if v}
    membership, new = Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"joined_at": at, **details}
    )
    back = not new and membership.left_at is not None
    if not new:
        if back:
            # Whoever comes back begins without roles: they were given for the job they had.
            MembershipRole.objects.filter(membership=membership).delete()
            details |= {"left_at": None, "joined_at": at}
        if details:
            Membership.objects.filter(pk=membership.pk).update(**details)
            membership.refresh_from_db()
    if new or back:
        record_event(
            "partners.member.joined", by=by, about=membership, at=at, organisation=organisation.pk, person=user.pk
        )
    forget_standing(user)
    return membership


@transaction.atomic
def set_roles(membership: Membership, roles: Collection[str], *, by: User | None, at: datetime) -> None:
    """
    Make a member's roles be exactly these.

    :raises CannotChangeRoles: for a role that does not exist, or if nobody would be administrator any more.
    """
    _check_roles(roles)
    held = set(membership.roles.values_list("role", flat=True))
    given, taken = set(roles) - held, held - set(roles)
    if not given and not taken:
        return
    MembershipRole.objects.bulk_create(
        [MembershipRole(membership=membership, role=role) for role in sorted(given)], ignore_conflicts=True
    )
    membership.roles.filter(role__in=taken).delete()
    if Role.ADMINISTRATOR in taken:
        _keep_an_administrator(membership.organisation)
    record_event(
        "partners.member.roles_changed",
        by=by,
        about=membership,
        at=at,
        organisation=membership.organisation_id,
        person=membership.user_id,
        given=" ".join(sorted(given)),
        taken=" ".join(sorted(taken)),
    )
    forget_standing(membership.user)


@transaction.atomic
def change_member(
    membership: Membership,
    *,
    job_title: str,
    roles: Collection[str],
    by: User,
    at: datetime,
) -> None:
    """
    What an administrator says of a member, all at once or not at all.

    :raises CannotChangeRoles: as `set_roles`.
    """
    if membership.job_title != job_title:
        Membership.objects.filter(pk=membership.pk).update(job_title=job_title)
        record_event(
            "partners.member.details_changed",
            by=by,
            about=membership,
            at=at,
            organisation=membership.organisation_id,
            person=membership.user_id,
        )
    set_roles(membership, roles, by=by, at=at)


@transaction.atomic
def end_membership(membership: Membership, *, by: User | None, at: datetime) -> None:
    """
    Somebody has left the organisation: they lose what it let them see at once, and nothing that is their own.

    Ending it a second time changes nothing. The last administrator may go only where the directory (`by` None) says so.

    :raises CannotChangeRoles: if nobody would be administrator any more.
    """
    if not Membership.objects.filter(pk=membership.pk, left_at__isnull=True).update(left_at=at):
        return
    was_administrator = membership.roles.filter(role=Role.ADMINISTRATOR).exists()
    membership.roles.all().delete()
    LineManagement.objects.filter(manager=membership).delete()
    LineManagement.objects.filter(person=membership).delete()
    if was_administrator and by is not None:
        _keep_an_administrator(membership.organisation)
    record_event(
        "partners.member.left",
        by=by,
        about=membership,
        at=at,
        organisation=membership.organisation_id,
        person=membership.user_id,
    )
    forget_standing(membership.user)


@transaction.atomic
def set_line_manager(person: Membership, manager: Membership | None, *, by: User | None, at: datetime) -> None:
    """
    Say who manages somebody; None: nobody does. Saying it again changes nothing.

    :raises CannotChangeRoles: if the two are not current members of one organisation, or are the same.
    """
    if manager is not None:
        if manager.pk == person.pk:
            raise CannotChangeRoles("Nobody manages themselves")
        if manager.organisation_id != person.organisation_id or manager.left_at or person.left_at:
            raise CannotChangeRoles("Both must belong to the same organisation now")
    # Two people may say it at once: the second waits for the first one's row here, so that one manager is left.
    Membership.objects.filter(pk=person.pk).update(user=F("user"))
    before = set(LineManagement.objects.filter(person=person).values_list("manager_id", flat=True))
    LineManagement.objects.filter(person=person).exclude(manager=manager).delete()
    if manager is not None:
        MembershipRole.objects.get_or_create(membership=manager, role=Role.LINE_MANAGER)
        LineManagement.objects.get_or_create(manager=manager, person=person, defaults={"since": at})
        forget_standing(manager.user)
    if before != ({manager.pk} if manager else set()):
        record_event(
            "partners.member.manager_set",
            by=by,
            about=person,
            at=at,
            organisation=person.organisation_id,
            person=person.user_id,
            manager=manager.user_id if manager else None,
        )


def _who_invited(organisation: Organisation, address: str) -> str:
    first = (
        Invitation.objects.filter(
            organisation=organisation, email=address, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        .select_related("invited_by")
        .first()
    )
    if first is None:  # and already withdrawn again
        return f"Somebody else was inviting {address} just now. Press again"
    who = first.invited_by or "Somebody"
    when = f"{timezone.localtime(first.invited_at):%H:%M}"
    return f"{who} invited {address} at {when}. That link works; withdraw it if you want to send another"


def digest(key: str) -> str:
    """What is kept of a secret: enough to know it again, not enough to say it."""
    return hashlib.sha256(key.encode()).hexdigest()


def _check_roles(roles: Collection[str]) -> None:
    if reasons := reasons_not_to_give_roles(roles, Role.values):
        raise CannotChangeRoles(*reasons)


def _keep_an_administrator(organisation: Organisation) -> None:
    """Called after the change, in its transaction: raising undoes it."""
    # Two administrators may take the role from each other at once. Touching the organisation's row first makes the second wait for
    # the first, on PostgreSQL too (SQLite has one writer anyway).
    Organisation.objects.filter(pk=organisation.pk).update(status=organisation.status)
    left = MembershipRole.objects.filter(
        role=Role.ADMINISTRATOR, membership__organisation=organisation, membership__left_at__isnull=True
    ).count()
    if reasons := reasons_not_to_take_last_administrator(administrators_left=left):
        raise CannotChangeRoles(*reasons)
