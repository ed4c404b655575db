"""What machines read: the map of the site for search engines, and news for feed readers."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ginnel.careers.models import Role
from ginnel.places.queries import current_place
from ginnel.site.languages import offered, others
from ginnel.site.queries import latest_news

ALWAYS = (
    "site:home",
    "careers:explore",
    "careers:suit",
    "careers:route",
    "careers:advisers",
    "site:near",
    "site:facts",
    "site:accessibility",
    "site:privacy",
)
NEWS_AT_ONCE = 30


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page: the site's own, the roles, and what editors wrote, with its last change and its other languages."""
    rows: list[tuple[str, Any, list[tuple[str, str]]]] = [(reverse(name), None, []) for name in ALWAYS]
    homes = [(code, f"/{code}/") for code in others()]
    if homes:
        homes.insert(0, (settings.LANGUAGE_CODE, "/"))
        rows = [*((url, None, homes) for _, url in homes), *rows[1:]]
    rows += [
        (reverse("careers:role", args=[slug]), None, [])
        for slug in Role.objects.public().values_list("slug", flat=True)
    ]
    pages = (
        Page.objects.live()
        .public()
        .filter(depth__gt=2, locale__language_code__in=offered())
        .order_by("path")
        .select_related("locale")
        .only("url_path", "last_published_at", "path", "translation_key", "locale__language_code")
    )
    found = [(page, page.get_url(request) or "/") for page in pages]
    versions: dict[Any, list[tuple[str, str]]] = {}
    for page, url in found:
        versions.setdefault(page.translation_key, []).append((page.locale.language_code, url))
    for page, url in found:
        same = versions[page.translation_key]
        rows.append((url, page.last_published_at, same if len(same) > 1 else []))
    return render(
        request, "site/sitemap.xml", {"rows": rows, "origin": settings.SITE_ORIGIN}, content_type="application/xml"
    )


@require_safe
@cache_control(public=True, max_age=900)
def news(request: HttpRequest) -> HttpResponse:
    """The newest news as an Atom feed."""
    place, origin = current_place(), settings.SITE_ORIGIN
    feed = Atom1Feed(
        title=f"{place.site_name}: news",
        link=f"{origin}/",
        description=place.strapline,
        language="en-gb",
        feed_url=f"{origin}{request.path}",
    )
    for page in latest_news(NEWS_AT_ONCE, settings.LANGUAGE_CODE):
        link = f"{origin}{page.get_url(request)}"
        day = timezone.make_aware(datetime.combine(page.dated, time(12)))
        feed.add_item(
            page.title, link, page.summary, unique_id=link, pubdate=day, updateddate=page.last_published_at or day
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
