"""GP practices: the NHS Organisation Data Service's `epraccur`, as published (no header) or with a header."""

import re

from ginnel.partners.importers.shared import OUTSIDE, authorities, calm, organisation_sheet, where
from ginnel.partners.models import Organisation
from ginnel.sources.importing import Importer, Match, Publication, Run, Sample, TableReader
from ginnel.sources.tables import plain_name

# The published file has no header; these are its columns in order, as the publisher's guide names them.
_NAMES = (
    "Organisation Code",
    "Name",
    "National Grouping",
    "High Level Health Geography",
    "Address Line 1",
    "Address Line 2",
    "Address Line 3",
    "Address Line 4",
    "Address Line 5",
    "Postcode",
    "Open Date",
    "Close Date",
    "Status Code",
    "Organisation Sub-Type Code",
    "Commissioner",
    "Join Provider/Purchaser Date",
    "Left Provider/Purchaser Date",
    "Contact Telephone Number",
    "-1",
    "-2",
    "-3",
    "Amended Record Indicator",
    "-4",
    "Provider/Purchaser",
    "-5",
    "Prescribing Setting",
    "-6",
)
_CODE = re.compile(r"[A-Z]\d{5}|[A-Z0-9]{3,8}")
GP_PRACTICE = "4"
_WHOLE = 5_000


class Practices(Importer):
    """Only what is a GP practice (prescribing setting 4) and active (status A) is kept."""

    name = "ods.epraccur"
    order = 150
    publication = Publication(
        slug="ods-gp-practices",
        title="GP practices (epraccur)",
        publisher="NHS England, Organisation Data Service",
        url="https://digital.nhs.uk/services/organisation-data-service/data-search-and-export/csv-downloads/gp-and-gp-practice-related-data",
    )
    required = ("Organisation Code", "Name", "Address Line 1", "Postcode", "Status Code", "Prescribing Setting")

    def match(self, sample: Sample) -> Match | None:
        if found := super().match(sample):
            return found
        for _, rows in sample.tables("csv"):
            first = rows[0] if rows else []
            if (
                len(first) == len(_NAMES)
                and re.fullmatch(r"[A-Z]\d{5}", first[0])
                and first[12] in {"A", "B", "C", "D", "P"}
            ):
                return Match("csv", tuple(plain_name(name) for name in _NAMES), has_header=False)
        return None

    def read(self, table: TableReader, run: Run) -> None:
        wanted, covered = authorities(run), set[str]()
        sheet = organisation_sheet(run, Organisation.Origin.ODS, covered)
        lines = tuple(f"Address Line {number}" for number in range(1, 6))
        columns = ("Organisation Code", "Name", "Postcode", "Status Code", "Prescribing Setting", *lines)
        newest = 0
        for row, cells in table.rows(*columns, optional=("laua", "lat", "long", "Join Provider/Purchaser Date")):
            code, name, postcode, status, setting, *more = cells
            *address, authority, north, east, joined = more
            newest = max(newest, int(joined)) if re.fullmatch(r"\d{8}", joined) else newest
            if not _CODE.fullmatch(code):
                table.refuse(row, "Organisation Code", f"{code[:20]!r} is not an ODS code", "Download the file again")
                continue
            if not name:
                table.refuse(row, "Name", "It is empty", "Download the file again")
                continue
            if status not in {"A", "B", "C", "D", "P"}:
                table.refuse(row, "Status Code", f"{status[:10]!r} is not A, C, D or P", "Download the file again")
                continue
            if not setting.isdigit():
                table.refuse(row, "Prescribing Setting", f"{setting[:10]!r} is not a number", "Download the file again")
                continue
            if setting != GP_PRACTICE:
                table.leave_out("other prescribers, not GP practices")
                continue
            known, latitude, longitude = where(run, postcode)
            authority = authority or known
            if wanted and authority not in wanted:
                table.leave_out(OUTSIDE if authority else "its postcode is not among those held")
                continue
            covered.add(authority)
            if status != "A":
                table.leave_out("closed, dormant or not yet open")
                continue
            if north and east:
                latitude, longitude = (
                    table.number(row, "lat", north, 49, 61.5),
                    table.number(row, "long", east, -9, 2.5),
                )
                if latitude is None or longitude is None:
                    continue
            place = ", ".join(calm(line) for line in address if line)
            values = (calm(name), "GP practice", "", place, postcode, code, "", latitude, longitude, None)
            sheet.put((code,), values, table, row)
        covered.discard("")
        if table.counts.read >= _WHOLE:
            covered.add("*")
        if newest:
            run.vintage(f"to {str(newest)[:4]}-{str(newest)[4:6]}")


IMPORTERS: tuple[Importer, ...] = (Practices(),)
