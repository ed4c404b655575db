"""A query put together once gives the rows of the values it is asked with."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group

from ginnel.accounts.models import User
from ginnel.core.prepared import Prepared


@pytest.mark.django_db
def test_values_take_the_stand_ins_places():
    asked = Prepared(
        lambda least, name: Group.objects.filter(pk__gte=least, name__gte=name).values_list("name"), -1, "?"
    )
    ada, bo = Group.objects.create(name="Zz Ada"), Group.objects.create(name="Zz Bo")
    assert asked.ask(ada.pk, "Zz B") == [("Zz Bo",)]
    assert {name for (name,) in asked.ask(ada.pk, "Zz A")} == {"Zz Ada", "Zz Bo"}
    assert asked.ask(bo.pk + 1, "Zz A") == []


@pytest.mark.django_db
def test_a_day_is_a_value_like_another():
    person = User.objects.create(email="kit@example.org", last_login=datetime(2026, 11, 27, 9, tzinfo=UTC))
    asked = Prepared(lambda day: User.objects.filter(last_login__date__gte=day).values_list("pk"), date.min)
    assert asked.ask(date(2026, 11, 27)) == [(person.pk,)]
    assert asked.ask(date(2026, 11, 28)) == []


@pytest.mark.django_db
def test_a_stand_in_that_is_not_in_the_query_is_a_mistake():
    with pytest.raises(RuntimeError, match="each stand-in"):
        Prepared(lambda one, other: Group.objects.filter(pk=one).values_list("pk"), -1, -2).ask(1, 2)
