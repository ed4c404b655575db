"""What a route search answers: plain dataclasses, words apart (rules put them in words)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wait:
    """Time in which nothing but a gate holds the person up. ``reason``: "gate" (getting it) or "age" (a birthday)."""

    gate: str
    months: float
    reason: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A self-clear gate the person gets on the way: what it takes, whether or not it makes them wait."""

    gate: str
    months: float
    cost_gbp: int


@dataclass(frozen=True, slots=True)
class Why:
    """
    One reason a route is longer than it looks.

    ``kind``: "gate" (step ``step`` waits ``months`` for self-clear ``gate``) · "age" (it waits ``months`` for the age
    gate ``gate``) · "gate-first" (it needs ``gate``, which step ``by_step`` gives, ``months`` in all) · "level-first"
    (it needs ``level``, which ``by_step`` gives) · "place-first" (it starts only from where ``by_step`` leads).
    """

    kind: str
    step: str
    months: float
    gate: str | None = None
    level: int | None = None
    by_step: str | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """
    One step of a route, as it falls for this person.

    The leg begins at ``begins_at_month``; after ``wait_before_months`` the step starts (``starts_at_month``); after its
    ``months`` and ``wait_after_months`` (gates the role asks for that take longer than the step) it ends.
    ``cost_gbp`` is the step's own cost and that of the gates in ``opened``. ``earnings_gbp`` is what comes in during
    the leg, waits included. ``to`` is where the person stands afterwards.
    """

    step: str
    from_: str
    to: str
    begins_at_month: float
    starts_at_month: float
    ends_at_month: float
    wait_before_months: float
    wait_after_months: float
    waits: tuple[Wait, ...]
    months: float
    cost_gbp: int
    upfront_gbp: int
    opened: tuple[Opened, ...]
    cleared: tuple[str, ...]
    level_after: int
    pay_gbp: int
    earnings_gbp: int


@dataclass(frozen=True, slots=True)
class Route:
    """
    A route no other route beats.

    ``earnings_gbp``: all that comes in over the horizon, the target's pay after arrival included.
    ``counted_earnings_gbp``: the same, counting pay on the way only up to the target's own pay: what routes are compared by.
    ``upfront_gbp``: the part of ``cost_gbp`` to be found in cash; gates paid by the person are in it.
    ``names``: of "quickest", "earn-while-you-learn", "least-cost", "smallest-first-step", "keeps-options-open".
    ``opens``: roles one step away from some stop of the route, other than its own stops.
    """

    legs: tuple[Leg, ...]
    months: float
    cost_gbp: int
    upfront_gbp: int
    earnings_gbp: int
    counted_earnings_gbp: int
    moves: int
    level_after: int
    why_longer: tuple[Why, ...]
    opens: tuple[str, ...]
    names: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(leg.step for leg in self.legs)


@dataclass(frozen=True, slots=True)
class Missing:
    """A step on the way to the target that stays shut: the gates nothing gives this person, and the level if too high."""

    step: str
    gates: tuple[str, ...]
    level: int | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """
    Why there is no route, and the nearest thing there is.

    ``kind``: "no-steps" (no step leads to the target) · "gate" · "level" · "too-long" (more moves than asked for, or
    steps that cannot be put in an order). ``missing``: the shut steps, nearest to the target first.
    ``nearest_role`` is None only if the person can reach no role at all; ``nearest_route`` is the quickest way to it,
    None if they are in it already.
    """

    kind: str
    missing: tuple[Missing, ...]
    nearest_role: str | None
    nearest_route: Route | None


@dataclass(frozen=True, slots=True)
class RouteSearch:
    """
    All routes no other beats, quickest first. Empty when ``already_there`` or ``blocked``.

    ``horizon_months``: the horizon asked for, or the longer one it took to find any route.
    ``age_assumed``: an age gate was in play and the person's age is not known, so it was taken as met.
    ``labels``: part-routes looked at. ``also``: for each kind of way asked about that no named route takes, the quickest route that does.
    """

    target: str
    routes: tuple[Route, ...]
    horizon_months: float
    age_assumed: bool
    already_there: bool = False
    blocked: Blocked | None = None
    labels: int = 0
    also: tuple[Route, ...] = ()

    @property
    def named(self) -> tuple[Route, ...]:
        """The at most five routes with a name, in the order of the names."""
        return tuple(sorted((r for r in self.routes if r.names), key=lambda route: NAMES.index(route.names[0])))


NAMES = ("quickest", "earn-while-you-learn", "least-cost", "smallest-first-step", "keeps-options-open")
