"""What happened is stored with the change, or not at all, and stays as it was."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ginnel.accounts.models import User
from ginnel.events import words
from ginnel.events.commands import Happened, record_event, record_events
from ginnel.events.models import Event, Link

AT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ada@example.org")


def test_an_event_tells_what_about_whom_and_when(person: User) -> None:
    event = record_event("careers.shortlist.kept", by=person, about=person, person=person.pk, organisation=7, roles=1)
    event.refresh_from_db()
    assert (event.about_type, event.about_id, event.facts) == ("accounts.user", str(person.pk), {"roles": 1})
    assert (event.by, event.person, event.organisation) == (person.pk, person.pk, 7)


def test_an_event_of_a_change_that_fails_is_gone(person: User) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_event("careers.shortlist.kept", by=person, about=person)
        _ = 1 / 0
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    person = User.objects.create_user("ada@example.org")
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_event("careers.shortlist.kept", by=person, about=person)
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_events([])


def test_a_fact_that_is_not_a_plain_value_is_refused(person: User) -> None:
    with pytest.raises(TypeError, match="plain value"):
        record_event("careers.shortlist.kept", by=person, about=person, who={"name": "Ada"})
    with pytest.raises(ValueError, match="JSON"):
        record_event("careers.shortlist.kept", by=person, about=person, share=float("nan"))


def test_an_event_without_words_is_refused(person: User) -> None:
    with pytest.raises(LookupError, match="event_words"):
        record_event("careers.nobody.told", by=person, about=person)


def test_a_moment_without_its_time_zone_is_refused(person: User) -> None:
    with pytest.raises(ValueError, match="time zone"):
        record_event("careers.shortlist.kept", by=person, about=person, at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_many_events_cost_few_queries(person: User, django_assert_max_num_queries) -> None:
    many = [Happened("careers.shortlist.kept", person, person, AT, facts={"roles": n}) for n in range(3_000)]
    with django_assert_max_num_queries(40):
        assert record_events(many) == 3_000
    assert [event.facts["roles"] for event in Event.objects.order_by("id")[:3]] == [0, 1, 2]


def test_an_event_can_be_neither_changed_nor_removed(person: User) -> None:
    event = record_event("careers.shortlist.kept", by=person, about=person)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
    for attempt in (
        lambda: Event.objects.filter(pk=event.pk).update(by=None),
        event.save,
        event.delete,
        lambda: Event.objects.all().delete(),
        lambda: Link.objects.update(hash="x"),
        lambda: Link.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert Event.objects.get(pk=event.pk).by == person.pk


def test_every_kind_of_event_has_words() -> None:
    for name, kind in words.kinds().items():
        assert kind[0].isupper()
        values = {"by": "Ada", "person": "Sam", "organisation": "Bramble", "other": "Canal", "given": "recruiter"}
        assert words.sentence(name, values).endswith(".")


def test_a_name_that_has_no_words_any_more_stands_for_itself() -> None:
    assert words.sentence("talent.old.thing", {}) == "talent.old.thing"
    assert words.sentence("careers.shortlist.kept", {"by": "Ada"}) == "Ada kept a list of ? roles under a link."
