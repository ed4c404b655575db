"""Lookups between areas, from the ONS Open Geography Portal: one row per smallest area."""

import re

from ginnel.places.importers.scope import CODE, OUTSIDE, authorities, authority_of
from ginnel.places.models import Area, AreaLink
from ginnel.sources.importing import OGL_LINE, Held, Importer, Match, Publication, Run, Sample, TableReader
from ginnel.sources.upsert import Sheet

_CODE_COLUMN = re.compile(r"(lsoa|msoa|wd|ward|lad|ltla)(\d\d)(?:cd|_code)")
_OTHER_COLUMN = re.compile(
    r"(lsoa|msoa|wd|ward|lad|ltla|utla|rgn|ctry|oa)\d\d(cd|nm|nmw|_code|_name)|change_code|chgind|object_?id|fid|globalid"
)
_KINDS = {"wd": Area.Kind.WARD, "ward": Area.Kind.WARD, "lad": Area.Kind.AUTHORITY, "ltla": Area.Kind.AUTHORITY}
# What becomes a link: from the smaller to the larger, and from the 2011 areas to those of 2021.
_PAIRS = (
    (Area.Kind.LSOA11, Area.Kind.LSOA21),
    (Area.Kind.LSOA11, Area.Kind.AUTHORITY),
    (Area.Kind.LSOA21, Area.Kind.MSOA21),
    (Area.Kind.LSOA21, Area.Kind.WARD),
    (Area.Kind.LSOA21, Area.Kind.AUTHORITY),
    (Area.Kind.MSOA21, Area.Kind.AUTHORITY),
    (Area.Kind.WARD, Area.Kind.AUTHORITY),
)


def _kinds(header: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Kind of area to its code column and its year."""
    found: dict[str, tuple[str, str]] = {}
    for name in header:
        if part := _CODE_COLUMN.fullmatch(name):
            kind = _KINDS.get(part[1]) or f"{part[1]}{part[2]}"
            if kind in Area.Kind.values:
                found.setdefault(kind, (name, f"20{part[2]}"))
    return found


class Lookup(Importer):
    name = "areas.lookup"
    order = 110
    publication = Publication(
        slug="ons-area-lookups",
        title="Lookups between areas: output areas, wards, local authority districts",
        publisher="Office for National Statistics, Open Geography Portal",
        url="https://geoportal.statistics.gov.uk/",
        attribution=OGL_LINE,
    )

    def match(self, sample: Sample) -> Match | None:
        for dialect in self.dialects:
            for sheet, rows in sample.tables(dialect):
                for number, row in enumerate(rows[:1]):
                    header = tuple(" ".join(cell.split()).casefold() for cell in row)
                    kinds = _kinds(header)
                    named = all(_OTHER_COLUMN.fullmatch(name) for name in header)
                    if named and any(small in kinds and large in kinds for small, large in _PAIRS):
                        return Match(dialect, header, number, sheet)
        return None

    def read(self, table: TableReader, run: Run) -> None:
        kinds = _kinds(table.columns)
        pairs = [(small, large) for small, large in _PAIRS if small in kinds and large in kinds]
        covered: set[str] = set()
        inside: set[str] = set()
        sheets = [self._sheet(run, small, large, kinds[large][1], covered, inside) for small, large in pairs]
        run.vintage("; ".join(sorted({year for _, year in kinds.values()})))
        wanted = authorities(run)
        names = list(kinds)
        seen: set[tuple[str, ...]] = set()
        for row, cells in table.rows(*(column for column, _ in kinds.values())):
            codes = dict(zip(names, cells, strict=True))
            if wrong := next((kind for kind, code in codes.items() if not CODE.fullmatch(code)), None):
                what = f"{codes[wrong][:20]!r} is not an area code"
                table.refuse(row, kinds[wrong][0], what, "Codes are like E01011264: download the file again")
                continue
            authority = codes.get(Area.Kind.AUTHORITY, "")
            if wanted and authority and authority not in wanted:
                table.leave_out(OUTSIDE)
                continue
            if tuple(cells) in seen:
                table.refuse(
                    row, kinds[names[0]][0], f"{' / '.join(cells)} is there twice", "Remove one of the two rows"
                )
                continue
            seen.add(tuple(cells))
            covered.add(authority)
            inside.update(cells)
            for (small, large), sheet in zip(pairs, sheets, strict=True):
                key = (codes[small], codes[large])
                if key not in sheet.rows or sheet.places[key][0] is not table:
                    sheet.put(key, (), table, row)

    def _sheet(self, run: Run, small: str, large: str, year: str, covered: set[str], inside: set[str]) -> Sheet:
        known = authority_of

        def complete_for(held: Held) -> bool:
            return held.key[0] in inside or known(run).get(held.key[0], "-") in covered

        same = {"from_kind": small, "to_kind": large, "vintage": year}
        return run.sheet(
            f"links {small} to {large} {year}",
            AreaLink,
            ("from_code", "to_code"),
            (),
            2,
            scope=same,
            fixed=same,
            owns=complete_for,
        )


IMPORTERS: tuple[Importer, ...] = (Lookup(),)
