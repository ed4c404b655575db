"""An organisation's sign-in and the account: linked by its person, kept, undone; its second step; its secret."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from ginnel.accounts.commands import add_address, open_account
from ginnel.accounts.models import ProviderIdentity, User
from ginnel.accounts.tests.people import sign_in

pytestmark = pytest.mark.django_db
DOOR = "/account/sign-in/"
START = "/account/sign-in/organisation/northfield/go/"
SAM = {"email": "sam@northfield.example", "email_verified": True, "name": "Sam Field"}


def signed_in_as(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


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
