"""Money, months and Markdown as people read them."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark")
_WORDS = "no one two three four five six seven eight nine ten".split()


def money(pounds: float | None) -> str:
    """`24852` → `£24,852`; below zero `−£300`. Nothing gives an empty text."""
    if pounds is None:
        return ""
    whole = round(pounds)
    return f"{'−' if whole < 0 else ''}£{abs(whole):,}"


def pay_change(pounds: float) -> str:
    """`1200` → `£1,200 more`, `-300` → `£300 less`, `0` → `the same`."""
    whole = round(pounds)
    return f"{money(abs(whole))} {'more' if whole > 0 else 'less'}" if whole else "the same"


def in_words(count: int) -> str:
    """Small whole numbers as words (0 to 10), others as digits."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def months_in_words(months: float) -> str:
    """`0.75` → `about 3 weeks`, `14` → `1 year 2 months`, `0` → `no wait`."""
    if months <= 0:
        return "no wait"
    if months < 1.75:
        weeks = max(1, round(months * 52 / 12))
        return f"about {_plural(weeks, 'week')}"
    whole = round(months)
    years, rest = divmod(whole, 12)
    if not years:
        return _plural(rest, "month")
    return _plural(years, "year") + (f" {_plural(rest, 'month')}" if rest else "")


@lru_cache(maxsize=512)
def markdown(text: str) -> SafeString:
    """Markdown as HTML with the design system's classes; anything but plain elements is taken out."""
    clean = nh3.clean(_MARKDOWN.render(text), tags={"p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4"})
    for name, style in (("ul", "nhsuk-list nhsuk-list--bullet"), ("ol", "nhsuk-list nhsuk-list--number")):
        clean = clean.replace(f"<{name}>", f'<{name} class="{style}">')
    return mark_safe(clean)  # noqa: S308 - cleaned above
