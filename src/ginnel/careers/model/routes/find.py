"""Find routes: the face of this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ginnel.careers.model.routes.aim import Aim
from ginnel.careers.model.routes.answer import Blocked, Missing, RouteSearch
from ginnel.careers.model.routes.bounds import INF, MONTHS, MOVES, leading_to, reachable
from ginnel.careers.model.routes.choose import name_routes
from ginnel.careers.model.routes.retrace import Stand, retrace
from ginnel.careers.model.routes.search import Found, Hunt, best_routes, prepare
from ginnel.careers.model.routes.table import STAY, TOP_LEVEL, Person, RouteTable, bits, to_months, to_ticks

LONGEST_HORIZON_MONTHS = 1200
BUDGET = 40
HARDEST = 20_000
NEAREST_TRIED = 6
MISSING_SHOWN = 5


def find_routes(
    table: RouteTable,
    person: Person,
    target: str,
    *,
    horizon_months: float = 120,
    max_moves: int = 7,
    extra_moves: int | None = 2,
    budget: int | None = BUDGET,
    closeness: Mapping[str, float] | None = None,
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
    closeness : for roles, how near they are to the target in what the work is (any scale, more is nearer): used only
        to choose the nearest role when there is no route.

    Raises
    ------
    ValueError
        For an unknown position or gate, a target that is not a role, a level outside 0 to 8, or a horizon, age or
        pay below 0.

    References
    ----------
    docs/methods.md#routes
    """
    look = Look(horizon_months, max_moves, extra_moves, budget)
    goal, origin = table.position_of(target), table.position_of(person.position)
    if table.positions[goal].kind != "role":
        raise ValueError(f"{target!r} is a start, not a role")
    if not 0 <= person.level <= TOP_LEVEL:
        raise ValueError(f"level is {person.level}, must be 0 to {TOP_LEVEL}")
    if not 0 < horizon_months <= LONGEST_HORIZON_MONTHS or max_moves < 1:
        raise ValueError(
            f"horizon_months is {horizon_months} and max_moves {max_moves}, must be more than 0 and sensible"
        )
    if (person.age_months or 0) < 0 or (person.pay_now_gbp or 0) < 0:
        raise ValueError("age_months and pay_now_gbp must be 0 or more")
    if goal == origin:
        return RouteSearch(target, (), horizon_months, age_assumed=False, already_there=True)
    gates = table.gate_mask(person.gates) | table.position_gates[origin]
    pay_now = table.pay[origin] if person.pay_now_gbp is None else round(person.pay_now_gbp)
    birthdays = _birthdays(table, person)
    aim = prepare(table, goal, origin, pay_now, person.level, gates, birthdays)
    age_assumed = person.age_months is None and bool(aim.gates & table.age)
    hunt, horizon = _search(table, aim, origin, person, gates, birthdays, look)
    if not hunt.found:
        blocked = _blocked(table, aim, person, goal, gates, closeness or {}, look)
        return RouteSearch(target, (), horizon_months, age_assumed, blocked=blocked)
    pay = list(table.pay)
    pay[origin] = pay_now
    start = Stand(origin, person.level, gates)
    traced = [retrace(table, _rows(route), start, goal, pay, birthdays, horizon) for route in hunt.found]
    return RouteSearch(
        target,
        name_routes(table, origin, goal, traced),
        to_months(horizon),
        age_assumed,
        labels=hunt.labels,
        complete=hunt.complete,
    )


def _search(
    table: RouteTable, aim: Aim, origin: int, person: Person, gates: int, birthdays: dict[int, int], look: Look
) -> tuple[Hunt, int]:
    """
    Deepen one move at a time until there is a route, then look for those with more moves. The hunt, and the horizon.

    If no route ends within the horizon, it is doubled.
    """
    horizon = to_ticks(look.horizon_months)
    least = aim.bounds[origin][aim.floor[person.level]]
    person_facts = {"level": person.level, "gates": gates, "birthdays": birthdays}
    left = HARDEST
    while least[MONTHS] < INF and horizon <= to_ticks(LONGEST_HORIZON_MONTHS) and left > 0:
        for moves in range(least[MOVES], look.max_moves + 1):
            if least[MONTHS] > horizon or left <= 0:
                break
            hunt = best_routes(table, aim, origin, **person_facts, horizon=horizon, max_moves=moves, budget=left)
            left -= hunt.labels
            if hunt.found:
                deepest = look.max_moves if look.extra_moves is None else min(look.max_moves, moves + look.extra_moves)
                if deepest > moves:
                    hunt = best_routes(
                        table,
                        aim,
                        origin,
                        **person_facts,
                        horizon=horizon,
                        max_moves=deepest,
                        found=hunt.found,
                        budget=look.budget,
                    )
                return hunt, horizon
        horizon *= 2
    return NOTHING, to_ticks(look.horizon_months)


