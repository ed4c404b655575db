"""What two organisations allow each other."""

from datetime import date, timedelta

import pytest

from ginnel.accounts.commands import open_account
from ginnel.partners.commands import CannotPropose, TermChanged, agree_term, end_term, propose_term
from ginnel.partners.commands.agreements import side_to_agree
from ginnel.partners.models import Term
from ginnel.partners.permissions import Act, may, organisations_where
from ginnel.partners.rules import term_state
from ginnel.partners.tests.people import NOW, a_member, an_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def pair():
    return an_organisation(), an_organisation("Willow House", kind="care-home")


@pytest.fixture
def people(pair):
    return a_member(pair[0], "Ada Bramble", "administrator").user, a_member(pair[1], "Will Oak", "recruiter").user


def fresh(user):
    """The same person in a later request."""
    return open_account(user.email)


def test_an_allowance_counts_only_where_both_agree(pair, people):
    giver, receiver = pair
    ada, will = people
    assert not may(will, Act.SEE_SHARED_APPLICANTS, giver)
    term = propose_term(giver, receiver, "see-applicants", for_giver=True, by=ada, at=NOW)
    assert side_to_agree(term) == receiver.pk
    assert not may(fresh(will), Act.SEE_SHARED_APPLICANTS, giver)
    agree_term(term, by=will, at=NOW)
    assert may(fresh(will), Act.SEE_SHARED_APPLICANTS, giver)
    assert organisations_where(fresh(will), Act.SEE_SHARED_APPLICANTS) == sorted([giver.pk, receiver.pk])
    end_term(term, by=ada, at=NOW + timedelta(days=1))
    assert not may(fresh(will), Act.SEE_SHARED_APPLICANTS, giver)
    assert Term.objects.count() == 1


def test_an_allowance_has_one_direction_one_meaning_and_needs_the_right_role(pair, people):
    giver, receiver = pair
    ada, will = people
    agree_term(propose_term(giver, receiver, "refer", for_giver=False, by=will, at=NOW), by=ada, at=NOW)
    assert may(fresh(will), Act.REFER_TO, giver)
    assert not may(fresh(ada), Act.REFER_TO, receiver)
    assert not may(fresh(will), Act.SEE_SHARED_APPLICANTS, giver)
    assert not may(fresh(will), Act.SEE_PEOPLE, giver)
    viewer = a_member(receiver, "Vi Viewer", "viewer").user
    assert not may(viewer, Act.REFER_TO, giver)


def test_dates_bound_an_agreement(pair, people):
    giver, receiver = pair
    ada, will = people
    term = propose_term(
        giver, receiver, "refer", for_giver=True, by=ada, at=NOW, starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30)
    )
    agree_term(term, by=will, at=NOW)
    in_force = [day for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1))
                if Term.objects.in_force(day).exists()]  # fmt: skip
    assert in_force == [date(2027, 1, 1), date(2027, 6, 30)]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "in force"),
        ({"agreed": False}, "proposed"),
        ({"starts_on": date(2026, 12, 1)}, "agreed"),
        ({"ends_on": date(2026, 11, 19)}, "over"),
        ({"ends_on": date(2026, 11, 20)}, "in force"),
        ({"ended": True}, "over"),
    ],
)
def test_where_a_line_stands(changes, state):
    plain = {"agreed": True, "ended": False, "starts_on": None, "ends_on": None}
    assert term_state(**(plain | changes), today=TODAY) == state


def test_what_cannot_be_proposed_says_why(pair, people):
    giver, receiver = pair
    ada, _ = people
    propose_term(giver, receiver, "refer", for_giver=True, by=ada, at=NOW)
    for other, words in (
        (receiver, "already"),
        (giver, "two organisations"),
        (an_organisation("Old", status="left"), "take part"),
    ):
        with pytest.raises(CannotPropose, match=words):
            propose_term(giver, other, "refer", for_giver=True, by=ada, at=NOW)
    with pytest.raises(CannotPropose, match="last day"):
        propose_term(
            giver, receiver, "shared-teams", for_giver=True, by=ada, at=NOW, starts_on=TODAY, ends_on=date(2026, 11, 1)
        )


def test_a_line_that_ran_out_makes_room_for_a_new_one(pair, people):
    giver, receiver = pair
    ada, will = people
    first = propose_term(giver, receiver, "refer", for_giver=True, by=ada, at=NOW, ends_on=TODAY)
    agree_term(first, by=will, at=NOW)
    propose_term(giver, receiver, "refer", for_giver=True, by=ada, at=NOW + timedelta(days=2))
    assert Term.objects.filter(giver=giver).count() == 2


def test_two_people_agreeing_or_ending_at_once_do_it_once(pair, people):
    giver, receiver = pair
    ada, will = people
    term = propose_term(giver, receiver, "refer", for_giver=True, by=ada, at=NOW)
    agree_term(term, by=will, at=NOW)
    with pytest.raises(TermChanged):
        agree_term(term, by=will, at=NOW)
    end_term(term, by=ada, at=NOW)
    with pytest.raises(TermChanged):
        end_term(term, by=will, at=NOW)


def test_a_third_organisation_sees_nothing_of_it(pair, people):
    giver, receiver = pair
    ada, will = people
    propose_term(giver, receiver, "refer", for_giver=True, by=ada, at=NOW)
    third = a_member(an_organisation("Third"), "Thea Third", "administrator").user
    assert not Term.objects.visible_to(third).exists()
    assert Term.objects.visible_to(fresh(will)).count() == 1
