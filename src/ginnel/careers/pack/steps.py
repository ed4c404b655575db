"""The route table, and whether every role can be reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ginnel.careers.models import Step
from ginnel.careers.pack.roles import RoleFile
from ginnel.careers.pack.vocabulary import GateRow, PayRow, StartRow, check_source
from ginnel.core.tables import Problems, Row, Table, by_slug

PAID_BY = "you employer levy state student-finance learning-support-fund workforce-development-fund nhs".split()
COLUMNS = "id,from,min_level,to,by,title,months,cost_gbp,upfront_gbp,paid_by,pay,needs,clears,gives_level,about,source,as_of".split(
    ","
)
ANYWHERE = "any"
NOWHERE = "-"
FIRST_START = "no-qualifications"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. Months; whole pounds; `pay_gbp` a year, None meaning the person keeps the pay they have."""

    from_: list[str]
    min_level: int
    to: str
    by: str
    title: str
    months: float
    cost_gbp: int
    upfront_gbp: int
    paid_by: list[str]
    pay_gbp: int | None
    pay_point: str
    needs: list[str]
    clears: list[str]
    gives_level: int | None
    about: str
    source: str
    as_of: date
    file: str
    line: int


def read_steps(
    root: Path,
    *,
    roles: Collection[str],
    starts: Collection[str],
    gates: Collection[str],
    pay: dict[str, PayRow],
    sources: Collection[str],
    problems: Problems,
) -> dict[str, StepRow]:
    """routes/*.csv by id."""
    rows: dict[str, StepRow] = {}
    for row in Table(root, "routes", COLUMNS, problems):
        from_ = row.items("from")
        if not from_:
            row.problem("from", "is empty", "Name roles or starting points, or write any")
        row.known(
            "from", from_, lambda slug: slug == ANYWHERE or slug in roles or slug in starts, "roles/ or starts.csv"
        )
        to = row.text("to")
        if to and to != NOWHERE:
            row.known("to", [to], roles.__contains__, "roles/")
        if from_ == [to]:
            row.problem("to", "is where the step starts", "Name another role, or - for study that leaves you there")
        cost, upfront = row.whole("cost_gbp", most=200_000) or 0, row.whole("upfront_gbp", most=200_000) or 0
        if upfront > cost:
            row.problem(
                "upfront_gbp", f"{upfront} is more than cost_gbp {cost}", "It is the part of the cost paid in cash"
            )
        pay_gbp, pay_point = _pay(row, pay)
        gives, clears = row.whole("gives_level", most=8, required=False), row.items("clears")
        if to == NOWHERE and gives is None and not clears:
            row.problem("to", "is - but the step gives no level and clears no gate", "Fill in gives_level or clears")
        value = StepRow(
            from_,
            row.whole("min_level", most=8) or 0,
            to,
            row.one_of("by", Step.By.values),
            row.text("title", most=200),
            row.number("months", most=240),
            cost,
            upfront,
            row.known("paid_by", row.items("paid_by"), PAID_BY.__contains__, "the list of payers in docs/data.md"),
            pay_gbp,
            pay_point,
            row.known("needs", row.items("needs"), gates.__contains__, "gates/"),
            row.known("clears", clears, gates.__contains__, "gates/"),
            gives,
            row.text("about", required=False),
            check_source(row, sources),
            row.day("as_of"),
            row.file,
            row.line,
        )
        by_slug(rows, row, row.slug("id"), value, column="id")
    return rows


def _pay(row: Row, pay: dict[str, PayRow]) -> tuple[int | None, str]:
    """What comes in a year, and the scale point it was read from. None: the pay the person has."""
    raw = row.text("pay")
    if raw == "keep":
        return None, ""
    if ":" in raw:
        if raw not in pay:
            row.problem("pay", f"{raw!r} is not in pay/", f"Use one of: {', '.join(pay)}")
            return 0, ""
        return pay[raw].low_gbp, raw
    return row.whole("pay", most=300_000) or 0, ""


def check_reach(
    roles: dict[str, RoleFile],
    starts: dict[str, StartRow],
    gates: dict[str, GateRow],
    steps: dict[str, StepRow],
    problems: Problems,
) -> None:
    """
    Note every role that nobody can reach from "no qualifications yet" and whose file does not say why.

    Follows the steps until nothing new opens, keeping every gate and level gained: a role this cannot reach, no order of steps can.
    """
    start = starts.get(FIRST_START)
    if start is None:
        problems.add("starts.csv", 0, "slug", f"{FIRST_START!r} is missing", "Add it: every role is checked from there")
        return
    at, level = {FIRST_START}, start.level
    held = set(start.gates) | {slug for slug, gate in gates.items() if gate.self_clear or gate.min_age is not None}
    growing = True
    while growing:
        growing = False
        for step in steps.values():
            if step.min_level > level or not (ANYWHERE in step.from_ or at.intersection(step.from_)):
                continue
            gained = held.union(step.clears)
            if not held.issuperset(step.needs) or (step.to in roles and not gained.issuperset(roles[step.to].gates)):
                continue
            reached = at if step.to == NOWHERE else at | {step.to}
            risen = max(level, step.gives_level or 0)
            if (reached, risen, gained) != (at, level, held):
                at, level, held, growing = reached, risen, gained, True
    for slug, role in roles.items():
        if slug not in at and not role.no_route_because:
            lacking = sorted(set(role.gates) - held)
            why = f" (no step clears {', '.join(lacking)})" if lacking else ""
            message = f"cannot be reached from {FIRST_START}{why}"
            problems.add(f"roles/{slug}.md", 1, "", message, "Add a step that leads there, or no_route_because")
        if slug in at and role.no_route_because:
            message = "says no route leads there, but one does"
            problems.add(f"roles/{slug}.md", 1, "no_route_because", message, "Take the line out")
