"""Storing what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone

from ginnel.events import chain, words
from ginnel.events.models import Event

_PLAIN = (str, int, float, bool, type(None))
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Happened:
    """One event to be, for `record_events`. The fields mean what `record_event` says of them."""

    name: str
    by: AbstractBaseUser | None
    about: models.Model
    at: datetime
    person: int | None = None
    organisation: int | None = None
    other_organisation: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def record_event(
    name: str,
    *,
    by: AbstractBaseUser | None,
    about: models.Model,
    at: datetime | None = None,
    person: int | None = None,
    organisation: int | None = None,
    other_organisation: int | None = None,
    **facts: object,
) -> Event:
    """
    Store one event in the caller's transaction.

    `by` did it (None: the site itself), to `person`, in `organisation`, with `other_organisation`: numbers, so that a person sees
    their events and an organisation's administrators theirs. `facts` holds plain values (ids, counts, codes): no names, no free text.
    The name needs words in its area's `event_words` module.

    :raises RuntimeError: outside a transaction, where the event could outlive a change that was rolled back.
    :raises TypeError: if a fact is not a plain value.
    :raises LookupError: for a name without words, in tests and for developers; on a real site the name stands for itself.
    """
    _must_be_inside_transaction()
    event = _event(Happened(name, by, about, at or timezone.now(), person, organisation, other_organisation, facts))
    event.save(force_insert=True)
    return event


def record_events(happened: Iterable[Happened]) -> int:
    """
    Store many events in the caller's transaction, in their order, as they come (a generator will do); for imports. Returns how many.

    :raises RuntimeError, TypeError, LookupError: as `record_event`.
    """
    _must_be_inside_transaction()
    count, batch = 0, list[Event]()
    for one in happened:
        batch.append(_event(one))
        if len(batch) == _AT_ONCE:
            Event.objects.bulk_create(batch)
            count, batch = count + len(batch), []
    Event.objects.bulk_create(batch)
    return count + len(batch)


def _must_be_inside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record_event must be called inside the transaction of the change it tells of")


def _event(one: Happened) -> Event:
    for key, value in one.facts.items():
        if not isinstance(value, _PLAIN):
            raise TypeError(f"fact {key!r} must be a plain value, not {type(value).__name__}")
    if (settings.TESTING or settings.DEBUG) and not words.known(one.name):
        raise LookupError(f"{one.name!r} has no words: add them to the event_words module of its area")
    said: dict[str, Any] = {
        "name": one.name,
        "by": one.by.pk if one.by else None,
        "person": one.person,
        "organisation": one.organisation,
        "other_organisation": one.other_organisation,
        "about_type": one.about._meta.label_lower,
        "about_id": str(one.about.pk),
        "facts": dict(one.facts),
    }
    return Event(**said, at=one.at, digest=chain.digest(**said, at=chain.moment(one.at)))
