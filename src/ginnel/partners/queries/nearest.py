"""Organisations near a point."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from urllib.parse import urlsplit

from django.db.models import F, FloatField, OuterRef, Subquery, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce, Replace, Upper

from ginnel.partners.models import Organisation
from ginnel.places.areas import SourceNote, note_of
from ginnel.places.models import Postcode
from ginnel.places.rules import distance_km

# As the place pack and the publishers' lists name them.
LEARNING_KINDS = (
    "college",
    "university",
    "Further education",
    "Higher education institutions",
    "Sixth form centres",
    "Special post 16 institution",
    "University technical college",
    "Free schools 16 to 19",
    "Academy 16-19 converter",
    "Academy 16 to 19 sponsor led",
)
GP_KINDS = ("GP practice",)
_KIND_NAMES = {
    "nhs-trust": "NHS trust",
    "icb": "NHS board that plans care",
    "gp-confederation": "GP practices together",
    "Further education": "College",
    "college": "College",
    "university": "University",
    "Higher education institutions": "University",
    "Special post 16 institution": "College for young people with special needs",
    "University technical college": "Technical college, from age 14",
    "Free schools 16 to 19": "Sixth form college",
    "Sixth form centres": "Sixth form college",
    "Academy 16-19 converter": "Sixth form college",
    "Academy 16 to 19 sponsor led": "Sixth form college",
}


@dataclass(frozen=True, slots=True)
class NearOrganisation:
    """An open organisation and how far its main address is, in a straight line. Unit: km."""

    name: str
    kind: str
    website: str
    address: str
    postcode: str
    km: float
    from_pack: bool
    source: SourceNote | None

    @property
    def kind_name(self) -> str:
        """What it is, in words for a resident."""
        plain = self.kind.replace("-", " ")
        return _KIND_NAMES.get(self.kind) or plain[:1].upper() + plain[1:]


def nearest(
    latitude: float,
    longitude: float,
    kinds: Collection[str] | None = None,
    most: int = 10,
    *,
    without: Collection[str] = (),
    origins: Collection[str] | None = None,
) -> list[NearOrganisation]:
    """
    Open organisations nearest to a point (degrees WGS84), nearest first. One query.

    An organisation without coordinates is put where its postcode is, if the table has it, and is left out if not. One that is
    named both in the place pack and in a publisher's list is shown once, as the pack has it.
    """
    found = Organisation.objects.public().select_related("source")
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    if origins is not None:
        found = found.filter(origin__in=origins)
    found = found.exclude(kind__in=without) if without else found
    own = Postcode.objects.filter(postcode=Upper(Replace(OuterRef("postcode"), Value(" "), Value(""))))
    found = found.annotate(
        north=Coalesce("latitude", Subquery(own.values("latitude")[:1])),
        east=Coalesce("longitude", Subquery(own.values("longitude")[:1])),
    ).filter(north__isnull=False, east__isnull=False)
    # On a flat map for the order, which every database can work out; the true distance of the few it finds follows.
    narrower = cos(radians(latitude))
    north, east = F("north") - latitude, (F("east") - longitude) * narrower
    found = found.annotate(apart=ExpressionWrapper(north * north + east * east, output_field=FloatField()))
    rows = [
        (distance_km(latitude, longitude, row.north, row.east), row)
        for row in found.order_by("apart", "name", "pk")[: most * 2 + 10]
    ]
    rows.sort(key=lambda pair: (pair[0], pair[1].name, pair[1].pk))
    return [_near(row, km) for km, row in _each_once(rows)][:most]


def _each_once(rows: Sequence[tuple[float, Organisation]]) -> Iterator[tuple[float, Organisation]]:
    """Leaves out what a publisher lists and the pack names too: the same website or the same name."""
    named = {key for _, row in rows if row.origin == Organisation.Origin.PACK for key in _keys(row)}
    for km, row in rows:
        if row.origin == Organisation.Origin.PACK or named.isdisjoint(_keys(row)):
            yield km, row


def _keys(row: Organisation) -> set[str]:
    host = (urlsplit(row.website).hostname or "").removeprefix("www.")
    return {key for key in (host, row.name.casefold().removeprefix("the ")) if key}


def _near(row: Organisation, km: float) -> NearOrganisation:
    return NearOrganisation(
        row.name,
        row.kind,
        row.website,
        row.address,
        row.postcode,
        km,
        from_pack=row.origin == Organisation.Origin.PACK,
        source=note_of(row.source) if row.source else None,
    )
