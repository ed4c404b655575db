"""Where next, in words: the moves out of a role and out of a pool of people, for pages and the command line."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from ginnel.careers.engine import RouteEngine, route_engine
from ginnel.careers.model.moves import Move, PoolMove, RoleFacts, moves_for_pool, moves_from
from ginnel.careers.models import Role, RoleSkill, Step
from ginnel.careers.people import LEVEL_OF_ROLE
from ginnel.careers.words import figures_of_different_dates
from ginnel.core.text import months_in_words
from ginnel.core.words import english

SKILLS_NAMED = 3


@dataclass(frozen=True, slots=True)
class NextMove:
    """
    One move in words.

    `bring`: how much of the new role's main skills is used already; `skills`: up to three of these by name.
    `pay_dates`: said beside the change in pay where the two figures are of different dates, otherwise empty.
    `first`: what has to come before it. `sooner_with`: what makes it quicker for those who have it.
    """

    move: Move
    name: str
    by: str
    title: str
    months: str
    bring: str
    skills: list[str]
    lacks: list[str]
    first: list[str]
    sooner_with: list[str]
    pay_dates: str


@dataclass(frozen=True, slots=True)
class NextForPool:
    """A role some of a pool could move to, in words. `from_names`: the roles they come from."""

    found: PoolMove
    name: str
    from_names: list[str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What moves are worked out from and said with, of one edition of the pack: facts by role, names by skill, dates of pay by role."""

    engine: RouteEngine
    facts: dict[str, RoleFacts]
    skills: dict[str, str]
    pay_as_of: dict[str, date | None]


_kept: _Known | None = None


def next_moves_from(role: str) -> list[NextMove]:
    """
    The moves out of a role, most skills shared first.

    :raises ValueError: for a slug that is not a role.
    """
    known = _known()
    return [_in_words(move, known) for move in moves_from(known.engine.table, known.facts, role)]


def next_moves_for_pool(pool: Mapping[str, int]) -> list[NextForPool]:
    """
    Where a pool (heads by role) could go, most heads at once first.

    :raises ValueError: for a slug that is not a role, or a number below 0.
    """
    known = _known()
    names = known.engine.places
    return [
        NextForPool(one, names[one.to], [names[move.from_] for move in one.moves])
        for one in moves_for_pool(known.engine.table, known.facts, pool)
    ]


def next_json(words: NextMove) -> dict[str, object]:
    """A move as plain values. Months as numbers, pay in pounds a year."""
    return {
        "name": words.name,
        "title": words.title,
        "by": words.by,
        **_plain(words.move),
        "pay_dates": words.pay_dates or None,
    }


def pool_json(words: NextForPool) -> dict[str, object]:
    """A pool's way out as plain values: numbers of people, and the move from each role."""
    found, dates = words.found, _known().pay_as_of
    return {
        "to": found.to,
        "name": words.name,
        "heads": found.heads,
        "at_once": found.at_once,
        "soon": found.soon,
        "share": round(found.share, 3),
        "moves": [{**_plain(move), "pay_dates": pay_dates_of(move, dates) or None} for move in found.moves],
    }


def _plain(move: Move) -> dict[str, object]:
    values = asdict(move)
    return {"from": values.pop("from_"), **values, "share": round(move.share, 3), "open": move.open}


def _in_words(move: Move, known: _Known) -> NextMove:
    engine = known.engine
    first = [english(engine.gates[gate]) for gate in move.needs_gates]
    if move.needs_level is not None:
        first.append(_("a qualification at level %(needs_level)s") % {"needs_level": move.needs_level})
    return NextMove(
        move,
        english(engine.places[move.to]),
        str(Step.By(engine.table.steps_by_id[move.step].by).label),
        english(engine.steps[move.step]),
        months_in_words(move.months),
        bring_in_words(len(move.brings), len(move.brings) + len(move.lacks)),
        [english(known.skills[skill]) for skill in move.brings[:SKILLS_NAMED]],
        [english(known.skills[skill]) for skill in move.lacks],
        first,
        [english(engine.gates[gate]) for gate in move.waits_for],
        pay_dates_of(move, known.pay_as_of),
    )


def pay_dates_of(move: Move, pay_as_of: Mapping[str, date | None]) -> str:
    """`figures of April 2025 and April 2026` if the change in pay is between two dates."""
    if move.pay_change_gbp is None:
        return ""
    return figures_of_different_dates([pay_as_of.get(move.from_), pay_as_of.get(move.to)])


def bring_in_words(used: int, main: int) -> str:
    """`(4, 6)` → `4 of its 6 main skills`."""
    if not used:
        return _("A fresh start")
    return (
        _("All of its main skills")
        if used == main
        else _("%(used)s of its %(main)s main skills") % {"used": used, "main": main}
    )


def _known() -> _Known:
    """Kept with the route engine it belongs to."""
    global _kept
    engine, kept = route_engine(), _kept
    if kept is None or kept.engine is not engine:
        kept = _kept = _learn(engine)
    return kept


def _learn(engine: RouteEngine) -> _Known:
    """Three queries."""
    skills: dict[int, tuple[list[str], list[str]]] = {}
    names: dict[str, str] = {}
    for link in RoleSkill.objects.select_related("skill").order_by("role_id", "position"):
        essential, helpful = skills.setdefault(link.role_id, ([], []))
        (essential if link.essential else helpful).append(link.skill.slug)
        names[link.skill.slug] = link.skill.name
    facts = {}
    pay_as_of = {}
    for role in Role.objects.public().select_related("family").prefetch_related("settings"):
        essential, helpful = skills.get(role.pk, ([], []))
        pay_as_of[role.slug] = role.pay_as_of
        facts[role.slug] = RoleFacts(
            role.slug,
            role.family.slug,
            LEVEL_OF_ROLE[role.level],
            frozenset(setting.slug for setting in role.settings.all()),
            role.pay_low_gbp,
            role.pay_high_gbp,
            tuple(essential),
            tuple(helpful),
        )
    return _Known(engine, facts, names, pay_as_of)
