"""Signing in with an organisation's own provider: a real one, an honest day and every lie."""

import time

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ginnel.accounts.commands import disconnect_provider, open_account
from ginnel.accounts.models import IdentityProvider, ProviderDomain, ProviderIdentity, User

pytestmark = pytest.mark.django_db
DOOR = "/account/sign-in/"
START = "/account/sign-in/organisation/northfield/go/"
SAM = {"email": "sam@northfield.example", "email_verified": True, "name": "Sam Field"}


def signed_in_as(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def test_a_new_colleague_comes_in_by_their_organisations_sign_in(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    first = client.post(DOOR, {"email": "Sam@Northfield.example"})
    assert first.headers["Location"] == "/account/sign-in/organisation/northfield/"
    assert "Go to the sign-in of Northfield" in client.get(first.headers["Location"]).content.decode()
    assert not mail.outbox
    response = provider.walk(client, "sam", START)
    assert response.headers["Location"] == "/account/"
    user = signed_in_as(client)
    assert user is not None
    assert user.email == "sam@northfield.example"
    identity = ProviderIdentity.objects.get()
    assert (identity.issuer, identity.subject, identity.user) == (provider.issuer, "sam", user)
    assert "can now be opened with the sign-in of Northfield" in mail.outbox[-1].body


@pytest.mark.parametrize("client_id, method", [("post", "client_secret_post"), ("key", "private_key_jwt")])
def test_a_secret_in_the_form_and_a_private_key_work_too(client, provider, client_id, method):
    secret = {"secret": provider.private_key, "key_id": "2026"} if client_id == "key" else {}
    provider.connect("northfield", "northfield.example", client_id=client_id, auth_method=method, **secret)
    provider.set(sam=SAM)
    provider.walk(client, "sam", START)
    assert signed_in_as(client)


def test_an_address_told_only_at_userinfo_works_too(client, userinfo_provider):
    userinfo_provider.connect("northfield", "northfield.example")
    userinfo_provider.set(sam=SAM)
    userinfo_provider.walk(client, "sam", START)
    assert signed_in_as(client).email == "sam@northfield.example"


def test_userinfo_about_somebody_else_is_refused(client, userinfo_provider):
    userinfo_provider.connect("northfield", "northfield.example")
    userinfo_provider.set(lie="userinfo", sam=SAM)
    response = userinfo_provider.walk(client, "sam", START)
    assert "not safe to believe" in response.content.decode()
    assert signed_in_as(client) is None


def test_a_person_with_an_account_finds_it_again_and_the_page_they_wanted(client, provider):
    known = open_account("sam@northfield.example")
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    response = provider.walk(client, "sam", START + "?next=/account/addresses/")
    assert response.headers["Location"] == "/account/addresses/"
    assert signed_in_as(client) == known


def test_nobody_is_sent_to_another_site_afterwards(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    assert provider.walk(client, "sam", START + "?next=https://evil.example/").headers["Location"] == "/account/"


@pytest.mark.parametrize("verified", [False, "false", None, "no", 0, {}, []])
def test_an_address_the_provider_has_not_checked_opens_no_account(client, provider, verified):
    victim = open_account("sam@northfield.example")
    provider.connect("northfield", "northfield.example")
    provider.set(mallory=SAM | {"email_verified": verified})
    response = provider.walk(client, "mallory", START)
    assert response.status_code == 403
    assert "does not say that the e-mail address was checked" in response.content.decode()
    assert signed_in_as(client) is None
    assert not ProviderIdentity.objects.filter(user=victim).exists()


def test_a_provider_cannot_open_the_account_of_an_address_outside_its_domains(client, provider):
    victim = open_account("director@southfield.example")
    provider.connect("northfield", "northfield.example")
    provider.connect("southfield", "southfield.example", organisation=2)
    provider.set(mallory={"email": "director@southfield.example", "email_verified": True})
    response = provider.walk(client, "mallory", START)
    assert "not one of this organisation&#x27;s" in response.content.decode()
    assert signed_in_as(client) is None
    assert not ProviderIdentity.objects.filter(user=victim).exists()


@pytest.mark.parametrize(
    "email", ["sam@sub.northfield.example", "sam@northfield.example.evil.example", "sam@gmail.com", "", "x"]
)
def test_only_the_very_domain_counts(client, provider, email):
    provider.connect("northfield", "northfield.example")
    provider.set(mallory={"email": email, "email_verified": True})
    assert provider.walk(client, "mallory", START).status_code == 403
    assert not User.objects.exists()


def test_a_domain_that_nobody_has_checked_leads_nowhere(client, provider):
    connected = provider.connect("northfield", "northfield.example")
    ProviderDomain.objects.filter(provider=connected).update(verified_at=None)
    provider.set(sam=SAM)
    assert provider.walk(client, "sam", START).status_code == 403
    assert client.post(DOOR, {"email": "sam@northfield.example"}).headers["Location"] == "/account/sign-in/code/"


def test_an_address_changed_to_somebody_elses_moves_no_account(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    provider.walk(client, "sam", START)
    sam = signed_in_as(client)
    boss = open_account("boss@northfield.example")
    provider.set(sam=SAM | {"email": "boss@northfield.example"})
    later = Client()
    provider.walk(later, "sam", START)
    assert signed_in_as(later) == sam
    sam.refresh_from_db()
    assert sam.email == "sam@northfield.example"
    assert not ProviderIdentity.objects.filter(user=boss).exists()


def test_somebody_new_with_a_known_persons_address_does_not_get_their_account(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    provider.walk(client, "sam", START)
    sam = signed_in_as(client)
    provider.set(mallory=SAM)
    stranger = Client()
    response = provider.walk(stranger, "mallory", START)
    assert "has signed in with this address before" in response.content.decode()
    assert signed_in_as(stranger) is None
    assert ProviderIdentity.objects.get(user=sam).subject == "sam"


def test_the_same_subject_at_another_organisations_provider_is_another_person(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.connect("southfield", "southfield.example", organisation=2)
    provider.set(sam=SAM)
    provider.walk(client, "sam", START)
    provider.set(sam={"email": "other@southfield.example", "email_verified": True})
    there = Client()
    provider.walk(there, "sam", START.replace("northfield", "southfield"))
    assert signed_in_as(there).email == "other@southfield.example"
    assert signed_in_as(client).email == "sam@northfield.example"


@pytest.mark.parametrize("lie", ["nonce", "audience", "issuer", "old", "signature", "unsigned"])
def test_a_token_that_does_not_hold_lets_nobody_in(client, provider, lie):
    provider.connect("northfield", "northfield.example")
    provider.set(lie=lie, sam=SAM)
    response = provider.walk(client, "sam", START)
    assert response.status_code == 403
    assert "not safe to believe" in response.content.decode()
    assert signed_in_as(client) is None
    assert not User.objects.exists()


def test_a_provider_that_is_down_is_said_and_the_code_is_offered(client, provider):
    connected = provider.connect("northfield", "northfield.example")
    IdentityProvider.objects.filter(pk=connected.pk).update(issuer="http://localhost:9")
    client.post(DOOR, {"email": "sam@northfield.example"})
    response = client.get(START)
    assert response.status_code == 503
    page = response.content.decode()
    assert "does not answer just now" in page
    assert 'name="email" value="sam@northfield.example"' in page
    response = client.post(DOOR, {"email": "sam@northfield.example", "way": "code"})
    assert response.headers["Location"] == "/account/sign-in/code/"
    assert mail.outbox[-1].to == ["sam@northfield.example"]


def test_a_wrong_secret_shows_the_same_page_and_tells_nothing(client, provider):
    provider.connect("northfield", "northfield.example", secret="wrong-secret-but-long-enough-to-be-one")
    provider.set(sam=SAM)
    response = provider.walk(client, "sam", START)
    assert response.status_code == 503
    assert "wrong-secret" not in response.content.decode()


def test_turning_back_at_the_provider_is_no_fault(client, provider):
    provider.connect("northfield", "northfield.example")
    response = provider.walk(client, "nobody", START)
    assert response.status_code == 403
    assert "You were not signed in there" in response.content.decode()


def test_an_answer_works_once_and_only_in_the_browser_that_asked(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    back = provider.sign_in(client.get(START).headers["Location"], "sam")
    stranger = Client()
    assert stranger.get(back).status_code == 400
    assert signed_in_as(stranger) is None
    client.get(back)
    assert signed_in_as(client)
    assert client.get(back).status_code == 400


def test_an_answer_meant_for_another_provider_is_refused(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.connect("southfield", "southfield.example", organisation=2)
    provider.set(sam=SAM)
    back = provider.sign_in(client.get(START).headers["Location"], "sam")
    assert client.get(back.replace("northfield/back", "southfield/back")).status_code == 400
    back = provider.sign_in(client.get(START).headers["Location"], "sam")
    mixed = back.replace("iss=http%3A", "iss=https%3A")
    assert mixed != back
    assert client.get(mixed).status_code == 403
    assert signed_in_as(client) is None


def test_an_answer_that_comes_late_is_refused(client, provider, monkeypatch):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    back = provider.sign_in(client.get(START).headers["Location"], "sam")
    later = time.time() + 16 * 60
    monkeypatch.setattr("ginnel.accounts.views.organisation.time.time", lambda: later)
    assert client.get(back).status_code == 400


def test_a_closed_account_stays_closed(client, provider):
    user = open_account("sam@northfield.example")
    User.objects.filter(pk=user.pk).update(is_active=False)
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    assert provider.walk(client, "sam", START).headers["Location"] == "/account/closed/"
    assert signed_in_as(client) is None


def test_a_disconnected_provider_is_not_found(client, provider):
    disconnect_provider(provider.connect("northfield", "northfield.example"), at=timezone.now())
    assert client.get(START).status_code == 404
    assert client.get("/account/sign-in/organisation/northfield/back/").status_code == 404
