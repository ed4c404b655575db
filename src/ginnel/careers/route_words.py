"""Routes in words: what the search answers as data, said as a person would."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from ginnel.careers.model.routing import Blocked, Leg, Opened, Why
from ginnel.careers.words import payers_in_words
from ginnel.core.marking import gettext_noop
from ginnel.core.text import money, months_in_words
from ginnel.core.words import Translated, listed

LOAN = "student-finance"
ROUTE_NAMES = Translated(
    {
        "quickest": gettext_noop("Quickest"),
        "earn-while-you-learn": gettext_noop("Earn while you learn"),
        "least-cost": gettext_noop("Least cost to you"),
        "smallest-first-step": gettext_noop("Smallest first step"),
        "keeps-options-open": gettext_noop("Keeps most doors open"),
        "also-t-level": gettext_noop("By a T Level"),
        "also-degree": gettext_noop("By a university degree"),
        "also-postgraduate": gettext_noop("By a university course after a degree"),
        "also-apprenticeship": gettext_noop("By an apprenticeship"),
        "also-access-course": gettext_noop("By an Access course"),
    }
)
_ALSO = gettext_noop("Many people take this way. A route above is quicker, costs less or asks for fewer steps.")
ROUTE_MEANINGS = Translated(
    {
        "quickest": gettext_noop("It gets you there soonest."),
        "earn-while-you-learn": gettext_noop("It leaves you with the most money over the years we looked at."),
        "least-cost": gettext_noop("It costs you least, counting loans."),
        "smallest-first-step": gettext_noop("Its first step is the easiest to take."),
        "keeps-options-open": gettext_noop("On the way, it brings you next to the most other roles."),
        **dict.fromkeys((name for name in ROUTE_NAMES if name.startswith("also-")), _ALSO),
    }
)


def why_longer(why: Why, *, steps: Mapping[str, str], gates: Mapping[str, str]) -> str:
    """One reason a route is longer than it looks. `steps` and `gates` give names by slug."""
    step = steps.get(why.step, why.step)
    gate = gates.get(why.gate or "", why.gate or "")
    by_step = steps.get(why.by_step or "", why.by_step or "")
    spell = months_in_words(why.months)
    match why.kind:
        case "gate":
            return _("“%(step)s” waits %(spell)s for: %(gate)s.") % {"step": step, "spell": spell, "gate": gate}
        case "age":
            return _("“%(step)s” waits %(spell)s, until the gate “%(gate)s” opens by itself.") % {
                "step": step,
                "spell": spell,
                "gate": gate,
            }
        case "gate-first":
            return _("“%(step)s” needs %(gate)s first. “%(by_step)s” gives it (%(spell)s).") % {
                "step": step,
                "gate": gate,
                "by_step": by_step,
                "spell": spell,
            }
        case "level-first":
            return _("“%(step)s” needs level %(level)s first. “%(by_step)s” gives it (%(spell)s).") % {
                "step": step,
                "level": why.level,
                "by_step": by_step,
                "spell": spell,
            }
        case "place-first":
            return _("“%(step)s” only starts from the role that “%(by_step)s” leads to (%(spell)s).") % {
                "step": step,
                "by_step": by_step,
                "spell": spell,
            }
    raise ValueError(f"unknown reason {why.kind!r}")


def opened_in_words(opened: Opened, gates: Mapping[str, str]) -> str:
    """A gate that is opened on the way, with its time and cost."""
    cost = _("%(money)s for you") % {"money": money(opened.cost_gbp)} if opened.cost_gbp else _("free for you")
    return f"{gates.get(opened.gate, opened.gate)}: {listed((cost, months_in_words(opened.months)))}"


def wait_in_words(gate: str, months: float, gates: Mapping[str, str]) -> str:
    """How long a gate keeps one waiting before the step can begin."""
    return _("Gate on the way: %(gate)s. You wait %(months)s for it") % {
        "gate": gates.get(gate, gate),
        "months": months_in_words(months),
    }


def cost_in_words(cost: int, upfront: int, payers: Sequence[str]) -> str:
    """What a step costs somebody: cash, a loan, or what an employer may take over. A loan only where one of the payers lends."""
    if not cost:
        return _("Costs you nothing.")
    if upfront == cost:
        return _("Costs you %(cost)s.") % {"cost": money(cost)}
    if LOAN in payers:
        if upfront:
            return _("Costs you %(cost)s: %(upfront)s in cash, the rest as a loan.") % {
                "cost": money(cost),
                "upfront": money(upfront),
            }
        return _("Costs you %(cost)s as a loan; nothing to pay up front.") % {"cost": money(cost)}
    others = payers_in_words([payer for payer in payers if payer != "you"], joined_by="or")
    amounts = {"cost": money(cost), "others": others, "upfront": money(upfront)}
    if others and upfront:
        return (
            _("Costs you up to %(cost)s if it is not paid by %(others)s; %(upfront)s of it to pay up front.") % amounts
        )
    if others:
        return _("Costs you up to %(cost)s if it is not paid by %(others)s; nothing to pay up front.") % amounts
    if upfront:
        return _("Costs you up to %(cost)s; %(upfront)s of it to pay up front.") % amounts
    return _("Costs you up to %(cost)s; nothing to pay up front.") % amounts


def whole_cost_in_words(parts: Sequence[tuple[int, int, Sequence[str]]]) -> str:
    """The cost of a whole route from each step's `(cost, upfront, payers)`: `costs you £9,100 (£300 in cash, £8,800 as a loan)`."""
    cost, cash = sum(part[0] for part in parts), sum(part[1] for part in parts)
    if not cost:
        return _("costs you nothing")
    loan = sum(step_cost - upfront for step_cost, upfront, payers in parts if LOAN in payers)
    shared = cost - cash - loan
    said = [
        (cash, _("%(money)s in cash")),
        (loan, _("%(money)s as a loan")),
        (shared, _("%(money)s that somebody else may pay")),
    ]
    if cash == cost:
        return _("costs you %(cost)s") % {"cost": money(cost)}
    if loan == cost:
        return _("costs you %(cost)s (a loan, nothing in cash)") % {"cost": money(cost)}
    parts_said = listed(how % {"money": money(some)} for some, how in said if some)
    return _("costs you %(cost)s (%(parts)s)") % {"cost": money(cost), "parts": parts_said}


def money_in_words(leg: Leg, payers: Sequence[str]) -> str:
    """What a step costs and brings in. `payers`: the codes of who pays for it."""
    cost = cost_in_words(leg.cost_gbp, leg.upfront_gbp, payers)
    if leg.pay_gbp:
        cost += " " + _("About %(pay_gbp)s a year comes in meanwhile.") % {"pay_gbp": money(leg.pay_gbp)}
    return cost


def blocked_in_words(blocked: Blocked, *, target: str, gates: Mapping[str, str], steps: Mapping[str, str]) -> list[str]:
    """Why there is no route, nearest obstacle first."""
    if blocked.kind == "no-steps":
        return [_("We know no step yet that leads to %(target)s.") % {"target": target}]
    if blocked.kind == "too-long":
        return [_("Every way to %(target)s from here takes more moves than we look at.") % {"target": target}]
    words = []
    for missing in blocked.missing:
        needs = [gates.get(gate, gate) for gate in missing.gates]
        if missing.level is not None:
            needs.append(_("a qualification at level %(level)s") % {"level": missing.level})
        words.append(
            _("“%(step)s” needs %(needs)s, and no step we know of gives that.")
            % {"step": steps.get(missing.step, missing.step), "needs": listed(needs)}
        )
    return words or [_("We know no way to %(target)s from here.") % {"target": target}]
