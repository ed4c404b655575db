"""Find routes: the face of this package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from ginnel.careers.model.routing.ahead import Ahead, look_ahead
from ginnel.careers.model.routing.aim import Aim
from ginnel.careers.model.routing.answer import Blocked, Route, RouteSearch
from ginnel.careers.model.routing.blocked import nearest_roles, shut_steps
from ginnel.careers.model.routing.choose import name_routes
from ginnel.careers.model.routing.retrace import Stand, retrace
from ginnel.careers.model.routing.search import Label, best_routes, rows_of
from ginnel.careers.model.routing.table import STAY, TOP_LEVEL, Person, RouteTable, bits, to_months, to_ticks

LONGEST_HORIZON_MONTHS = 1200
MOST_OTHERS = 3
ADULT_MONTHS = 19 * 12
"""Age taken where none is said: colleges count adults from 19."""
LONGER_TIMES, LONGER_MONTHS = 1.5, 18
"""Another way is shown if it takes at most so many times the quickest, and so many months more."""
NEAREST_TRIED = 6


@dataclass(frozen=True, slots=True)
class WayKind:
    """A kind of way people ask for by name: its name, how its steps are taken (`Step.by`), and from what level and age it is for them."""

    name: str
    by: frozenset[str]
    from_level: int = 0
    from_age_months: int = 0


@dataclass(frozen=True, slots=True)
class _Standing:
    """A person in the numbers of a table. ``birthdays``: ticks until each age gate opens by itself."""

    origin: int
    level: int
    gates: int
    pay: int
    birthdays: dict[int, int]
    age_months: int


def find_routes(
    table: RouteTable,
    person: Person,
    target: str,
    *,
    horizon_months: float = 120,
    max_moves: int = 7,
    also: Sequence[WayKind] = (),
) -> RouteSearch:
    """
    All routes from a person to a role that no other route beats, and at most five of them named.

    Routes are compared by months, cost to the person, earnings over the horizon (pay on the way counting up to the
    target's own pay) and number of moves. Only routes that end within the horizon are given; if none does, the horizon
    is doubled until one does. Of routes alike in all four, one is given. The same input gives the same answer,
    whatever order the table came in.

    Parameters
    ----------
    horizon_months : how far ahead the person looks. Unit: months, more than 0.
    max_moves : the most steps a route may have.
    also : kinds of way that are worth showing even where another route beats them, such as a T Level; see `other_ways`.

    Raises
    ------
    ValueError
        For an unknown position or gate, a target that is not a role, a level outside 0 to 8, or a horizon, age or
        pay below 0.

    References
    ----------
    docs/methods.md#routes
    """
    goal = table.position_of(target)
    if table.positions[goal].kind != "role":
        raise ValueError(f"{target!r} is a start, not a role")
    if not 0 < horizon_months <= LONGEST_HORIZON_MONTHS or max_moves < 1:
        raise ValueError(
            f"horizon_months is {horizon_months} and max_moves {max_moves}, must be more than 0 and sensible"
        )
    stands = _stand(table, person)
    if goal == stands.origin:
        return RouteSearch(target, (), horizon_months, age_assumed=False, already_there=True)
    aim = _aim(table, goal)
    age_assumed = person.age_months is None and bool(aim.gates & table.age)
    routes, horizon, seen, ahead = _routes(table, stands, goal, horizon_months, max_moves)
    if routes and ahead:
        named = name_routes(table, stands.origin, goal, routes)
        others = other_ways(table, stands, goal, ahead, named, also, horizon)
        return RouteSearch(target, named, to_months(horizon), age_assumed, labels=seen, also=others)
    blocked = _blocked(table, stands, goal, horizon_months, max_moves)
    return RouteSearch(target, (), horizon_months, age_assumed, blocked=blocked, labels=seen)


def prepare(table: RouteTable) -> None:
    """Get ready for the first search for every role, so that nobody waits for it. About 10 ms a role."""
    for goal, position in enumerate(table.positions):
        if position.kind == "role":
            _aim(table, goal)


def _stand(table: RouteTable, person: Person) -> _Standing:
    if not 0 <= person.level <= TOP_LEVEL:
        raise ValueError(f"level is {person.level}, must be 0 to {TOP_LEVEL}")
    if (person.age_months or 0) < 0 or (person.pay_now_gbp or 0) < 0:
        raise ValueError("age_months and pay_now_gbp must be 0 or more")
    origin = table.position_of(person.position)
    if person.age_months is None:
        birthdays = dict.fromkeys(bits(table.age), 0)
    else:
        ages = {bit: table.gates[bit].min_age or 0 for bit in bits(table.age)}
        birthdays = {bit: max(0, to_ticks(age * 12 - person.age_months)) for bit, age in ages.items()}
    pay = table.pay[origin] if person.pay_now_gbp is None else round(person.pay_now_gbp)
    age = ADULT_MONTHS if person.age_months is None else person.age_months
    gates = table.gate_mask(person.gates) | table.position_gates[origin]
    return _Standing(origin, person.level, gates, pay, birthdays, age)


def _aim(table: RouteTable, goal: int) -> Aim:
    """The table seen from a target, kept for the next question."""
    aim = table.memo_aims.get(goal)
    if aim is None:
        aim = table.memo_aims[goal] = Aim(table, goal)
    assert isinstance(aim, Aim)
    return aim


def _routes(
    table: RouteTable, stands: _Standing, goal: int, horizon_months: float, max_moves: int
) -> tuple[list[tuple[Route, list[Stand]]], int, int, Ahead | None]:
    """Routes with where each leg leaves the person, the horizon it took, the part-routes looked at, and the ways they are made of."""
    aim = _aim(table, goal)
    horizon, seen = to_ticks(horizon_months), 0
    gap_now = max(0, table.pay[goal] - stands.pay)
    ahead = look_ahead(aim, stands.origin, stands.level, stands.gates, gap_now=gap_now, max_moves=max_moves)
    if ahead is None:
        return [], horizon, 0, None
    while True:
        found, looked = best_routes(aim, ahead, gates=stands.gates, birthdays=stands.birthdays, horizon=horizon)
        seen += looked
        if found or horizon >= to_ticks(LONGEST_HORIZON_MONTHS):
            break
        horizon *= 2
    return _traced(table, stands, goal, found, horizon), horizon, seen, ahead


def _traced(
    table: RouteTable, stands: _Standing, goal: int, found: list[Label], horizon: int
) -> list[tuple[Route, list[Stand]]]:
    pay = list(table.pay)
    pay[stands.origin] = stands.pay
    start = Stand(stands.origin, stands.level, stands.gates)
    return [retrace(table, rows_of(label), start, goal, pay, stands.birthdays, horizon) for label in found]


def other_ways(
    table: RouteTable,
    stands: _Standing,
    goal: int,
    ahead: Ahead,
    shown: tuple[Route, ...],
    kinds: Sequence[WayKind],
    horizon: int,
) -> tuple[Route, ...]:
    """
    For each kind of way that no named route takes, the quickest route that does, in the order of the kinds; at most `MOST_OTHERS`.

    People ask for the ordinary way by name, and a rare scheme that beats it for those it takes must not hide it. The step must be of use:
    a route that goes on without it is left out, and so is one that takes far longer than the quickest.
    """
    taken = {table.steps_by_id[step].by for route in shown if route.names for step in route.steps}
    latest = min(horizon, to_ticks(min(route.months for route in shown) * LONGER_TIMES + LONGER_MONTHS))
    open_rows = bits(reduce(or_, ahead.exits.values(), 0))
    found: list[Route] = []
    for kind in kinds:
        if (
            taken & kind.by
            or stands.level < kind.from_level
            or stands.age_months < kind.from_age_months
            or len(found) == MOST_OTHERS
        ):
            continue
        rows = frozenset(row for row in open_rows if table.steps[row].by in kind.by)
        # A T Level in health is more to the point than one in anything, so those that lead to a role are tried first.
        leading = frozenset(row for row in rows if table.rows[row].to != STAY)
        tried = (_quickest_by(table, stands, goal, ahead, some, latest, horizon) for some in (leading, rows) if some)
        route = next(filter(None, tried), None)
        if route:
            found.append(replace(route, names=(kind.name,)))
            taken |= {table.steps_by_id[step].by for step in route.steps}
    return tuple(found)


def _quickest_by(
    table: RouteTable, stands: _Standing, goal: int, ahead: Ahead, rows: frozenset[int], latest: int, horizon: int
) -> Route | None:
    """The quickest route that needs one of these steps and ends by `latest`; None if there is none."""
    labels, _ = best_routes(
        _aim(table, goal), ahead, gates=stands.gates, birthdays=stands.birthdays, horizon=latest, by_way_of=rows
    )
    useful = [label for label in labels if _is_of_use(table, stands, rows_of(label), rows)]
    return _traced(table, stands, goal, useful[:1], horizon)[0][0] if useful else None


def _is_of_use(table: RouteTable, stands: _Standing, route: list[int], rows: frozenset[int]) -> bool:
    """Whether the route could not be taken without its steps of these rows."""
    here, level, gates = stands.origin, stands.level, stands.gates
    for index in route:
        row = table.rows[index]
        if index in rows:
            continue
        shut = row.min_level > level or row.needs & table.hard & ~gates
        if shut or (row.origins is not None and here not in row.origins):
            return True
        if row.to != STAY:
            if table.position_gates[row.to] & table.hard & ~(gates | row.clears):
                return True
            here = row.to
        level, gates = max(level, row.gives_level), gates | row.clears
    return table.rows[route[-1]].index in rows


def _blocked(table: RouteTable, stands: _Standing, goal: int, horizon_months: float, max_moves: int) -> Blocked:
    """Why the target is out of reach, and the nearest role that is not."""
    kind, missing, places = shut_steps(table, stands.origin, stands.level, stands.gates, goal)
    for place in nearest_roles(table, places, goal, missing)[:NEAREST_TRIED]:
        slug = table.positions[place].slug
        if place == stands.origin:
            return Blocked(kind, missing, slug, None)
        near, *_ = _routes(table, stands, place, horizon_months, max_moves)
        if near:
            return Blocked(kind, missing, slug, near[0][0])
    return Blocked(kind, missing, None, None)
