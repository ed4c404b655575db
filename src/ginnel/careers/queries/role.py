"""What a role page shows beside the role itself."""

from dataclasses import dataclass

from ginnel.careers.models import Role, Step
from ginnel.careers.pictures import PayPicture, pay_picture
from ginnel.careers.rules import SHIFT_NAMES, payers_in_words


@dataclass(frozen=True, slots=True)
class WayIn:
    """One step that leads to a role, in words."""

    step: Step
    from_names: list[str]
    paid_by: str
    gates: list[str]


@dataclass(frozen=True, slots=True)
class Onward:
    """A role that opens from here."""

    role: Role
    by: str
    months: float
    pay_change_gbp: int | None


@dataclass(frozen=True, slots=True)
class RolePage:
    """Everything around one role."""

    ways_in: list[WayIn]
    onward: list[Onward]
    pay: PayPicture | None
    shifts: list[str]


def role_page(role: Role) -> RolePage:
    """Ways in (quickest first), where it leads, its pay among all, and its shifts."""
    # What is open to anyone comes first, then what needs least time.
    steps = sorted(
        Step.objects.public().leading_to(role).for_list(), key=lambda step: (not step.from_anywhere, step.months)
    )
    everyone = [low for low in Role.objects.public().values_list("pay_low_gbp", flat=True) if low is not None]
    pay = None
    if role.pay_low_gbp is not None and role.pay_high_gbp is not None:
        pay = pay_picture(role.pay_low_gbp, role.pay_high_gbp, everyone)
    return RolePage(
        [_way_in(step) for step in steps],
        _onward(role),
        pay,
        [SHIFT_NAMES.get(shift, shift) for shift in role.shifts],
    )


def _way_in(step: Step) -> WayIn:
    names = [role.name for role in step.from_roles.all()] + [start.name for start in step.from_starts.all()]
    return WayIn(step, names, payers_in_words(step.paid_by), [gate.name for gate in step.needs.all()])


def _onward(role: Role) -> list[Onward]:
    """One entry for each role that a step names this one as a way into: the shortest such step."""
    best: dict[int, Onward] = {}
    for step in Step.objects.public().open_from(role).select_related("to", "to__family").order_by("months", "slug"):
        to = step.to
        if to is None or to.pk == role.pk or to.pk in best:
            continue
        change = (
            to.pay_low_gbp - role.pay_low_gbp if to.pay_low_gbp is not None and role.pay_low_gbp is not None else None
        )
        best[to.pk] = Onward(to, step.get_by_display(), step.months, change)
    return list(best.values())
