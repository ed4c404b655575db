"""Routes: ordered steps from where a person is to a role. See docs/methods.md#routes."""

from ginnel.careers.model.routes.answer import Blocked, Leg, Missing, Opened, Route, RouteSearch, Wait, Why
from ginnel.careers.model.routes.find import find_routes
from ginnel.careers.model.routes.table import Gate, Person, Position, RouteTable, Step

__all__ = [
    "Blocked",
    "Gate",
    "Leg",
    "Missing",
    "Opened",
    "Person",
    "Position",
    "Route",
    "RouteSearch",
    "RouteTable",
    "Step",
    "Wait",
    "Why",
    "find_routes",
]