@dataclass(frozen=True, slots=True)
class Look:
    """How far to look: months ahead, and moves."""

    horizon_months: float
    max_moves: int
    extra_moves: int | None
    budget: int | None


NOTHING = Hunt([], True, frozenset(), 0, 0)


def _birthdays(table: RouteTable, person: Person) -> dict[int, int]:
    if person.age_months is None:
        return dict.fromkeys(bits(table.age), 0)
    ages = {bit: table.gates[bit].min_age or 0 for bit in bits(table.age)}
    return {bit: max(0, to_ticks(age * 12 - person.age_months)) for bit, age in ages.items()}


def _rows(route: Found) -> list[int]:
    rows, label = [], route[4]
    while label[7] is not None:
        rows.append(label[6])
        label = label[7]
    return rows[::-1]


def _blocked(
    table: RouteTable, aim: Aim, person: Person, goal: int, gates: int, closeness: Mapping[str, float], look: Look
) -> Blocked:
    """Why the target is out of reach, and the nearest role that is not."""
    origin = table.position_of(person.position)
    everything = (1 << len(table.rows)) - 1
    places, level, have, ready = reachable(table, origin, person.level, gates)
    _, useful = leading_to(table, goal, everything)
    away = _moves_away(table, goal)
    if not any(row.to == goal for row in table.rows):
        kind, shut = "no-steps", []
    else:
        shut = []
        for row in table.rows:
            here = row.origins is None or any(places >> place & 1 for place in row.origins)
            if row.to != STAY and useful >> row.index & 1 and not ready >> row.index & 1 and here:
                lacks = (row.needs | table.position_gates[row.to] & ~row.clears) & table.hard & ~have
                short = max(0, row.min_level - level)
                shut.append(
                    (away[row.to], lacks.bit_count() + short, row.index, lacks, row.min_level if short else None)
                )
        shut.sort(key=lambda one: one[:3])
        kind = "too-long" if places >> goal & 1 or not shut else "gate" if shut[0][3] else "level"
        if kind == "too-long":
            shut = []
    # Roles from which a shut step starts by name come first, then the fewest moves away, then the caller's closeness.
    doors = {place for *_, index, _, _ in shut[:MISSING_SHOWN] for place in table.rows[index].origins or ()}
    order = sorted(
        (p for p in bits(places) if table.positions[p].kind == "role" and p != goal),
        key=lambda p: (
            p not in doors,
            away[p],
            -closeness.get(table.positions[p].slug, 0.0),
            abs(table.pay[p] - table.pay[goal]),
            p,
        ),
    )
    role = route = None
    for place in order[:NEAREST_TRIED]:
        slug = table.positions[place].slug
        if place == origin:
            role = slug
            break
        near = find_quickest(table, person, slug, gates, replace(look, extra_moves=0, budget=BUDGET))
        if near.routes:
            role, route = slug, near.routes[0]
            break
    missing = tuple(
        Missing(table.steps[index].id, table.gate_slugs(lacks), short)
        for _, _, index, lacks, short in shut[:MISSING_SHOWN]
    )
    return Blocked(kind, missing, role, route)


def find_quickest(table: RouteTable, person: Person, target: str, gates: int, look: Look) -> RouteSearch:
    """The quickest route only, without looking for a nearest role if there is none (it would not end)."""
    goal, origin = table.position_of(target), table.position_of(person.position)
    pay_now = table.pay[origin] if person.pay_now_gbp is None else round(person.pay_now_gbp)
    birthdays = _birthdays(table, person)
    aim = prepare(table, goal, origin, pay_now, person.level, gates, birthdays)
    hunt, horizon = _search(table, aim, origin, person, gates, birthdays, look)
    pay = list(table.pay)
    pay[origin] = pay_now
    start = Stand(origin, person.level, gates)
    routes = tuple(retrace(table, _rows(one), start, goal, pay, birthdays, horizon)[0] for one in hunt.found[:1])
    return RouteSearch(target, routes, to_months(horizon), person.age_months is None, labels=hunt.labels)


def _moves_away(table: RouteTable, goal: int) -> list[int]:
    """Fewest moves from each position to the goal if every gate and level were open."""
    far = len(table.positions)
    away = [far] * far
    away[goal] = 0
    reached, moves = {goal}, 0
    while reached:
        moves += 1
        following = set()
        for row in table.rows:
            if row.to in reached:
                following.update(p for p in row.origins or range(far) if away[p] == far)
        for place in following:
            away[place] = moves
        reached = following
    return away
