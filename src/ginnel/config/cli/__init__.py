"""The `ginnel` command: each area's jobs as its subcommands."""

import os

import click
import django


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="ginnel")
def main() -> None:
    """Ginnel: the open workforce platform of a place."""
    # A command on the machine itself signs nothing, so it needs no secret key; `serve` insists on one.
    if click.get_current_context().invoked_subcommand != "serve":
        os.environ.setdefault("GINNEL_OFFLINE", "yes")
    os.environ.setdefault("GINNEL_LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
    try:
        django.setup()
    except Exception as error:
        from django.core.exceptions import ImproperlyConfigured

        if isinstance(error, ImproperlyConfigured):
            raise click.ClickException(str(error)) from error
        raise


def _add_commands() -> None:
    from ginnel.config.cli.careers import careers
    from ginnel.config.cli.place import place
    from ginnel.config.cli.serve import demo, manage, serve, worker

    for command in (careers, place, demo, serve, worker, manage):
        main.add_command(command)
    try:
        from ginnel.config.cli.imports import import_files

        main.add_command(import_files)
    except ImportError:
        pass


_add_commands()
