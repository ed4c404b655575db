"""What happened: append-only, ids and codes only, chained so that tampering shows."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class EventQuerySet(models.QuerySet["Event"]):
    def for_person(self, person: int) -> Self:
        """What happened to this person. Only they, and who may see all events, may read it. `done_by` is the other half."""
        return self.filter(person=person)

    def with_person(self, person: int) -> Self:
        """Both halves in one query: for reading all of a person's events. A page of the newest asks for the halves one by one."""
        return self.filter(Q(person=person) | Q(by=person))

    def done_by(self, person: int) -> Self:
        """What this person did."""
        return self.filter(by=person)

    def for_organisations(self, organisations: Collection[int]) -> Self:
        """What happened in these organisations, and between them and another. The caller knows which ones somebody may see."""
        return self.filter(Q(organisation__in=organisations) | Q(other_organisation__in=organisations))

    def between(self, since: datetime | None, before: datetime | None) -> Self:
        """From one moment (included) to another (not included)."""
        found = self.filter(at__gte=since) if since else self
        return found.filter(at__lt=before) if before else found


class Event(models.Model):
    """
    One thing that happened, written in the same transaction as the change it tells of.

    People and organisations are plain numbers, not foreign keys: nothing that is deleted elsewhere may change or take away an
    event, and once an account is gone, its number points at nobody. `digest` covers every other field but the number of the row
    itself; `Link` chains the digests. The database refuses UPDATE and DELETE (`guards`).
    """

    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True, help_text="Number of the person who did it; empty: the site itself")
    person = models.BigIntegerField(null=True, help_text="Number of the person it happened to")
    organisation = models.BigIntegerField(null=True, help_text="Number of the organisation it happened in")
    other_organisation = models.BigIntegerField(null=True, help_text="Of two organisations, the second")
    about_type = models.CharField(max_length=80)
    about_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        # Every list is newest first by (at, id); each filter has the index that gives it in that order.
        indexes = [
            models.Index(fields=["at", "id"], name="events_at"),
            models.Index(fields=["name", "at", "id"], name="events_name_at"),
            models.Index(
                fields=["organisation", "at", "id"], name="events_org_at", condition=Q(organisation__isnull=False)
            ),
            # A rare kind in a large organisation: without it SQLite reads all that happened there.
            models.Index(
                fields=["organisation", "name", "at", "id"],
                name="events_org_name_at",
                condition=Q(organisation__isnull=False),
            ),
            models.Index(
                fields=["other_organisation", "at", "id"],
                name="events_other_org_at",
                condition=Q(other_organisation__isnull=False),
            ),
            models.Index(fields=["person", "at", "id"], name="events_person_at", condition=Q(person__isnull=False)),
            models.Index(fields=["by", "at", "id"], name="events_by_at", condition=Q(by__isnull=False)),
            models.Index(fields=["about_type", "about_id"], name="events_about"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.about_type}:{self.about_id}"


class Link(models.Model):
    """
    One link of the chain, made by the database itself for each event when its transaction ends (`guards`).

    `hash` is SHA-256 of the hash before and the event's digest. `event` is a plain number: a link outlives an event that somebody
    removed, and so tells of it.
    """

    number = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"
