"""What machines read: the map of the site for search engines, and news for feed readers."""

from datetime import datetime, time

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
    """Every public page: the site's own, the roles, and what editors wrote, with its last change."""
    rows = [(reverse(name), None) for name in ALWAYS]
    rows += [
        (reverse("careers:role", args=[slug]), None) for slug in Role.objects.public().values_list("slug", flat=True)
    ]
    pages = (
        Page.objects.live().public().filter(depth__gt=2).order_by("path").only("url_path", "last_published_at", "path")
    )
    rows += [(page.get_url(request) or "/", page.last_published_at) for page in pages]
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
    for page in latest_news(NEWS_AT_ONCE):
        link = f"{origin}{page.get_url(request)}"
        day = timezone.make_aware(datetime.combine(page.dated, time(12)))
        feed.add_item(
            page.title, link, page.summary, unique_id=link, pubdate=day, updateddate=page.last_published_at or day
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
