"""One account, several e-mail addresses."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ginnel.accounts.models import User
from ginnel.events.commands import record_event


class AddressTaken(Exception):
    """The address belongs to another account. Say so only to somebody who has proven that the address is theirs."""


class CannotChangeAddress(Exception):
    """The address cannot be removed or made the main one; the argument says why."""


@transaction.atomic
def add_address(user: User, email: str, *, by: User, at: datetime) -> EmailAddress:
    """
    Give an account one more address. Call only after the person has shown that it is theirs.

    :raises AddressTaken: if it belongs to another account. Nothing is joined.
    """
    address = email.strip().lower()
    owner = User.objects.owner_of(address)
    if owner is not None and owner != user:
        raise AddressTaken(address)
    try:
        with transaction.atomic():
            found, _ = EmailAddress.objects.update_or_create(
                user=user,
                email=address,
                defaults={"verified": True},
                create_defaults={"verified": True, "primary": False},
            )
    except IntegrityError as taken:  # somebody else was quicker
        raise AddressTaken(address) from taken
    record_event("accounts.address.added", by=by, about=user, at=at, person=user.pk)
    return found


@transaction.atomic
def make_primary(user: User, email: str, *, by: User, at: datetime) -> str:
    """
    Make one of a person's proven addresses the one we write to. Everything else of the account stays as it is.

    Returns the address that was the main one.

    :raises CannotChangeAddress: if it is not a proven address of this person, or another account was opened for it.
    """
    address = email.strip().lower()
    if not EmailAddress.objects.filter(user=user, email=address, verified=True).exists():
        raise CannotChangeAddress(_("This is not one of your addresses"))
    if User.objects.filter(email=address).exclude(pk=user.pk).exists():
        raise CannotChangeAddress(_("Another account was opened for this address. Ask for help with it first"))
    before = user.email
    # The address the account was opened for stays one of its own.
    EmailAddress.objects.get_or_create(user=user, email=before, defaults={"verified": True, "primary": False})
    EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
    EmailAddress.objects.filter(user=user, email=address).update(primary=True)
    User.objects.filter(pk=user.pk).update(email=address)
    user.email = address
    record_event("accounts.address.made-main", by=by, about=user, at=at, person=user.pk)
    return before


@transaction.atomic
def remove_address(user: User, email: str, *, by: User, at: datetime) -> None:
    """:raises CannotChangeAddress: if it is the main address, or not one of this person's."""
    address = email.strip().lower()
    if address == user.email:
        raise CannotChangeAddress(_("This is your main address. Make another one the main address first"))
    if not EmailAddress.objects.filter(user=user, email=address).delete()[0]:
        raise CannotChangeAddress(_("This is not one of your addresses"))
    record_event("accounts.address.removed", by=by, about=user, at=at, person=user.pk)
