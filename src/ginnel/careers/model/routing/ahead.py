"""
What lies ahead in one search: the standings on some way to the target, and the least each still needs.

A *standing* is a place, a level and the hard gates held: all that decides which steps are open. There are only some hundreds of
them in one question, and most steps out of them lead nowhere in time. Finding this out first lets the search of `search.py`, which
minds money and waits as well, look at ways that arrive and at nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ginnel.careers.model.routing.aim import FAR, Aim, Way
from ginnel.careers.model.routing.table import KEEP

EXTRA_MOVES = 1
"""Routes with more steps than this beyond the fewest are left out."""

Standing = tuple[int, int, int]
"""Place, level, mask of hard gates held."""


class Least(NamedTuple):
    """What any way on to the target takes at least, each for itself: self-clear gates and birthdays take no time here."""

    ticks: int
    cost: int
    lost: int
    moves: int


class Onward(NamedTuple):
    """A step that can be taken from a standing, where it leads, and the least that is needed from there."""

    way: Way
    to: Standing
    least: Least


class Ahead(NamedTuple):
    """
    The ways that matter in one search.

    `limit`: the most steps a route may have. `onward`: for each standing, the steps out of it that can still arrive within the
    limit. `exits`: for each place, the rows of these steps as a mask. `least`: what the whole way takes at least.
    `entries`, `gap_now`: as they were asked with.
    """

    start: Standing
    limit: int
    entries: int
    gap_now: int
    onward: dict[Standing, tuple[Onward, ...]]
    exits: dict[int, int]
    least: Least


def look_ahead(aim: Aim, origin: int, level: int, gates: int, *, gap_now: int, max_moves: int) -> Ahead | None:
    """
    The ways from here to the aim with at most `EXTRA_MOVES` steps beyond the fewest; None if `max_moves` are not enough.

    Parameters
    ----------
    level, gates : the person's level (0 to 8) and gate mask.
    gap_now : what the person earns less than the target pays. Unit: pounds/year.
    """
    start = (origin, aim.cap(level), gates & aim.gates & aim.table.hard)
    entries = aim.entries(origin, level, gates)
    # The aim knows no gates, so the fewest steps may be more: then look again, further.
    limit = aim.fewest(origin, start[1]) + EXTRA_MOVES
    while limit <= max_moves + EXTRA_MOVES:
        depths, steps = _steps_within(aim, start, entries, limit)
        fewest = min((depths[to] for to in depths if to[0] == aim.target), default=None)
        if fewest is None:
            limit += 1
        elif fewest + EXTRA_MOVES > limit:
            limit = fewest + EXTRA_MOVES
        elif fewest > max_moves:
            return None
        else:
            limit = min(fewest + EXTRA_MOVES, max_moves)
            return _in_time(aim, start, depths, steps, limit=limit, entries=entries, gap_now=gap_now)
    return None


Steps = list[tuple[Standing, Way, Standing]]


def _steps_within(aim: Aim, start: Standing, entries: int, limit: int) -> tuple[dict[Standing, int], Steps]:
    """Steps that are open, gates and levels minded, and may arrive within so many; and how many lead to each standing at least."""
    depths = {start: 0}
    steps: Steps = []
    ring, depth = [start], 0
    hard, target, origin = aim.table.hard, aim.target, start[0]
    while ring and depth < limit:
        depth += 1
        left = limit - depth
        following = []
        for here in ring:
            place, level, held = here
            for way in aim.ways(place, origin, entries):
                if way.min_level > level or way.hard & ~held or way.role_hard & ~(held | way.clears):
                    continue
                if way.to == origin:
                    continue
                after = way.gives if way.gives > level else level
                there = way.to if way.to >= 0 else place
                if aim.fewest(there, after) > left:
                    continue
                to = (there, after, held | way.clears & hard)
                if to == here and not way.clears & ~hard:
                    continue
                steps.append((here, way, to))
                if to not in depths:
                    depths[to] = depth
                    if there != target:
                        following.append(to)
        ring = following
    return depths, steps


def _in_time(
    aim: Aim, start: Standing, depths: dict[Standing, int], steps: Steps, *, limit: int, entries: int, gap_now: int
) -> Ahead:
    """Drop the steps that cannot arrive in time; work out the least from each standing by passing it back `limit` times."""
    number = {standing: at for at, standing in enumerate(depths)}
    best = np.full((len(number), 4), FAR, np.int64)
    best[[at for standing, at in number.items() if standing[0] == aim.target]] = 0
    source = np.array([number[here] for here, _, _ in steps])
    goes_to = np.array([number[to] for _, _, to in steps])
    takes = np.array([_takes(aim, here[0], way, start[0], gap_now) for here, way, _ in steps], np.int64)
    for _ in range(limit):
        np.minimum.at(best, source, best[goes_to] + takes)
    depth = np.fromiter(depths.values(), np.int64, len(depths))
    least = [Least(*row) for row in best.tolist()]
    onward: dict[Standing, list[Onward]] = {}
    exits: dict[int, int] = {}
    for at in np.flatnonzero(depth[source] + 1 + best[goes_to, 3] <= limit).tolist():
        here, way, to = steps[at]
        onward.setdefault(here, []).append(Onward(way, to, least[number[to]]))
        exits[here[0]] = exits.get(here[0], 0) | 1 << way.row
    return Ahead(
        start,
        limit,
        entries,
        gap_now,
        {here: tuple(ways) for here, ways in onward.items()},
        exits,
        least[number[start]],
    )


def _takes(aim: Aim, place: int, way: Way, origin: int, gap_now: int) -> tuple[int, int, int, int]:
    """Ticks, pounds, pay given up and moves of a step without its waits."""
    gap = way.gap if way.gap != KEEP else gap_now if place == origin else aim.gap[place]
    return way.ticks, way.cost, way.ticks * gap, 1
