"""Keys with which an organisation's directory comes in."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.commands.people import digest
from ginnel.partners.models import DirectoryKey, Organisation
from ginnel.partners.rules import DIRECTORY_KEY_DAYS

KEY_BEGINS = "gnl-dir-"
"""So that a key that went astray can be known for what it is."""


class KeyNotOpen(Exception):
    """The key has been revoked already."""


@transaction.atomic
def make_directory_key(
    organisation: Organisation, name: str, *, days: int, by: User, at: datetime
) -> tuple[DirectoryKey, str]:
    """
    Make a key for the organisation's directory. Returns it with its secret text, which is kept nowhere.

    :raises ValueError: for a number of days that is not offered.
    """
    if days not in DIRECTORY_KEY_DAYS:
        raise ValueError(f"a key works for one of {DIRECTORY_KEY_DAYS} days, not {days}")
    secret = KEY_BEGINS + secrets.token_urlsafe(32)
    key = DirectoryKey.objects.create(
        organisation=organisation,
        name=name.strip(),
        digest=digest(secret),
        made_by=by,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record_event("partners.directory_key.made", by=by, about=key, at=at, organisation=organisation.pk, days=days)
    return key, secret


@transaction.atomic
def revoke_directory_key(key: DirectoryKey, *, by: User, at: datetime) -> None:
    """
    End a key now: the next request that shows it is refused.

    :raises KeyNotOpen: if somebody was quicker.
    """
    if not DirectoryKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at, revoked_by=by):
        raise KeyNotOpen("This key has been revoked already")
    record_event("partners.directory_key.revoked", by=by, about=key, at=at, organisation=key.organisation_id)


def note_key_used(key: DirectoryKey, *, at: datetime) -> None:
    """Remember when a key was last shown, to the minute: a sync of thousands of requests writes this a few times."""
    if key.last_used_at and key.last_used_at > at - timedelta(minutes=1):
        return
    DirectoryKey.objects.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - timedelta(minutes=1)), pk=key.pk
    ).update(last_used_at=at)
