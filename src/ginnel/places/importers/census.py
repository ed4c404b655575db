"""
Census 2021 and population tables, in the shapes their publishers give.

- long, short names: `lsoa21_code, ethnic_group, n` (the open R packages of Humaniverse, from ONS tables)
- long, ONS "create a custom dataset": `… Code, <variable> (n categories), Observation`
- wide, Nomis bulk download: `date, geography, geography code, <Variable>: <category>, …`
- Nomis query: `GEOGRAPHY_CODE, …_NAME, OBS_VALUE` (in `nomis.py`)
"""

import re
from collections.abc import Iterator

from ginnel.places.importers.scope import OUTSIDE, authorities, authority_of, is_wanted, kind_of
from ginnel.places.models import Area, Baseline
from ginnel.sources.importing import Held, Importer, Match, Publication, Run, Sample, TableReader
from ginnel.sources.tables import plain_name
from ginnel.sources.upsert import Sheet

TOPICS = {
    "ethnic group": "ethnicity",
    "ethnic_group": "ethnicity",
    "disability": "disability",
    "religion": "religion",
    "tenure": "tenure",
    "sexual orientation": "sexual_orientation",
    "sexual_orientation": "sexual_orientation",
    "proficiency in english": "english_proficiency",
    "main language is": "english_proficiency",
    "age_group": "age",
    "age": "age",
    "sex": "sex",
}
TITLES = {
    "ethnicity": "ethnic group",
    "ethnicity_detailed": "ethnic group, detailed",
    "disability": "disability",
    "religion": "religion",
    "tenure": "tenure of household",
    "sexual_orientation": "sexual orientation",
    "english_proficiency": "proficiency in English",
    "age": "age groups",
    "age_sex": "age and sex",
    "sex": "sex",
}
_CODE_COLUMNS = (
    "lsoa21_code",
    "msoa21_code",
    "ltla21_code",
    "ward24_code",
    "lower layer super output areas code",
    "middle layer super output areas code",
    "lower tier local authorities code",
    "electoral wards and divisions code",
    "geography code",
)
_COUNTS = ("n", "value", "usual_residents", "observation")
_NO_CATEGORY = re.compile(r"(total|proportion|prop|date|geography|.*(_code|_name| code|_residents|_households)$)")
PER_CENT = "percentages, which follow from the counts"
Row = tuple[int, str, str, str, int]


def topic_of(name: str) -> str:
    """The table a column name belongs to; empty for none we keep."""
    plain = plain_name(name)
    return next(
        (topic for start, topic in TOPICS.items() if plain == start or plain.startswith((f"{start} ", f"{start}:"))), ""
    )


class CensusTable(Importer):
    """Subclasses know one shape; what is stored is the same."""

    order = 140
    year = 2021

    def source_of(self, match: Match) -> Publication:
        topic = self.topic(match.header)
        return Publication(
            slug=f"census-2021-{topic.replace('_', '-')}",
            title=f"Census 2021: {TITLES[topic]}",
            publisher="Office for National Statistics",
            url="https://www.ons.gov.uk/census",
            vintage="2021",
        )

    def topic(self, header: tuple[str, ...]) -> str:
        raise NotImplementedError

    def cells(self, table: TableReader) -> Iterator[Row]:
        """Row number, area code, category and count as text, and year."""
        raise NotImplementedError

    def read(self, table: TableReader, run: Run) -> None:
        topic = self.topic(table.columns)
        areas: set[str] = set()
        categories: dict[str, set[str]] = {}
        years: set[int] = set()
        for row, code, category, text, year in self.cells(table):
            kind = kind_of(code)
            if not kind:
                if re.fullmatch(r"[EKWSN]\d{8}", code):
                    table.leave_out("regions and countries")
                else:
                    what = f"{code[:20]!r} is not an area code"
                    table.refuse(row, "area code", what, "Codes are like E01011264: download the file again")
                continue
            if kind != Area.Kind.AUTHORITY and not is_wanted(run, code):
                table.leave_out(OUTSIDE)
                continue
            if not category:
                table.refuse(row, "category", "It is empty", "Download the file again")
                continue
            count = table.whole(row, category[:60], text, 0, 100_000_000)
            if count is None:
                continue
            areas.add(code)
            categories.setdefault(kind, set()).add(category)
            if not authorities(run) and len(areas) > MOST_AREAS:
                what = f"It has more than {MOST_AREAS:,} areas and no place pack says which of them are wanted"
                table.refuse(row, "area code", what, "Load the place pack first: ginnel place load")
                return
            years.add(year)
            sheet = self._sheet(table, run, (topic, kind, year), areas)
            sheet.put((code, category), (count,), table, row)
        if years:
            run.vintage(str(max(years)))
        firsts: dict[str, tuple[str, set[str]]] = run.once("census categories", dict)
        for kind, names in categories.items():
            first, others = firsts.setdefault(f"{topic} by {kind}", (table.file.name, names))
            if others != names:
                what = f"{first} also gives {topic} by {kind}, in other categories"
                table.refuse(None, "", what, "Import only one of the two files")

    def _sheet(self, table: TableReader, run: Run, part: tuple[str, str, int], areas: set[str]) -> Sheet:
        topic, kind, year = part
        if sheet := run.sheets.get(f"{topic} by {kind} {year}"):
            return sheet

        def complete_for(held: Held) -> bool:
            area = held.key[0]
            return area in areas or (kind != Area.Kind.AUTHORITY and authority_of(run).get(area, "-") in inside())

        def inside() -> set[str]:
            found: set[str] = run.once(
                f"inside {table.file.name}", lambda: {authority_of(run).get(a, "") for a in areas}
            )
            return found - {""}

        same = {"table": topic, "area_kind": kind, "year": year}
        return run.sheet(
            f"{topic} by {kind} {year}",
            Baseline,
            ("area_code", "category"),
            ("count",),
            5,
            scope=same,
            fixed=same,
            owns=complete_for,
        )


