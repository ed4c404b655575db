"""What a search for one target needs to know of the table: the steps that can matter, and where each leads."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ginnel.careers.model.routes.bounds import INF, Ints, leading_to, lower_bounds, still_open
from ginnel.careers.model.routes.table import KEEP, STAY, TOP_LEVEL, RouteTable, StepRow, bits

# One way out, unpacked in the inner loop of the search:
# (row, to, ticks, cost, gap or KEEP, level index given, hard, soft and age gates needed, gates cleared, and the
#  hard, soft and age gates of the role it leads to that the step itself does not clear)
Way = tuple[int, int, int, int, int, int, int, int, int, int, int, int, int]


@dataclass(slots=True)
class Exits:
    """Ways out of a position at a level, and per way the least it adds until the target: ``least``, shape (4, W)."""

    ways: list[Way]
    least: Ints


@dataclass(slots=True)
class Aim:
    """
    The part of the table that matters for one target.

    ``gap[p]``: pounds a year by which position p pays less than the target, 0 if it pays as much or more.
    ``floor[level]``: index of the highest level any step here asks for that is not above ``level``.
    ``least``: lower bounds, shape (4, P, levels): ticks, pounds, pay gap (pounds a year times ticks), moves.
    ``bounds[p][i]``: the same as lists.
    ``anywhere``: (level index asked for, way) of each step from anywhere; ``named[p]``: of those that name p.
    """

    target: int
    gates: int
    gap: list[int]
    floor: list[int]
    levels: list[int]
    least: Ints
    bounds: list[list[list[int]]]
    anywhere: list[tuple[int, Way]]
    named: list[list[tuple[int, Way]]]
    origins: dict[int, int]
    every: list[tuple[int, Way]]
    asks: npt.NDArray[np.bool_]
    later: Ints | None = None
    memo_exits: dict[tuple[int, int, int], Exits] = field(default_factory=dict)
    memo_doors: dict[tuple[int, int], tuple[list[int], Ints]] = field(default_factory=dict)
    memo_pays: dict[int, int] = field(default_factory=dict)

    def exits(self, position: int, level: int, held: int) -> Exits:
        """The ways out of a position open at a level index with these hard gates, in the order of step ids."""
        key = (position, level, held)
        found = self.memo_exits.get(key)
        if found is None:
            here = [*self.anywhere, *self.named[position]]
            ways = [way for asked, way in here if asked <= level and not (way[6] | way[10]) & ~held]
            ways.sort()
            found = self.memo_exits[key] = Exits(ways, self._add(position, ways, level))
        return found

    def doors(self, position: int, level: int) -> tuple[list[int], Ints]:
        """
        The steps that start from this position by name, whatever they ask for.

        Returns
        -------
        list of N masks: the positions each starts from.
        ndarray of int64, shape (4, N): the least each adds until the target, taken now or after study here.
        """
        key = (position, level)
        found = self.memo_doors.get(key)
        if found is None:
            ways = [way for _, way in self.named[position]]
            least = self._add(position, ways, level)
            shut = np.array([asked > level for asked, _ in self.named[position]], dtype=bool)
            least[:, shut] = INF
            for asked, way in (*self.anywhere, *self.named[position]):
                if way[1] < 0 and asked <= level < way[5] and ways:
                    gap = self.gap[position] if way[4] == KEEP else way[4]
                    study = np.array([way[2], way[3], gap * way[2], 1], dtype=np.int64)
                    np.minimum(least, self.doors(position, way[5])[1] + study[:, None], out=least)
            places = [self.origins[way[0]] for way in ways]
            found = self.memo_doors[key] = (places, least)
        return found

    def as_good(
        self, position: int, level: int, values: tuple[int, int, int, int], front: Ints, horizon: int, max_moves: int
    ) -> int:
        """
        Mask of the positions from which one can do all one usefully can from this one, and that pay as well.

        ``values``: ticks, pounds, gap and moves so far, or less.
        """
        gap = self.gap[position]
        found = self.memo_pays.get(gap, 0)
        if not found:
            found = self.memo_pays[gap] = sum(1 << place for place, other in enumerate(self.gap) if other <= gap)
        places, least = self.doors(position, level)
        if places:
            useful = still_open(least + np.array(values, dtype=np.int64)[:, None], front, horizon, max_moves)
            for at in np.flatnonzero(useful).tolist():
                found &= places[at]
        return found | 1 << position

    def gates_ahead(
        self, level: int, values: tuple[int, int, int, int], front: Ints, horizon: int, max_moves: int
    ) -> int:
        """Mask of the gates asked for by any step that may still be part of a route worth having from here."""
        if self.later is None:
            self.later = self._later()
        useful = still_open(
            self.later[:, :, level] + np.array(values, dtype=np.int64)[:, None], front, horizon, max_moves
        )
        packed = np.packbits(self.asks[useful].any(axis=0), bitorder="little")
        return int.from_bytes(packed.tobytes(), "little")

    def _later(self) -> Ints:
        """For each step and level: the least it adds until the target, taken at any later time. Shape (4, R, levels)."""
        n = len(self.levels)
        ways = [way for _, way in self.every]
        least = np.full((4, len(ways), n), INF, dtype=np.int64)
        t = np.array([way[2] for way in ways])
        c = np.array([way[3] for way in ways])
        g = np.array([0 if way[4] == KEEP else way[4] for way in ways])
        gives = np.array([way[5] for way in ways])
        asked = np.array([a for a, _ in self.every])
        to = np.array([way[1] for way in ways])
        add = np.stack([t, c, g * t, np.ones_like(t)])
        lowest = self.least.min(axis=1)  # (4, n): a stay may be anywhere
        for l in range(n):
            nl = np.maximum(gives, l)
            on = np.where(to[None] >= 0, self.least[:, np.maximum(to, 0), nl], lowest[:, nl])
            least[:, :, l] = np.where(asked <= l, on + add, INF)
        up = np.full((4, n, n), INF, dtype=np.int64)
        for l in range(n):
            up[:, l, l] = 0
        for _ in range(n):
            for i, (a, way) in enumerate(self.every):
                for l in range(a, way[5]):
                    for top in range(way[5], n):
                        for k in range(4):
                            v = add[k, i] + up[k, way[5], top]
                            up[k, l, top] = min(up[k, l, top], v)
        best = least.copy()
        for l in range(n):
            for m in range(l + 1, n):
                np.minimum(best[:, :, l], least[:, :, m] + up[:, l, m][:, None], out=best[:, :, l])
        return best

    def _add(self, position: int, ways: list[Way], level: int) -> Ints:
        if not ways:
            return np.zeros((4, 0), dtype=np.int64)
        table = np.array([way[1:6] for way in ways], dtype=np.int64)
        to, ticks, cost, gap, gives = table.T
        gap = np.where(gap == KEEP, self.gap[position], gap)
        onward = self.least[:, np.where(to < 0, position, to), np.maximum(gives, level)]
        return onward + np.stack([ticks, cost, gap * ticks, np.ones_like(ticks)])


def aim_at(table: RouteTable, target: int, origin: int, pay_now: int, among: int, birthdays_ahead: int) -> Aim:
    """
    Prepare a search for ``target`` by the steps in the mask ``among`` for somebody paid ``pay_now`` at ``origin``.

    What no later step asks for is left out: taking it only loses time. Unless one of the age gates ``birthdays_ahead`` (a
    mask) matters here: then a birthday may be waited for in any case, and a paid course may fill the time.
    """
    _, used = leading_to(table, target, among)
    rows = [row for row in table.rows if used >> row.index & 1]
    gates = 0
    for row in rows:
        gates |= row.needs | (table.position_gates[row.to] if row.to != STAY else 0)
    growing_up = bool(gates & birthdays_ahead)
    if growing_up:
        for row in rows:
            gates |= row.clears
    levels = sorted({0} | {row.min_level for row in rows} | {row.gives_level for row in rows if growing_up})
    floor = [max(i for i, known in enumerate(levels) if known <= level) for level in range(TOP_LEVEL + 1)]
    # A step that stays put must give something a later step asks for, or open it on the way.
    useful = [
        row.to != STAY or row.clears & gates or row.needs & gates & table.soft or floor[row.gives_level] for row in rows
    ]
    rows = [row for row, of_use in zip(rows, useful, strict=True) if of_use]
    pay = list(table.pay)
    pay[origin] = pay_now
    gap = [max(0, table.pay[target] - rate) for rate in pay]
    anywhere: list[tuple[int, Way]] = []
    named: list[list[tuple[int, Way]]] = [[] for _ in pay]
    every = []
    for row in rows:
        way = floor[row.min_level], _way(table, row, gates, floor, table.pay[target])
        every.append(way)
        if row.origins is None:
            anywhere.append(way)
        for place in row.origins or ():
            named[place].append(way)
    asks = np.zeros((len(every), len(table.gates)), dtype=bool)
    for i, (_, way) in enumerate(every):
        for bit in bits(way[6] | way[7] | way[10] | way[11]):
            asks[i, bit] = True
    origins = {row.index: sum(1 << place for place in row.origins) for row in rows if row.origins is not None}
    least = lower_bounds(rows, target, gap, floor, len(levels), table.pay[target])
    return Aim(
        target,
        gates,
        gap,
        floor,
        levels,
        least,
        least.transpose(1, 2, 0).tolist(),
        anywhere,
        named,
        origins,
        every,
        asks,
    )


def _way(table: RouteTable, row: StepRow, gates: int, floor: list[int], target_pay: int) -> Way:
    asked = 0 if row.to == STAY else table.position_gates[row.to] & ~row.clears
    return (
        row.index,
        row.to,
        row.ticks,
        row.cost,
        KEEP if row.rate == KEEP else max(0, target_pay - row.rate),
        floor[row.gives_level],
        row.needs & table.hard,
        row.needs & table.soft,
        row.needs & table.age,
        row.clears & gates,
        asked & table.hard,
        asked & table.soft,
        asked & table.age,
    )
