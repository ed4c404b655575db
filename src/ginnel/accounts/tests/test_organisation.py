"""Signing in with an organisation's own provider: a real one, an honest day and every lie."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.utils import timezone

from ginnel.accounts.commands import add_address, disconnect_provider, open_account
from ginnel.accounts.models import IdentityProvider, ProviderDomain, ProviderIdentity, User
from ginnel.accounts.tests.people import sign_in

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


def test_a_provider_without_addresses_is_linked_by_its_person(client, provider):
    sam = open_account("sam@home.example")
    provider.connect("northfield")
    provider.set(sam={"name": "Sam"})
    assert "did not tell us an e-mail address" in provider.walk(client, "sam", START).content.decode()
    sign_in(client, sam)
    response = provider.walk(client, "sam", "/account/security/organisation/northfield/link/")
    assert response.headers["Location"] == "/account/security/"
    there = Client()
    provider.walk(there, "sam", START)
    assert signed_in_as(there) == sam


def test_linking_asks_for_a_fresh_sign_in_and_takes_nobody_elses(client, provider):
    link = "/account/security/organisation/northfield/link/"
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    provider.walk(Client(), "sam", START)
    other = open_account("other@home.example")
    sign_in(client, other, minutes_ago=11)
    assert client.get(link).headers["Location"].startswith("/account/still-you/")
    sign_in(client, other)
    response = provider.walk(client, "sam", link)
    assert response.status_code == 409
    assert ProviderIdentity.objects.get().user.email == "sam@northfield.example"


def test_unlinking_is_the_persons_own_and_then_the_address_counts_again(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    provider.walk(client, "sam", START)
    stranger = Client()
    sign_in(stranger, open_account("other@home.example"))
    unlink = "/account/security/organisation/northfield/unlink/"
    assert stranger.post(unlink).status_code == 404
    client.post(unlink)
    assert not ProviderIdentity.objects.exists()


def test_a_second_address_at_the_organisation_leads_into_the_one_account(client, provider):
    sam = open_account("sam@home.example")
    add_address(sam, "sam@northfield.example", by=sam, at=timezone.now())
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM)
    provider.walk(client, "sam", START)
    assert signed_in_as(client) == sam
    sam.refresh_from_db()
    assert sam.email == "sam@home.example"


def test_it_shows_that_it_is_still_you_only_to_the_same_person(client, provider):
    provider.connect("northfield", "northfield.example")
    provider.set(sam=SAM, other=SAM | {"email": "other@northfield.example"})
    provider.walk(client, "sam", START)
    sign_in(client, signed_in_as(client), minutes_ago=30)
    again = "/account/still-you/organisation/northfield/?next=/account/delete/"
    assert "somebody else" in provider.walk(client, "other", again).content.decode()
    assert client.get("/account/delete/").status_code == 302
    assert provider.walk(client, "sam", again).headers["Location"] == "/account/delete/"
    assert client.get("/account/delete/").status_code == 200


def test_entra_says_it_in_a_claim_of_its_own(client, provider):
    provider.connect("northfield", "northfield.example", verified_claim="xms_edov")
    provider.set(mallory={"email": "sam@northfield.example", "email_verified": True})
    assert provider.walk(client, "mallory", START).status_code == 403
    provider.set(sam={"email": "sam@northfield.example", "xms_edov": "1"})
    provider.walk(client, "sam", START)
    assert signed_in_as(client)


@pytest.mark.parametrize("asks_itself", [True, False])
def test_the_organisations_second_step_stands_for_ours_only_where_the_operator_says_so(client, provider, asks_itself):
    provider.connect("northfield", "northfield.example", second_factor=asks_itself)
    provider.set(sam=SAM)
    sam = open_account("sam@northfield.example")
    TOTP.activate(sam, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    # Never the first time: whoever runs the provider must not get past a second step of the person's own.
    assert provider.walk(client, "sam", START).headers["Location"] == "/account/sign-in/second-step/"
    assert signed_in_as(client) is None
    again = provider.walk(Client(), "sam", START).headers["Location"]
    assert again == ("/account/" if asks_itself else "/account/sign-in/second-step/")


def test_the_secret_is_not_in_the_database_as_it_is(provider):
    connected = provider.connect("northfield")
    assert "a-secret-of-the-tests" not in connected.sealed_secret


def test_a_colleague_is_led_to_their_organisation_by_the_domain_alone(client, provider):
    provider.connect("northfield", "northfield.example")
    open_account("known@northfield.example")
    answers = {
        client.post(DOOR, {"email": f"{name}@northfield.example"}).headers["Location"] for name in ("known", "newer")
    }
    assert answers == {"/account/sign-in/organisation/northfield/"}