MOST_AREAS = 8_000


class LongTable(CensusTable):
    """One row per area and category."""

    name = "census.long"

    def match(self, sample: Sample) -> Match | None:
        for dialect in self.dialects:
            for sheet, rows in sample.tables(dialect):
                for number, row in enumerate(rows):
                    header = tuple(plain_name(cell) for cell in row)
                    if any(code in header for code in _CODE_COLUMNS) and self._columns(header):
                        return Match(dialect, header, number, sheet)
        return None

    def _columns(self, header: tuple[str, ...]) -> tuple[str, str, str] | None:
        code = next((name for name in _CODE_COLUMNS if name in header), "")
        count = next((name for name in _COUNTS if name in header), "")
        category = next((name for name in header if topic_of(name) and not name.endswith(" code")), "")
        return (code, category, count) if code and count and category else None

    def topic(self, header: tuple[str, ...]) -> str:
        columns = self._columns(header)
        assert columns
        topic = topic_of(columns[1])
        if topic == "ethnicity" and (columns[2] == "value" or "(20 categories)" in columns[1]):
            return "ethnicity_detailed"
        return topic

    def cells(self, table: TableReader) -> Iterator[Row]:
        columns = self._columns(table.columns)
        assert columns
        for row, (code, category, count) in table.rows(*columns):
            if category.endswith("(percent)"):
                table.leave_out(PER_CENT)
            elif category == "Does not apply" and count in {"0", "0.0"}:
                table.leave_out("empty 'does not apply' rows")
            else:
                yield (row, code, " ".join(category.removesuffix("(number)").split()), count, self.year)


class WideTable(CensusTable):
    """One row per area, one column per category; a column that others refine is their total and is left out."""

    name = "census.wide"

    def match(self, sample: Sample) -> Match | None:
        for dialect in self.dialects:
            for sheet, rows in sample.tables(dialect):
                for number, row in enumerate(rows):
                    header = tuple(" ".join(cell.split()) for cell in row)
                    plain = tuple(plain_name(cell) for cell in row)
                    if (
                        any(code in plain for code in _CODE_COLUMNS)
                        and self._categories(header)
                        and self._one_topic(header)
                    ):
                        return Match(dialect, header, number, sheet)
        return None

    def _one_topic(self, header: tuple[str, ...]) -> bool:
        return len({topic_of(name) for name in self._categories(header)}) == 1

    def _categories(self, header: tuple[str, ...]) -> list[str]:
        """Columns that hold counts of the finest categories."""
        named = [name for name in header if topic_of(name) and not _NO_CATEGORY.fullmatch(plain_name(name))]
        named = [name for name in named if ": total" not in plain_name(name) and "measures" not in plain_name(name)]
        finest = [name for name in named if not any(other.startswith(f"{name}: ") for other in named)]
        return finest if len(finest) > 1 else []

    def topic(self, header: tuple[str, ...]) -> str:
        categories = self._categories(header)
        topic = topic_of(categories[0])
        return "ethnicity_detailed" if topic == "ethnicity" and len(categories) > 9 else topic

    def cells(self, table: TableReader) -> Iterator[Row]:
        header = table.match.header
        categories = self._categories(header)
        plain = [plain_name(name) for name in header]
        code_at = next(plain.index(name) for name in _CODE_COLUMNS if name in plain)
        places = [(header.index(name), _category(name)) for name in categories]
        for row, cells in table.whole_rows():
            for place, category in places:
                yield (row, cells[code_at].strip(), category, cells[place].strip(), self.year)


def _category(name: str) -> str:
    """`Ethnic group: White: Irish` → `White: Irish`; a name that says it all stays."""
    start, _, rest = name.partition(": ")
    return rest if rest and topic_of(start) and plain_name(start) in TOPICS else name


class AgeSex(CensusTable):
    """Three broad ages by sex, for an authority."""

    name = "census.age-sex"
    required = (
        "ltla21_code",
        "younger_females",
        "working_age_females",
        "older_females",
        "younger_males",
        "older_males",
    )
    columns = (
        "younger_females",
        "working_age_females",
        "older_females",
        "younger_males",
        "working_age_males",
        "older_males",
    )

    def match(self, sample: Sample) -> Match | None:
        return Importer.match(self, sample)

    def topic(self, header: tuple[str, ...]) -> str:
        return "age_sex"

    def cells(self, table: TableReader) -> Iterator[Row]:
        for row, (code, *counts) in table.rows("ltla21_code", *self.columns):
            for column, count in zip(self.columns, counts, strict=True):
                yield row, code, column.replace("_", " ").capitalize(), count, self.year


IMPORTERS: tuple[Importer, ...] = (LongTable(), WideTable(), AgeSex())
