"""Money, months and Markdown as people read them."""

from functools import lru_cache

import nh3
from django.utils.formats import get_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext, ngettext
from markdown_it import MarkdownIt

from ginnel.core.words import in_english

_MARKDOWN = MarkdownIt("commonmark")
_WORDS = "no one two three four five six seven eight nine ten".split()


def money(pounds: float | None) -> str:
    """`24852` → `£24,852`; below zero `−£300`. Nothing gives an empty text."""
    if pounds is None:
        return ""
    whole = round(pounds)
    amount = f"{'−' if whole < 0 else ''}£{grouped(abs(whole))}"
    # Among letters from right to left, the pound sign would change sides.
    return f"\u2068{amount}\u2069" if get_language_bidi() else amount


def grouped(number: float) -> str:
    """`24852` → `24,852`, or with the mark that the reader's language puts between thousands."""
    if in_english() or not get_format("NUMBER_GROUPING"):
        return f"{number:,}"
    return number_format(number, force_grouping=True)


def pay_range(low: float | None, high: float | None) -> str:
    """`£24,000 to £26,000`; one amount where they are the same."""
    if low == high:
        return money(low)
    return gettext("%(low)s to %(high)s") % {"low": money(low), "high": money(high)}


def pay_change(pounds: float) -> str:
    """`1200` → `£1,200 more`, `-300` → `£300 less`, `0` → `the same`."""
    whole = round(pounds)
    if not whole:
        return gettext("the same")
    amount = {"money": money(abs(whole))}
    return gettext("%(money)s more") % amount if whole > 0 else gettext("%(money)s less") % amount


def in_words(count: int) -> str:
    """
    Small whole numbers as words (0 to 10), others as digits.

    In other languages digits only: the word would change with the noun that follows.
    """
    return _WORDS[count] if 0 <= count < len(_WORDS) and in_english() else grouped(count)


def months_in_words(months: float) -> str:
    """`0.75` → `about 3 weeks`, `14` → `1 year 2 months`, `0` → `no wait`."""
    if months <= 0:
        return gettext("no wait")
    if months < 1.75:
        weeks = max(1, round(months * 52 / 12))
        return ngettext("about %(count)s week", "about %(count)s weeks", weeks) % {"count": weeks}
    whole = round(months)
    years, rest = divmod(whole, 12)
    in_months = ngettext("%(count)s month", "%(count)s months", rest) % {"count": rest}
    if not years:
        return in_months
    in_years = ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    return gettext("%(years)s %(months)s") % {"years": in_years, "months": in_months} if rest else in_years


@lru_cache(maxsize=512)
def markdown(text: str) -> SafeString:
    """Markdown as HTML with the design system's classes; anything but plain elements is taken out."""
    clean = nh3.clean(_MARKDOWN.render(text), tags={"p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4"})
    for name, style in (("ul", "nhsuk-list nhsuk-list--bullet"), ("ol", "nhsuk-list nhsuk-list--number")):
        clean = clean.replace(f"<{name}>", f'<{name} class="{style}">')
    return mark_safe(clean)  # noqa: S308 - cleaned above
