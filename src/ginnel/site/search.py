"""How published pages become search documents."""

from collections.abc import Iterator

from wagtail.models import Page

from ginnel.search.commands import Words
from ginnel.site.checking import html_of
from ginnel.site.links import Outline
from ginnel.site.models import EditorialPage


def page_documents() -> Iterator[Words]:
    """Every page that anyone may read, as words. The record of a consent is not among them."""
    for page in Page.objects.live().public().filter(depth__gt=2).specific().order_by("pk"):
        if isinstance(page, EditorialPage):
            yield Words(
                key=str(page.pk),
                title=page.title,
                body=f"{page.summary}\n{Outline(html_of(page)).text}",
                url=page.url or "/",
                summary=page.summary,
                facts={"kind": page.kind_name},
            )
