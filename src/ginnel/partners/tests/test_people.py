"""Inviting, roles, leaving: who belongs to an organisation."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from ginnel.accounts.commands import open_account
from ginnel.events.models import Event
from ginnel.partners.commands import (
    CannotChangeRoles,
    InvitationNotOpen,
    accept_invitation,
    add_member,
    end_membership,
    invite,
    set_line_manager,
    set_roles,
    withdraw_invitation,
)
from ginnel.partners.models import Invitation, Membership
from ginnel.partners.permissions import Act, may
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db


def test_who_takes_up_an_invitation_is_a_member_with_its_roles(bramble, boss):
    _, key = invite(bramble, "Bea.Moss@Example.org ", ["recruiter"], by=boss, at=NOW)
    bea = a_person("Bea Moss")
    membership = accept_invitation(key, by=bea, at=NOW + timedelta(days=1))
    assert [row.role for row in membership.roles.all()] == ["recruiter"]
    assert Event.objects.filter(name="partners.member.joined", about_id=str(membership.pk)).count() == 1


def test_an_invitation_is_for_one_person_once_and_for_two_weeks(bramble, boss):
    _, key = invite(bramble, "bea.moss@example.org", [], by=boss, at=NOW)
    with pytest.raises(InvitationNotOpen, match="another e-mail address"):
        accept_invitation(key, by=a_person("Cy Fern"), at=NOW)
    with pytest.raises(InvitationNotOpen, match="too old"):
        accept_invitation(key, by=a_person("Bea Moss"), at=NOW + timedelta(days=15))
    accept_invitation(key, by=a_person("Bea Moss"), at=NOW)
    with pytest.raises(InvitationNotOpen, match="has been used"):
        accept_invitation(key, by=a_person("Bea Moss"), at=NOW)
    with pytest.raises(InvitationNotOpen, match="does not work"):
        accept_invitation("made-up", by=a_person("Bea Moss"), at=NOW)
    assert Membership.objects.filter(user__email="cy.fern@example.org").count() == 0


def test_an_unproven_second_address_opens_no_invitation(bramble, boss):
    cy = a_person("Cy Fern")
    EmailAddress.objects.create(user=cy, email="bea.moss@example.org", verified=False)
    _, key = invite(bramble, "bea.moss@example.org", ["administrator"], by=boss, at=NOW)
    with pytest.raises(InvitationNotOpen):
        accept_invitation(key, by=cy, at=NOW)


def test_the_newest_invitation_is_the_one_that_works(bramble, boss):
    first, old_key = invite(bramble, "bea.moss@example.org", ["administrator"], by=boss, at=NOW)
    second, key = invite(bramble, "bea.moss@example.org", ["viewer"], by=boss, at=NOW)
    bea = a_person("Bea Moss")
    with pytest.raises(InvitationNotOpen):
        accept_invitation(old_key, by=bea, at=NOW)
    withdraw_invitation(second, by=boss, at=NOW)
    with pytest.raises(InvitationNotOpen):
        accept_invitation(key, by=bea, at=NOW)
    with pytest.raises(InvitationNotOpen):
        withdraw_invitation(first, by=boss, at=NOW)


def test_the_link_of_an_invitation_is_kept_nowhere(bramble, boss):
    invitation, key = invite(bramble, "bea.moss@example.org", [], by=boss, at=NOW)
    assert all(key not in str(value) for value in Invitation.objects.filter(pk=invitation.pk).values().get().values())


def test_who_leaves_loses_access_at_once_and_keeps_their_account(bramble):
    boss = a_member(bramble, "Ada Bramble", "administrator")
    second = a_member(bramble, "Bea Moss", "administrator")
    assert may(second.user, Act.SEE_PEOPLE, bramble)
    end_membership(second, by=boss.user, at=NOW)
    assert not may(second.user, Act.SEE_PEOPLE, bramble)
    assert not may(open_account("bea.moss@example.org"), Act.SEE_ORGANISATION, bramble)
    end_membership(second, by=boss.user, at=NOW + timedelta(days=1))
    second.refresh_from_db()
    assert second.left_at == NOW
    assert Event.objects.filter(name="partners.member.left").count() == 1


def test_who_comes_back_is_the_same_member_without_old_roles(bramble, boss):
    bea = a_member(bramble, "Bea Moss", "recruiter")
    end_membership(bea, by=boss, at=NOW)
    back = add_member(bramble, bea.user, by=boss, at=NOW + timedelta(days=300))
    assert back.pk == bea.pk
    assert not back.roles.exists()
    assert back.left_at is None


def test_the_last_administrator_stays(bramble):
    boss = a_member(bramble, "Ada Bramble", "administrator")
    with pytest.raises(CannotChangeRoles, match="needs an administrator"):
        set_roles(boss, ["viewer"], by=boss.user, at=NOW)
    with pytest.raises(CannotChangeRoles, match="needs an administrator"):
        end_membership(boss, by=boss.user, at=NOW)
    boss.refresh_from_db()
    assert boss.left_at is None
    assert [row.role for row in boss.roles.all()] == ["administrator"]


def test_a_role_that_does_not_exist_is_refused_by_rule_and_by_database(bramble, boss):
    bea = a_member(bramble, "Bea Moss")
    with pytest.raises(CannotChangeRoles, match="no role “emperor”"):
        set_roles(bea, ["emperor"], by=boss, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        bea.roles.create(role="emperor")


def test_a_line_manager_sees_those_they_manage_and_nobody_else(bramble, boss):
    manager, person, other = (a_member(bramble, name) for name in ("Mo Reed", "Bea Moss", "Cy Fern"))
    set_line_manager(person, manager, by=boss, at=NOW)
    seen = set(Membership.objects.visible_to(manager.user))
    assert seen == {manager, person}
    assert other not in seen
    set_line_manager(person, None, by=boss, at=NOW)
    assert set(Membership.objects.visible_to(manager.user)) == {manager}


def test_nobody_manages_themselves_or_people_of_another_organisation(bramble, boss):
    bea = a_member(bramble, "Bea Moss")
    stranger = a_member(an_organisation("Willow House"), "Will Oak")
    for manager in (bea, stranger):
        with pytest.raises(CannotChangeRoles):
            set_line_manager(bea, manager, by=boss, at=NOW)


def test_strangers_and_neighbours_see_nobody(bramble, boss):
    neighbour = a_member(an_organisation("Willow House"), "Will Oak", "administrator")
    assert not Membership.objects.visible_to(neighbour.user).filter(organisation=bramble).exists()
    assert not Membership.objects.visible_to(a_person("Sy Strange")).exists()
    assert not Invitation.objects.visible_to(neighbour.user).exists()


def test_people_of_an_organisation_that_left_have_no_standing_in_it(bramble, boss):
    bramble.status = "left"
    bramble.save()
    assert not may(open_account(boss.email), Act.MANAGE_PEOPLE, bramble)
