"""How near every role is agrees with the routes to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ginnel.careers.model import forward
from ginnel.careers.model.reach import Near, band, reach
from ginnel.careers.model.routing import Gate, Person, Position, RouteTable, Step, find_routes

GATES = [
    Gate("dbs", "check", months=0.75, self_clear=True),
    Gate("licence", "licence", months=9, cost_gbp=1900, self_clear=True),
    Gate("age-18", "age", min_age=18),
    Gate("registered", "registration"),
    Gate("english", "qualification"),
]
SLUGS = [gate.slug for gate in GATES]
PLACES = ["start", "carer", "assistant", "nurse"]
gate_sets = st.frozensets(st.sampled_from(SLUGS), max_size=2)
clearable = st.frozensets(st.sampled_from(["dbs", "licence", "registered", "english"]), max_size=1)


@st.composite
def tables(draw):
    positions = [Position("start", "start"), *(Position(slug, "role", draw(gate_sets)) for slug in PLACES[1:])]
    steps = []
    for number in range(draw(st.integers(1, 9))):
        from_ = draw(st.none() | st.frozensets(st.sampled_from(PLACES), min_size=1, max_size=2))
        steps.append(
            Step(
                f"s{number}", from_, draw(st.sampled_from([0, 0, 0, 2, 3])), draw(st.none() | st.sampled_from(PLACES[1:])),
                draw(st.sampled_from(["job", "course", "volunteering"])), draw(st.sampled_from([0.25, 1, 3, 12, 24])),
                needs=draw(gate_sets), clears=draw(clearable), gives_level=draw(st.sampled_from([None, None, 2, 3])),
            )
        )  # fmt: skip
    return RouteTable.build(GATES, positions, steps)


people = st.builds(Person, st.just("start"), st.integers(0, 3), st.none() | st.integers(14 * 12, 20 * 12), clearable)


@given(tables(), people)
@settings(max_examples=200, deadline=None)
def test_moves_and_months_agree_with_the_routes_on_small_tables(table, person):
    narrow, forward.WIDTH = forward.WIDTH, 50
    try:
        found = reach(table, person)
    finally:
        forward.WIDTH = narrow
    for role in PLACES[1:]:
        routes = find_routes(table, person, role, horizon_months=1200, max_moves=6).routes
        near = found.roles[role]
        assert near.moves == min((route.moves for route in routes), default=None), role
        assert near.months == (routes[0].months if routes else None), role


@given(tables(), people)
@settings(max_examples=60, deadline=None)
def test_the_narrow_search_never_says_too_little(table, person):
    for role, near in reach(table, person).roles.items():
        routes = find_routes(table, person, role, horizon_months=1200, max_moves=6).routes
        if near.moves is not None:
            assert routes and near.months >= routes[0].months and near.moves >= min(route.moves for route in routes)


TABLE = RouteTable.build(
    GATES,
    [
        Position("start", "start"),
        Position("carer", "role", frozenset({"dbs", "age-18"})),
        Position("nurse", "role", frozenset({"registered"})),
        Position("king", "role"),
    ],
    [
        Step("job", None, 0, "carer", "job", 1),
        Step("apprentice", None, 0, "carer", "apprenticeship", 12),
        Step("degree", None, 3, "nurse", "degree", 36, clears=frozenset({"registered"})),
        Step("a-levels", None, 0, None, "course", 24, gives_level=3),
    ],
)


def test_a_job_with_a_check_can_start_now():
    near = reach(TABLE, Person("start", 0, 30 * 12)).roles["carer"]
    assert (near.moves, near.months, near.first_step, near.now_step, band(near)) == (1, 1.0, "job", "job", "now")


def test_too_young_for_it_is_not_now():
    near = reach(TABLE, Person("start", 0, 17 * 12)).roles["carer"]
    assert near.months == 12.0 and band(near) == "one-step"


def test_study_first_is_a_longer_road_and_nothing_is_none():
    found = reach(TABLE, Person("start", 0)).roles
    assert (found["nurse"].moves, found["nurse"].months, found["nurse"].first_step, band(found["nurse"])) == (
        2,
        60.0,
        "a-levels",
        "longer",
    )
    assert band(found["king"]) == "no-route" and found["king"] == Near()
    assert band(reach(TABLE, Person("start", 3)).roles["nurse"]) == "one-step"


def test_somebody_in_a_role_is_there():
    assert band(reach(TABLE, Person("carer")).roles["carer"]) == "now"
    assert reach(TABLE, Person("carer")) is reach(TABLE, Person("carer"))


def test_unknown_places_and_gates_are_refused():
    with pytest.raises(ValueError, match="moon"):
        reach(TABLE, Person("moon"))
    with pytest.raises(ValueError, match="key"):
        reach(TABLE, Person("start", gates=frozenset({"key"})))
