"""Who most tests of this area begin with: an organisation, its administrator, and somebody who looks after the partnership."""

import pytest
from django.contrib.auth.models import Group

from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS
from ginnel.partners.tests.people import a_member, a_person, an_organisation


@pytest.fixture
def bramble():
    return an_organisation()


@pytest.fixture
def boss(bramble):
    return a_member(bramble, "Ada Bramble", "administrator").user


@pytest.fixture
def decider():
    user = a_person("Dee Cider")
    user.groups.add(Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)[0])
    return user
