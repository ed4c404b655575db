"""An organisation asks to take part, and the partnership decides."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.commands.partnership import partnership_administrators
from ginnel.partners.commands.people import add_member, set_roles
from ginnel.partners.models import JoinRequest, Organisation, Role
from ginnel.partners.own_words import say_own

_SAID = ("size", "postcode", "website", "ods_code", "ukprn", "cqc_number", "charity_number", "about")


class AlreadyDecided(Exception):
    """Somebody else has just decided or withdrawn this request."""


@transaction.atomic
def ask_to_join(details: dict[str, Any], *, by: User, at: datetime) -> JoinRequest:
    """
    Ask that an organisation may take part. `details` are the fields of `JoinRequest`; `organisation` is its public record, if found.

    Asking again for the same name while the first request waits gives the request that waits, with the new details.
    """
    waiting = JoinRequest.objects.filter(asked_by=by, status=JoinRequest.Status.WAITING, name__iexact=details["name"])
    if waiting.update(**details):
        return waiting.get()
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(**details, asked_by=by, asked_at=at)
    except IntegrityError:
        # The button was pressed twice: the other press has just made the request.
        if not waiting.update(**details):
            raise
        return waiting.get()
    record_event("partners.joining.asked", by=by, about=request, at=at)
    return request


@transaction.atomic
def whom_to_tell(request: JoinRequest, *, at: datetime) -> list[User]:
    """Those who decide and have not been written to about this request; never who asked. The second time nobody."""
    waiting = JoinRequest.objects.filter(pk=request.pk, status=JoinRequest.Status.WAITING, told_at__isnull=True)
    if not waiting.update(told_at=at):
        return []
    return [person for person in partnership_administrators().order_by("pk") if person.pk != request.asked_by_id]


@transaction.atomic
def approve_joining(request: JoinRequest, *, by: User, at: datetime) -> Organisation:
    """
    Let the organisation take part, with the person who asked as its first administrator.

    :raises AlreadyDecided: if somebody else was quicker.
    """
    _decide(request, JoinRequest.Status.APPROVED, by=by, at=at)
    organisation = request.organisation or Organisation(
        origin=Organisation.Origin.JOINED, code=f"request-{request.pk}", name=request.name, kind=request.kind
    )
    organisation.status = Organisation.Status.LIVE
    organisation.live_since = organisation.live_since or at
    organisation.left_at = None
    said = {field: value for field in _SAID if (value := getattr(request, field))}
    for field, value in said.items():
        setattr(organisation, field, value)
    organisation.save()
    say_own(organisation, said, at=at)
    JoinRequest.objects.filter(pk=request.pk).update(organisation=organisation)
    request.organisation = organisation
    if request.asked_by:
        membership = add_member(organisation, request.asked_by, by=by, at=at, job_title=request.contact_job)
        held = set(membership.roles.values_list("role", flat=True))
        set_roles(membership, held | {Role.ADMINISTRATOR}, by=by, at=at)
    record_event("partners.joining.approved", by=by, about=request, at=at, organisation=organisation.pk)
    return organisation


@transaction.atomic
def refuse_joining(request: JoinRequest, reason: str, *, by: User, at: datetime) -> None:
    """:raises AlreadyDecided: if somebody else was quicker."""
    _decide(request, JoinRequest.Status.REFUSED, by=by, at=at, reason=reason)
    record_event("partners.joining.refused", by=by, about=request, at=at)


@transaction.atomic
def withdraw_joining(request: JoinRequest, *, by: User, at: datetime) -> None:
    """:raises AlreadyDecided: if it was decided meanwhile."""
    _decide(request, JoinRequest.Status.WITHDRAWN, by=by, at=at)
    record_event("partners.joining.withdrawn", by=by, about=request, at=at)


def _decide(request: JoinRequest, status: str, *, by: User, at: datetime, reason: str = "") -> None:
    waiting = JoinRequest.objects.filter(pk=request.pk, status=JoinRequest.Status.WAITING)
    if not waiting.update(status=status, decided_by=by, decided_at=at, reason=reason):
        raise AlreadyDecided("This request has been decided already")
    request.refresh_from_db()
