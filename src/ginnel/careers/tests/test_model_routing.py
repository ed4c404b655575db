"""Routes against brute force: every order of steps on small random tables, by plain sets and fractions."""

import random
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ginnel.careers.model.routing import Gate, Person, Position, RouteTable, Step, find_routes

GATES = (
    Gate("age-18", "age", min_age=18),
    Gate("check", "check", months=1, self_clear=True),
    Gate("licence", "licence", months=9, cost_gbp=1900, self_clear=True),
    Gate("register", "registration"),
    Gate("science", "qualification"),
)
SLUGS = [gate.slug for gate in GATES]
ROLES = ["role-a", "role-b", "role-c", "target"]
PAY = st.sampled_from([0, 7200, 14400, 21600, 36000])  # multiples of 720: pay for a 60th of a month is whole pounds
some_gates = st.one_of(st.just(frozenset()), st.sets(st.sampled_from(SLUGS), max_size=2).map(frozenset))
# A step to somewhere, most of them with a use: to the target, or giving a gate or a level that others ask for.
places_to = st.sampled_from([*ROLES, "target", None, None])


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Position], list[Step], Person]:
    positions = [Position("start", "start")]
    positions += [Position(slug, "role", draw(some_gates), draw(PAY)) for slug in ROLES]
    steps = []
    for number in range(draw(st.integers(5, 9))):
        origin = draw(st.one_of(st.none(), st.sets(st.sampled_from(["start", *ROLES[:3]]), min_size=1, max_size=3)))
        steps.append(
            Step(
                id=f"step-{number}",
                from_=None if origin is None else frozenset(origin),
                min_level=draw(st.sampled_from([0, 0, 0, 1, 2])),
                to=draw(places_to),
                by="course",
                months=draw(st.sampled_from([0, 0.5, 1, 3, 12, 14])),
                cost_gbp=draw(st.sampled_from([0, 0, 100, 2000])),
                pay_gbp=draw(st.one_of(st.none(), PAY)),
                needs=draw(some_gates),
                clears=draw(st.sets(st.sampled_from(SLUGS), max_size=2).map(frozenset)) - {"age-18"},
                gives_level=draw(st.sampled_from([None, 1, 2])),
            )
        )
    person = Person(
        "start",
        draw(st.sampled_from([0, 0, 1, 2])),
        draw(st.sampled_from([None, 200, 210, 215, 400])),
        draw(some_gates) - {"age-18"},
        draw(st.one_of(st.none(), PAY)),
    )
    return positions, steps, person


def busy_problem(seed: int) -> tuple[list[Position], list[Step], Person]:
    """A table with more ways through than hypothesis tends to make: a long front of routes."""
    rng = random.Random(seed)

    def gates(chance: float) -> frozenset[str]:
        return frozenset(slug for slug in SLUGS if rng.random() < chance)

    pay = [0, 7200, 14400, 21600, 36000]
    positions = [Position("start", "start")]
    positions += [Position(slug, "role", gates(0.15), rng.choice(pay[1:])) for slug in ROLES]
    steps = [
        Step(
            id=f"step-{number:02}",
            from_=None if rng.random() < 0.5 else frozenset(rng.sample(["start", *ROLES[:3]], 2)),
            min_level=rng.choice([0, 0, 1, 2]),
            to=rng.choice([*ROLES, "target", None]),
            by="course",
            months=rng.choice([0.5, 1, 3, 6, 12, 14]),
            cost_gbp=rng.choice([0, 0, 100, 2000]),
            pay_gbp=rng.choice([None, *pay]),
            needs=gates(0.2),
            clears=gates(0.25) - {"age-18"},
            gives_level=rng.choice([None, 1, 2]),
        )
        for number in range(10)
    ]
    age = rng.choice([None, 190, 200, 212, 400])
    return positions, steps, Person("start", rng.choice([0, 1]), age, gates(0.2) - {"age-18"}, rng.choice([None, *pay]))


@dataclass(frozen=True)
class State:
    place: str
    level: int
    gates: frozenset[str]
    months: Fraction = Fraction(0)
    cost: int = 0
    gap: Fraction = Fraction(0)  # pounds


def take(step: Step, state: State, places: dict[str, Position], person: Person, whole: int) -> State | None:
    """What the step does, read from the rules in docs/methods.md; None if it cannot be taken or changes nothing."""
    kinds = {gate.slug: gate for gate in GATES}

    def lacks(asked: frozenset[str]) -> list[Gate]:
        return [kinds[slug] for slug in asked if kinds[slug].min_age is None and slug not in state.gates]

    def until_old_enough(asked: frozenset[str], month: Fraction) -> Fraction:
        ages = [kinds[slug].min_age or 0 for slug in asked if kinds[slug].min_age is not None]
        if person.age_months is None or not ages:
            return Fraction(0)
        return max(Fraction(0), max(ages) * 12 - person.age_months - month)

    if (step.from_ is not None and state.place not in step.from_) or state.level < step.min_level:
        return None
    role_asks = places[step.to].gates - step.clears if step.to else frozenset()
    if any(not gate.self_clear for gate in lacks(step.needs | role_asks)):
        return None
    before = lacks(step.needs)
    wait = max(
        [Fraction(gate.months) for gate in before] + [until_old_enough(step.needs, state.months)] + [Fraction(0)]
    )
    started = state.months + wait
    during = [gate for gate in lacks(role_asks) if gate not in before]
    length = max([Fraction(step.months)] + [Fraction(gate.months) for gate in during])
    length += until_old_enough(role_asks, started + length)
    pay_here = whole_pay_now(state, places, person)
    pay_on = pay_here if step.pay_gbp is None else int(step.pay_gbp)
    waiting = wait + length - Fraction(step.months)
    gap = waiting * max(0, whole - pay_here) / 12 + Fraction(step.months) * max(0, whole - pay_on) / 12
    after = State(
        step.to or state.place,
        max(state.level, step.gives_level or 0),
        state.gates | {gate.slug for gate in before + during} | (step.clears),
        started + length,
        state.cost + step.cost_gbp + sum(gate.cost_gbp for gate in before + during),
        state.gap + gap,
    )
    same = (after.place, after.level, after.gates) == (state.place, state.level, state.gates)
    return None if same else after


