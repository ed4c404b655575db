"""The place itself and its wards, as the place pack gives them."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ginnel.core.colour import contrast
from ginnel.core.tables import Problems, Table
from ginnel.places.models import Area, PackFile, Place
from ginnel.places.queries import forget_place

TEXTS = ("slug", "name", "in_place", "site_name", "partnership", "strapline", "authority_code", "help_name")
COLOURS = ("brand", "brand_dark", "accent", "stone", "stone_dark", "moss", "ink")
# Each pair that carries text, with the contrast WCAG 2.2 asks: AAA (7) for body text, AA (4.5) for the rest.
PAIRS = (("ink", "stone", 7.0), ("brand", "stone", 4.5), ("accent", "stone", 4.5), ("moss", "stone", 4.5))


@dataclass(frozen=True, slots=True)
class Ward:
    """One line of wards.csv. Degrees WGS84."""

    code: str
    name: str
    latitude: float
    longitude: float


def read_place(root: Path, problems: Problems) -> dict[str, Any]:
    """place.toml, checked."""
    path = root / "place.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.add("place.toml", 0, "", "is missing", "Add the file; docs/data.md says what it holds")
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        problems.add("place.toml", int(line[1]) if line else 0, "", f"cannot be read ({error})", "Correct that line")
        return {}
    for name in TEXTS:
        if not isinstance(values.get(name), str) or not values[name].strip():
            problems.add("place.toml", 0, name, "is missing or empty", f'Add a line such as {name} = "…"')
    for name, least, most in (("latitude", -90, 90), ("longitude", -180, 180)):
        value = values.get(name)
        if not isinstance(value, int | float) or not least <= value <= most:
            problems.add("place.toml", 0, name, "is not a number of degrees", f"Give a number from {least} to {most}")
    _check_colours(values.get("colours", {}), problems)
    return values


def _check_colours(colours: dict[str, str], problems: Problems) -> None:
    bad = [name for name in COLOURS if not re.fullmatch(r"#[0-9a-f]{6}", str(colours.get(name, "")))]
    for name in bad:
        problems.add(
            "place.toml", 0, f"colours.{name}", "is not a colour", 'Write six hexadecimal digits, such as "#7a2e1d"'
        )
    for front, back, least in PAIRS:
        if front in bad or back in bad:
            continue
        ratio = contrast(colours[front], colours[back])
        if ratio < least:
            message = f"has contrast {ratio:.1f} on {back}, and text needs {least:g}"
            problems.add("place.toml", 0, f"colours.{front}", message, "Make it darker")


def read_wards(root: Path, problems: Problems) -> list[Ward]:
    """wards.csv."""
    wards: dict[str, Ward] = {}
    for row in Table(root, "wards.csv", ["code", "name", "lat", "lon"], problems):
        ward = Ward(
            row.text("code", most=9),
            row.text("name", most=120),
            row.number("lat", least=-90, most=90),
            row.number("lon", least=-180, most=180),
        )
        if ward.code in wards:
            row.problem("code", f"{ward.code!r} is used twice", "Keep one line for each ward")
        wards[ward.code] = ward
    return list(wards.values())


def load_place(values: dict[str, Any], wards: list[Ward], *, digest: str, at: datetime) -> Place:
    """Write the place and its wards. A boundary that was imported for a ward is kept."""
    Place.objects.exclude(slug=values["slug"]).delete()
    place, _ = Place.objects.update_or_create(
        slug=values["slug"],
        defaults={"name": values["name"], "settings": values, "pack_digest": digest, "loaded_at": at},
    )
    for ward in wards:
        Area.objects.update_or_create(
            kind=Area.Kind.WARD,
            code=ward.code,
            defaults={
                "latitude": ward.latitude,
                "longitude": ward.longitude,
                "authority_code": values["authority_code"],
            },
            create_defaults={
                "name": ward.name,
                "latitude": ward.latitude,
                "longitude": ward.longitude,
                "authority_code": values["authority_code"],
            },
        )
    forget_place()
    return place


def load_files(files: dict[str, bytes]) -> None:
    """Keep the pack's files as they are, in place of those kept before."""
    PackFile.objects.all().delete()
    PackFile.objects.bulk_create(
        [PackFile(path=path, content=content) for path, content in files.items()], batch_size=100
    )


def held_files() -> dict[str, bytes]:
    """The files of the loaded pack by path; empty when none is loaded."""
    return {file.path: bytes(file.content) for file in PackFile.objects.order_by("path")}
