"""Links of a page, and whether they lead anywhere."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.models import Page

from ginnel.careers.models import Role
from ginnel.site.languages import language_of
from ginnel.site.versions import live_page_at

_SCHEMES = {"https", "http", "mailto", "tel"}
_TIMEOUT_SECONDS = 10


class Outline(HTMLParser):
    """Headings, links and plain text of a piece of HTML, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[tuple[int, str]] = []
        self.links: list[tuple[str, str]] = []
        self._open: list[tuple[str, str, list[str]]] = []
        self._text: list[str] = []
        self._hidden = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """The words a reader sees, one line for each block."""
        return "\n".join(line for line in (" ".join(part.split()) for part in "".join(self._text).split("\n")) if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"svg", "video", "script"}:
            self._hidden += 1
        if tag in {"h2", "h3", "h4", "h5", "h6", "a"}:
            self._open.append((tag, dict(attrs).get("href") or "", []))
        if tag in {"p", "li", "h2", "h3", "h4", "br", "summary", "blockquote", "figcaption", "div"}:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"svg", "video", "script"}:
            self._hidden = max(0, self._hidden - 1)
        if self._open and self._open[-1][0] == tag:
            _, href, parts = self._open.pop()
            words = " ".join("".join(parts).split())
            if tag == "a":
                self.links.append((words, href))
            else:
                self.headings.append((int(tag[1]), words))
        if tag in {"p", "li", "h2", "h3", "h4", "summary", "blockquote", "figcaption", "div"}:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        data = re.sub(r"\s+", " ", data)
        self._text.append(data)
        for _, _, parts in self._open:
            parts.append(data)


def address_problem(address: str) -> str:
    """Why this address cannot be a link, going by its form and, for this site, by what is there; empty when all is well."""
    parts = urlsplit(address.strip())
    if not parts.scheme and not parts.netloc:
        if not address.startswith("/"):
            return "Begin it with / for a page of this site, or with https://"
        return inside_problem(parts.path)
    if parts.scheme not in _SCHEMES:
        return "Only https, http, mailto and tel addresses can be opened"
    if parts.scheme in {"https", "http"} and "." not in (parts.hostname or ""):
        return "This is not an address on the web"
    return ""


def inside_problem(path: str) -> str:
    """Why a path of this site leads nowhere; empty when there is a page."""
    try:
        found = resolve(path)
    except Resolver404:
        return "There is no such page on this site"
    if found.view_name == "careers:role":
        return "" if Role.objects.public().filter(slug=found.kwargs["slug"]).exists() else "There is no such role"
    if found.view_name == "wagtail_serve":
        if language_of(path) != settings.LANGUAGE_CODE and path.strip("/") == language_of(path):
            return ""  # home in another language
        return "" if live_page_at(path) else "There is no such page on this site, or it is not published"
    return ""


def network_problem(address: str) -> str:
    """Why an address elsewhere does not answer now; empty when it does. Asks for the head of it, and waits 10 seconds."""
    asked = urllib.request.Request(address, method="HEAD", headers={"User-Agent": "Ginnel link check"})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=_TIMEOUT_SECONDS):  # noqa: S310 - http and https only, see address_problem
            return ""
    except urllib.error.HTTPError as error:
        # Refusing a robot, or a question for the head alone, says nothing of the page.
        return "" if error.code in {401, 403, 405, 429, 501} else f"Answers with {error.code}"
    except (OSError, ValueError) as error:
        return f"Does not answer ({type(error).__name__})"


def links_of(page: Any) -> Iterator[tuple[str, str]]:
    """Every link of a page's body, as (words, address)."""
    from ginnel.site.checking import html_of

    yield from Outline(html_of(page)).links


def live_pages() -> Any:
    """Pages whose links are looked at."""
    return Page.objects.live().filter(depth__gt=1).specific().order_by("path")
