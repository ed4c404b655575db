"""Routes: ordered steps from where a person is to a role. See docs/methods.md#routes."""

from ginnel.careers.model.routing.answer import Blocked, Leg, Missing, Opened, Route, RouteSearch, Wait, Why
from ginnel.careers.model.routing.find import WayKind, find_routes, prepare
from ginnel.careers.model.routing.table import Gate, Person, Position, RouteTable, Step

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
    "WayKind",
    "Why",
    "find_routes",
    "prepare",
]
