"""Reads of the place."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError

from ginnel.places.models import Place

_KEPT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class PlaceSettings:
    """What every page needs to know of its place. The defaults serve an installation with no pack loaded yet."""

    slug: str = ""
    name: str = "your place"
    in_place: str = "near you"
    site_name: str = "Ginnel"
    partnership: str = "the partnership"
    strapline: str = "Find your way into health and care"
    authority_code: str = ""
    latitude: float = 52.5
    longitude: float = -1.5
    postcode_areas: tuple[str, ...] = ()
    help_name: str = "the team"
    help_email: str = ""
    help_phone: str = ""
    pay_note: str = ""
    pack_digest: str = ""
    colours: dict[str, str] = field(default_factory=dict)

    @property
    def loaded(self) -> bool:
        """Whether a place pack has been loaded."""
        return bool(self.slug)


_kept: tuple[float, PlaceSettings] | None = None


def current_place() -> PlaceSettings:
    """The place in use. Kept for half a minute in each process: it is on every page and changes when a pack is loaded."""
    global _kept
    if _kept and time.monotonic() - _kept[0] < _KEPT_SECONDS:
        return _kept[1]
    try:
        row = Place.objects.order_by("pk").first()
    except DatabaseError:  # before the first migration an error page must still render
        return PlaceSettings()
    found = _from_row(row.settings, row.pack_digest) if row else PlaceSettings()
    _kept = (time.monotonic(), found)
    return found


def forget_place() -> None:
    """Read the place afresh at the next request of this process."""
    global _kept
    _kept = None


def _from_row(values: dict[str, Any], digest: str) -> PlaceSettings:
    known = {key: value for key, value in values.items() if key in PlaceSettings.__dataclass_fields__}
    known["postcode_areas"] = tuple(values.get("postcode_areas", ()))
    return PlaceSettings(**known, pack_digest=digest)
