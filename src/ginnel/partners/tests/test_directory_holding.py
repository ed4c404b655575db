"""What a directory said of a person is theirs to see and to take, and goes with their account."""

import pytest
from django.urls import reverse

from ginnel.accounts.commands import delete_account
from ginnel.accounts.models import User
from ginnel.accounts.tests.people import sign_in
from ginnel.partners.commands.directory import Said, add_directory_person
from ginnel.partners.models import DirectoryPerson
from ginnel.partners.tests.people import NOW, a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea():
    said = Said("bea.moss@example.org", display_name="Bea Moss", staff_number="B-17", external_id="x-1")
    return add_directory_person(an_organisation(), said, at=NOW).membership.user


def test_a_person_sees_and_downloads_it_and_nobody_else_does(client, bea):
    sign_in(client, bea)
    assert "Bramble Home Care tells us about you" in client.get(reverse("accounts:mine")).content.decode()
    whole = client.get(reverse("accounts:download")).content.decode()
    table = client.get(reverse("accounts:download_table", args=["directories"])).content.decode()
    assert "B-17" in whole
    assert "B-17" in table
    sign_in(client, a_person("Sy Strange"))
    assert "B-17" not in client.get(reverse("accounts:download")).content.decode()


def test_it_goes_with_the_account(bea):
    delete_account(User.objects.get(pk=bea.pk))
    assert not DirectoryPerson.objects.exists()
