"""The demonstration's organisations: made once, whole, and left alone."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import User
from ginnel.events.verify import verify
from ginnel.partners.demo import ORGANISATIONS, PARTNERSHIP, load_demo_partners
from ginnel.partners.models import Invitation, JoinRequest, Membership, Organisation, Role, Site, Term
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS, Act, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    assert load_demo_partners()


def test_every_kind_of_person_is_in_every_organisation(loaded):
    live = Organisation.objects.partners()
    assert set(live.values_list("name", flat=True)) == {one.name for one in ORGANISATIONS}
    for organisation in live:
        people = Membership.objects.filter(organisation=organisation, left_at__isnull=True)
        assert people.filter(roles__role=Role.ADMINISTRATOR).count() == 2
        assert set(people.values_list("roles__role", flat=True)) == {*Role.values, None}
        assert people.filter(managed_by__manager__roles__role=Role.LINE_MANAGER).count() == 2
        assert Site.objects.filter(organisation=organisation).exists()
        assert organisation.about.startswith("Invented for the demonstration.")


def test_agreements_stand_in_every_state_and_somebody_waits(loaded):
    today = timezone.localdate()
    assert Term.objects.in_force(today).count() == 6
    assert Term.objects.filter(agreed_at=None, ended_at=None).count() == 1
    assert Term.objects.filter(ended_at__isnull=False).count() == 1
    assert JoinRequest.objects.filter(status="waiting").count() == 1
    assert Invitation.objects.open_at(timezone.now()).count() == 1
    assert may(open_account(PARTNERSHIP[0]), Act.DECIDE_JOINING)
    assert Group.objects.get(name=PARTNERSHIP_ADMINISTRATORS).user_set.count() == 2


def test_nobody_real_can_be_meant(loaded):
    assert not User.objects.exclude(email__endswith="@example.org").exists()
    assert not User.objects.exclude(name__startswith="Demo ").exists()
    assert not Site.objects.exclude(postcode__startswith="LS0 ").exists(), "there is no postal district LS0"


def test_a_second_start_leaves_alone_what_people_changed(loaded, django_assert_num_queries):
    Organisation.objects.filter(name=ORGANISATIONS[0].name).update(about="Changed")
    User.objects.filter(email=PARTNERSHIP[0]).delete()
    with django_assert_num_queries(3):  # with the transaction's own two
        assert not load_demo_partners()
    assert Organisation.objects.get(name=ORGANISATIONS[0].name).about == "Changed"
    assert Organisation.objects.count() == len(ORGANISATIONS)


@pytest.mark.django_db(transaction=True)  # PostgreSQL links events into the chain when they are committed
def test_what_happened_has_it_and_the_chain_holds(loaded):
    assert not verify().findings
