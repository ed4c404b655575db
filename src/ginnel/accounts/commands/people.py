"""Opening an account, noting who reads it, deleting it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from ginnel.accounts.holdings import holdings
from ginnel.accounts.models import Erasure, RecordAccess, User
from ginnel.events.commands import record_event
from ginnel.events.words import organisation_names

_SESSIONS_AT_ONCE = 500


@transaction.atomic
def open_account(email: str) -> User:
    """
    The account of a proven e-mail address, made now if there is none. The address may be a second one of its person.

    Call only after the person has shown that the address is theirs. Two sign-ins at once get the same account.
    """
    address = email.strip().lower()
    if owner := User.objects.filter(emailaddress__email=address, emailaddress__verified=True).first():
        return owner
    user, _ = User.objects.get_or_create(email=address, defaults={"password": make_password(None)})
    EmailAddress.objects.filter(user=user).exclude(email=address).update(primary=False)
    EmailAddress.objects.update_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    return user


def record_read(
    person: User, *, by: User, purpose: str, at: datetime, organisation: int | None = None
) -> RecordAccess | None:
    """
    Note that somebody read a person's record, and from which organisation (its number). Reading one's own record is not noted.

    The organisation's name is kept as it is now: the person should understand the line in ten years' time.
    """
    if by.pk == person.pk:
        return None
    name = organisation_names({organisation}).get(organisation, "") if organisation else ""
    return RecordAccess.objects.create(
        person=person, by=by, purpose=purpose, at=at, organisation=organisation, organisation_name=name
    )


def record_list_read(
    people: Collection[int], *, by: User, purpose: str, at: datetime, organisation: int, organisation_name: str
) -> None:
    """
    Note that somebody saw these people (their numbers) in a list: once for each of them, reader, organisation and purpose a day.

    A second look on the same day adds nothing. One statement for each thousand people; 2,000 take about a twentieth of a second.
    """
    day = timezone.localdate(at)
    RecordAccess.objects.bulk_create(
        [
            RecordAccess(
                person_id=person,
                by=by,
                purpose=purpose,
                at=at,
                day=day,
                organisation=organisation,
                organisation_name=organisation_name,
            )
            for person in people
            if person != by.pk
        ],
        batch_size=1_000,
        ignore_conflicts=True,
    )


@transaction.atomic
def delete_account(user: User, *, at: datetime | None = None) -> Erasure:
    """
    Delete a person's account and all that hangs on it, everywhere they are signed in too. What can only be done afterwards is begun:
    `privacy.tasks.finish_erasure`.

    Reads every stored session (about 30 seconds for a million), because the database cannot look inside them.
    """
    from ginnel.accounts.privacy.tasks import finish_erasure

    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    at = at or timezone.now()
    erasure = Erasure.objects.create(person=user.pk, email=user.email, asked_at=at)
    for holding in holdings():
        if holding.leave:
            holding.leave(user, at)
    Session.objects.filter(pk__in=list(_sessions_naming(user, addresses))).delete()
    record_event("accounts.account.deleted", by=user, about=user, at=at, person=user.pk)
    user.delete()
    finish_erasure.enqueue(erasure.pk)
    return erasure


def _sessions_naming(user: User, addresses: Collection[str]) -> Iterator[str]:
    """Keys of sessions this person is signed in with, or in which an address of theirs waits for a code."""
    for session in Session.objects.iterator(chunk_size=_SESSIONS_AT_ONCE):
        data = session.get_decoded()
        text = str(data).lower()
        if data.get(SESSION_KEY) == str(user.pk) or any(address.lower() in text for address in addresses):
            yield session.session_key


@transaction.atomic
def account_for(email: str, *, name: str = "") -> User:
    """
    The account of the person with this address, or a new one that nobody has proven yet: whoever signs in with a code proves it.

    An account that is there keeps its name and address, whatever is asked: they are the person's own.
    """
    address = email.strip().lower()
    proven = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    if proven is not None:
        found: User = proven.user
        return found
    user, _ = User.objects.get_or_create(email=address, defaults={"name": name[:120], "password": make_password(None)})
    return user
