"""
The search: every route that no other route beats, over months, cost, pay given up and number of moves.

**What is compared.** (1) ticks until the person has the role, (2) pounds it costs them, self-clear gates included,
(3) pay given up on the way, the sum over the way of ``max(0, target pay - pay at that time)``, (4) moves. With every
route ending inside the horizon H, earnings over H counted up to the target's own pay are ``H * target pay - (3)``, so
(3) orders routes exactly as those earnings do, and it only grows. Pay above the target's does not count: if it did,
the best road to care worker would be ten years as something better paid.

**When one part-route A beats another, B** (so that B can be dropped and no result is lost). A stands at p, B at q, and
 a. p = q; or no step starts by name from q (q is *generic*) and p pays at least as much as q, up to the target's pay;
 b. A has at least B's level and all of B's gates (those that some useful step asks for);
 c. A is no later, has cost no more, has no more moves, and has given up no more pay, even if it is charged the whole
    pay gap for each tick it may yet spend waiting for a birthday that B has already passed.
Take any way B goes on, and let A follow step by step. If a step changes nothing for A, A leaves it out and stands
where it stood, and (a) and (b) still hold: the step gave B only what A has. Otherwise A takes it: A's level and gates
allow it, A lacks only gates that B lacks too, so A waits no longer for gates and pays no more for them, and both come
to the same position (or both stay). Hence A is never behind, never dearer, never has more moves. Pay given up is at
most B's plus what A loses by waiting, where B does not, for an age: those waits lie between A's time and the last
birthday that matters, at no more than the target's whole pay. If A and B also have the same position, level and gates
they take and leave the same steps, so A's lead only shrinks by such waits: they last no longer than the lead.
Nothing in this needs a record of positions visited: a route that comes back to a position with nothing gained is
beaten by itself before the detour, so no route in the result comes back to a position unless it has gained a gate or a
level in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from ginnel.careers.model.routes.aim import Aim, aim_at
from ginnel.careers.model.routes.bounds import reachable, still_open
from ginnel.careers.model.routes.kept import Kept, Label
from ginnel.careers.model.routes.table import KEEP, TICKS_PER_YEAR, RouteTable

# ticks, pounds, pay gap, moves, label
Found = tuple[int, int, int, int, Label]
Values = tuple[int, int, int, int]
# The queues a part-route waits in, by what comes first: all in one price, months, pounds, pay gap, moves.
PRICE, QUICK, CHEAP, PAID, SHORT = range(5)
TURNS = (PRICE, QUICK, PRICE, PAID, PRICE, CHEAP, PRICE, SHORT)
NO_ROOM = (-1, (1 << 60, 1 << 60, 1 << 60, 1 << 60), 0)
MEMO_SIZE = 64


@dataclass(slots=True)
class Hunt:
    """
    What a search found. ``complete``: nothing was left to look at. ``sure``: of QUICK, CHEAP and PAID, those whose
    best route is proven even so. ``labels``: part-routes gone on from; ``seen``: part-routes made.
    """

    found: list[Found]
    complete: bool
    sure: frozenset[int]
    labels: int
    seen: int


def prepare(
    table: RouteTable, target: int, origin: int, pay_now: int, level: int, gates: int, birthdays: dict[int, int]
) -> Aim:
    """The :class:`Aim` for this person and target, from the table's memo if it is there."""
    ready = reachable(table, origin, level, gates)[3]
    ahead = sum(1 << bit for bit, ticks in birthdays.items() if ticks)
    key = (target, origin, pay_now, ready, ahead)
    memo = table.memo_bounds
    found = memo.pop(key, None)
    if not isinstance(found, Aim):
        found = aim_at(table, target, origin, pay_now, ready, ahead)
    memo[key] = found  # last in, last out
    while len(memo) > MEMO_SIZE:
        memo.popitem(last=False)
    return found


