"""My page: what is held, who looked, taking it away and leaving."""

import json
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ginnel.accounts.commands import open_account, record_read
from ginnel.accounts.models import RecordAccess, User
from ginnel.accounts.tests.people import sign_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
OWN_PAGES = ["/account/", "/account/download.json", "/account/delete/"]


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def sam() -> User:
    return open_account("sam@example.com")


def rows_that_say(text: str) -> list[str]:
    """Tables in which any value of any row has this text, sessions looked at as they are read."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text in str(row).lower() for row in cursor.fetchall()):
                found.append(table)
    if any(text in str(session.get_decoded()).lower() for session in Session.objects.all()):
        found.append("session data")
    return found


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_stranger_is_sent_to_sign_in_and_back(client, path):
    assert client.get(path).headers["Location"] == f"/account/sign-in/?next={path}"


@pytest.mark.parametrize("path", OWN_PAGES)
def test_my_pages_open_and_cost_few_queries(client, sam, path, django_assert_max_num_queries):
    sign_in(client, sam)
    client.get(path)
    with django_assert_max_num_queries(20):
        response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_my_page_costs_the_same_for_one_look_or_twenty(client, sam, django_assert_num_queries):
    sign_in(client, sam)
    navigator = open_account("navigator@example.com")
    client.get("/account/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/account/")
    for _ in range(20):
        record_read(sam, by=navigator, purpose="Planning the next step", at=AT)
    with django_assert_num_queries(len(queries)):
        response = client.get("/account/")
    assert response.content.decode().count("navigator@example.com: Planning the next step") == 20


def test_reading_ones_own_record_is_not_noted(sam):
    assert record_read(sam, by=sam, purpose="Looking", at=AT) is None
    assert not RecordAccess.objects.exists()


def test_another_persons_reads_are_not_shown(client, sam):
    other = open_account("other@example.com")
    record_read(other, by=sam, purpose="Secret purpose", at=AT)
    sign_in(client, sam)
    page = client.get("/account/").content.decode()
    assert "Secret purpose" not in page
    assert "Nobody. When someone does" in page


def test_everything_can_be_downloaded(client, sam):
    navigator = open_account("navigator@example.com")
    record_read(sam, by=navigator, purpose="Planning", at=AT)
    sign_in(client, sam)
    response = client.get("/account/download.json")
    data = json.loads(response.content)
    assert "attachment" in response.headers["Content-Disposition"]
    assert data["account"]["email"] == "sam@example.com"
    assert data["who_looked"] == [
        {"at": AT.isoformat(), "by": "navigator@example.com", "organisation": None, "purpose": "Planning"}
    ]


def test_a_table_that_is_not_there_is_not_found(client, sam):
    sign_in(client, sam)
    assert client.get("/account/download/nothing.csv").status_code == 404


def test_deleting_asks_first_and_says_what_goes(client, sam):
    sign_in(client, sam)
    assert "sam@example.com" in client.get("/account/delete/").content.decode()
    assert "Tick the box" in client.post("/account/delete/").content.decode()
    assert User.objects.filter(pk=sam.pk).exists()


def test_after_deleting_nothing_of_the_person_is_left(client, sam):
    other = open_account("other@example.com")
    phone, waiting = Client(), Client()
    sign_in(phone, sam)
    stranger = Client()
    sign_in(stranger, other)
    waiting.post("/account/sign-in/", {"email": "SAM@example.com"})  # a code under way on another computer
    record_read(sam, by=other, purpose="Planning", at=AT)
    record_read(other, by=sam, purpose="Planning", at=AT)
    sign_in(client, sam)
    assert rows_that_say("sam@example.com")
    response = client.post("/account/delete/", {"sure": "on"}, follow=True)
    assert "Your account is deleted" in response.content.decode()
    assert rows_that_say("sam@example.com") == []
    assert phone.get("/account/").status_code == 302
    assert stranger.get("/account/").status_code == 200
    assert "Someone whose account is gone" in stranger.get("/account/").content.decode()


def test_deleting_is_refused_without_a_token(sam):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, sam)
    assert client.post("/account/delete/", {"sure": "on"}).status_code == 403
    assert User.objects.filter(pk=sam.pk).exists()
