"""Routes in words: what the search answers as data, said as a person would."""

from collections.abc import Mapping, Sequence

from ginnel.careers.model.routing import Blocked, Leg, Opened, Why
from ginnel.careers.rules import payers_in_words
from ginnel.core.text import money, months_in_words

LOAN = "student-finance"
ROUTE_NAMES = {
    "quickest": "Quickest",
    "earn-while-you-learn": "Earn while you learn",
    "least-cost": "Least cost to you",
    "smallest-first-step": "Smallest first step",
    "keeps-options-open": "Keeps most doors open",
    "also-t-level": "By a T Level",
    "also-degree": "By a university degree",
    "also-postgraduate": "By a university course after a degree",
    "also-apprenticeship": "By an apprenticeship",
    "also-access-course": "By an Access course",
}
_ALSO = "Many people take this way. A route above is quicker, costs less or asks for fewer steps."
ROUTE_MEANINGS = {
    "quickest": "It gets you there soonest.",
    "earn-while-you-learn": "It leaves you with the most money over the years we looked at.",
    "least-cost": "It costs you least, counting loans.",
    "smallest-first-step": "Its first step is the easiest to take.",
    "keeps-options-open": "On the way, it brings you next to the most other roles.",
    **dict.fromkeys((name for name in ROUTE_NAMES if name.startswith("also-")), _ALSO),
}


def why_longer(why: Why, *, steps: Mapping[str, str], gates: Mapping[str, str]) -> str:
    """One reason a route is longer than it looks. `steps` and `gates` give names by slug."""
    step = steps.get(why.step, why.step)
    gate = gates.get(why.gate or "", why.gate or "")
    by_step = steps.get(why.by_step or "", why.by_step or "")
    spell = months_in_words(why.months)
    match why.kind:
        case "gate":
            return f"“{step}” waits {spell} for: {gate}."
        case "age":
            return f"“{step}” waits {spell}, until the gate “{gate}” opens by itself."
        case "gate-first":
            return f"“{step}” needs {gate} first. “{by_step}” gives it ({spell})."
        case "level-first":
            return f"“{step}” needs level {why.level} first. “{by_step}” gives it ({spell})."
        case "place-first":
            return f"“{step}” only starts from the role that “{by_step}” leads to ({spell})."
    raise ValueError(f"unknown reason {why.kind!r}")


def opened_in_words(opened: Opened, gates: Mapping[str, str]) -> str:
    """A gate that is opened on the way, with its time and cost."""
    cost = f"{money(opened.cost_gbp)} for you" if opened.cost_gbp else "free for you"
    return f"{gates.get(opened.gate, opened.gate)}: {cost}, {months_in_words(opened.months)}"


def wait_in_words(gate: str, months: float, gates: Mapping[str, str]) -> str:
    """How long a gate keeps one waiting before the step can begin."""
    return f"Gate on the way: {gates.get(gate, gate)}. You wait {months_in_words(months)} for it"


def cost_in_words(cost: int, upfront: int, payers: Sequence[str]) -> str:
    """What a step costs somebody: cash, a loan, or what an employer may take over. A loan only where one of the payers lends."""
    if not cost:
        return "Costs you nothing."
    if upfront == cost:
        return f"Costs you {money(cost)}."
    if LOAN in payers:
        if upfront:
            return f"Costs you {money(cost)}: {money(upfront)} in cash, the rest as a loan."
        return f"Costs you {money(cost)} as a loan; nothing to pay up front."
    others = payers_in_words([payer for payer in payers if payer != "you"], joined_by="or")
    unless = f" if it is not paid by {others}" if others else ""
    start = f"{money(upfront)} of it" if upfront else "nothing"
    return f"Costs you up to {money(cost)}{unless}; {start} to pay up front."


def whole_cost_in_words(parts: Sequence[tuple[int, int, Sequence[str]]]) -> str:
    """The cost of a whole route from each step's `(cost, upfront, payers)`: `costs you £9,100 (£300 in cash, £8,800 as a loan)`."""
    cost, cash = sum(part[0] for part in parts), sum(part[1] for part in parts)
    if not cost:
        return "costs you nothing"
    loan = sum(step_cost - upfront for step_cost, upfront, payers in parts if LOAN in payers)
    shared = cost - cash - loan
    said = [(cash, "in cash"), (loan, "as a loan"), (shared, "that somebody else may pay")]
    if cash == cost:
        return f"costs you {money(cost)}"
    if loan == cost:
        return f"costs you {money(cost)} (a loan, nothing in cash)"
    return f"costs you {money(cost)} ({', '.join(f'{money(some)} {how}' for some, how in said if some)})"


def money_in_words(leg: Leg, payers: Sequence[str]) -> str:
    """What a step costs and brings in. `payers`: the codes of who pays for it."""
    cost = cost_in_words(leg.cost_gbp, leg.upfront_gbp, payers)
    if leg.pay_gbp:
        cost += f" About {money(leg.pay_gbp)} a year comes in meanwhile."
    return cost


def blocked_in_words(blocked: Blocked, *, target: str, gates: Mapping[str, str], steps: Mapping[str, str]) -> list[str]:
    """Why there is no route, nearest obstacle first."""
    if blocked.kind == "no-steps":
        return [f"We know no step yet that leads to {target}."]
    if blocked.kind == "too-long":
        return [f"Every way to {target} from here takes more moves than we look at."]
    words = []
    for missing in blocked.missing:
        needs = [gates.get(gate, gate) for gate in missing.gates]
        if missing.level is not None:
            needs.append(f"a qualification at level {missing.level}")
        words.append(
            f"“{steps.get(missing.step, missing.step)}” needs {', '.join(needs)}, and no step we know of gives that."
        )
    return words or [f"We know no way to {target} from here."]
