"""The difference between what a file says and what is held, and the least writing that closes it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection, models
from django.db.models import ProtectedError, RestrictedError

from ginnel.sources.models import Source
from ginnel.sources.report import FileReport, Problem, Report
from ginnel.sources.tables import TableReader

Key = tuple[Any, ...]
Values = tuple[Any, ...]
_BATCH = 2000
# A newer edition rarely drops a fifth of its rows; a file cut at a line end does.
REMOVALS_ASKED_ABOUT = 0.2
REMOVALS_LET_PASS = 20
KEPT_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Held:
    """A row as the database holds it."""

    pk: Any
    key: Key
    values: Values
    source_id: int | None


@dataclass(frozen=True, slots=True)
class Keeping:
    """
    Rows that stay though no file has them any more, because people here depend on them.

    `kept` is given the primary keys of the rows that would go, marks and returns those that must stay: (key, name). `listed` is called
    with every key the files have, to take such a mark away. `why` says it in the report.
    """

    why: str
    kept: Callable[[list[Any]], list[tuple[Any, str]]]
    listed: Callable[[Iterable[Key]], None]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """
    Columns that whom a row is about has said here: no file changes them.

    `held` gives their names by the row's primary key; `heard` is told what files say otherwise, by primary key and column, and returns
    the rows with them in words, for the report.
    """

    held: Callable[[], Mapping[Any, Collection[str]]]
    heard: Callable[[dict[Any, dict[str, Any]]], list[str]]


@dataclass(slots=True, eq=False)
class Sheet:
    """
    The rows that the files of one run say one part of a table should hold.

    `key` and `columns` are ORM paths; `resolve` turns a key into the attributes of a new row where they differ
    (a code of an occupation into its id). `owns` says whether a held row is one these files are complete for:
    only those are removed when no file has them any more. A `fallback` sheet gives rows only where nothing fuller
    has them. A `patch` sheet creates nothing: it sets columns of rows that another sheet makes, and `empty` where no
    file says anything.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    source: str
    order: int
    scope: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    resolve: Callable[[], Callable[[Key], dict[str, Any]]] | None = None
    owns: Callable[[Held], bool] | None = None
    fallback: bool = False
    keeping: Keeping | None = None
    own_words: OwnWords | None = None
    patch: bool = False
    empty: Values = ()
    rows: dict[Key, Values] = field(default_factory=dict)
    places: dict[Key, tuple[TableReader, int]] = field(default_factory=dict)
    readers: list[TableReader] = field(default_factory=list)
    again: list[TableReader] = field(default_factory=list)

    def put(self, key: Key, values: Values, table: TableReader, row: int) -> bool:
        """Add one row. A second row of the same key is refused, unless another file says the very same."""
        if key in self.rows:
            first, first_row = self.places[key]
            if first is not table and self.rows[key] == values:
                self.again.append(table)
                return True
            shown = " / ".join(str(part) for part in key)
            if first is table:
                table.refuse(
                    row, self.key[-1], f"{shown} is there twice, first in row {first_row}", "Remove one of the two"
                )
            else:
                what = f"{shown} differs from row {first_row} of {first.file.name}"
                table.refuse(row, self.key[-1], what, "Import only one of the two files")
            return False
        self.rows[key] = values
        self.places[key] = (table, row)
        return True


