"""
The search: every route that no other route beats, over months, cost, pay given up and number of moves.

**What a route is.** Steps in an order a person can take them, that go somewhere: they move on from a role (other than the one they
start in) only to roles that some step names it as a way into, and never through another role into one that they could walk
straight into at the start. Without this, the best paid way to any job would lead through whatever odd job pays most.

**What is compared.** (1) ticks until the person has the role, (2) pounds it costs them, self-clear gates included,
(3) pay given up on the way: the sum of ``max(0, target pay - pay at that time)``, (4) moves. All routes end inside the
horizon H, so that earnings over H, counted up to the target's own pay, are ``H * target pay - (3)``: least given up is most
earned. Pay above the target's does not count, or the best road to care worker would be ten years as something else.

**When part-route A beats B**, so that B can be dropped and no result is lost: A is no later, no dearer, has no more moves, has
given up no more pay and gives up no more where it stands, has at least B's level and B's gates, and every step that may be
taken from where B stands may be taken from where A stands. Let A follow B step by step, leaving out what changes nothing for
it: A is never behind, never dearer, never has more moves. One thing needs care: A, being earlier, may have to wait where B
need not, until a birthday. That wait lasts no longer than to the last birthday (than A's lead, if both stand alike), at no
more than the target's whole pay, and is charged to A before the two are compared.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ginnel.careers.model.routing.aim import Aim
from ginnel.careers.model.routing.table import KEEP, TICKS_PER_YEAR, RouteTable

EXTRA_MOVES = 1
"""Routes with more steps than this beyond the fewest are left out."""


class Label(NamedTuple):
    """
    A part-route: what it took so far, where it stands, and what the stop it stands at must still be needed for.

    """

    ticks: int
    cost: int
    lost: int
    moves: int
    here: int
    level: int
    held: int
    row: int
    parent: Label | None


def best_routes(
    table: RouteTable,
    aim: Aim,
    origin: int,
    *,
    pay_now: int,
    level: int,
    gates: int,
    birthdays: dict[int, int],
    horizon: int,
    max_moves: int,
) -> tuple[list[Label], int]:
    """
    Every route from ``origin`` to the aim that no other beats and that ends within ``horizon`` ticks.

    Parameters
    ----------
    pay_now : what the person earns where they stand. Unit: pounds/year.
    level, gates : the person's level (0 to 8) and gate mask.
    birthdays : for each age gate's bit index, ticks from now until the person is old enough (0: already).
    horizon, max_moves : the most ticks and steps a route may take.

    Returns
    -------
    Last labels of the routes, quickest first, one for each set of values; and the number of part-routes looked at.
    """
    target, whole = aim.target, table.pay[aim.target]
    gap_now = max(0, whole - pay_now)
    entries = aim.entries(origin, level, gates)
    grown_up = max((ticks for bit, ticks in birthdays.items() if aim.gates >> bit & 1), default=0)
    max_moves = min(max_moves, aim.fewest(origin, level, gates) + EXTRA_MOVES)
    ages: dict[int, int] = {0: 0}
    waits, wait_for = table.memo_waits, table.wait_for
    front: list[Label] = []
    met: dict[tuple[int, int, int], list[tuple[int, int, int, int]]] = {}
    kept = Kept(aim, origin, gap_now, entries, grown_up)
    root = Label(0, 0, 0, 0, origin, aim.cap(level), gates & aim.gates, -1, None)
    queue: list[tuple[int, int, Label]] = [(0, 0, root)]
    seen = 0
    while queue:
        label = heappop(queue)[2]
        ticks, cost, lost, moves, here, rank, held, _, _ = label
        bound = aim.bound(here, rank)
        if _beaten(front, ticks + bound[0], cost + bound[1], lost + bound[2], moves + bound[3]):
            continue
        if kept.beats(label):
            continue
        kept.add(label)
        here_gap = gap_now if here == origin else aim.gap[here]
        for way in aim.ways(here, origin, entries):
            if way.min_level > rank or way.hard & ~held:
                continue
            after = way.gives if way.gives > rank else rank
            moving = way.to >= 0
            holds = held | way.clears | way.soft
            if moving:
                if way.role_hard & ~holds or (way.to == origin):
                    continue
                holds |= way.role_soft
            elif after == rank and not way.clears & ~held:
                continue
            starts, price = ticks, cost + way.cost
            missing = way.soft & ~held
            if missing:
                wait, fee = waits.get(missing) or wait_for(missing)
                starts += wait
                price += fee
            if way.age:
                starts = max(starts, _until(ages, birthdays, way.age))
            ends = starts + way.ticks
            missing = way.role_soft & ~(held | way.soft)
            if missing:
                wait, fee = waits.get(missing) or wait_for(missing)
                price += fee
                ends = max(ends, starts + wait)
            if way.role_age:
                ends = max(ends, _until(ages, birthdays, way.role_age))
            spent = ends - ticks
            given_up = lost + (
                spent * here_gap if way.gap == KEEP else (spent - way.ticks) * here_gap + way.ticks * way.gap
            )
            there = way.to if moving else here
            bound = aim.bound(there, after)
            last = ends + bound[0]
            if last > horizon or moves + 1 + bound[3] > max_moves:
                continue
            if _beaten(front, last, price + bound[1], given_up + bound[2], moves + 1 + bound[3]):
                continue
            seen += 1
            if there == target:
                new = Label(ends, price, given_up, moves + 1, there, after, holds, way.row, label)
                front = [
                    f
                    for f in front
                    if not (ends <= f.ticks and price <= f.cost and given_up <= f.lost and moves + 1 <= f.moves)
                ]
                front.append(new)
                continue
            new = Label(ends, price, given_up, moves + 1, there, after, holds, way.row, label)
            mine = met.setdefault((there, after, holds), [])
            if not any(
                t <= ends and c <= price and x <= given_up and m <= moves and t >= grown_up for t, c, x, m in mine
            ):
                mine.append((ends, price, given_up, moves))
                # Cheapest first, time counted at the target's pay: good whole routes come early and cut off the rest.
                heappush(queue, (last * whole + (price + bound[1]) * TICKS_PER_YEAR + given_up + bound[2], seen, new))
    return sorted(front, key=lambda f: (f.ticks, f.cost, f.lost, f.moves, rows_of(f))), seen


def rows_of(label: Label) -> list[int]:
    """The steps of a part-route in order, as row numbers."""
    rows, step = [], label
    while step.parent is not None:
        rows.append(step.row)
        step = step.parent
    return rows[::-1]


def _until(ages: dict[int, int], birthdays: dict[int, int], mask: int) -> int:
    if mask not in ages:
        ages[mask] = max(ticks for bit, ticks in birthdays.items() if mask >> bit & 1)
    return ages[mask]


def _beaten(front: list[Label], ticks: int, cost: int, lost: int, moves: int) -> bool:
    return any(f.ticks <= ticks and f.cost <= cost and f.lost <= lost and f.moves <= moves for f in front)


class Kept:
    """Part-routes that the search has gone on from, in columns, so that one comparison looks at them all."""

    def __init__(self, aim: Aim, origin: int, gap_now: int, entries: int, grown_up: int) -> None:
        self.aim, self.origin, self.gap_now, self.entries, self.grown_up = aim, origin, gap_now, entries, grown_up
        self.size = 0
        self.values = np.empty((6, 256), dtype=np.int64)
        self.labels: list[Label] = []

    def _gap(self, here: int) -> int:
        return self.gap_now if here == self.origin else self.aim.gap[here]

    def _exits(self, here: int) -> int:
        return self.aim.exits(here, self.origin, self.entries)

    def _row(self, label: Label) -> tuple[int, int, int, int, int, int]:
        return label.ticks, label.cost, label.lost, label.moves, -label.level, self._gap(label.here)

    def add(self, label: Label) -> None:
        if self.size == self.values.shape[1]:
            self.values = np.concatenate([self.values, np.empty_like(self.values)], axis=1)
        self.values[:, self.size] = self._row(label)
        self.labels.append(label)
        self.size += 1

    def beats(self, label: Label) -> bool:
        """Whether a kept part-route beats this one."""
        mine = np.array(self._row(label), dtype=np.int64)[:, None]
        near: npt.NDArray[np.bool_] = np.all(self.values[:, : self.size] <= mine, axis=0)
        whole = self.aim.table.pay[self.aim.target]
        for at in np.flatnonzero(near).tolist():
            other = self.labels[at]
            if label.held & ~other.held:
                continue
            if other.here != label.here and self._exits(label.here) & ~self._exits(other.here):
                continue
            if other.ticks >= self.grown_up:
                return True
            lead = self.grown_up - other.ticks
            if other[4:7] == label[4:7]:
                lead = min(lead, label.ticks - other.ticks)
            if other.lost + lead * whole <= label.lost:
                return True
        return False
