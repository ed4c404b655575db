"""`ginnel careers`: suit me, routes and related occupations at the command line."""

import click


@click.group()
def careers() -> None:
    """Find roles, routes and neighbours."""
