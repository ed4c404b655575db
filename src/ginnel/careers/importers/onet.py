"""O*NET, the United States occupation database: its tab-separated or Excel tables, one importer for each."""

import re

from ginnel.careers.importers.shared import facet_sheet, known_occupations, lines, occupation_sheet, reference_sheet
from ginnel.sources.importing import Importer, Match, Publication, Run, Sample, TableReader
from ginnel.sources.models import ReferenceEntry

NEWEST = (2025, 5)  # the latest ratings in 29.3
ONET = Publication(
    slug="onet",
    title="O*NET database",
    publisher="U.S. Department of Labor, Employment and Training Administration",
    url="https://www.onetcenter.org/database.html",
    licence="Creative Commons Attribution 4.0",
    attribution=(
        "This service includes information from the O*NET {vintage} Database by the U.S. Department of Labor, "
        "Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 license. O*NET® is a trademark "
        "of USDOL/ETA. Changed: only part of it is used, in our own arrangement."
    ),
    vintage="29.3",
)
CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")
DWA = re.compile(r"4\.[A-Z](\.\d+)?\.[a-z]\.\d+(\.[a-z](\.\d+)?)?\.I\d{2}\.D\d{2}")
# Which table a file of ratings is, by where its first element stands in the content model.
RATED = {
    "2.A.": "skills",
    "2.B.": "skills",
    "2.C.": "knowledge",
    "1.A.": "abilities",
    "4.A.": "work_activities",
    "1.B.1.": "interests",
    "1.B.2.": "work_values",
    "1.C.": "work_styles",
}
LETTERS = {f"1.B.1.{end}": letter for end, letter in zip("abcdef", "RIASEC", strict=True)}
BOUNDS = {"IM": (1, 5), "LV": (0, 7), "OI": (1, 7), "EX": (1, 7)}
UNKNOWN = "Import Occupation Data of the same O*NET version with it"


class OnetImporter(Importer):
    publication = ONET
    dialects = ("tsv", "excel")

    def note_dates(self, run: Run, texts: set[str]) -> None:
        """A rating newer than version 29.3 shows that the file is of a later one."""
        dated = [tuple(map(int, reversed(text.split("/")))) for text in texts if re.fullmatch(r"\d\d/\d{4}", text)]
        if (newest := max(dated, default=NEWEST)) > NEWEST:
            run.vintage(f"later than 29.3 (to {newest[1]:02}/{newest[0]})")


class Occupations(OnetImporter):
    name = "onet.occupations"
    order = 300
    required = ("O*NET-SOC Code", "Title", "Description")

    def read(self, table: TableReader, run: Run) -> None:
        occupations = occupation_sheet(run, "onet")
        for row, (code, title, text) in table.rows("O*NET-SOC Code", "Title", "Description"):
            if not CODE.fullmatch(code):
                table.refuse(row, "O*NET-SOC Code", f"{code[:40]!r} is not like 29-1141.00", "Download it again")
            elif not title:
                table.refuse(row, "Title", "It is empty", "Download it again")
            else:
                occupations.put((code,), (title, text), table, row)


class AboutOccupations(OnetImporter):
    """Tables whose every row is about one occupation of the list."""

    order = 310

    def known(self, table: TableReader, row: int, code: str, occupations: dict[str, str]) -> bool:
        if code in occupations:
            return True
        table.refuse(row, "O*NET-SOC Code", f"The occupation {code[:40]!r} is not known", UNKNOWN)
        return False


class Ratings(AboutOccupations):
    """Skills, knowledge, interests, work styles and values (and abilities and work activities where given)."""

    name = "onet.ratings"
    required = ("O*NET-SOC Code", "Element ID", "Scale ID", "Data Value", "Date")

    def match(self, sample: Sample) -> Match | None:
        found = super().match(sample)
        return found if found and self._kind(sample, found) else None

    def _kind(self, sample: Sample, found: Match) -> str:
        place = found.header.index("element id")
        for sheet, rows in sample.tables(found.dialect):
            if sheet == found.sheet:
                for row in rows[found.header_row + 1 :]:
                    if len(row) > place:
                        return _rated(row[place].strip())
        return ""

    def read(self, table: TableReader, run: Run) -> None:
        occupations = known_occupations(run, "onet")
        ratings: dict[str, dict[str, list[float | None]]] = {}
        places: dict[str, int] = {}
        dates: set[str] = set()
        kind = ""
        wanted = ("O*NET-SOC Code", "Element ID", "Scale ID", "Data Value", "Date")
        for row, (code, element, scale, value, date) in table.rows(*wanted):
            kind = kind or _rated(element)
            if scale in {"IH", "VH"}:
                table.leave_out("high points, which follow from the ratings")
                continue
            if not self.known(table, row, code, occupations):
                continue
            if scale not in BOUNDS or _rated(element) != kind:
                what = f"Element {element[:30]!r} with scale {scale[:10]!r} does not belong in a table of {kind}"
                table.refuse(row, "Element ID", what, "Download it again")
                continue
            number = table.number(row, "Data Value", value, *BOUNDS[scale])
            if number is None:
                continue
            places.setdefault(code, row)
            both = ratings.setdefault(occupations[code], {}).setdefault(element, [None, None])
            if both[scale == "LV"] is not None:
                table.refuse(row, "Element ID", f"{code} has {element} {scale} twice", "Remove one of the two rows")
                continue
            both[scale == "LV"] = number
            dates.add(date)
        self.note_dates(run, dates)
        sheet = facet_sheet(run, "onet", kind)
        paired = kind in {"skills", "knowledge", "abilities", "work_activities"}
        for code, rated in ratings.items():
            if paired and (lacking := next((name for name, both in rated.items() if None in both), None)):
                what = f"{code} has only one of importance and level for {lacking}"
                table.refuse(places[code], "Scale ID", what, "Download it again: it may be cut short")
                continue
            if paired:
                sheet.put((code,), (rated,), table, places[code])
            else:
                plain = {LETTERS.get(name, name): both[0] for name, both in rated.items()}
                sheet.put((code,), (plain,), table, places[code])


