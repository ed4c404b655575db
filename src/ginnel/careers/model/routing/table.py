"""
The route table as arrays and bit masks: positions, gates and steps, checked once and then only read.

Times are whole ticks (60 to a month, so 0.25, 0.1 and a third of a month are exact) and money whole pounds, so
that comparing two routes never depends on rounding. A set of gates is one integer, bit ``i`` for gate ``i``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

TICKS_PER_MONTH = 60
TICKS_PER_YEAR = 12 * TICKS_PER_MONTH
TOP_LEVEL = 8
ANY = -1
STAY = -1
KEEP = -1


@dataclass(frozen=True, slots=True)
class Gate:
    """A hard requirement. ``months`` and ``cost_gbp`` count only when ``self_clear``; ``min_age`` makes it an age gate."""

    slug: str
    kind: str
    months: float = 0.0
    cost_gbp: int = 0
    self_clear: bool = False
    min_age: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A place to stand: a role, or a start such as "unpaid carer". ``pay_gbp`` is pounds a year while in it."""

    slug: str
    kind: str
    gates: frozenset[str] = frozenset()
    pay_gbp: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the route table (docs/data.md). ``from_`` None: from anywhere; ``to`` None: stay; ``pay_gbp`` None: keep."""

    id: str
    from_: frozenset[str] | None
    min_level: int
    to: str | None
    by: str
    months: float
    cost_gbp: int = 0
    upfront_gbp: int = 0
    pay_gbp: float | None = None
    needs: frozenset[str] = frozenset()
    clears: frozenset[str] = frozenset()
    gives_level: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """
    Where somebody stands.

    ``pay_now_gbp`` None: what the table says the position pays. ``age_months`` None: taken as an adult.
    Somebody in a role is taken to hold that role's gates.
    """

    position: str
    level: int = 0
    age_months: int | None = None
    gates: frozenset[str] = frozenset()
    pay_now_gbp: int | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as integers. Gate sets are masks; ``needs`` and ``clears`` are whole, ``hard`` leaves out age and self-clear gates."""

    index: int
    origins: tuple[int, ...] | None
    to: int
    min_level: int
    gives_level: int
    ticks: int
    cost: int
    rate: int
    needs: int
    clears: int


@dataclass(slots=True)
class RouteTable:
    """The checked table. Built by :meth:`build`; never changed afterwards, except for its memos."""

    gates: tuple[Gate, ...]
    positions: tuple[Position, ...]
    steps: tuple[Step, ...]
    rows: tuple[StepRow, ...]
    gate_index: dict[str, int]
    position_index: dict[str, int]
    position_gates: tuple[int, ...]
    pay: tuple[int, ...]
    soft: int
    age: int
    hard: int
    leaving: tuple[tuple[int, ...], ...]
    anywhere: tuple[int, ...]
    gate_ticks: tuple[int, ...]
    steps_by_id: dict[str, Step] = field(default_factory=dict, repr=False)
    memo_waits: dict[int, tuple[int, int]] = field(default_factory=dict, repr=False)
    memo_aims: dict[int, object] = field(default_factory=dict, repr=False)
    memo_opens: dict[tuple[int, int, int], int] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, gates: Iterable[Gate], positions: Iterable[Position], steps: Iterable[Step]) -> RouteTable:
        """
        Check the table and turn it into masks. The order of the input does not matter.

        Raises
        ------
        ValueError
            Names the gate, position or step, and what is wrong with it: a slug given twice or unknown, a negative
            or non-finite number of months or pounds, a level outside 0 to 8, a step with nowhere to start.
        """
        gates = tuple(sorted(gates, key=lambda gate: gate.slug))
        positions = tuple(sorted(positions, key=lambda position: position.slug))
        steps = tuple(sorted(steps, key=lambda step: step.id))
        gate_index = _index("gate", [gate.slug for gate in gates])
        position_index = _index("position", [position.slug for position in positions])
        _index("step", [step.id for step in steps])
        for gate in gates:
            _check_numbers(f"gate {gate.slug}", months=gate.months, cost_gbp=gate.cost_gbp, min_age=gate.min_age or 0)
        soft = age = 0
        for bit, gate in enumerate(gates):
            if gate.min_age is not None:
                age |= 1 << bit
            elif gate.self_clear:
                soft |= 1 << bit
        for position in positions:
            if position.kind not in ("role", "start"):
                raise ValueError(f"position {position.slug}: kind is {position.kind!r}, not 'role' or 'start'")
            _check_numbers(f"position {position.slug}", pay_gbp=position.pay_gbp)
        rows = tuple(_row(i, step, positions, position_index, gate_index) for i, step in enumerate(steps))
        leaving: list[list[int]] = [[] for _ in positions]
        for row in rows:
            for origin in row.origins or ():
                leaving[origin].append(row.index)
        return cls(
            gates=gates,
            positions=positions,
            steps=steps,
            rows=rows,
            gate_index=gate_index,
            position_index=position_index,
            position_gates=tuple(_mask(f"position {p.slug}", p.gates, gate_index) for p in positions),
            pay=tuple(round(position.pay_gbp) for position in positions),
            soft=soft,
            age=age,
            hard=((1 << len(gates)) - 1) & ~soft & ~age,
            leaving=tuple(map(tuple, leaving)),
            anywhere=tuple(row.index for row in rows if row.origins is None),
            gate_ticks=tuple(to_ticks(gate.months) for gate in gates),
            steps_by_id={step.id: step for step in steps},
        )

    def gate_mask(self, slugs: Iterable[str]) -> int:
        """The bits of these gates. :raises ValueError: for a slug that is not a gate."""
        return _mask("person", slugs, self.gate_index)

    def gate_slugs(self, mask: int) -> tuple[str, ...]:
        """The gates of a mask, in slug order."""
        return tuple(self.gates[bit].slug for bit in bits(mask))

    def wait_for(self, mask: int) -> tuple[int, int]:
        """Ticks and pounds to get these self-clear gates: at the same time, so the longest wait and the sum of costs."""
        if mask not in self.memo_waits:
            found = bits(mask)
            ticks = max((self.gate_ticks[bit] for bit in found), default=0)
            self.memo_waits[mask] = (ticks, sum(round(self.gates[bit].cost_gbp) for bit in found))
        return self.memo_waits[mask]

    def position_of(self, slug: str) -> int:
        """:raises ValueError: for a slug that is not a position."""
        if slug not in self.position_index:
            raise ValueError(f"unknown position {slug!r}")
        return self.position_index[slug]