def apply(
    sheet: Sheet, sources: dict[str, Source], report: Report, *, elsewhere: set[Key], accept_removals: bool
) -> None:
    """Write one sheet inside the caller's transaction, counting per file; problems go to the report."""
    source = sources[sheet.source]
    held = _held(sheet)
    own = sheet.owns or (lambda row: row.source_id == source.pk)
    otherwise: dict[Any, dict[str, Any]] = {}
    added, changed = _sorted_out(sheet, held, source, own, elsewhere, otherwise)
    for table in sheet.again:
        table.counts.unchanged += 1
    gone = [] if sheet.fallback else [row for key, row in held.items() if key not in sheet.rows and own(row)]
    gone = [row for row in gone if row.values != sheet.empty or not sheet.patch]
    first = sheet.readers[0]
    if sheet.keeping:
        gone = _keep(sheet.keeping, gone, sheet, first.counts)
    covered = len(gone) + sum(1 for key in sheet.rows if key in held)
    if len(gone) > max(REMOVALS_LET_PASS, REMOVALS_ASKED_ABOUT * covered) and not accept_removals:
        what = f"It would remove {len(gone):,} of the {covered:,} {sheet.name} held; the file may be cut short"
        report.refuse(Problem(first.file.name, what, "If that is meant, add --accept-removals"))
        first.counts.refused += 1
        return
    if not _fits(sheet, added, changed):
        return
    if sheet.patch:
        _update(sheet, [*changed, *((row, sheet.empty) for row in gone)], None)
    else:
        _remove(sheet, gone, report, first.counts)
        _insert(sheet, added, source, report)
        _update(sheet, changed, source)
    for row, _ in changed:
        counts = sheet.places[row.key][0].counts
        if sheet.patch and row.values == sheet.empty:
            counts.added += 1
        else:
            counts.changed += 1
    for key in added:
        sheet.places[key][0].counts.added += 1
    first.counts.removed += len(gone)
    if sheet.own_words and otherwise:
        first.counts.own += len(otherwise)
        first.counts.own_shown = _some(sheet.own_words.heard(otherwise))


def _some(names: Iterable[str]) -> str:
    """The first few, and how many more."""
    shown = sorted(names)
    more = f" and {len(shown) - KEPT_SHOWN:,} more" if len(shown) > KEPT_SHOWN else ""
    return ", ".join(shown[:KEPT_SHOWN]) + more


def _keep(keeping: Keeping, gone: list[Held], sheet: Sheet, counts: FileReport) -> list[Held]:
    """Which of these may really go; the others are marked and counted."""
    keeping.listed(sheet.rows)
    kept = dict(keeping.kept([row.pk for row in gone])) if gone else {}
    if kept:
        counts.kept += len(kept)
        counts.kept_why = f"{keeping.why}: {_some(kept.values())}"
    return [row for row in gone if row.pk not in kept]


def _sorted_out(
    sheet: Sheet,
    held: dict[Key, Held],
    source: Source,
    own: Callable[[Held], bool],
    elsewhere: set[Key],
    otherwise: dict[Any, dict[str, Any]],
) -> tuple[list[Key], list[tuple[Held, Values]]]:
    """Which rows are new and which differ; the rest are counted as unchanged or left out. `otherwise` takes what own words are not."""
    spoken = sheet.own_words.held() if sheet.own_words else {}
    added: list[Key] = []
    changed: list[tuple[Held, Values]] = []
    for key, values in sheet.rows.items():
        counts = sheet.places[key][0].counts
        row = held.get(key)
        if sheet.fallback and (key in elsewhere or (row is not None and not own(row))):
            counts.left_out["already held from a fuller file"] += 1
            continue
        if row is None:
            if sheet.patch:
                counts.left_out["its row is not held"] += 1
            else:
                added.append(key)
            continue
        stand = _with_own(sheet, row, values, spoken[row.pk], otherwise) if row.pk in spoken else values
        if row.values == stand and (sheet.patch or row.source_id == source.pk):
            counts.unchanged += 1
        else:
            changed.append((row, stand))
    return added, changed


def _with_own(
    sheet: Sheet, row: Held, values: Values, spoken: Collection[str], otherwise: dict[Any, dict[str, Any]]
) -> Values:
    """A file's values with the row's own words in their places."""
    rows = list(zip(sheet.columns, values, row.values, strict=True))
    differing = {name: theirs for name, theirs, ours in rows if name in spoken and theirs != ours}
    if differing:
        otherwise[row.pk] = differing
    return tuple(ours if name in differing else theirs for name, theirs, ours in rows)


def _held(sheet: Sheet) -> dict[Key, Held]:
    found = sheet.model._default_manager.filter(**sheet.scope)
    rows = found.values_list("pk", "source_id", *sheet.key, *sheet.columns).iterator(chunk_size=5000)
    split = 2 + len(sheet.key)
    return {row[2:split]: Held(row[0], row[2:split], row[split:], row[1]) for row in rows}


