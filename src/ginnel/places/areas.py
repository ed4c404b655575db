"""Which area a postcode or a ward is, and what is published of it. Nothing here stores or logs what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from ginnel.places.models import Area, AreaLink, Baseline, Deprivation, Place, Postcode
from ginnel.places.queries import PlaceSettings, current_place
from ginnel.places.rules import LSOA_OF_INDEX, Shape, read_postcode
from ginnel.places.words import problem_in_words
from ginnel.sources.models import Source

NEWEST_INDEX = max(LSOA_OF_INDEX)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source in one line beside a figure."""

    title: str
    publisher: str
    edition: str

    def __str__(self) -> str:
        about = ", ".join(part for part in (self.publisher, self.edition) if part and part not in self.title)
        return f"{self.title} ({about})" if about else self.title


def note_of(source: Source) -> SourceNote:
    """The line for one source; its day where it has no edition."""
    return SourceNote(
        source.title, source.publisher, source.vintage or (f"{source.as_of:%-d %B %Y}" if source.as_of else "")
    )


@dataclass(frozen=True, slots=True)
class NamedArea:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Decile:
    """Place of one area in one edition of the indices: 1 is the most deprived tenth of England."""

    index_year: int
    area_code: str
    decile: int
    rank: int
    source: SourceNote


@dataclass(frozen=True, slots=True)
class BaselineTable:
    """How many people of each category live in one area."""

    table: str
    area_kind: str
    area_code: str
    year: int
    counts: dict[str, int]
    source: SourceNote

    @property
    def total(self) -> int:
        """Everybody counted; estimates give that as a category of its own, beside ages that overlap."""
        everybody = (count for category, count in self.counts.items() if category.casefold() == "all ages")
        return next(everybody, sum(self.counts.values()))


@dataclass(frozen=True, slots=True)
class WardFacts:
    """`areas` small areas of the ward have a decile in `index_year`, `most_deprived` of them are in decile 1."""

    ward: NamedArea
    latitude: float | None
    longitude: float | None
    areas: int
    most_deprived: int
    index_year: int
    residents: int | None
    residents_year: int | None
    sources: tuple[SourceNote, ...]


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What is published of the place a postcode lies in. Areas the table does not give are None."""

    postcode: str
    lsoa21: NamedArea | None
    lsoa11: NamedArea | None
    ward: NamedArea | None
    authority: NamedArea | None
    inside: bool
    latitude: float | None
    longitude: float | None
    deciles: tuple[Decile, ...]
    baselines: tuple[BaselineTable, ...]
    source: SourceNote

    @property
    def residents(self) -> BaselineTable | None:
        """Everybody who lives in the small area, by age: the fullest of the Census tables."""
        return next((one for one in self.baselines if one.table == "age" and one.area_kind == Area.Kind.LSOA21), None)


class Outcome(StrEnum):
    FOUND = "found"
    OUTSIDE = "outside"
    NOWHERE = "nowhere"
    UNKNOWN = "unknown"
    NO_TABLE = "no table"
    NOT_READ = "not read"


@dataclass(frozen=True, slots=True)
class Lookup:
    """`words` says what came out, and where nothing did, what to do. `facts` are there for FOUND, OUTSIDE and NOWHERE."""

    outcome: Outcome
    words: str
    facts: AreaFacts | None = None


@sensitive_variables()
def look_up(postcode: str) -> Lookup:
    """Where a postcode lies, in at most five queries. Only the table decides: its first letters say nothing."""
    place = current_place()
    reading = read_postcode(postcode)
    if reading.shape != Shape.FULL:
        return Lookup(Outcome.NOT_READ, problem_in_words(reading))
    row = Postcode.objects.select_related("source").filter(pk=reading.postcode).first()
    if row is None:
        if not has_postcodes():
            return Lookup(Outcome.NO_TABLE, _("We hold no list of postcodes here yet. Choose a ward instead."))
        words = _(
            "%(postcode)s is not in our list. It may be new, or from somewhere else. Check it, or choose a ward instead."
        )
        return Lookup(Outcome.UNKNOWN, words % {"postcode": reading.spaced})
    facts = _facts(row, place)
    if row.latitude is None and not row.ward:
        words = _("%(postcode)s is a real postcode, but the list does not say where it is. Choose a ward instead.")
        return Lookup(Outcome.NOWHERE, words % {"postcode": reading.spaced}, facts)
    if not facts.inside:
        words = _("That postcode is not %(place)s. We can still help.")
        if facts.authority and facts.authority.name:
            words = _("That postcode is in %(authority)s, not %(place)s. We can still help.")
        named = {"place": place.in_place, "authority": facts.authority.name if facts.authority else ""}
        return Lookup(Outcome.OUTSIDE, words % named, facts)
    return Lookup(Outcome.FOUND, "", facts)


@sensitive_variables()
def area_of(postcode: str) -> AreaFacts | None:
    """What is published of a postcode's area; None where the table does not have it. `look_up` says why."""
    return look_up(postcode).facts


def has_postcodes() -> bool:
    """Whether a table of postcodes has been imported."""
    return Postcode.objects.exists()


