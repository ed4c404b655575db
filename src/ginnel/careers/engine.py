"""
The engine of this process: the model's tables, built from the database and kept until the pack or an import changes.

Views and commands ask here; the model itself (`careers/model/`) knows neither Django nor the database.
"""

import threading
from dataclasses import dataclass

from ginnel.careers.model.routing import Gate, Position, RouteTable, Step
from ginnel.careers.models import Gate as GateRow
from ginnel.careers.models import Role, Start
from ginnel.careers.models import Step as StepRow
from ginnel.places.queries import current_place


@dataclass(frozen=True, slots=True)
class RouteEngine:
    """The route table of one edition of the pack."""

    pack_digest: str
    table: RouteTable


_routes: RouteEngine | None = None
_making = threading.Lock()


def route_table() -> RouteTable:
    """The route table of the pack in use. Built once for each edition in each process (about 0.1 s)."""
    global _routes
    digest = current_place().pack_digest
    kept = _routes
    if kept is not None and kept.pack_digest == digest:
        return kept.table
    with _making:
        if _routes is None or _routes.pack_digest != digest:
            _routes = RouteEngine(digest, build_route_table())
        return _routes.table


def forget_engine() -> None:
    """Build the tables afresh at the next question."""
    global _routes
    _routes = None


def build_route_table() -> RouteTable:
    """The route table from the database's gates, roles, starting points and steps."""
    gates = [
        Gate(row.slug, row.kind, row.months, row.cost_gbp, row.self_clear, row.min_age) for row in GateRow.objects.all()
    ]
    # A role pays its lowest point: a route must not promise what only comes with years.
    positions = [
        Position(role.slug, "role", frozenset(gate.slug for gate in role.gates.all()), role.pay_low_gbp or 0)
        for role in Role.objects.public().prefetch_related("gates")
    ] + [Position(start.slug, "start", frozenset(), start.pay_now_gbp) for start in Start.objects.all()]
    rows = (
        StepRow.objects.public()
        .select_related("to", "pay_point")
        .prefetch_related("from_roles", "from_starts", "needs", "clears")
    )
    steps = [
        Step(
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
        for row in rows
    ]
    return RouteTable.build(gates, positions, steps)
