"""What is said of an organisation, and the places where it works."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.models import Organisation, Site

CHANGEABLE = frozenset(
    ("kind", "size", "about", "website", "postcode", "ods_code", "ukprn", "cqc_number", "charity_number")
)


@transaction.atomic
def change_details(organisation: Organisation, details: dict[str, Any], *, by: User, at: datetime) -> list[str]:
    """
    Say something else of an organisation. Returns the names of the fields that changed; nothing is recorded if none did.

    :raises ValueError: for a field that is not its administrators' to change (its name is checked when it joins).
    """
    if unknown := set(details) - CHANGEABLE:
        raise ValueError(f"not to be changed here: {', '.join(sorted(unknown))}")
    changed = sorted(name for name, value in details.items() if getattr(organisation, name) != value)
    if changed:
        for name in changed:
            setattr(organisation, name, details[name])
        organisation.save(update_fields=changed)
        record_event(
            "partners.details.changed",
            by=by,
            about=organisation,
            at=at,
            organisation=organisation.pk,
            fields=" ".join(changed),
        )
    return changed


@transaction.atomic
def add_site(organisation: Organisation, name: str, postcode: str, *, by: User, at: datetime) -> Site:
    """Add a place, or put its postcode right if there is one of this name."""
    site, _ = Site.objects.update_or_create(
        organisation=organisation, name=name.strip(), defaults={"postcode": postcode}
    )
    record_event("partners.site.added", by=by, about=site, at=at, organisation=organisation.pk)
    return site


@transaction.atomic
def remove_site(site: Site, *, by: User, at: datetime) -> None:
    """Take a place off the list. Taking it off twice changes nothing."""
    record_event("partners.site.removed", by=by, about=site, at=at, organisation=site.organisation_id)
    Site.objects.filter(pk=site.pk).delete()
