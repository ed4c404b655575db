"""Decisions of Career Compass in plain values, with reasons people can read."""

from calendar import month_name
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

INTERESTS = "RIASEC"
INTEREST_NAMES = {
    "R": "Practical: working with your hands",
    "I": "Finding out: how and why things work",
    "A": "Making: art, music, ideas",
    "S": "Helping: being there for people",
    "E": "Leading: getting things going",
    "C": "Order: keeping things right and on time",
}
LEVEL_NAMES = {
    0: "No qualifications yet",
    1: "Some GCSEs (grades 3 to 1), or level 1",
    2: "5 GCSEs at grade 4 (C) or above, or level 2",
    3: "A levels, T Level, BTEC or Access course (level 3)",
    4: "HNC or first year of a degree (level 4)",
    5: "Foundation degree or HND (level 5)",
    6: "Degree (level 6)",
    7: "Master's degree (level 7)",
    8: "Doctorate (level 8)",
}
SHIFT_NAMES = {
    "days": "Days",
    "evenings": "Evenings",
    "nights": "Nights",
    "weekends": "Weekends",
    "on-call": "On call",
    "school-hours": "School hours possible",
    "flexible": "Flexible",
}
PAYER_NAMES = {
    "you": "you",
    "employer": "your employer",
    "levy": "the apprenticeship levy",
    "state": "the government",
    "student-finance": "a student loan",
    "learning-support-fund": "the NHS Learning Support Fund",
    "workforce-development-fund": "the Workforce Development Fund for social care",
    "nhs": "the NHS",
}


def main_interests(interests: Sequence[int], *, most: int = 2) -> list[str]:
    """The letters a role is most about: its highest interests, 3 or more, at most `most`."""
    order = sorted(range(len(interests)), key=lambda i: (-interests[i], i))
    return [INTERESTS[i] for i in order[:most] if interests[i] >= 3]


def payers_in_words(payers: Sequence[str], *, joined_by: str = "and") -> str:
    """`["levy", "employer"]` → `the apprenticeship levy and your employer`."""
    names = [PAYER_NAMES.get(payer, payer) for payer in payers]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joined_by} {names[-1]}" if names else ""


MONTHS = list(month_name)[1:]


def months_named(days: Iterable[date | None]) -> list[str]:
    """The months of these days, earliest first, each once: `["April 2025", "April 2026"]`. Nothing stands for no figure."""
    return [f"{MONTHS[month - 1]} {year}" for year, month in sorted({(day.year, day.month) for day in days if day})]


def figures_of_different_dates(days: Iterable[date | None]) -> str:
    """`figures of April 2025 and April 2026` where figures set side by side are of different months; otherwise nothing."""
    months = months_named(days)
    return f"figures of {', '.join(months[:-1])} and {months[-1]}" if len(months) > 1 else ""


def figures_between(days: Iterable[date | None]) -> str:
    """`figures from April 2025 to November 2026` where very many figures are set side by side; nothing if all are of one month."""
    months = months_named(days)
    return f"figures from {months[0]} to {months[-1]}" if len(months) > 1 else ""


def nearest_filter_to_drop(counts_without: Mapping[str, int]) -> str | None:
    """The one filter to take off that brings back most roles; None if none brings any."""
    best = max(counts_without.items(), key=lambda item: (item[1], item[0]), default=None)
    return best[0] if best and best[1] else None
