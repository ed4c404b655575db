"""The National Careers Service's job profiles and their SOC 2010 names; apprenticeship standards and T Levels."""

import re

from ginnel.careers.importers.shared import facet_sheet, lines, occupation_sheet, reference_sheet
from ginnel.careers.models import Standard
from ginnel.sources.importing import Importer, Match, Publication, Run, Sample, TableReader
from ginnel.sources.upsert import Sheet

NCS = Publication(
    slug="ncs-job-profiles",
    title="Explore careers: job profiles",
    publisher="National Careers Service, Department for Education",
    url="https://nationalcareers.service.gov.uk/explore-careers",
    vintage="November 2020",
)
STANDARDS = Publication(
    slug="apprenticeship-standards",
    title="Apprenticeship standards, as listed by the National Careers Service",
    publisher="Institute for Apprenticeships and Technical Education",
    url="https://skillsengland.education.gov.uk/apprenticeships/",
    vintage="2020",
)
T_LEVELS = Publication(
    slug="t-levels",
    title="T Level frameworks (programme type 31)",
    publisher="Department for Education",
    url="https://www.gov.uk/government/publications/introduction-of-t-levels/introduction-of-t-levels",
    vintage="2025",
)
SLUG = re.compile(r"[a-z0-9][a-z0-9()'’.-]*")  # the publisher's own: children's-nurse, head-of-it-(it-director)
ONET_CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")
KINDS = (
    "links",
    "tasks",
    "career_path",
    "entry",
    "registrations",
    "restrictions",
    "requirements",
    "categories",
    "standards",
    "working",
    "workplace",
)
NO_ONET = "00-0000.00"
ROUTES = ("apprenticeship", "college", "university", "direct", "work", "volunteering", "other")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class JobProfiles(Importer):
    """Salaries of this file date from 2020: they are never taken in."""

    name = "ncs.job-profiles"
    order = 420
    publication = NCS
    required = (
        "title",
        "url",
        "soc",
        "onet_code",
        "esco_label",
        "description",
        "day_to_day_tasks",
        "career_path_and_progression",
    )

    def read(self, table: TableReader, run: Run) -> None:
        profiles = occupation_sheet(run, "ncs")
        sheets = {kind: facet_sheet(run, "ncs", kind) for kind in KINDS}
        routes = tuple(f"{route}route" for route in ROUTES)
        newest = ""
        for row, cells in table.rows(
            "title", "url", "soc", "onet_code", "esco_label", "description", optional=(*routes, *MORE)
        ):
            title, url, soc, onet, esco, text = cells[:6]
            entry = {route: cell for route, cell in zip(ROUTES, cells[6:13], strict=True) if cell}
            more = dict(zip(MORE, cells[13:], strict=True))
            slug = url.rstrip("/").rpartition("/job-profiles/")[2]
            if not SLUG.fullmatch(slug):
                table.refuse(row, "url", f"{url[:60]!r} does not end in /job-profiles/ and a name", "Check the row")
                continue
            if not title:
                table.refuse(row, "title", "It is empty", "Check the row")
                continue
            if not re.fullmatch(r"\d{4}", soc):
                table.refuse(row, "soc", f"{soc[:20]!r} is not a four-digit SOC 2010 code", "Check the row")
                continue
            if not ONET_CODE.fullmatch(onet):
                table.refuse(row, "onet_code", f"{onet[:20]!r} is not like 29-1141.00", "Check the row")
                continue
            if not profiles.put((slug,), (title, text), table, row):
                continue
            newest = max(newest, more["modified"][:7])
            facets = {
                "links": {"soc2010": soc, "onet": None if onet == NO_ONET else onet, "esco": esco or None},
                "entry": entry,
                "tasks": lines(more["day_to_day_tasks"], " ; "),
                "career_path": lines(more["career_path_and_progression"]),
                "registrations": lines(more["registrations"], " ; "),
                "restrictions": lines(more["restrictions"], " ; "),
                "requirements": lines(more["other_requirements"], " ; "),
                "categories": lines(more["categories"], ";"),
                "standards": lines(more["apprenticeship_standards"], ";"),
                "working": _named(more, "min_hours max_hours hours_details working_pattern working_pattern_details"),
                "workplace": _named(more, "environment location uniform"),
            }
            for kind, data in facets.items():
                if data:
                    sheets[kind].put((slug,), (data,), table, row)
        if re.fullmatch(r"\d{4}-\d{2}", newest) and "01" <= newest[5:] <= "12":
            run.vintage(f"{MONTHS[int(newest[5:]) - 1]} {newest[:4]}")


