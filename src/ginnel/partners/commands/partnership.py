"""Who looks after the partnership as a whole."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS, forget_standing


class NotProven(Exception):
    """Nobody has shown yet that this account is theirs. The argument says what to do."""


@transaction.atomic
def add_partnership_administrator(person: User, *, by: User | None, at: datetime) -> bool:
    """
    Let a person look after the whole partnership. Returns whether that is new.

    :raises NotProven: for an account an organisation made, whose person has never signed in: the address may be mistyped.
    """
    if not person.is_proven():
        raise NotProven(f"Nobody has signed in as {person.email} yet. Ask them to sign in once, then try again")
    group, _ = Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)
    if person.groups.filter(pk=group.pk).exists():
        return False
    person.groups.add(group)
    forget_standing(person)
    record_event("partners.administrator.added", by=by, about=person, at=at, person=person.pk)
    return True


@transaction.atomic
def remove_partnership_administrator(person: User, *, by: User | None, at: datetime) -> bool:
    """Let a person look after the partnership no more. Returns whether they did until now."""
    held = person.groups.filter(name=PARTNERSHIP_ADMINISTRATORS)
    if not held.exists():
        return False
    person.groups.remove(*held)
    forget_standing(person)
    record_event("partners.administrator.removed", by=by, about=person, at=at, person=person.pk)
    return True


def partnership_administrators() -> QuerySet[User]:
    """The people who look after the partnership."""
    return User.objects.filter(groups__name=PARTNERSHIP_ADMINISTRATORS, is_active=True)
