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

from typing import Optional

from ginnel.careers.model.routes.aim import Aim, aim_at, reachable
from ginnel.careers.model.routes.table import KEEP, RouteTable

# ticks, pounds, pay gap, gates, level index, position, row taken, part-route before
Label = tuple[int, int, int, int, int, int, int, Optional["Label"]]
# ticks, pounds, pay gap, moves, label
Found = tuple[int, int, int, int, Label]
# ticks, pounds, pay gap, gates, level index, yearly gap at the position, position, moves, place in its layer
Mark = tuple[int, int, int, int, int, int, int, int, int]
MEMO_SIZE = 256


def prepare(table: RouteTable, target: int, origin: int, pay_now: int, level: int, gates: int) -> Aim:
    """The :class:`Aim` for this person and target, from the table's memo if it is there."""
    ready = reachable(table, origin, level, gates)[3]
    key = (target, origin, pay_now, ready)
    memo = table.memo_bounds
    if key in memo:
        memo.move_to_end(key)
        found = memo[key]
        assert isinstance(found, Aim)
        return found
    found = memo[key] = aim_at(table, target, origin, pay_now, ready)
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
) -> tuple[list[Found], int]:
    """
    Every route from ``origin`` to the aim that no other beats and that ends within ``horizon`` ticks.

    Parameters
    ----------
    level, gates : the person's level (0 to 8) and gate mask.
    birthdays : for each age gate's bit index, ticks from now until the person is old enough (0: already).

    Returns
    -------
    list of found routes, one for each set of values, and the number of part-routes looked at.
    """
    target, gap, bounds, generic = aim.target, aim.gap, aim.bounds, aim.generic
    whole_pay = table.pay[target]
    ages = {0: 0}
    grown_up = max((ticks for bit, ticks in birthdays.items() if aim.gates >> bit & 1), default=0)
    waits = table.memo_waits
    wait_for = table.wait_for
    front: list[Found] = []
    kept: dict[int, list[Mark]] = {}
    root: Label = (0, 0, 0, gates & aim.gates, aim.floor[level], origin, -1, None)
    layer: list[Label] = [root]
    seen = 1

    def beats(one: Mark, other: Mark) -> bool:
        t, c, x, g, r, y, p, _, _ = one
        ticks, cost, lost, held, rank, pay_gap, place, _, _ = other
        if t > ticks or c > cost or x > lost or r < rank or y > pay_gap or held & ~g:
            return False
        if t >= grown_up:
            return True
        charge = grown_up - t
        if p == place and g == held and r == rank:
            charge = min(charge, ticks - t)
        return x + charge * whole_pay <= lost

    for moves in range(1, max_moves + 1):
        following: list[Label | None] = []
        for label in layer:
            t0, c0, x0, held, rank, here, _, _ = label
            here_gap = gap[here]
            for way in aim.ways_from(here, rank):
                row, to, ticks, cost, row_gap, gives, hard, soft, age, clears, role_hard, role_soft, role_age = way
                if (hard | role_hard) & ~held:
                    continue
                there = here if to < 0 else to
                after = gives if gives > rank else rank
                more = bounds[there][after]
                if moves + more[3] > max_moves or t0 + ticks + more[0] > horizon:
                    continue
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
                    if ages[age] > starts:
                        starts = ages[age]
                ends = starts + ticks
                missing = role_soft & ~(held | soft)
                if missing:
                    wait, fee = waits.get(missing) or wait_for(missing)
                    price += fee
                    if starts + wait > ends:
                        ends = starts + wait
                if role_age:
                    if role_age not in ages:
                        ages[role_age] = max(until for bit, until in birthdays.items() if role_age >> bit & 1)
                    if ages[role_age] > ends:
                        ends = ages[role_age]
                if row_gap == KEEP:
                    lost = x0 + (ends - t0) * here_gap
                else:
                    lost = x0 + (ends - t0 - ticks) * here_gap + ticks * row_gap
                ft, fc, fx, fm = ends + more[0], price + more[1], lost + more[2], moves + more[3]
                if ft > horizon:
                    continue
                for t, c, x, m, _ in front:
                    if t <= ft and c <= fc and x <= fx and m <= fm:
                        break
                else:
                    seen += 1
                    new: Label = (ends, price, lost, holds, after, there, row, label)
                    if there == target:
                        front = [f for f in front if not (ft <= f[0] and fc <= f[1] and fx <= f[2] and moves <= f[3])]
                        front.append((ends, price, lost, moves, new))
                        continue
                    mark = (ends, price, lost, holds, after, gap[there], there, moves, len(following))
                    home = -1 if generic[there] else there
                    bucket = kept.get(home)
                    if bucket is None:
                        bucket = kept[home] = []
                    for old in bucket:
                        # The first comparisons of beats(), here to save the call.
                        if old[0] <= ends and old[1] <= price and old[2] <= lost and beats(old, mark):
                            break
                    else:
                        # Only part-routes with as many moves can be beaten by a new one.
                        late = [old for old in bucket if old[7] == moves and ends <= old[0] and beats(mark, old)]
                        for old in late:
                            bucket.remove(old)
                            following[old[8]] = None
                        bucket.append(mark)
                        following.append(new)
        layer = [label for label in following if label is not None and not _too_late(label, moves, front, bounds)]
        if not layer:
            break
    return sorted(front, key=lambda found: found[:4]), seen


def _too_late(label: Label, moves: int, front: list[Found], bounds: list[list[tuple[int, int, int, int]]]) -> bool:
    """Whether a route found since is at least as good as anything this part-route could become."""
    more = bounds[label[5]][label[4]]
    t, c, x, m = label[0] + more[0], label[1] + more[1], label[2] + more[2], moves + more[3]
    return any(f[0] <= t and f[1] <= c and f[2] <= x and f[3] <= m for f in front)
