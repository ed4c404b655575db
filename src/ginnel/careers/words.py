"""Names that `rules` decides with, and short phrases many pages share, in the reader's language."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from ginnel.careers import rules
from ginnel.core.words import Translated, in_a_row

INTEREST_NAMES = Translated(rules.INTEREST_NAMES)
LEVEL_NAMES = Translated(rules.LEVEL_NAMES)
SHIFT_NAMES = Translated(rules.SHIFT_NAMES)
PAYER_NAMES = Translated(rules.PAYER_NAMES)


def payers_in_words(payers: Sequence[str], *, joined_by: str = "and") -> str:
    """`["levy", "employer"]` → `the apprenticeship levy and your employer`; `joined_by`: "and" or "or"."""
    return in_a_row([PAYER_NAMES.get(payer, payer) for payer in payers], last=joined_by)


def months_named(days: Iterable[date | None]) -> list[str]:
    """The months of these days, earliest first, each once: `["April 2025", "April 2026"]`. Nothing stands for no figure."""
    return [f"{MONTHS[month]} {year}" for year, month in sorted({(day.year, day.month) for day in days if day})]


def figures_of_different_dates(days: Iterable[date | None]) -> str:
    """`figures of April 2025 and April 2026` where figures set side by side are of different months; otherwise nothing."""
    months = months_named(days)
    return _("figures of %(months)s") % {"months": in_a_row(months)} if len(months) > 1 else ""


def figures_between(days: Iterable[date | None]) -> str:
    """`figures from April 2025 to November 2026` where very many figures are set side by side; nothing if all are of one month."""
    months = months_named(days)
    return _("figures from %(first)s to %(last)s") % {"first": months[0], "last": months[-1]} if len(months) > 1 else ""
