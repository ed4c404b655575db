"""Storing what happened."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone

from ginnel.events.models import Event

if TYPE_CHECKING:
    from ginnel.accounts.models import User

_PLAIN = (str, int, float, bool, type(None))


def record_event(
    name: str, *, by: "User | None", about: models.Model, at: datetime | None = None, **facts: object
) -> Event:
    """
    Store one event in the caller's transaction.

    `facts` holds plain values (ids, counts, codes): no names, no free text.

    :raises RuntimeError: outside a transaction, where the event could outlive a change that was rolled back.
    :raises TypeError: if a fact is not a plain value.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record_event must be called inside the transaction of the change it tells of")
    for key, value in facts.items():
        if not isinstance(value, _PLAIN):
            raise TypeError(f"fact {key!r} must be a plain value, not {type(value).__name__}")
    return Event.objects.create(
        name=name,
        at=at or timezone.now(),
        by=by,
        about_type=about._meta.label_lower,
        about_id=str(about.pk),
        facts=facts,
    )
