"""Two people, or one person twice, pressing at the same moment: one thing happens, and the other press hears which."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.tests.people import sign_in
from ginnel.accounts.tests.threads import at_once
from ginnel.events.models import Event
from ginnel.partners.commands import (
    AlreadyDecided,
    AlreadyInvited,
    CannotPropose,
    InvitationNotOpen,
    TermChanged,
    accept_invitation,
    agree_term,
    approve_joining,
    ask_to_join,
    end_term,
    invite,
    propose_term,
    refuse_joining,
    set_line_manager,
)
from ginnel.partners.models import Invitation, JoinRequest, Membership, Organisation, Term
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite has one writer at a time, and the tests' one in memory turns the second away",
    ),
]
DETAILS = {"name": "Fernlea Care", "kind": "home-care", "contact_name": "Fern Lea", "contact_job": "Manager"}


def failures(done):
    return [type(one) for one in done if isinstance(one, Exception)]


def events(name):
    return Event.objects.filter(name=name).count()


@pytest.fixture
def two(bramble):
    return [a_member(bramble, name, "administrator").user for name in ("Ada Bramble", "Bo Bramble")]


def test_two_administrators_invite_one_address_and_the_second_hears_who_did(bramble, two):
    done = at_once(*(lambda by=by: invite(bramble, "new@example.org", [], by=by, at=timezone.now()) for by in two))
    lost = [one for one in done if isinstance(one, Exception)]
    # Where the first had finished before the second began, the second invitation takes the place of the first.
    assert failures(done) in ([AlreadyInvited], [])
    if lost:
        assert "invited new@example.org at" in str(lost[0]) and "@example.org" in str(lost[0])
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_the_page_says_so_in_words(bramble, two):
    clients = [Client(), Client()]
    for client, user in zip(clients, two, strict=True):
        sign_in(client, user)
    url = reverse("partners:person_invite", args=[bramble.pk])
    answers = at_once(*(lambda client=client: client.post(url, {"email": "new@example.org"}) for client in clients))
    assert {answer.status_code for answer in answers} <= {200, 302}
    for answer in answers:
        if answer.status_code == 200:
            assert "invited new@example.org at" in answer.content.decode()


def test_asking_to_join_pressed_twice_is_one_request():
    fern = a_person("Fern Lea")
    done = at_once(*(lambda: ask_to_join(DETAILS, by=fern, at=NOW),) * 3)
    assert failures(done) == []
    assert {one.pk for one in done} == {JoinRequest.objects.get().pk}
    assert events("partners.joining.asked") == 1


def test_one_request_is_approved_and_refused_at_once_and_decided_once():
    request, dee = ask_to_join(DETAILS, by=a_person("Fern Lea"), at=NOW), a_person("Dee Cider")
    done = at_once(
        lambda: approve_joining(JoinRequest.objects.get(), by=dee, at=NOW),
        lambda: refuse_joining(JoinRequest.objects.get(), "No", by=dee, at=NOW),
    )
    assert failures(done) == [AlreadyDecided]
    request.refresh_from_db()
    assert Organisation.objects.count() == (1 if request.status == "approved" else 0)


def test_an_invitation_opened_twice_at_once_is_taken_up_once(bramble, two):
    _, key = invite(bramble, "bea.moss@example.org", ["viewer"], by=two[0], at=timezone.now())
    bea = a_person("Bea Moss")
    done = at_once(*(lambda: accept_invitation(key, by=bea, at=timezone.now()),) * 2)
    assert failures(done) == [InvitationNotOpen]
    assert Membership.objects.filter(user=bea).count() == 1


@pytest.fixture
def willow():
    return an_organisation("Willow House", kind="care-home")


def test_both_sides_propose_the_same_at_once_and_it_stands_once(bramble, willow, two):
    will = a_member(willow, "Will Oak", "administrator").user
    done = at_once(
        lambda: propose_term(bramble, willow, "refer", for_giver=True, by=two[0], at=NOW),
        lambda: propose_term(bramble, willow, "refer", for_giver=False, by=will, at=NOW),
    )
    assert failures(done) == [CannotPropose]
    assert Term.objects.count() == 1


def test_agreeing_twice_at_once_is_recorded_once(bramble, willow, two):
    term = propose_term(willow, bramble, "refer", for_giver=True, by=two[0], at=NOW)
    done = at_once(*(lambda by=by: agree_term(Term.objects.get(), by=by, at=NOW) for by in two))
    assert failures(done) == [TermChanged]
    term.refresh_from_db()
    assert term.agreed_by in two
    assert events("partners.agreement.agreed") == 1


def test_one_side_agrees_while_the_other_takes_it_back(bramble, willow, two):
    term = propose_term(willow, bramble, "refer", for_giver=True, by=two[0], at=NOW)
    done = at_once(
        lambda: agree_term(Term.objects.get(), by=two[0], at=NOW),
        lambda: end_term(Term.objects.get(), by=two[1], at=NOW),
    )
    term.refresh_from_db()
    # Ended in any case: either it was agreed first and then ended, or it was taken back and there was nothing to agree to.
    assert term.ended_at
    assert failures(done) == ([] if term.agreed_at else [TermChanged])


def test_two_administrators_say_different_managers_and_one_is_left(bramble, two):
    person, one, other = (a_member(bramble, name) for name in ("Bea Moss", "Mo Reed", "Cy Fern"))
    done = at_once(
        lambda: set_line_manager(person, one, by=two[0], at=timezone.now()),
        lambda: set_line_manager(person, other, by=two[1], at=timezone.now()),
    )
    assert failures(done) == []
    assert person.managed_by.count() == 1
