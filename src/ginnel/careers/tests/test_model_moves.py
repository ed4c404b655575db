"""Moves out of a role: what is counted, what it takes, and what a pool can do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ginnel.careers.model.moves import Move, RoleFacts, moves_for_pool, moves_from
from ginnel.careers.model.routing import Gate, Person, Position, RouteTable, Step, find_routes

GATES = (
    Gate("age-18", "age", min_age=18),
    Gate("check", "check", months=1, self_clear=True),
    Gate("licence", "licence", months=9, cost_gbp=1900, self_clear=True),
    Gate("register", "registration"),
)
ROLES = ["porter", "carer", "driver", "nurse"]
SKILLS = ["lift", "calm", "clean", "drive", "wash"]


def role(slug: str, pay: int | None, *essential: str, settings: str = "hospital", level: int = 1) -> RoleFacts:
    return RoleFacts(slug, "support", level, frozenset(settings.split()), pay, pay and pay + 1000, essential)


def step(name: str, from_: str | None, to: str | None, months: float = 1, **more: object) -> Step:
    origins = None if from_ is None else frozenset(from_.split())
    return replace(Step(name, origins, 0, to, "job", months), **more)


FACTS = {
    "porter": replace(role("porter", 24_000, "lift", "calm"), helpful=("clean",)),
    "carer": role("carer", 24_500, "calm", "clean", "wash", settings="home"),
    "driver": role("driver", None, "drive", "lift", settings="road hospital"),
    "nurse": role("nurse", 31_000, "calm", "wash"),
}


def table(*steps: Step) -> RouteTable:
    gates = {
        "porter": {"age-18"},
        "carer": {"age-18", "check"},
        "driver": {"licence"},
        "nurse": {"register", "check"},
    }
    return RouteTable.build(GATES, [Position(slug, "role", frozenset(gates[slug])) for slug in ROLES], steps)


def one(*steps: Step) -> Move:
    (move,) = moves_from(table(*steps), FACTS, "porter")
    return move


def test_a_move_says_what_goes_along_what_is_missing_and_what_changes_in_pay() -> None:
    move = one(step("s", "porter", "carer"))
    assert (move.brings, move.lacks, move.share) == (("calm", "clean"), ("wash",), pytest.approx(2 / 3))
    assert (move.pay_change_gbp, move.top_pay_change_gbp) == (500, 500)
    assert not move.same_employers and move.same_family and move.open


def test_pay_of_an_unpaid_role_is_not_compared() -> None:
    move = one(step("s", "porter", "driver"))
    assert move.pay_change_gbp is None and move.top_pay_change_gbp is None and move.same_employers


def test_checks_of_the_role_run_while_the_step_runs() -> None:
    assert one(step("s", "porter", "carer", 3)).months == 3
    short = one(step("s", "porter", "carer", 0.5))
    assert (short.months, short.waits_for) == (1, ("check",))


def test_what_the_step_asks_for_comes_before_it() -> None:
    move = one(step("s", "porter", "driver", 3, needs=frozenset({"licence"})))
    assert (move.months, move.waits_for, move.open) == (12, ("licence",), True)


def test_a_registration_that_nothing_gives_has_to_come_first() -> None:
    shut, opened = step("s", "porter", "nurse"), step("t", "porter", "nurse", 36, clears=frozenset({"register"}))
    assert one(shut).needs_gates == ("register",) and not one(shut).open
    assert one(shut, opened).step == "t"


def test_a_level_people_are_not_taken_to_have_has_to_come_first() -> None:
    assert one(step("s", "porter", "carer", min_level=3)).needs_level == 3


def test_study_steps_open_to_all_and_steps_of_others_are_left_out() -> None:
    steps = (
        step("s", "porter", None),
        step("a", None, "carer"),
        step("c", "carer", "nurse"),
        step("b", "porter", "porter"),
    )
    assert moves_from(table(*steps), FACTS, "porter") == []


def test_a_pool_is_counted_by_heads_at_once_and_soon() -> None:
    known = table(
        step("p", "porter", "driver", 1), step("d", "carer", "driver", 12, needs=frozenset({"licence"})),
        step("c", "porter", "carer", 2),
    )  # fmt: skip
    carer, driver = moves_for_pool(known, FACTS, {"porter": 40, "carer": 12})
    assert (carer.to, carer.heads, carer.at_once, carer.soon) == ("carer", 40, 40, 40)
    assert (driver.to, driver.heads, driver.at_once, driver.soon) == ("driver", 52, 0, 40)
    assert driver.share == pytest.approx((0.5 * 40 + 0 * 12) / 52)


def test_nobody_goes_nowhere() -> None:
    known = table(step("p", "porter", "carer"))
    assert moves_for_pool(known, FACTS, {}) == moves_for_pool(known, FACTS, {"porter": 0}) == []


def test_unknown_roles_and_fewer_than_no_people_are_refused() -> None:
    known = table(step("p", "porter", "carer"))
    with pytest.raises(ValueError, match="wizard"):
        moves_from(known, FACTS, "wizard")
    with pytest.raises(ValueError, match="wizard"):
        moves_for_pool(known, FACTS, {"wizard": 0})
    with pytest.raises(ValueError, match="carer"):
        moves_from(known, {"porter": FACTS["porter"]}, "porter")
    with pytest.raises(ValueError, match="-1"):
        moves_for_pool(known, FACTS, {"porter": -1})


some_gates = st.sets(st.sampled_from([gate.slug for gate in GATES]), max_size=2).map(frozenset)
some_skills = st.lists(st.sampled_from(SKILLS), max_size=4, unique=True).map(tuple)


@st.composite
def places(draw: st.DrawFn) -> tuple[RouteTable, dict[str, RoleFacts]]:
    facts = {
        slug: RoleFacts(
            slug,
            draw(st.sampled_from(["support", "nursing"])),
            draw(st.sampled_from([0, 1, 2])),
            draw(st.sets(st.sampled_from(["hospital", "home"])).map(frozenset)),
            pay := draw(st.sampled_from([None, 20_000, 25_000])),
            pay and pay + 5_000,
            draw(some_skills),
            draw(some_skills),
        )
        for slug in ROLES
    }
    steps = [
        Step(
            f"step-{number}",
            draw(st.sets(st.sampled_from(ROLES), min_size=1).map(frozenset)),
            draw(st.sampled_from([0, 0, 1, 2])),
            draw(st.sampled_from([*ROLES, None])),
            "job",
            draw(st.sampled_from([0, 0.5, 2, 12, 14])),
            needs=draw(some_gates),
            clears=draw(some_gates) - {"age-18"},
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return RouteTable.build(GATES, [Position(slug, "role", draw(some_gates)) for slug in ROLES], steps), facts


@given(places())
def test_an_open_move_takes_as_long_as_the_quickest_single_step_of_the_route_search(
    drawn: tuple[RouteTable, dict[str, RoleFacts]],
) -> None:
    known, facts = drawn
    for slug in ROLES:
        moves = {move.to: move for move in moves_from(known, facts, slug)}
        held = known.positions[known.position_of(slug)].gates
        for to in set(ROLES) - {slug}:
            routes = find_routes(known, Person(slug, facts[slug].level, None, held), to).routes
            singles = [route.months for route in routes if route.moves == 1]
            move = moves.get(to)
            if move is not None and move.open:
                assert min(singles) == pytest.approx(move.months)
            else:
                assert not singles


@given(places(), st.dictionaries(st.sampled_from(ROLES), st.integers(0, 500)))
def test_a_pool_never_counts_more_heads_than_it_has(
    drawn: tuple[RouteTable, dict[str, RoleFacts]], pool: dict[str, int]
) -> None:
    known, facts = drawn
    found = moves_for_pool(known, facts, pool)
    for target in found:
        assert 0 <= target.at_once <= target.soon <= target.heads <= sum(pool.values())
        assert target.heads == sum(pool[move.from_] for move in target.moves) and target.heads > 0
        assert 0 <= target.share <= 1
        for move in target.moves:
            assert {*move.brings, *move.lacks} == set(facts[move.to].essential)
    assert [one.to for one in found] == [one.to for one in moves_for_pool(known, facts, dict(reversed(pool.items())))]