def bits(mask: int) -> list[int]:
    """The positions of the set bits, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def to_ticks(months: float) -> int:
    """Months to whole ticks, to the nearest 60th of a month."""
    return round(months * TICKS_PER_MONTH)


def to_months(ticks: int) -> float:
    return ticks / TICKS_PER_MONTH


def _index(what: str, slugs: list[str]) -> dict[str, int]:
    index: dict[str, int] = {}
    for place, slug in enumerate(slugs):
        if slug in index:
            raise ValueError(f"{what} {slug}: given twice")
        index[slug] = place
    return index


def _check_numbers(where: str, **values: float) -> None:
    for name, value in values.items():
        if not 0 <= value < 1_000_000_000:  # also refuses NaN
            raise ValueError(f"{where}: {name} is {value}, must be a number of 0 or more")


def _mask(where: str, slugs: Iterable[str], index: dict[str, int]) -> int:
    mask = 0
    for slug in slugs:
        if slug not in index:
            raise ValueError(f"{where}: unknown gate {slug!r}")
        mask |= 1 << index[slug]
    return mask


def _row(
    place: int, step: Step, positions: tuple[Position, ...], position_index: dict[str, int], gate_index: dict[str, int]
) -> StepRow:
    where = f"step {step.id}"
    gives = step.gives_level or 0
    _check_numbers(
        where, months=step.months, cost_gbp=step.cost_gbp, upfront_gbp=step.upfront_gbp, pay_gbp=step.pay_gbp or 0
    )
    if step.upfront_gbp > step.cost_gbp:
        raise ValueError(f"{where}: upfront_gbp {step.upfront_gbp} is more than cost_gbp {step.cost_gbp}")
    for name, level in (("min_level", step.min_level), ("gives_level", gives)):
        if not 0 <= level <= TOP_LEVEL:
            raise ValueError(f"{where}: {name} is {level}, must be 0 to {TOP_LEVEL}")
    if step.from_ is not None and not step.from_:
        raise ValueError(f"{where}: starts nowhere; use None for any position")
    for slug in sorted((step.from_ or frozenset()) | ({step.to} if step.to is not None else set())):
        if slug not in position_index:
            raise ValueError(f"{where}: unknown position {slug!r}")
    to = STAY if step.to is None else position_index[step.to]
    if to != STAY and positions[to].kind != "role":
        raise ValueError(f"{where}: leads to {step.to!r}, which is a start and not a role")
    return StepRow(
        index=place,
        origins=None if step.from_ is None else tuple(sorted(position_index[slug] for slug in step.from_)),
        to=to,
        min_level=step.min_level,
        gives_level=gives,
        ticks=to_ticks(step.months),
        cost=round(step.cost_gbp),
        rate=KEEP if step.pay_gbp is None else round(step.pay_gbp),
        needs=_mask(where, step.needs, gate_index),
        clears=_mask(where, step.clears, gate_index),
    )
