"""The place pack's list of sources."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ginnel.core.tables import Problems, Table, by_slug
from ginnel.sources.models import Source


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One line of sources.csv."""

    title: str
    publisher: str
    url: str
    as_of: date
    licence: str


def read_sources(root: Path, problems: Problems) -> dict[str, SourceRow]:
    """sources.csv by slug."""
    rows: dict[str, SourceRow] = {}
    for row in Table(root, "sources.csv", ["slug", "title", "publisher", "url", "as_of", "licence"], problems):
        url = row.text("url", required=False, most=500)
        if url and not url.startswith("https://"):
            row.problem("url", f"{url!r} is not a web address", "Begin it with https://")
        value = SourceRow(
            row.text("title", most=300),
            row.text("publisher", most=200),
            url,
            row.day("as_of"),
            row.text("licence", most=200),
        )
        by_slug(rows, row, row.slug("slug"), value)
    return rows


def load_sources(rows: dict[str, SourceRow]) -> dict[str, Source]:
    """Write the pack's sources; those of imports are left alone."""
    for slug, row in rows.items():
        Source.objects.update_or_create(
            slug=f"pack-{slug}",
            defaults={
                "title": row.title,
                "publisher": row.publisher,
                "url": row.url,
                "as_of": row.as_of,
                "licence": row.licence,
                "kind": Source.Kind.TYPED,
            },
        )
    found = Source.objects.filter(slug__in=[f"pack-{slug}" for slug in rows])
    return {source.slug.removeprefix("pack-"): source for source in found}
