"""Where a person stands, from what they said and what a starting point assumes."""

from collections.abc import Iterable
from dataclasses import replace

from ginnel.careers.engine import route_engine
from ginnel.careers.model.routing import Person

LEVEL_OF_ROLE = {"entry": 1, "trained": 3, "professional": 6, "senior": 6, "lead": 7}
GROWN_UP_YEARS = 30


def person_at(position: str, *, level: int | None = None, age: int | None = None, has: Iterable[str] = ()) -> Person:
    """
    A person at a starting point or in a role.

    What they did not say is taken from the starting point. Of somebody in a role, the gates of that role and a level that goes with
    such roles are assumed; whoever says a level is taken to hold the gates that go with it.

    :raises ValueError: for a position that is neither.
    """
    engine = route_engine()
    gates = frozenset(has)
    if level is not None:
        gates |= {slug for slug, least in engine.held_from.items() if level >= least}
    start = engine.starts.get(position)
    if start is not None:
        return replace(
            start,
            level=start.level if level is None else level,
            age_months=start.age_months if age is None else age * 12,
            gates=start.gates | gates,
        )
    if position not in engine.roles:
        raise ValueError(f"{position!r} is neither a role nor a starting point")
    role = engine.table.positions[engine.table.position_of(position)]
    assumed = LEVEL_OF_ROLE[engine.roles[position]]
    return Person(
        position,
        assumed if level is None else level,
        (age or GROWN_UP_YEARS) * 12,
        gates | role.gates,
        round(role.pay_gbp),
    )
