"""
Importing publishers' own files: recognised by content, all or nothing, and the same twice.

An area declares its importers (`<area>/importers/`); `run_import` finds out which of them each file is for, reads the
files in order of dependency, and writes the difference in one transaction.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from django.db import models, transaction

from ginnel.events.commands import record_event
from ginnel.sources.files import MAX_EXCEL_PACKED, MAX_TEXT, InputFile, Unreadable, find_files
from ginnel.sources.models import ImportRun, Source
from ginnel.sources.publications import OGL, OGL_LINE, OS_LINES, Publication
from ginnel.sources.report import FileReport, Problem, Report
from ginnel.sources.tables import Match, Sample, TableReader, TooManyProblems
from ginnel.sources.upsert import Held, Key, Sheet, StoppedByDatabase, apply

__all__ = [
    "OGL",
    "OGL_LINE",
    "OS_LINES",
    "Held",
    "Importer",
    "Match",
    "Publication",
    "Run",
    "Sample",
    "TableReader",
    "run_import",
]

T = TypeVar("T")


class Importer:
    """
    One kind of publisher's file.

    A subclass names the columns that mark the file (`required`) and reads its rows into sheets of the run. Lower
    `order` is read and written first: what others refer to comes before them.
    """

    name: str
    order: int
    publication: Publication
    required: tuple[str, ...] = ()
    dialects: tuple[str, ...] = ("csv", "excel")
    limit: int = MAX_TEXT

    def match(self, sample: Sample) -> Match | None:
        """Where this importer's table is in the file; None if the file is not for it."""
        return sample.find(self.dialects, self.required)

    def read(self, table: TableReader, run: "Run") -> None:
        """Put the file's rows into sheets of the run; say what is wrong through `table`."""
        raise NotImplementedError

    def source_of(self, match: Match) -> Publication:
        """The publication this very file belongs to."""
        return self.publication


@dataclass(slots=True)
class Run:
    """What all files of one run say together, before anything is written."""

    report: Report
    sheets: dict[str, Sheet] = field(default_factory=dict)
    publications: dict[str, Publication] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    current: str = ""
    table: TableReader | None = None

    def sheet(
        self,
        name: str,
        model: type[models.Model],
        key: tuple[str, ...],
        columns: tuple[str, ...],
        order: int,
        **more: Any,
    ) -> Sheet:
        """The sheet of this name, made at the first call."""
        if name not in self.sheets:
            self.sheets[name] = Sheet(name, model, key, columns, self.current, order, **more)
        found = self.sheets[name]
        if self.table and self.table not in found.readers:
            found.readers.append(self.table)
        return found

    def vintage(self, text: str) -> None:
        """What edition the file being read turned out to be."""
        self.publications[self.current] = replace(self.publications[self.current], vintage=text)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """A value worked out once a run and shared by its importers."""
        if name not in self.kept:
            self.kept[name] = make()
        return cast(T, self.kept[name])


class _UndoRun(Exception):
    """Nothing of this run is kept."""


