"""
The route engine of this process: the model's table and its names, built from the database and kept until the pack changes.

Views and commands ask here; the model itself (`careers/model/`) knows neither Django nor the database.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from ginnel.careers.model.routing import Gate, Person, Position, RouteSearch, RouteTable, Step, WayKind, find_routes
from ginnel.careers.models import Gate as GateRow
from ginnel.careers.models import Role, Start
from ginnel.careers.models import Step as StepRow
from ginnel.places.queries import current_place

SEARCHES_KEPT = 2000
ORDINARY_WAYS = (
    WayKind("also-t-level", frozenset(("t-level",))),
    WayKind("also-degree", frozenset(("degree",))),
    WayKind("also-postgraduate", frozenset(("postgraduate",)), from_level=6),
    WayKind("also-apprenticeship", frozenset(("apprenticeship", "degree-apprenticeship"))),
    WayKind("also-access-course", frozenset(("access-course",)), from_age_months=19 * 12),  # for adults
)
"""Ways that people ask for by name. They are shown even where another route beats them."""


@dataclass(frozen=True, slots=True)
class RouteEngine:
    """
    The route table of one edition of the pack, with what is said of its parts.

    `steps`, `gates`, `places`: names by slug. `starts`: who is meant by each starting point. `roles`: level of each role.
    `held_from`: gates by the qualification level from which people are taken to hold them. `searches`: answers already worked out.
    """

    pack_digest: str
    table: RouteTable
    steps: dict[str, str]
    gates: dict[str, str]
    places: dict[str, str]
    starts: dict[str, Person]
    roles: dict[str, str]
    held_from: dict[str, int]
    searches: dict[tuple[Person, str, float], RouteSearch]

    def find(self, person: Person, target: str, *, horizon_months: float) -> RouteSearch:
        """`find_routes`, remembered: many people start from the same place."""
        key = (person, target, horizon_months)
        found = self.searches.get(key)
        if found is None:
            found = find_routes(self.table, person, target, horizon_months=horizon_months, also=ORDINARY_WAYS)
            if len(self.searches) >= SEARCHES_KEPT:
                self.searches.clear()
            self.searches[key] = found
        return found


_engine: RouteEngine | None = None
_making = threading.Lock()
_trial: ContextVar[RouteEngine | None] = ContextVar("trial_engine", default=None)


def route_engine() -> RouteEngine:
    """The engine of the pack in use. Built once for each edition in each process (about half a second)."""
    global _engine
    if (trial := _trial.get()) is not None:
        return trial
    digest = current_place().pack_digest
    kept = _engine
    if kept is not None and kept.pack_digest == digest:
        return kept
    with _making:
        if _engine is None or _engine.pack_digest != digest:
            _engine = _build(digest)
        return _engine


@contextmanager
def trial_engine() -> Iterator[None]:
    """Answer this request, and no other, from what its transaction holds: for looking at a draft that will be rolled back."""
    token = _trial.set(_build("trial"))
    try:
        yield
    finally:
        _trial.reset(token)


def forget_engine() -> None:
    """Build the table afresh at the next question."""
    global _engine
    _engine = None


def _build(digest: str) -> RouteEngine:
    gates = list(GateRow.objects.all())
    roles = list(Role.objects.public().prefetch_related("gates").order_by("name"))
    starts = list(Start.objects.prefetch_related("gates").order_by("position"))
    steps = list(
        StepRow.objects.public().select_related("to").prefetch_related("from_roles", "from_starts", "needs", "clears")
    )
    # A role pays its lowest point: a route must not promise what only comes with years.
    positions = [
        Position(role.slug, "role", frozenset(gate.slug for gate in role.gates.all()), role.pay_low_gbp or 0)
        for role in roles
    ]
    positions += [Position(start.slug, "start", frozenset(), start.pay_now_gbp) for start in starts]
    table = RouteTable.build(
        [Gate(row.slug, row.kind, row.months, row.cost_gbp, row.self_clear, row.min_age) for row in gates],
        positions,
        [_step(row) for row in steps],
    )
    return RouteEngine(
        digest,
        table,
        {row.slug: row.title for row in steps},
        {row.slug: row.name for row in gates},
        {role.slug: role.name for role in roles} | {start.slug: start.name for start in starts},
        {start.slug: _person(start) for start in starts},
        {role.slug: role.level for role in roles},
        {row.slug: row.held_from_level for row in gates if row.held_from_level is not None},
        {},
    )


def _step(row: StepRow) -> Step:
    return Step(
        id=row.slug,
        from_=None
        if row.from_anywhere
        else frozenset([x.slug for x in row.from_roles.all()] + [x.slug for x in row.from_starts.all()]),
        min_level=row.min_level,
        to=row.to.slug if row.to else None,
        by=row.by,
        months=row.months,
        cost_gbp=row.cost_gbp,
        upfront_gbp=row.upfront_gbp,
        pay_gbp=row.pay_gbp,
        needs=frozenset(gate.slug for gate in row.needs.all()),
        clears=frozenset(gate.slug for gate in row.clears.all()),
        gives_level=row.gives_level,
    )


def _person(start: Start) -> Person:
    gates = frozenset(gate.slug for gate in start.gates.all())
    return Person(start.slug, start.level, start.age * 12, gates, start.pay_now_gbp)
