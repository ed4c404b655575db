"""Where a row of the pack stands, as text. Files by path in; files by path out. No database."""

from collections.abc import Iterator
from dataclasses import dataclass

from ginnel.careers.pack.write import change_role, new_role, role_cells
from ginnel.core.records import (
    Record,
    add_record,
    cells_of,
    find_record,
    header_of,
    records,
    replace_record,
    written,
)

MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Home:
    """Where rows of a kind stand: one file, or every file of a folder, and the columns that name a row."""

    path: str
    key: tuple[str, ...]
    ending: str = ".csv"


HOMES = {
    "role": Home("roles/", (), ".md"),
    "step": Home("routes/", ("id",)),
    "gate": Home("gates/", ("slug",)),
    "pay": Home("pay/", ("scale", "band")),
    "organisation": Home("organisations.csv", ("slug",)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: its file, its first line there, its text and its cells."""

    file: str
    line: int
    text: str
    cells: dict[str, str]


class RowGone(Exception):
    """The row is not, or no longer, in the pack."""


def files_of(files: dict[str, bytes], kind: str) -> list[str]:
    """The files that hold rows of this kind."""
    home = HOMES[kind]
    if not home.path.endswith("/"):
        return [home.path] if home.path in files else []
    return [path for path in sorted(files) if path.startswith(home.path) and path.endswith(home.ending)]


def text_of(files: dict[str, bytes], path: str) -> str:
    """A file's text, without the mark at its beginning."""
    return files[path].decode("utf-8-sig")


def find_row(files: dict[str, bytes], kind: str, key: str) -> Row | None:
    """The row of this kind with this key, or None."""
    if kind == "role":
        path = f"roles/{key}.md"
        if path not in files:
            return None
        text = text_of(files, path)
        return Row(path, 1, text, role_cells(text))
    for path in files_of(files, kind):
        record = find_record(text_of(files, path), HOMES[kind].key, key)
        if record:
            return Row(path, record.line, record.text, record.cells)
    return None


def row_text(files: dict[str, bytes], kind: str, key: str) -> str:
    """The row's text; empty where there is none."""
    row = find_row(files, kind, key)
    return row.text if row else ""


def header(files: dict[str, bytes], path: str) -> list[str]:
    """The columns of one of the pack's tables."""
    return header_of(text_of(files, path))


def cells_in(files: dict[str, bytes], kind: str, path: str, text: str) -> dict[str, str]:
    """
    The cells of a row's text as a change keeps it; none of an empty text.

    :raises ValueError: if the text is no row of that file any more.
    """
    if not text:
        return {}
    return role_cells(text) if kind == "role" else cells_of(header(files, path), text)


def changed_text(files: dict[str, bytes], kind: str, path: str, before: str, cells: dict[str, str]) -> str:
    """The row's text with these cells. A text in which nothing was changed comes back as it was."""
    if kind == "role":
        return change_role(before, cells) if before else new_role(cells)
    columns = header(files, path)
    now = cells_of(columns, before) if before else {}
    if before and all(cells.get(column, value).strip() == value.strip() for column, value in now.items()):
        return before
    return written(columns, now | {name: value for name, value in cells.items() if name in columns})


def with_row(files: dict[str, bytes], kind: str, key: str, path: str, before: str, after: str) -> dict[str, bytes]:
    """
    The files with one row changed, added (`before` empty) or taken out (`after` empty).

    :raises RowGone: if the row is not as it was before.
    """
    if row_text(files, kind, key) != before:
        raise RowGone(key)
    if kind == "role":
        if not after:
            return {name: content for name, content in files.items() if name != path}
        return files | {path: _bytes(files, path, after)}
    content = text_of(files, path)
    new = replace_record(content, HOMES[kind].key, key, after) if before else add_record(content, after)
    return files | {path: _bytes(files, path, new)}


def line_of(files: dict[str, bytes], kind: str, key: str) -> tuple[int, int]:
    """First and last line of a row in its file; (0, -1) where it is not."""
    row = find_row(files, kind, key)
    return (row.line, row.line + len(row.text.splitlines()) - 1) if row else (0, -1)


def rows_of(files: dict[str, bytes], path: str) -> Iterator[Record]:
    """Every row of one of the pack's tables."""
    if path in files:
        yield from records(text_of(files, path))


def _bytes(files: dict[str, bytes], path: str, text: str) -> bytes:
    marked = files.get(path, b"").startswith(MARK.encode())
    return ((MARK if marked else "") + text).encode("utf-8")
