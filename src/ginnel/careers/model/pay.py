"""Pay as people write it, in pounds a year."""

import re

HOURS_A_YEAR = 37.5 * 52
_UNITS = {"hour": HOURS_A_YEAR, "day": 260, "week": 52, "month": 12, "year": 1}
_WRITTEN = {
    "hour": ("hour", "hr", "h", "ph", "hourly"),
    "day": ("day", "d", "daily"),
    "week": ("week", "wk", "w", "pw", "weekly"),
    "month": ("month", "mth", "m", "pm", "pcm", "monthly"),
    "year": ("year", "yr", "y", "annum", "a", "pa", "yearly", "annually"),
}
_UNIT_OF = {word: unit for unit, words in _WRITTEN.items() for word in words}
_PAY = re.compile(
    r"(?:about|around|at least|min(?:imum)?|over)? ?(?:£|gbp)? ?(?P<sum>\d{1,3}(?:[, ]\d{3})+|\d+)(?P<part>\.\d{1,2})? ?(?P<thousand>k)?"
    r" ?(?:£|gbp|pounds?|quid)? ?\+? ?(?:(?:a|an|per|each|every|/|,) ?)?(?P<unit>[a-z]+)?"
)
LEAST_A_YEAR = 1_000  # a bare number under it is no pay for a year of work: of an hour, a week, a month?


def yearly_pay(words: str) -> int | None:
    """
    Pounds a year, from an amount with or without its unit: `£25,000`, `25k`, `25,000 a year`, `12.50 an hour`, `£480 pw`.

    Full time is taken as 37.5 hours a week for 52 weeks. Without a unit the amount is of a year. None for what cannot be read, and for
    a bare amount too small to be a year's (but nought, which asks for nothing).
    """
    found = _PAY.fullmatch(
        re.sub(r"[\s\u00a0]+", " ", words.lower().replace("p.a.", "pa").replace("p.h.", "ph")).strip(" .")
    )
    if not found:
        return None
    amount = float(re.sub(r"[, ]", "", found["sum"]) + (found["part"] or "")) * (1000 if found["thousand"] else 1)
    if not found["unit"]:
        return round(amount) if amount == 0 or amount >= LEAST_A_YEAR else None
    unit = _UNIT_OF.get(found["unit"])
    return None if unit is None else round(amount * _UNITS[unit])
