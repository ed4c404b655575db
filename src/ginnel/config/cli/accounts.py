"""`ginnel accounts`: erasing what is past its time."""

import click


@click.group()
def accounts() -> None:
    """People's accounts: erase what is due, print the retention table."""


@accounts.command()
def erase() -> None:
    """Finish deleted accounts and delete what is past its time. Once a day, by a timer; twice does no harm."""
    from django.utils import timezone

    from ginnel.accounts.privacy.erasure import erase_due

    try:
        purged, finished, waiting = erase_due(at=timezone.now())
    except ExceptionGroup as failed:
        reasons = "; ".join(f"{type(one).__name__}: {one}" for one in failed.exceptions)
        raise click.ClickException(f"{failed.message}: {reasons}") from failed
    for slug, count in purged.items():
        click.echo(f"{slug}: {count:,} deleted")
    click.echo(
        f"{finished:,} erasures finished"
        + (f", {waiting:,} to be tried again tomorrow: mail could not be sent" if waiting else "")
    )


@accounts.command()
def retention() -> None:
    """Print what is kept about people, why and how long, as it stands in docs/security.md."""
    from ginnel.accounts.privacy.retention import as_markdown

    click.echo(as_markdown(), nl=False)
