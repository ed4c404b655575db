"""Role files: TOML between two `+++` lines, then the summary and the day in Markdown."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ginnel.careers.models import Role
from ginnel.careers.pack.vocabulary import PayRow
from ginnel.core.tables import SLUG_CHARACTERS, Problems

SHIFTS = ("days", "evenings", "nights", "weekends", "on-call", "school-hours", "flexible")
INTERESTS = "RIASEC"
SUMMARY_MOST = 400
REQUIRED = "name also_called family level settings hours shifts pay gates essential helpful interests soc2020 onet ncs esco sources".split()
OPTIONAL = ("part_time", "no_route_because")


@dataclass(frozen=True, slots=True)
class Pay:
    """Whole pounds a year, from a source or a point of a scale; or unpaid."""

    low_gbp: int | None
    high_gbp: int | None
    point: str
    source: str
    note: str
    unpaid: bool


@dataclass(frozen=True, slots=True)
class RoleFile:
    """One role as its file gives it."""

    name: str
    also_called: list[str]
    family: str
    level: str
    settings: list[str]
    hours: str
    shifts: list[str]
    part_time: bool
    pay: Pay
    gates: list[str]
    essential: list[str]
    helpful: list[str]
    interests: list[int]
    soc2020: str
    onet: list[str]
    ncs: list[str]
    esco: list[str]
    sources: list[str]
    summary: str
    day: str
    no_route_because: str


@dataclass(frozen=True, slots=True)
class Known:
    """The slugs a role file may name."""

    families: Collection[str]
    settings: Collection[str]
    skills: Collection[str]
    gates: Collection[str]
    pay: dict[str, PayRow]
    sources: dict[str, date]


CODES = {
    "onet": (r"\d{2}-\d{4}\.\d{2}", 'Write it as "31-1122.00"'),
    "ncs": (r"[a-z0-9']+(-[a-z0-9']+)*", "Write the last part of the profile's address"),
    "esco": (
        r"http://data\.europa\.eu/esco/occupation/[0-9a-f-]{36}",
        "Write the occupation's URI: http://data.europa.eu/esco/occupation/ and its 36 characters",
    ),
}
"""How each published list writes its codes, and what to say of one that is written otherwise."""


class _Reader:
    """Reads one file's fields, noting a problem with its line for each bad one."""

    def __init__(self, file: str, text: str, values: dict[str, Any], problems: Problems):
        self.file, self.text, self.values, self.problems = file, text, values, problems

    def problem(self, field: str, message: str, remedy: str) -> None:
        found = re.search(rf"^{re.escape(field.partition('.')[0])}\s*=", self.text, re.MULTILINE)
        self.problems.add(
            self.file, self.text.count("\n", 0, found.start()) + 1 if found else 1, field, message, remedy
        )

    def string(self, field: str, *, required: bool = True, most: int = 400) -> str:
        value = self.values.get(field, "")
        if not isinstance(value, str) or (required and not value.strip()):
            self.problem(field, "is missing or not a text", 'Write it in quotes, such as name = "Home care worker"')
            return ""
        if len(value) > most:
            self.problem(field, f"is {len(value)} characters long", f"Shorten it to at most {most}")
        return value.strip()

    def strings(self, field: str, known: Collection[str] | None = None, where: str = "") -> list[str]:
        value = self.values.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.problem(field, "is not a list of texts", 'Write it as ["one", "two"]')
            return []
        items = list(dict.fromkeys(item.strip() for item in value if item.strip()))
        if known is not None:
            for item in items:
                if item not in known:
                    self.problem(field, f"{item!r} is not in {where}", "Correct the spelling, or add it there first")
            items = [item for item in items if item in known]
        return items

    def codes(self, field: str) -> list[str]:
        """Codes of a published list, each as that list writes them."""
        pattern, remedy = CODES[field]
        items = self.strings(field)
        for item in items:
            if not re.fullmatch(pattern, item):
                self.problem(field, f"{item!r} is not a code of that list", remedy)
        return [item for item in items if re.fullmatch(pattern, item)]

    def pay(self, known: Known) -> Pay:
        value = self.values.get("pay")
        nothing = Pay(None, None, "", "", "", True)
        if not isinstance(value, dict):
            self.problem("pay", "is missing", 'Write pay = { scale = "afc:5" }, or low, high and source')
            return nothing
        note = str(value.get("note", "")).strip()
        if value.get("unpaid") is True:
            return Pay(None, None, "", "", note, True)
        if "scale" in value:
            point = known.pay.get(str(value["scale"]))
            if point is None:
                self.problem("pay.scale", f"{value['scale']!r} is not in pay/", f"Use one of: {', '.join(known.pay)}")
                return nothing
            return Pay(point.low_gbp, point.high_gbp, str(value["scale"]), point.source, note, False)
        low, high, source = value.get("low"), value.get("high"), value.get("source")
        if type(low) is not int or type(high) is not int or not 0 <= low <= high <= 1_000_000:
            self.problem(
                "pay", f"low {low!r} and high {high!r} are not a range of pounds", "Write whole pounds, lowest first"
            )
            return nothing
        if source not in known.sources:
            self.problem("pay.source", f"{source!r} is not in sources.csv", "Name where the figures come from")
            return nothing
        return Pay(low, high, "", str(source), note, False)

    def interests(self) -> list[int]:
        value = self.values.get("interests")
        if not isinstance(value, dict) or set(value) != set(INTERESTS):
            remedy = "Write interests = { R = 2, I = 1, A = 1, S = 5, E = 1, C = 2 }"
            self.problem("interests", "does not give all six of R I A S E C", remedy)
            return [0] * 6
        if any(type(value[letter]) is not int or not 0 <= value[letter] <= 5 for letter in INTERESTS):
            self.problem("interests", "has a value outside 0 to 5", "Give each a whole number from 0 to 5")
            return [0] * 6
        return [value[letter] for letter in INTERESTS]

    def check_shape(self) -> None:
        for field in REQUIRED:
            if field not in self.values:
                self.problem(field, "is missing", "docs/data.md says what it holds")
        for field in self.values:
            if field not in REQUIRED and field not in OPTIONAL:
                self.problem(field, "is not a field of a role", f"Use: {', '.join((*REQUIRED, *OPTIONAL))}")


