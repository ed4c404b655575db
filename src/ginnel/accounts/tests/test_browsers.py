"""Where a person is signed in, and for how long."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from ginnel.accounts import workplaces
from ginnel.accounts.commands import open_account
from ginnel.accounts.keeping import KEY, device_words
from ginnel.accounts.models import SignedInBrowser, User
from ginnel.accounts.privacy.retention import purge_all
from ginnel.accounts.tests.people import sign_in
from ginnel.accounts.workplaces import Workplace, register_workplaces

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
LIST = "/account/sessions/"


@pytest.fixture
def sam() -> User:
    return open_account("sam@example.com")


def through_the_door(**headers: str) -> Client:
    client = Client(**headers)
    client.post("/account/sign-in/", {"email": "sam@example.com"})
    code = re.findall(r"^ {4}(\d{4} \d{4})$", str(mail.outbox[-1].body), re.MULTILINE)[-1]
    client.post("/account/sign-in/code/", {"code": code})
    return client


def age(client: Client, *, signed_in: int = 0, seen: int = 0) -> None:
    """Let so many minutes pass for this browser."""
    session = client.session
    kept = session[KEY]
    session[KEY] = kept | {"since": time.time() - signed_in * 60, "seen": time.time() - seen * 60}
    session.save()


def test_the_list_says_the_browser_in_words_and_keeps_no_address(sam):
    client = through_the_door(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.9")
    page = client.get(LIST).content.decode()
    assert "Firefox on Linux" in page
    assert "This one" in page
    row = SignedInBrowser.objects.values().get()
    assert "203.0.113.9" not in str(row)
    assert "203.0.113.9" not in str(dict(client.session))


def test_one_other_browser_is_signed_out_at_once(sam):
    here, lost = through_the_door(), through_the_door()
    other = SignedInBrowser.objects.exclude(session_key=here.session.session_key).get()
    here.post(f"{LIST}{other.pk}/end/")
    assert lost.get("/account/").status_code in {302, 400}
    assert here.get("/account/").status_code == 200
    assert SignedInBrowser.objects.count() == 1


def test_all_others_are_signed_out_and_this_one_stays(sam):
    here, *others = (through_the_door() for _ in range(3))
    assert "Signed out in 2 other places" in here.post(f"{LIST}end-others/", follow=True).content.decode()
    assert [other.get("/account/").status_code for other in others] == [302, 302]


def test_another_persons_browser_is_not_found(client, sam):
    theirs = through_the_door()
    sign_in(client, open_account("mallory@example.com"))
    row = SignedInBrowser.objects.get(user=sam)
    assert client.post(f"{LIST}{row.pk}/end/").status_code == 404
    assert theirs.get("/account/").status_code == 200
    assert "Firefox" not in Client().get(LIST, follow=True).content.decode()


def test_signing_out_takes_it_off_the_list(sam):
    client = through_the_door()
    client.post("/account/sign-out/")
    assert not SignedInBrowser.objects.exists()


def test_the_list_stays_true_when_a_password_gives_the_session_a_new_key(client, sam):
    sign_in(client, sam)
    client.post("/account/password/", {"password": "three quiet lamps on a barge"})
    assert SignedInBrowser.objects.get().session_key == client.session.session_key
    assert "This one" in client.get(LIST).content.decode()


def test_a_browser_whose_row_is_gone_is_out_at_the_next_look(client, sam):
    sign_in(client, sam)
    SignedInBrowser.objects.all().delete()
    age(client, seen=6)
    assert client.get("/account/").status_code == 302


def test_being_seen_is_written_down_once_in_five_minutes(client, sam, django_assert_max_num_queries):
    sign_in(client, sam)
    before = SignedInBrowser.objects.get().last_seen_at
    client.get(LIST)
    assert SignedInBrowser.objects.get().last_seen_at == before
    age(client, seen=6)
    client.get(LIST)
    assert SignedInBrowser.objects.get().last_seen_at > before


@pytest.mark.parametrize("signed_in, seen, stays", [(60, 50, True), (60, 61, False), (12 * 60 + 1, 1, False)])
def test_staff_are_signed_out_when_away_or_after_a_long_day(client, sam, monkeypatch, signed_in, seen, stays):
    monkeypatch.setattr(workplaces, "_readers", {})
    register_workplaces("test", lambda user: [Workplace(7, administrator=False)])
    sign_in(client, sam)
    age(client, signed_in=signed_in, seen=seen)
    response = client.get("/account/", follow=True)
    assert ("You were signed out" not in response.content.decode()) is stays


def test_residents_stay_for_two_weeks(client, sam):
    sign_in(client, sam)
    age(client, signed_in=13 * 24 * 60, seen=24 * 60)
    assert client.get("/account/").status_code == 200


def test_the_stored_session_of_staff_ends_with_the_limit(sam, monkeypatch):
    monkeypatch.setattr(workplaces, "_readers", {})
    register_workplaces("test", lambda user: [Workplace(7, administrator=False)])
    client = through_the_door()
    assert client.session.get_expiry_age() <= 12 * 3600
    assert Session.objects.filter(pk=client.session.session_key).exists()


def test_the_list_costs_the_same_for_one_browser_or_twenty(client, sam, django_assert_max_num_queries):
    for _ in range(20):
        sign_in(Client(), sam)
    sign_in(client, sam)
    with django_assert_max_num_queries(8):
        assert client.get(LIST).content.decode().count("Sign out<span") == 20


@pytest.mark.parametrize(
    "agent, words",
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_its_owner_would(agent, words):
    assert device_words(agent) == words


def test_browsers_whose_session_ended_by_itself_are_not_listed_and_forgotten_by_the_timer(client, sam):
    ended = Client()
    sign_in(ended, sam)
    sign_in(client, sam)
    Session.objects.filter(pk=ended.session.session_key).update(expire_date=timezone.now())
    assert client.get(LIST).content.decode().count("Last seen on") == 1
    purge_all(timezone.now())
    assert SignedInBrowser.objects.get().session_key == client.session.session_key
