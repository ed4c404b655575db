"""My data, as a person sees and takes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ginnel.accounts.holdings import Shared
from ginnel.accounts.models import Consent, RecordAccess, User
from ginnel.accounts.queries import HeldByArea
from ginnel.core.words import English
from ginnel.events import words
from ginnel.events.models import Event
from ginnel.events.queries import Page, Place, every, page

TIMELINE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a person's own timeline."""

    event: Event
    sentence: str


def timeline(user: User, *, after: Place | None) -> tuple[list[Told], Place | None]:
    """What happened to this person and what they did, newest first; and where older ones begin."""
    mine = [Event.objects.for_person(user.pk), Event.objects.done_by(user.pk)]
    found: Page = page(mine, after=after, size=TIMELINE)
    return told(user, found.events), found.older


def told(user: User, events: Iterable[Event]) -> list[Told]:
    """Events as sentences in which this person is “you”. Two queries."""
    events = list(events)
    numbers = {n for event in events for n in (event.by, event.person) if n} - {user.pk}
    names = {one.pk: str(one) for one in User.objects.filter(pk__in=numbers)} if numbers else {}
    names[user.pk] = _("you")
    places = English(
        words.organisation_names({n for event in events for n in (event.organisation, event.other_organisation) if n})
    )

    def values(event: Event) -> dict[str, str]:
        said = {key: "" if value is None else str(value) for key, value in event.facts.items()}
        return said | {
            "by": names.get(event.by, _("somebody whose account is gone")) if event.by else _("the site itself"),
            "person": names.get(event.person, _("somebody whose account is gone")) if event.person else _("somebody"),
            "organisation": places.get(event.organisation, _("an organisation"))
            if event.organisation
            else _("the partnership"),
            "other": places.get(event.other_organisation, _("another")) if event.other_organisation else _("another"),
        }

    return [Told(event, words.sentence(event.name, values(event))) for event in events]


def shared_with_others(areas: Iterable[HeldByArea]) -> list[Shared]:
    """What others can see of this person, over all areas."""
    return [one for area in areas for one in area.held.shared]


def consents(user: User) -> list[Consent]:
    """What this person agreed to, newest first, taken back or not."""
    return list(Consent.objects.of_person(user))


def further_tables(
    user: User, areas: list[HeldByArea], reads: list[RecordAccess]
) -> dict[str, list[Mapping[str, Any]]]:
    """What no area holds, as tables for a spreadsheet: the account itself, who looked, what is shared, consents, what happened."""
    day = "%Y-%m-%d %H:%M"
    return {
        "account": [
            {
                "E-mail address": user.email,
                "Name": user.name,
                "Joined": f"{timezone.localtime(user.joined_at):{day}}",
                "Last signed in": f"{timezone.localtime(user.last_login):{day}}" if user.last_login else "",
            }
        ],
        "who-looked": [
            {
                "When": f"{timezone.localtime(read.at):{day}}",
                "Who": read.by.email if read.by else _("Someone whose account is gone"),
                "From which organisation": read.organisation_name,
                "Why": _(read.purpose) if read.purpose else "",
            }
            for read in reads
        ],
        "shared": [
            {"What": one.what, "With whom": one.whom, "Since": one.since, "Why": one.why}
            for one in shared_with_others(areas)
        ],
        "consents": [
            {
                "To what": one.get_purpose_display(),
                "Given": f"{timezone.localtime(one.given_at):{day}}",
                "Taken back": f"{timezone.localtime(one.withdrawn_at):{day}}" if one.withdrawn_at else "",
            }
            for one in consents(user)
        ],
        "what-happened": [
            {"When": f"{timezone.localtime(one.event.at):{day}}", "What happened": one.sentence}
            for events in every([Event.objects.with_person(user.pk)])
            for one in told(user, events)
        ],
    }
