"""Everything we know to look for in a page before it is published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import get_resolver
from django.utils import timezone

from ginnel.site.links import Outline, address_problem
from ginnel.site.models.stories import StoryPage
from ginnel.site.reading import WARN_OVER, Reading, measure
from ginnel.site.rules import Finding, consent_findings, heading_findings, link_findings, translation_findings
from ginnel.site.versions import code_of, source_of


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a page. Those that stop it come first."""

    findings: list[Finding]
    reading: Reading
    english: bool = True
    """Whether the page is in English, the one language whose reading age can be told."""

    @property
    def stops(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.stops]

    @property
    def hints(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.stops]


def html_of(page: Any) -> str:
    """The page's body as visitors get it, without what is around it."""
    stages = "".join(f"<p>{stage['what']}</p>" for stage in _stages(page))
    return stages + str(page.body.render_as_block())


def look_at(page: Any) -> Report:
    """Every finding about this page as it stands in memory, saved or not."""
    outline = Outline(html_of(page))
    english = code_of(page) == settings.LANGUAGE_CODE
    reading = measure(f"{page.summary}\n{outline.text}" if english else "")
    found = [*heading_findings(outline.headings), *link_findings(outline.links)]
    found += [
        Finding(True, f"The link “{words}” goes to {address}, which is not there", "Correct it or take it out")
        for words, address in outline.links
        if address and address_problem(address) and not address.startswith(("#", "mailto:", "tel:"))
    ]
    if problem := _address_taken(page):
        found.append(problem)
    if isinstance(page, StoryPage):
        found += _consent(page)
    if source := source_of(page):
        found += _translation(page, source, outline)
    if page.resident and reading.age is not None and reading.age > WARN_OVER:
        what = f"The reading age is {reading.age:g}, and residents' pages aim at 9 to {WARN_OVER}"
        found.append(Finding(False, what, "Make the longest sentences shorter and use plainer words"))
    return Report(sorted(found, key=lambda finding: not finding.stops), reading, english)


def what_stops(page: Any) -> list[Finding]:
    """Why this page cannot be published; empty when nothing stops it."""
    return look_at(page).stops


def _consent(page: StoryPage) -> list[Finding]:
    """The consent is that of the story this one was translated from, if it was."""
    story = page.consenting
    found = consent_findings(
        given_by=story.consent_by,
        given_on=story.consent_on,
        scope=story.consent_scope,
        until=story.consent_until,
        today=timezone.localdate(),
    )
    if story is not page and not story.live:
        what = f"The story it was translated from, “{story.title}”, is not on the site"
        found.append(Finding(True, what, "Publish that one first"))
    return found


def _translation(page: Any, source: Any, outline: Outline) -> list[Finding]:
    changed = bool(source.last_published_at and page.pk and page.first_published_at)
    return translation_findings(
        summary=page.summary,
        source_summary=source.summary,
        text=outline.text,
        source_text=Outline(html_of(source)).text,
        picture_without_words=bool(getattr(page, "picture_id", None)) and not page.picture_words.strip(),
        source_changed=changed and source.last_published_at > page.latest_revision_created_at,
    )


def _stages(page: Any) -> list[Any]:
    return [block.value for block in page.stages] if isinstance(page, StoryPage) else []


@cache
def _own_addresses() -> frozenset[str]:
    """The first part of every address the code itself answers to."""
    return frozenset({*_first_parts(get_resolver().url_patterns), *settings.TRANSLATED})


def _first_parts(patterns: Iterable[Any]) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern).strip("^/")
        if route:
            yield route.partition("/")[0]
        elif hasattr(pattern, "url_patterns"):
            yield from _first_parts(pattern.url_patterns)


def _address_taken(page: Any) -> Finding | None:
    """A page directly under home whose address is one of the site's own would never be seen."""
    if page.depth == 3 and code_of(page) == settings.LANGUAGE_CODE and page.slug in _own_addresses():
        return Finding(True, f"The address /{page.slug}/ belongs to the site itself", "Choose another under “Address”")
    return None
