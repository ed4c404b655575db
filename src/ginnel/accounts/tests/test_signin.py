"""Signing in by a code sent by e-mail."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User

pytestmark = pytest.mark.django_db
ASK = "/account/sign-in/"
CONFIRM = "/account/sign-in/code/"
MINE = "/account/"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def ask(client: Client, email: str = "sam@example.com", **extra):
    return client.post(ASK, {"email": email, **extra})


def code_sent(number: int = -1) -> str:
    found = re.search(r"^ {4}(\d{4} \d{4})$", str(mail.outbox[number].body), re.MULTILINE)
    assert found
    return found[1]


def test_a_new_address_gets_an_account_only_after_the_right_code(client):
    response = ask(client, "Sam@Example.com")
    assert response.headers["Location"] == CONFIRM
    assert not User.objects.exists()
    response = client.post(CONFIRM, {"code": code_sent()})
    assert response.headers["Location"] == MINE
    user = User.objects.get()
    assert user.email == "sam@example.com"
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert "sam@example.com" in client.get(MINE).content.decode()


def test_a_known_address_gets_back_into_the_same_account(client):
    known = open_account("sam@example.com")
    ask(client, "SAM@example.com")
    client.post(CONFIRM, {"code": code_sent().replace(" ", "-")})
    assert User.objects.get() == known
    assert client.session["_auth_user_id"] == str(known.pk)


def test_an_account_made_elsewhere_needs_no_second_code(client):
    User.objects.create_user("sam@example.com")
    ask(client)
    assert client.post(CONFIRM, {"code": code_sent()}).headers["Location"] == MINE


def test_nobody_can_tell_a_known_address_from_a_new_one():
    open_account("known@example.com")
    pages, mails = [], []
    for email in ("known@example.com", "newer@example.com"):
        client = Client()
        first = ask(client, email)
        page = client.get(first.headers["Location"]).content.decode()
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "EMAIL"))
        mails.append((mail.outbox[-1].subject, mail.outbox[-1].body.replace(code_sent(), "CODE")))
    assert pages[0] == pages[1]
    assert mails[0] == mails[1]


def test_the_mail_is_short_plain_and_names_the_place(client):
    ask(client)
    assert mail.outbox[0].subject == "Your code to sign in"
    assert "works for 15 minutes" in mail.outbox[0].body
    assert len(mail.outbox[0].body) < 700


def test_a_wrong_code_says_so_and_the_third_ends_it(client):
    ask(client)
    right = code_sent()
    for _ in range(2):
        assert "That code is not right" in client.post(CONFIRM, {"code": "nope"}).content.decode()
    response = client.post(CONFIRM, {"code": "nope"}, follow=True)
    assert "too many tries" in response.content.decode()
    client.post(CONFIRM, {"code": right})
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_a_code_stops_working_after_a_quarter_of_an_hour(client, monkeypatch):
    ask(client)
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    response = client.post(CONFIRM, {"code": code_sent()})
    assert response.headers["Location"] == ASK
    assert not User.objects.exists()


def test_a_new_code_can_be_sent_twice_and_ends_the_old_one(client):
    ask(client)
    for _ in range(2):
        client.post(CONFIRM, {"action": "resend"})
    assert len(mail.outbox) == 3
    assert "Send a new code" not in client.get(CONFIRM).content.decode()
    assert "not right" in client.post(CONFIRM, {"code": code_sent(0)}).content.decode()
    assert client.post(CONFIRM, {"code": code_sent()}).headers["Location"] == MINE


def test_one_address_is_not_flooded_with_codes():
    for _ in range(3):
        ask(Client())
    response = ask(Client())
    assert "Wait a minute" in response.content.decode()
    assert len(mail.outbox) == 3


def test_another_address_can_be_typed_while_a_code_is_under_way(client):
    ask(client, "wrong@example.com")
    assert client.get(ASK).status_code == 200
    ask(client, "right@example.com")
    client.post(CONFIRM, {"code": code_sent()})
    assert list(User.objects.values_list("email", flat=True)) == ["right@example.com"]


@pytest.mark.parametrize(
    "email", ["", "sam", "sam@", "a" * 300 + "@example.com", "<b>@x", "' or 1=1", "😀@example.com"]
)
def test_what_is_not_an_address_is_refused_with_what_to_do(client, email):
    response = ask(client, email)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not mail.outbox


def test_a_mail_that_cannot_be_sent_is_said(client, monkeypatch):
    def fail(*_args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("ginnel.accounts.adapter.CodeAdapter.send_mail", fail)
    assert "could not send an e-mail" in ask(client).content.decode()


def test_a_person_comes_back_to_the_page_they_wanted(client):
    response = client.get(reverse("accounts:delete"))
    assert response.headers["Location"] == f"{ASK}?next=/account/delete/"
    assert 'name="next" value="/account/delete/"' in client.get(response.headers["Location"]).content.decode()
    response = ask(client, next="/account/delete/")
    assert response.headers["Location"] == f"{CONFIRM}?next=%2Faccount%2Fdelete%2F"
    response = client.post(response.headers["Location"], {"code": code_sent(), "next": "/account/delete/"})
    assert response.headers["Location"] == "/account/delete/"


def test_nobody_is_sent_to_another_site_after_signing_in(client):
    ask(client, next="https://evil.example/")
    response = client.post(CONFIRM, {"code": code_sent(), "next": "https://evil.example/"})
    assert response.headers["Location"] == MINE


def test_a_closed_account_is_told_so(client):
    user = open_account("sam@example.com")
    User.objects.filter(pk=user.pk).update(is_active=False)
    ask(client)
    response = client.post(CONFIRM, {"code": code_sent()}, follow=True)
    assert "This account is closed" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_address_does_not_stay_in_the_session(client):
    ask(client)
    client.post(CONFIRM, {"code": code_sent()})
    assert "sam@example.com" not in str(dict(client.session))


def test_signing_out_asks_first_and_says_it_is_done(client):
    client.force_login(open_account("sam@example.com"))
    assert "Sign out?" in client.get("/account/sign-out/").content.decode()
    assert "You are signed out" in client.post("/account/sign-out/", follow=True).content.decode()
    assert "_auth_user_id" not in client.session


def test_the_code_page_without_a_code_leads_to_signing_in(client):
    assert client.get(CONFIRM).headers["Location"] == ASK


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "account_change_password"]
)
def test_pages_of_allauth_that_nobody_needs_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", [ASK, "/account/closed/"])
def test_pages_for_strangers_cost_few_queries(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert client.get(path).status_code == 200


def test_forms_are_refused_without_a_token():
    client = Client(enforce_csrf_checks=True)
    assert ask(client).status_code == 403
