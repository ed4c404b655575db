"""A directory at the door: who may come in, and what it can and cannot do to people."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.events.models import Event
from ginnel.partners.commands import end_membership, revoke_directory_key
from ginnel.partners.models import DirectoryKey, DirectoryPerson, Membership
from ginnel.partners.permissions import Act, may
from ginnel.partners.tests.directories import ENTERPRISE, GROUP, Directory, membership
from ginnel.partners.tests.people import an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


@pytest.fixture
def bramble(client):
    return Directory(client, an_organisation())


@pytest.fixture
def willow(client):
    return Directory(client, an_organisation("Willow House"))


def test_a_joiner_is_a_member_and_may_sign_in_with_a_code(bramble):
    answer = bramble.add(
        displayName="Bea Moss", title="Care worker", **{ENTERPRISE: {"employeeNumber": "B-17", "department": "South"}}
    )
    assert answer.status_code == 201
    assert answer["ETag"] == answer.json()["meta"]["version"]
    assert answer["Location"] == answer.json()["meta"]["location"]
    bea = membership()
    assert (bea.job_title, bea.staff_number, bea.user.name) == ("Care worker", "B-17", "Bea Moss")
    assert not bea.user.is_proven()
    assert not bea.user.has_usable_password()
    assert open_account("bea.moss@example.org") == bea.user
    assert Event.objects.filter(name="partners.directory.person_added").count() == 1


def test_a_leaver_loses_access_at_the_next_request(bramble):
    person = bramble.add().json()["id"]
    bea = membership()
    assert may(bea.user, Act.SEE_ORGANISATION, bramble.organisation)
    bramble.patch(f"/Users/{person}", {"op": "Replace", "path": "active", "value": "False"})
    assert not may(User.objects.get(pk=bea.user_id), Act.SEE_ORGANISATION, bramble.organisation)
    assert User.objects.filter(pk=bea.user_id, is_active=True).exists(), "their account stays theirs"
    bramble.patch(f"/Users/{person}", {"op": "replace", "value": {"active": True}})
    assert bramble.ask("GET", f"/Users/{person}").json()["active"] is True
    assert membership().left_at is None
    bramble.ask("DELETE", f"/Users/{person}")
    assert membership().left_at is not None
    assert bramble.ask("GET", f"/Users/{person}").status_code == 404


def test_who_an_administrator_has_ended_is_told_to_the_directory_as_not_active(bramble):
    answer = bramble.add()
    end_membership(membership(), by=bramble.boss, at=timezone.now())
    read = bramble.ask("GET", f"/Users/{answer.json()['id']}", **{"if-none-match": answer["ETag"]})
    assert read.status_code == 200
    assert read.json()["active"] is False


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: setattr(d, "secret", ""),
        lambda d: setattr(d, "secret", d.secret + "x"),
        lambda d: setattr(d, "secret", d.key.digest),
        lambda d: DirectoryKey.objects.update(made_at=timezone.now() - timedelta(days=40), expires_at=timezone.now()),
        lambda d: revoke_directory_key(d.key, by=d.boss, at=timezone.now()),
        lambda d: type(d.organisation).objects.update(status="left"),
    ],
    ids=["none", "wrong", "only its digest", "too old", "revoked", "organisation that left"],
)
def test_a_key_that_is_not_open_opens_nothing(bramble, spoil):
    person = bramble.add().json()["id"]
    spoil(bramble)
    for answer in (
        bramble.ask("GET", "/Users"),
        bramble.ask("GET", "/Schemas"),
        bramble.ask("DELETE", f"/Users/{person}"),
    ):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/scim+json"
        assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert membership().left_at is None


def test_a_signed_in_administrator_without_a_key_is_a_stranger_here(client, bramble):
    client.force_login(bramble.boss)
    assert client.get("/scim/v2/Users").status_code == 401


def test_no_session_no_cookie_and_no_form_token(client, bramble):
    client.handler.enforce_csrf_checks = True
    answer = bramble.add()
    assert answer.status_code == 201
    assert not answer.cookies
    assert "no-cache" in answer["Cache-Control"]


def test_another_organisations_key_finds_and_touches_nobody(bramble, willow):
    person = bramble.add().json()["id"]
    group = bramble.ask("POST", "/Groups", {"schemas": [GROUP], "displayName": "Nurses"}).json()["id"]
    for path in (f"/Users/{person}", f"/Groups/{group}"):
        assert willow.ask("GET", path).status_code == 404
        assert willow.ask("DELETE", path).status_code == 404
        assert willow.patch(path, {"op": "replace", "path": "displayName", "value": "Mine"}).status_code == 404
    assert willow.ask("GET", "/Users").json()["totalResults"] == 0
    assert willow.ask("GET", "/?filter=id pr").json()["totalResults"] == 0
    mixed = {"schemas": [GROUP], "displayName": "Ours", "members": [{"value": person}]}
    assert willow.ask("POST", "/Groups", mixed).status_code == 400
    managed = willow.add("will.oak@example.org", **{ENTERPRISE: {"manager": {"value": person}}})
    assert managed.status_code == 400
    assert not membership("will.oak@example.org", "Willow House")


def test_a_directory_neither_renames_nor_moves_an_account_its_person_has_proven(bramble, willow):
    bea = open_account("bea.moss@example.org")
    User.objects.filter(pk=bea.pk).update(name="Bea Moss")
    person = willow.add("bea.moss@example.org", displayName="Mallory").json()
    assert membership(name="Willow House").user == bea
    willow.patch(f"/Users/{person['id']}", {"op": "replace", "value": {"userName": "mallory@evil.example"}})
    bea.refresh_from_db()
    assert (bea.email, bea.name) == ("bea.moss@example.org", "Bea Moss")
    assert Membership.objects.get(organisation=willow.organisation, user=bea).left_at is None
    assert not User.objects.filter(email="mallory@evil.example").exists()
    assert open_account("mallory@evil.example") != bea
    assert DirectoryPerson.objects.get(pk=person["id"]).address == "mallory@evil.example", "what it said is kept"


def test_an_account_another_directory_made_is_not_renamed_by_this_one(bramble, willow):
    bramble.add(displayName="Bea Moss")
    person = willow.add(displayName="Mallory").json()["id"]
    willow.patch(f"/Users/{person}", {"op": "replace", "path": "displayName", "value": "Mallory M"})
    assert User.objects.get(email="bea.moss@example.org").name == "Bea Moss"


def test_the_answer_is_the_same_whether_the_address_has_an_account_or_not(bramble):
    known = open_account("known@example.org")
    User.objects.filter(pk=known.pk).update(name="Known Secretly")
    first, second = (bramble.add(f"{who}@example.org").json() for who in ("known", "new"))
    assert set(first) == set(second)
    assert "Secretly" not in json.dumps(first)


def test_until_somebody_proves_the_account_a_new_address_takes_the_membership_along(bramble):
    person = bramble.add(displayName="Bea Moss").json()["id"]
    first = membership().user
    changed = {"op": "replace", "path": "userName", "value": "bea.reed@example.org"}
    assert bramble.patch(f"/Users/{person}", changed).status_code == 204
    moved = membership("bea.reed@example.org")
    assert moved.user != first
    assert User.objects.get(pk=first.pk).email == "bea.moss@example.org", "an account never changes its address"
    assert Membership.objects.filter(organisation=bramble.organisation, left_at=None).count() == 2


def test_a_second_address_that_the_person_has_proven_is_theirs(bramble):
    bea = open_account("bea@home.example")
    bea.emailaddress_set.create(  # type: ignore[attr-defined]
        email="bea.moss@example.org", verified=True
    )
    bramble.add()
    assert Membership.objects.get(organisation=bramble.organisation, user=bea)
    assert not User.objects.filter(email="bea.moss@example.org").exists()


def test_somebody_without_an_address_waits_until_there_is_one(bramble):
    person = bramble.add("bmoss").json()
    assert Membership.objects.filter(organisation=bramble.organisation).count() == 1
    emails = [{"value": "bea@home.example", "type": "home"}, {"value": "bea.moss@example.org", "type": "work"}]
    bramble.patch(f"/Users/{person['id']}", {"op": "add", "path": "emails", "value": emails})
    assert membership() is not None


def test_two_people_of_a_directory_cannot_be_one_person(bramble):
    emails = {"emails": [{"value": "bea.moss@example.org", "primary": True}]}
    assert bramble.add("bea", **emails).status_code == 201
    assert bramble.add("bea-again", **emails).status_code == 409
    number = {ENTERPRISE: {"employeeNumber": "7"}}
    assert bramble.add("cy@example.org", **number).status_code == 201
    assert bramble.add("di@example.org", **number).json()["scimType"] == "uniqueness"
    assert not User.objects.filter(email="di@example.org").exists(), "nothing of a refused request is kept"
