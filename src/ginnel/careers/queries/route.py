"""A person's routes to a role, put in words with their sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ginnel.careers.engine import route_engine
from ginnel.careers.model.routing import Leg, Person, Route, RouteSearch
from ginnel.careers.models import Role, Step
from ginnel.careers.pictures import StreetPlan, street_plan
from ginnel.careers.route_words import (
    ROUTE_MEANINGS,
    ROUTE_NAMES,
    blocked_in_words,
    money_in_words,
    opened_in_words,
    wait_in_words,
    whole_cost_in_words,
    why_longer,
)
from ginnel.careers.words import payers_in_words
from ginnel.core.text import months_in_words
from ginnel.core.words import english, names_for_reader


@dataclass(frozen=True, slots=True)
class LegWords:
    """One step of a route as a page shows it."""

    step: Step
    leg: Leg
    to_name: str
    months: str
    waits: list[str]
    money: str
    paid_by: str
    gates_opened: list[str]
    gates_given: list[str]


@dataclass(frozen=True, slots=True)
class RouteWords:
    """One route as a page shows it. Money in whole pounds; `years` of the horizon its earnings count."""

    names: list[str]
    meanings: list[str]
    route: Route
    months: str
    legs: list[LegWords]
    why_longer: list[str]
    plan: StreetPlan
    cost: str


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """The answer to "how do I get there?"."""

    target: Role
    from_name: str
    search: RouteSearch
    routes: list[RouteWords]
    blocked: list[str] = field(default_factory=list)
    nearest: Role | None = None
    nearest_route: RouteWords | None = None
    also: list[RouteWords] = field(default_factory=list)

    @property
    def shown(self) -> list[RouteWords]:
        """The named routes, then the ordinary ways that one of them beats."""
        return [*self.routes, *self.also]

    @property
    def others(self) -> int:
        """Routes that nothing beats beyond the named ones."""
        return len(self.search.routes) - len(self.routes)

    @property
    def stands_alone(self) -> bool:
        """Whether one route is best at everything, so that its names would say nothing."""
        return len(self.routes) == 1

    @property
    def years(self) -> int:
        """Years of earnings that are counted."""
        return round(self.search.horizon_months / 12)


def plan_route(person: Person, target: Role, *, horizon_months: float = 120) -> RoutePlan:
    """
    Routes from where a person stands to a role, in words. A fixed number of queries, whatever is found.

    :raises ValueError: for a position that is neither a role nor a starting point.
    """
    search = route_engine().find(person, target.slug, horizon_months=horizon_months)
    nearest_route = search.blocked.nearest_route if search.blocked else None
    shown = [*search.named, *search.also, *([nearest_route] if nearest_route else [])]
    wanted = {slug for route in shown for slug in route.steps}
    if search.blocked:
        wanted |= {missing.step for missing in search.blocked.missing}
    words = _Words(wanted)
    return RoutePlan(
        target,
        words.places.get(person.position, person.position),
        search,
        [words.route(route, person.position) for route in search.named],
        blocked_in_words(search.blocked, target=english(target.name), gates=words.gates, steps=words.titles)
        if search.blocked
        else [],
        Role.objects.public().filter(slug=search.blocked.nearest_role).first()
        if search.blocked and search.blocked.nearest_role
        else None,
        words.route(nearest_route, person.position) if nearest_route else None,
        [words.route(route, person.position) for route in search.also],
    )


class _Words:
    """Names by slug, read once."""

    def __init__(self, steps: set[str]):
        rows = Step.objects.public().filter(slug__in=steps).select_related("source")
        self.steps = {step.slug: step for step in rows}
        engine = route_engine()
        self.titles, self.gates, self.places = map(names_for_reader, (engine.steps, engine.gates, engine.places))

    def route(self, route: Route, origin: str) -> RouteWords:
        legs = [self._leg(leg) for leg in route.legs]
        return RouteWords(
            [ROUTE_NAMES[name] for name in route.names],
            [ROUTE_MEANINGS[name] for name in route.names],
            route,
            months_in_words(route.months),
            legs,
            [why_longer(why, steps=self.titles, gates=self.gates) for why in route.why_longer],
            route_plan(route, origin),
            whole_cost_in_words([(leg.cost_gbp, leg.upfront_gbp, self.steps[leg.step].paid_by) for leg in route.legs]),
        )

    def _leg(self, leg: Leg) -> LegWords:
        step = self.steps[leg.step]
        # A gate that is opened on the way says its own time; only a longer wait for it is worth a line of its own.
        opening = {opened.gate: opened.months for opened in leg.opened}
        waits = [
            wait_in_words(wait.gate, wait.months, self.gates)
            for wait in leg.waits
            if wait.months > opening.get(wait.gate, 0)
        ]
        return LegWords(
            step,
            leg,
            self.places.get(leg.to, leg.to),
            months_in_words(leg.months) if leg.months else _("straight away"),
            waits,
            money_in_words(leg, step.paid_by),
            payers_in_words(step.paid_by),
            [opened_in_words(opened, self.gates) for opened in leg.opened],
            [self.gates.get(gate, gate) for gate in leg.cleared],
        )


def route_plan(route: Route, origin: str) -> StreetPlan:
    """A route as a street plan. No queries."""
    engine = route_engine()
    places, titles, gate_names = map(names_for_reader, (engine.places, engine.steps, engine.gates))
    stops = [places.get(origin, origin)]
    steps: list[tuple[str, str, Sequence[str]]] = []
    for leg in route.legs:
        stays = leg.to == leg.from_
        stops.append(
            _("Level %(level_after)s") % {"level_after": leg.level_after} if stays else places.get(leg.to, leg.to)
        )
        gates = [gate_names.get(opened.gate, opened.gate) for opened in leg.opened]
        steps.append((titles.get(leg.step, leg.step), months_in_words(leg.months) if leg.months else "", gates))
    return street_plan(stops, steps)


def example_route(target: str) -> Route | None:
    """The quickest route to a role for somebody at the first starting point; None if there is none. No queries."""
    engine = route_engine()
    start = next(iter(engine.starts.values()), None)
    if start is None:
        return None
    routes = engine.find(start, target, horizon_months=120).routes
    return routes[0] if routes else None


def route_json(plan: RoutePlan) -> dict[str, Any]:
    """The same as plain values, for the command line and other programs."""
    return {
        "from": plan.from_name,
        "to": plan.target.slug,
        "horizon_months": plan.search.horizon_months,
        "already_there": plan.search.already_there,
        "age_assumed": plan.search.age_assumed,
        "non_dominated_routes": len(plan.search.routes),
        "blocked": plan.blocked,
        "nearest_role": plan.nearest.slug if plan.nearest else None,
        "routes": [_route_json(words) for words in plan.routes],
        "also": [_route_json(words) for words in plan.also],
    }


def _route_json(words: RouteWords) -> dict[str, Any]:
    route = words.route
    return {
        "names": list(route.names),
        "months": round(route.months, 2),
        "cost_gbp": route.cost_gbp,
        "upfront_gbp": route.upfront_gbp,
        "earnings_gbp": route.earnings_gbp,
        "moves": route.moves,
        "why_longer": words.why_longer,
        "steps": [
            {
                "step": leg.step.slug,
                "title": leg.step.title,
                "to": leg.leg.to,
                "starts_at_month": round(leg.leg.starts_at_month, 2),
                "months": leg.leg.months,
                "cost_gbp": leg.leg.cost_gbp,
                "upfront_gbp": leg.leg.upfront_gbp,
                "paid_by": leg.step.paid_by,
                "pay_gbp": leg.leg.pay_gbp,
                "gates_opened": [opened.gate for opened in leg.leg.opened],
                "gates_given": list(leg.leg.cleared),
                "source": leg.step.source.title,
                "as_of": leg.step.as_of.isoformat(),
            }
            for leg in words.legs
        ],
    }
