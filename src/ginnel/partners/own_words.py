"""What organisations say of themselves stands against what publishers, the place pack and others' files say of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from ginnel.partners.models import Organisation, OwnWord
from ginnel.partners.resolver import learn_names

Own = dict[int, frozenset[str]]

LABELS = {"ods_code": "ODS code", "ukprn": "UKPRN", "cqc_number": "CQC number"}


def say_own(organisation: Organisation, fields: Collection[str], *, at: datetime) -> None:
    """From now on these fields are the organisation's own. Two statements at most."""
    rows = [OwnWord(organisation=organisation, field=field, said_at=at) for field in sorted(fields)]
    OwnWord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation", "field"], update_fields=["said_at"]
    )


def own_words(organisations: Q) -> Own:
    """The fields that organisations have said themselves, by organisation. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    chosen = OwnWord.objects.filter(organisation__in=Organisation.objects.filter(organisations))
    for pk, field in chosen.values_list("organisation_id", "field"):
        found[pk].add(field)
    return {pk: frozenset(fields) for pk, fields in found.items()}


def hear(said: Iterable[tuple[int, Mapping[str, Any]]], *, at: datetime) -> None:
    """What others say where an organisation has its own word: a name is learned as one it is known by. Two queries."""
    learn_names([(pk, values["name"]) for pk, values in said if values.get("name")], by=None, at=at)


def in_words(name: str, fields: Iterable[str]) -> str:
    """`Bramble House (name, website)`. Coordinates go with the postcode and are not named beside it."""
    named = [field for field in sorted(fields) if field not in {"latitude", "longitude"}] or ["postcode"]
    return f"{name} ({', '.join(LABELS.get(field, field.replace('_', ' ')) for field in named)})"
