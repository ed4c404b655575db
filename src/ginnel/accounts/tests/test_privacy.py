"""What happened to me, what is kept and how long, and that leaving leaves nothing."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ginnel.accounts.commands import delete_account, open_account, record_read
from ginnel.accounts.models import Consent, Erasure, RecordAccess, User
from ginnel.accounts.privacy import erasure, retention
from ginnel.accounts.privacy.erasure import erase_due
from ginnel.accounts.profile.commands import give_consent, withdraw_consent
from ginnel.accounts.tests.people import sign_in
from ginnel.events.commands import record_event
from ginnel.events.models import Event
from ginnel.partners.commands import accept_invitation, ask_to_join, invite
from ginnel.partners.models import Invitation, JoinRequest, Membership
from ginnel.partners.tests.people import NOW, a_member, an_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PROJECT = Path(__file__).resolve().parents[4]


@pytest.fixture
def sam() -> User:
    return open_account("sam@example.com")


def test_my_timeline_tells_in_sentences_what_happened_to_me(client):
    ada = a_member(an_organisation(), "Ada Bramble", "administrator").user
    other = a_member(an_organisation("Canal Care"), "Ben Canal").user
    sign_in(client, ada)
    page = client.get("/account/what-happened/").content.decode()
    assert "You became a member of Bramble Home Care." in page
    assert "Canal Care" not in page
    sign_in(client, other)
    assert "You became a member of Canal Care." in client.get("/account/what-happened/").content.decode()


def test_my_timeline_costs_the_same_for_one_event_or_many_and_has_older_pages(client, sam, django_assert_num_queries):
    sign_in(client, sam)
    organisation = an_organisation()
    record_event("partners.member.left", by=None, about=sam, person=sam.pk, organisation=organisation.pk, at=AT)
    client.get("/account/what-happened/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/account/what-happened/")
    for n in range(40):
        at = AT + timedelta(minutes=n + 1)
        record_event("accounts.name.corrected", by=sam, about=sam, person=sam.pk, at=at)
    with django_assert_num_queries(len(queries) - 1):  # this page names no organisation
        first = client.get("/account/what-happened/")
    assert first.content.decode().count("You corrected the name") == 30
    older = client.get("/account/what-happened/?after=" + str(first.context["older"])).content.decode()
    assert older.count("You corrected the name") == 10
    assert "You left Bramble Home Care." in older


@pytest.mark.parametrize("token", ["", "x", "eyJ9", "WyIyMDI2Il0"])
def test_a_place_in_the_list_that_is_not_ours_is_not_found(client, sam, token):
    sign_in(client, sam)
    assert client.get("/account/what-happened/", {"after": token}).status_code == 404


def test_i_see_from_which_organisation_somebody_looked(client, sam):
    membership = a_member(an_organisation(), "Ada Bramble")
    record_read(sam, by=membership.user, purpose="Planning", at=AT, organisation=membership.organisation_id)
    membership.organisation.name = "Renamed"
    membership.organisation.save()
    sign_in(client, sam)
    assert "ada.bramble@example.org, Bramble Home Care: Planning" in client.get("/account/").content.decode()
    csv = client.get("/account/download/who-looked.csv").content.decode()
    assert "Bramble Home Care,Planning" in csv


def test_i_see_what_organisations_see_of_me(client):
    ada = a_member(an_organisation(), "Ada Bramble").user
    sign_in(client, ada)
    page = client.get("/account/").content.decode()
    assert "<strong>Bramble Home Care</strong>, since 20 November 2026: your name, your e-mail address" in page
    data = json.loads(client.get("/account/download.json").content)
    assert data["shared"][0]["With whom"] == "Bramble Home Care"
    assert data["organisations"][0]["organisation"] == "Bramble Home Care"
    assert data["what-happened"][0]["What happened"] == "You became a member of Bramble Home Care."


def test_an_organisations_name_like_a_formula_is_harmless_in_my_file(client):
    sign_in(client, a_member(an_organisation("=1+1"), "Ada Bramble").user)
    assert "'=1+1" in client.get("/account/download/organisations.csv").content.decode()


@pytest.mark.parametrize(
    "slug", ["account", "who-looked", "shared", "consents", "what-happened", "about-me", "equality"]
)
def test_everything_comes_as_a_table_too(client, sam, slug):
    sign_in(client, sam)
    response = client.get(f"/account/download/{slug}.csv")
    assert response.status_code == 200
    assert "sam@example.com" in response.content.decode() or slug != "account"


def test_what_we_keep_is_told_to_everybody(client):
    page = client.get("/account/what-we-keep/").content.decode()
    for row in retention.table():
        assert row.until[1:].split(":")[0].split("'")[0] in page
    assert "under 18" in page


def test_the_documentation_holds_the_same_table():
    assert retention.as_markdown() in (PROJECT / "docs/security.md").read_text()


def test_leaving_tells_the_person_and_forgets_their_address(sam):
    number = sam.pk
    delete_account(sam)
    done = Erasure.objects.get()
    assert (done.person, done.email, done.told) == (number, "", True)
    assert mail.outbox[0].to == ["sam@example.com"]
    assert "None of them says who you are" in mail.outbox[0].body
    assert "Why: " in mail.outbox[0].body
    assert set(Event.objects.values_list("name", "person")) == {
        ("accounts.account.deleted", number),
        ("accounts.account.erased", number),
    }


def test_a_report_that_cannot_be_sent_is_tried_for_a_week_and_then_the_address_goes(sam, monkeypatch):
    def no_mail(*_: object) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr(erasure, "send_mail", no_mail)
    delete_account(sam, at=AT)
    Erasure.objects.update(done_at=None, email="sam@example.com", asked_at=AT)
    assert erase_due(at=AT + timedelta(days=6))[1:] == (0, 1)
    assert Erasure.objects.get().email == "sam@example.com"
    assert erase_due(at=AT + timedelta(days=7))[1:] == (1, 0)
    assert (Erasure.objects.get().email, Erasure.objects.get().told) == ("", False)


def test_leaving_ends_memberships_and_blanks_what_others_keep(sam):
    organisation = an_organisation()
    admin = a_member(organisation, "Ada Bramble", "administrator").user
    _, key = invite(organisation, "Sam@Example.com", ["administrator"], by=admin, at=NOW)
    accept_invitation(key, by=sam, at=NOW)
    invite(an_organisation("Canal Care"), "sam@example.com", [], by=admin, at=NOW)
    details = {"name": "Sam's Care", "kind": "care-home", "contact_name": "Sam Bramble", "contact_job": "Owner"}
    ask_to_join(details, by=sam, at=NOW)
    delete_account(sam)
    assert not Membership.objects.filter(organisation=organisation).exclude(user=admin).exists()
    assert Event.objects.filter(name="partners.member.left", organisation=organisation.pk).count() == 1
    assert not Invitation.objects.exists()
    assert (JoinRequest.objects.get().contact_name, JoinRequest.objects.get().contact_job) == ("", "")


def test_what_is_past_its_time_goes_and_the_rest_stays(sam):
    other = open_account("other@example.com")
    day = timedelta(days=1)
    record_read(sam, by=other, purpose="Old", at=AT - 7 * 365 * day)
    record_read(sam, by=other, purpose="New", at=AT)
    old = give_consent(sam, Consent.Purpose.SUPPORT, at=AT - 8 * 365 * day)
    withdraw_consent(old, by=sam, at=AT - 7 * 365 * day)
    give_consent(sam, Consent.Purpose.SUPPORT, at=AT - 8 * 365 * day)
    gone = a_member(an_organisation(), "Ada Bramble")
    Membership.objects.filter(pk=gone.pk).update(joined_at=AT - 1000 * day, left_at=AT - 800 * day)
    a_member(an_organisation("Canal Care"), "Ben Canal")
    Session.objects.create(session_key="old", session_data="", expire_date=AT - day)
    purged, _, _ = erase_due(at=AT)
    assert {key: count for key, count in purged.items() if count} == {
        "reads": 1, "consents": 1, "memberships": 1, "sessions": 1,
    }  # fmt: skip
    assert RecordAccess.objects.get().purpose == "New"
    assert erase_due(at=AT)[0] == dict.fromkeys(purged, 0)


def test_a_line_that_cannot_be_cleared_does_not_stop_the_others(monkeypatch):
    def fail(before: datetime) -> int:
        raise ValueError("broken")

    Session.objects.create(session_key="old", session_data="", expire_date=AT)
    monkeypatch.setattr(retention, "_rows", {"bad": retention.Kept("bad", "", "", "", purge=fail)} | retention._rows)
    from ginnel.config.cli.accounts import accounts

    result = CliRunner().invoke(accounts, ["erase"])
    assert result.exit_code == 1
    assert "ValueError: broken" in result.stderr
    assert not Session.objects.exists()


def test_the_command_says_what_it_did(sam):
    from ginnel.config.cli.accounts import accounts

    result = CliRunner().invoke(accounts, ["erase"])
    assert result.exit_code == 0
    assert "0 erasures finished" in result.output


LEAVE = """
import os, sys, django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from ginnel.accounts.commands import add_address, open_account, record_read, delete_account
from ginnel.accounts.equality.commands import keep_answer
from ginnel.accounts.profile.commands import give_consent, save_answer, correct_name
from ginnel.accounts.profile.questions import QUESTIONS
from ginnel.partners.commands import accept_invitation, ask_to_join, invite
from ginnel.partners.tests.people import a_member, an_organisation
call_command("migrate", verbosity=0)
now, today = timezone.now(), timezone.localdate()
sam, other = open_account("leaving.person@example.com"), open_account("other@example.com")
for n in range(300):
    open_account(f"{'abcdefgh'[n % 8]}{n}@example.com")