def read_roles(root: Path, known: Known, problems: Problems) -> dict[str, RoleFile]:
    """Every file of roles/ by slug. Files that cannot be read at all are left out, with a problem."""
    folder = root / "roles"
    files = sorted(folder.glob("*.md")) if folder.is_dir() else []
    if not files:
        problems.add("roles", 0, "", "has no role", "Add a file for each role; docs/data.md shows one")
    roles: dict[str, RoleFile] = {}
    for path in files:
        role = _read_role(path, known, problems)
        if role:
            roles[path.stem] = role
    return roles


def _read_role(path: Path, known: Known, problems: Problems) -> RoleFile | None:
    file = f"roles/{path.name}"
    if not set(path.stem) <= SLUG_CHARACTERS:
        problems.add(file, 0, "", "has a name that is not a slug", "Use lower-case letters, digits and hyphens")
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add_unread(file, 0, f"is not UTF-8 text (byte {error.start})", "Save it again as UTF-8")
        return None
    parts = re.split(r"^\+\+\+[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        problems.add_unread(
            file, 1, "does not begin with fields between two +++ lines", "docs/data.md shows a role file"
        )
        return None
    try:
        values = tomllib.loads(parts[1].removeprefix("\n"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) + 1 if found else 0  # the first +++ is line 1
        problems.add_unread(file, line, f"cannot be read ({error})", "Correct that line")
        return None
    reader = _Reader(file, text, values, problems)
    reader.check_shape()
    summary, _, day = parts[2].strip().partition("## A day")
    if not summary.strip() or not day.strip():
        reader.problem(
            "summary", "or the day is missing", "Write a short paragraph, then a heading ## A day and what follows"
        )
    if len(summary.strip()) > SUMMARY_MOST:
        reader.problem("summary", f"is {len(summary.strip())} characters long", f"Shorten it to at most {SUMMARY_MOST}")
    soc = reader.string("soc2020", required=False)
    if soc and not re.fullmatch(r"\d{4}", soc):
        reader.problem("soc2020", f"{soc!r} is not a unit group", 'Write its four digits, such as "6135"')
    family = reader.string("family")
    if family and family not in known.families:
        reader.problem("family", f"{family!r} is not in families.csv", "Correct the spelling, or add it there first")
    level = reader.string("level")
    if level and level not in Role.Level.values:
        reader.problem("level", f"{level!r} is not known", f"Use one of: {', '.join(Role.Level.values)}")
    return RoleFile(
        name=reader.string("name", most=160),
        also_called=reader.strings("also_called"),
        family=family,
        level=level,
        settings=reader.strings("settings", known.settings, "settings.csv"),
        hours=reader.string("hours", most=300),
        shifts=reader.strings("shifts", SHIFTS, "the list of shifts"),
        part_time=values.get("part_time") is True,
        pay=reader.pay(known),
        gates=reader.strings("gates", known.gates, "gates/"),
        essential=reader.strings("essential", known.skills, "skills/"),
        helpful=reader.strings("helpful", known.skills, "skills/"),
        interests=reader.interests(),
        soc2020=soc,
        onet=reader.codes("onet"),
        ncs=reader.codes("ncs"),
        esco=reader.codes("esco"),
        sources=reader.strings("sources", known.sources, "sources.csv"),
        summary=" ".join(summary.split()),
        day=day.strip(),
        no_route_because=reader.string("no_route_because", required=False, most=600),
    )
