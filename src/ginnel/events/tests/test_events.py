"""What happened is stored with the change, or not at all."""

import pytest
from django.db import transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.events.models import Event


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ada@example.org")


def test_an_event_tells_what_about_whom_and_when(person: User) -> None:
    event = record_event("accounts.user.joined", by=person, about=person, ways=1)
    assert (event.about_type, event.about_id, event.facts) == ("accounts.user", str(person.pk), {"ways": 1})


def test_an_event_of_a_change_that_fails_is_gone(person: User) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_event("accounts.user.joined", by=person, about=person)
        _ = 1 / 0
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    person = User.objects.create_user("ada@example.org")
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_event("accounts.user.joined", by=person, about=person)


def test_a_fact_that_is_not_a_plain_value_is_refused(person: User) -> None:
    with pytest.raises(TypeError, match="plain value"):
        record_event("accounts.user.joined", by=person, about=person, who={"name": "Ada"})
