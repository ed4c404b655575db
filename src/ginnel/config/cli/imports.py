"""`ginnel import`: take in publishers' own files."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ginnel.config.cli.output import echo_json

if TYPE_CHECKING:
    from ginnel.sources.importing import Importer
    from ginnel.sources.report import Report


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Do everything, save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--accept-removals", is_flag=True, help="Allow a newer file to remove more than a fifth of the rows held."
)
def import_files(paths: tuple[Path, ...], dry_run: bool, as_json: bool, accept_removals: bool) -> None:
    """
    Take in publishers' own files: ESCO, O*NET, SOC, IMD, boundaries, Census tables, GP practices, schools …

    Each PATH is a file (plain, gzip, zip or Excel) or a folder. Files are recognised by what is in them. All or
    nothing: if one row cannot be taken, nothing is saved and the exit code is 1.
    """
    from django.utils import timezone

    from ginnel.sources.importing import run_import

    with _progress(quiet=as_json) as progress:
        report = run_import(
            paths,
            all_importers(),
            at=timezone.now(),
            dry_run=dry_run,
            accept_removals=accept_removals,
            progress=progress,
        )
    if report.ok and not dry_run and any(report.total(name) for name in ("added", "changed", "removed")):
        from ginnel.careers.commands import refresh_engine

        refresh_engine()
    if as_json:
        echo_json(report.as_dict())
    else:
        _print(report)
    if not report.ok:
        sys.exit(1)


def all_importers() -> "tuple[Importer, ...]":
    """Every kind of file the areas know."""
    from ginnel.careers.importers import IMPORTERS as CAREERS
    from ginnel.partners.importers import IMPORTERS as PARTNERS
    from ginnel.places.importers import IMPORTERS as PLACES

    return (*PLACES, *CAREERS, *PARTNERS)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal; silence anywhere else."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Looking at the files", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _print(report: "Report") -> None:
    from ginnel.sources.report import PROBLEMS_SHOWN

    width = max([len(file.file) for file in report.files] + [4])
    names = ("read", "added", "changed", "unchanged", "removed", "refused")
    if report.files:
        click.echo(f"{'file':{width}}" + "".join(f"{name:>11}" for name in names))
    for file in report.files:
        click.echo(f"{file.file:{width}}" + "".join(f"{getattr(file, name):>11,}" for name in names))
        for reason, rows in file.left_out.most_common():
            click.echo(f"  left out: {rows:,} ({reason})")
        if file.kept:
            click.echo(f"  kept: {file.kept:,} ({file.kept_why})")
        if file.own:
            click.echo(f"  as they say it themselves: {file.own:,} ({file.own_shown})")
    for name, reason in report.skipped:
        click.echo(f"skipped: {name} ({reason})")
    for problem in report.problems[:PROBLEMS_SHOWN]:
        click.secho(str(problem), fg="red", err=True)
    if report.problem_count > PROBLEMS_SHOWN:
        click.secho(f"… and {report.problem_count - PROBLEMS_SHOWN:,} more problems", fg="red", err=True)
    if not report.ok:
        click.secho("Nothing was saved.", fg="red", err=True)
        return
    totals = ", ".join(f"{name} {report.total(name):,}" for name in ("added", "changed", "unchanged", "removed"))
    what = "Dry run, nothing saved" if report.dry_run else "Saved"
    click.echo(f"{what}: {totals} in {report.seconds:.1f} s")
