"""What a directory asks: replayed, unknown, senseless, in bulk, in a hurry; groups and managers."""

import json

import pytest
from django.core.cache import cache
from django.utils import timezone

from ginnel.events.models import Event
from ginnel.partners.commands import set_group_role
from ginnel.partners.models import DirectoryGroup, DirectoryKey, DirectoryPerson, Membership
from ginnel.partners.tests.directories import ENTERPRISE, GROUP, USER, Directory, membership
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
