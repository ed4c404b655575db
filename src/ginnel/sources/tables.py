"""Reading publishers' tables: CSV, tab-separated text and Excel, by the names in their header row."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ginnel.sources.files import HEAD, MAX_EXCEL_PACKED, MAX_EXCEL_PLAIN, InputFile, Unreadable
from ginnel.sources.report import FileReport, Problem, Report

csv.field_size_limit(2_000_000)
SEARCHED_ROWS = 15
TOO_MANY = 1000
CUT_SHORT = "Download the file again: it may be cut short or changed by a spreadsheet program"


def plain_name(text: str) -> str:
    """A column name as we compare it: one space between words, no case."""
    return " ".join(text.split()).casefold()


class TooManyProblems(Exception):
    """Enough rows of this file are wrong; the rest would say the same."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where in a file an importer found its table."""

    dialect: str
    header: tuple[str, ...]
    header_row: int = 0
    sheet: str = ""
    has_header: bool = True


@dataclass(slots=True)
class Sample:
    """The beginning of a file, parsed as asked and kept, for importers to recognise."""

    file: InputFile
    _parsed: dict[str, list[tuple[str, list[list[str]]]]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The first characters of a text file; empty for any other."""
        if self.file.kind != "text":
            return ""
        return self.file.head.decode("utf-8-sig", "replace")

    def tables(self, dialect: str) -> list[tuple[str, list[list[str]]]]:
        """The first rows under one dialect, by sheet. Empty where the file is of another kind."""
        if dialect not in self._parsed:
            self._parsed[dialect] = self._parse(dialect)
        return self._parsed[dialect]

    def _parse(self, dialect: str) -> list[tuple[str, list[list[str]]]]:
        if (dialect == "excel") != (self.file.kind == "excel"):
            return []
        if dialect == "excel":
            return list(_excel_samples(self.file))
        text = self.text
        if not text or text.lstrip()[:1] in "{[<":
            return []
        rows: list[list[str]] = []
        try:
            for row in _reader(io.StringIO(text, newline=""), dialect, strict=False):
                rows.append(row)
                if len(rows) >= SEARCHED_ROWS:
                    break
        except csv.Error:
            return []
        if len(rows) > 1 and len(self.file.head) >= HEAD:
            rows = rows[: max(1, len(rows) - 1)] if len(rows) < SEARCHED_ROWS else rows
        return [("", rows)]

    def find(self, dialects: tuple[str, ...], required: tuple[str, ...]) -> Match | None:
        """The first table whose header row holds every required name."""
        wanted = {plain_name(name) for name in required}
        for dialect in dialects:
            for sheet, rows in self.tables(dialect):
                for number, row in enumerate(rows):
                    if len(row) >= len(wanted) and wanted <= {plain_name(cell) for cell in row}:
                        return Match(dialect, tuple(plain_name(cell) for cell in row), number, sheet)
        return None


def _reader(stream: Any, dialect: str, *, strict: bool) -> Any:
    if dialect == "tsv":
        return csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
    return csv.reader(stream, delimiter="\t" if dialect == "tsv-quoted" else ",", strict=strict)


def _workbook(file: InputFile) -> Any:
    source: Any = file.path
    try:
        if file.member:
            with file.open() as stream:
                source = io.BytesIO(stream.read(MAX_EXCEL_PACKED + 1))
            if source.getbuffer().nbytes > MAX_EXCEL_PACKED:
                raise Unreadable("The Excel file in this archive is too large", "Unpack it and save the sheet as CSV")
        with zipfile.ZipFile(source) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_EXCEL_PLAIN:
                raise Unreadable("The Excel file is too large when unpacked", "Save the sheet that is wanted as CSV")
        return load_workbook(source, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Unreadable("This Excel file is damaged or cut short", "Download it again") from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


def _excel_samples(file: InputFile) -> Iterator[tuple[str, list[list[str]]]]:
    book = _workbook(file)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some publishers' files state a wrong size
            rows = sheet.iter_rows(max_row=SEARCHED_ROWS, values_only=True)
            yield sheet.title, [[_cell(value) for value in row] for row in rows]
    finally:
        book.close()


@dataclass(slots=True, eq=False)
class TableReader:
    """One recognised file being read: its rows by column name, and a place to say what is wrong with them."""

    file: InputFile
    match: Match
    report: Report
    counts: FileReport
    progress: Callable[[int], None]
    refused_here: int = 0
    ragged: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The header's names as compared."""
        return self.match.header

    def has(self, name: str) -> bool:
        """Whether the table has this column."""
        return plain_name(name) in self.match.header

    def refuse(self, row: int | None, column: str, what: str, remedy: str = "") -> None:
        """
        Say that a row cannot be taken.

        :raises TooManyProblems: after a thousand in one file.
        """
        self.report.refuse(Problem(self.file.name, what, remedy, row, column))
        self.counts.refused += 1
        self.refused_here += 1
        if self.refused_here >= TOO_MANY:
            raise TooManyProblems

    def leave_out(self, reason: str, rows: int = 1) -> None:
        """Count rows that are right but not wanted here."""
        self.counts.left_out[reason] += rows

    def rows(self, *names: str, optional: tuple[str, ...] = ()) -> Iterator[tuple[int, list[str]]]:
        """Row number and stripped values of the named columns, then of the optional ones (empty if missing)."""
        places = [self.columns.index(plain_name(name)) for name in names]
        places += [self.columns.index(plain_name(name)) if self.has(name) else -1 for name in optional]
        for number, row in self.whole_rows():
            yield number, [row[place].strip() if place >= 0 else "" for place in places]

    def whole_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Row number and every cell. A row with too few or too many cells is refused and passed over."""
        width = len(self.columns)
        for number, row in self._raw_rows():
            if not any(row):
                continue
            self.counts.read += 1
            if len(row) != width:
                if (self.ragged or self.match.dialect == "excel") and len(row) < width:
                    row = row + [""] * (width - len(row))
                else:
                    what = f"It has {len(row)} cells where the header has {width}"
                    self.refuse(number, "", what, CUT_SHORT)
                    continue
            yield number, row

    def _raw_rows(self) -> Iterator[tuple[int, list[str]]]:
        if self.match.dialect == "excel":
            yield from self._excel_rows()
            return
        skip = self.match.header_row + 1 if self.match.has_header else 0
        try:
            with self.file.text() as stream:
                reader = _reader(stream, self.match.dialect, strict=True)
                start = 1
                for index, row in enumerate(reader):
                    number, start = start, reader.line_num + 1
                    if index >= skip:
                        yield number, row
        except csv.Error as error:
            self.refuse(reader.line_num, "", f"It cannot be read as a table ({error})", CUT_SHORT)
        except UnicodeDecodeError:
            self.refuse(None, "", "It is neither UTF-8 nor Windows-1252 text", "Save it as CSV UTF-8")

    def _excel_rows(self) -> Iterator[tuple[int, list[str]]]:
        book = _workbook(self.file)
        try:
            sheet = book[self.match.sheet]
            sheet.reset_dimensions()
            width = len(self.columns)
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                if number > self.match.header_row + 1:
                    yield number, [_cell(value) for value in row[:width]]
        finally:
            book.close()

    def whole(self, row: int, column: str, text: str, low: int, high: int) -> int | None:
        """A whole number in range; refused otherwise. `5464.0` and `5,464` are whole."""
        if text.isdecimal() and low <= (quick := int(text)) <= high:
            return quick
        value = self.number(row, column, text, low, high)
        if value is None:
            return None
        if value != int(value):
            self.refuse(row, column, f"{text!r} is not a whole number", CUT_SHORT)
            return None
        return int(value)

    def number(self, row: int, column: str, text: str, low: float, high: float) -> float | None:
        """A number in range; refused otherwise."""
        try:
            value = float(text.replace(",", "") if "," in text and _GROUPED.fullmatch(text) else text)
        except ValueError:
            what = f"{text[:60]!r} is not a number" if text else "It is empty where a number must stand"
            self.refuse(row, column, what, CUT_SHORT)
            return None
        if not low <= value <= high:  # also catches "nan"
            self.refuse(row, column, f"{text[:60]} is not between {low:g} and {high:g}", "Check the publisher's file")
            return None
        return value


_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
