"""
Which areas an installation keeps, and which authority an area lies in.

A national table of small areas is kept only for the authority of the loaded place pack. With no pack loaded, all is
kept. What a file is complete for follows from the authorities of its own rows: a Leeds cut says nothing of Bradford.
"""

import re

from ginnel.places.models import Area, AreaLink
from ginnel.places.queries import current_place, forget_place
from ginnel.sources.importing import Run

CODE = re.compile(r"[EW]\d{8}")
KINDS = {"01": "lsoa", "02": Area.Kind.MSOA21, "05": Area.Kind.WARD}
OUTSIDE = "outside the place's authority"


def authorities(run: Run) -> frozenset[str]:
    """Codes of the loaded place's authority; empty where no pack is loaded."""

    def find() -> frozenset[str]:
        forget_place()
        return frozenset(code for code in re.split(r"[,; ]+", current_place().authority_code) if code)

    return run.once("authorities", find)


def kind_of(code: str, lsoa: str = Area.Kind.LSOA21) -> str:
    """The kind of area a code is, by its first letters; empty for regions, countries and anything else."""
    if not CODE.fullmatch(code):
        return ""
    if code[1:3] in {"06", "07", "08", "09"}:
        return Area.Kind.AUTHORITY
    kind = KINDS.get(code[1:3], "")
    return lsoa if kind == "lsoa" else kind


def authority_of(run: Run) -> dict[str, str]:
    """Authority by area code, from this run's boundaries and lookups and from those held."""

    def find() -> dict[str, str]:
        found = dict(Area.objects.exclude(authority_code="").values_list("code", "authority_code"))
        links = AreaLink.objects.filter(to_kind=Area.Kind.AUTHORITY)
        found.update(links.values_list("from_code", "to_code"))
        for sheet in run.sheets.values():
            if sheet.model is Area:
                found.update((key[0], values[1]) for key, values in sheet.rows.items() if values[1])
            elif sheet.model is AreaLink and sheet.scope["to_kind"] == Area.Kind.AUTHORITY:
                found.update(sheet.rows.keys())
        return found

    return run.once("authority of areas", find)


def is_wanted(run: Run, code: str, authority: str = "") -> bool:
    """Whether an area lies in the place. Where nothing is known of any area of its kind, it is taken."""
    wanted = authorities(run)
    if not wanted:
        return True
    found = authority or authority_of(run).get(code, "")
    if found:
        return found in wanted
    known: set[str] = run.once("known beginnings", lambda: {area[:3] for area in authority_of(run)})
    return code[:3] not in known
