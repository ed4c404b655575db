"""Careers' part of the pack, whole."""

from dataclasses import dataclass
from pathlib import Path

from ginnel.careers.pack.roles import Known, RoleFile, read_roles
from ginnel.careers.pack.steps import StepRow, check_reach, read_steps
from ginnel.careers.pack.vocabulary import (
    ExperienceRow,
    GateRow,
    Named,
    PayRow,
    SkillRow,
    StartRow,
    read_experiences,
    read_gates,
    read_named,
    read_pay,
    read_skills,
    read_starts,
)
from ginnel.core.tables import Problems
from ginnel.sources.pack import SourceRow


@dataclass(frozen=True, slots=True)
class CareersPack:
    """Every table by slug."""

    families: dict[str, Named]
    settings: dict[str, Named]
    skills: dict[str, SkillRow]
    gates: dict[str, GateRow]
    pay: dict[str, PayRow]
    experiences: dict[str, ExperienceRow]
    starts: dict[str, StartRow]
    roles: dict[str, RoleFile]
    steps: dict[str, StepRow]


def read_careers(root: Path, sources: dict[str, SourceRow], problems: Problems) -> CareersPack:
    """Read and check careers' files. What is wrong goes into `problems`; the result is to be used only if there are none."""
    families, settings = read_named(root, "families.csv", problems), read_named(root, "settings.csv", problems)
    skills = read_skills(root, problems)
    gates, pay = read_gates(root, sources, problems), read_pay(root, sources, problems)
    experiences = read_experiences(root, skills, problems)
    starts = read_starts(root, gates, experiences, problems)
    dates = {slug: row.as_of for slug, row in sources.items()}
    roles = read_roles(root, Known(families, settings, skills, gates, pay, dates), problems)
    for slug in roles.keys() & starts.keys():
        problems.add("starts.csv", 0, "slug", f"{slug!r} is also a role", "Give the starting point another slug")
    steps = read_steps(root, roles=roles, starts=starts, gates=gates, pay=pay, sources=sources, problems=problems)
    if roles and steps:
        check_reach(roles, starts, gates, steps, problems)
    return CareersPack(families, settings, skills, gates, pay, experiences, starts, roles, steps)