def _fits(sheet: Sheet, added: list[Key], changed: list[tuple[Held, Values]]) -> bool:
    """Whether every text fits its column (SQLite would take any length, PostgreSQL would not)."""
    limits: list[tuple[int, bool, str, int]] = []
    for in_key, paths in ((True, sheet.key), (False, sheet.columns)):
        for place, path in enumerate(paths):
            if "__" in path:
                continue
            length = getattr(sheet.model._meta.get_field(path), "max_length", None)
            if length:
                limits.append((place, in_key, path, length))
    good = True
    checked: Iterable[tuple[Key, Values]] = [
        *((key, sheet.rows[key]) for key in added),
        *((row.key, values) for row, values in changed),
    ]
    for key, values in checked:
        for place, in_key, path, length in limits:
            text = (key if in_key else values)[place]
            if isinstance(text, str) and len(text) > length:
                table, row_number = sheet.places[key]
                table.refuse(
                    row_number, path, f"{text[:40]!r}… is longer than {length} letters", "Check the file's columns"
                )
                good = False
    return good


def _insert(sheet: Sheet, keys: list[Key], source: Source, report: Report) -> None:
    """Plain INSERTs in batches: building tens of thousands of model instances would cost twice the time."""
    resolve = sheet.resolve() if sheet.resolve else None
    fields: list[Any] = [field for field in sheet.model._meta.concrete_fields if not field.generated]
    fields = [field for field in fields if not isinstance(field, models.AutoField | models.BigAutoField)]
    same = {**sheet.fixed, "source_id": source.pk}

    def row(key: Key) -> list[Any]:
        named = resolve(key) if resolve else dict(zip(sheet.key, key, strict=True))
        given = {**same, **named, **dict(zip(sheet.columns, sheet.rows[key], strict=True))}
        values = (given[f.attname] if f.attname in given else f.get_default() for f in fields)
        return [f.get_db_prep_save(value, connection) for f, value in zip(fields, values, strict=True)]

    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(sheet.model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 (our own names)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        try:
            with connection.cursor() as cursor:
                cursor.executemany(sql, [row(key) for key in batch])
        except IntegrityError as error:
            table, number = sheet.places[batch[0]]
            what = f"Rows from here on clash with what is held ({error})"
            report.refuse(Problem(table.file.name, what, "Report this with the file's name", number))
            raise StoppedByDatabase from error


def _update(sheet: Sheet, rows: list[tuple[Held, Values]], source: Source | None) -> None:
    if not rows:
        return
    fields: list[Any] = [sheet.model._meta.get_field(name) for name in sheet.columns]
    quote = connection.ops.quote_name
    columns: list[str] = [field.column for field in fields]
    if source:
        columns.append("source_id")
    key: Any = sheet.model._meta.pk
    settings = ", ".join(f"{quote(column)} = %s" for column in columns)
    sql = f"UPDATE {quote(sheet.model._meta.db_table)} SET {settings} WHERE {quote(key.column)} = %s"  # noqa: S608
    given = [
        [
            *(f.get_db_prep_save(value, connection) for f, value in zip(fields, values, strict=True)),
            *([source.pk] if source else []),
            row.pk,
        ]
        for row, values in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, given)


def _remove(sheet: Sheet, gone: list[Held], report: Report, counts: FileReport) -> None:
    for start in range(0, len(gone), 500):
        batch = gone[start : start + 500]
        try:
            sheet.model._default_manager.filter(pk__in=[row.pk for row in batch]).delete()
        except (ProtectedError, RestrictedError) as error:
            blockers: Any = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", set())
            users = sorted({type(blocker)._meta.verbose_name.__str__() for blocker in blockers})
            used = ", ".join(users) or "other rows"
            shown = ", ".join(" / ".join(map(str, row.key)) for row in batch[:3])
            what = f"{sheet.name} no longer in it are still used by {used} (among them {shown})"
            report.refuse(Problem(sheet.readers[0].file.name, what, f"Change those {used} first, then import again"))
            counts.refused += 1
            raise StoppedByDatabase from error


class StoppedByDatabase(Exception):
    """The database will not take the change; the report says why."""