def whole_pay_now(state: State, places: dict[str, Position], person: Person) -> int:
    if state.place == person.position and person.pay_now_gbp is not None:
        return person.pay_now_gbp
    return places[state.place].pay_gbp


@dataclass(frozen=True)
class Rules:
    """What makes an order of steps a route, worked out afresh from docs/methods.md with plain sets."""

    names: dict[str, set[str]]
    entries: set[str]
    near: set[str]
    asked: set[str]
    top: int

    @classmethod
    def of(cls, places: dict[str, Position], steps: list[Step], person: Person) -> "Rules":
        names: dict[str, set[str]] = {slug: set() for slug in places}
        for step in steps:
            if step.to:
                names[step.to] |= step.from_ or set()
        near, left = {"target"}, 2
        doors = {step.to for step in steps if step.to and (step.from_ is None or "start" in step.from_)}
        while left:
            left -= bool(near & doors)
            wider = near | {slug for place in near for slug in names[place]}
            if wider == near:
                break
            near = wider
        ways = [step for step in steps if step.to in near]
        asked: set[str] = set()
        top = 0
        while True:
            size = len(ways)
            for step in ways:
                asked |= step.needs | (places[step.to].gates - step.clears if step.to else set())
                top = max(top, step.min_level)
            ways += [
                s
                for s in steps
                if not s.to and s not in ways and (s.clears & asked or s.min_level < min(s.gives_level or 0, top))
            ]
            if len(ways) == size:
                break
        kinds = {gate.slug: gate for gate in GATES}
        entries = {
            step.to
            for step in steps
            if step.to in near - {"target"}
            and (step.from_ is None or person.position in step.from_)
            and min(step.min_level, top) <= min(person.level, top)
            and all(
                kinds[slug].self_clear or kinds[slug].min_age is not None or slug in person.gates
                for slug in step.needs | (places[step.to].gates - step.clears)
            )
        }
        return cls(names, {slug for slug in entries if slug}, near, asked, top)

    def allow(self, step: Step, state: State, after: State, person: Person) -> bool:
        if step.to:
            at_start = state.place == person.position
            return step.to in self.near - {state.place} and (
                at_start or (state.place in self.names[step.to] and step.to not in self.entries)
            )
        learned = min(after.level, self.top) > min(state.level, self.top)
        return learned or bool((step.clears - state.gates) & self.asked)


def brute_front(
    positions: list[Position], steps: list[Step], person: Person, moves: int
) -> set[tuple[Fraction, int, Fraction, int]]:
    places = {position.slug: position for position in positions}
    whole = places["target"].pay_gbp
    rules = Rules.of(places, steps, person)
    found: set[tuple[Fraction, int, Fraction, int]] = set()
    layer = {State(person.position, person.level, person.gates)}
    for move in range(1, moves + 1):
        following = set()
        for state in layer:
            for step in steps:
                after = take(step, state, places, person, whole)
                if after is None or not rules.allow(step, state, after, person):
                    continue
                if after.place == "target":
                    found.add((after.months, after.cost, after.gap, move))
                else:
                    following.add(after)
        layer = following
    fewest = min((one[3] for one in found), default=0)
    found = {one for one in found if one[3] <= fewest + 1}
    return {
        one
        for one in found
        if not any(other != one and all(a <= b for a, b in zip(other, one, strict=True)) for other in found)
    }


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_the_routes_found_are_those_that_brute_force_finds(problem: tuple[list[Position], list[Step], Person]) -> None:
    assert_as_brute_force(*problem)


def test_the_routes_found_are_those_that_brute_force_finds_where_there_are_many() -> None:
    counts = [assert_as_brute_force(*busy_problem(seed)) for seed in range(250)]
    assert max(counts) >= 5


def assert_as_brute_force(positions: list[Position], steps: list[Step], person: Person) -> int:
    table = RouteTable.build(GATES, positions, steps)
    search = find_routes(table, person, "target", horizon_months=240, max_moves=4)
    whole = next(position.pay_gbp for position in positions if position.slug == "target")
    ours = [
        (Fraction(route.months), route.cost_gbp, Fraction(whole * 20 - route.counted_earnings_gbp), route.moves)
        for route in search.routes
    ]
    assert len(set(ours)) == len(ours)
    assert set(ours) == brute_front(positions, steps, person, 4)
    assert bool(search.routes) != bool(search.blocked)
    return len(ours)


@settings(max_examples=100, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_table_does_not_matter(
    problem: tuple[list[Position], list[Step], Person], shuffle: random.Random
) -> None:
    positions, steps, person = problem
    shuffled = sorted(steps, key=lambda _: shuffle.random())
    first = find_routes(RouteTable.build(GATES, positions, steps), person, "target")
    second = find_routes(RouteTable.build(GATES[::-1], positions[::-1], shuffled), person, "target")
    assert first == second
