"""The small tables of the pack: families, settings, skills, gates, pay, experiences, starting points."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ginnel.careers.models import Gate, Skill
from ginnel.core.tables import Problems, Row, Table, by_slug

WHO_PAYS = ("you", "employer", "nhs", "state")


@dataclass(frozen=True, slots=True)
class Named:
    """A slug's name and one sentence about it."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class SkillRow:
    name: str
    plain: str
    kind: str
    esco: str


@dataclass(frozen=True, slots=True)
class GateRow:
    """Months are the usual wait; pounds are what it costs the person."""

    name: str
    kind: str
    plain: str
    months: float
    cost_gbp: int
    who_pays: str
    how: str
    self_clear: bool
    min_age: int | None
    held_from_level: int | None
    source: str


@dataclass(frozen=True, slots=True)
class PayRow:
    """Whole pounds a year."""

    low_gbp: int
    high_gbp: int
    name: str
    effective_from: date
    source: str


@dataclass(frozen=True, slots=True)
class ExperienceRow:
    name: str
    also_called: list[str]
    skills: list[str]
    interests: list[int]
    health_and_care: bool


@dataclass(frozen=True, slots=True)
class StartRow:
    name: str
    plain: str
    level: int
    age: int
    gates: list[str]
    pay_now_gbp: int
    experiences: list[str]


def check_source(row: Row, sources: Collection[str]) -> str:
    """The row's source slug, with a problem noted if sources.csv lacks it."""
    slug = row.text("source")
    if slug:
        row.known("source", [slug], sources.__contains__, "sources.csv")
    return slug


def read_named(root: Path, name: str, problems: Problems) -> dict[str, Named]:
    rows: dict[str, Named] = {}
    for row in Table(root, name, ["slug", "name", "about"], problems):
        by_slug(rows, row, row.slug("slug"), Named(row.text("name", most=120), row.text("about", most=300)))
    return rows


def read_skills(root: Path, problems: Problems) -> dict[str, SkillRow]:
    rows: dict[str, SkillRow] = {}
    for row in Table(root, "skills", ["slug", "name", "plain", "kind", "esco"], problems):
        esco = row.text("esco", required=False, most=120)
        if esco and not esco.startswith("http://data.europa.eu/esco/"):
            row.problem("esco", f"{esco!r} is not an ESCO address", "Begin it with http://data.europa.eu/esco/skill/")
        kind = row.one_of("kind", Skill.Kind.values)
        value = SkillRow(row.text("name", most=160), row.text("plain", most=300), kind, esco)
        by_slug(rows, row, row.slug("slug"), value)
    return rows


def read_gates(root: Path, sources: Collection[str], problems: Problems) -> dict[str, GateRow]:
    columns = "slug,name,kind,plain,months,cost_gbp,who_pays,how,self_clear,min_age,source".split(",")
    rows: dict[str, GateRow] = {}
    for row in Table(root, "gates", columns, problems):
        kind = row.one_of("kind", Gate.Kind.values)
        min_age = row.whole("min_age", least=13, most=30, required=kind == "age")
        if min_age is not None and kind != "age":
            row.problem("min_age", "is given for a gate that is not an age", "Leave it empty, or set kind to age")
        value = GateRow(
            row.text("name", most=160),
            kind,
            row.text("plain"),
            row.number("months", most=240),
            row.whole("cost_gbp", most=200_000) or 0,
            row.one_of("who_pays", WHO_PAYS),
            row.text("how", required=False),
            row.yes("self_clear"),
            min_age,
            row.whole("held_from_level", least=1, most=8, required=False),
            check_source(row, sources),
        )
        by_slug(rows, row, row.slug("slug"), value)
    return rows


def read_pay(root: Path, sources: Collection[str], problems: Problems) -> dict[str, PayRow]:
    """Pay points by `scale:band`."""
    rows: dict[str, PayRow] = {}
    columns = ["scale", "band", "low_gbp", "high_gbp", "name", "effective_from", "source"]
    for row in Table(root, "pay", columns, problems):
        low, high = row.whole("low_gbp", most=1_000_000) or 0, row.whole("high_gbp", most=1_000_000) or 0
        if high < low:
            row.problem("high_gbp", f"{high} is less than low_gbp {low}", "Put the lowest point first")
        key = f"{row.text('scale', most=20)}:{row.text('band', most=20)}"
        value = PayRow(low, high, row.text("name", most=160), row.day("effective_from"), check_source(row, sources))
        by_slug(rows, row, key, value)
    return rows


def read_experiences(root: Path, skills: Collection[str], problems: Problems) -> dict[str, ExperienceRow]:
    columns = ["slug", "name", "also_called", "skills", "interests", "health_and_care"]
    rows: dict[str, ExperienceRow] = {}
    for row in Table(root, "experiences.csv", columns, problems):
        digits = row.text("interests")
        if len(digits) != 6 or not set(digits) <= set("012345"):
            row.problem("interests", f"{digits!r} is not six digits from 0 to 5", "Write R I A S E C, such as 213512")
            digits = "000000"
        value = ExperienceRow(
            row.text("name", most=160),
            row.items("also_called"),
            row.known("skills", row.items("skills"), skills.__contains__, "skills/"),
            [int(digit) for digit in digits],
            row.yes("health_and_care"),
        )
        if not value.skills:
            row.problem("skills", "names no skill", "Give the skills this experience shows")
        by_slug(rows, row, row.slug("slug"), value)
    return rows


def read_starts(
    root: Path, gates: Collection[str], experiences: Collection[str], problems: Problems
) -> dict[str, StartRow]:
    columns = ["slug", "name", "plain", "level", "age", "has_gates", "pay_now_gbp", "experiences"]
    rows: dict[str, StartRow] = {}
    for row in Table(root, "starts.csv", columns, problems):
        value = StartRow(
            row.text("name", most=120),
            row.text("plain", most=300),
            row.whole("level", most=8) or 0,
            row.whole("age", least=13, most=80) or 18,
            row.known("has_gates", row.items("has_gates"), gates.__contains__, "gates/"),
            row.whole("pay_now_gbp", most=300_000) or 0,
            row.known("experiences", row.items("experiences"), experiences.__contains__, "experiences.csv"),
        )
        by_slug(rows, row, row.slug("slug"), value)
    if not rows:
        problems.add("starts.csv", 0, "", "has no starting point", "Add at least no-qualifications")
    return rows
