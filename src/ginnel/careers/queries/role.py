"""What a role page shows beside the role itself."""

from dataclasses import dataclass

from ginnel.careers.engine import route_engine
from ginnel.careers.models import Role, Step
from ginnel.careers.pictures import PayPicture, StreetPlan, pay_picture
from ginnel.careers.queries.moves import NextMove, next_moves_from
from ginnel.careers.queries.route import example_route, route_plan
from ginnel.careers.route_words import cost_in_words
from ginnel.careers.words import SHIFT_NAMES, figures_between, payers_in_words
from ginnel.core.text import months_in_words
from ginnel.core.words import english

MOVES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class WayIn:
    """One step that leads to a role, in words."""

    step: Step
    from_names: list[str]
    cost: str
    paid_by: str
    gates: list[str]


@dataclass(frozen=True, slots=True)
class RolePage:
    """Everything around one role. `onward`: the moves shown in full; `more`: the rest."""

    ways_in: list[WayIn]
    onward: list[NextMove]
    more: list[NextMove]
    pay: PayPicture | None
    shifts: list[str]
    plan: StreetPlan | None
    plan_from: str
    plan_months: str
    pay_dates: str


def role_page(role: Role) -> RolePage:
    """Ways in (quickest first), where it leads, its pay among all, and its shifts."""
    # What is open to anyone comes first, then what needs least time.
    steps = sorted(
        Step.objects.public().leading_to(role).for_ways_in(), key=lambda step: (not step.from_anywhere, step.months)
    )
    paid = Role.objects.public().filter(pay_low_gbp__isnull=False)
    all_pay = list(paid.values_list("pay_low_gbp", "pay_as_of"))
    example = example_route(role.slug)
    start = example.legs[0].from_ if example else ""
    moves = next_moves_from(role.slug)
    pay = None
    if role.pay_low_gbp is not None and role.pay_high_gbp is not None:
        pay = pay_picture(role.pay_low_gbp, role.pay_high_gbp, [low for low, _ in all_pay if low is not None])
    return RolePage(
        [_way_in(step) for step in steps],
        moves[:MOVES_SHOWN],
        moves[MOVES_SHOWN:],
        pay,
        [SHIFT_NAMES.get(shift, shift) for shift in role.shifts],
        route_plan(example, start) if example else None,
        english(route_engine().places[start].lower()) if example else "",
        months_in_words(example.months) if example else "",
        figures_between(as_of for _, as_of in all_pay),
    )


def _way_in(step: Step) -> WayIn:
    engine = route_engine()
    origins = engine.table.steps_by_id[step.slug].from_ or ()
    return WayIn(
        step,
        [english(name) for name in sorted(engine.places[slug] for slug in origins)],
        cost_in_words(step.cost_gbp, step.upfront_gbp, step.paid_by),
        payers_in_words(step.paid_by),
        [english(gate.name) for gate in step.needs.all()],
    )
