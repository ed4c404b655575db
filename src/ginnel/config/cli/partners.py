"""`ginnel partners`: organisations and their people at the command line."""

import sys
import time
from pathlib import Path

import click

from ginnel.config.cli.output import echo_json

ENOUGH = 2
"""With fewer people than this, nobody decides who joins when one is ill."""


@click.group()
def partners() -> None:
    """Organisations and their people."""


@partners.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Look at everything, save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_partners(files: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """
    Take in organisations and people from CSV or Excel FILES, all or nothing.

    The columns are in docs/how-to/import-people.md. If one row cannot be taken, nothing is saved and the exit code is 1.
    A name that could be several organisations is put to a person; the page "Names to decide" has it.
    """
    from django.utils import timezone

    from ginnel.partners.bulk.saving import import_paths

    started = time.perf_counter()
    plan = import_paths(files, by=None, at=timezone.now(), dry_run=dry_run)
    report = plan.as_dict() | {
        "saved": plan.report.saved, "dry_run": dry_run, "seconds": round(time.perf_counter() - started, 2),
    }  # fmt: skip
    if as_json:
        echo_json(report)
    else:
        _print(report)
    if report["problem_count"]:
        sys.exit(1)


@partners.command()
@click.argument("email")
@click.option("--remove", is_flag=True, help="This person looks after the partnership no more.")
def administrator(email: str, remove: bool) -> None:
    """Let the person with this EMAIL look after the whole partnership. They must have signed in once."""
    from django.utils import timezone

    from ginnel.accounts.models import User
    from ginnel.partners.commands import (
        NotProven,
        add_partnership_administrator,
        partnership_administrators,
        remove_partnership_administrator,
    )

    person = User.objects.owner_of(email)
    if person is None:
        raise click.ClickException(f"Nobody here has the address {email}. Ask them to sign in once, then try again.")
    if remove:
        new = remove_partnership_administrator(person, by=None, at=timezone.now())
        said = "looks after the partnership no more" if new else "did not look after the partnership; nothing changed"
    else:
        try:
            new = add_partnership_administrator(person, by=None, at=timezone.now())
        except NotProven as error:
            raise click.ClickException(f"{error}.") from error
        said = "looks after the partnership" if new else "looks after the partnership already; nothing changed"
    click.echo(f"{person.email} {said}.")
    if (left := partnership_administrators().count()) < ENOUGH:
        click.echo(f"That makes {left or 'nobody'}. Name a second person, in case one is away.", err=True)


def _print(report: dict) -> None:
    for who, word in (("organisation", "organisations"), ("person", "people")):
        counts = report["counts"][who]
        click.echo(f"{word:14}" + ", ".join(f"{name} {counts[name]:,}" for name in counts))
    for line in report["lines"]:
        if line["note"]:
            click.echo(f"{line['file']}, row {line['row']}: {line['note']}")
    for one in report["problems"][:20]:
        where = f"{one['file']}, row {one['row']}" if one["row"] else one["file"]
        click.secho(
            f"{where}{', ' + one['field'] if one['field'] else ''}: {one['what']}. {one['remedy']}.", fg="red", err=True
        )
    if report["problem_count"] > 20:
        click.secho(f"… and {report['problem_count'] - 20:,} more problems", fg="red", err=True)
    if report["problem_count"]:
        click.secho("Nothing was saved.", fg="red", err=True)
    else:
        click.echo(("Dry run, nothing saved" if report["dry_run"] else "Saved") + f" in {report['seconds']:.1f} s")
