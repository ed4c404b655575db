"""What happened in an organisation, or in the whole partnership, in words and as files."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ginnel.accounts.models import User
from ginnel.core.spreadsheet import harmless
from ginnel.events import words
from ginnel.events.commands import record_event
from ginnel.events.models import Event, EventQuerySet
from ginnel.events.queries import every
from ginnel.partners.models import Membership, Organisation
from ginnel.partners.permissions import Act, may, organisations_where

GONE = "somebody whose account is gone"
OUTSIDE = "somebody outside the organisation"
COLUMNS = [
    "Number", "When", "Kind", "What happened", "Done by", "Number of who did it", "Person", "Number of the person",
    "Organisation", "Number of the organisation", "Other organisation", "Number of the other", "About", "Facts",
]  # fmt: skip


def organisations_to_look_at(user: User) -> list[tuple[int, str]] | None:
    """Number and name of organisations whose events this person may see, by name. None: nothing here is for them."""
    found = Organisation.objects.exclude(status=Organisation.Status.LISTED)
    if not may(user, Act.SEE_ALL_EVENTS):
        mine: Any = organisations_where(user, Act.SEE_EVENTS)
        if not mine:
            return None
        found = found.filter(pk__in=mine)
    return list(found.for_list().values_list("pk", "name"))


def scopes(
    *, organisation: int | None, person: int | None, kind: str, since: datetime | None, before: datetime | None
) -> list[EventQuerySet]:
    """
    The events asked for, as scopes whose newest are looked up one by one. `organisation` None: the whole partnership.

    The caller has checked that whoever asks may see them.
    """
    found = Event.objects.between(since, before)
    if kind:
        found = found.filter(name=kind)
    if person is not None:
        if organisation is not None:
            found = found.for_organisations([organisation])
        return [found.for_person(person), found.done_by(person)]
    if organisation is not None:
        return [found.filter(organisation=organisation), found.filter(other_organisation=organisation)]
    return [found]


def person_to_look_for(text: str, *, organisation: int | None) -> User | int | None:
    """
    Whom an e-mail address or a person's number means; None if nobody is known by it, or not to this organisation.

    A number of nobody is an account that is gone: its events are still there.
    """
    text = text.strip().lower()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    found = User.objects.filter(email=text) if number is None else User.objects.filter(pk=number)
    if organisation is not None:
        found = found.annotate(
            belongs=Exists(Membership.objects.filter(organisation=organisation, user=OuterRef("pk")))
        )
    user = found.first()
    if user is None:
        return number
    return user if getattr(user, "belongs", True) else None


@dataclass(frozen=True, slots=True)
class Line:
    """One event as it is shown."""

    event: Event
    kind: str
    sentence: str
    by: str
    person: str
    organisation: str
    other: str


def lines(events: Iterable[Event], *, within: int | None, known: Mapping[int, str] | None = None) -> list[Line]:
    """
    Events in words. `within` an organisation, people are named who belong or belonged to it; others are not. `known`: names of
    organisations that the caller has at hand. Two queries at most.
    """
    events = list(events)
    people = _people({n for event in events for n in (event.by, event.person) if n}, within)
    names = dict(known or {})
    wanted = {n for event in events for n in (event.organisation, event.other_organisation) if n}
    names |= words.organisation_names(wanted - names.keys())

    def who(number: int | None, nobody: str) -> str:
        return people.get(number, f"{GONE} (number {number})") if number else nobody

    def where(number: int | None) -> str:
        return names.get(number, f"organisation {number}") if number else ""

    return [
        _line(
            event,
            by=who(event.by, "the site itself"),
            person=who(event.person, ""),
            organisation=where(event.organisation),
            other=where(event.other_organisation),
        )
        for event in events
    ]


def _line(event: Event, *, by: str, person: str, organisation: str, other: str) -> Line:
    values = {key: "" if value is None else str(value) for key, value in event.facts.items()}
    values |= {
        "by": by,
        "person": person or "somebody",
        "organisation": organisation or "the whole partnership",
        "other": other or "another organisation",
    }
    return Line(event, words.kind(event.name), words.sentence(event.name, values), by, person, organisation, other)


def _people(numbers: set[int], within: int | None) -> dict[int, str]:
    if not numbers:
        return {}
    people = User.objects.filter(pk__in=numbers)
    if within is None:
        return {pk: name or email for pk, name, email in people.values_list("pk", "name", "email")}
    belongs = Exists(Membership.objects.filter(organisation=within, user=OuterRef("pk")))
    rows = people.annotate(belongs=belongs).values_list("pk", "name", "email", "belongs")
    return {pk: (name or email) if inside else OUTSIDE for pk, name, email, inside in rows}


@transaction.atomic
def note_export(organisation: int | None, *, by: User, at: datetime, form: str) -> None:
    """Note that somebody takes a copy of what happened. `form`: csv or json."""
    record_event("partners.events.exported", by=by, about=by, at=at, organisation=organisation, form=form)


def as_csv(found: list[EventQuerySet], *, within: int | None) -> Iterator[str]:
    """The events as lines of CSV, a thousand at a time, with a mark so that a spreadsheet reads the letters right."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for events in every(found):
        yield "".join(
            writer.writerow([harmless(cell) for cell in _cells(line)]) for line in lines(events, within=within)
        )


def as_json(found: list[EventQuerySet], *, within: int | None) -> Iterator[str]:
    """The events as one JSON list, a thousand at a time."""
    before = "["
    for events in every(found):
        for line in lines(events, within=within):
            yield before + "\n" + json.dumps(_values(line), ensure_ascii=False)
            before = ","
    yield ("[" if before == "[" else "\n") + "]\n"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _cells(line: Line) -> list[Any]:
    event = line.event
    return [
        event.pk, timezone.localtime(event.at).isoformat(timespec="seconds"), line.kind, line.sentence,
        line.by, event.by, line.person, event.person, line.organisation, event.organisation,
        line.other, event.other_organisation, f"{event.about_type} {event.about_id}", json.dumps(event.facts),
    ]  # fmt: skip


def _values(line: Line) -> dict[str, Any]:
    event = line.event
    return {
        "number": event.pk,
        "at": event.at.isoformat(),
        "name": event.name,
        "words": line.sentence,
        "by": event.by,
        "person": event.person,
        "organisation": event.organisation,
        "other_organisation": event.other_organisation,
        "about": {"type": event.about_type, "id": event.about_id},
        "facts": event.facts,
    }
