"""Pages of organisations, as their people, their neighbours and strangers meet them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from ginnel.accounts.commands import open_account, record_list_read
from ginnel.accounts.models import RecordAccess, User
from ginnel.partners.commands import agree_term, ask_to_join, invite, propose_term
from ginnel.partners.models import Invitation, JoinRequest, Membership, Organisation, Site, Term
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db


def text_of(client, name, *args, **query):
    answer = client.get(reverse(f"partners:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everybody_sees_who_takes_part_and_not_who_only_asks_or_is_listed(client, bramble):
    an_organisation("Listed Surgery", status="listed", kind="gp-practice")
    an_organisation("Left House", status="left", kind="care-home")
    shown = text_of(client, "partner_list")
    assert "Bramble Home Care" in shown and "Listed Surgery" not in shown and "Left House" not in shown
    assert "Nobody by that name" in text_of(client, "partner_list", q="zzz")
    assert "For its own people" not in text_of(client, "partner", bramble.pk)


def test_an_invitation_by_e_mail_is_opened_by_its_person_and_pressed_once(client, bramble, boss):
    client.force_login(boss)
    sent = client.post(
        reverse("partners:person_invite", args=[bramble.pk]), {"email": "bea.moss@example.org", "roles": ["recruiter"]}
    )
    assert sent.status_code == 302
    link = re.search(r"/organisations/invitation/\S+", mail.outbox[0].body)[0]
    client.force_login(a_person("Cy Fern"))
    assert client.post(link).status_code == 410
    client.force_login(a_person("Bea Moss"))
    assert "bea.moss@example.org" in client.get(link).content.decode()
    assert not Membership.objects.filter(user__email="bea.moss@example.org").exists()
    assert client.post(link).status_code == 302
    assert client.post(link).status_code == 410
    assert "Bea Moss" in text_of(client, "partner", bramble.pk) or Membership.objects.current().count() == 2


def test_opening_a_link_without_signing_in_leads_to_the_door_and_back(client, bramble, boss):
    _, key = invite(bramble, "bea.moss@example.org", [], by=boss, at=NOW)
    link = reverse("partners:invitation_accept", args=[key])
    answer = client.get(link)
    assert answer.status_code == 302 and f"next={link}" in answer["Location"]


def test_an_invitation_whose_mail_cannot_be_sent_is_withdrawn_and_said(client, bramble, boss, monkeypatch):
    def fails(*_args, **_more):
        raise OSError("no route to the mail server")

    monkeypatch.setattr("ginnel.partners.mail.send_mail", fails)
    client.force_login(boss)
    answer = client.post(reverse("partners:person_invite", args=[bramble.pk]), {"email": "bea.moss@example.org"})
    assert "could not send" in answer.content.decode()
    assert not Invitation.objects.filter(withdrawn_at__isnull=True).exists()


def test_an_administrator_gives_roles_and_says_who_manages_whom(client, bramble, boss):
    bea, mo = a_member(bramble, "Bea Moss"), a_member(bramble, "Mo Reed")
    client.force_login(boss)
    client.post(
        reverse("partners:member", args=[bramble.pk, bea.pk]),
        {"job_title": "Care worker", "roles": ["placement-supervisor"]},
    )
    client.post(reverse("partners:member_manager", args=[bramble.pk, bea.pk]), {"manager": mo.pk})
    bea.refresh_from_db()
    assert bea.job_title == "Care worker"
    assert [row.role for row in bea.roles.all()] == ["placement-supervisor"]
    client.force_login(mo.user)
    shown = text_of(client, "people_list", bramble.pk)
    assert "bea.moss@example.org" in shown and "ada.bramble@example.org" not in shown
    assert "Invite somebody" not in shown


def test_the_last_administrator_is_told_why_they_must_stay(client, bramble, boss):
    mine = Membership.objects.get(user=boss)
    client.force_login(boss)
    assert (
        "needs an administrator"
        in client.post(reverse("partners:member", args=[bramble.pk, mine.pk]), {"roles": ["viewer"]}).content.decode()
    )
    assert (
        "needs an administrator"
        in client.post(reverse("partners:member_left", args=[bramble.pk, mine.pk])).content.decode()
    )
    assert "Only one person can look after" in text_of(client, "people_list", bramble.pk)


def test_who_has_left_loses_sight_at_once(client, bramble, boss):
    bea = a_member(bramble, "Bea Moss", "viewer")
    client.force_login(boss)
    assert "lose sight" in text_of(client, "member_left", bramble.pk, bea.pk)
    client.post(reverse("partners:member_left", args=[bramble.pk, bea.pk]))
    client.force_login(open_account("bea.moss@example.org"))
    assert client.get(reverse("partners:people_list", args=[bramble.pk])).status_code == 404
    client.force_login(open_account(boss.email))
    assert "bea.moss@example.org" in text_of(client, "people_list", bramble.pk, past="1")


def test_the_list_as_a_spreadsheet_holds_no_formula(client, bramble, boss):
    bea = a_member(bramble, "Bea Moss")
    Membership.objects.filter(pk=bea.pk).update(job_title='=HYPERLINK("http://bad.example")')
    client.force_login(boss)
    rows = text_of(client, "people_list", bramble.pk, csv="1").splitlines()
    assert rows[0].startswith("\ufeffName,E-mail")
    assert any("\"'=HYPERLINK" in row for row in rows)


def test_the_list_of_people_costs_the_same_for_one_or_for_twenty(client, bramble, boss, django_assert_max_num_queries):
    for number in range(20):
        a_member(bramble, f"Person Number{number}", "viewer", "recruiter")
    client.force_login(boss)
    with django_assert_max_num_queries(12):
        assert "Person" not in text_of(client, "people_list", bramble.pk, q="nobody")
    with django_assert_max_num_queries(12):
        assert "21 people" in text_of(client, "people_list", bramble.pk)


def test_one_side_proposes_and_only_the_other_can_agree(client, bramble, boss):
    willow = an_organisation("Willow House", kind="care-home")
    will = a_member(willow, "Will Oak", "administrator").user
    client.force_login(boss)
    client.post(
        reverse("partners:term_propose", args=[bramble.pk]),
        {"partner": willow.pk, "direction": "give", "what": "refer", "ends_on": "31/12/2099"},
    )
    term = Term.objects.get()
    assert client.post(reverse("partners:term_agree", args=[bramble.pk, term.pk])).status_code == 404
    client.force_login(will)
    assert "We may refer people to Bramble Home Care" in text_of(client, "agreement_list", willow.pk)
    client.post(reverse("partners:term_agree", args=[willow.pk, term.pk]))
    term.refresh_from_db()
    assert term.agreed_by == will
    client.post(reverse("partners:term_end", args=[willow.pk, term.pk]))
    assert "Bramble" not in text_of(client, "agreement_list", willow.pk)
    assert "ended" in text_of(client, "agreement_list", willow.pk, past="1")


def test_a_proposal_that_cannot_be_says_why_and_keeps_what_was_typed(client, bramble, boss):
    willow = an_organisation("Willow House", kind="care-home")
    client.force_login(boss)
    shown = client.post(
        reverse("partners:term_propose", args=[bramble.pk]),
        {"partner": willow.pk, "direction": "give", "what": "refer", "ends_on": "1/1/2020"},
    ).content.decode()
    assert "The last day must not be before the first" in shown and "1/1/2020" in shown


def test_agreements_cost_the_same_for_one_or_for_twenty(client, bramble, boss, django_assert_max_num_queries):
    for number in range(5):
        other = an_organisation(f"Partner {number}")
        for what in ("refer", "shared-teams", "see-applicants", "training-evidence"):
            agree_term(propose_term(bramble, other, what, for_giver=True, by=boss, at=NOW), by=boss, at=NOW)
    client.force_login(boss)
    with django_assert_max_num_queries(12):
        assert text_of(client, "agreement_list", bramble.pk).count("In force") == 20


def test_an_organisation_asks_and_is_approved_and_its_first_person_is_written_to(client, decider):
    fern = a_person("Fern Lea")
    client.force_login(fern)
    answer = client.post(
        reverse("partners:joining_ask"),
        {
            "name": "Fernlea Care",
            "kind": "home-care",
            "contact_name": "Fern Lea",
            "contact_job": "Manager",
            "postcode": "ls14ap",
        },
    )
    assert answer.status_code == 302
    request = JoinRequest.objects.get()
    assert request.postcode == "LS1 4AP"
    assert client.get(reverse("partners:request_decide", args=[request.pk])).status_code == 404
    client.force_login(decider)
    shown = text_of(client, "request_decide", request.pk)
    assert "becomes its first administrator" in shown
    assert "Home care" in shown
    client.post(reverse("partners:request_decide", args=[request.pk]), {"approve": "yes"})
    assert mail.outbox[-1].to == ["fern.lea@example.org"]
    client.force_login(open_account("fern.lea@example.org"))
    organisation = Organisation.objects.get(name="Fernlea Care")
    assert "For its own people" in text_of(client, "partner", organisation.pk)


def test_a_refusal_needs_a_reason_and_goes_to_who_asked(client, decider):
    request = ask_to_join(
        {"name": "Fernlea", "kind": "home-care", "contact_name": "Fern", "contact_job": "Owner"},
        by=a_person("Fern Lea"),
        at=NOW,
    )
    client.force_login(decider)
    url = reverse("partners:request_decide", args=[request.pk])
    assert "Say why" in client.post(url, {"refuse": "yes"}).content.decode()
    client.post(url, {"refuse": "yes", "reason": "We cannot find your CQC number"})
    assert "We cannot find your CQC number" in mail.outbox[-1].body
    shown = text_of(client, "request_decide", request.pk)
    assert f"by {decider}" in shown
    assert "The reason given: We cannot find your CQC number" in shown


def test_a_wrong_number_says_which_and_what_it_looks_like(client):
    client.force_login(a_person("Fern Lea"))
    shown = client.post(
        reverse("partners:joining_ask"), {"name": "X", "kind": "nope", "cqc_number": "12"}
    ).content.decode()
    assert "CQC provider or location number: it looks like 1-123456789" in shown
    assert "Choose what kind of organisation it is" in shown


def test_an_administrator_changes_what_is_said_and_where_it_works(client, bramble, boss):
    client.force_login(boss)
    client.post(reverse("partners:details_edit", args=[bramble.pk]), {"kind": "home-care", "about": "Care at home."})
    client.post(
        reverse("partners:site_add", args=[bramble.pk]), {"site_name": "The office", "site_postcode": "LS1 4AP"}
    )
    assert "Care at home." in text_of(client, "partner", bramble.pk)
    site = Site.objects.get()
    client.post(reverse("partners:site_remove", args=[bramble.pk, site.pk]))
    assert not Site.objects.exists()


def test_my_page_says_where_i_belong(client, bramble, boss):
    client.force_login(boss)
    assert "You belong to Bramble Home Care." in client.get(reverse("accounts:mine")).content.decode()


def test_who_opens_a_colleagues_page_is_shown_to_the_colleague(client, bramble, boss):
    bea = a_member(bramble, "Bea Moss")
    client.force_login(boss)
    text_of(client, "member", bramble.pk, bea.pk)
    client.force_login(open_account("bea.moss@example.org"))
    shown = client.get(reverse("accounts:mine")).content.decode()
    assert "ada.bramble@example.org, Bramble Home Care: looked at what you do there" in shown


def test_who_sees_the_list_is_shown_to_each_person_in_it_once_a_day(client, bramble, boss):
    a_member(bramble, "Bea Moss")
    client.force_login(boss)
    for _ in range(3):
        text_of(client, "people_list", bramble.pk)
    text_of(client, "people_list", bramble.pk, csv="1")
    bea = open_account("bea.moss@example.org")
    assert list(RecordAccess.objects.about(bea).values_list("purpose", flat=True).order_by("pk")) == [
        "saw you in the list of people",
        "took away a list with what you do there",
    ]
    assert not RecordAccess.objects.about(boss).exists(), "looking at oneself is not counted"
    client.force_login(bea)
    shown = client.get(reverse("accounts:mine")).content.decode()
    assert "ada.bramble@example.org, Bramble Home Care: saw you in the list of people" in shown


def test_somebody_the_list_did_not_show_was_not_looked_at(client, bramble, boss):
    for name in ("Bea Moss", "Mo Reed"):
        a_member(bramble, name)
    client.force_login(boss)
    text_of(client, "people_list", bramble.pk, q="bea")
    assert [one.person.email for one in RecordAccess.objects.all()] == ["bea.moss@example.org"]
    # A stranger, who sees no list, leaves no trace of one.
    client.force_login(a_person("Will Oak"))
    assert client.get(reverse("partners:people_list", args=[bramble.pk])).status_code == 404
    assert RecordAccess.objects.count() == 1


def test_a_list_of_two_thousand_is_noted_in_a_few_statements(client, bramble, boss, django_assert_max_num_queries):
    User.objects.bulk_create([User(email=f"p{n}@example.org") for n in range(2_000)])
    Membership.objects.bulk_create(
        [
            Membership(organisation=bramble, user=one, joined_at=NOW)
            for one in User.objects.filter(email__startswith="p")
        ]
    )
    client.force_login(boss)
    with django_assert_max_num_queries(24):  # SQLite takes fewer rows in a statement than PostgreSQL
        assert text_of(client, "people_list", bramble.pk, csv="1").count("@example.org") == 2_001
    assert RecordAccess.objects.count() == 2_000


def test_my_page_shows_the_newest_who_looked_and_says_where_the_others_are(client, bramble, boss):
    bea = a_member(bramble, "Bea Moss").user
    for number in range(35):
        at = NOW + timedelta(days=number)
        for purpose in ("saw you in the list of people", "took away a list"):
            record_list_read([bea.pk], by=boss, purpose=purpose, at=at, organisation=1, organisation_name="Bramble")
    client.force_login(bea)
    shown = client.get(reverse("accounts:mine")).content.decode()
    assert shown.count("saw you in the list of people") == 15
    assert "The older ones are in" in shown


def test_an_administrator_finds_every_page_from_the_organisations_own(client, bramble, boss):
    client.force_login(boss)
    shown = text_of(client, "partner", bramble.pk)
    for name in ("partners:people_list", "bulk:upload_own", "directory:page", "partners:agreement_list"):
        assert reverse(name, args=[bramble.pk]) in shown, name
    assert f"{reverse('audit:event_list')}?organisation={bramble.pk}" in shown
    client.force_login(a_member(bramble, "Bea Moss", "viewer").user)
    shown = text_of(client, "partner", bramble.pk)
    assert reverse("directory:page", args=[bramble.pk]) not in shown
    assert reverse("bulk:upload_own", args=[bramble.pk]) not in shown


def test_who_looks_after_the_partnership_finds_its_pages_and_others_do_not(client, boss, decider):
    addresses = [reverse(name) for name in ("bulk:upload", "names:list", "partners:request_list", "audit:event_list")]
    client.force_login(decider)
    shown = text_of(client, "partner_list")
    mine = client.get(reverse("accounts:mine")).content.decode()
    assert all(address in shown and address in mine for address in addresses)
    client.force_login(boss)
    assert "look after the partnership" not in text_of(client, "partner_list")


def test_addresses_of_before_lead_to_those_of_now(client):
    for old, new in (("import/", "bulk:upload"), ("names/", "names:list")):
        answer = client.get(f"/partners/{old}?page=2")
        assert (answer.status_code, answer["Location"]) == (301, f"{reverse(new)}?page=2")
