"""Tags for what editors write."""

from functools import lru_cache
from typing import Any

import nh3
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from ginnel.core.templatetags.ginnel import component
from ginnel.site.languages import marks, offered, others
from ginnel.site.versions import Version, code_of, for_reader, once_each

register = template.Library()

_TAGS = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "a"}


@lru_cache(maxsize=256)
def _classed(html: str) -> str:
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
    )
    for name, style in (("ul", "nhsuk-list nhsuk-list--bullet"), ("ol", "nhsuk-list nhsuk-list--number")):
        clean = clean.replace(f"<{name}>", f'<{name} class="{style}">')
    return clean


def rich_html(value: Any) -> SafeString:
    """Rich text as HTML with the design system's classes. Whatever is stored, only plain elements and safe addresses leave here."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return mark_safe(_classed(expand_db_html(source)))  # noqa: S308 - cleaned above


register.filter("safe_richtext", rich_html)
register.simple_tag(rich_html, name="safe_richtext")


@register.simple_tag
def do_list(value: Any) -> SafeString:
    """A do or don't list."""
    cross = value["kind"] == "cross"
    items = [{"item": str(item)} for item in value["items"]]
    return component(
        "do-dont-list",
        {
            "heading": "Don't" if cross else _("Do"),
            "headingLevel": 3,
            "type": value["kind"],
            "items": items,
            "hidePrefix": True,
        },
    )


@register.simple_tag(takes_context=True)
def target_url(context: dict[str, Any], target: Any) -> str:
    """Where a call to action leads; empty when its page is gone or not live."""
    page = target["page"]
    if page:
        return (for_reader([page])[0].get_url(context.get("request")) or "") if page.live else ""
    return str(target["address"] or "")


@register.simple_tag(takes_context=True)
def trail(context: dict[str, Any], page: Any) -> SafeString:
    """
    The way back: home, and the pages above this one, in the reader's language where they are live in it and in English otherwise.

    One query.
    """
    if not page.pk:  # a page that is previewed before it is first saved
        return SafeString("")
    request = context.get("request")
    above = page.get_ancestors().filter(depth__gt=2)
    if others():
        keys = above.order_by().values("translation_key")
        versions = once_each(Page.objects.live().filter(translation_key__in=keys))
        above = versions.select_related("locale").order_by("depth")
    else:
        above = above.live()
    items = [{"text": a.title, "href": a.get_url(request), "attributes": marks(code_of(a))} for a in above]
    return component("breadcrumb", {"items": [{"text": _("Home"), "href": "/"}, *items]})


@register.filter
def words_in(page: Any) -> SafeString:
    """The attributes that tell the language of a page's own words; none on a site of one language."""
    return attributes(marks(code_of(page)))


@register.filter
def attributes(found: dict[str, str]) -> SafeString:
    """` lang="ar" dir="rtl"` of a dictionary."""
    return format_html_join("", ' {}="{}"', found.items())


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], url: str) -> str:
    """The whole address of a path of this site."""
    if settings.SITE_ORIGIN:
        return f"{settings.SITE_ORIGIN}{url}"
    return str(context["request"].build_absolute_uri(url))


@register.simple_tag
def home_versions() -> list[Version]:
    """Home in every language the site offers: the frame of the site is translated, whatever editors have done."""
    names = offered() if others() else {}
    return [Version(code, name, "/" if code == settings.LANGUAGE_CODE else f"/{code}/") for code, name in names.items()]


@register.simple_tag
def event_facts(page: Any) -> SafeString:
    """When, where, how to get in, and what it costs."""
    start, end = timezone.localtime(page.starts_at), timezone.localtime(page.ends_at)
    last = date_format(end, "H:i") if start.date() == end.date() else date_format(end, "j E Y, H:i")
    rows = [
        (_("When"), _("%(start)s to %(last)s") % {"start": date_format(start, "l j E Y, H:i"), "last": last}),
        (_("Where"), page.where),
        (_("Getting in"), page.access),
        (_("Cost"), page.cost),
    ]
    if end < timezone.now():
        rows.insert(0, (_("Now"), _("This event is over")))
    return _summary(rows)


@register.simple_tag
def resource_facts(page: Any) -> SafeString:
    """For whom and how long."""
    return _summary(
        [
            (_("Subject"), page.get_subject_display()),
            (_("Ages"), _("%(age_from)s to %(age_to)s") % {"age_from": page.age_from, "age_to": page.age_to}),
            (_("Time"), _("About %(minutes)s minutes") % {"minutes": page.minutes}),
        ]
    )


def _summary(rows: list[tuple[str, str]]) -> SafeString:
    return component(
        "summary-list",
        {
            "rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value],
            "classes": "gn-narrow",
        },
    )
