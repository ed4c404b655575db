"""From the ids of a route's steps to its legs: what waits, what opens, what it costs, why it is as long as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ginnel.careers.model.routing.answer import Leg, Opened, Route, Wait, Why
from ginnel.careers.model.routing.table import KEEP, STAY, TICKS_PER_YEAR, RouteTable, StepRow, bits, to_months


@dataclass(slots=True)
class Stand:
    """Where somebody stands in the middle of a route. Money as pounds a year times ticks."""

    position: int
    level: int
    gates: int
    ticks: int = 0
    cost: int = 0
    earned: int = 0
    gap: int = 0


def retrace(
    table: RouteTable,
    rows: Sequence[int],
    start: Stand,
    target: int,
    pay: Sequence[int],
    birthdays: dict[int, int],
    horizon: int,
) -> tuple[Route, list[Stand]]:
    """
    Walk the steps ``rows`` from ``start`` and write down each leg.

    Parameters
    ----------
    pay : pounds a year at each position for this person.
    birthdays : ticks until the age of each age gate, by bit index.
    horizon : ticks over which earnings are counted.

    Returns
    -------
    the route, and where the person stands after each leg.
    """
    legs: list[Leg] = []
    stands = [start]
    whys: list[Why] = []
    whole = pay[target]
    upfront = 0
    for number, index in enumerate(rows):
        row, here = table.rows[index], stands[-1]
        leg, after = _leg(table, row, here, whole, pay, birthdays)
        whys += [Why("age" if wait.reason == "age" else "gate", leg.step, wait.months, wait.gate) for wait in leg.waits]
        whys += _needed_first(table, row, stands, [table.rows[i] for i in rows[:number]], legs)
        legs.append(leg)
        stands.append(after)
        upfront += leg.upfront_gbp
    last = stands[-1]
    later = whole * max(0, horizon - last.ticks)
    route = Route(
        legs=tuple(legs),
        months=to_months(last.ticks),
        cost_gbp=last.cost,
        upfront_gbp=upfront,
        earnings_gbp=round((last.earned + later) / TICKS_PER_YEAR),
        counted_earnings_gbp=round((whole * horizon - last.gap) / TICKS_PER_YEAR),
        moves=len(rows),
        level_after=last.level,
        why_longer=tuple(whys),
        opens=(),
    )
    return route, stands[1:]


def _leg(
    table: RouteTable, row: StepRow, here: Stand, whole: int, pay: Sequence[int], birthdays: dict[int, int]
) -> tuple[Leg, Stand]:
    there = here.position if row.to == STAY else row.to
    asked = 0 if row.to == STAY else table.position_gates[row.to] & ~row.clears
    before = row.needs & table.soft & ~here.gates
    during = asked & table.soft & ~here.gates & ~before
    wait, fee = table.wait_for(before)
    starts = max([here.ticks + wait] + [birthdays.get(bit, 0) for bit in bits(row.needs & table.age)])
    ends = starts + row.ticks
    wait_end, fee_end = table.wait_for(during)
    done = max([ends, starts + wait_end] + [birthdays.get(bit, 0) for bit in bits(asked & table.age)])
    waits = _waits(table, before, row.needs, here.ticks, here.ticks, birthdays)
    waits += _waits(table, during, asked, starts, ends, birthdays)
    rate = pay[here.position] if row.rate == KEEP else row.rate
    waiting = done - here.ticks - row.ticks
    earned = waiting * pay[here.position] + row.ticks * rate
    gap = waiting * max(0, whole - pay[here.position]) + row.ticks * max(0, whole - rate)
    opened = [table.gates[bit] for bit in bits(before | during)]
    leg = Leg(
        step=table.steps[row.index].id,
        from_=table.positions[here.position].slug,
        to=table.positions[there].slug,
        begins_at_month=to_months(here.ticks),
        starts_at_month=to_months(starts),
        ends_at_month=to_months(done),
        wait_before_months=to_months(starts - here.ticks),
        wait_after_months=to_months(done - ends),
        waits=waits,
        months=to_months(row.ticks),
        cost_gbp=row.cost + fee + fee_end,
        upfront_gbp=round(table.steps[row.index].upfront_gbp) + fee + fee_end,
        opened=tuple(Opened(gate.slug, gate.months, round(gate.cost_gbp)) for gate in opened),
        cleared=table.gate_slugs(row.clears & ~here.gates),
        level_after=max(here.level, row.gives_level),
        pay_gbp=rate,
        earnings_gbp=round(earned / TICKS_PER_YEAR),
    )
    return leg, Stand(
        position=there,
        level=leg.level_after,
        gates=here.gates | before | during | row.clears,
        ticks=done,
        cost=here.cost + leg.cost_gbp,
        earned=here.earned + earned,
        gap=here.gap + gap,
    )


def _waits(
    table: RouteTable, getting: int, asked: int, since: int, free_until: int, birthdays: dict[int, int]
) -> tuple[Wait, ...]:
    """The gates begun at ``since`` that are not open by ``free_until``, and the birthdays after it: longest first."""
    found = [(since + table.gate_ticks[bit] - free_until, bit, "gate") for bit in bits(getting)]
    found += [(birthdays.get(bit, 0) - free_until, bit, "age") for bit in bits(asked & table.age)]
    found.sort(key=lambda wait: (-wait[0], wait[1]))
    return tuple(Wait(table.gates[bit].slug, to_months(ticks), why) for ticks, bit, why in found if ticks > 0)


def _needed_first(
    table: RouteTable, row: StepRow, stands: list[Stand], rows: list[StepRow], legs: list[Leg]
) -> list[Why]:
    """What this step asks for that the person did not have at the outset, and the earlier step that gave it."""
    step, outset, whys = table.steps[row.index].id, stands[0], []
    asked = row.needs | (0 if row.to == STAY else table.position_gates[row.to] & ~row.clears)
    for bit in bits(asked & table.hard & ~outset.gates):
        giver = next(i for i, earlier in enumerate(rows) if earlier.clears >> bit & 1)
        whys.append(Why("gate-first", step, legs[giver].ends_at_month, table.gates[bit].slug, by_step=legs[giver].step))
    if row.min_level > outset.level:
        giver = next(i for i, stand in enumerate(stands[1:]) if stand.level >= row.min_level)
        whys.append(Why("level-first", step, legs[giver].ends_at_month, level=row.min_level, by_step=legs[giver].step))
    if row.origins is not None and outset.position not in row.origins:
        giver = max(i for i, stand in enumerate(stands[1:]) if stand.position == stands[-1].position)
        giver = next(i for i in range(giver, -1, -1) if i == 0 or stands[i].position != stands[-1].position)
        whys.append(Why("place-first", step, legs[giver].ends_at_month, by_step=legs[giver].step))
    return whys
