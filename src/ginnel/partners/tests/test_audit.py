"""What happened: each sees what is theirs to see, and finds it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ginnel.accounts.models import RecordAccess, User
from ginnel.events.commands import record_event
from ginnel.events.models import Event
from ginnel.partners.commands import agree_term, propose_term
from ginnel.partners.models import Membership
from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS
from ginnel.partners.tests.people import NOW, a_member, a_person, an_organisation

pytestmark = pytest.mark.django_db
LIST = "/what-happened/"
EXPORTS = [f"{LIST}export.csv", f"{LIST}export.json"]


@pytest.fixture
def bramble() -> Membership:
    return a_member(an_organisation(), "Ada Bramble", "administrator")


@pytest.fixture
def canal() -> Membership:
    return a_member(an_organisation("Canal Care"), "Ben Canal", "administrator")


@pytest.fixture
def partnership() -> User:
    user = a_person("Pat Partnership")
    user.groups.add(Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)[0])
    return user


def text(response) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


@pytest.mark.parametrize("path", [LIST, *EXPORTS])
def test_a_stranger_is_sent_to_sign_in(client, path):
    assert client.get(path).headers["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize("path", [LIST, *EXPORTS])
@pytest.mark.parametrize("role", [None, "recruiter", "learning-manager", "line-manager", "viewer"])
def test_for_whom_it_is_not_it_is_not_there(client, bramble, path, role):
    client.force_login(a_member(bramble.organisation, "Cy Bramble", *([role] if role else [])).user)
    assert client.get(path).status_code == 404


def test_an_administrator_who_left_sees_nothing_the_same_minute(client, bramble):
    from ginnel.partners.commands import end_membership

    client.force_login(bramble.user)
    assert client.get(LIST).status_code == 200
    end_membership(bramble, by=None, at=NOW + timedelta(days=1))
    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize("path", [LIST, *EXPORTS])
def test_an_organisations_administrator_sees_theirs_and_no_neighbours(client, bramble, canal, path):
    client.force_login(bramble.user)
    page = text(client.get(path))
    assert "Ada Bramble" in page or "ada.bramble@example.org" in page or path.endswith("json")
    assert "Bramble Home Care" in page
    assert "Canal" not in page
    asked = client.get(path, {"organisation": canal.organisation_id})
    assert asked.status_code == (200 if path == LIST else 404)
    assert "Canal" not in text(asked)


def test_the_partnerships_administrators_see_all_and_can_choose_one(client, bramble, canal, partnership):
    client.force_login(partnership)
    page = text(client.get(LIST))
    assert "ada.bramble@example.org became a member of Bramble Home Care." in page
    assert "ben.canal@example.org became a member of Canal Care." in page
    page = text(client.get(LIST, {"organisation": canal.organisation_id}))
    assert "became a member of Bramble" not in page
    assert "became a member of Canal" in page


def test_an_agreement_is_seen_by_both_sides_in_words(client, bramble, canal):
    term = propose_term(bramble.organisation, canal.organisation, "refer", for_giver=True, by=bramble.user, at=NOW)
    agree_term(term, by=canal.user, at=NOW)
    for one in (bramble, canal):
        client.force_login(one.user)
        page = text(client.get(LIST))
        assert "agreed this: Bramble Home Care allows Canal Care to refer people to us." in page
        assert page.count("agreed this") == 1
    assert "somebody outside the organisation proposed" in page.lower()
    assert "ada.bramble" not in page, "who acted for the other side is not named"


def test_the_list_is_found_by_kind_day_and_person(client, bramble):
    dee = a_member(bramble.organisation, "Dee Bramble", "viewer").user
    client.force_login(bramble.user)

    def lines(**asked: object) -> list[str]:
        return [line.sentence for line in client.get(LIST, asked).context.get("lines", [])]

    assert len(lines()) == 4
    assert len(lines(kind="partners.member.joined")) == 2
    assert lines(person="DEE.bramble@example.org", kind="partners.member.roles_changed") == [
        "The site itself made dee.bramble@example.org viewer at Bramble Home Care."
    ]
    assert len(lines(person=str(dee.pk))) == 2
    assert lines(since="21/11/2026") == []
    assert len(lines(since="20 11 2026", until="2026-11-20")) == 4
    assert lines(until="19 November 2026") == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "nonsense"}, "Choose one of the kinds"),
        ({"since": "31/2/2026"}, "Type the day like"),
        ({"since": "2/2/2026", "until": "1/2/2026"}, "must not be before"),
        ({"person": "nobody@example.org"}, "Nobody here has this address"),
        ({"organisation": "x"}, "Choose one of the organisations"),
    ],
)
def test_what_cannot_be_looked_for_is_said(client, bramble, asked, said):
    client.force_login(bramble.user)
    page = text(client.get(LIST, asked))
    assert said in page
    assert "became a member" not in page
    assert client.get(EXPORTS[0], asked).status_code == 404


def test_a_person_of_another_organisation_is_as_unknown_as_nobody(client, bramble, canal):
    client.force_login(bramble.user)
    page = text(client.get(LIST, {"person": "ben.canal@example.org"}))
    assert "Nobody here has this address" in page
    assert not RecordAccess.objects.exists()
    assert "Nobody here" in text(client.get(LIST, {"person": str(canal.user.pk)}))


def test_whom_somebody_looked_for_sees_that_they_did(client, bramble):
    dee = a_member(bramble.organisation, "Dee Bramble").user
    client.force_login(bramble.user)
    client.get(LIST)
    assert not RecordAccess.objects.exists()
    client.get(LIST, {"person": dee.email})
    read = RecordAccess.objects.get(person=dee)
    assert (read.by, read.organisation_name) == (bramble.user, "Bramble Home Care")


def test_somebody_whose_account_is_gone_is_a_number(client, bramble):
    from ginnel.accounts.commands import delete_account

    dee = a_member(bramble.organisation, "Dee Bramble").user
    number = dee.pk
    delete_account(dee)
    client.force_login(bramble.user)
    page = text(client.get(LIST, {"person": str(number)}))
    assert f"Somebody whose account is gone (number {number}) left Bramble Home Care." in page
    assert "dee.bramble" not in page


def test_pages_follow_each_other_without_gap_or_repeat(client, bramble, partnership):
    for n in range(120):
        # Three at the same moment, and newer rows with older moments: order is by moment, then number.
        at = NOW - timedelta(minutes=n // 3)
        record_event("partners.member.left", by=None, about=bramble, at=at, organisation=bramble.organisation_id)
    for user in (bramble.user, partnership):
        client.force_login(user)
        seen, query = [], {}
        while True:
            context = client.get(LIST, query).context
            seen += [line.event.pk for line in context["lines"]]
            if context["older"] is None:
                break
            query = {"after": str(context["older"])}
        assert seen == list(Event.objects.order_by("-at", "-id").values_list("pk", flat=True))
        assert len(seen) == len(set(seen)) == 122
    assert client.get(LIST, {"after": "nonsense"}).status_code == 404


@pytest.mark.parametrize("who", ["administrator", "partnership"])
@pytest.mark.parametrize("asked", [{}, {"person": "ada.bramble@example.org"}])
def test_the_list_costs_the_same_for_one_line_or_twenty(
    client, bramble, partnership, who, asked, django_assert_num_queries
):
    client.force_login(bramble.user if who == "administrator" else partnership)
    client.get(LIST, asked)
    with CaptureQueriesContext(connection) as before:
        client.get(LIST, asked)
    assert len(before) < 12
    for n in range(20):
        a_member(bramble.organisation, f"Member {n}")
    with django_assert_num_queries(len(before)):
        client.get(LIST, asked)


def test_a_name_like_a_formula_is_harmless_in_a_spreadsheet(client, bramble):
    bramble.user.name = '=HYPERLINK("http://evil.example")'
    bramble.user.save()
    client.force_login(bramble.user)
    csv = text(client.get(EXPORTS[0]))
    assert csv.startswith("\ufeffNumber,When,")
    assert "\"'=HYPERLINK" in csv
    assert ",=HYPERLINK" not in csv and ',"=HYPERLINK' not in csv


def test_the_json_is_one_list_of_codes_and_words_and_taking_it_is_noted(client, bramble):
    client.force_login(bramble.user)
    found = json.loads(text(client.get(EXPORTS[1])))
    joined = next(one for one in found if one["name"] == "partners.member.joined")
    assert joined["person"] == bramble.user_id
    assert joined["words"] == "ada.bramble@example.org became a member of Bramble Home Care."
    assert Event.objects.filter(name="partners.events.exported", organisation=bramble.organisation_id).count() == 1
    nothing = client.get(EXPORTS[1], {"until": "1/1/2020"})
    assert json.loads(text(nothing)) == []


def test_an_export_of_many_is_read_in_pieces(client, bramble, django_assert_max_num_queries):
    from ginnel.events.commands import Happened, record_events

    at = datetime(2026, 1, 1, tzinfo=UTC)
    record_events(
        Happened("partners.member.left", None, bramble, at, organisation=bramble.organisation_id) for _ in range(2_500)
    )
    client.force_login(bramble.user)
    with django_assert_max_num_queries(40):
        csv = text(client.get(EXPORTS[0]))
    assert csv.count("Left an organisation") == 2_500