MORE = (
    "day_to_day_tasks",
    "career_path_and_progression",
    "registrations",
    "restrictions",
    "other_requirements",
    "categories",
    "apprenticeship_standards",
    "min_hours",
    "max_hours",
    "hours_details",
    "working_pattern",
    "working_pattern_details",
    "environment",
    "location",
    "uniform",
    "modified",
)


def _named(cells: dict[str, str], names: str) -> dict[str, str]:
    return {name: cells[name] for name in names.split() if cells[name]}


class Soc2010Names(Importer):
    name = "ncs.soc2010"
    order = 421
    publication = NCS
    required = ("soc", "description")

    def match(self, sample: Sample) -> Match | None:
        found = super().match(sample)
        return found if found and found.header == ("soc", "description") else None

    def read(self, table: TableReader, run: Run) -> None:
        sheet = reference_sheet(run, "ncs.soc2010")
        for row, (code, title) in table.rows("soc", "description"):
            if code == "XXXX":
                table.leave_out("the stand-in for no code")
            elif not re.fullmatch(r"\d{4}", code) or not title:
                table.refuse(row, "soc", "It is not a four-digit code with a name", "Check the row")
            else:
                sheet.put((code,), (title, {}), table, row)


class Apprenticeships(Importer):
    name = "standards.apprenticeships"
    order = 430
    publication = STANDARDS
    required = ("reference", "title", "lars_code", "level", "typical_duration_months", "max_funding_gbp", "type")

    def read(self, table: TableReader, run: Run) -> None:
        sheet = _standard_sheet(run, Standard.Kind.APPRENTICESHIP)
        for row, (code, title, lars, level, months, funding, kind) in table.rows(*self.required):
            if kind.casefold() == "framework":
                table.leave_out("old frameworks, closed to new starts since 2020")
                continue
            if not re.fullmatch(r"(ST|FA|AU)\d{4}", code):
                table.refuse(row, "reference", f"{code[:20]!r} is not like ST0005", "Check the row")
                continue
            if not title:
                table.refuse(row, "title", "It is empty", "Check the row")
                continue
            step = table.whole(row, "level", level, 2, 8)
            long = table.whole(row, "typical_duration_months", months, 0, 96)
            most = table.whole(row, "max_funding_gbp", funding, 0, 100_000)
            if step is not None and long is not None and most is not None:
                sheet.put((code,), (title, step, long or None, most or None, lars if lars != "0" else ""), table, row)


class TLevels(Importer):
    name = "standards.t-levels"
    order = 431
    publication = T_LEVELS
    required = ("framework_code", "prog_type", "level", "name")

    def read(self, table: TableReader, run: Run) -> None:
        sheet = _standard_sheet(run, Standard.Kind.T_LEVEL)
        for row, (code, kind, level, title) in table.rows(*self.required):
            if kind != "31":
                table.leave_out("programmes other than T Levels")
                continue
            if not code.isdigit() or not title:
                table.refuse(row, "framework_code", "It is not a number with a name", "Check the row")
                continue
            step = table.whole(row, "level", level, 2, 8)
            if step is not None:
                sheet.put((code,), (title, step, None, None, ""), table, row)


def _standard_sheet(run: Run, kind: str) -> Sheet:
    return run.sheet(
        f"{kind} standards",
        Standard,
        ("reference",),
        ("title", "level", "months", "max_funding_gbp", "lars_code"),
        8,
        scope={"kind": kind},
        fixed={"kind": kind},
    )


IMPORTERS: tuple[Importer, ...] = (JobProfiles(), Soc2010Names(), Apprenticeships(), TLevels())
