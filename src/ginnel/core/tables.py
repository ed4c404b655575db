"""
Reading the text files that editors keep, and saying precisely what is wrong with them.

A `Table` reads one CSV file; each `Row` hands out typed values and, instead of raising, notes a `Problem` for a bad cell,
so that an editor sees every mistake of a file at once.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SLUG_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is and what to do about it."""

    file: str
    line: int
    field: str
    message: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        if self.field:
            where += f", {self.field}"
        return f"{where}: {self.message}. {self.remedy}."


@dataclass(slots=True)
class Problems:
    """The mistakes found so far."""

    found: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, file: str, line: int, field: str, message: str, remedy: str) -> None:
        self.found.append(Problem(file, line, field, message, remedy))

    def add_unread(self, file: str, line: int, message: str, remedy: str, *, field: str = "") -> None:
        """A file of which nothing, or only the first part, could be read: what others say of it may be no mistake of theirs."""
        self.add(file, line, field, message, remedy)
        self.unread.append(file)

    def drop_consequences(self) -> None:
        """Take off the mistakes that only come of files that could not be read."""
        if not self.unread:
            return
        tables = {f"{file.partition('/')[0]}/" if "/" in file else file for file in self.unread}
        said = [*(f" is not in {table}" for table in tables), "cannot be reached from"]
        self.found = [
            one for one in self.found if one.file in self.unread or not any(words in one.message for words in said)
        ]

    def __bool__(self) -> bool:
        return bool(self.found)


class BadPack(Exception):
    """The pack cannot be used; `problems` says why, file by file."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = list(problems)
        super().__init__(f"{len(self.problems)} problems: {self.problems[0]}" if self.problems else "no problems")


class Row:
    """One line of a table. Every getter notes a problem and returns a harmless value when the cell is wrong."""

    def __init__(self, file: str, line: int, cells: dict[str, str], problems: Problems):
        self.file, self.line, self.cells, self.problems = file, line, cells, problems

    def problem(self, field: str, message: str, remedy: str) -> None:
        """Note a mistake in this row."""
        self.problems.add(self.file, self.line, field, message, remedy)

    def text(self, name: str, *, required: bool = True, most: int = 0) -> str:
        value = self.cells.get(name, "").strip()
        if required and not value:
            self.problem(name, "is empty", "Fill it in")
        if most and len(value) > most:
            self.problem(name, f"is {len(value)} characters long", f"Shorten it to at most {most}")
        return value

    def slug(self, name: str) -> str:
        value = self.text(name)
        if not set(value) <= SLUG_CHARACTERS:
            self.problem(name, f"{value!r} is not a slug", "Use lower-case letters, digits and hyphens only")
        return value

    def items(self, name: str) -> list[str]:
        """A list in one cell, parted by `;`, without blanks and repeats."""
        return list(dict.fromkeys(part.strip() for part in self.cells.get(name, "").split(";") if part.strip()))

    def whole(self, name: str, *, least: int = 0, most: int = 10_000_000, required: bool = True) -> int | None:
        """A whole number, or None (with a problem noted when one was required)."""
        raw = self.cells.get(name, "").strip()
        if not raw:
            if required:
                self.problem(name, "is empty", "Give a whole number")
            return None
        try:
            value = int(raw)
        except ValueError:
            self.problem(name, f"{raw!r} is not a whole number", "Write digits only, such as 24852")
            return None
        if not least <= value <= most:
            self.problem(name, f"{value} is out of range", f"Give a number from {least} to {most}")
            return None
        return value

    def number(self, name: str, *, least: float = 0, most: float = 1e9) -> float:
        raw = self.text(name)
        try:
            value = float(raw)
        except ValueError:
            if raw:
                self.problem(name, f"{raw!r} is not a number", "Write digits, with a point for a part, such as 0.75")
            return least
        if not least <= value <= most:  # also refuses nan
            self.problem(name, f"{raw} is out of range", f"Give a number from {least:g} to {most:g}")
            return least
        return value

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        value = self.text(name)
        if value and value not in allowed:
            self.problem(name, f"{value!r} is not known", f"Use one of: {', '.join(allowed)}")
        return value

    def known(self, name: str, values: Sequence[str], known: Callable[[str], bool], where: str) -> list[str]:
        """Those of the values that are known; a problem for each that is not."""
        for value in values:
            if not known(value):
                self.problem(name, f"{value!r} is not in {where}", "Correct the spelling, or add it there first")
        return [value for value in values if known(value)]

    def yes(self, name: str) -> bool:
        return self.one_of(name, ["yes", "no"]) == "yes"

    def day(self, name: str) -> date:
        raw = self.text(name)
        try:
            return date.fromisoformat(raw)
        except ValueError:
            if raw:
                self.problem(name, f"{raw!r} is not a date", "Write it as 2026-11-22")
            return date.min


class Table:
    """A CSV file with a header, or every CSV file of a folder. Line numbers are those an editor's program shows."""

    def __init__(self, root: Path, name: str, columns: Sequence[str], problems: Problems):
        self.root, self.name, self.columns, self.problems = root, name, tuple(columns), problems

    def __iter__(self) -> Iterator[Row]:
        path = self.root / self.name
        if path.is_dir():
            for file in sorted(path.glob("*.csv")):
                yield from self._rows(file)
        elif path.is_file():
            yield from self._rows(path)
        else:
            self.problems.add_unread(self.name, 0, "is missing", "Add the file; docs/data.md says what it holds")

    def _rows(self, path: Path) -> Iterator[Row]:
        name = path.relative_to(self.root).as_posix()
        try:
            content = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self.problems.add_unread(name, 0, f"is not UTF-8 text (byte {error.start})", "Save it again as UTF-8")
            return
        reader = csv.reader(content.splitlines(keepends=True), strict=True)
        try:
            header = [cell.strip() for cell in next(reader, [])]
            missing = [column for column in self.columns if column not in header]
            if missing:
                remedy = f"The first line must name: {','.join(self.columns)}"
                self.problems.add_unread(name, 1, "is missing from the first line", remedy, field=", ".join(missing))
                return
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    if len(cells) != len(header):
                        found = f"has {len(cells)} cells, the first line has {len(header)}"
                        self.problems.add(name, line, "", found, "Put quotes round a cell that has a comma in it")
                    else:
                        yield Row(name, line, dict(zip(header, cells, strict=True)), self.problems)
                line = reader.line_num + 1
        except csv.Error as error:
            self.problems.add_unread(
                name, reader.line_num, f"cannot be read ({error})", "Check the quotes on this line"
            )