def pack_loaded_at() -> datetime | None:
    """When the place pack was last loaded: the day of what it names."""
    return Place.objects.order_by("pk").values_list("loaded_at", flat=True).first()


def wards_of_place() -> list[NamedArea]:
    """The place's wards, by name."""
    wards = Area.objects.filter(kind=Area.Kind.WARD, authority_code__in=authority_codes(current_place()))
    return [NamedArea(*row) for row in wards.order_by("name").values_list("code", "name")]


@sensitive_variables()
def wards_of_outward(outward: str) -> list[NamedArea]:
    """The place's wards where postcodes begin so (`LS9`, not `LS97`), the one with most of them first."""
    codes = (
        Postcode.objects.annotate(letters=Length("postcode"))
        .filter(
            postcode__startswith=outward, letters=len(outward) + 3, authority_code__in=authority_codes(current_place())
        )
        .exclude(ward="")
        .values("ward")
        .annotate(many=Count("pk"))
        .order_by("-many", "ward")
        .values_list("ward", flat=True)
    )
    order = list(codes)
    names = dict(Area.objects.filter(kind=Area.Kind.WARD, code__in=order).values_list("code", "name"))
    return [NamedArea(code, names[code]) for code in order if code in names]


def ward_facts(code: str, *, index_year: int = NEWEST_INDEX) -> WardFacts | None:
    """A ward of the place with its small areas and residents, in at most four queries; None if there is no such ward."""
    wanted = authority_codes(current_place())
    ward = Area.objects.filter(kind=Area.Kind.WARD, code=code, authority_code__in=wanted).first()
    if ward is None:
        return None
    links = AreaLink.objects.filter(from_kind=LSOA_OF_INDEX[index_year], to_kind=Area.Kind.WARD, to_code=code)
    by_vintage: dict[str, list[str]] = {}
    for vintage, small in links.values_list("vintage", "from_code"):
        by_vintage.setdefault(vintage, []).append(small)
    inside = by_vintage[max(by_vintage)] if by_vintage else []
    ranks = list(Deprivation.objects.filter(index_year=index_year, area_code__in=inside).select_related("source"))
    people = (
        Baseline.objects.filter(area_kind=Area.Kind.WARD, area_code=code, table="population_estimate")
        .filter(category__iexact="all ages")
        .select_related("source")
        .order_by("-year")
        .first()
    )
    sources = [note_of(ranks[0].source)] if ranks else []
    sources += [note_of(people.source)] if people else []
    return WardFacts(
        NamedArea(ward.code, ward.name),
        ward.latitude,
        ward.longitude,
        areas=len(ranks),
        most_deprived=sum(row.decile == 1 for row in ranks),
        index_year=index_year,
        residents=people.count if people else None,
        residents_year=people.year if people else None,
        sources=tuple(sources),
    )


def authority_codes(place: PlaceSettings) -> list[str]:
    """Codes of the authority, or authorities, the place is: parted by commas or spaces in the pack."""
    return place.authority_code.replace(",", " ").replace(";", " ").split()


def _facts(row: Postcode, place: PlaceSettings) -> AreaFacts:
    codes = {"lsoa21": row.lsoa21, "lsoa11": row.lsoa11, "ward": row.ward, "authority": row.authority_code}
    held = Area.objects.filter(_any(Q(kind=kind, code=code) for kind, code in codes.items() if code))
    names = {(kind, code): name for kind, code, name in held.values_list("kind", "code", "name")}
    areas = {kind: NamedArea(code, names.get((kind, code), "")) if code else None for kind, code in codes.items()}
    wanted = authority_codes(place)
    return AreaFacts(
        str(row),
        **areas,
        inside=row.authority_code in wanted if wanted else bool(row.authority_code),
        latitude=row.latitude,
        longitude=row.longitude,
        deciles=_deciles(codes),
        baselines=_baselines({Area.Kind.LSOA21: row.lsoa21, Area.Kind.WARD: row.ward}),
        source=note_of(row.source),
    )


def _any(conditions: Iterable[Q]) -> Q:
    """One of these; nothing at all where there are none."""
    joined = Q(pk__in=[])
    for condition in conditions:
        joined |= condition
    return joined


def _deciles(codes: dict[str, str]) -> tuple[Decile, ...]:
    """Each edition by the areas it was made for, newest first."""
    wanted = _any(Q(index_year=year, area_code=codes[kind]) for year, kind in LSOA_OF_INDEX.items() if codes[kind])
    rows = Deprivation.objects.filter(wanted).select_related("source").order_by("-index_year")
    return tuple(Decile(row.index_year, row.area_code, row.decile, row.rank, note_of(row.source)) for row in rows)


def _baselines(codes: dict[Area.Kind, str]) -> tuple[BaselineTable, ...]:
    wanted = _any(Q(area_kind=kind, area_code=code) for kind, code in codes.items() if code)
    found: dict[tuple[str, str, str, int], BaselineTable] = {}
    rows = Baseline.objects.filter(wanted).select_related("source")
    for row in rows.order_by("area_kind", "table", "-year", "category"):
        key = (row.table, row.area_kind, row.area_code, row.year)
        table = found.setdefault(key, BaselineTable(*key, {}, note_of(row.source)))
        table.counts[row.category] = row.count
    return tuple(found.values())
