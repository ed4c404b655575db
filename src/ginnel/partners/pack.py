"""The partners the place pack names."""

from dataclasses import dataclass
from pathlib import Path

from ginnel.core.tables import Problems, Table, by_slug
from ginnel.partners.models import Organisation

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


def load_partners(rows: dict[str, PartnerRow]) -> None:
    """Make the pack's organisations be exactly these."""
    gone = Organisation.objects.filter(origin=Organisation.Origin.PACK).exclude(code__in=rows)
    # One that people belong to, or did, is more than its line in the pack.
    gone.filter(status=Organisation.Status.LISTED, memberships__isnull=True).delete()
    for slug, row in rows.items():
        Organisation.objects.update_or_create(
            origin=Organisation.Origin.PACK,
            code=slug,
            defaults={
                "name": row.name,
                "kind": row.kind,
                "website": row.website,
                "about": row.about,
                "latitude": row.latitude,
                "longitude": row.longitude,
                "ods_code": row.ods_code,
            },
        )
