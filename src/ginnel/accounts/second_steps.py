"""Second steps of signing in are allauth's to add and remove; that it happened is ours to record."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.db import transaction
from django.utils import timezone

from ginnel.accounts.models import User
from ginnel.events.commands import record_event


def _record(name: str, user: User, authenticator: Authenticator) -> None:
    with transaction.atomic():
        record_event(name, by=user, about=user, at=timezone.now(), person=user.pk, kind=authenticator.type)


def _added(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("accounts.second-step.added", user, authenticator)


def _removed(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("accounts.second-step.removed", user, authenticator)


def record_second_steps() -> None:
    """Listen, from now on."""
    authenticator_added.connect(_added, dispatch_uid="ginnel.second-step.added")
    authenticator_removed.connect(_removed, dispatch_uid="ginnel.second-step.removed")
