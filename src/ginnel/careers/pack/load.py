"""Writing careers' part of the pack into the database."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from ginnel.careers.models import Experience, Family, Gate, PayPoint, Role, RoleSkill, Setting, Skill, Start, Step
from ginnel.careers.pack.read import CareersPack
from ginnel.careers.pack.roles import RoleFile
from ginnel.careers.pack.steps import ANYWHERE, NOWHERE, StepRow
from ginnel.sources.models import Source

M = TypeVar("M", bound=models.Model)


def load_careers(pack: CareersPack, sources: dict[str, Source]) -> None:
    """
    Make the careers tables say exactly what the pack says. Call inside a transaction.

    Roles keep their rows, so that people's shortlists survive a new edition of the pack; a role that left the pack leaves their lists.
    """
    Step.objects.all().delete()
    families = _keep(
        Family, {s: {"name": r.name, "about": r.about, "position": i} for i, (s, r) in enumerate(pack.families.items())}
    )
    settings = _keep(
        Setting,
        {s: {"name": r.name, "about": r.about, "position": i} for i, (s, r) in enumerate(pack.settings.items())},
    )
    skills = _keep(
        Skill,
        {s: {"name": r.name, "plain": r.plain, "kind": r.kind, "esco_uri": r.esco} for s, r in pack.skills.items()},
    )
    gates = _keep(
        Gate,
        {
            slug: {
                "name": row.name,
                "kind": row.kind,
                "plain": row.plain,
                "months": row.months,
                "cost_gbp": row.cost_gbp,
                "who_pays": row.who_pays,
                "how": row.how,
                "self_clear": row.self_clear,
                "min_age": row.min_age,
                "held_from_level": row.held_from_level,
                "source": sources[row.source],
            }
            for slug, row in pack.gates.items()
        },
    )
    points = _keep_pay(pack, sources)
    roles = _keep(Role, {s: _role_fields(row, families, points, sources) for s, row in pack.roles.items()})
    _link_roles(pack, roles, settings, gates, skills, sources)
    experiences = _keep(
        Experience,
        {
            slug: {
                "name": row.name,
                "also_called": row.also_called,
                "interests": row.interests,
                "health_and_care": row.health_and_care,
            }
            for slug, row in pack.experiences.items()
        },
    )
    _link(Experience.skills, {experiences[s]: [skills[x] for x in r.skills] for s, r in pack.experiences.items()})
    starts = _keep(
        Start,
        {
            slug: {
                "name": row.name,
                "plain": row.plain,
                "level": row.level,
                "age": row.age,
                "pay_now_gbp": row.pay_now_gbp,
                "position": position,
            }
            for position, (slug, row) in enumerate(pack.starts.items())
        },
    )
    _link(Start.gates, {starts[s]: [gates[x] for x in r.gates] for s, r in pack.starts.items()})
    _link(Start.experiences, {starts[s]: [experiences[x] for x in r.experiences] for s, r in pack.starts.items()})
    _load_steps(pack.steps, roles, starts, gates, points, sources)
    # Only now is nothing pointing at what the pack no longer names.
    leaving: list[tuple[type[models.Model], Iterable[str]]] = [
        (Role, pack.roles),
        (Start, pack.starts),
        (Experience, pack.experiences),
        (Gate, pack.gates),
        (Skill, pack.skills),
        (Family, pack.families),
        (Setting, pack.settings),
    ]
    for model, kept in leaving:
        model._default_manager.exclude(slug__in=kept).delete()
    PayPoint.objects.exclude(pk__in=[point.pk for point in points.values()]).delete()


def _keep(model: type[M], rows: dict[str, dict[str, Any]]) -> dict[str, M]:
    """Insert or update by slug."""
    if not rows:
        return {}
    fields = list(next(iter(rows.values())))
    model._default_manager.bulk_create(
        [model(slug=slug, **values) for slug, values in rows.items()],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=fields,
        batch_size=500,
    )
    return {getattr(row, "slug"): row for row in model._default_manager.filter(slug__in=rows)}  # noqa: B009


def _keep_pay(pack: CareersPack, sources: dict[str, Source]) -> dict[str, PayPoint]:
    for key, row in pack.pay.items():
        scale, _, band = key.partition(":")
        PayPoint.objects.update_or_create(
            scale=scale,
            band=band,
            defaults={
                "low_gbp": row.low_gbp,
                "high_gbp": row.high_gbp,
                "name": row.name,
                "effective_from": row.effective_from,
                "source": sources[row.source],
            },
        )
    return {f"{p.scale}:{p.band}": p for p in PayPoint.objects.all() if f"{p.scale}:{p.band}" in pack.pay}


def _role_fields(
    row: RoleFile, families: dict[str, Family], points: dict[str, PayPoint], sources: dict[str, Source]
) -> dict[str, Any]:
    pay = row.pay
    point = points.get(pay.point)
    return {
        "name": row.name,
        "also_called": row.also_called,
        "family": families[row.family],
        "level": row.level,
        "summary": row.summary,
        "day": row.day,
        "hours": row.hours,
        "shifts": row.shifts,
        "part_time": row.part_time,
        "pay_low_gbp": pay.low_gbp,
        "pay_high_gbp": pay.high_gbp,
        "pay_point": point,
        "pay_source": sources[pay.source] if pay.source else None,
        "pay_as_of": (point.effective_from if point else sources[pay.source].as_of) if pay.source else None,
        "pay_note": pay.note,
        "unpaid": pay.unpaid,
        "interests": row.interests,
        "soc2020": row.soc2020,
        "onet_codes": row.onet,
        "ncs_slugs": row.ncs,
        "esco_uris": row.esco,
        "no_route_because": row.no_route_because,
    }


def _link_roles(
    pack: CareersPack,
    roles: dict[str, Role],
    settings: dict[str, Setting],
    gates: dict[str, Gate],
    skills: dict[str, Skill],
    sources: dict[str, Source],
) -> None:
    files = pack.roles.items()
    _link(Role.settings, {roles[slug]: [settings[x] for x in row.settings] for slug, row in files})
    _link(Role.gates, {roles[slug]: [gates[x] for x in row.gates] for slug, row in files})
    _link(Role.sources, {roles[slug]: [sources[x] for x in row.sources] for slug, row in files})
    RoleSkill.objects.all().delete()
    RoleSkill.objects.bulk_create(
        [
            RoleSkill(role=roles[slug], skill=skills[name], essential=name in row.essential, position=position)
            for slug, row in files
            for position, name in enumerate(dict.fromkeys((*row.essential, *row.helpful)))
        ],
        batch_size=500,
    )


def _link(field: Any, links: dict[Any, Iterable[models.Model]]) -> None:
    """Replace every row of a many-to-many field at once."""
    through = field.through
    source, target = field.field.m2m_field_name(), field.field.m2m_reverse_field_name()
    through.objects.all().delete()
    through.objects.bulk_create(
        [
            through(**{f"{source}_id": owner.pk, f"{target}_id": other.pk})
            for owner, others in links.items()
            for other in others
        ],
        batch_size=500,
    )


def _load_steps(
    steps: dict[str, StepRow],
    roles: dict[str, Role],
    starts: dict[str, Start],
    gates: dict[str, Gate],
    points: dict[str, PayPoint],
    sources: dict[str, Source],
) -> None:
    Step.objects.bulk_create(
        [
            Step(
                slug=slug,
                from_anywhere=ANYWHERE in row.from_,
                min_level=row.min_level,
                to=None if row.to == NOWHERE else roles[row.to],
                by=row.by,
                title=row.title,
                months=row.months,
                cost_gbp=row.cost_gbp,
                upfront_gbp=row.upfront_gbp,
                paid_by=row.paid_by,
                pay_gbp=row.pay_gbp,
                pay_point=points.get(row.pay_point),
                gives_level=row.gives_level,
                about=row.about,
                source=sources[row.source],
                as_of=row.as_of,
            )
            for slug, row in steps.items()
        ],
        batch_size=500,
    )
    made = {step.slug: step for step in Step.objects.all()}
    _link(Step.from_roles, {made[s]: [roles[x] for x in row.from_ if x in roles] for s, row in steps.items()})
    _link(Step.from_starts, {made[s]: [starts[x] for x in row.from_ if x in starts] for s, row in steps.items()})
    _link(Step.needs, {made[s]: [gates[x] for x in row.needs] for s, row in steps.items()})
    _link(Step.clears, {made[s]: [gates[x] for x in row.clears] for s, row in steps.items()})
