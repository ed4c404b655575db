"""`ginnel events`: whether what happened is still as it was written."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ginnel.events.verify import Anchor


@click.group()
def events() -> None:
    """What happened: check that nobody tampered with it."""


@events.command()
@click.option(
    "--anchors",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of anchors, one a line, kept away from the database.",
)
def verify(kept: Path | None) -> None:
    """Read every event and check its fingerprint and its place in the chain. Leaves with 1 if something is wrong."""
    from ginnel.events.verify import verify

    verdict = verify(_read(kept) if kept else [])
    for finding in verdict.findings:
        click.echo(finding, err=True)
    if verdict.findings:
        sys.exit(1)
    click.echo(f"{verdict.events:,} events, all as they were written. The chain ends at {verdict.end}")


@events.command()
def anchor() -> None:
    """Print how the chain ends now. Keep it away from this machine: it shows later if anything up to here was touched."""
    from ginnel.events.verify import last_anchor

    if (last := last_anchor()).number:
        click.echo(str(last))


@events.command()
def guard() -> None:
    """Put the database's guards back, after a restore or a hand that took them away."""
    from django.db import connection

    from ginnel.events import guards

    gone = guards.missing(connection)
    if gone:
        guards.install(connection)
    click.echo(f"Put back: {', '.join(gone)}" if gone else "All guards stand.")


def _read(path: Path) -> "list[Anchor]":
    from ginnel.events.verify import Anchor

    try:
        return [Anchor.read(line) for line in path.read_text().splitlines() if line.strip()]
    except (ValueError, OSError) as wrong:
        raise click.UsageError(f"{path}: {wrong}") from wrong
