"""Reading what happened: newest first, a page at a time."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import Q

from ginnel.events.models import Event, EventQuerySet

_AT_ONCE = 1_000


class BadPlace(ValueError):
    """The place in the list is not one that we gave out."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list that is newest first: after the event that stands there."""

    at: datetime
    number: int

    def __str__(self) -> str:
        raw = json.dumps([self.at.isoformat(), self.number], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Place":
        """:raises BadPlace: if the text is not one of ours."""
        try:
            at, number = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            place = cls(datetime.fromisoformat(at), int(number))
        except (ValueError, TypeError, binascii.Error) as wrong:
            raise BadPlace(text) from wrong
        # Numbers and moments beyond what a database takes are not ours either.
        if place.at.tzinfo is None or not 0 < place.number < 2**63:
            raise BadPlace(text)
        return place


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, newest first, and the place where older ones begin; None: there are none."""

    events: list[Event]
    older: Place | None


def page(scopes: Iterable[EventQuerySet], *, after: Place | None, size: int) -> Page:
    """
    The newest events of several scopes together, each event once.

    Each scope is one query that walks one index: an OR over two columns would make the database sort all of them.
    """
    found = list(islice(_together([_after(scope, after)[: size + 1] for scope in scopes]), size + 1))
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], Place(last.at, last.pk) if last else None)


def every(scopes: Iterable[EventQuerySet]) -> Iterator[list[Event]]:
    """All events of these scopes, newest first, a thousand at a time; never all in memory."""
    scopes, place = list(scopes), None
    while True:
        got = page(scopes, after=place, size=_AT_ONCE)
        if got.events:
            yield got.events
        place = got.older
        if place is None:
            return


def _after(scope: EventQuerySet, place: Place | None) -> EventQuerySet:
    newest = scope.order_by("-at", "-id")
    if place is None:
        return newest
    # `at <=` says the same once more, so that the index can be entered there.
    return newest.filter(at__lte=place.at).filter(Q(at__lt=place.at) | Q(id__lt=place.number))


def _together(lists: Iterable[Iterable[Event]]) -> Iterator[Event]:
    last = None
    for event in merge(*lists, key=lambda event: (event.at, event.pk), reverse=True):
        if event.pk != last:
            yield event
        last = event.pk
