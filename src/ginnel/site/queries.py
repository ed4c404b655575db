"""Reads of what editors wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ginnel.careers.models import Role, Step
from ginnel.partners.models import Organisation
from ginnel.places.queries import current_place
from ginnel.search.models import Document
from ginnel.site.models import EventPage, HomePage, LandingPage, MenuEntry, NewsPage, StoryPage

AT_ONCE = 12
_KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a person's path. A role or step that has left the route table is None."""

    when: str
    what: str
    role: Role | None
    step: Step | None


@dataclass(frozen=True, slots=True)
class Link:
    """A menu entry as a page shows it."""

    words: str
    href: str


def path_of(story: StoryPage) -> list[Stage]:
    """The stages of a story with the roles and steps they name. Two queries, however many stages."""
    stages = [block.value for block in story.stages]
    roles = Role.objects.public().in_bulk([s["role"] for s in stages if s["role"]], field_name="slug")
    steps = (
        Step.objects.public().select_related("to").in_bulk([s["step"] for s in stages if s["step"]], field_name="slug")
    )
    return [Stage(s["when"], s["what"], roles.get(s["role"]), steps.get(s["step"])) for s in stages]


def roles_named(slugs: Iterable[str]) -> list[Role]:
    """These roles in this order, for cards; those that have left the pack are left out."""
    wanted = list(slugs)
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=wanted).select_related("family")}
    return [found[slug] for slug in wanted if slug in found]


def latest_news(most: int) -> list[NewsPage]:
    """The newest public news."""
    return list(NewsPage.objects.live().public().order_by("-dated", "-pk")[:most])


def pages_under(page: LandingPage, number: str) -> PageOfList:
    """One page of the list of what stands under a landing page. `number` as typed: anything out of range gives the nearest."""
    if page.order == LandingPage.Order.SOONEST:
        found: Any = (
            EventPage.objects.child_of(page).live().public().filter(ends_at__gte=timezone.now()).order_by("starts_at")
        )
    else:
        found = page.get_children().live().public().specific()
        if page.order == LandingPage.Order.NEWEST:
            found = found.order_by("-first_published_at", "-pk")
    return Paginator(found, AT_ONCE).get_page(number)


def beneath_the_doors() -> SafeString:
    """
    What editors put under the three doors of the home page, as HTML; empty when they put nothing.

    Two small queries. What they answer, with the pack and the language, is the key of the rendered part in the cache: whatever is
    published, unpublished or moved changes it, in every process at once.
    """
    home = HomePage.objects.live().order_by("pk").values_list("pk", "last_published_at").first()
    if home is None:
        return SafeString("")
    sequence = Document.objects.aggregate(top=Max("sequence"))["top"]
    key = f"site:beneath:{get_language()}:{home[0]}:{home[1]}:{sequence}:{current_place().pack_digest}".replace(
        " ", "T"
    )
    html: str | None = cache.get(key)
    if html is None:
        html = render_to_string("site/_blocks.html", {"page": HomePage.objects.get(pk=home[0])})
        cache.set(key, html, _KEPT_SECONDS)
    return mark_safe(html)  # noqa: S308 - our own templates rendered it


def around_home() -> dict[str, Any]:
    """What the home page shows besides."""
    return {
        "counts": {"roles": Role.objects.public().count(), "steps": Step.objects.public().count()},
        "partners": Organisation.objects.public().filter(origin=Organisation.Origin.PACK).for_list(),
    }


def menu_links() -> dict[str, list[Link]]:
    """Editors' menu entries by place."""
    links: dict[str, list[Link]] = {where: [] for where in MenuEntry.Where.values}
    for entry in MenuEntry.objects.shown():
        links[entry.where].append(Link(entry.words, entry.href))
    return links
