"""What matters for one target: the steps that can be on a way there, and how few steps away each position is at best."""

from __future__ import annotations

from typing import NamedTuple

from ginnel.careers.model.routing.table import KEEP, STAY, TOP_LEVEL, RouteTable, bits

FAR = 1 << 40
MOST_STOPS = 2
EVERYWHERE = -1


class Way(NamedTuple):
    """A step as the search of one target needs it. Gate masks hold only gates that matter; `origins` is a mask, or `EVERYWHERE`."""

    row: int
    origins: int
    to: int
    min_level: int
    gives: int
    ticks: int
    cost: int
    gap: int
    hard: int
    soft: int
    age: int
    clears: int
    role_hard: int
    role_soft: int
    role_age: int


class Aim:
    """
    A table seen from one target. Built once for each target, then only read.

    Attributes
    ----------
    target : position number.
    gates : mask of the gates that some step on a way there asks for.
    rows : the steps that can be on a way there.
    gap : for each position, pounds a year it pays less than the target (0 if it pays more).
    """

    def __init__(self, table: RouteTable, target: int) -> None:
        self.table, self.target = table, target
        pay = table.pay[target]
        self.gap = tuple(max(0, pay - other) for other in table.pay)
        self.names = _names(table)
        rows, self.gates, self._top = _relevant(table, target, self.names)
        self.rows = tuple(rows)
        self._named: dict[int, list[Way]] = {}
        self._anywhere: list[Way] = []
        for index in rows:
            way = self._way(index)
            if way.origins == EVERYWHERE:
                self._anywhere.append(way)
            else:
                for origin in table.rows[index].origins or ():
                    self._named.setdefault(origin, []).append(way)
        self._ways: dict[tuple[int, int], tuple[Way, ...]] = {}
        self._exits: dict[tuple[int, int], int] = {}
        self._fewest = self._fewest_steps()

    def cap(self, level: int) -> int:
        """A level as far as it matters: above the highest that is asked for, more makes no difference."""
        return min(level, self._top)

    def entries(self, origin: int, level: int, gates: int) -> int:
        """Mask of the roles a person can walk straight into: no way leads there through another role."""
        hard = self.table.hard
        mask = 0
        for way in (*self._named.get(origin, ()), *self._anywhere):
            shut = way.min_level > self.cap(level) or (way.hard | way.role_hard) & hard & ~gates
            if way.to >= 0 and way.to != self.target and not shut:
                mask |= 1 << way.to
        return mask

    def ways(self, here: int, origin: int, entries: int) -> tuple[Way, ...]:
        """Steps that may be taken from a position, by row."""
        key = (here, -1 if here == origin else entries)
        if key not in self._ways:
            found = []
            for way in (*self._named.get(here, ()), *self._anywhere):
                moves_on = way.to >= 0 and here != origin
                if way.to == here or (moves_on and (entries >> way.to & 1 or not self.names[way.to] >> here & 1)):
                    continue
                found.append(way)
            self._ways[key] = tuple(sorted(found, key=lambda way: way.row))
        return self._ways[key]

    def exits(self, here: int, origin: int, entries: int) -> int:
        """The steps that may be taken from a position, as a mask of rows."""
        key = (here, -1 if here == origin else entries)
        if key not in self._exits:
            self._exits[key] = sum(1 << way.row for way in self.ways(here, origin, entries))
        return self._exits[key]

    def fewest(self, here: int, level: int) -> int:
        """Least steps that any way from here to the target has, whatever gates are held; `FAR` if there is none."""
        return self._fewest[here][level]

    def _way(self, index: int) -> Way:
        table = self.table
        row = table.rows[index]
        role = table.position_gates[row.to] & ~row.clears if row.to != STAY else 0
        pay, mine = table.pay[self.target], self.gates
        return Way(
            index,
            EVERYWHERE if row.origins is None else sum(1 << origin for origin in row.origins),
            row.to,
            self.cap(row.min_level),
            self.cap(row.gives_level),
            row.ticks,
            row.cost,
            KEEP if row.rate == KEEP else max(0, pay - row.rate),
            row.needs & table.hard,
            row.needs & table.soft,
            row.needs & table.age,
            row.clears & mine,
            role & table.hard,
            role & table.soft,
            role & table.age,
        )

    def _fewest_steps(self) -> list[list[int]]:
        """
        For each position and level, the fewest steps if every gate stood open.

        A higher level opens all that a lower one does, so it is enough to know the lowest level from which so many steps suffice.
        """
        count, over = len(self.table.positions), TOP_LEVEL + 1
        lowest = [over] * count
        lowest[self.target] = 0
        fewest = [[FAR] * over for _ in range(count)]
        fewest[self.target] = [0] * over
        named = {way.row: way for found in self._named.values() for way in found}
        ways = [(way, self.table.rows[row].origins or ()) for row, way in named.items()]
        ways += [(way, tuple(range(count))) for way in self._anywhere]
        steps = 0
        while True:
            steps += 1
            before, changed = tuple(lowest), False
            for way, origins in ways:
                for here in origins:
                    asked = before[here if way.to == STAY else way.to]
                    level = asked if way.gives < asked and way.min_level < asked else way.min_level
                    if level < lowest[here]:
                        fewest[here][level : lowest[here]] = [steps] * (lowest[here] - level)
                        lowest[here] = level
                        changed = True
            if not changed:
                return fewest


def _names(table: RouteTable) -> list[int]:
    """For each position, the mask of positions that some step names as a way into it."""
    names = [0] * len(table.positions)
    for row in table.rows:
        for origin in row.origins or ():
            if row.to != STAY:
                names[row.to] |= 1 << origin
    return names


def _relevant(table: RouteTable, target: int, names: list[int]) -> tuple[list[int], int, int]:
    """
    Steps that can be on a way to the target, the gates they ask for, and the highest level they ask for.

    Positions that matter are the target and what lies at most `MOST_STOPS` named moves before it. Steps that matter lead to one of
    these, or are study that gives a gate or a level that a step that matters asks for.
    """
    places = ring = 1 << target
    doors = {
        row.to
        for row in table.rows
        if row.origins is None or any(table.positions[o].kind == "start" for o in row.origins)
    }
    left = MOST_STOPS
    while left:
        # Stops are counted from the nearest door that opens on the street: a consultant's road begins far from the consultant.
        left -= any(position in doors for position in bits(places))
        before = 0
        for position in bits(ring):
            before |= names[position]
        ring = before & ~places
        if not ring:
            break
        places |= ring
    rows = {row.index for row in table.rows if row.to != STAY and places >> row.to & 1}
    asked, top = 0, 0
    while True:
        size = len(rows)
        for index in rows:
            row = table.rows[index]
            asked |= row.needs | (table.position_gates[row.to] & ~row.clears if row.to != STAY else 0)
            top = max(top, row.min_level)
        for row in table.rows:
            if row.to == STAY and (row.clears & asked or row.min_level < min(row.gives_level, top)):
                rows.add(row.index)
        if len(rows) == size:
            return sorted(rows), asked, top
