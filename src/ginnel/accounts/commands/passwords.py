"""A password, for those who want one."""

from datetime import datetime

from django.db import transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event


@transaction.atomic
def change_password(user: User, password: str, *, by: User, at: datetime) -> None:
    """Set or change a password. Whether it is good enough is for the form; other sessions end by themselves."""
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(password=user.password)
    record_event("accounts.password.set", by=by, about=user, at=at, person=user.pk)


@transaction.atomic
def remove_password(user: User, *, by: User, at: datetime) -> None:
    """Go back to codes by e-mail."""
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(password=user.password)
    record_event("accounts.password.removed", by=by, about=user, at=at, person=user.pk)
