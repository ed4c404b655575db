"""People who leave, and accounts nobody ever came for."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.commands import account_for, open_account
from ginnel.accounts.models import User
from ginnel.accounts.privacy.retention import purge_all
from ginnel.accounts.tests.people import sign_in
from ginnel.events.models import Event
from ginnel.partners.commands import add_member, end_membership, invite, set_roles
from ginnel.partners.models import Membership
from ginnel.partners.tests.directories import Directory, membership
from ginnel.partners.tests.people import NOW, a_member, an_organisation

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def test_whom_the_directory_says_has_left_is_out_at_the_next_page(client):
    place = an_organisation()
    directory = Directory(Client(), place)
    number = directory.add().json()["id"]
    bea = membership()
    set_roles(bea, ["viewer"], by=None, at=NOW)
    sign_in(client, open_account(bea.user.email))
    page = reverse("partners:people_list", args=[place.pk])
    assert client.get(page).status_code == 200
    directory.patch(f"/Users/{number}", {"op": "replace", "path": "active", "value": False})
    for url in (page, page + "?csv=1", reverse("partners:agreement_list", args=[place.pk])):
        assert client.get(url).status_code == 404, "signed in, and out of the organisation"
    assert client.get(reverse("accounts:mine")).status_code == 200, "what is their own stays"


@pytest.fixture
def made():
    """A member whose account an organisation made, at NOW; nobody has signed in to it."""
    person = account_for("bea.moss@example.org", name="Bea Moss")
    User.objects.filter(pk=person.pk).update(joined_at=NOW)
    return add_member(an_organisation(), person, by=None, at=NOW)


def gone(at):
    purge_all(at)
    return not User.objects.filter(email="bea.moss@example.org").exists()


def test_an_account_nobody_came_for_goes_a_year_after_the_person_left(made):
    end_membership(made, by=None, at=NOW + timedelta(days=30))
    assert not gone(NOW + YEAR)
    number = made.user_id
    assert gone(NOW + YEAR + timedelta(days=30))
    assert not Membership.objects.exists()
    event = Event.objects.get(name="accounts.account.dropped")
    assert (event.by, event.person) == (None, number)


def test_a_current_members_account_stays_for_as_long_as_they_belong(made):
    assert not gone(NOW + 5 * YEAR)


def test_a_second_organisation_keeps_it(made):
    end_membership(made, by=None, at=NOW + timedelta(days=1))
    add_member(an_organisation("Willow House"), made.user, by=None, at=NOW)
    assert not gone(NOW + 3 * YEAR)


def test_whoever_has_signed_in_once_keeps_their_account(made):
    end_membership(made, by=None, at=NOW + timedelta(days=1))
    open_account("bea.moss@example.org")
    assert not gone(NOW + 10 * YEAR)


def test_an_invitation_names_the_organisation_to_its_person_alone(client):
    place = an_organisation()
    boss = a_member(place, "Ada Bramble", "administrator").user
    _, key = invite(place, "bea.moss@example.org", [], by=boss, at=timezone.now())
    url = reverse("partners:invitation_accept", args=[key])
    sign_in(client, open_account("bea.moss@example.org"))
    assert "Bramble Home Care invites you" in client.get(url).content.decode()
    sign_in(client, open_account("other@example.org"))
    assert "Bramble" not in client.get(url).content.decode()
