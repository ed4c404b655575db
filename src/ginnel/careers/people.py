"""Where a person stands, from what they said and what a starting point assumes."""

from collections.abc import Iterable

from ginnel.careers.model.routing import Person
from ginnel.careers.models import Gate, Role, Start

LEVEL_OF_ROLE = {"entry": 1, "trained": 3, "professional": 6, "senior": 6, "lead": 7}


def person_at(
    position: str,
    *,
    level: int | None = None,
    age: int | None = None,
    has: Iterable[str] = (),
    pay_now_gbp: int | None = None,
) -> Person:
    """
    A person at a starting point or in a role.

    What they did not say is taken from the starting point (its level, gates and pay, and its age only where that is young enough to
    matter); of somebody in a role, a level that goes with such roles is assumed.

    :raises ValueError: for a position that is neither.
    """
    gates = frozenset(has)
    if level is not None:
        gates |= set(Gate.objects.filter(held_from_level__lte=level).values_list("slug", flat=True))
    start = Start.objects.filter(slug=position).prefetch_related("gates").first()
    if start is not None:
        gates |= {gate.slug for gate in start.gates.all()}
        assumed_age = start.age if start.age < 19 else None
        return Person(
            position,
            start.level if level is None else level,
            (age if age is not None else assumed_age or 30) * 12,
            gates,
            start.pay_now_gbp if pay_now_gbp is None else pay_now_gbp,
        )
    role = Role.objects.public().filter(slug=position).prefetch_related("gates").first()
    if role is None:
        raise ValueError(f"{position!r} is neither a role nor a starting point")
    gates |= {gate.slug for gate in role.gates.all()} | {"right-to-work"}
    return Person(
        position, LEVEL_OF_ROLE[role.level] if level is None else level, (age or 30) * 12, gates, role.pay_low_gbp or 0
    )
