"""What an organisation says of itself, and the places where it works."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.models import Organisation, Site
from ginnel.partners.own_words import say_own
from ginnel.partners.permissions import Act, may
from ginnel.partners.resolver import learn_name
from ginnel.places.models import Postcode

NAME_IS_CHECKED = "Its name is checked when it joins: ask who looks after the partnership to change it"
CHANGEABLE = frozenset(
    ("kind", "size", "about", "website", "postcode", "ods_code", "ukprn", "cqc_number", "charity_number")
)


@transaction.atomic
def change_details(organisation: Organisation, details: dict[str, Any], *, by: User, at: datetime) -> list[str]:
    """
    Say something else of an organisation. Returns the names of the fields that changed; nothing is recorded if none did.

    What changed is the organisation's own word from then on: no import changes it any more. A former name is still known.

    :raises ValueError: for a field that is not theirs to change: the name is for those who decide which organisations join.
    """
    if "name" in details and not may(by, Act.DECIDE_JOINING):
        raise ValueError(NAME_IS_CHECKED)
    if unknown := set(details) - CHANGEABLE - {"name"}:
        raise ValueError(f"not to be changed here: {', '.join(sorted(unknown))}")
    changed = sorted(name for name, value in details.items() if getattr(organisation, name) != value)
    if changed:
        if "name" in changed:
            learn_name(organisation, organisation.name, by=by, at=at)
        moved = _coordinates(details["postcode"]) if "postcode" in changed else {}
        for name, value in {**{name: details[name] for name in changed}, **moved}.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=[*changed, *moved])
        say_own(organisation, [*changed, *moved], at=at)
        record_event(
            "partners.details.changed",
            by=by,
            about=organisation,
            at=at,
            organisation=organisation.pk,
            fields=" ".join(changed),
        )
    return changed


def _coordinates(postcode: str) -> dict[str, float | None]:
    """Where a postcode lies, for the organisation's place on lists of what is near; nothing where we do not know it."""
    found = Postcode.objects.filter(postcode=postcode.replace(" ", ""), latitude__isnull=False).first()
    return {"latitude": found.latitude, "longitude": found.longitude} if found else {}


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
