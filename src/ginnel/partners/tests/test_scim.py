"""A directory at the door: who may come in, and what it can and cannot do to people."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.events.models import Event
from ginnel.partners.commands import end_membership, make_directory_key, revoke_directory_key, set_group_role
from ginnel.partners.models import DirectoryGroup, DirectoryKey, DirectoryPerson, Membership
from ginnel.partners.permissions import Act, may
from ginnel.partners.tests.people import a_member, an_organisation

pytestmark = pytest.mark.django_db

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Directory:
    """An organisation's directory as we meet it: requests with a key."""

    def __init__(self, client, organisation, days=30):
        self.client, self.organisation = client, organisation
        boss = a_member(organisation, f"Boss {organisation.name}", "administrator", "viewer").user
        self.boss = boss
        self.key, self.secret = make_directory_key(organisation, "Entra", days=days, by=boss, at=timezone.now())

    def ask(self, method, path, body=None, **headers):
        data = {"data": json.dumps(body), "content_type": "application/scim+json"} if body is not None else {}
        headers = {"authorization": f"Bearer {self.secret}"} | headers
        return self.client.generic(method, f"/scim/v2{path}", headers=headers, **data)

    def add(self, address="bea.moss@example.org", **more):
        body = {"schemas": [USER], "userName": address, "active": True} | more
        return self.ask("POST", "/Users", body)

    def patch(self, path, *operations, **headers):
        return self.ask("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)}, **headers)


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


@pytest.fixture
def bramble(client):
    return Directory(client, an_organisation())


@pytest.fixture
def willow(client):
    return Directory(client, an_organisation("Willow House"))


def membership(address="bea.moss@example.org", name="Bramble Home Care"):
    return Membership.objects.filter(user__email=address, organisation__name=name).first()


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


def test_a_request_that_comes_twice_changes_nothing_the_second_time(bramble):
    answer = bramble.add()
    assert bramble.add().status_code == 409
    body = answer.json() | {"title": "Nurse"}
    path = f"/Users/{body['id']}"
    first, second = (bramble.ask("PUT", path, body) for _ in range(2))
    assert first["ETag"] == second["ETag"] != answer["ETag"]
    assert Event.objects.filter(name="partners.directory.person_changed").count() == 1
    stale = bramble.patch(path, {"op": "replace", "path": "title", "value": "Matron"}, **{"if-match": answer["ETag"]})
    assert stale.status_code == 412
    assert bramble.ask("GET", path, **{"if-none-match": first["ETag"]}).status_code == 304
    assert [bramble.ask("DELETE", path).status_code for _ in range(2)] == [204, 404]


def test_what_we_have_no_use_for_is_dropped_unread(bramble):
    answer = bramble.add(
        password="hunter2",
        phoneNumbers=[{"value": "0113 496 0000"}],
        addresses=[{"type": "home", "formatted": "1 Secret Street"}],
        favouriteColour="moss",
        **{"urn:example:2.0:Extra": {"x": 1}},
    )
    assert answer.status_code == 201
    person = DirectoryPerson.objects.get()
    kept = json.dumps({field.name: str(getattr(person, field.name)) for field in person._meta.fields})
    assert not any(word in answer.content.decode() + kept for word in ("hunter2", "0113", "Secret", 'moss"', "Extra"))
    patched = bramble.patch(
        f"/Users/{person.pk}",
        {"op": "Add", "path": 'addresses[type eq "work"].country', "value": "UK"},
        {"op": "Add", "path": f"{ENTERPRISE}:costCenter", "value": "12"},
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "bea.moss@example.org"},
        {"op": "Add", "path": "title", "value": "Nurse"},
    )
    assert patched.status_code == 204
    assert membership().job_title == "Nurse"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"schemas": []}', 400),
        (json.dumps({"schemas": [USER], "userName": ""}).encode(), 400),
        (json.dumps({"schemas": [USER], "userName": "x" * 300}).encode(), 400),
        (json.dumps({"schemas": [USER], "userName": "a\x00b"}).encode(), 400),
        (json.dumps({"schemas": [USER], "userName": "a", "active": "perhaps"}).encode(), 400),
        (json.dumps({"schemas": [USER], "userName": "a", "emails": [{"value": "not an address"}]}).encode(), 400),
        (b'{"userName": "' + b"x" * 1_000_001 + b'"}', 413),
    ],
)
def test_a_body_that_makes_no_sense_is_refused_in_scims_own_words(bramble, body, status):
    answer = bramble.client.post(
        "/scim/v2/Users", body, content_type="application/scim+json",
        headers={"authorization": f"Bearer {bramble.secret}"},
    )  # fmt: skip
    assert answer.status_code == status
    assert answer.json()["status"] == str(status)
    assert not DirectoryPerson.objects.exists()


def test_a_form_is_no_scim_request(bramble):
    headers = {"authorization": f"Bearer {bramble.secret}"}
    assert bramble.client.post("/scim/v2/Users", {"userName": "x"}, headers=headers).status_code == 415
    assert bramble.client.get("/scim/v2/Nothing", headers=headers).status_code == 404


def test_a_bulk_request_does_what_is_right_and_names_what_is_not(bramble):
    def adding(number, name):
        data = {"schemas": [USER], "userName": name, "active": True}
        return {"method": "POST", "path": "/Users", "bulkId": f"n{number}", "data": data}

    schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
    operations = [adding(n, f"p{n}@example.org") for n in range(20)] + [adding(20, "p3@example.org")]
    done = bramble.ask("POST", "/Bulk", {"schemas": [schema], "Operations": operations}).json()["Operations"]
    assert [int(one["status"]) for one in done] == [201] * 20 + [409]
    assert Membership.objects.filter(organisation=bramble.organisation).count() == 21
    many = [adding(n, f"q{n}@example.org") for n in range(501)]
    assert bramble.ask("POST", "/Bulk", {"schemas": [schema], "Operations": many}).status_code == 413


