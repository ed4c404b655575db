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

from ginnel.careers.model.routing.ahead import Ahead, Least, Standing
from ginnel.careers.model.routing.aim import Aim
from ginnel.careers.model.routing.table import KEEP, TICKS_PER_YEAR


class Label(NamedTuple):
    """A part-route: what it took so far, where it stands, all gates held there, its last step and the part-route before it."""

    ticks: int
    cost: int
    lost: int
    moves: int
    at: Standing
    held: int
    row: int
    parent: Label | None


def best_routes(
    aim: Aim,
    ahead: Ahead,
    *,
    gates: int,
    birthdays: dict[int, int],
    horizon: int,
    by_way_of: frozenset[int] = frozenset(),
) -> tuple[list[Label], int]:
    """
    Every route to the aim over the ways ahead that no other beats and that ends within ``horizon`` ticks.

    Parameters
    ----------
    gates : the person's gate mask.
    birthdays : for each age gate's bit index, ticks from now until the person is old enough (0: already).
    horizon : the most ticks a route may take.
    by_way_of : rows of steps; if any are given, only routes that take one of them.

    Returns
    -------
    Last labels of the routes, quickest first, one for each set of values; and the number of part-routes looked at.
    """
    table, target, whole = aim.table, aim.target, aim.table.pay[aim.target]
    origin, limit, onward = ahead.start[0], ahead.limit, ahead.onward
    grown_up = max((ticks for bit, ticks in birthdays.items() if aim.gates >> bit & 1), default=0)
    # Having taken one of the steps asked for is held like a gate that the target asks for.
    taken = 1 << len(table.gates) if by_way_of else 0
    ages: dict[int, int] = {0: 0}
    waits, wait_for = table.memo_waits, table.wait_for
    front: list[Label] = []
    met: dict[tuple[Standing, int], list[tuple[int, int, int, int]]] = {}
    kept = Kept(aim, ahead, grown_up)
    root = Label(0, 0, 0, 0, ahead.start, gates & aim.gates, -1, None)
    queue: list[tuple[int, int, Label, Least]] = [(0, 0, root, ahead.least)]
    seen = 0
    while queue:
        _, _, label, least = heappop(queue)
        ticks, cost, lost, moves, at, held, _, _ = label
        if _beaten(front, ticks + least.ticks, cost + least.cost, lost + least.lost, moves + least.moves):
            continue
        if kept.beats(label):
            continue
        kept.add(label)
        here_gap = ahead.gap_now if at[0] == origin else aim.gap[at[0]]
        for way, to, least in onward[at]:
            if moves + 1 + least.moves > limit:
                continue
            holds = held | way.clears | way.soft | (taken if way.row in by_way_of else 0)
            if to[0] == target and taken & ~holds:
                continue
            if way.to >= 0:
                holds |= way.role_soft
            elif to == at and not holds & ~(held | way.soft):
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
            last = ends + least.ticks
            if last > horizon:
                continue
            if _beaten(front, last, price + least.cost, given_up + least.lost, moves + 1 + least.moves):
                continue
            seen += 1
            new = Label(ends, price, given_up, moves + 1, to, holds, way.row, label)
            if to[0] == target:
                front = [
                    f
                    for f in front
                    if not (ends <= f.ticks and price <= f.cost and given_up <= f.lost and moves + 1 <= f.moves)
                ]
                front.append(new)
                continue
            mine = met.setdefault((to, holds), [])
            if not any(
                t <= ends and c <= price and x <= given_up and m <= moves and t >= grown_up for t, c, x, m in mine
            ):
                mine.append((ends, price, given_up, moves))
                # Cheapest first, time counted at the target's pay: good whole routes come early and cut off the rest.
                worth = last * whole + (price + least.cost) * TICKS_PER_YEAR + given_up + least.lost
                heappush(queue, (worth, seen, new, least))
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

    def __init__(self, aim: Aim, ahead: Ahead, grown_up: int) -> None:
        self.aim, self.ahead, self.grown_up = aim, ahead, grown_up
        self.size = 0
        self.values = np.empty((6, 256), dtype=np.int64)
        self.labels: list[Label] = []

    def _row(self, label: Label) -> tuple[int, int, int, int, int, int]:
        place, level, _ = label.at
        gap = self.ahead.gap_now if place == self.ahead.start[0] else self.aim.gap[place]
        return label.ticks, label.cost, label.lost, label.moves, -level, gap

    def _can_follow(self, other: Label, label: Label) -> bool:
        """Whether every step that matters where one stands may be taken from where the other stands."""
        place, there, ahead = label.at[0], other.at[0], self.ahead
        return place == there or not ahead.exits[place] & ~self.aim.exits(there, ahead.start[0], ahead.entries)

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
            if not self._can_follow(other, label):
                continue
            if other.ticks >= self.grown_up:
                return True
            lead = self.grown_up - other.ticks
            if other.at == label.at and other.held == label.held:
                lead = min(lead, label.ticks - other.ticks)
            if other.lost + lead * whole <= label.lost:
                return True
        return False
