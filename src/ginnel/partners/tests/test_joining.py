"""An organisation asks to take part."""

import pytest
from django.core import mail
from django.urls import reverse

from ginnel.accounts.commands import open_account
from ginnel.partners.commands import AlreadyDecided, approve_joining, ask_to_join, refuse_joining, withdraw_joining
from ginnel.partners.models import JoinRequest, Organisation
from ginnel.partners.permissions import Act, may
from ginnel.partners.tasks import tell_of_request, write_of_request
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db
DETAILS = {"name": "Fernlea Care", "kind": "home-care", "contact_name": "Fern Lea", "contact_job": "Manager"}


def test_an_approved_request_makes_a_live_organisation_with_its_first_administrator(decider):
    fern = a_person("Fern Lea")
    request = ask_to_join(DETAILS | {"cqc_number": "1-123456789"}, by=fern, at=NOW)
    organisation = approve_joining(request, by=decider, at=NOW)
    assert organisation.status == "live"
    assert organisation.cqc_number == "1-123456789"
    assert may(open_account(fern.email), Act.MANAGE_PEOPLE, organisation)
    assert JoinRequest.objects.get().organisation == organisation


def test_a_listed_organisation_that_joins_stays_the_same_record(decider):
    listed = Organisation.objects.create(origin="ods", code="B86001", name="The Fern Surgery", kind="GP practice")
    request = ask_to_join(DETAILS | {"organisation": listed}, by=a_person("Fern Lea"), at=NOW)
    assert approve_joining(request, by=decider, at=NOW).pk == listed.pk
    assert Organisation.objects.count() == 1


def test_a_request_is_decided_once(decider):
    request = ask_to_join(DETAILS, by=a_person("Fern Lea"), at=NOW)
    refuse_joining(request, "We could not find you in the register", by=decider, at=NOW)
    for again in (
        lambda: approve_joining(request, by=decider, at=NOW),
        lambda: refuse_joining(request, "Twice", by=decider, at=NOW),
        lambda: withdraw_joining(request, by=decider, at=NOW),
    ):
        with pytest.raises(AlreadyDecided):
            again()
    assert Organisation.objects.count() == 0


def test_asking_twice_is_one_request_with_the_newest_words():
    fern = a_person("Fern Lea")
    ask_to_join(DETAILS, by=fern, at=NOW)
    ask_to_join(DETAILS | {"contact_job": "Owner"}, by=fern, at=NOW)
    assert JoinRequest.objects.get().contact_job == "Owner"


def test_only_the_partnership_sees_and_decides_requests(decider):
    fern = a_person("Fern Lea")
    request = ask_to_join(DETAILS, by=fern, at=NOW)
    neighbour = a_member(an_organisation("Willow House"), "Will Oak", "administrator").user
    assert not may(neighbour, Act.DECIDE_JOINING)
    assert not JoinRequest.objects.visible_to(neighbour).exists()
    assert list(JoinRequest.objects.visible_to(fern)) == [request]
    assert list(JoinRequest.objects.visible_to(decider)) == [request]


def test_those_who_decide_are_written_to_once_with_a_link_and_nobody_else_is(client, decider):
    a_member(an_organisation("Willow House"), "Wil Low", "administrator")
    other = a_person("Ella Cider")
    other.groups.add(*decider.groups.all())
    client.force_login(a_person("Fern Lea"))
    for _ in range(2):
        client.post(reverse("partners:joining_ask"), DETAILS)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["dee.cider@example.org", "ella.cider@example.org"]
    link = f"http://testserver{reverse('partners:request_decide', args=[JoinRequest.objects.get().pk])}"
    assert all(link in letter.body and "Fernlea Care" in letter.subject for letter in mail.outbox)


def test_who_decides_is_not_told_of_their_own_request(client, decider):
    client.force_login(decider)
    client.post(reverse("partners:joining_ask"), DETAILS)
    assert mail.outbox == []


def test_a_letter_about_a_request_that_is_decided_is_not_written(decider):
    request = ask_to_join(DETAILS, by=a_person("Fern Lea"), at=NOW)
    withdraw_joining(request, by=decider, at=NOW)
    assert write_of_request.call(request.pk, decider.pk, "http://testserver")
    assert tell_of_request.call(request.pk, "http://testserver") == 0 and mail.outbox == []
