"""Who manages somebody: searched for among colleagues."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.models import RecordAccess
from ginnel.events.models import Event
from ginnel.partners.commands import end_membership, set_line_manager
from ginnel.partners.models import Membership
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(bramble):
    return a_member(bramble, "Bea Moss")


def page(person):
    return reverse("partners:member_manager", args=[person.organisation_id, person.pk])


def read(client, person, **query):
    answer = client.get(page(person), query)
    assert answer.status_code == 200
    return answer.content.decode()


def choices(client, person, **query):
    form = client.get(page(person), query).context["form"]
    return [label for _, label in form.fields["manager"].choices]


def test_a_colleague_is_found_by_name_address_or_job_and_chosen(client, bramble, boss, bea):
    mo = a_member(bramble, "Mo Reed")
    Membership.objects.filter(pk=mo.pk).update(job_title="Team leader")
    client.force_login(boss)
    assert choices(client, bea) == ["Nobody"]
    for words in ("reed", "mo.reed@", "team lead"):
        assert choices(client, bea, q=words) == ["Team leader, mo.reed@example.org", "Nobody"]
    answer = client.post(f"{page(bea)}?q=reed", {"manager": mo.pk}, follow=True)
    assert "mo.reed@example.org manages bea.moss@example.org now." in answer.content.decode()
    assert [row.manager for row in bea.managed_by.all()] == [mo]
    shown = client.get(reverse("partners:member", args=[bramble.pk, bea.pk])).content.decode()
    assert "<p>mo.reed@example.org. <a" in shown
    assert choices(client, bea)[0].endswith("mo.reed@example.org"), "who manages now comes without a search"
    assert "Nobody manages" in client.post(page(bea), {"manager": "nobody"}, follow=True).content.decode()
    assert not bea.managed_by.exists()


def test_of_thousands_at_most_twenty_are_shown_and_the_rest_is_a_better_search_away(client, bramble, boss, bea):
    people = [a_person(f"Pat Number{number}") for number in range(25)]
    Membership.objects.bulk_create(Membership(organisation=bramble, user=person, joined_at=NOW) for person in people)
    client.force_login(boss)
    assert len(choices(client, bea, q="pat")) == 21
    assert "More than 20 people fit “pat”" in read(client, bea, q="pat")
    assert choices(client, bea, q="number24") == ["pat.number24@example.org", "Nobody"]


def test_a_search_costs_the_same_for_two_or_twenty(client, bramble, boss, bea):
    client.force_login(boss)

    def cost() -> int:
        read(client, bea, q="pat")
        with CaptureQueriesContext(connection) as told:
            read(client, bea, q="pat")
        return len(told)

    for number in range(2):
        a_member(bramble, f"Pat Number{number}")
    two = cost()
    for number in range(2, 20):
        a_member(bramble, f"Pat Number{number}")
    assert cost() == two < 14


def test_a_search_that_finds_nobody_says_so_and_what_to_do(client, boss, bea):
    client.force_login(boss)
    shown = read(client, bea, q="zzz <b>")
    assert "fits “zzz &lt;b&gt;”. Look for a spelling mistake" in shown


def test_whoever_is_shown_sees_on_their_own_page_who_looked(client, bramble, boss, bea):
    mo = a_member(bramble, "Mo Reed")
    client.force_login(boss)
    for _ in range(2):
        read(client, bea, q="reed")
    assert RecordAccess.objects.filter(person=mo.user).count() == 1


def test_nothing_else_than_a_colleague_who_is_here_can_be_chosen(client, bramble, boss, bea):
    neighbour = a_member(an_organisation("Willow House"), "Will Oak")
    gone = a_member(bramble, "Gus Gone")
    end_membership(gone, by=boss, at=timezone.now())
    client.force_login(boss)
    for sent in (neighbour.pk, gone.pk, bea.pk, "", "x", "9" * 30, "1\0"):
        answer = client.post(page(bea), {"manager": sent})
        assert answer.status_code in {200, 400}, sent
        if answer.status_code == 200:
            assert "Choose a colleague" in answer.content.decode(), sent
    assert not bea.managed_by.exists()
    assert "will.oak" not in read(client, bea, q="oak") and "gus.gone" not in read(client, bea, q="gus")


def test_nobody_but_its_administrators_finds_the_page(client, bramble, boss, bea):
    mo = a_member(bramble, "Mo Reed", "line-manager")
    set_line_manager(bea, mo, by=boss, at=NOW)
    neighbour = a_member(an_organisation("Willow House"), "Will Oak", "administrator")
    others = [mo.user, bea.user, neighbour.user, a_person("Stranger Here")]
    others += [a_member(bramble, f"Role {role}", role).user for role in ("viewer", "recruiter", "learning-manager")]
    for person in others:
        client.force_login(person)
        assert client.get(page(bea), {"q": "a"}).status_code == 404
        assert client.post(page(bea), {"manager": "nobody"}).status_code == 404
    client.logout()
    assert client.get(page(bea)).status_code == 302
    assert [row.manager for row in bea.managed_by.all()] == [mo]


def test_somebody_who_has_left_is_managed_by_nobody(client, boss, bea):
    end_membership(bea, by=boss, at=timezone.now())
    client.force_login(boss)
    assert client.get(page(bea)).status_code == 404


def test_saying_the_same_again_is_no_event(bramble, boss, bea):
    mo = a_member(bramble, "Mo Reed")
    for _ in range(2):
        set_line_manager(bea, mo, by=boss, at=NOW)
    assert Event.objects.filter(name="partners.member.manager_set").count() == 1
