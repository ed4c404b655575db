"""`ginnel place where`: which area a postcode lies in, and what is published of it."""

import dataclasses
import sys
from typing import TYPE_CHECKING

import click

from ginnel.config.cli.output import echo_json

if TYPE_CHECKING:
    from ginnel.places.areas import AreaFacts, Lookup


@click.command()
@click.argument("postcode")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def where(postcode: str, as_json: bool) -> None:
    """Say which area POSTCODE lies in: ward, small area, deprivation with its year, people. Nothing is stored."""
    from ginnel.places.areas import Outcome, look_up

    found = look_up(postcode)
    if as_json:
        echo_json(_as_json(found))
    else:
        for line in _lines(found.facts) if found.facts else []:
            click.echo(line)
        if found.words:
            click.echo(found.words, err=not found.facts)
    if found.outcome not in {Outcome.FOUND, Outcome.OUTSIDE}:
        sys.exit(1)


def _as_json(found: "Lookup") -> dict[str, object]:
    return {
        "outcome": found.outcome.value,
        "words": found.words,
        "facts": dataclasses.asdict(found.facts) if found.facts else None,
    }


def _lines(facts: "AreaFacts") -> list[str]:
    from ginnel.places.words import decile_in_words

    lines = [facts.postcode]
    for label, area in (
        ("Authority", facts.authority),
        ("Ward", facts.ward),
        ("LSOA 2021", facts.lsoa21),
        ("LSOA 2011", facts.lsoa11),
    ):
        if area:
            lines.append(f"{label}: {area.name} ({area.code})" if area.name else f"{label}: {area.code}")
    for one in facts.deciles:
        lines.append(
            f"Decile {one.decile} in the index of {one.index_year}, rank {one.rank:,} ({one.area_code}). Source: {one.source}"
        )
    if facts.deciles:
        lines.append(decile_in_words(facts.deciles[0].decile, facts.deciles[0].index_year))
    for table in facts.baselines:
        plain = table.table.replace("_", " ")
        lines.append(
            f"{plain[:1].upper()}{plain[1:]}, {table.area_code}, {table.year}: {table.total:,} counted. Source: {table.source}"
        )
    return [*lines, f"Postcode table: {facts.source}"]
