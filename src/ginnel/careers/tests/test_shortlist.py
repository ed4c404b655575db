"""My list: in a browser, as a link, and in an account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.accounts.tests.people import sign_in
from ginnel.careers import shortlists
from ginnel.careers.models import Role, Shortlist, ShortlistItem
from ginnel.careers.shortlists import Visitor, listed_slugs
from ginnel.careers.tasks import drop_lists_nobody_opens
from ginnel.careers.tests.lists import make_roles
from ginnel.events.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LIST, KEEP = "/list/", "/list/keep/"


@pytest.fixture(autouse=True)
def roles() -> list[Role]:
    cache.clear()
    return make_roles(35)


def add(client: Client, slug: str, **extra):
    return client.post(f"/list/add/{slug}/", extra)


def on_list(client: Client) -> list[str]:
    return re.findall(r'<h2><a href="/roles/([\w-]+)/">', client.get(LIST).content.decode())


def kept_by(client: Client, *slugs: str) -> Shortlist:
    for slug in slugs:
        add(client, slug)
    client.post(KEEP)
    return Shortlist.objects.filter(owner=None).latest("pk")


def test_an_empty_list_says_what_to_do(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = client.get(LIST).content.decode()
    assert "Your list is empty" in page
    assert reverse("careers:explore") in page


def test_roles_are_added_without_signing_in_newest_last_and_never_twice(client):
    for slug in ("role-2", "role-1", "role-2"):
        assert add(client, slug).headers["Location"] == LIST
    assert on_list(client) == ["role-2", "role-1"]


def test_adding_and_taking_off_go_back_to_where_the_button_was(client):
    assert add(client, "role-1", next="/roles/?q=care#x").headers["Location"] == "/roles/?q=care#keep-role-1"
    response = client.post("/list/remove/role-1/", {"next": "/roles/role-1/"})
    assert response.headers["Location"] == "/roles/role-1/#keep-role-1"


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "evil"])
def test_nobody_is_sent_to_another_site(client, there):
    assert add(client, "role-1", next=there).headers["Location"] == LIST


def test_a_role_taken_off_can_be_put_back(client):
    add(client, "role-1")
    response = client.post("/list/remove/role-1/", follow=True)
    page = response.content.decode()
    assert "You took Role 1 off your list" in page
    assert 'action="/list/add/role-1/"' in page
    assert on_list(client) == []


def test_the_thirty_first_role_is_refused_with_what_to_do(client):
    for number in range(30):
        add(client, f"role-{number}")
    assert "Take one off" in client.post("/list/add/role-31/", follow=True).content.decode()
    assert len(on_list(client)) == 30
    add(client, "role-1")  # there already: no complaint
    assert len(on_list(client)) == 30


def test_the_list_costs_the_same_for_one_role_or_twenty(client, django_assert_num_queries):
    add(client, "role-0")
    client.get(LIST)  # the place is now known to the process
    with django_assert_num_queries(2):  # session, roles
        client.get(LIST)
    for number in range(20):
        add(client, f"role-{number}")
    with django_assert_num_queries(2):
        client.get(LIST)


def test_only_a_post_with_a_token_changes_the_list():
    client = Client(enforce_csrf_checks=True)
    assert client.get("/list/add/role-1/").status_code == 405
    assert add(client, "role-1").status_code == 403


def test_a_role_we_do_not_know_is_not_found(client):
    assert add(client, "no-such-role").status_code == 404


def test_a_role_that_left_the_site_can_be_taken_off(client):
    add(client, "role-1")
    add(client, "role-2")
    Role.objects.filter(slug="role-1").delete()
    assert "no longer on this site" in client.get(LIST).content.decode()
    client.post("/list/remove/role-1/")
    assert "no longer on this site" not in client.get(LIST).content.decode()


def test_two_or_more_roles_can_be_compared(client):
    add(client, "role-1")
    assert "Compare up to three" not in client.get(LIST).content.decode()
    add(client, "role-2")
    page = client.get(LIST).content.decode()
    assert re.search(r'<input[^>]*name="role"[^>]*value="role-2"', page)
    assert 'action="/compare/"' in page


def test_the_list_prints_with_pay_its_source_and_date(client):
    add(client, "role-1")
    page = client.get(LIST + "?view=print").content.decode()
    assert "£25,000 to £27,000" in page
    assert "Test pay, 1 April 2026" in page
    assert "http://testserver/roles/role-1/" in page


def test_two_tabs_adding_at_once_lose_nothing_in_a_session(client, roles):
    add(client, "role-0")
    key = client.session.session_key
    tabs = [Visitor(SessionStore(key), None) for _ in range(2)]
    for tab in tabs:
        listed_slugs(tab)  # both have read the list before either changes it
    for tab, role in zip(tabs, roles[1:3], strict=True):
        shortlists.add_role(tab, role, at=AT)
        if tab.session.modified:  # as the session middleware does at the end of a request
            tab.session.save()
    assert on_list(client) == ["role-0", "role-1", "role-2"]


def test_two_tabs_adding_the_same_role_double_nothing_in_an_account(roles):
    visitor = Visitor(SessionStore(), open_account("sam@example.com"))
    shortlists.add_role(visitor, roles[0], at=AT)
    shortlists.add_roles(visitor, ["role-0", "role-1"], at=AT)  # what a second tab does that has not seen the first
    assert listed_slugs(visitor) == ["role-0", "role-1"]


def test_signing_in_joins_the_two_lists_without_loss_or_doubles(client):
    sam = open_account("sam@example.com")
    shortlists.add_roles(Visitor(SessionStore(), sam), ["role-1", "role-2"], at=AT)
    for slug in ("role-2", "role-3"):
        add(client, slug)
    client.post("/account/sign-in/", {"email": "sam@example.com"})
    code = re.search(r"\d{4} \d{4}", mail.outbox[-1].body)
    assert code
    client.post("/account/sign-in/code/", {"code": code[0]})
    assert on_list(client) == ["role-1", "role-2", "role-3"]
    assert "shortlist" not in client.session
    assert "kept in your account" in client.get(LIST).content.decode()


def test_another_person_does_not_see_my_list(client):
    sam, other = open_account("sam@example.com"), open_account("other@example.com")
    sign_in(client, sam)
    add(client, "role-1")
    stranger = Client()
    sign_in(stranger, other)
    assert on_list(stranger) == []
    own = Shortlist.objects.get(owner=sam)
    assert stranger.get(f"/list/{own.token}/").status_code == 404
    assert stranger.get(f"/list/{own.token}/code.svg").status_code == 404
    stranger.post("/list/remove/role-1/")
    assert on_list(client) == ["role-1"]


def test_my_page_shows_and_downloads_my_list(client, django_assert_max_num_queries):
    sign_in(client, open_account("sam@example.com"))
    add(client, "role-1")
    client.get("/account/")  # the first page of a visit notes the browser too
    with django_assert_max_num_queries(15):
        assert "You keep 1 role on your list" in client.get("/account/").content.decode()
    assert client.get("/account/download.json").json()["my-list"][0]["role"] == "role-1"
    table = client.get("/account/download/my-list.csv").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("Role,Part of health and care,Pay from")
    assert table[1].startswith("Role 1,Care,25000,27000,2026-04-01")


def test_deleting_the_account_deletes_the_list(client):
    sign_in(client, open_account("sam@example.com"))
    add(client, "role-1")
    client.post("/account/delete/", {"sure": "on"})
    assert not ShortlistItem.objects.exists()
    assert not User.objects.exists()


def test_the_button_shows_what_is_on_the_list(rf, roles):
    from django.template.loader import render_to_string

    request = rf.get("/roles/")
    request.session = SessionStore()
    assert "Add to my list" in render_to_string("careers/_shortlist_button.html", {"role": roles[1]}, request)
    shortlists.add_role(Visitor.of(request), roles[1], at=AT)
    button = render_to_string("careers/_shortlist_button.html", {"role": roles[1]}, request)
    assert "On my list: take off" in button
    assert 'action="/list/remove/role-1/"' in button


def test_a_roles_name_is_escaped_in_its_button(rf, roles):
    from django.template.loader import render_to_string

    roles[1].name = "<b>Role"
    request = rf.get("/roles/")
    request.session = SessionStore()
    assert "<b>" not in render_to_string("careers/_shortlist_button.html", {"role": roles[1]}, request)


def test_keeping_the_list_gives_a_link_and_a_code(client):
    kept = kept_by(client, "role-1", "role-2")
    page = client.get(KEEP).content.decode()
    assert f"http://testserver/list/{kept.token}/" in page
    assert "12 months" in page
    code = client.get(f"/list/{kept.token}/code.svg")
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert code.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in code.headers["Cache-Control"] and "private" in code.headers["Cache-Control"]
    assert b"style=" not in code.content
    event = Event.objects.get(name="careers.shortlist.kept")
    assert (event.by, event.facts) == (None, {"roles": 2})


def test_keeping_the_same_list_again_gives_the_same_link(client):
    first = kept_by(client, "role-1")
    assert kept_by(client) == first
    assert kept_by(client, "role-2") != first


def test_an_empty_list_cannot_be_kept(client):
    assert "Put a role on your list first" in client.post(KEEP, follow=True).content.decode()
    assert client.get(KEEP).headers["Location"] == LIST
    assert not Shortlist.objects.exists()


def test_a_link_opens_the_list_for_anyone_and_changes_nothing_until_asked(client, django_assert_max_num_queries):
    kept = kept_by(client, "role-1", "role-2")
    friend = Client()
    with django_assert_max_num_queries(8):
        response = friend.get(f"/list/{kept.token}/")
    assert "A list of 2 roles" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert on_list(friend) == []


def test_a_link_can_become_my_list_or_join_it(client):
    kept = kept_by(client, "role-1", "role-2")
    friend = Client()
    add(friend, "role-5")
    add(friend, "role-2")
    friend.post(f"/list/{kept.token}/", {"action": "add"})
    assert on_list(friend) == ["role-5", "role-2", "role-1"]
    friend.post(f"/list/{kept.token}/", {"action": "replace"})
    assert on_list(friend) == ["role-1", "role-2"]
    sign_in(friend, open_account("sam@example.com"))
    friend.post(f"/list/{kept.token}/", {"action": "replace"})
    assert on_list(friend) == ["role-1", "role-2"]


@pytest.mark.parametrize("token", ["nope", "a" * 200, "😀", "'; drop table", "%00"])
def test_a_link_that_is_not_one_is_not_found(client, token):
    assert client.get(f"/list/{token}/").status_code in {400, 404}


def test_the_link_can_be_sent_once_and_the_address_is_not_stored(client):
    kept = kept_by(client, "role-1")
    page = client.post(KEEP, {"action": "email", "email": "friend@example.com"}, follow=True).content.decode()
    assert "Sent. Look in the mailbox" in page
    assert mail.outbox[0].to == ["friend@example.com"]
    assert f"http://testserver/list/{kept.token}/" in mail.outbox[0].body
    assert "friend@example.com" not in str(dict(client.session))
    assert "friend@example.com" not in str(list(Event.objects.values()))


def test_five_mails_an_hour_and_no_more_from_one_net_address(client):
    kept_by(client, "role-1")
    for _ in range(5):
        client.post(KEEP, {"action": "email", "email": "friend@example.com"})
    assert "5 e-mails an hour" in client.post(KEEP, {"action": "email", "email": "friend@example.com"}).content.decode()
    other = Client()
    kept_by(other, "role-1")
    assert "5 e-mails an hour" in other.post(KEEP, {"action": "email", "email": "x@example.com"}).content.decode()
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("email", ["", "friend", "a" * 300 + "@example.com"])
def test_what_is_not_an_address_is_refused_with_what_to_do(client, email):
    kept_by(client, "role-1")
    assert "There is a problem" in client.post(KEEP, {"action": "email", "email": email}).content.decode()
    assert not mail.outbox


def test_a_mail_that_cannot_be_sent_is_said(client, monkeypatch):
    def fail(*_args: object) -> None:
        raise ConnectionRefusedError

    kept_by(client, "role-1")
    monkeypatch.setattr("ginnel.careers.views.shortlist.send_mail", fail)
    assert "copy the link instead" in client.post(KEEP, {"action": "email", "email": "x@example.com"}).content.decode()


def test_links_nobody_opened_for_a_year_go_and_others_stay(client, capsys):
    sam = open_account("sam@example.com")
    shortlists.add_roles(Visitor(SessionStore(), sam), ["role-1"], at=AT)
    unopened, opened = shortlists.keep_list(["role-1"], at=AT), shortlists.keep_list(["role-2"], at=AT)
    later = AT + timedelta(days=300)
    shortlists.note_opened(opened, at=later)
    assert shortlists.drop_unopened_lists(at=AT + timedelta(days=366)) == 1
    assert not Shortlist.objects.filter(pk=unopened.pk).exists()
    assert Shortlist.objects.filter(pk=opened.pk).exists()
    assert Shortlist.objects.filter(owner=sam).exists()
    call_command("drop_unopened_lists")
    assert "Deleted" in capsys.readouterr().out
    assert drop_lists_nobody_opens.call() >= 0
