"""The Leeds pack and the shared reference files as "suit me" takes them. For benchmarks and tests; the site reads its database."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
os.environ.setdefault("GINNEL_DEBUG", "1")

import django

django.setup()

from related_data import all_records, careers_folder, rows  # noqa: E402

from ginnel.careers.model.embedding import Embedder  # noqa: E402
from ginnel.careers.model.link import Linker, LinkItem, build_linker  # noqa: E402
from ginnel.careers.model.routing import Gate, Position, RouteTable, Step  # noqa: E402
from ginnel.careers.model.suit import ExperienceFacts, OccupationFacts, RoleFacts, SuitIndex, build_suit  # noqa: E402
from ginnel.careers.pack import CareersPack, read_careers  # noqa: E402
from ginnel.core.tables import Problems  # noqa: E402
from ginnel.sources.pack import read_sources  # noqa: E402

PLACE = Path(__file__).resolve().parent.parent / "places" / "leeds"


@lru_cache(maxsize=1)
def pack() -> CareersPack:
    """The Leeds pack as it is on disk; problems in it are not our business here."""
    problems = Problems()
    return read_careers(PLACE, read_sources(PLACE, problems), problems)


def embedder() -> Embedder | None:
    """The shipped word vectors, or None where they have not been made."""
    try:
        return Embedder.load()
    except FileNotFoundError:
        return None


def pack_items(found: CareersPack) -> list[LinkItem]:
    """Everything of the pack that text can be linked to."""
    items = [LinkItem("experience", slug, (row.name, *row.also_called)) for slug, row in found.experiences.items()]
    items += [LinkItem("role", slug, (row.name, *row.also_called)) for slug, row in found.roles.items()]
    items += [LinkItem("skill", slug, (row.name, row.plain)) for slug, row in found.skills.items()]
    items += [LinkItem("start", slug, (row.name,)) for slug, row in found.starts.items()]
    return items


def reference_items() -> list[LinkItem]:
    """Imported occupations (NCS, O*NET, ESCO) and ESCO skills."""
    items = [
        LinkItem(
            "occupation", f"{one.scheme}:{one.code}" if one.scheme != "esco" else one.code, (one.title, *one.alt_titles)
        )
        for one in all_records()
    ]
    for row in rows(careers_folder() / "esco" / "skills_en.csv.gz"):
        items.append(
            LinkItem("skill", row["conceptUri"], (row["preferredLabel"], *filter(None, row["altLabels"].split("\n"))))
        )
    return items


def occupations() -> list[OccupationFacts]:
    return [
        OccupationFacts(
            f"{one.scheme}:{one.code}" if one.scheme != "esco" else one.code,
            one.title,
            " ".join((one.description, *one.tasks[:4])),
        )
        for one in all_records()
    ]


def linker(*, reference: bool) -> Linker:
    return build_linker(pack_items(pack()), reference=reference_items() if reference else (), embedder=embedder())


def suit_index(*, reference: bool) -> SuitIndex:
    found = pack()
    roles = [
        RoleFacts(
            slug=slug, name=row.name, also_called=tuple(row.also_called), family=row.family, level=row.level,
            shifts=frozenset(row.shifts), part_time=row.part_time, pay_low_gbp=row.pay.low_gbp, pay_high_gbp=row.pay.high_gbp,
            unpaid=row.pay.unpaid, essential=tuple(row.essential), helpful=tuple(row.helpful), interests=tuple(row.interests),
            summary=row.summary, day=row.day, codes=(*row.onet, *row.ncs, *row.esco),
        )
        for slug, row in found.roles.items()
    ]  # fmt: skip
    experiences = [
        ExperienceFacts(
            slug, row.name, tuple(row.also_called), tuple(row.skills), tuple(row.interests), row.health_and_care
        )
        for slug, row in found.experiences.items()
    ]
    skills = {slug: f"{row.name}. {row.plain}" for slug, row in found.skills.items()}
    return build_suit(roles, experiences, skills, occupations=occupations() if reference else (), embedder=embedder())


def route_table() -> RouteTable:
    """The pack's route table as the engine takes it."""
    found = pack()
    gates = [
        Gate(slug, row.kind, row.months, row.cost_gbp, row.self_clear, row.min_age) for slug, row in found.gates.items()
    ]
    positions = [
        Position(slug, "role", frozenset(row.gates), row.pay.low_gbp or 0) for slug, row in found.roles.items()
    ]
    positions += [Position(slug, "start", frozenset(row.gates), row.pay_now_gbp) for slug, row in found.starts.items()]
    steps = [
        Step(
            slug, None if row.from_ == ["any"] else frozenset(row.from_) - {"any"}, row.min_level,
            None if row.to == "-" else row.to, row.by,
            row.months, row.cost_gbp, row.upfront_gbp, row.pay_gbp, frozenset(row.needs), frozenset(row.clears), row.gives_level,
        )
        for slug, row in found.steps.items()
        if row.to == "-" or row.to in found.roles
    ]  # fmt: skip
    return RouteTable.build(gates, positions, steps)