def change_cells(content: str, key: str, changes: dict[str, dict[str, str]]) -> str:
    """
    A CSV text in which these cells of these rows are changed; every other byte stays.

    `changes` maps the value of the column `key` to new cells by column. A changed row is written anew, with quotes only where needed.

    :raises KeyError: if the text has no such row or column.
    """
    lines = content.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    header = [cell.strip() for cell in next(reader)]
    at, waiting, begins = header.index(key) if key in header else -1, dict(changes), reader.line_num
    if at < 0:
        raise KeyError(key)
    for cells in reader:
        first, begins = begins, reader.line_num
        new = waiting.pop(cells[at].strip(), None) if len(cells) == len(header) else None
        if new is None:
            continue
        for column, value in new.items():
            if column not in header:
                raise KeyError(column)
            cells[header.index(column)] = value
        written = io.StringIO()
        ending = "\r\n" if lines[begins - 1].endswith("\r\n") else "\n" if lines[begins - 1].endswith("\n") else ""
        csv.writer(written, lineterminator=ending).writerow(cells)
        lines[first:begins] = [written.getvalue(), *[""] * (begins - first - 1)]
    if waiting:
        raise KeyError(", ".join(sorted(waiting)))
    return "".join(lines)


def by_slug(rows: dict[str, T], row: Row, slug: str, value: T, *, column: str = "slug") -> None:
    """Put a value under its slug; a slug used twice is a problem."""
    if slug in rows:
        row.problem(column, f"{slug!r} is used twice", f"Give one of them another {column}")
    rows[slug] = value
