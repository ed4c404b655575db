"""Reads of what editors wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from ginnel.careers.models import Role, Step
from ginnel.partners.models import Organisation
from ginnel.places.queries import current_place
from ginnel.search.models import Document
from ginnel.site.languages import others, reading
from ginnel.site.models import EventPage, HomePage, LandingPage, MenuEntry, NewsPage, StoryPage
from ginnel.site.versions import for_reader, once_each, with_locales

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
    english: bool = False
    """Whether its words are English in a reader's other language."""


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


def latest_news(most: int, language: str = "") -> list[NewsPage]:
    """The newest public news, each once: in this language (without one, the reader's) where there is a version, else in English."""
    news: Any = NewsPage.objects.live().public()
    return with_locales(once_each(news, language).order_by("-dated", "-pk")[:most])


def pages_under(page: LandingPage, number: str) -> PageOfList:
    """
    One page of the list of what stands under a landing page, in whatever language that page is: each once, in the reader's language
    where there is a version and in English otherwise. `number` as typed: anything out of range gives the nearest.
    """
    found: Any
    if page.order == LandingPage.Order.SOONEST:
        found = once_each(_under(EventPage.objects, page).filter(ends_at__gte=timezone.now())).order_by(
            "starts_at", "pk"
        )
    else:
        found = _under(Page.objects, page)
        found = once_each(found).specific()  # type: ignore[attr-defined]
        newest = page.order == LandingPage.Order.NEWEST
        # A translation stands where its English page does.
        place = "first_published_at" if newest else "path"
        if others():
            english = Page.objects.filter(
                translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
            )
            found = found.annotate(place=Coalesce(Subquery(english.values(place)[:1]), place))
            place = "place"
        found = found.order_by(f"-{place}", "-pk") if newest else found.order_by(place)
    shown = Paginator(found, AT_ONCE).get_page(number)
    shown.object_list = with_locales(shown.object_list)
    return shown


def _under(pages: Any, page: LandingPage) -> Any:
    """Public pages of a kind under any version of this one."""
    tops: list[Any] = [page]
    if others():
        tops = list(Page.objects.filter(translation_key=page.translation_key).only("path", "depth"))
    under = Q()
    for top in tops:
        under |= Q(path__startswith=top.path, depth=top.depth + 1)
    return pages.live().public().filter(under)


def beneath_the_doors() -> SafeString:
    """
    What editors put under the three doors of the home page, as HTML; empty when they put nothing.

    Two small queries. What they answer, with the pack and the language, is the key of the rendered part in the cache: whatever is
    published, unpublished or moved changes it, in every process at once.
    """
    homes = HomePage.objects.live().filter(locale__language_code__in=(reading(), settings.LANGUAGE_CODE))
    found = {code: home for code, *home in homes.values_list("locale__language_code", "pk", "last_published_at")}
    home = found.get(reading()) or found.get(settings.LANGUAGE_CODE)
    if home is None:
        return SafeString("")
    sequence = Document.objects.aggregate(top=Max("sequence"))["top"]
    key = f"site:beneath:{get_language()}:{home[0]}:{home[1]}:{sequence}:{current_place().pack_digest}".replace(
        " ", "T"
    )
    html: str | None = cache.get(key)
    if html is None:
        page = HomePage.objects.select_related("locale").get(pk=home[0])
        html = render_to_string("site/_blocks.html", {"page": page})
        cache.set(key, html, _KEPT_SECONDS)
    return mark_safe(html)  # noqa: S308 - our own templates rendered it


def around_home() -> dict[str, Any]:
    """What the home page shows besides."""
    return {
        "counts": {"roles": Role.objects.public().count(), "steps": Step.objects.public().count()},
        "partners": Organisation.objects.public().filter(origin=Organisation.Origin.PACK).for_list(),
    }


def menu_links() -> dict[str, list[Link]]:
    """
    Editors' menu entries by place. One whose page has a version in the reader's language leads there, under that version's title.
    """
    links: dict[str, list[Link]] = {where: [] for where in MenuEntry.Where.values}
    entries = list(MenuEntry.objects.shown())
    foreign = reading() != settings.LANGUAGE_CODE
    versions = {}
    if foreign:
        pages = [entry.page for entry in entries if entry.page]
        versions = {page.translation_key: page for page in for_reader(pages)}
    for entry in entries:
        version = versions.get(entry.page.translation_key) if entry.page else None
        if version is not None and version.pk != entry.page_id:
            links[entry.where].append(Link(version.title, version.url or "/"))
        else:
            links[entry.where].append(Link(entry.words, entry.href, english=foreign))
    return links
