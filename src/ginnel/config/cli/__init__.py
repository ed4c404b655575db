"""The `ginnel` command: each area's jobs as its subcommands."""

import os
from typing import Any

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


class PlainErrors(click.Group):
    """Says in one line what is wrong with the set-up; a mistake of ours still shows its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ImproperlyConfigured as error:
            raise click.ClickException(str(error)) from error
        except DatabaseError as error:
            hint = "Run `ginnel manage migrate` first, or check DATABASE_URL and GINNEL_VAR"
            raise click.ClickException(f"The database did not answer as it should: {error}. {hint}.") from error


@click.group(cls=PlainErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="ginnel")
def main() -> None:
    """Ginnel: the open workforce platform of a place."""
    # A command on the machine itself signs nothing, so it needs no secret key; `serve` insists on one.
    if click.get_current_context().invoked_subcommand != "serve":
        os.environ.setdefault("GINNEL_OFFLINE", "yes")
    os.environ.setdefault("GINNEL_LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
    # The demonstration starts its server first, and only then has time to wait for Django.
    if click.get_current_context().invoked_subcommand != "demo":
        _make_var()
        django.setup()


def _make_var() -> None:
    """The folder of the database, if it is not there yet."""
    from django.conf import settings

    try:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(
            f"Cannot make the folder {settings.VAR_DIR} ({error.strerror}). "
            "Make the one above it writable, or set GINNEL_VAR to a folder that is."
        ) from error


def _add_commands() -> None:
    from ginnel.config.cli.accounts import accounts
    from ginnel.config.cli.careers import careers
    from ginnel.config.cli.events import events
    from ginnel.config.cli.imports import import_files
    from ginnel.config.cli.next_moves import next_moves
    from ginnel.config.cli.pages import pages
    from ginnel.config.cli.partners import partners
    from ginnel.config.cli.permissions import permissions
    from ginnel.config.cli.place import place
    from ginnel.config.cli.serve import demo, manage, serve, worker
    from ginnel.config.cli.sign_in import sign_in
    from ginnel.config.cli.where import where

    careers.add_command(next_moves)
    place.add_command(where)

    for command in (
        accounts, careers, events, pages, partners, place, permissions, import_files, sign_in, demo, serve, worker, manage,
    ):  # fmt: skip
        main.add_command(command)


_add_commands()
