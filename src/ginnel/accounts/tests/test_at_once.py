"""Two people pressing at once: each race is lost by one, in words."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from ginnel.accounts.commands import (
    AddressTaken,
    NotBelieved,
    add_address,
    check_domain,
    claim_domain,
    connect_provider,
    open_account,
    person_from_provider,
)
from ginnel.accounts.models import ProviderIdentity, User
from ginnel.accounts.oidc import Claims
from ginnel.accounts.tests.threads import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite has one writer at a time, and the tests' one in memory turns the second away",
    ),
]
ISSUER = "https://login.northfield.example"


def test_two_accounts_prove_one_address_and_one_gets_it():
    sam, kim = open_account("sam@example.com"), open_account("kim@example.com")
    now = timezone.now()
    done = at_once(*(lambda user=user: add_address(user, "shared@example.com", by=user, at=now) for user in (sam, kim)))
    assert [type(one) for one in done if isinstance(one, Exception)] == [AddressTaken]
    assert EmailAddress.objects.filter(email="shared@example.com", verified=True).count() == 1


def test_a_new_address_signs_in_twice_at_once_and_gets_one_account():
    done = at_once(*(lambda: open_account("new@example.com"),) * 2)
    assert done[0] == done[1] == User.objects.get()


def test_two_subjects_claim_one_address_at_once_and_one_gets_in():
    now = timezone.now()
    provider = connect_provider(
        "northfield", name="Northfield", organisation=1, issuer=ISSUER, client_id="x", secret="y", at=now
    )
    check_domain(claim_domain(provider, "northfield.example", at=now), at=now)
    open_account("sam@northfield.example")
    claims = [Claims(ISSUER, subject, "sam@northfield.example", verified=True, name="") for subject in ("one", "two")]
    done = at_once(*(lambda one=one: person_from_provider(provider, one, at=now) for one in claims))
    assert [type(one) for one in done if isinstance(one, Exception)] == [NotBelieved]
    assert ProviderIdentity.objects.count() == 1
