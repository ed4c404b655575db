"""`ginnel permissions`: who may do what, as the code has it."""

import click


@click.command()
def permissions() -> None:
    """Print the table of who may do what, as docs/security.md shows it."""
    from ginnel.partners.permissions import table

    click.echo(table())
