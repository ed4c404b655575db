"""Decisions of Career Compass in plain values, with reasons people can read."""

from collections.abc import Mapping, Sequence

from ginnel.core.marking import gettext_noop

INTERESTS = "RIASEC"
INTEREST_NAMES = {
    "R": gettext_noop("Practical: working with your hands"),
    "I": gettext_noop("Finding out: how and why things work"),
    "A": gettext_noop("Making: art, music, ideas"),
    "S": gettext_noop("Helping: being there for people"),
    "E": gettext_noop("Leading: getting things going"),
    "C": gettext_noop("Order: keeping things right and on time"),
}
LEVEL_NAMES = {
    0: gettext_noop("No qualifications yet"),
    1: gettext_noop("Some GCSEs (grades 3 to 1), or level 1"),
    2: gettext_noop("5 GCSEs at grade 4 (C) or above, or level 2"),
    3: gettext_noop("A levels, T Level, BTEC or Access course (level 3)"),
    4: gettext_noop("HNC or first year of a degree (level 4)"),
    5: gettext_noop("Foundation degree or HND (level 5)"),
    6: gettext_noop("Degree (level 6)"),
    7: gettext_noop("Master's degree (level 7)"),
    8: gettext_noop("Doctorate (level 8)"),
}
SHIFT_NAMES = {
    "days": gettext_noop("Days"),
    "evenings": gettext_noop("Evenings"),
    "nights": gettext_noop("Nights"),
    "weekends": gettext_noop("Weekends"),
    "on-call": gettext_noop("On call"),
    "school-hours": gettext_noop("School hours possible"),
    "flexible": gettext_noop("Flexible"),
}
PAYER_NAMES = {
    "you": gettext_noop("you"),
    "employer": gettext_noop("your employer"),
    "levy": gettext_noop("the apprenticeship levy"),
    "state": gettext_noop("the government"),
    "student-finance": gettext_noop("a student loan"),
    "learning-support-fund": gettext_noop("the NHS Learning Support Fund"),
    "workforce-development-fund": gettext_noop("the Workforce Development Fund for social care"),
    "nhs": gettext_noop("the NHS"),
}


def main_interests(interests: Sequence[int], *, most: int = 2) -> list[str]:
    """The letters a role is most about: its highest interests, 3 or more, at most `most`."""
    order = sorted(range(len(interests)), key=lambda i: (-interests[i], i))
    return [INTERESTS[i] for i in order[:most] if interests[i] >= 3]


def nearest_filter_to_drop(counts_without: Mapping[str, int]) -> str | None:
    """The one filter to take off that brings back most roles; None if none brings any."""
    best = max(counts_without.items(), key=lambda item: (item[1], item[0]), default=None)
    return best[0] if best and best[1] else None