def test_directories_find_people_by_what_they_know(bramble, django_assert_num_queries):
    for n in range(20):
        bramble.add(f"p{n}@example.org", externalId=f"ext-{n}", displayName=f"Person {n:02}")
    for scim_filter in (
        'userName eq "P7@example.org"',
        'externalId eq "ext-7"',
        'userName eq "p7@example.org" and active eq true',
        'externalId eq "ext-7" or userName eq "nobody"',
    ):
        with django_assert_num_queries(6):  # the key, how many, the row, its groups, and a savepoint
            found = bramble.ask("GET", f"/Users?filter={scim_filter}").json()
        assert [one["externalId"] for one in found["Resources"]] == ["ext-7"], scim_filter
    with django_assert_num_queries(6):
        page = bramble.ask("GET", "/Users?startIndex=6&count=5").json()
    assert (page["totalResults"], page["itemsPerPage"]) == (20, 5)
    last = bramble.ask("GET", "/Users?sortBy=displayName&sortOrder=descending&count=1").json()["Resources"]
    assert last[0]["displayName"] == "Person 19"
    assert bramble.ask("GET", '/Users?filter=userName eq "unclosed').status_code == 400


def test_a_group_gives_a_role_only_once_an_administrator_here_says_so(bramble):
    person = bramble.add().json()["id"]
    body = {"schemas": [GROUP], "displayName": "Administrator", "members": [{"value": person}]}
    group = bramble.ask("POST", "/Groups", body).json()["id"]
    assert not membership().roles.exists(), "a name gives nothing"
    row = DirectoryGroup.objects.get(pk=group)
    set_group_role(row, "recruiter", by=bramble.boss, at=timezone.now())
    assert [r.role for r in membership().roles.all()] == ["recruiter"]
    bramble.patch(f"/Groups/{group}", {"op": "remove", "path": f'members[value eq "{person}"]'})
    assert not membership().roles.exists()
    bramble.patch(f"/Groups/{group}", {"op": "add", "path": "members", "value": [{"value": person}]})
    assert membership().roles.exists()
    assert bramble.ask("GET", f"/Users/{person}").json()["groups"][0]["display"] == "Administrator"
    bramble.ask("DELETE", f"/Groups/{group}")
    assert not membership().roles.exists()


def test_the_directory_cannot_leave_an_organisation_without_an_administrator_by_a_group(bramble):
    boss = bramble.add(bramble.boss.email).json()["id"]
    other = bramble.add().json()["id"]
    body = {"schemas": [GROUP], "displayName": "IT", "members": [{"value": boss}]}
    group = bramble.ask("POST", "/Groups", body).json()["id"]
    set_group_role(DirectoryGroup.objects.get(pk=group), "administrator", by=bramble.boss, at=timezone.now())
    refused = bramble.patch(f"/Groups/{group}", {"op": "remove", "path": "members"})
    assert refused.status_code == 409
    assert "needs an administrator" in refused.json()["detail"]
    body["members"] = [{"value": other}]
    assert bramble.ask("PUT", f"/Groups/{group}", body).status_code == 200
    assert [r.role for r in membership().roles.all()] == ["administrator"]


def test_the_directory_says_who_manages_whom(bramble):
    manager = bramble.add("mo.reed@example.org").json()["id"]
    person = bramble.add(**{ENTERPRISE: {"manager": {"value": manager}}}).json()["id"]
    mo = membership("mo.reed@example.org")
    assert set(Membership.objects.visible_to(mo.user)) == {mo, membership()}
    own = {"op": "replace", "path": f"{ENTERPRISE}:manager", "value": {"value": person}}
    assert bramble.patch(f"/Users/{person}", own).status_code == 400
    bramble.patch(f"/Users/{manager}", {"op": "replace", "path": "active", "value": False})
    bramble.patch(f"/Users/{manager}", {"op": "replace", "path": "active", "value": True})
    assert membership() in Membership.objects.visible_to(membership("mo.reed@example.org").user)


def test_a_key_is_shown_once_and_kept_as_a_digest(bramble):
    bramble.ask("GET", "/Users")
    row = DirectoryKey.objects.values().get()
    assert bramble.secret not in str(row)
    assert row["last_used_at"] is not None


def test_a_directory_in_a_hurry_is_asked_to_wait(bramble, monkeypatch):
    monkeypatch.setattr("ginnel.partners.scim.views.DIRECTORY_REQUESTS_PER_MINUTE", 3)
    monkeypatch.setattr("ginnel.partners.scim.views.DIRECTORY_BAD_KEYS_PER_MINUTE", 3)
    answers = [bramble.ask("GET", "/Users") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    bramble.secret = "guess"
    assert [bramble.ask("GET", "/Users").status_code for _ in range(4)] == [401, 401, 401, 429]


def test_of_two_changes_at_once_one_is_told_to_read_again(bramble):
    from ginnel.partners.commands.directory import DirectoryChanged, Said, change_directory_person

    person = DirectoryPerson.objects.get(pk=bramble.add().json()["id"])
    same = DirectoryPerson.objects.get(pk=person.pk)
    said = Said("bea.moss@example.org", job_title="Nurse", active=True)
    change_directory_person(person, said, expected_version=1, at=timezone.now())
    with pytest.raises(DirectoryChanged):
        change_directory_person(same, Said("other@example.org"), expected_version=1, at=timezone.now())


def test_what_the_server_can_do_is_for_anybody(client):
    answer = client.get("/scim/v2/ServiceProviderConfig")
    assert answer.status_code == 200
    assert answer.json()["changePassword"] == {"supported": False}
