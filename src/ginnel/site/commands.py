"""What changes in the editors' part of the site, besides what Wagtail itself writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.search.commands import publish_all
from ginnel.site.links import address_problem, links_of, live_pages, network_problem
from ginnel.site.models import ConsentNotice, LinkFinding, StoryPage
from ginnel.site.rules import TELL_DAYS_BEFORE, consent_days_to_tell
from ginnel.site.search import page_documents

OFFICE_GROUPS = ("Editors", "Moderators")
"""Editors write; moderators write and approve what others wrote. Made by a migration."""


def publish_pages() -> None:
    """Bring the search documents of pages up to date."""
    publish_all("page", page_documents())


@transaction.atomic
def set_office_groups(person: User, groups: Iterable[str], *, by: User | None, at: datetime) -> None:
    """
    Make these the groups of the office that a person belongs to; an empty list takes them all away. Other groups stay.

    :raises ValueError: for a group that is none of the office's.
    """
    wanted = sorted(set(groups))
    if unknown := set(wanted) - set(OFFICE_GROUPS):
        raise ValueError(f"{', '.join(sorted(unknown))}: the office has only {', '.join(OFFICE_GROUPS)}")
    person.groups.remove(*Group.objects.filter(name__in=OFFICE_GROUPS))
    person.groups.add(*Group.objects.filter(name__in=wanted))
    record_event("site.office.groups_set", by=by, about=person, at=at, groups=" ".join(wanted))


@dataclass(frozen=True, slots=True)
class Done:
    """What one run of `do_what_is_due` did."""

    ended: int
    told: int


def do_what_is_due(*, at: datetime) -> Done:
    """
    Unpublish stories whose consent has ended, tell editors of those about to end, then publish and unpublish what is scheduled.

    Safe to run at any time and any number of times. Stories first: one that is scheduled to go live after its consent must not.
    """
    today = timezone.localdate(at)
    ended = [_end_consent(story, at=at) for story in StoryPage.objects.filter(consent_until__lt=today, live=True)]
    for story in StoryPage.objects.filter(live=False, has_unpublished_changes=True):
        _cancel_schedule_past_consent(story, today=today)
    told = sum(_tell(story, at=at) for story in StoryPage.objects.live().filter(consent_until__gte=today))
    call_command("publish_scheduled", verbosity=0)
    return Done(len(ended), told)


@transaction.atomic
def _end_consent(story: StoryPage, *, at: datetime) -> StoryPage:
    story.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    record_event("site.story.consent_ended", by=None, about=story, at=at)
    _mail(
        story,
        f"A story has been taken off the site: {story.title}",
        f"The consent for “{story.title}” ended on {_day(story)}. The page is no longer shown.\n\n"
        "If the person agrees again, write the new date into the page and send it for approval.",
    )
    return story


def _cancel_schedule_past_consent(story: StoryPage, *, today: object) -> None:
    for revision in story.revisions.filter(approved_go_live_at__isnull=False):
        until = revision.as_object().consent_until
        if until is None or until < today:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])


@transaction.atomic
def _tell(story: StoryPage, *, at: datetime) -> int:
    until = story.consent_until
    assert until is not None
    told = story.consent_notices.filter(until=until).values_list("days_before", flat=True)
    days = consent_days_to_tell(until=until, today=timezone.localdate(at), told=told)
    if days is None:
        return 0
    # Two runs at once: the row can be made only once, and only its maker writes the letter. Earlier warnings are past.
    rows = [
        ConsentNotice(page=story, until=until, days_before=before, told_at=at)
        for before in TELL_DAYS_BEFORE
        if before >= days and before not in set(told)
    ]
    made = ConsentNotice.objects.bulk_create(rows, ignore_conflicts=True)
    _mail(
        story,
        f"A story will leave the site on {date_format(until + timedelta(days=1), 'j F Y')}: {story.title}",
        f"The consent for “{story.title}” ends on {_day(story)}. The day after, the page unpublishes itself.\n\n"
        "Ask the person whether the story may stay. If so, write the new date into the page and send it for approval.",
    )
    return 1 if made else 0


def _mail(story: StoryPage, subject: str, body: str) -> None:
    """To whoever owns the page and to all moderators. Mail that cannot be sent stops the run, which is then tried again whole."""
    people = User.objects.filter(is_active=True).filter(groups__name="Moderators")
    to = {person.email for person in people} | ({story.owner.email} if story.owner and story.owner.is_active else set())
    link = f"{settings.SITE_ORIGIN}/office/pages/{story.pk}/edit/"
    for address in sorted(to):
        send_mail(subject, f"{body}\n\n{link}\n", None, [address])


def _day(story: StoryPage) -> str:
    return date_format(story.consent_until, "j E Y") if story.consent_until else "a day not given"


@transaction.atomic
def check_links(*, at: datetime, network: bool = False) -> list[LinkFinding]:
    """
    Look at the links of every live page and keep what is wrong, in place of what the last look kept.

    Addresses elsewhere are judged by their form; with `network` each is asked for once, up to 10 seconds each.
    """
    asked: dict[str, str] = {}
    found = []
    for page in live_pages():
        for words, address in links_of(page):
            if not address or address.startswith("#"):
                problem = "" if address else "The page it led to is gone"
            else:
                problem = address_problem(address)
            if not problem and network and address.startswith("http"):
                if address not in asked:
                    asked[address] = network_problem(address)
                problem = asked[address]
            if problem:
                found.append(
                    LinkFinding(
                        page=page.page_ptr, words=words[:200], address=address[:500], problem=problem, checked_at=at
                    )
                )
    LinkFinding.objects.all().delete()
    LinkFinding.objects.bulk_create(found)
    return found
