"""`ginnel place`: check a place pack, load it, write it out."""

import sys
from pathlib import Path

import click

from ginnel.core.tables import Problem

HOW_TO_KEEP = (
    "Write them out with `ginnel place export`, take them into the folder, and load it again; "
    "or load it with --discard-office-changes: their history stays, and each can be brought back."
)


def pack_folder(name: str) -> Path:
    """The folder of a pack given by slug or path."""
    from django.conf import settings

    for folder in (Path(name), settings.PLACES_DIR / name):
        if (folder / "place.toml").is_file():
            return folder
    packs = sorted(path.parent.name for path in settings.PLACES_DIR.glob("*/place.toml"))
    raise click.ClickException(
        f"There is no place pack {name!r} (a folder with a place.toml). Here are: {', '.join(packs) or 'none'}."
    )


@click.group()
def place() -> None:
    """Check, load and write out a place pack."""


@place.command()
@click.argument("name")
def check(name: str) -> None:
    """Check the pack NAME (a slug under places/, or a folder) and list every mistake."""
    from ginnel.config.pack import read_pack

    pack = read_pack(pack_folder(name))
    _report(pack.problems.found)
    if pack.problems:
        sys.exit(1)
    careers = pack.careers
    click.echo(
        f"{pack.place['name']}: {len(careers.roles)} roles, {len(careers.steps)} steps, {len(careers.gates)} gates, "
        f"{len(careers.skills)} skills, {len(careers.experiences)} experiences, {len(pack.partners)} organisations, "
        f"{len(pack.wards)} wards. No mistakes found."
    )


@place.command()
@click.argument("name")
@click.option("--if-changed", is_flag=True, help="Do nothing when this very pack is loaded already.")
@click.option("--discard-office-changes", is_flag=True, help="Load it though rows published in the office are lost.")
def load(name: str, if_changed: bool, discard_office_changes: bool) -> None:
    """Check the pack NAME and make it the place this site serves, all or nothing."""
    from ginnel.config.pack import WouldLose, is_loaded, load_pack
    from ginnel.core.tables import BadPack

    folder = pack_folder(name)
    if if_changed and is_loaded(folder):
        click.echo(f"{folder.name}: loaded already, unchanged.")
        return
    try:
        pack = load_pack(folder, discard_office_changes=discard_office_changes)
    except BadPack as error:
        _report(error.problems)
        click.echo("Nothing was changed.", err=True)
        sys.exit(1)
    except WouldLose as error:
        raise click.ClickException(f"{error}.\n{HOW_TO_KEEP}\nNothing was changed.") from error
    click.echo(f"{pack.place['name']}: loaded {len(pack.careers.roles)} roles and {len(pack.careers.steps)} steps.")
    for words in pack.own_words:
        click.echo(f"As it says it itself: {words}.")


@place.command()
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """Write the loaded pack, with what was changed here since, into the empty or new FOLDER."""
    from ginnel.config.pack import CannotExport, export_pack
    from ginnel.core.tables import BadPack

    try:
        changed = export_pack(folder)
    except CannotExport as error:
        raise click.ClickException(str(error)) from error
    except BadPack as error:
        _report(error.problems)
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    click.echo(f"{folder}: written. Changed here: {', '.join(changed) or 'nothing'}.")


def _report(problems: list[Problem]) -> None:
    for problem in sorted(problems):
        click.echo(str(problem), err=True)
    if problems:
        click.echo(f"\n{len(problems)} to mend.", err=True)
