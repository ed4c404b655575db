"""Population estimates as Nomis answers a query for them."""

import re
from collections.abc import Iterator

from ginnel.places.importers.census import PER_CENT, CensusTable, Row
from ginnel.sources.importing import Importer, Match, Publication, Sample, TableReader


class NomisEstimates(CensusTable):
    """Mid-year population estimates as Nomis answers a query."""

    name = "nomis.estimates"
    required = ("DATE_NAME", "GEOGRAPHY_CODE", "MEASURES_NAME", "OBS_VALUE", "URN")

    def match(self, sample: Sample) -> Match | None:
        found = Importer.match(self, sample)
        if not found:
            return None
        place = found.header.index("urn")
        for sheet, rows in sample.tables(found.dialect):
            if sheet == found.sheet and len(rows) > found.header_row + 1:
                return found if re.match(r"Nm-(31|2002|2014)d", rows[found.header_row + 1][place]) else None
        return None

    def source_of(self, match: Match) -> Publication:
        return Publication(
            slug="population-estimates",
            title="Mid-year population estimates",
            publisher="Office for National Statistics, by way of Nomis",
            url="https://www.nomisweb.co.uk/datasets/pestsyoala",
        )

    def topic(self, header: tuple[str, ...]) -> str:
        return "population_estimate"

    def cells(self, table: TableReader) -> Iterator[Row]:
        sex = next((name for name in ("sex_name", "gender_name") if table.has(name)), "-")
        age = next((name for name in ("age_name", "c_age_name") if table.has(name)), "-")
        wanted = ("DATE_NAME", "GEOGRAPHY_CODE", "MEASURES_NAME", "OBS_VALUE")
        for row, (year, code, measure, value, sex_name, age_name) in table.rows(*wanted, optional=(sex, age)):
            if measure.casefold() != "value":
                table.leave_out(PER_CENT)
                continue
            number = table.whole(row, "DATE_NAME", year, 1981, 2100)
            if number is None:
                continue
            parts = [part for part in (sex_name, age_name) if part and part != "Total"]
            yield row, code, ", ".join(parts) or "All ages", value, number


IMPORTERS: tuple[Importer, ...] = (NomisEstimates(),)
