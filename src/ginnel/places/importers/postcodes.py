"""Postcodes with the areas they lie in, in the columns of the ONS postcode directory."""

import re
from collections import Counter

from ginnel.places.importers.scope import CODE
from ginnel.places.models import Postcode
from ginnel.sources.importing import OS_LINES, Held, Importer, Publication, Run, TableReader

POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")


class Postcodes(Importer):
    """A few postcodes have no grid reference (large users, just ended): known, but placed nowhere."""

    name = "postcodes"
    order = 130
    publication = Publication(
        slug="ons-postcodes",
        title="Postcodes and the areas they lie in, derived from ONS grid references and boundaries",
        publisher="Office for National Statistics",
        url="https://geoportal.statistics.gov.uk/",
        attribution=OS_LINES,
        vintage="2025 boundaries",
    )
    required = ("pcd", "laua", "lat", "long", "lsoa21cd", "lsoa11cd", "msoa21cd", "wd25cd")

    def read(self, table: TableReader, run: Run) -> None:
        found: Counter[str] = Counter()
        main: set[str] = {""}

        def complete_for(held: Held) -> bool:
            return held.values[4] in main

        columns = ("lsoa21", "lsoa11", "msoa21", "ward", "authority_code", "latitude", "longitude")
        sheet = run.sheet("postcodes", Postcode, ("postcode",), columns, 4, owns=complete_for)
        wanted = ("pcd", "lsoa21cd", "lsoa11cd", "msoa21cd", "wd25cd", "laua", "lat", "long")
        for row, (text, *codes, north, east) in table.rows(*wanted):
            postcode = text.replace(" ", "").upper()
            if not POSTCODE.fullmatch(postcode):
                table.refuse(row, "pcd", f"{text[:12]!r} is not a postcode", "Postcodes are like LS1 3AD")
                continue
            if wrong := next((code for code in codes if code and not CODE.fullmatch(code)), None):
                table.refuse(row, "lsoa21cd", f"{wrong[:12]!r} is not an area code", "Download the file again")
                continue
            latitude = longitude = None
            if north or east:
                latitude = table.number(row, "lat", north, 49, 61.5)
                longitude = table.number(row, "long", east, -9, 2.5)
                if latitude is None or longitude is None:
                    continue
            found[codes[4]] += 1
            sheet.put((postcode,), (*codes, latitude, longitude), table, row)
        # A place's file has its neighbours' postcodes too, but not all of them: it is complete only for its own.
        main.update(code for code, _ in found.most_common(1))


IMPORTERS: tuple[Importer, ...] = (Postcodes(),)
