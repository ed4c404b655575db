"""Ways that people ask for by name, shown even where another route beats them."""

from ginnel.careers.model.routing import Gate, Person, Position, RouteTable, Step, WayKind, find_routes

T_LEVEL = WayKind("also-t-level", frozenset(("t-level",)))
DEGREE = WayKind("also-degree", frozenset(("degree",)))
AFTER_A_DEGREE = WayKind("also-postgraduate", frozenset(("postgraduate",)), from_level=6)


def step(name, to, by, months, *, origins=("school",), **more):
    return Step(name, frozenset(origins) if origins else None, more.pop("min_level", 0), to, by, months, **more)


def table(*steps):
    gates = [Gate("register", "registration"), Gate("level-3", "qualification")]
    nurse = Position("nurse", "role", frozenset(["register"]), 30000)
    positions = [Position("school", "start"), Position("carer", "role", pay_gbp=24000), nurse]
    return RouteTable.build(gates, positions, steps)


SCHEME = step("scheme", "nurse", "apprenticeship", 12, clears=frozenset(["register"]))
BY_T_LEVEL = step("t-level", None, "t-level", 24, clears=frozenset(["level-3"]))
BY_DEGREE = step("degree", "nurse", "degree", 12, needs=frozenset(["level-3"]), clears=frozenset(["register"]))


def names(found):
    return [(route.names[0], route.steps) for route in found.also]


def test_the_ordinary_way_is_shown_beside_a_scheme_that_beats_it():
    found = find_routes(table(SCHEME, BY_T_LEVEL, BY_DEGREE), Person("school"), "nurse", also=(T_LEVEL, DEGREE))
    assert [route.steps for route in found.routes] == [("scheme",)]
    # One route shows both ways.
    assert names(found) == [("also-t-level", ("t-level", "degree"))]


def test_a_way_that_a_named_route_takes_already_is_not_shown_twice():
    found = find_routes(table(BY_T_LEVEL, BY_DEGREE), Person("school"), "nurse", also=(T_LEVEL, DEGREE))
    assert found.routes[0].steps == ("t-level", "degree")
    assert not found.also


def test_a_step_that_is_of_no_use_makes_no_other_way():
    useless = step("t-level-in-anything", None, "t-level", 6, clears=frozenset(["level-3"]))
    found = find_routes(table(SCHEME, useless), Person("school"), "nurse", also=(T_LEVEL,))
    assert not found.also


def test_a_way_that_takes_far_longer_is_left_out():
    slow = step("slow-degree", "nurse", "degree", 60, clears=frozenset(["register"]))
    found = find_routes(table(SCHEME, slow), Person("school"), "nurse", also=(DEGREE,))
    assert not found.also


def test_a_course_after_a_degree_is_for_people_with_one():
    masters = step("masters", "nurse", "postgraduate", 20, clears=frozenset(["register"]))
    steps = table(SCHEME, masters)
    assert not find_routes(steps, Person("school", level=3), "nurse", also=(AFTER_A_DEGREE,)).also
    found = find_routes(steps, Person("school", level=6), "nurse", also=(AFTER_A_DEGREE,))
    assert names(found) == [("also-postgraduate", ("masters",))]


def test_a_course_for_adults_is_not_shown_to_a_school_leaver():
    access = step("access", "nurse", "access-course", 20, clears=frozenset(["register"]))
    adults = WayKind("also-access-course", frozenset(("access-course",)), from_age_months=19 * 12)
    steps = table(SCHEME, access)
    assert not find_routes(steps, Person("school", age_months=16 * 12), "nurse", also=(adults,)).also
    assert names(find_routes(steps, Person("school"), "nurse", also=(adults,))) == [("also-access-course", ("access",))]


def test_a_step_that_leads_to_a_role_is_tried_before_one_that_leads_nowhere():
    anything = step("a-anything", None, "t-level", 10, clears=frozenset(["level-3"]))
    health = step("health", "carer", "t-level", 10, clears=frozenset(["level-3"]))
    needs, clears = frozenset(["level-3"]), frozenset(["register"])
    degree = step("degree", "nurse", "degree", 12, origins=("school", "carer"), needs=needs, clears=clears)
    found = find_routes(table(SCHEME, anything, health, degree), Person("school"), "nurse", also=(T_LEVEL,))
    assert names(found) == [("also-t-level", ("health", "degree"))]
