"""One page in several languages: which version a reader gets. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from wagtail.models import Locale, Page, Site

from ginnel.site.languages import language_of, marks, offered, others, reading

P = TypeVar("P", bound=Page)


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one language, as another version names it. `url` begins with /."""

    code: str
    name: str
    url: str

    @property
    def attributes(self) -> dict[str, str]:
        return marks(self.code)


def once_each(pages: "QuerySet[P]", language: str = "") -> "QuerySet[P]":
    """Of these pages each one once: in this language (without one, the reader's) where it is among them, in English otherwise."""
    language = language or reading()
    english = Q(locale__language_code=settings.LANGUAGE_CODE)
    if language == settings.LANGUAGE_CODE:
        return pages.filter(english)
    same = pages.filter(locale__language_code=language, translation_key=OuterRef("translation_key")).order_by()
    return pages.filter(Q(locale__language_code=language) | english & ~Exists(same))


def for_reader(pages: Iterable[P]) -> list[P]:
    """These pages in their order, each in the reader's language where a version is public. One more query on a site of several."""
    found = list(pages)
    if not others() or not found:
        return found
    keys = [page.translation_key for page in found]
    public = Page.objects.live().public().filter(translation_key__in=keys, locale__language_code=reading())
    versions = {page.translation_key: page for page in public.specific()}
    return with_locales([versions.get(page.translation_key, page) for page in found])


def with_locales(pages: Iterable[P]) -> list[P]:
    """The same pages with their locale at hand. One query, however many; none on a site of one language."""
    found = list(pages)
    if others() and found:
        locales = Locale.objects.in_bulk({page.locale_id for page in found})
        for page in found:
            page.locale = locales[page.locale_id]
    return found


def code_of(page: Page) -> str:
    """The language a page is written in. Costs a query where its locale is not at hand, and none on a site of one language."""
    if not others() or page.locale_id is None:
        return str(settings.LANGUAGE_CODE)
    return str(page.locale.language_code)


def versions_of(page: Page, request: HttpRequest | None = None) -> list[Version]:
    """Every public version of a page, itself among them, English first; empty when it is the only one. Two queries."""
    if not others() or not page.pk:
        return []
    names = offered()
    public = (
        Page.objects.live()
        .public()
        .filter(translation_key=page.translation_key, locale__language_code__in=names)
        .select_related("locale")
    )
    found = {one.locale.language_code: one for one in public}
    if len(found) < 2:
        return []
    return [Version(code, names[code], found[code].get_url(request) or "/") for code in names if code in found]


def source_of(page: Page) -> Any:
    """The English page that this one is a translation of; None for English pages and those written in their language first."""
    if not page.pk or code_of(page) == settings.LANGUAGE_CODE:
        return None
    found = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return found.specific if found else None


def live_page_at(path: str) -> Page | None:
    """The live page at this address of the site, whoever may read it; None where something else stands there, or nothing."""
    try:
        if resolve(path).view_name != "wagtail_serve":
            return None
    except Resolver404:
        return None
    language = language_of(path)
    parts = [part for part in path.split("/") if part][0 if language == settings.LANGUAGE_CODE else 1 :]
    roots = [root for root in Site.get_site_root_paths() if root.language_code == language]
    if not roots or not parts:
        return None
    # The slug is in an index, the path is not.
    at = Page.objects.live().filter(slug=parts[-1], url_path=f"{roots[0].root_path}{'/'.join(parts)}/")
    return at.select_related("locale").first()


def address_in(path: str, language: str) -> str:
    """
    Where somebody who reads `path` and asks for this language is led.

    The page's version in it, where that is live. Otherwise the same address, whose frame is then in that language; but an
    address that itself says another language gives way to the English page, or to home.
    """
    here = language_of(path)
    page = live_page_at(path)
    if page is not None:
        live = Page.objects.live().filter(translation_key=page.translation_key)
        for code in dict.fromkeys((language, here if here == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE)):
            if version := live.filter(locale__language_code=code).first():
                return version.url or "/"
    return path if here in {language, settings.LANGUAGE_CODE} else "/"
