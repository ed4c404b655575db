"""Decisions about what people say of themselves."""

from ginnel.core.marking import gettext_noop

OLDEST = 120
CHILDREN_UNDER = 18


def reasons_not_to_take_year(text: str, *, this_year: int) -> list[str]:
    """Why a year of birth cannot be right; empty means it can."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return [gettext_noop("Type the year with four digits, like 1990")]
    if not this_year - OLDEST <= int(text) <= this_year:
        return [gettext_noop("Check the year and type it again")]
    return []


def may_be_a_child(birth_year: int | None, *, this_year: int) -> bool:
    """
    Whether somebody born in this year may still be under 18. Without the day, the later birthday is taken: in doubt, protect.

    None (they did not say): False; nothing on the site shows or does more for grown-ups, so that nobody need be asked.
    """
    return birth_year is not None and this_year - birth_year <= CHILDREN_UNDER


def may_be_under_16(birth_year: int | None, *, this_year: int) -> bool:
    """As `may_be_a_child`, for questions that the census asks from 16 only."""
    return birth_year is not None and this_year - birth_year <= 16
