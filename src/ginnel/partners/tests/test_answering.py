"""A proposal answered by a link from an e-mail: once, by who may, while it stands."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from ginnel.accounts.commands import delete_account
from ginnel.accounts.privacy.retention import purge_all
from ginnel.events.models import Event
from ginnel.partners.commands import (
    LinkNotOpen,
    agree_term,
    answer_by_link,
    end_membership,
    end_term,
    make_answer_link,
    propose_term,
)
from ginnel.partners.models import AnswerLink, Organisation, Term
from ginnel.partners.tasks import write_answer_link
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def willow():
    return an_organisation("Willow House", kind="care-home")


@pytest.fixture
def ada(bramble):
    return a_member(bramble, "Ada Bramble", "administrator").user


@pytest.fixture
def will(willow):
    a_member(willow, "Winnie Oak", "administrator")
    return a_member(willow, "Will Oak", "administrator").user


@pytest.fixture
def term(bramble, willow, ada, will):
    return propose_term(bramble, willow, "refer", for_giver=True, by=ada, at=timezone.now())


def address(key):
    return reverse("partners:term_answer", args=[key])


def link_in(letter):
    return re.search(r"/organisations/answer/\S+", letter.body)[0]


def test_a_proposal_is_written_to_the_other_sides_administrators_and_answered_without_an_account(
    client, bramble, willow, ada, will
):
    client.force_login(ada)
    client.post(
        reverse("partners:term_propose", args=[bramble.pk]),
        {"partner": willow.pk, "direction": "give", "what": "refer"},
    )
    client.logout()
    assert {letter.to[0] for letter in mail.outbox} == {"will.oak@example.org", "winnie.oak@example.org"}
    letter = next(letter for letter in mail.outbox if letter.to == ["will.oak@example.org"])
    assert "We may refer people to Bramble Home Care" in letter.body
    shown = client.get(link_in(letter)).content.decode()
    assert "Bramble Home Care proposes this to Willow House" in shown
    assert Term.objects.get().agreed_at is None, "looking answers nothing"
    assert "Choose yes or no" in client.post(link_in(letter)).content.decode()
    assert "Willow House has agreed" in client.post(link_in(letter), {"answer": "yes"}).content.decode()
    agreed = Term.objects.get()
    assert agreed.agreed_by == will and agreed.agreed_at
    event = Event.objects.get(name="partners.agreement.agreed")
    assert (event.by, event.facts["by_link"]) == (will.pk, "own")
    # The other administrator's link answers nothing now, and neither does the used one.
    for letter in mail.outbox:
        answer = client.post(link_in(letter), {"answer": "no"})
        assert answer.status_code == 410
    assert Term.objects.get().ended_at is None


def test_an_administrator_has_somebody_else_say_no(client, term, willow, will):
    client.force_login(will)
    url = reverse("partners:term_ask", args=[willow.pk, term.pk])
    assert "Type the address in full" in client.post(url, {"email": "nobody"}).content.decode()
    assert client.post(url, {"email": "Chair@example.org"}).status_code == 302
    client.logout()
    assert (
        mail.outbox[0].to == ["chair@example.org"] and "will.oak@example.org asks Willow House" in mail.outbox[0].body
    )
    assert "has said no" in client.post(link_in(mail.outbox[0]), {"answer": "no"}).content.decode()
    ended = Term.objects.get()
    assert ended.ended_at and not ended.agreed_at and ended.ended_by is None
    event = Event.objects.get(name="partners.agreement.ended")
    assert (event.by, event.facts["by_link"]) == (None, "passed-on")
    client.force_login(will)
    shown = client.get(reverse("partners:agreement_list", args=[willow.pk]), {"past": "1"}).content.decode()
    assert "Answered by a link from an e-mail to chair@example.org" in shown


def test_the_other_side_sees_that_a_link_answered_and_not_whose(client, term, bramble, ada, will):
    _, key = make_answer_link(term, "chair@example.org", authority=will, by=will, at=timezone.now())
    answer_by_link(key, agree=True, at=timezone.now())
    client.force_login(ada)
    shown = client.get(reverse("partners:agreement_list", args=[bramble.pk])).content.decode()
    assert "Answered by a link from an e-mail." in shown and "chair@example.org" not in shown


def test_a_link_answers_once(term, will):
    _, key = make_answer_link(term, "chair@example.org", authority=will, by=will, at=timezone.now())
    answer_by_link(key, agree=True, at=timezone.now())
    with pytest.raises(LinkNotOpen, match="has been used"):
        answer_by_link(key, agree=False, at=timezone.now())


def test_a_wrong_link_says_so_and_nothing_else(client, term):
    answer = client.get(address("wrong"))
    assert answer.status_code == 410
    assert "This link does not work" in answer.content.decode() and "Willow" not in answer.content.decode()


def test_a_link_is_too_old_after_14_days(client, term, will):
    long_ago = timezone.now() - timedelta(days=14, minutes=1)
    _, key = make_answer_link(term, "chair@example.org", authority=will, by=will, at=long_ago)
    answer = client.post(address(key), {"answer": "yes"})
    assert answer.status_code == 410 and "too old" in answer.content.decode()
    assert Term.objects.get().agreed_at is None


def test_a_proposal_taken_back_cannot_be_answered_and_a_new_one_needs_a_new_link(term, bramble, willow, ada, will):
    _, key = make_answer_link(term, "chair@example.org", authority=will, by=will, at=timezone.now())
    end_term(term, by=ada, at=timezone.now())
    again = propose_term(bramble, willow, "refer", for_giver=True, by=ada, at=timezone.now())
    with pytest.raises(LinkNotOpen, match="taken back"):
        answer_by_link(key, agree=True, at=timezone.now())
    again.refresh_from_db()
    assert again.agreed_at is None


def test_what_was_agreed_on_the_page_cannot_be_declined_by_a_link(term, will):
    _, key = make_answer_link(term, "chair@example.org", authority=will, by=will, at=timezone.now())
    agree_term(term, by=will, at=timezone.now())
    with pytest.raises(LinkNotOpen, match="answered or taken back"):
        answer_by_link(key, agree=False, at=timezone.now())


def test_a_leavers_links_answer_nothing_the_same_minute(client, term, willow, will):
    _, own = make_answer_link(term, will.email, authority=will, by=will, at=timezone.now())
    _, given = make_answer_link(term, "chair@example.org", authority=will, by=will, at=timezone.now())
    end_membership(will.memberships.get(), by=a_person("Winnie Oak"), at=timezone.now())
    for key in (own, given):
        assert client.post(address(key), {"answer": "yes"}).status_code == 410
    assert Term.objects.get().agreed_at is None


def test_an_organisation_that_left_is_not_agreed_with(term, bramble, will):
    _, key = make_answer_link(term, "chair@example.org", authority=will, by=will, at=timezone.now())
    Organisation.objects.filter(pk=bramble.pk).update(status="left")
    with pytest.raises(LinkNotOpen, match="does not take part"):
        answer_by_link(key, agree=True, at=timezone.now())


def test_who_proposed_cannot_have_their_own_proposal_answered(client, term, bramble, ada):
    client.force_login(ada)
    assert client.get(reverse("partners:term_ask", args=[bramble.pk, term.pk])).status_code == 404


def test_a_neighbour_cannot_ask_for_a_link(client, term, willow):
    client.force_login(a_member(an_organisation("Fern House"), "Fern Lea", "administrator").user)
    assert (
        client.post(reverse("partners:term_ask", args=[willow.pk, term.pk]), {"email": "x@example.org"}).status_code
        == 404
    )
    assert not AnswerLink.objects.exists()


def test_a_letter_that_cannot_be_sent_is_among_what_happened_and_the_proposal_stands(
    client, bramble, willow, ada, will, monkeypatch
):
    def fails(*_args, **_more):
        raise OSError("no route to the mail server")

    monkeypatch.setattr("ginnel.partners.mail.send_mail", fails)
    client.force_login(ada)
    data = {"partner": willow.pk, "direction": "give", "what": "refer"}
    shown = client.post(reverse("partners:term_propose", args=[bramble.pk]), data, follow=True).content.decode()
    assert "we are writing to them" in shown
    assert Term.objects.count() == 1
    told = Event.objects.filter(name="partners.answer_link.not_sent").values_list("organisation", "other_organisation")
    assert list(told) == [(willow.pk, bramble.pk)] * 2


def test_a_letter_written_again_has_a_new_key_and_the_old_one_opens_nothing(client, term, will):
    link, old = make_answer_link(term, "chair@example.org", authority=will, by=will, at=timezone.now())
    for _ in range(2):
        write_answer_link.call(link.pk, "https://site.example")
    first, second = (link_in(letter) for letter in mail.outbox)
    assert mail.outbox[0].body.count("https://site.example/organisations/answer/") == 1
    for gone in (address(old), first):
        assert client.get(gone).status_code == 410
    assert client.get(second).status_code == 200


def test_no_letter_is_written_about_a_proposal_that_is_answered(term, will):
    link, _ = make_answer_link(term, will.email, authority=will, by=will, at=timezone.now())
    agree_term(term, by=will, at=timezone.now())
    assert write_answer_link.call(link.pk, "https://site.example") and mail.outbox == []


def test_an_address_goes_with_its_account_and_with_time(term, will):
    now = timezone.now()
    _, key = make_answer_link(term, will.email, authority=will, by=will, at=now)
    answer_by_link(key, agree=True, at=now)
    make_answer_link(propose_again(term), will.email, authority=will, by=will, at=now)
    delete_account(will)
    assert [(one.email, one.answered_at is None) for one in AnswerLink.objects.all()] == [("", False)]
    assert purge_all(now + timedelta(days=745))["answer-links"] == 1


def propose_again(term):
    return propose_term(term.giver, term.receiver, "shared-teams", for_giver=True, by=term.proposed_by, at=NOW)


def test_the_sentence_says_how_it_was_answered():
    from ginnel.events.words import sentence

    values = {"by": "the site itself", "organisation": "A", "other": "B", "what": "refer", "by_link": "passed-on"}
    assert sentence("partners.agreement.agreed", values).startswith(
        "Somebody an administrator asked, by a link from an e-mail, agreed this: A allows B"
    )
    assert "Ada, by a link from an e-mail, ended" in sentence(
        "partners.agreement.ended", values | {"by": "Ada", "by_link": "own"}
    )
