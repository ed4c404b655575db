"""
One row of a CSV text by its key: read it, put another in its place, add one, take one out. Every other byte stays.

`tables` says what is wrong with a file; this module only finds rows, so it reads files that `tables` has accepted.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its first line in the file, its cells by column, and its text as it stands there, without the end of its line."""

    line: int
    cells: dict[str, str]
    text: str


def header_of(content: str) -> list[str]:
    """The columns of a CSV text."""
    return [cell.strip() for cell in next(csv.reader(content.splitlines(keepends=True), strict=True), [])]


def records(content: str) -> Iterator[Record]:
    """The rows of a CSV text, without blank ones and those whose number of cells is not the header's."""
    lines = content.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    header, begins = [cell.strip() for cell in next(reader, [])], reader.line_num
    for cells in reader:
        first, begins = begins, reader.line_num
        if len(cells) == len(header) and any(cell.strip() for cell in cells):
            text = "".join(lines[first:begins])
            yield Record(first + 1, dict(zip(header, cells, strict=True)), text.rstrip("\r\n"))


def key_of(cells: Mapping[str, str], columns: Sequence[str]) -> str:
    """What a row is known by: its slug, or `afc:5` where two columns tell it."""
    return ":".join(cells.get(column, "").strip() for column in columns)


def find_record(content: str, columns: Sequence[str], key: str) -> Record | None:
    """The row with this key, or None."""
    return next((record for record in records(content) if key_of(record.cells, columns) == key), None)


def written(header: Sequence[str], cells: Mapping[str, str]) -> str:
    """A row as it is written into a file, with quotes only where needed and without the end of its line."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([cells.get(column, "") for column in header])
    return out.getvalue()


def cells_of(header: Sequence[str], text: str) -> dict[str, str]:
    """
    The cells of one row's text.

    :raises ValueError: if it is not one row of as many cells as the header.
    """
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    if len(rows) != 1 or len(rows[0]) != len(header):
        raise ValueError(f"not one row of {len(header)} cells")
    return dict(zip(header, rows[0], strict=True))


def replace_record(content: str, columns: Sequence[str], key: str, text: str) -> str:
    """
    The content with this text in place of the row that has the key; an empty text takes the row out.

    :raises KeyError: if no row has the key.
    """
    record = find_record(content, columns, key)
    if record is None:
        raise KeyError(key)
    lines = content.splitlines(keepends=True)
    height = len(record.text.splitlines())
    last = lines[record.line + height - 2]
    ending = last[len(last.rstrip("\r\n")) :]
    lines[record.line - 1 : record.line - 1 + height] = [text + ending] if text else []
    return "".join(lines)


def add_record(content: str, text: str) -> str:
    """The content with this row at its end, in lines that end as its others do."""
    ending = "\r\n" if "\r\n" in content else "\n"
    return content + ("" if content.endswith("\n") else ending) + text + ending
