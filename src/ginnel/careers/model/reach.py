"""
How near every role is to a person: the answers of one search over the route table for all roles at once (`forward`).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from ginnel.careers.model.forward import NEVER, Forward, Found
from ginnel.careers.model.routing.table import Person, RouteTable, to_months

NOW_MONTHS = 2.0
"""A step into a job that takes no longer than this, waits included, is something to start now."""
TWO_MOVES_MONTHS = 18.0
MEMO_SIZE = 512
TABLES_KEPT = 8


class Near(NamedTuple):
    """
    How near one role is.

    Attributes
    ----------
    moves
        Fewest steps of any route, 0 if the person is there; None if there is no route within six steps.
    months
        Months of the quickest route within six steps, whose first step is `first_step`. None: no route.
    now_months, now_step
        The quickest single step into a job, on the job or volunteering, waits included; None and "" if there is none.
    two_moves_months
        Months of the quickest route of at most two moves, or None.
    """

    moves: int | None = None
    months: float | None = None
    first_step: str = ""
    now_months: float | None = None
    now_step: str = ""
    two_moves_months: float | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Every role of the table by slug, for one person. ``labels``: part-routes looked at."""

    roles: dict[str, Near]
    labels: int = 0

    def bands(self) -> dict[str, str]:
        """Band of every role."""
        return {slug: band(near) for slug, near in self.roles.items()}


def band(near: Near) -> str:
    """
    ``"now"``: there already, or one step into a job or volunteering of at most `NOW_MONTHS` months with its checks ·
    ``"one-step"``: one step of any kind, or two within `TWO_MOVES_MONTHS` · ``"longer"`` · ``"no-route"``.
    """
    if near.moves is None:
        return "no-route"
    if near.moves == 0 or (near.now_months is not None and near.now_months <= NOW_MONTHS):
        return "now"
    if near.moves == 1 or (near.two_moves_months is not None and near.two_moves_months <= TWO_MOVES_MONTHS):
        return "one-step"
    return "longer"


def reach(table: RouteTable, person: Person) -> Reach:
    """
    How near every role is to this person. Kept in memory for each table by position, level, gates and age.

    Raises
    ------
    ValueError
        For an unknown position or gate.

    References
    ----------
    docs/methods.md#how-near-a-role-is
    """
    origin = table.position_of(person.position)
    gates = table.gate_mask(person.gates) | (
        table.position_gates[origin] if table.positions[origin].kind == "role" else 0
    )
    key = (origin, person.level, gates, person.age_months)
    forward = _FORWARD.get(id(table))
    if forward is None or forward.table is not table:
        forward = _FORWARD[id(table)] = Forward(table)
        while len(_FORWARD) > TABLES_KEPT:
            _FORWARD.popitem(last=False)
    memo = forward.memo
    if key not in memo:
        memo[key] = _answer(forward, origin, forward.search(origin, person.level, gates, person.age_months))
        while len(memo) > MEMO_SIZE:
            memo.popitem(last=False)
    memo.move_to_end(key)
    found: Reach = memo[key]
    return found


def _answer(forward: Forward, origin: int, found: Found) -> Reach:
    table = forward.table
    roles = {}
    for number, position in enumerate(table.positions):
        if position.kind != "role":
            continue
        if number == origin:
            roles[position.slug] = Near(0, 0.0, "", None, "", 0.0)
        elif found.moves[number] >= NEVER:
            roles[position.slug] = Near()
        else:
            single, two = int(found.single[number]), int(found.within_two[number])
            roles[position.slug] = Near(
                int(found.moves[number]),
                to_months(int(found.ticks[number])),
                table.steps[found.first[number]].id,
                to_months(single) if single < NEVER else None,
                table.steps[found.single_step[number]].id if single < NEVER else "",
                to_months(two) if two < NEVER else None,
            )
    return Reach(roles, found.labels)


_FORWARD: OrderedDict[int, Forward] = OrderedDict()