correct_name(sam, "Zebedee Quickthorn", at=now)
record_read(sam, by=other, purpose="Planning", at=now)
record_read(other, by=sam, purpose="Planning", at=now)
give_consent(sam, "support", at=now)
save_answer(sam, QUESTIONS["support"], ["quiet"], at=now)
save_answer(sam, QUESTIONS["days"], ["work"], at=now)
keep_answer(sam, "religion", "sikh", on=today, consented_on=today)
admin = a_member(an_organisation(), "Ada Bramble", "administrator").user
_, key = invite(an_organisation("Canal Care"), "leaving.person@example.com", [], by=admin, at=now)
accept_invitation(key, by=sam, at=now)
ask_to_join({"name": "A home", "kind": "care-home", "contact_name": "Zebedee Quickthorn", "contact_job": "Owner"}, by=sam, at=now)
add_address(sam, "zebedee@quickthorn.example", by=sam, at=now)
Client().post("/account/sign-in/", {"email": "zebedee@quickthorn.example"})
Client().post("/account/sign-in/", {"email": "leaving.person@example.com"})
if sys.argv[1] == "leave":
    delete_account(sam)
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
    from ginnel.accounts.models import Erasure
    assert Erasure.objects.get().done_at, "not finished"
    from ginnel.events.verify import verify
    assert verify().findings == []
"""


@pytest.mark.parametrize("how", ["stay", "leave"])
def test_after_leaving_nothing_of_the_person_is_in_the_database_file(tmp_path, how):
    """Searched for in the bytes of the file itself, and of the log beside it. With `stay`: that the search would find it."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL"}}
    environment |= {
        "GINNEL_VAR": str(tmp_path), "GINNEL_DEMO": "yes", "GINNEL_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "ginnel.config.settings", "PYTHONPATH": str(PROJECT / "src"),
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", LEAVE, how], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr
    files = [path for path in tmp_path.glob("ginnel.sqlite3*") if path.is_file()]
    found = {
        (path.name, word)
        for path in files
        for word in (b"leaving.person", b"quickthorn")
        if word in path.read_bytes().lower()
    }
    assert files
    assert bool(found) == (how == "stay"), found


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_fails_deletes_nothing(sam, monkeypatch):
    from ginnel.accounts.privacy import tasks

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no queue")

    monkeypatch.setattr(type(tasks.finish_erasure), "enqueue", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        delete_account(sam)
    assert User.objects.filter(email="sam@example.com").exists()
    assert not Erasure.objects.exists() and not Event.objects.exists()
