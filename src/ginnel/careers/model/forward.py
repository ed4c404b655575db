"""
One search forward over the route table for all roles at once: fewest moves and quickest months.

The rules of time are those of `routes` (self-clear gates are got at the same time, before a step if it needs them, during
it if the role asks for them; a birthday is waited for), so that months and moves agree with `find_routes`. Part-routes
are arrays, one layer for each number of moves.

**What a route is** is said in `routing.search` too: from a role other than the first place, steps lead on only to roles that some step
names it as a way into; a role that can be walked straight into is not passed through on the way from another; and no
route has more than `EXTRA_MOVES` moves beyond the fewest.

**When part-route A makes part-route B needless.** They stand at the same place; A has no more moves, at least B's level and B's hard gates,
and is earlier by at least the sum of the waits for the self-clear gates that B has and A lacks. Then A can take every step
B can and never be behind: a gate A still has to get costs it its own wait at most once.

**Width.** After the first move only the `WIDTH` earliest part-routes of each layer at each place and level go on. All routes of one and two
moves are looked at, so bands are exact; months further off are those of a route that exists, and may be over the least.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import numpy.typing as npt

from ginnel.careers.model.routing.ahead import EXTRA_MOVES
from ginnel.careers.model.routing.table import STAY, RouteTable, bits, to_ticks

MOST_MOVES = 6
JOB_KINDS = frozenset(("job", "on-the-job", "volunteering"))
NEVER = 1 << 40
WIDTH = 2
_Mark = tuple[int, int, int, int]  # ticks, level, hard gates, self-clear gates
SETTLED = 3
"""After this many moves a layer that makes nothing quicker ends the search."""
Ints = npt.NDArray[np.int64]
Masks = npt.NDArray[Any]


@dataclass(slots=True)
class Found:
    """For each position: fewest moves (0: none found), quickest ticks and its first row, the quickest single job-like step, two moves."""

    moves: Ints
    ticks: Ints
    first: Ints
    single: Ints
    single_step: Ints
    within_two: Ints
    labels: int

    @classmethod
    def nothing(cls, size: int) -> Found:
        never = [np.full(size, NEVER, np.int64) for _ in range(4)]
        return cls(never[0], never[1], np.full(size, -1, np.int64), never[2], np.full(size, -1, np.int64), never[3], 1)


@dataclass(slots=True)
class _Layer:
    """Part-routes of one number of moves, as columns."""

    ticks: Ints
    place: Ints
    level: Ints
    hard: Masks
    soft: Masks
    first: Ints


class Forward:
    """A route table as columns of rows, with what its searches share."""

    def __init__(self, table: RouteTable) -> None:
        self.table = table
        self.memo: OrderedDict[tuple[int, int, int, int | None], Any] = OrderedDict()
        self.hard_bits, self.soft_bits = bits(table.hard), bits(table.soft)
        self.masks: Any = np.uint64 if max(len(self.hard_bits), len(self.soft_bits)) <= 64 else object
        rows = table.rows
        own = [0 if row.to == STAY else table.position_gates[row.to] & ~row.clears for row in rows]
        self.to = np.asarray([row.to for row in rows], np.int64)
        self.ticks = np.asarray([row.ticks for row in rows], np.int64)
        self.least = np.asarray([row.min_level for row in rows], np.int64)
        self.gives = np.asarray([row.gives_level for row in rows], np.int64)
        self.hard = self._mask([row.needs | mine for row, mine in zip(rows, own, strict=True)], self.hard_bits)
        self.soft = self._mask([row.needs for row in rows], self.soft_bits)
        self.own_soft = self._mask(own, self.soft_bits)
        self.clears_hard = self._mask([row.clears for row in rows], self.hard_bits)
        self.clears_soft = self._mask([row.clears for row in rows], self.soft_bits)
        self.age = [(row.needs & table.age, mine & table.age) for row, mine in zip(rows, own, strict=True)]
        self.job = np.asarray([table.steps[row.index].by in JOB_KINDS for row in rows], np.bool_)
        self.useful = self._mask(_useful(table), self.hard_bits)
        names: list[set[int]] = [set() for _ in table.positions]
        for row in rows:
            for origin in row.origins or ():
                if row.to != STAY:
                    names[row.to].add(origin)
        roads = [row for row in table.anywhere if rows[row].to != STAY]
        onward = [[row for row in roads if place in names[rows[row].to]] for place in range(len(table.positions))]
        self.first = [np.asarray([*found, *roads], np.int64) for found in table.leaving]
        self.onward = [np.asarray([*found, *more], np.int64) for found, more in zip(table.leaving, onward, strict=True)]
        size = range(len(table.positions))
        self.asks_level = np.asarray(
            [max((rows[way].min_level for way in self.onward[place].tolist()), default=0) for place in size], np.int64
        )
        self.asks_hard = self._mask(
            [reduce(or_, (rows[way].needs | own[way] for way in self.onward[place].tolist()), 0) for place in size],
            self.hard_bits,
        )
        self.asks_soft = self._mask(
            [reduce(or_, (rows[way].needs | own[way] for way in self.onward[place].tolist()), 0) for place in size],
            self.soft_bits,
        )
        self.study = np.asarray([row for row in table.anywhere if rows[row].to == STAY], np.int64)
        self.waits = [
            (place, table.gate_ticks[bit]) for place, bit in enumerate(self.soft_bits) if table.gate_ticks[bit]
        ]
        self.wait_sums: dict[int, int] = {0: 0}

    def _mask(self, masks: list[int], kept: list[int]) -> Masks:
        """Masks of the table with only the bits in `kept`, numbered anew."""
        return np.asarray(
            [sum(1 << place for place, bit in enumerate(kept) if mask >> bit & 1) for mask in masks], self.masks
        )

    def wait(self, masks: Masks) -> Ints:
        """Ticks to get the self-clear gates of each mask, all at once."""
        longest = np.zeros(len(masks), np.int64)
        for bit, ticks in self.waits:
            has = ((masks >> self._one(bit)) & self._one(1)).astype(np.int64)
            np.maximum(longest, has * ticks, out=longest)
        return longest

    def _one(self, value: int) -> Any:
        return value if self.masks is object else np.uint64(value)

    def search(self, origin: int, level: int, gates: int, age_months: int | None) -> Found:
        """Search from one position for somebody with this level, mask of gates and age."""
        table, size = self.table, len(self.table.positions)
        birthdays = {
            bit: 0 if age_months is None else max(0, to_ticks((table.gates[bit].min_age or 0) * 12 - age_months))
            for bit in bits(table.age)
        }
        ages = np.asarray(
            [[max((birthdays[bit] for bit in bits(mask)), default=0) for mask in pair] for pair in self.age], np.int64
        ).reshape(-1, 2)
        start = _Layer(
            np.zeros(1, np.int64), np.asarray([origin]), np.asarray([level]), self._mask([gates], self.hard_bits) & self.useful[origin],
            self._mask([gates], self.soft_bits), np.asarray([-1]),
        )  # fmt: skip
        found = Found.nothing(size)
        found.ticks[origin] = 0
        kept: dict[int, list[_Mark]] = {origin: [(0, level, int(start.hard[0]), int(start.soft[0]))]}
        young = any(birthdays.values())
        entries = np.zeros(size, np.bool_)
        layer = start
        for moves in range(1, MOST_MOVES + 1):
            draft, rows, whence = self._expand(layer, ages, origin, last=moves == MOST_MOVES, young=young)
            found.labels += len(rows)
            gained = self._note(found, draft, rows, moves)
            if moves == MOST_MOVES or (moves > SETTLED and not gained):
                break
            if moves == 1:
                entries[draft.place[self.to[rows] >= 0]] = True
            passing = (self.to[rows] >= 0) & (whence != origin) & entries[draft.place]
            layer = self._thin(draft, np.flatnonzero(~passing), kept, wide=moves == 1)
            if not len(layer.ticks):
                break
        return found

    def _expand(self, layer: _Layer, ages: Ints, origin: int, *, last: bool, young: bool) -> tuple[_Layer, Ints, Ints]:
        """Every step that can be taken from a layer: where it leads, the row, and the place it starts from."""
        ways = [self.first[place] if place == origin else self.onward[place] for place in layer.place.tolist()]
        parts = [(np.repeat(np.arange(len(ways)), [len(found) for found in ways]), np.concatenate(ways))]
        if not last:
            parts.append(self._study(layer, (layer.place == origin) | young))
        whose, rows = (np.concatenate(column) for column in zip(*parts, strict=True))
        can = (self.least[rows] <= layer.level[whose]) & ((self.hard[rows] & ~layer.hard[whose]) == self._one(0))
        whose, rows = whose[can], rows[can]
        held, place = layer.soft[whose], layer.place[whose]
        there = np.where(self.to[rows] < 0, place, self.to[rows])
        level = np.maximum(layer.level[whose], self.gives[rows])
        hard = (layer.hard[whose] | self.clears_hard[rows]) & self.useful[there]
        soft = held | self.clears_soft[rows] | self.soft[rows] | self.own_soft[rows]
        starts = np.maximum(layer.ticks[whose] + self.wait(self.soft[rows] & ~held), ages[rows, 0])
        ends = np.maximum(
            starts + self.ticks[rows], starts + self.wait(self.own_soft[rows] & ~(held | self.soft[rows]))
        )
        ends = np.maximum(ends, ages[rows, 1])
        gained = (
            (there != place)
            | (level != layer.level[whose])
            | (((hard & ~layer.hard[whose]) | (soft & ~held)) != self._one(0))
        )
        first = np.where(layer.first[whose] < 0, rows, layer.first[whose])
        gained &= (self.to[rows] < 0) | (there != origin)
        columns = (column[gained] for column in (ends, there, level, hard, soft, first))
        return _Layer(*columns), rows[gained], place[gained]

    def _study(self, layer: _Layer, freely: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """
        Study that leaves people where they are, with whose it is: all of it for `freely`, else what a step from there asks for.

        Without birthdays to wait for, study that only a later place asks for can be put off until then at no loss.
        """
        whose = np.repeat(np.arange(len(layer.ticks)), len(self.study))
        rows = np.tile(self.study, len(layer.ticks))
        place = layer.place[whose]
        zero = self._one(0)
        asked = (self.gives[rows] > layer.level[whose]) & (layer.level[whose] < self.asks_level[place])
        asked |= (self.clears_hard[rows] & self.asks_hard[place] & ~layer.hard[whose]) != zero
        asked |= (self.clears_soft[rows] & self.asks_soft[place] & ~layer.soft[whose]) != zero
        kept = asked | freely[whose]
        return whose[kept], rows[kept]

    def _note(self, found: Found, draft: _Layer, rows: Ints, moves: int) -> bool:
        """Write down what a layer reaches; whether any of it is new or quicker."""
        arrives = np.flatnonzero(self.to[rows] >= 0)
        arrives = arrives[np.lexsort((draft.first[arrives], draft.ticks[arrives], draft.place[arrives]))]
        places, at = np.unique(draft.place[arrives], return_index=True)
        ends, first = draft.ticks[arrives[at]], draft.first[arrives[at]]
        found.moves[places] = np.minimum(found.moves[places], moves)
        better = (ends < found.ticks[places]) & (moves <= found.moves[places] + EXTRA_MOVES)
        found.ticks[places[better]], found.first[places[better]] = ends[better], first[better]
        if moves <= 2:
            found.within_two[places] = np.minimum(found.within_two[places], ends)
        if moves == 1:
            jobs = arrives[self.job[rows[arrives]]]
            places, at = np.unique(draft.place[jobs], return_index=True)
            found.single[places], found.single_step[places] = draft.ticks[jobs[at]], rows[jobs[at]]
        return bool(better.any())

    def _thin(self, draft: _Layer, left: Ints, kept: dict[int, list[_Mark]], *, wide: bool) -> _Layer:
        """Of the part-routes `left` of a draft those that are not needless, earliest first."""
        order = left[np.lexsort((draft.first[left], -draft.level[left], draft.ticks[left]))]
        place, level = draft.place, draft.level
        chosen: list[int] = []
        here: dict[tuple[int, int], int] = {}
        columns = zip(
            order.tolist(), place[order].tolist(), draft.ticks[order].tolist(), level[order].tolist(),
            draft.hard[order].tolist(), draft.soft[order].tolist(), strict=True,
        )  # fmt: skip
        for number, where, ticks, rank, hard, soft in columns:
            if not wide and here.get((where, rank), 0) >= WIDTH:
                continue
            one = (ticks, rank, hard, soft)
            bucket = kept.setdefault(where, [])
            if self._needless(bucket, one):
                continue
            bucket.append(one)
            here[where, rank] = here.get((where, rank), 0) + 1
            chosen.append(number)
        pick = np.asarray(chosen, np.int64)
        return _Layer(
            draft.ticks[pick], place[pick], level[pick], draft.hard[pick], draft.soft[pick], draft.first[pick]
        )

    def _needless(self, others: Sequence[_Mark], one: _Mark) -> bool:
        ticks, level, hard, soft = one
        for when, rank, held, eased in others:
            if when <= ticks and rank >= level and not hard & ~held:
                lacks = soft & ~eased
                if not lacks or when + self._wait_sum(lacks) <= ticks:
                    return True
        return False

    def _wait_sum(self, lacks: int) -> int:
        if lacks not in self.wait_sums:
            self.wait_sums[lacks] = sum(ticks for place, ticks in self.waits if lacks >> place & 1)
        return self.wait_sums[lacks]


def _useful(table: RouteTable) -> list[int]:
    """
    For each position the gates that may still be of use to somebody who stands there.

    A hard gate is of use where some step that asks for it can be come to by steps that do not give it anyway. A
    registration carried to where it opens nothing, save the way back that gives it again, is not: without it, two
    part-routes that differ only by it are one.
    """
    everywhere = (1 << len(table.positions)) - 1
    useful = [table.soft] * len(table.positions)
    for bit in bits(table.hard):
        places = 0
        for row in table.rows:
            own = 0 if row.to == STAY else table.position_gates[row.to] & ~row.clears
            if (row.needs | own) >> bit & 1:
                places |= everywhere if row.origins is None else sum(1 << origin for origin in row.origins)
        grown, before = places, -1
        while grown not in (before, everywhere):
            before = grown
            for row in table.rows:
                if row.to != STAY and before >> row.to & 1 and not row.clears >> bit & 1:
                    if row.origins is None:
                        grown = everywhere
                        break
                    for origin in row.origins:
                        grown |= 1 << origin
        for place in bits(grown):
            useful[place] |= 1 << bit
    return useful
