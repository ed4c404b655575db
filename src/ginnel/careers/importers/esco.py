"""ESCO, the European classification of occupations and skills, from its CSV files (English)."""

import re

from ginnel.careers.importers.shared import facet_sheet, lines, occupation_sheet
from ginnel.careers.models import EscoSkill
from ginnel.sources.importing import Held, Importer, Match, Publication, Run, Sample, TableReader
from ginnel.sources.upsert import Sheet

ESCO = Publication(
    slug="esco",
    title="ESCO: European Skills, Competences, Qualifications and Occupations",
    publisher="European Commission",
    url="https://esco.ec.europa.eu/en/use-esco/download",
    licence="Reuse allowed, European Commission decision 2011/833/EU",
    attribution="This service uses the ESCO classification of the European Commission.",
    vintage="v1.1.1",
)
URI = re.compile(r"http://data\.europa\.eu/esco/(occupation|skill|isco|isced-f)/[A-Za-z0-9-]+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GROUP = "group"
FROM_HIERARCHY = "hierarchy"


def _is_uri(text: str) -> bool:
    if not URI.fullmatch(text):
        return False
    kind, _, code = text.removeprefix("http://data.europa.eu/esco/").partition("/")
    return kind in {"isco", "isced-f"} or bool(_UUID.fullmatch(code))


class EscoImporter(Importer):
    """ESCO's CSV files share column names: the first row's concept type tells them apart."""

    publication = ESCO
    dialects = ("csv",)
    concept = ""

    def match(self, sample: Sample) -> Match | None:
        found = super().match(sample)
        if not found or not self.concept:
            return found
        _, rows = sample.tables(found.dialect)[0]
        place = found.header.index("concepttype")
        first = next((row for row in rows[found.header_row + 1 :] if len(row) > place), None)
        return found if first is None or first[place].strip() == self.concept else None

    def checked(self, table: TableReader, row: int, uri: str, title: str) -> bool:
        """Whether a concept has a well-formed address and a name."""
        if not _is_uri(uri):
            table.refuse(row, "conceptUri", f"{uri[:80]!r} is not an ESCO address", "Download the file again")
            return False
        if not title:
            table.refuse(row, "preferredLabel", "It is empty", "Download the file again")
            return False
        return True


class IscoGroups(EscoImporter):
    name = "esco.isco-groups"
    order = 200
    required = ("conceptType", "conceptUri", "code", "preferredLabel", "description", "inScheme")
    concept = "ISCOGroup"

    def read(self, table: TableReader, run: Run) -> None:
        groups = occupation_sheet(run, "isco")
        for row, (uri, title, text) in table.rows("conceptUri", "preferredLabel", "description"):
            if self.checked(table, row, uri, title):
                groups.put((uri,), (title, text), table, row)


class Occupations(EscoImporter):
    name = "esco.occupations"
    order = 201
    required = ("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description")
    concept = "Occupation"

    def read(self, table: TableReader, run: Run) -> None:
        occupations, titles = (occupation_sheet(run, "esco"), facet_sheet(run, "esco", "alt_titles"))
        isco = facet_sheet(run, "esco", "isco_group")
        wanted = table.rows(
            "conceptUri", "preferredLabel", "altLabels", "description", "iscoGroup", optional=("status",)
        )
        for row, (uri, title, other, text, group, status) in wanted:
            if status == "obsolete":
                table.leave_out("marked obsolete by ESCO")
                continue
            if not self.checked(table, row, uri, title) or not occupations.put((uri,), (title, text), table, row):
                continue
            if names := [name for name in lines(other) if name != title]:
                titles.put((uri,), (names,), table, row)
            if group:
                isco.put((uri,), ([f"http://data.europa.eu/esco/isco/C{group}"],), table, row)


def _group_sheet(run: Run) -> Sheet:
    columns = ("title", "alt_titles", "kind", "reuse_level", "description")
    return run.sheet("ESCO skill groups", EscoSkill, ("uri",), columns, 12, owns=_listed_group)


def _listed_group(row: Held) -> bool:
    return bool(row.values[2] == GROUP and row.values[3] != FROM_HIERARCHY)


class SkillGroups(EscoImporter):
    name = "esco.skill-groups"
    order = 202
    required = ("conceptType", "conceptUri", "preferredLabel", "altLabels", "inScheme", "description", "code")
    concept = "SkillGroup"

    def read(self, table: TableReader, run: Run) -> None:
        groups = _group_sheet(run)
        for row, (uri, title, other, text) in table.rows("conceptUri", "preferredLabel", "altLabels", "description"):
            if self.checked(table, row, uri, title):
                groups.put((uri,), (title, lines(other), GROUP, "", text), table, row)


class SkillsHierarchy(EscoImporter):
    """Names a few groups that the skill group file leaves out, and which the broader relations need."""

    name = "esco.skills-hierarchy"
    order = 203
    required = ("Level 0 URI", "Level 0 preferred term", "Level 3 URI", "Level 3 preferred term", "Description")

    def read(self, table: TableReader, run: Run) -> None:
        table.ragged = True  # this file drops empty cells at the end of a row
        columns = ("title", "alt_titles", "kind", "reuse_level", "description")
        more = run.sheet(
            "ESCO groups named in the hierarchy",
            EscoSkill,
            ("uri",),
            columns,
            12,
            fallback=True,
            owns=lambda held: held.values[3] == FROM_HIERARCHY,
        )
        names = [f"Level {level} {part}" for level in range(4) for part in ("URI", "preferred term")]
        for row, (*cells, text) in table.rows(*names, "Description"):
            levels = [(cells[i], cells[i + 1]) for i in range(0, 8, 2) if cells[i]]
            if not levels:
                table.refuse(row, "Level 0 URI", "It is empty", "Download the file again")
                continue
            uri, title = levels[-1]
            if self.checked(table, row, uri, title):
                more.put((uri,), (title, [], GROUP, FROM_HIERARCHY, text), table, row)


class Skills(EscoImporter):
    name = "esco.skills"
    order = 204
    required = ("conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "description")
    concept = "KnowledgeSkillCompetence"

    def read(self, table: TableReader, run: Run) -> None:
        columns = ("title", "alt_titles", "kind", "reuse_level", "description")
        skills = run.sheet("ESCO skills", EscoSkill, ("uri",), columns, 11, owns=lambda held: held.values[2] != GROUP)
        wanted = ("conceptUri", "preferredLabel", "altLabels", "skillType", "reuseLevel", "description")
        for row, (uri, title, other, kind, level, text) in table.rows(*wanted):
            if self.checked(table, row, uri, title):
                skills.put((uri,), (title, [n for n in lines(other) if n != title], kind, level, text), table, row)


IMPORTERS: tuple[Importer, ...] = (IscoGroups(), Occupations(), SkillGroups(), SkillsHierarchy(), Skills())
