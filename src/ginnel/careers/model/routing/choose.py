"""Name at most five of the routes found, so that a person sees choices and not a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ginnel.careers.model.routing.answer import NAMES, Route
from ginnel.careers.model.routing.retrace import Stand
from ginnel.careers.model.routing.table import STAY, RouteTable, bits


def name_routes(
    table: RouteTable, origin: int, target: int, traced: Sequence[tuple[Route, list[Stand]]]
) -> tuple[Route, ...]:
    """
    The routes with their names and the roles they keep open, quickest first. A route may win several names, or none.

    Ties go to the route that is quicker, then cheaper, then pays more, then has fewer moves, then the first step ids.
    """
    routes = []
    for route, stands in traced:
        own = 1 << origin | 1 << target
        open_roles = 0
        for stand in stands:
            own |= 1 << stand.position
            open_roles |= _one_step_on(table, stand)
        opens = tuple(table.positions[place].slug for place in bits(open_roles & ~own))
        routes.append(replace(route, opens=opens))
    routes.sort(key=_order)
    winners = (
        routes[0],
        min(routes, key=lambda route: (-route.counted_earnings_gbp, _order(route))),
        min(routes, key=lambda route: (route.cost_gbp, _order(route))),
        min(routes, key=lambda route: (_first_step(route), _order(route))),
        min(routes, key=lambda route: (-len(route.opens), _order(route))),
    )
    return tuple(
        replace(route, names=tuple(n for n, won in zip(NAMES, winners, strict=True) if won is route))
        for route in routes
    )


def _order(route: Route) -> tuple[float, int, int, int, tuple[str, ...]]:
    return route.months, route.cost_gbp, -route.counted_earnings_gbp, route.moves, route.steps


def _first_step(route: Route) -> tuple[float, int, int]:
    """How big the first step is: months with its waits, then pounds, then gates to open."""
    leg = route.legs[0]
    return leg.ends_at_month, leg.cost_gbp, len(leg.opened)


def _one_step_on(table: RouteTable, stand: Stand) -> int:
    """Mask of the roles one step away from here, self-clear gates and birthdays aside."""
    have = stand.gates | table.soft | table.age
    key = stand.position, stand.level, have
    found = table.memo_opens.get(key)
    if found is None:
        found = 0
        for index in (*table.anywhere, *table.leaving[stand.position]):
            row = table.rows[index]
            if row.to == STAY or row.min_level > stand.level or row.needs & ~have:
                continue
            if not table.position_gates[row.to] & ~(have | row.clears):
                found |= 1 << row.to
        if len(table.memo_opens) > 20_000:
            table.memo_opens.clear()
        table.memo_opens[key] = found
    return found
