"""The partners the place pack names."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from django.db.models import Q

from ginnel.core.tables import Problems, Table, by_slug, change_cells
from ginnel.partners.models import Organisation
from ginnel.partners.own_words import hear, in_words, own_words

COLUMNS = ["slug", "name", "kind", "website", "about", "lat", "lon", "ods_code"]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One line of organisations.csv. Degrees WGS84, or none."""

    name: str
    kind: str
    website: str
    about: str
    latitude: float | None
    longitude: float | None
    ods_code: str


def column_of(field: str) -> str:
    """The column of organisations.csv that holds a field."""
    return {"latitude": "lat", "longitude": "lon"}.get(field, field)


FIELDS = [field.name for field in fields(PartnerRow)]


def read_partners(root: Path, problems: Problems) -> dict[str, PartnerRow]:
    """organisations.csv by slug."""
    rows: dict[str, PartnerRow] = {}
    for row in Table(root, "organisations.csv", COLUMNS, problems):
        website = row.text("website", required=False, most=500)
        if website and not website.startswith("https://"):
            row.problem("website", f"{website!r} is not a web address", "Begin it with https://")
        placed = bool(row.cells["lat"].strip() or row.cells["lon"].strip())
        value = PartnerRow(
            row.text("name", most=300),
            row.slug("kind"),
            website,
            row.text("about", most=400),
            row.number("lat", least=-90, most=90) if placed else None,
            row.number("lon", least=-180, most=180) if placed else None,
            row.text("ods_code", required=False, most=10),
        )
        by_slug(rows, row, row.slug("slug"), value)
    return rows


def load_partners(rows: dict[str, PartnerRow], *, at: datetime) -> list[str]:
    """
    Make the pack's organisations be exactly these, but for what they have said themselves. Returns those words, one text for each
    organisation that has them otherwise. A few queries, however many organisations.
    """
    gone = Organisation.objects.filter(origin=Organisation.Origin.PACK).exclude(code__in=rows)
    # One that people belong to, or did, is more than its line in the pack.
    Organisation.objects.filter(pk__in=list(gone.unused().values_list("pk", flat=True))).delete()
    own = own_words(Q(origin=Organisation.Origin.PACK))
    held = {one.code: one for one in Organisation.objects.filter(origin=Organisation.Origin.PACK, code__in=rows)}
    new = [
        Organisation(origin=Organisation.Origin.PACK, code=slug, **asdict(row))
        for slug, row in rows.items()
        if slug not in held
    ]
    changed, otherwise = [], {}
    for slug, one in held.items():
        differing = {name: value for name, value in asdict(rows[slug]).items() if getattr(one, name) != value}
        theirs = {name: differing.pop(name) for name in list(differing) if name in own.get(one.pk, ())}
        if theirs:
            otherwise[one.pk] = theirs
        if differing:
            for name, value in differing.items():
                setattr(one, name, value)
            changed.append(one)
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(changed, FIELDS, batch_size=200)
    hear(otherwise.items(), at=at)
    return sorted(in_words(one.name, otherwise[one.pk]) for one in held.values() if one.pk in otherwise)


def export_partners(files: dict[str, bytes], rows: dict[str, PartnerRow]) -> dict[str, bytes]:
    """
    The files, with the lines of organisations.csv changed of which the database says otherwise: partners change what is said of them.

    `rows` is what the files say. An organisation that is no longer in the database keeps its line: leaving is for the pack's editors.
    """
    changes: dict[str, dict[str, str]] = {}
    for organisation in Organisation.objects.filter(origin=Organisation.Origin.PACK, code__in=rows):
        row = rows[organisation.code]
        now = {name: str(getattr(organisation, name)) for name in ("name", "kind", "website", "about", "ods_code")}
        cells = {name: value for name, value in now.items() if value != getattr(row, name)}
        for name in ("latitude", "longitude"):
            value = getattr(organisation, name)
            if value != getattr(row, name):
                cells[column_of(name)] = "" if value is None else repr(value)
        if cells:
            changes[organisation.code] = cells
    if not changes:
        return files
    content = files["organisations.csv"]
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    changed = change_cells(content.decode("utf-8-sig"), "slug", changes)
    return {**files, "organisations.csv": mark + changed.encode("utf-8")}