def _rated(element: str) -> str:
    return next((kind for prefix, kind in RATED.items() if element.startswith(prefix)), "")


class Lists(AboutOccupations):
    """A table that gives each occupation a list of texts or codes."""

    kind: str
    text: str
    also: str = ""

    def accept(self, table: TableReader, row: int, value: str, run: Run) -> bool:
        if not value:
            table.refuse(row, self.text, "It is empty", "Download it again")
        return bool(value)

    def read(self, table: TableReader, run: Run) -> None:
        occupations = known_occupations(run, "onet")
        found: dict[str, dict[str, None]] = {}
        places: dict[str, int] = {}
        dates: set[str] = set()
        optional = (self.also, "Date") if self.also else ("Date",)
        for row, (code, value, *more) in table.rows("O*NET-SOC Code", self.text, optional=optional):
            if self.known(table, row, code, occupations) and self.accept(table, row, value, run):
                places.setdefault(code, row)
                values = found.setdefault(occupations[code], {})
                values[value] = None
                if self.also and more[0] not in {"", "n/a"}:
                    values.setdefault(more[0])
                dates.add(more[-1])
        self.note_dates(run, dates)
        sheet = facet_sheet(run, "onet", self.kind)
        for code, values in found.items():
            sheet.put((code,), (list(values),), table, places[code])


class AlternateTitles(Lists):
    name = "onet.alternate-titles"
    required = ("O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)")
    kind, text, also = "alt_titles", "Alternate Title", "Short Title"


class Tasks(Lists):
    name = "onet.tasks"
    required = ("O*NET-SOC Code", "Task ID", "Task", "Task Type")
    kind, text = "tasks", "Task"


class Activities(Lists):
    """Detailed work activities of each occupation's tasks. Their ids carry the broader activities: `….I01.D02`."""

    name = "onet.activities"
    required = ("O*NET-SOC Code", "Task ID", "DWA ID", "Date")
    kind, text = "activities", "DWA ID"

    def accept(self, table: TableReader, row: int, value: str, run: Run) -> bool:
        if not DWA.fullmatch(value):
            table.refuse(row, "DWA ID", f"{value[:40]!r} is not like 4.A.2.a.4.I09.D03", "Download it again")
            return False
        listed = run.once("known onet.dwa", lambda: _listed(run, "onet.dwa"))
        if listed and value not in listed:
            table.refuse(row, "DWA ID", f"The activity {value} is not in DWA Reference", "Import both of one version")
            return False
        return True


def _listed(run: Run, table: str) -> set[str]:
    if sheet := run.sheets.get(table):
        return {key[0] for key in sheet.rows}
    return set(ReferenceEntry.objects.filter(table=table).values_list("code", flat=True))


class JobZones(AboutOccupations):
    name = "onet.job-zones"
    required = ("O*NET-SOC Code", "Job Zone", "Date")

    def read(self, table: TableReader, run: Run) -> None:
        occupations, sheet = (known_occupations(run, "onet"), facet_sheet(run, "onet", "job_zone"))
        for row, (code, zone) in table.rows("O*NET-SOC Code", "Job Zone"):
            if self.known(table, row, code, occupations):
                number = table.whole(row, "Job Zone", zone, 1, 5)
                if number is not None:
                    sheet.put((occupations[code],), (number,), table, row)


class References(OnetImporter):
    """The small tables of names behind the codes."""

    order = 305

    def __init__(self, table: str, required: tuple[str, ...], code: str, title: str, more: dict[str, str]) -> None:
        self.name, self.table, self.required = table, table, required
        self.code, self.title, self.more = code, title, more

    def read(self, table: TableReader, run: Run) -> None:
        sheet = reference_sheet(run, self.table)
        for row, (code, title, *rest) in table.rows(self.code, self.title, *self.more.values()):
            if not code or not title:
                table.refuse(row, self.title if code else self.code, "It is empty", "Download it again")
            else:
                sheet.put((code,), (" ".join(lines(title)), dict(zip(self.more, rest, strict=True))), table, row)


IMPORTERS: tuple[Importer, ...] = (
    Occupations(),
    Ratings(),
    AlternateTitles(),
    Tasks(),
    Activities(),
    JobZones(),
    References(
        "onet.elements",
        ("Element ID", "Element Name", "Description"),
        "Element ID",
        "Element Name",
        {"about": "Description"},
    ),
    References(
        "onet.dwa",
        ("Element ID", "IWA ID", "DWA ID", "DWA Title"),
        "DWA ID",
        "DWA Title",
        {"iwa": "IWA ID", "element": "Element ID"},
    ),
    References("onet.iwa", ("Element ID", "IWA ID", "IWA Title"), "IWA ID", "IWA Title", {"element": "Element ID"}),
    References(
        "onet.scales",
        ("Scale ID", "Scale Name", "Minimum", "Maximum"),
        "Scale ID",
        "Scale Name",
        {"low": "Minimum", "high": "Maximum"},
    ),
    References(
        "onet.job-zones",
        ("Job Zone", "Name", "Experience", "Education", "Job Training", "SVP Range"),
        "Job Zone",
        "Name",
        {"experience": "Experience", "education": "Education", "training": "Job Training"},
    ),
)
