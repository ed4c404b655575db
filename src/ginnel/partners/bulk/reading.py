"""Reading a file of organisations and people into plain lines. Nothing here knows the database."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ginnel.sources.files import MEGABYTE, InputFile, Unreadable, find_files
from ginnel.sources.report import FileReport, Problem, Report
from ginnel.sources.tables import Match, Sample, TableReader, TooManyProblems, plain_name

COLUMNS = (
    "organisation", "kind", "ods code", "ukprn", "cqc number", "charity number", "postcode", "website", "size",
    "email", "name", "job title", "staff number", "roles", "line manager", "left",
)  # fmt: skip
"""Columns a file may have, in any order. What each holds is in docs/how-to/import-people.md."""

LONGEST = {
    "organisation": 300, "ods code": 10, "ukprn": 8, "cqc number": 20, "charity number": 10, "postcode": 8, "website": 500,
    "email": 254, "name": 120, "job title": 120, "staff number": 60, "line manager": 254,
}  # fmt: skip

MOST_BYTES = 5 * MEGABYTE
"""Size of a file, as it is."""
MOST_UNPACKED = 60 * MEGABYTE
"""Size of a file when unpacked: an XLSX is a ZIP."""
MOST_ROWS = 20_000
TELL_EVERY = 500

_SAME = {"e mail": "email", "email address": "email", "e mail address": "email", "organization": "organisation", "manager": "line manager",
         "title": "job title", "role": "roles", "manager email": "line manager"}  # fmt: skip
# What a spreadsheet program takes for a formula when the file is opened again.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of one file, all cells as text."""

    file: str
    row: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Read:
    """What was read: lines, the columns the files have, and what is wrong."""

    lines: list[Line] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    report: Report = field(default_factory=Report)


def read_files(
    paths: Sequence[Path],
    *,
    needed: str,
    names: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Read:
    """
    Every line of every file. `needed` is the column that tells our table; `names` are the files' own, where `paths` are copies.

    Problems are in the report; a file that cannot be read is one.
    """
    read = Read()
    for index, path in enumerate(paths):
        for found in find_files([path]):
            if isinstance(found, tuple):
                read.report.refuse(Problem(_name(names, index, found[0]), found[1].what, found[1].remedy))
                continue
            found.name = _name(names, index, found.name)
            try:
                _read_file(found, read, needed, progress)
            except Unreadable as trouble:
                read.report.refuse(Problem(found.name, trouble.what, trouble.remedy))
            except TooManyProblems:
                pass
    if not read.lines and read.report.ok:
        read.report.refuse(Problem(", ".join(names) or "the file", "It has no rows", "Add rows below the header"))
    return read


def _name(names: Sequence[str], index: int, own: str) -> str:
    return names[index] if index < len(names) else own


def _read_file(file: InputFile, read: Read, needed: str, progress: Callable[[int, int], None]) -> None:
    if file.kind == "utf-16":
        raise Unreadable("It is UTF-16 text", "Save it as “CSV UTF-8”")
    if file.path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"It is larger than {MOST_BYTES // MEGABYTE} MB", "Cut it into parts, or save it as CSV")
    file.check(MOST_UNPACKED, lambda _: None)
    if file.kind == "excel":
        _check_unpacked(file)
    tables = list(_tables(Sample(file), needed))
    if not tables:
        known = ", ".join(COLUMNS)
        raise Unreadable(
            f"No line of its beginning names the column “{needed}”",
            f"Begin with a line of column names, parted by commas: {known}",
        )
    for match in tables:
        counts = FileReport(file.name, "people", "")
        read.report.files.append(counts)
        table = TableReader(file, match, read.report, counts, lambda _: None)
        table.ragged = True
        read.columns |= set(match.header) & set(COLUMNS)
        for row, values in table.whole_rows():
            cells = {name: " ".join(value.split()) for name, value in zip(match.header, values, strict=True)}
            line = Line(file.name + (f", sheet {match.sheet}" if match.sheet else ""), row, cells)
            if _sound(line, table):
                read.lines.append(line)
            if len(read.lines) > MOST_ROWS:
                raise Unreadable(f"It has more than {MOST_ROWS:,} rows", "Cut it into parts")
            if len(read.lines) % TELL_EVERY == 0:
                progress(len(read.lines), 0)


def _check_unpacked(file: InputFile) -> None:
    """Size of an XLSX when unpacked. Its own table of contents may lie, so openpyxl reads no further than that says either."""
    import zipfile

    with zipfile.ZipFile(file.path) as archive:
        plain = sum(info.file_size for info in archive.infolist())
    if plain > MOST_UNPACKED:
        raise Unreadable(
            f"It unpacks to {plain // MEGABYTE:,} MB, more than {MOST_UNPACKED // MEGABYTE} MB", "Save the sheet as CSV"
        )


def _tables(sample: Sample, needed: str) -> Iterator[Match]:
    """Each table of the file whose header names the needed column: each sheet of a workbook may hold one."""
    for dialect in ("excel", "csv", "tsv"):
        for sheet, rows in sample.tables(dialect):
            for number, row in enumerate(rows):
                header = tuple(_column(cell) for cell in row)
                if needed in header:
                    yield Match(dialect, header, number, sheet)
                    break


def _column(cell: str) -> str:
    name = plain_name(re.sub(r"[_\-]+", " ", cell))
    return _SAME.get(name, name)


def _sound(line: Line, table: TableReader) -> bool:
    """Cells that could hurt whoever opens them again, or that do not fit."""
    before = table.refused_here
    for name in COLUMNS:
        value = line.get(name)
        if _FORMULA.match(value):
            table.refuse(
                line.row,
                name,
                f"It begins with “{value[0]}”, which a spreadsheet program would run as a formula",
                "Take that sign away",
            )
        elif _CONTROL.search(value):
            table.refuse(line.row, name, "It holds a sign that is no letter", "Type it again")
        elif len(value) > LONGEST.get(name, 200):
            table.refuse(line.row, name, f"It has {len(value)} letters", f"Shorten it to {LONGEST.get(name, 200)}")
    return table.refused_here == before
