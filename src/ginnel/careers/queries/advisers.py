"""A pack for a class: one sheet a role, with the ways in and something to talk about."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from ginnel.careers.models import Gate, Role, Step
from ginnel.careers.rules import main_interests
from ginnel.careers.words import LEVEL_NAMES
from ginnel.core.words import english, gettext_lazy, listed

WAYS_SHOWN = 4
_LEVELS = list(Role.Level.values)
_BY_INTEREST = {
    "R": gettext_lazy(
        "This job is about using your hands. What have you made, mended or looked after that shows you can?"
    ),
    "I": gettext_lazy(
        "This job is about finding out how things work. What did you last look into because you wanted to know?"
    ),
    "A": gettext_lazy(
        "This job has room for ideas and making things. How could being creative make a hard day better for someone?"
    ),
    "S": gettext_lazy(
        "This job is about being there for people. Think of someone who helped you: what did they do that worked?"
    ),
    "E": gettext_lazy(
        "This job is about getting things going. When did you last lead something, and what was hard about it?"
    ),
    "C": gettext_lazy(
        "This job is about getting things right. What could go wrong for a patient if a small detail was missed?"
    ),
}
_BY_GATE = {
    Gate.Kind.REGISTRATION: gettext_lazy(
        "You must be on a register to do this job. Why do you think the law asks for that?"
    ),
    Gate.Kind.QUALIFICATION: gettext_lazy(
        "This job asks for a qualification. Which subjects you take now would help you get it?"
    ),
    Gate.Kind.CHECK: gettext_lazy(
        "People who do this job are checked first. What would you want to know about someone who cares for you?"
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: who may take it, and the qualifications it asks for (empty: none)."""

    step: Step
    who: str
    level: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One role as a class reads it."""

    role: Role
    ways: Sequence[Way]
    more_ways: int
    questions: Sequence[str]


def slugs_for_pack(*, roles: Sequence[str], family: str, interest: str, most: int) -> tuple[list[str], int]:
    """
    Which roles a pack holds, and how many fit in all.

    Roles picked by hand go before everything. Else those of the part and the interest: easiest to start first, then by
    name.
    """
    if roles:
        return list(roles[:most]), len(roles)
    found = Role.objects.public().order_by("name", "pk")
    if family:
        found = found.in_family(family)
    rows = list(found.values_list("slug", "level", "interests"))
    if interest:
        rows = [row for row in rows if interest in main_interests(row[2])]
    rows.sort(key=lambda row: _LEVELS.index(row[1]))
    return [slug for slug, _, _ in rows[:most]], len(rows)


def sheets(slugs: Sequence[str]) -> list[Sheet]:
    """Sheets of these roles, in this order. Costs the same number of queries for one or twelve."""
    found = {
        role.slug: role for role in Role.objects.public().filter(slug__in=slugs).for_print().prefetch_related("gates")
    }
    ways = _ways_in([role.pk for role in found.values()])
    return [
        Sheet(role, ways[role.pk][:WAYS_SHOWN], max(0, len(ways[role.pk]) - WAYS_SHOWN), talk_about(role))
        for role in (found[slug] for slug in slugs if slug in found)
    ]


def talk_about(role: Role) -> list[str]:
    """Three questions for a class: the day, what the job is about, and what stands before it."""
    questions = [_("Read about the day. Which part would you like best, and which would you find hardest? Why?")]
    letters = main_interests(role.interests)
    questions.append(_BY_INTEREST[letters[0] if letters else "S"])
    kinds = {gate.kind for gate in role.gates.all()}
    by_gate = [text for kind, text in _BY_GATE.items() if kind in kinds]
    questions.append(by_gate[0] if by_gate else _("What could you do this year that brings you a step nearer?"))
    return questions


def _ways_in(roles: Collection[int]) -> dict[int, list[Way]]:
    """Steps that lead to each role: open to anyone first, then to beginners, then from roles; quickest first in each."""
    steps = Step.objects.public().filter(to__in=roles).select_related("source")
    found: dict[int, list[Step]] = defaultdict(list)
    for step in steps.prefetch_related(Prefetch("from_roles", Role.objects.only("name")), "from_starts").order_by(
        "months", "slug"
    ):
        if step.to_id is not None:
            found[step.to_id].append(step)
    return defaultdict(
        list, {role: [_way(step) for step in sorted(ways, key=_how_far)] for role, ways in found.items()}
    )


def _how_far(step: Step) -> int:
    return 0 if step.from_anywhere else 1 if step.from_starts.all() else 2


def _way(step: Step) -> Way:
    names = [english(start.name) for start in step.from_starts.all()]
    names += [english(role.name) for role in step.from_roles.all()]
    who = _("Open to anyone") if step.from_anywhere else _("From: %(names)s") % {"names": listed(names)}
    return Way(step, who, LEVEL_NAMES.get(step.min_level, "") if step.min_level else "")
