"""Suit me's tables for this process, built from the database and kept until the pack or an import changes."""

import threading
from dataclasses import dataclass

from ginnel.careers.model.embedding import Embedder
from ginnel.careers.model.link import Linker, LinkItem, build_linker
from ginnel.careers.model.suit import ExperienceFacts, RoleFacts, SuitIndex, build_suit
from ginnel.careers.models import Experience, Role, Skill, Start
from ginnel.careers.reference import reference
from ginnel.places.queries import current_place


@dataclass(frozen=True, slots=True)
class SuitEngine:
    """What understanding a text and ranking roles need. `names` gives the name of every skill, experience and role by slug."""

    pack_digest: str
    linker: Linker
    index: SuitIndex
    names: dict[str, str]


_engine: SuitEngine | None = None
_making = threading.Lock()


def suit_engine() -> SuitEngine:
    """The engine of the pack in use, built at the first question in each process."""
    global _engine
    digest = current_place().pack_digest
    kept = _engine
    if kept is not None and kept.pack_digest == digest:
        return kept
    with _making:
        if _engine is None or _engine.pack_digest != digest:
            _engine = _build(digest)
        return _engine


def forget_suit_engine() -> None:
    """Build the tables afresh at the next question."""
    global _engine
    _engine = None


def role_facts() -> list[RoleFacts]:
    """Every public role as the model wants it, by slug."""
    roles = Role.objects.public().select_related("family").prefetch_related("role_skills__skill").order_by("slug")
    return [
        RoleFacts(
            slug=role.slug,
            name=role.name,
            also_called=tuple(role.also_called),
            family=role.family.slug,
            level=role.level,
            shifts=frozenset(role.shifts),
            part_time=role.part_time,
            pay_low_gbp=role.pay_low_gbp,
            pay_high_gbp=role.pay_high_gbp,
            unpaid=role.unpaid,
            essential=tuple(link.skill.slug for link in role.role_skills.all() if link.essential),
            helpful=tuple(link.skill.slug for link in role.role_skills.all() if not link.essential),
            interests=tuple(float(value) for value in role.interests),
            summary=role.summary,
            day=role.day,
            codes=(*role.onet_codes, *role.ncs_slugs, *role.esco_uris),
        )
        for role in roles
    ]


def experience_facts() -> list[ExperienceFacts]:
    """Every experience as the model wants it, by slug."""
    return [
        ExperienceFacts(
            slug=row.slug,
            name=row.name,
            also_called=tuple(row.also_called),
            skills=tuple(skill.slug for skill in row.skills.all()),
            interests=tuple(float(value) for value in row.interests),
            health_and_care=row.health_and_care,
        )
        for row in Experience.objects.prefetch_related("skills").order_by("slug")
    ]


def _build(digest: str) -> SuitEngine:
    roles, experiences = role_facts(), experience_facts()
    skills = {row.slug: row for row in Skill.objects.order_by("slug")}
    items = [
        *[LinkItem("experience", row.slug, (row.name, *row.also_called)) for row in experiences],
        *[LinkItem("role", row.slug, (row.name, *row.also_called)) for row in roles],
        *[LinkItem("skill", slug, (row.name, row.plain)) for slug, row in skills.items()],
        *[LinkItem("start", row.slug, (row.name, row.plain)) for row in Start.objects.order_by("position")],
    ]
    embedder = Embedder.load()
    index = build_suit(
        roles, experiences, {slug: f"{row.name}. {row.plain}" for slug, row in skills.items()}, embedder=embedder
    )
    names = {row.slug: row.name for row in experiences} | {row.slug: row.name for row in roles}
    names |= {slug: row.name for slug, row in skills.items()} | dict(Start.objects.values_list("slug", "name"))
    linker = build_linker(items, reference=reference().names or (), embedder=embedder)
    return SuitEngine(digest, linker, index, names)
