"""
Published occupations and the pack's roles as the engine's arrays: built after a pack or an import, opened memory-mapped.

The arrays are a cache of the database under `var/engine/`; lost or stale ones are built anew.
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max, Q

from ginnel.careers.importers import IMPORTERS
from ginnel.careers.model.link import LinkItem, exact_names
from ginnel.careers.model.link.index import ExactNames
from ginnel.careers.model.records import LEVEL_SUFFIX, OccupationRecord
from ginnel.careers.model.related import RelatedIndex, build_related
from ginnel.careers.model.store import StoreUnreadable, load_arrays, save_arrays
from ginnel.careers.models import EscoSkill, Occupation, OccupationFacet, Role, Skill
from ginnel.places.queries import current_place
from ginnel.sources.models import ImportRun

SCHEMES = (Occupation.Scheme.ONET, Occupation.Scheme.NCS, Occupation.Scheme.ESCO)
INTERESTS = "RIASEC"


@dataclass(frozen=True, slots=True)
class Reference:
    """Every occupation the engine knows, row by row, with the ready answers for each. `row_of` finds a row by scheme and code."""

    stamp: str
    schemes: list[str]
    codes: list[str]
    titles: list[str]
    tasks: list[list[str]]
    key_names: dict[str, str]
    related: RelatedIndex
    names: ExactNames | None
    row_of: dict[tuple[str, str], int]


_kept: Reference | None = None
_looked_for = ""
_making = threading.Lock()


def reference() -> Reference:
    """
    The arrays in use, opened once in each process and again when they were replaced.

    They are built here only if there are none, or none of this edition of the pack (lost files): an import builds its own. Until it has,
    what was there before is served.
    """
    global _kept, _looked_for
    stamp = current_stamp()
    if _kept is not None and stamp in (_kept.stamp, _looked_for):
        return _kept
    with _making:
        found = _open()
        if found is None or found.stamp.split("-")[0] != stamp.split("-")[0]:
            build_reference()
            found = _open()
            assert found is not None
        _kept, _looked_for = found, stamp
        return found


def forget_reference() -> None:
    """Open the arrays afresh at the next question."""
    global _kept
    _kept = None


def current_stamp() -> str:
    """What the arrays depend on: the edition of the pack and the newest import of this area that changed something."""
    ours = ImportRun.objects.filter(importer__in=[importer.name for importer in IMPORTERS])
    changes = ours.filter(Q(added__gt=0) | Q(changed__gt=0) | Q(removed__gt=0))
    newest = changes.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{current_place().pack_digest[:16]}-{newest}"


def build_reference() -> None:
    """Build the arrays from the database and put them in place of the old ones, whole or not at all."""
    stamp = current_stamp()
    records = [*role_records(), *occupation_records()]
    names = exact_names(_reference_items(records))
    values: dict[str, Any] = {
        "stamp": stamp,
        "schemes": [record.scheme for record in records],
        "codes": [record.code for record in records],
        "titles": [record.title for record in records],
        "tasks": [list(record.tasks) for record in records],
        "key_names": _key_names(),
        **build_related(records).to_arrays(),
    }
    if names is not None:
        values |= names.to_arrays()
    save_arrays(settings.VAR_DIR / "engine", values)


def is_built() -> bool:
    """Whether arrays of just this pack and these imports are there."""
    found = _open()
    return found is not None and found.stamp == current_stamp()


def _open() -> Reference | None:
    try:
        found = load_arrays(settings.VAR_DIR / "engine")
        names = ExactNames.from_arrays(found) if any(name.startswith("link_") for name in found) else None
        return Reference(
            found["stamp"],
            found["schemes"],
            found["codes"],
            found["titles"],
            found["tasks"],
            found["key_names"],
            RelatedIndex.from_arrays(found),
            names,
            {pair: row for row, pair in enumerate(zip(found["schemes"], found["codes"], strict=True))},
        )
    except (StoreUnreadable, KeyError):
        return None


def role_records() -> Iterator[OccupationRecord]:
    """The pack's roles. Essential skills weigh 1, helpful ones a half."""
    roles = Role.objects.public().prefetch_related("role_skills__skill").order_by("slug")
    for role in roles:
        yield OccupationRecord(
            scheme="role",
            code=role.slug,
            title=role.name,
            description=role.summary,
            alt_titles=tuple(role.also_called),
            tasks=tuple(line.strip(" -*") for line in role.day.splitlines() if len(line.strip(" -*")) > 20),
            skills={link.skill.slug: 1.0 if link.essential else 0.5 for link in role.role_skills.all()},
            interests=tuple(float(value) for value in role.interests),
        )


def occupation_records() -> Iterator[OccupationRecord]:
    """What was imported of O*NET, the National Careers Service and ESCO."""
    facets: dict[int, dict[str, Any]] = {}
    kinds = [
        "alt_titles",
        "tasks",
        "activities",
        "skills",
        "knowledge",
        "interests",
        "essential_skills",
        "optional_skills",
        "job_zone",
    ]
    rows = OccupationFacet.objects.filter(kind__in=kinds, occupation__scheme__in=SCHEMES)
    for occupation, kind, data in rows.values_list("occupation_id", "kind", "data").iterator(chunk_size=5000):
        facets.setdefault(occupation, {})[kind] = data
    for row in (
        Occupation.objects.public().filter(scheme__in=SCHEMES).order_by("scheme", "code").iterator(chunk_size=2000)
    ):
        yield _record(row, facets.pop(row.pk, {}))


def _record(row: Occupation, facets: Mapping[str, Any]) -> OccupationRecord:
    skills = _rated(facets.get("skills", {}))
    skills |= dict.fromkeys(facets.get("optional_skills", ()), 0.5) | dict.fromkeys(
        facets.get("essential_skills", ()), 1.0
    )
    interests = facets.get("interests", {})
    zone = facets.get("job_zone", 0)
    return OccupationRecord(
        scheme=row.scheme,
        code=row.code,
        title=row.title,
        description=row.description,
        alt_titles=tuple(facets.get("alt_titles", ())),
        tasks=tuple(facets.get("tasks", ())),
        activities=tuple(facets.get("activities", ())),
        skills=skills,
        knowledge=_rated(facets.get("knowledge", {})),
        interests=tuple(float(interests[letter]) for letter in INTERESTS) if len(interests) >= 6 else (),
        preparation=int(zone if isinstance(zone, int | str) else next(iter(zone), 0)),
    )


def _rated(values: Mapping[str, list[float | None]]) -> dict[str, float]:
    """`{element: [importance, level]}` as keys to weights."""
    rated: dict[str, float] = {}
    for key, pair in values.items():
        if pair and pair[0] is not None:
            rated[key] = float(pair[0])
        if len(pair) > 1 and pair[1] is not None:
            rated[key + LEVEL_SUFFIX] = float(pair[1])
    return rated


def _reference_items(records: list[OccupationRecord]) -> Iterator[LinkItem]:
    """Imported names a text may use. British job profiles first: where names are the same, the first wins."""
    order = {"ncs": 0, "esco": 1, "onet": 2}
    for record in sorted((r for r in records if r.scheme in order), key=lambda r: (order[r.scheme], r.code)):
        yield LinkItem("occupation", f"{record.scheme}:{record.code}", (record.title, *record.alt_titles))


def _key_names() -> dict[str, str]:
    """Names of the keys that reasons speak of, as far as they are held."""
    return dict(Skill.objects.values_list("slug", "name")) | dict(EscoSkill.objects.values_list("uri", "title"))
