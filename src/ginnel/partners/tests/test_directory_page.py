"""The page on which an administrator connects their organisation's directory."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.tests.people import sign_in
from ginnel.events.models import Event
from ginnel.partners.commands import KeyNotOpen, make_directory_key, revoke_directory_key
from ginnel.partners.commands.directory import Said, add_directory_person
from ginnel.partners.commands.directory_groups import add_directory_group
from ginnel.partners.models import DirectoryGroup, DirectoryKey
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db


def page(organisation):
    return reverse("directory:page", args=[organisation.pk])


def test_a_new_key_is_shown_on_one_answer_and_never_again(client, bramble, boss):
    sign_in(client, boss)
    made = client.post(page(bramble), {"name": "Entra", "days": "90"})
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert secret not in client.get(page(bramble)).content.decode()
    assert client.get("/scim/v2/Users", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in str(list(Event.objects.values()))


def test_a_revoked_key_is_refused_at_the_next_request(client, bramble, boss):
    key, secret = make_directory_key(bramble, "Entra", days=30, by=boss, at=timezone.now())
    sign_in(client, boss)
    client.post(reverse("directory:key_revoke", args=[bramble.pk, key.pk]))
    assert client.get("/scim/v2/Users", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    assert "Revoked" in client.get(page(bramble)).content.decode()
    with pytest.raises(KeyNotOpen):
        revoke_directory_key(key, by=boss, at=timezone.now())


@pytest.mark.parametrize("answer", [{"name": "", "days": "90"}, {"name": "x", "days": "9999"}, {"name": "x" * 99}])
def test_a_key_needs_a_name_and_an_end(client, bramble, boss, answer):
    sign_in(client, boss)
    assert "There is a problem" in client.post(page(bramble), answer).content.decode()
    assert not DirectoryKey.objects.exists()


def test_nobody_but_its_own_administrators_may_connect_a_directory(client, bramble, boss):
    key, _ = make_directory_key(bramble, "Entra", days=30, by=boss, at=timezone.now())
    group = add_directory_group(bramble, "Nurses", [], at=NOW)
    asks = [
        ("get", page(bramble)),
        ("post", page(bramble)),
        ("post", reverse("directory:key_revoke", args=[bramble.pk, key.pk])),
        ("post", reverse("directory:group_role", args=[bramble.pk, group.pk])),
    ]
    for method, address in asks:
        assert getattr(client, method)(address).status_code == 302, "a stranger is asked to sign in"
    willow = an_organisation("Willow House")
    for person in (
        a_person("Sy Strange"),
        a_member(bramble, "Bea Moss", "recruiter", "line-manager", "learning-manager").user,
        a_member(willow, "Will Oak", "administrator").user,
    ):
        sign_in(client, person)
        for method, address in asks:
            assert getattr(client, method)(address).status_code == 404
    # The neighbour's own page does not reach over either.
    assert client.post(reverse("directory:key_revoke", args=[willow.pk, key.pk])).status_code == 404
    assert client.post(reverse("directory:group_role", args=[willow.pk, group.pk])).status_code == 404
    assert DirectoryKey.objects.get().revoked_at is None


def test_a_group_is_given_a_role_on_the_page(client, bramble, boss):
    person = add_directory_person(bramble, Said("bea.moss@example.org"), at=NOW)
    group = add_directory_group(bramble, "Nurses", [person.pk], at=NOW)
    sign_in(client, boss)
    where = reverse("directory:group_role", args=[bramble.pk, group.pk])
    client.post(where, {f"g{group.pk.hex[:12]}-role": "viewer"})
    assert [row.role for row in person.membership.roles.all()] == ["viewer"]
    client.post(where, {f"g{group.pk.hex[:12]}-role": "emperor"})
    assert DirectoryGroup.objects.get().gives_role == "viewer"


def test_people_without_an_address_are_named(client, bramble, boss):
    add_directory_person(bramble, Said("bmoss", display_name="Bea Moss"), at=NOW)
    sign_in(client, boss)
    assert "Bea Moss" in client.get(page(bramble)).content.decode()


def test_the_page_costs_the_same_for_one_key_and_group_or_twenty(client, bramble, boss, django_assert_max_num_queries):
    sign_in(client, boss)
    for n in range(20):
        make_directory_key(bramble, f"Key {n}", days=30, by=boss, at=NOW)
        person = add_directory_person(bramble, Said(f"p{n}@example.org"), at=NOW)
        add_directory_group(bramble, f"Group {n}", [person.pk], at=NOW)
    with django_assert_max_num_queries(14):
        assert client.get(page(bramble)).status_code == 200
