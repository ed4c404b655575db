"""The UK's Standard Occupational Classification 2020, volume 1, as ONS gives it (Excel, or text saved from it)."""

import re

from ginnel.careers.importers.shared import facet_sheet, lines, occupation_sheet
from ginnel.sources.importing import Importer, Publication, Run, TableReader

SOC = Publication(
    slug="soc-2020",
    title="Standard Occupational Classification 2020, volume 1: structure and descriptions of unit groups",
    publisher="Office for National Statistics",
    url=(
        "https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc/soc2020"
        "/soc2020volume1structureanddescriptionsofunitgroups"
    ),
    vintage="2020",
)
UNIT = re.compile(r"[1-9]\d{3}")


class UnitGroups(Importer):
    name = "soc2020.unit-groups"
    order = 400
    publication = SOC
    dialects = ("tsv-quoted", "csv", "excel")
    required = ("SOC 2020 Unit Group", "SOC 2020 Group Title", "Tasks", "Related Job Titles")

    def read(self, table: TableReader, run: Run) -> None:
        groups = occupation_sheet(run, "soc2020")
        sheets = {kind: facet_sheet(run, "soc2020", kind) for kind in ("alt_titles", "tasks", "entry_routes")}
        wanted = (
            "SOC 2020 Unit Group",
            "SOC 2020 Group Title",
            "Group Description",
            "Typical Entry Routes And Associated Qualifications",
            "Tasks",
            "Related Job Titles",
        )
        for row, cells in table.rows(*wanted):
            code, title, text, entry, tasks, titles = ("" if cell == "<blank>" else cell for cell in cells)
            if not code:
                table.leave_out("major, sub-major and minor groups")
                continue
            if not UNIT.fullmatch(code):
                table.refuse(row, wanted[0], f"{code[:20]!r} is not a four-digit unit group", "Download it again")
                continue
            if not title:
                table.refuse(row, wanted[1], "It is empty", "Download it again")
                continue
            if groups.put((code,), (title, text), table, row):
                found = {"alt_titles": lines(titles, "~"), "tasks": lines(tasks, "~"), "entry_routes": lines(entry)}
                for kind, values in found.items():
                    if values:
                        sheets[kind].put((code,), (values,), table, row)


IMPORTERS: tuple[Importer, ...] = (UnitGroups(),)
