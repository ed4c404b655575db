"""What runs every few minutes: schedules, and consents that end."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.core import mail
from django.utils import timezone

from ginnel.config.cli import main
from ginnel.events.models import Event
from ginnel.search.models import Document
from ginnel.site.commands import check_links, do_what_is_due
from ginnel.site.models import LinkFinding
from ginnel.site.tests.office import article, person, signed_in, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def on(now, days):
    return timezone.localdate(now) + timedelta(days=days)


def test_a_story_unpublishes_itself_the_day_after_its_consent_ends(client, now):
    page = story(until=on(now, 0))
    do_what_is_due(at=now)
    assert client.get("/tam/").status_code == 200
    assert do_what_is_due(at=now + timedelta(days=1)).ended == 1
    assert client.get("/tam/").status_code == 404
    assert Document.objects.get(kind="page", key=str(page.pk)).removed
    assert Event.objects.filter(name="site.story.consent_ended", about_id=str(page.pk)).count() == 1
    assert do_what_is_due(at=now + timedelta(days=1)).ended == 0


def test_editors_are_told_a_month_and_a_week_before_and_once_each(now):
    owner, moderator = person("e@example.org", "Editors"), person("m@example.org", "Moderators")
    story(until=on(now, 30), owner=owner)
    for _ in range(3):
        do_what_is_due(at=now)
    assert sorted(letter.to[0] for letter in mail.outbox) == [owner.email, moderator.email]
    assert "/office/pages/" in mail.outbox[0].body
    assert "Secretname" not in mail.outbox[0].body
    do_what_is_due(at=now + timedelta(days=10))
    assert len(mail.outbox) == 2
    do_what_is_due(at=now + timedelta(days=24))
    assert len(mail.outbox) == 4


def test_a_longer_consent_is_warned_of_anew(now):
    person("m@example.org", "Moderators")
    page = story(until=on(now, 5))
    do_what_is_due(at=now)
    page.consent_until = on(now, 370)
    page.save_revision().publish()
    do_what_is_due(at=now + timedelta(days=345))
    assert len(mail.outbox) == 2


def schedule(page, at):
    """As an approval leaves it whose time has come a moment ago."""
    page.go_live_at = at
    revision = page.save_revision()
    revision.approved_go_live_at = at
    revision.save(update_fields=["approved_go_live_at"])


def test_a_story_scheduled_past_its_consent_never_goes_live(client, now):
    page = story(until=on(now, 2), live=False)
    schedule(page, now - timedelta(minutes=1))
    do_what_is_due(at=now + timedelta(days=5))
    page.refresh_from_db()
    assert not page.live
    assert client.get("/tam/").status_code == 404


def test_a_scheduled_story_within_its_consent_goes_live(client, now):
    schedule(story(until=on(now, 2), live=False), now - timedelta(minutes=1))
    do_what_is_due(at=now)
    assert client.get("/tam/").status_code == 200


def test_a_page_waits_for_its_time_and_then_goes_live(client, now):
    page = article()
    schedule(page, now + timedelta(hours=1))
    do_what_is_due(at=now)
    assert client.get("/a-first-talk/").status_code == 404
    schedule(page, now - timedelta(minutes=1))
    do_what_is_due(at=now)
    assert client.get("/a-first-talk/").status_code == 200


def test_the_links_of_every_page_are_looked_at_and_reported_in_the_office(now):
    good = article("Good", live=True)
    links = {
        "/near/": "near you",
        "/no-such/": "a gap",
        "/roles/lamplighter/": "lamplighters",
    }
    anchors = " ".join(f'<a href="{address}">{words}</a>' for address, words in links.items())
    article("Bad", live=True, body=[("text", f'<p><a linktype="page" id="{good.pk}">Good page</a> {anchors}</p>')])
    found = check_links(at=now)
    assert sorted((finding.address, finding.problem) for finding in found) == [
        ("/no-such/", "There is no such page on this site, or it is not published"),
        ("/roles/lamplighter/", "There is no such role"),
    ]
    good.unpublish()
    assert len(check_links(at=now)) == 3
    shown = signed_in(person("e@example.org", "Editors")).get("/office/reports/links/").content.decode()
    assert "/no-such/" in shown and "Bad" in shown
    assert LinkFinding.objects.count() == 3


def test_the_report_of_links_costs_the_same_for_one_or_twenty(now, django_assert_max_num_queries):
    links = "".join(f'<a href="/no-such-{number}/">gap {number}</a> ' for number in range(20))
    article("Bad", live=True, body=[("text", f"<p>{links}</p>")])
    check_links(at=now)
    client = signed_in(person("e@example.org", "Editors"))
    client.get("/office/reports/links/")
    with django_assert_max_num_queries(20):
        assert client.get("/office/reports/links/").content.decode().count("/no-such-") >= 20


def test_the_commands_say_what_they_did():
    run = CliRunner()
    assert "0 stories ended" in run.invoke(main, ["pages", "due"]).output
    assert "0 links" in run.invoke(main, ["pages", "links"]).output
    missing = run.invoke(main, ["pages", "editor", "nobody@example.org"])
    assert missing.exit_code == 1 and "sign in once" in missing.output
    someone = person("someone@example.org")
    assert "Editors, Moderators" in run.invoke(main, ["pages", "editor", "someone@example.org", "--moderator"]).output
    assert someone.has_perm("wagtailadmin.access_admin")
    run.invoke(main, ["pages", "editor", "someone@example.org", "--remove"])
    assert not type(someone).objects.get(pk=someone.pk).has_perm("wagtailadmin.access_admin")
