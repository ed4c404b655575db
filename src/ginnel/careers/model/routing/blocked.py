"""When there is no route: which steps stay shut, and which roles are nearest to the target."""

from __future__ import annotations

from collections.abc import Sequence

from ginnel.careers.model.routing.answer import Missing
from ginnel.careers.model.routing.table import STAY, RouteTable, bits

MISSING_SHOWN = 5


def shut_steps(
    table: RouteTable, origin: int, level: int, gates: int, goal: int
) -> tuple[str, tuple[Missing, ...], int]:
    """
    Why a target cannot be reached: the kind of obstacle, the shut steps nearest to the target, and the positions in reach.

    Keeps every gate and level that can be gained and follows every open step: what stays shut then is shut in any order.
    """
    places, level, have = _in_reach(table, origin, level, gates)
    away = moves_away(table, goal)
    shut = []
    for row in table.rows:
        here = row.origins is None or any(places >> place & 1 for place in row.origins)
        if row.to == STAY or places >> row.to & 1 or not here or away[row.to] >= len(table.positions):
            continue
        lacks = (row.needs | table.position_gates[row.to] & ~row.clears) & table.hard & ~have
        short = row.min_level if row.min_level > level else None
        if lacks or short is not None:
            shut.append((away[row.to], lacks.bit_count() + (short is not None), row.index, lacks, short))
    shut.sort(key=lambda one: one[:3])
    if not any(row.to == goal for row in table.rows):
        return "no-steps", (), places
    if places >> goal & 1 or not shut:
        return "too-long", (), places
    missing = tuple(
        Missing(table.steps[index].id, table.gate_slugs(lacks), short)
        for _, _, index, lacks, short in shut[:MISSING_SHOWN]
    )
    return ("gate" if shut[0][3] else "level"), missing, places


def nearest_roles(table: RouteTable, places: int, goal: int, missing: Sequence[Missing]) -> list[int]:
    """Roles in reach, nearest to the target first: those a shut step starts from, then by moves, then by pay."""
    steps = {step.id: index for index, step in enumerate(table.steps)}
    doors = {place for one in missing for place in table.rows[steps[one.step]].origins or ()}
    away = moves_away(table, goal)
    roles = [p for p in bits(places) if table.positions[p].kind == "role" and p != goal]
    return sorted(roles, key=lambda p: (p not in doors, away[p], abs(table.pay[p] - table.pay[goal]), p))


def moves_away(table: RouteTable, goal: int) -> list[int]:
    """Fewest moves from each position to the goal if every gate and level were open; the number of positions if none."""
    far = len(table.positions)
    away = [far] * far
    away[goal] = 0
    reached, moves = {goal}, 0
    while reached:
        moves += 1
        following: set[int] = set()
        for row in table.rows:
            if row.to in reached:
                following.update(p for p in row.origins or range(far) if away[p] == far)
        for place in following:
            away[place] = moves
        reached = following
    return away


def _in_reach(table: RouteTable, origin: int, level: int, gates: int) -> tuple[int, int, int]:
    """Positions, level and gates that can be had, in whatever order."""
    places, have = 1 << origin, gates | table.soft | table.age
    growing = True
    while growing:
        growing = False
        for row in table.rows:
            if row.min_level > level or row.needs & ~have:
                continue
            if row.origins is not None and not any(places >> place & 1 for place in row.origins):
                continue
            gained = have | row.clears
            if row.to != STAY and table.position_gates[row.to] & ~gained:
                continue
            after = places if row.to == STAY else places | 1 << row.to
            risen = max(level, row.gives_level)
            if (after, risen, gained) != (places, level, have):
                places, level, have, growing = after, risen, gained, True
    return places, level, have
