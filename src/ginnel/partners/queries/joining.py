"""Who takes part, and which public record an organisation that asks may be."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from ginnel.partners.models import KINDS, Organisation


def kinds_of_partners() -> list[tuple[str, str, int]]:
    """Kinds among the partners: code, words, how many; in the order of the words."""
    rows = Organisation.objects.partners().values_list("kind").annotate(many=Count("pk"))
    return sorted(((kind, KINDS.get(kind, kind), many) for kind, many in rows), key=lambda row: row[1])


def listed_as(details: Mapping[str, Any]) -> Organisation | None:
    """
    The public record of an organisation that nobody looks after here yet: the only one with its code, number or very name.

    Two that fit are none: a person decides.
    """
    same = Q(name__iexact=details["name"].strip())
    if details.get("ods_code"):
        same |= Q(ods_code__iexact=details["ods_code"])
    if details.get("ukprn"):
        same |= Q(ukprn=details["ukprn"])
    found = list(Organisation.objects.public().filter(same, status=Organisation.Status.LISTED)[:2])
    return found[0] if len(found) == 1 else None