def run_import(
    paths: Sequence[Path],
    importers: Iterable[Importer],
    *,
    at: datetime,
    dry_run: bool = False,
    accept_removals: bool = False,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Report:
    """
    Import the files at `paths`, all or nothing, and say what happened.

    Parsing comes first and holds no lock; the writing is one short transaction. `progress` is told what is being done,
    and how much of how much.
    """
    started = time.perf_counter()
    report = Report(dry_run=dry_run)
    jobs = _recognise(list(paths), list(importers), report)
    run = Run(report)
    readers = _read(jobs, run, progress)
    if report.ok and not readers:
        report.refuse(Problem(", ".join(str(path) for path in paths), "Nothing in it is a file Ginnel knows", KNOWN))
    if report.ok:
        try:
            with transaction.atomic():
                _write(run, readers, at=at, accept_removals=accept_removals, progress=progress)
                if dry_run or not report.ok:
                    raise _UndoRun
            report.saved = True
        except (_UndoRun, StoppedByDatabase):
            pass
    report.seconds = time.perf_counter() - started
    return report


KNOWN = "See docs/data.md for the files Ginnel imports"


def _recognise(paths: list[Path], importers: list[Importer], report: Report) -> list[tuple[Importer, InputFile, Match]]:
    jobs: list[tuple[Importer, InputFile, Match]] = []
    seen: set[tuple[str, str]] = set()
    for file in find_files(paths):
        if isinstance(file, tuple):
            name, trouble = file
            report.refuse(Problem(name, trouble.what, trouble.remedy))
            continue
        if (place := (str(file.path.resolve()), file.member)) in seen:
            continue
        seen.add(place)
        try:
            sample = Sample(file)
            found = [(importer, match) for importer in importers if (match := importer.match(sample))]
        except Unreadable as trouble:
            report.refuse(Problem(file.name, trouble.what, trouble.remedy))
            continue
        if found:
            importer, match = max(found, key=lambda pair: len(pair[0].required))
            jobs.append((importer, file, match))
        elif file.explicit:
            report.refuse(Problem(file.name, _why_unknown(file), KNOWN))
        else:
            report.skipped.append((file.name, "not a file Ginnel imports"))
    jobs.sort(key=lambda job: (job[0].order, job[1].name))
    return jobs


def _why_unknown(file: InputFile) -> str:
    if not file.head:
        return "The file is empty"
    if file.kind == "utf-16":
        return "It is UTF-16 text, which Ginnel does not read; save it as CSV UTF-8"
    if file.kind == "binary":
        return "It is not text, Excel, gzip or zip"
    first = file.head.decode("utf-8-sig", "replace").lstrip().splitlines()[:1]
    return (
        f"Its columns are not those of any file Ginnel knows (it begins {first[0][:80]!r})" if first else "It is blank"
    )


def _read(
    jobs: list[tuple[Importer, InputFile, Match]], run: Run, progress: Callable[[str, int, int], None]
) -> list[TableReader]:
    readers = []
    for number, (importer, file, match) in enumerate(jobs):
        began = time.perf_counter()
        publication = importer.source_of(match)
        run.current = publication.slug
        run.publications.setdefault(publication.slug, publication)
        counts = FileReport(file.name, importer.name, publication.slug)
        run.report.files.append(counts)
        progress(f"Reading {Path(file.name).name}", number, len(jobs) * 2)
        table = TableReader(file, match, run.report, counts, lambda size: None)
        readers.append(table)
        run.table = table
        try:
            file.check(MAX_EXCEL_PACKED if file.kind == "excel" else importer.limit, table.progress)
            counts.sha256 = file.sha256
            importer.read(table, run)
            if not counts.read and not counts.refused:
                table.refuse(None, "", "It has a header and no rows", "Download it again")
        except Unreadable as trouble:
            run.report.refuse(Problem(file.name, trouble.what, trouble.remedy))
            counts.refused += 1
        except TooManyProblems:
            pass
        counts.vintage = run.publications[run.current].vintage
        counts.seconds = time.perf_counter() - began
    return readers


def _write(
    run: Run,
    readers: list[TableReader],
    *,
    at: datetime,
    accept_removals: bool,
    progress: Callable[[str, int, int], None],
) -> None:
    sources = {slug: _source(publication) for slug, publication in run.publications.items()}
    sheets = sorted(run.sheets.values(), key=lambda sheet: (sheet.order, sheet.fallback))
    fuller: dict[tuple[Any, ...], set[Key]] = {}
    for number, sheet in enumerate(sheets):
        progress(f"Saving {sheet.name}", len(sheets) + number, len(sheets) * 2)
        began = time.perf_counter()
        part = (sheet.model, sheet.key, *sorted(sheet.scope.items()))
        apply(sheet, sources, run.report, elsewhere=fuller.get(part, set()), accept_removals=accept_removals)
        if any(other.fallback for other in sheets):
            fuller.setdefault(part, set()).update(sheet.rows)
        for table in sheet.readers[:1]:
            table.counts.seconds += time.perf_counter() - began
    if not run.report.ok:
        return
    for source in sources.values():
        source.rows = _rows_held(source)
        source.imported_at = at
        source.save(update_fields=["rows", "imported_at"])
    for table in readers:
        _store_run(table.counts, sources[table.counts.source], at)


def _source(publication: Publication) -> Source:
    values = {
        "title": publication.title,
        "publisher": publication.publisher,
        "url": publication.url,
        "licence": publication.licence,
        "attribution": publication.attribution.replace("{vintage}", publication.vintage),
        "vintage": publication.vintage,
        "kind": Source.Kind.IMPORTED,
    }
    source, _ = Source.objects.update_or_create(slug=publication.slug, defaults=values)
    return source


def _rows_held(source: Source) -> int:
    """Rows over every table that points at a source: a publication may fill several, in several runs."""
    held = 0
    for relation in Source._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if relation.one_to_many and isinstance(model, type) and model is not ImportRun:
            column = getattr(relation, "remote_field").name  # noqa: B009 stubs call it optional
            held += model._default_manager.filter(**{column: source}).count()
    return held


def _store_run(counts: FileReport, source: Source, at: datetime) -> None:
    run = ImportRun.objects.create(
        source=source,
        file_name=counts.file[-300:],
        file_sha256=counts.sha256,
        importer=counts.importer,
        rows_read=counts.read,
        added=counts.added,
        changed=counts.changed,
        unchanged=counts.unchanged,
        removed=counts.removed,
        finished_at=at,
        seconds=counts.seconds,
    )
    record_event(
        "sources.import.finished",
        by=None,
        about=run,
        at=at,
        source=source.slug,
        importer=counts.importer,
        read=counts.read,
        added=counts.added,
        changed=counts.changed,
        removed=counts.removed,
    )
