"""Where next: the moves that lead out of a role, for one person and for a pool. See docs/methods.md#where-next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ginnel.careers.model.routing import RouteTable, Step
from ginnel.careers.model.routing.table import bits, to_months

AT_ONCE_MONTHS = 2
SOON_MONTHS = 12


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """
    What is known of a role.

    ``level``: qualification level (0 to 8) that people in it are taken to have. ``settings``: kinds of employer.
    ``pay_low_gbp``, ``pay_high_gbp``: pounds a year, whole-time; None: unpaid. ``essential``, ``helpful``: skill keys in order of weight.
    """

    slug: str
    family: str
    level: int
    settings: frozenset[str]
    pay_low_gbp: int | None
    pay_high_gbp: int | None
    essential: tuple[str, ...]
    helpful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """
    One step out of a role, as it falls for somebody who holds the gates of that role and no others.

    ``months`` until they do the new job: the step and the waits for self-clear gates. ``pay_change_gbp``,
    ``top_pay_change_gbp``: pounds a year, lowest to lowest and highest to highest; None if either role is unpaid.
    ``brings``, ``lacks``: the target's essential skills, used already or not; ``share``: the part used already, 0 to 1.
    ``needs_gates``: gates that must be held first and that nothing on the step gives. ``needs_level``: the same for a
    qualification level. ``waits_for``: self-clear gates that make it longer than the step itself; who holds them is there
    sooner. ``same_employers``: the two roles share a kind of employer.
    """

    step: str
    from_: str
    to: str
    months: float
    pay_change_gbp: int | None
    top_pay_change_gbp: int | None
    brings: tuple[str, ...]
    lacks: tuple[str, ...]
    needs_gates: tuple[str, ...]
    needs_level: int | None
    waits_for: tuple[str, ...]
    same_employers: bool
    same_family: bool

    @property
    def share(self) -> float:
        whole = len(self.brings) + len(self.lacks)
        return len(self.brings) / whole if whole else 0.0

    @property
    def open(self) -> bool:
        """Nothing has to come first."""
        return not self.needs_gates and self.needs_level is None


@dataclass(frozen=True, slots=True)
class PoolMove:
    """
    A role that some of a pool could move to, and how many heads.

    ``heads``: people in a role with a step there. ``at_once``: of these, those whom nothing stops and who need at most
    2 months. ``soon``: at most 12 months, those of ``at_once`` among them. ``share``: mean over ``heads`` of the part of
    the essential skills used already, 0 to 1. ``moves``: one for each role they come from.
    """

    to: str
    heads: int
    at_once: int
    soon: int
    share: float
    moves: tuple[Move, ...]


def moves_from(table: RouteTable, facts: Mapping[str, RoleFacts], role: str) -> list[Move]:
    """
    One move for each role that a step names this one as a way into; most skills shared first, then soonest, then by slug.

    Study that leads to no role and steps open to everyone are left out. Of several steps to the same role, one that is
    open goes before one that is not, then the soonest, then the cheapest. Ages are taken as reached.

    Raises
    ------
    ValueError
        For a role of which no facts are given or that the table does not hold, whether it is left or led to.
    """
    here = _known(facts, role)
    best: dict[str, tuple[tuple[bool, float, int, str], Move]] = {}
    for index in table.leaving[table.position_of(role)]:
        step = table.steps[index]
        if step.to is None or step.to == role:
            continue
        move = _move(table, index, step, here, _known(facts, step.to))
        rank = (not move.open, move.months, step.cost_gbp, step.id)
        if step.to not in best or rank < best[step.to][0]:
            best[step.to] = rank, move
    return sorted((move for _, move in best.values()), key=lambda move: (-move.share, move.months, move.to))


def moves_for_pool(table: RouteTable, facts: Mapping[str, RoleFacts], pool: Mapping[str, int]) -> list[PoolMove]:
    """
    Where a pool of people, given as heads by role, could go: most heads at once first, then soon, then by skills shared, then by slug.

    Each head is counted for every role it could move to, so heads of several rows must not be added up.

    Raises
    ------
    ValueError
        For a role that is not known, or a number of heads below 0.
    """
    for role, heads in pool.items():
        if heads < 0:
            raise ValueError(f"{role}: {heads} people; the number must be 0 or more")
    by_target: dict[str, list[Move]] = {}
    for role in sorted(pool):
        for move in moves_from(table, facts, role):
            if pool[role]:
                by_target.setdefault(move.to, []).append(move)
    found = [_together(to, moves, pool) for to, moves in by_target.items()]
    return sorted(found, key=lambda one: (-one.at_once, -one.soon, -one.share, one.to))


def _together(to: str, moves: list[Move], pool: Mapping[str, int]) -> PoolMove:
    def count(some: Iterable[Move]) -> int:
        return sum(pool[move.from_] for move in some)

    heads = count(moves)
    return PoolMove(
        to,
        heads,
        count(move for move in moves if move.open and move.months <= AT_ONCE_MONTHS),
        count(move for move in moves if move.open and move.months <= SOON_MONTHS),
        sum(move.share * pool[move.from_] for move in moves) / heads,
        tuple(moves),
    )


def _move(table: RouteTable, index: int, step: Step, here: RoleFacts, there: RoleFacts) -> Move:
    row = table.rows[index]
    held = table.position_gates[table.position_of(here.slug)]
    # As in a route: gates of the step come before it, gates of the role are had while it runs (docs/methods.md#routes).
    before = row.needs & ~held
    during = table.position_gates[row.to] & ~held & ~row.clears
    wait, last_before = _wait(table, before & table.soft)
    alongside, last_during = _wait(table, during & table.soft & ~before)
    used = {*here.essential, *here.helpful}
    return Move(
        step=step.id,
        from_=here.slug,
        to=there.slug,
        months=to_months(wait + max(row.ticks, alongside)),
        pay_change_gbp=_change(here.pay_low_gbp, there.pay_low_gbp),
        top_pay_change_gbp=_change(here.pay_high_gbp, there.pay_high_gbp),
        brings=tuple(skill for skill in there.essential if skill in used),
        lacks=tuple(skill for skill in there.essential if skill not in used),
        needs_gates=table.gate_slugs((before | during) & table.hard),
        needs_level=row.min_level if row.min_level > here.level else None,
        waits_for=table.gate_slugs(last_before | (last_during if alongside > row.ticks else 0)),
        same_employers=not here.settings.isdisjoint(there.settings),
        same_family=here.family == there.family,
    )


def _wait(table: RouteTable, mask: int) -> tuple[int, int]:
    """Ticks until all these self-clear gates are had, and the mask of those that take so long (none if it takes no time)."""
    ticks, _ = table.wait_for(mask)
    return ticks, sum(1 << bit for bit in bits(mask) if ticks and table.gate_ticks[bit] == ticks)


def _known(facts: Mapping[str, RoleFacts], role: str) -> RoleFacts:
    if role not in facts:
        raise ValueError(f"unknown role {role!r}")
    return facts[role]


def _change(now: int | None, then: int | None) -> int | None:
    return None if now is None or then is None else then - now
