"""What a file would change, in plain values: made by `compare`, written by `saving`, shown as a report."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from ginnel.partners.bulk.reading import Line
from ginnel.partners.bulk.words import Person
from ginnel.partners.model.matching import Answer, Asked
from ginnel.sources.report import Problem, Report

T = TypeVar("T")
ADDED, CHANGED, UNCHANGED, LEFT = "added", "changed", "unchanged", "left"


@dataclass(slots=True)
class OrganisationPlan:
    """One organisation of the file. `pk` is None for a new one. `fields` are those to set."""

    name: str
    line: Line
    pk: int | None
    fields: dict[str, Any] = field(default_factory=dict)
    outcome: str = UNCHANGED
    note: str = ""


@dataclass(slots=True)
class PersonPlan:
    """One person in one organisation. `user` and `membership` are None for new ones; `roles` and `manager` None to leave them be."""

    person: Person
    line: Line
    organisation: OrganisationPlan
    user: int | None = None
    membership: int | None = None
    back: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    roles: frozenset[str] | None = None
    held_roles: frozenset[str] = frozenset()
    manager: str | None = None
    outcome: str = UNCHANGED


@dataclass(slots=True)
class Plan:
    """All a file would do, what stops it, and names to ask a person about."""

    organisations: dict[str, OrganisationPlan] = field(default_factory=dict)
    people: list[PersonPlan] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    unsure: list[tuple[Asked, Answer]] = field(default_factory=list)

    def digest(self) -> str:
        """The same for the same changes: what was previewed is what is saved, or nothing."""
        told: list[tuple[Any, ...]] = [
            (o.name, o.pk, o.outcome, sorted(o.fields.items())) for o in self.organisations.values()
        ]
        told += [
            (p.person.email, p.organisation.name, p.user, p.membership, p.outcome, sorted(p.fields.items()),
             sorted(p.roles) if p.roles is not None else None, p.manager)
            for p in self.people
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The report: counts, a line for each row, problems. Rows and fields, never a person's name or address."""
        lines = [
            {"file": o.line.file, "row": o.line.row, "who": "organisation", "outcome": o.outcome,
             "fields": in_words(o.fields), "note": o.note}
            for o in self.organisations.values()
        ]  # fmt: skip
        for p in self.people:
            fields = in_words(p.fields)
            fields += [word for word, said in (("roles", p.roles), ("line manager", p.manager)) if said is not None]
            lines.append(
                {
                    "file": p.line.file,
                    "row": p.line.row,
                    "who": "person",
                    "outcome": p.outcome,
                    "fields": fields,
                    "note": "",
                }
            )
        counts = {
            who: {outcome: sum(1 for line in lines if (line["who"], line["outcome"]) == (who, outcome))
                  for outcome in (ADDED, CHANGED, UNCHANGED, LEFT)}
            for who in ("organisation", "person")
        }  # fmt: skip
        problems = [
            {"file": p.file, "row": p.row, "field": p.field, "what": p.what, "remedy": p.remedy}
            for p in sorted(self.report.problems, key=lambda p: (p.file, p.row or 0, p.field))
        ]
        return {
            "counts": counts, "problem_count": self.report.problem_count, "problems": problems, "lines": lines,
            "digest": self.digest(),
        }  # fmt: skip


def in_words(fields: Iterable[str]) -> list[str]:
    """Fields as the columns of the file are called."""
    return sorted("takes part" if name == "status" else name.replace("_", " ") for name in fields)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`: databases take only so many values at once."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def refuse(plan: Plan, line: Line, field: str, what: str, remedy: str) -> None:
    plan.report.refuse(Problem(line.file, what, remedy, line.row, field))