def best_routes(
    table: RouteTable,
    aim: Aim,
    origin: int,
    *,
    level: int,
    gates: int,
    birthdays: dict[int, int],
    horizon: int,
    max_moves: int,
    found: Sequence[Found] = (),
    budget: int | None = None,
) -> Hunt:
    """
    Every route from ``origin`` to the aim that no other beats and that ends within ``horizon`` ticks.

    Parameters
    ----------
    level, gates : the person's level (0 to 8) and gate mask.
    birthdays : for each age gate's bit index, ticks from now until the person is old enough (0: already).
    found : routes known already, no two of which beat each other.
    budget : stop after going on from this many part-routes; None: never.

    Notes
    -----
    Each part-route waits in five queues, each in the order of a lower bound of one value of the routes it may become.
    The queues take turns, so that the best route by each value comes early and prunes the rest. The order changes
    nothing in the result of a search that ends. A queue whose first part-route cannot beat the best route found by
    its value has proven that route, and rests.
    """
    target, gap, bounds = aim.target, aim.gap, aim.bounds
    whole_pay, hard_gates = table.pay[target], table.hard
    ages = {0: 0}
    grown_up = max((ticks for bit, ticks in birthdays.items() if aim.gates >> bit & 1), default=0)
    waits, wait_for = table.memo_waits, table.wait_for
    front = list(found)
    front_values = np.array([f[:4] for f in front], dtype=np.int64).reshape(-1, 4)
    version = 0
    kept = Kept(table, grown_up, whole_pay)
    best: dict[tuple[int, int], list[tuple[int, int, int, int, int]]] = {}
    rooms: dict[tuple[int, int], tuple[int, Values, int]] = {}
    done: set[int] = set()
    queues: list[list[tuple[int, int, int, int, int, int, Label]]] = [[] for _ in range(5)]
    resting = [False] * 5

    def wait_in_queues(ft: int, fc: int, fx: int, fm: int, moves: int, number: int, label: Label) -> None:
        heappush(queues[0], (ft * (whole_pay + 1) + fc * TICKS_PER_YEAR + fx, ft, fc, fm, moves, number, label))
        heappush(queues[1], (ft, fc, fx, fm, moves, number, label))
        heappush(queues[2], (fc, ft, fx, fm, moves, number, label))
        heappush(queues[3], (fx, ft, fc, fm, moves, number, label))
        heappush(queues[4], (fm, ft, fc, fx, moves, number, label))

    root: Label = (0, 0, 0, gates & aim.gates, aim.floor[level], origin, -1, None)
    seen, turn = 0, -1
    more = bounds[origin][aim.floor[level]]
    wait_in_queues(more[0], more[1], more[2], more[3], 0, 0, root)
    while len(done) <= seen and (budget is None or kept.size < budget):
        turn = (turn + 1) % len(TURNS)
        queue = queues[TURNS[turn]]
        while queue and queue[0][5] in done:
            heappop(queue)
        if not queue:
            break
        if resting[TURNS[turn]]:
            continue
        first = queue[0]
        if front and 1 <= TURNS[turn] <= 3:
            order = _ORDERS[TURNS[turn]]
            if first[:3] >= min((f[order[0]], f[order[1]], f[order[2]]) for f in front):
                resting[TURNS[turn]] = True
                continue
        heappop(queue)
        moves, number, label = first[4:]
        done.add(number)
        t0, c0, x0, held, rank, here, _, _ = label
        more = bounds[here][rank]
        ft, fc, fx, fm = t0 + more[0], c0 + more[1], x0 + more[2], moves + more[3]
        if fm > max_moves or any(t <= ft and c <= fc and x <= fx and m <= fm for t, c, x, m, _ in front):
            continue
        so_far = (t0, c0, x0, moves)
        if kept.beats(
            label,
            moves,
            lambda: aim.as_good(here, rank, so_far, front_values, horizon, max_moves),  # noqa: B023 (called at once)
            lambda: aim.gates_ahead(rank, so_far, front_values, horizon, max_moves),  # noqa: B023
        ):
            continue
        kept.add(label, moves)
        here_gap = gap[here]
        exits = aim.exits(here, rank, held & hard_gates)
        now = np.array([[t0], [c0], [x0], [moves]], dtype=np.int64)
        moves += 1
        for at in still_open(exits.least + now, front_values, horizon, max_moves).nonzero()[0].tolist():
            row, to, ticks, cost, row_gap, gives, _, soft, age, clears, _, role_soft, role_age = exits.ways[at]
            there = here if to < 0 else to
            after = gives if gives > rank else rank
            holds = held | clears | soft | role_soft
            if there == here and after == rank and holds == held:
                continue
            starts, price = t0, c0 + cost
            missing = soft & ~held
            if missing:
                wait, fee = waits.get(missing) or wait_for(missing)
                starts += wait
                price += fee
            if age:
                if age not in ages:
                    ages[age] = max(until for bit, until in birthdays.items() if age >> bit & 1)
                starts = max(starts, ages[age])
            ends = starts + ticks
            missing = role_soft & ~(held | soft)
            if missing:
                wait, fee = waits.get(missing) or wait_for(missing)
                price += fee
                ends = max(ends, starts + wait)
            if role_age:
                if role_age not in ages:
                    ages[role_age] = max(until for bit, until in birthdays.items() if role_age >> bit & 1)
                ends = max(ends, ages[role_age])
            if row_gap == KEEP:
                lost = x0 + (ends - t0) * here_gap
            else:
                lost = x0 + (ends - t0 - ticks) * here_gap + ticks * row_gap
            more = bounds[there][after]
            ft, fc, fx, fm = ends + more[0], price + more[1], lost + more[2], moves + more[3]
            if ft > horizon or fm > max_moves:
                continue
            for t, c, x, m, _ in front:
                if t <= ft and c <= fc and x <= fx and m <= fm:
                    break
            else:
                new: Label = (ends, price, lost, holds, after, there, row, label)
                if there == target:
                    front = [f for f in front if not (ft <= f[0] and fc <= f[1] and fx <= f[2] and moves <= f[3])]
                    front.append((ends, price, lost, moves, new))
                    front_values = np.array([f[:4] for f in front], dtype=np.int64)
                    version += 1
                    continue
                # A quick look at part-routes with the same gates; the full look comes when its turn comes.
                known, low, as_good = rooms.get((there, after), NO_ROOM)
                if known != version or ends < low[0] or price < low[1] or lost < low[2] or moves < low[3]:
                    low = min(low[0], ends), min(low[1], price), min(low[2], lost), min(low[3], moves)
                    as_good = aim.as_good(there, after, low, front_values, horizon, max_moves)
                    rooms[there, after] = version, low, as_good
                mine = best.setdefault((after, holds), [])
                for t, c, x, m, p in mine:
                    if t <= ends and c <= price and x <= lost and m <= moves and as_good >> p & 1:
                        if t >= grown_up or (t == ends and p == there):
                            break
                else:
                    mine.append((ends, price, lost, moves, there))
                    seen += 1
                    wait_in_queues(ft, fc, fx, fm, moves, seen, new)
    complete = len(done) > seen or not queues[TURNS[turn]]
    sure = frozenset(k for k in (QUICK, CHEAP, PAID) if complete or resting[k])
    return Hunt(sorted(front, key=lambda found: found[:4]), complete, sure, kept.size, seen)


_ORDERS = {QUICK: (0, 1, 2), CHEAP: (1, 0, 2), PAID: (2, 0, 1)}
