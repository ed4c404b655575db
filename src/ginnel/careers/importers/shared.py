"""The sheets that several careers importers fill."""

from collections.abc import Callable
from typing import Any

from ginnel.careers.models import Occupation, OccupationFacet
from ginnel.sources.importing import Run
from ginnel.sources.models import ReferenceEntry
from ginnel.sources.upsert import Key, Sheet


def occupation_sheet(run: Run, scheme: str) -> Sheet:
    """Occupations of one published list."""
    return run.sheet(
        f"{scheme} occupations",
        Occupation,
        ("code",),
        ("title", "description"),
        10,
        scope={"scheme": scheme},
        fixed={"scheme": scheme},
    )


def facet_sheet(run: Run, scheme: str, kind: str) -> Sheet:
    """One kind of facet of one list's occupations."""
    return run.sheet(
        f"{scheme} {kind}",
        OccupationFacet,
        ("occupation__code",),
        ("data",),
        20,
        scope={"occupation__scheme": scheme, "kind": kind},
        fixed={"kind": kind},
        resolve=lambda: _occupation_ids(scheme),
    )


def _occupation_ids(scheme: str) -> Callable[[Key], dict[str, Any]]:
    ids = dict(Occupation.objects.filter(scheme=scheme).values_list("code", "pk"))
    return lambda key: {"occupation_id": ids[key[0]]}


def known_occupations(run: Run, *schemes: str) -> dict[str, str]:
    """
    Codes this run's files list, or, where it has no such file, those held.

    Each maps to itself: a hundred thousand relations then share one copy of each text.
    """

    def find() -> dict[str, str]:
        codes: dict[str, str] = {}
        for scheme in schemes:
            sheet = run.sheets.get(f"{scheme} occupations")
            found = (
                [key[0] for key in sheet.rows]
                if sheet
                else Occupation.objects.filter(scheme=scheme).values_list("code", flat=True)
            )
            codes.update((code, code) for code in found)
        return codes

    return run.once(f"known {' '.join(schemes)}", find)


def reference_sheet(run: Run, table: str) -> Sheet:
    """One small reference table."""
    return run.sheet(
        table, ReferenceEntry, ("code",), ("title", "data"), 5, scope={"table": table}, fixed={"table": table}
    )


def lines(text: str, separator: str = "\n") -> list[str]:
    """The parts of a cell, stripped, without empty ones and repeats, in order."""
    return list(dict.fromkeys(part for raw in text.split(separator) if (part := raw.strip())))
