"""Schools and colleges: Get Information about Schools, the full extract (edubase) or the short open list."""

import re
from collections import Counter
from datetime import date, datetime

from ginnel.partners.importers.shared import OUTSIDE, authorities, organisation_sheet, website, where
from ginnel.partners.models import Organisation
from ginnel.sources.importing import OS_LINES, Importer, Publication, Run, TableReader

_WHOLE = 30_000
_URL = "https://get-information-schools.service.gov.uk/Downloads"


class Edubase(Importer):
    """Closed schools are kept with the day they closed: what refers to them must not lose its name."""

    name = "gias.edubase"
    order = 151
    publication = Publication(
        slug="gias",
        title="Get Information about Schools",
        publisher="Department for Education",
        url=_URL,
        attribution=OS_LINES,
    )
    required = (
        "URN",
        "EstablishmentName",
        "TypeOfEstablishment (name)",
        "EstablishmentStatus (name)",
        "CloseDate",
        "Postcode",
        "DistrictAdministrative (code)",
    )

    def read(self, table: TableReader, run: Run) -> None:
        wanted, covered = authorities(run), set[str]()
        sheet = organisation_sheet(run, Organisation.Origin.GIAS, covered)
        optional = ("UKPRN", "SchoolWebsite", "LA (code)", "Street", "Locality", "Address3", "Town", "LastChangedDate")
        districts: dict[str, Counter[str]] = {}
        rows: list[tuple[int, list[str]]] = []
        # A few rows name no district; their education authority's other rows tell which it is. So two passes.
        for row, cells in table.rows(*self.required, optional=optional):
            district, authority = cells[6], cells[9]
            if re.fullmatch(r"[EW]0[6-9]\d{6}", district):
                districts.setdefault(authority, Counter())[district] += 1
                if wanted and district not in wanted:
                    table.leave_out(OUTSIDE)
                    continue
            rows.append((row, cells))
        newest = date.min
        for row, (urn, name, kind, status, closed, postcode, district, *more) in rows:
            ukprn, site, authority, *address, changed = more
            if not re.fullmatch(r"[EW]0[6-9]\d{6}", district):
                common = districts.get(authority, Counter()).most_common(1)
                district = common[0][0] if common else ""
                if wanted and district not in wanted:
                    table.leave_out(OUTSIDE)
                    continue
            if not re.fullmatch(r"\d{5,7}", urn):
                table.refuse(row, "URN", f"{urn[:20]!r} is not a school's number", "Download the file again")
                continue
            if not name:
                table.refuse(row, "EstablishmentName", "It is empty", "Download the file again")
                continue
            if status.startswith("Proposed"):
                table.leave_out("proposed, not yet open")
                continue
            closed_on = None
            if status == "Closed":
                if not closed:
                    table.leave_out("closed, with no closing day")
                    continue
                if (closed_on := _day(closed)) is None:
                    table.refuse(row, "CloseDate", f"{closed[:20]!r} is not a day", "Days are like 31-08-2015")
                    continue
            newest = max(newest, _day(changed) or date.min)
            covered.add(district)
            _, latitude, longitude = where(run, postcode)
            place = ", ".join(part for part in address if part)
            values = (name, kind, website(site), place, postcode, "", ukprn, latitude, longitude, closed_on)
            sheet.put((urn,), values, table, row)
        covered.discard("")
        if table.counts.read >= _WHOLE:
            covered.add("*")
        if newest != date.min:
            run.vintage(f"to {newest:%Y-%m}")


def _day(text: str) -> date | None:
    for form in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    return None


class OpenSchools(Importer):
    """The short list of open schools: used only for schools that the full extract lacks."""

    name = "gias.open"
    order = 152
    publication = Publication(
        slug="gias-open",
        title="Get Information about Schools: open schools, short list",
        publisher="Department for Education",
        url=_URL,
        attribution=OS_LINES,
        vintage="no date in the file",
    )
    required = (
        "urn",
        "la_name",
        "establishment_name",
        "establishment_type",
        "education_phase",
        "longitude",
        "latitude",
    )

    def read(self, table: TableReader, run: Run) -> None:
        covered: set[str] = set()
        sheet = organisation_sheet(run, Organisation.Origin.GIAS, covered, fallback=True)
        for row, (urn, _, name, kind, _, east, north) in table.rows(*self.required):
            urn = urn.removesuffix(".0")
            if not re.fullmatch(r"\d{5,7}", urn) or not name:
                table.refuse(row, "urn", "A school needs a number and a name", "Download the file again")
                continue
            latitude = longitude = None
            if north or east:
                latitude, longitude = (
                    table.number(row, "latitude", north, 49, 61.5),
                    table.number(row, "longitude", east, -9, 2.5),
                )
                if latitude is None or longitude is None:
                    continue
            rounded = (round(latitude, 6), round(longitude, 6)) if latitude and longitude else (None, None)
            sheet.put((urn,), (name, kind, "", "", "", "", "", *rounded, None), table, row)
        covered.add("*")


IMPORTERS: tuple[Importer, ...] = (Edubase(), OpenSchools())
