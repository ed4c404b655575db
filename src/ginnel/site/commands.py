"""What changes in the editors' part of the site, besides what Wagtail itself writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.actions.copy_page import CopyPageAction
from wagtail.coreutils import find_available_slug
from wagtail.models import GroupPagePermission, Locale, Page, Site

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.search.commands import publish_all
from ginnel.site.languages import others
from ginnel.site.links import address_problem, links_of, live_pages, network_problem
from ginnel.site.models import ConsentNotice, HomePage, LinkFinding, StoryPage
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


@transaction.atomic
def open_languages(*, by: User | None, at: datetime) -> list[str]:
    """
    Give each language the site offers its own home page, a draft, with the permissions of the English one. Returns the codes made now.

    Safe to run at any time and any number of times. A language that is offered no more keeps its pages; nobody sees them.
    """
    english = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    made = []
    for code in others() if english else ():
        assert english is not None
        locale, _ = Locale.objects.get_or_create(language_code=code)
        if english.has_translation(locale):
            continue
        home = _copy_into(english, locale, by=by)
        for permission in GroupPagePermission.objects.filter(page=english):
            GroupPagePermission.objects.create(group=permission.group, page=home, permission=permission.permission)
        record_event("site.language.opened", by=by, about=home, at=at, language=code)
        made.append(code)
    # Each process keeps where sites begin; this one must look again.
    Site.clear_site_root_paths_cache()
    return made


class CannotTranslate(Exception):
    """Why a translation cannot be begun, in words."""


@transaction.atomic
def start_translation(page: Page, language: str, *, by: User | None, at: datetime) -> Page:
    """
    Make a draft of a page in another language, with the page's own words to be written over; and of pages above it that have none.

    A page that only some may read is for them in the other language too. A story's consent is not copied: it stays that of the story.

    :raises CannotTranslate: if the site does not offer the language, or the page has a version in it, perhaps made this moment.
    """
    if language not in {settings.LANGUAGE_CODE, *others()}:
        raise CannotTranslate(f"This site has no language {language}")
    open_languages(by=by, at=at)
    locale = Locale.objects.get(language_code=language)
    for above in page.get_ancestors().filter(depth__gt=2).specific():
        if not above.has_translation(locale):
            _copy_into(above, locale, by=by)
    try:
        with transaction.atomic():
            draft = _copy_into(page.specific, locale, by=by)
    except IntegrityError as error:
        raise CannotTranslate(f"“{page.title}” has a version in {locale.get_display_name()} already") from error
    record_event("site.page.translation_begun", by=by, about=draft, at=at, language=language, original=page.pk)
    return draft


def _copy_into(page: Any, locale: Locale, *, by: User | None) -> Any:
    """A draft of one page under the version of its parent in this language. The database allows one version in each language."""
    parent = page.get_parent().specific
    slug = page.slug
    own: dict[str, Any] = {"locale": locale}
    if parent.is_root():
        slug = f"{slug}-{locale.language_code}"
        own["title"] = f"{page.title} ({locale.get_display_name()})"  # several stand beside each other in the office
    else:
        parent = parent.get_translation(locale)
    own["slug"] = find_available_slug(parent, slug)
    if isinstance(page, StoryPage):
        own["original"] = page.consenting  # goes into the revision; the row's is a field that copies leave out
    draft = CopyPageAction(
        page if page.live else page.get_latest_revision_as_object(),
        to=parent,
        user=by,
        update_attrs=own,
        exclude_fields=["go_live_at"],
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        log_action="wagtail.copy_for_translation",
    ).execute(skip_permission_checks=True)
    if isinstance(draft, StoryPage):
        draft.original = own["original"]
        draft.save(update_fields=["original"])
    there = {restriction.restriction_type for restriction in draft.get_view_restrictions()}
    for restriction in page.get_view_restrictions():
        if restriction.restriction_type not in there:
            groups = list(restriction.groups.all())
            restriction.pk, restriction.page = None, draft
            restriction.save()
            restriction.groups.set(groups)
    return draft


@transaction.atomic
def take_translations_down(story: StoryPage) -> int:
    """
    Unpublish what was translated from a story that is not on the site any more, and let none of it go live later by itself.

    Returns how many were live. The consent of the person is one, for all languages.
    """
    down = 0
    for translation in story.translations.all():
        if translation.live:
            translation.unpublish()
            down += 1
        translation.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    return down


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
    # Whatever took a story down took its translations along; this finds what a crash in between left.
    for story in StoryPage.objects.filter(live=False, translations__live=True).distinct():
        take_translations_down(story)
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
        f"The consent for “{story.title}” ended on {_day(story)}. The page is no longer shown in any language.\n\n"
        "If the person agrees again, write the new date into the page and send it for approval.",
    )
    return story


def _cancel_schedule_past_consent(story: StoryPage, *, today: object) -> None:
    for revision in story.revisions.filter(approved_go_live_at__isnull=False):
        page = revision.as_object()
        until = page.consenting.consent_until
        if until is None or until < today or (page.original and not page.original.live):
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
