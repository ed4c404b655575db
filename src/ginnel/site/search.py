"""How published pages become search documents."""

from collections.abc import Iterator

from django.utils.translation import override
from wagtail.models import Page

from ginnel.search.commands import Words
from ginnel.site.checking import html_of
from ginnel.site.languages import offered
from ginnel.site.links import Outline
from ginnel.site.models import EditorialPage
from ginnel.site.versions import code_of, with_locales


def page_documents() -> Iterator[Words]:
    """Every page that anyone may read, as words. The record of a consent is not among them."""
    found = Page.objects.live().public().filter(depth__gt=2, locale__language_code__in=offered()).order_by("pk")
    for page in with_locales(found.specific()):
        if isinstance(page, EditorialPage):
            language = code_of(page)
            with override(language):
                yield Words(
                    key=str(page.pk),
                    title=page.title,
                    body=f"{page.summary}\n{Outline(html_of(page)).text}",
                    url=page.url or "/",
                    summary=page.summary,
                    facts={"kind": page.kind_name, "language": language[:2]},
                )
