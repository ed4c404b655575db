"""Who lives where in the place: what the share of people reached is held against."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, Sum

from ginnel.places.areas import NEWEST_INDEX, SourceNote, authority_codes, note_of
from ginnel.places.models import Area, AreaLink, Baseline, Deprivation
from ginnel.places.queries import current_place
from ginnel.places.rules import LSOA_OF_INDEX
from ginnel.sources.models import Source

# Tables that count every resident once, the one to be used first. Publishers perturb them, so their sums differ by tens.
EVERYBODY = ("age", "ethnicity", "disability", "religion")


@dataclass(frozen=True, slots=True)
class ReachBaseline:
    """
    Areas and residents of the place by deprivation decile (1 = most deprived) in one index year.

    `residents` is None where no table counts people in the areas of that index; `without_decile` counts areas of the
    place that the index does not have.
    """

    index_year: int
    areas: dict[int, int]
    without_decile: int
    residents: dict[int, int] | None
    residents_table: str
    residents_year: int | None
    sources: tuple[SourceNote, ...]

    @property
    def all_areas(self) -> int:
        return sum(self.areas.values())

    @property
    def all_residents(self) -> int | None:
        return sum(self.residents.values()) if self.residents else None

    def share_of_residents(self, decile: int = 1) -> float | None:
        """Share of the place's residents who live in areas of a decile, from 0 to 1."""
        everybody = self.all_residents
        return self.residents[decile] / everybody if self.residents and everybody else None


def reach_baseline(index_year: int = NEWEST_INDEX) -> ReachBaseline | None:
    """
    The place's areas and residents by decile, in five queries; None where the areas or the index are not imported.

    :raises ValueError: for a year that has no index.
    """
    if index_year not in LSOA_OF_INDEX:
        known = " and ".join(str(year) for year in LSOA_OF_INDEX)
        raise ValueError(f"there are indices of {known}, not of {index_year}")
    kind = LSOA_OF_INDEX[index_year]
    wanted = authority_codes(current_place())
    inside = set(Area.objects.filter(kind=kind, authority_code__in=wanted).values_list("code", flat=True))
    if not inside:
        links = AreaLink.objects.filter(from_kind=kind, to_kind=Area.Kind.AUTHORITY, to_code__in=wanted)
        inside = set(links.values_list("from_code", flat=True))
    deciles = Deprivation.objects.filter(index_year=index_year, area_code__in=inside)
    decile_of = dict(deciles.values_list("area_code", "decile"))
    if not decile_of:
        return None
    areas = Counter(decile_of.values())
    table, year, people = _people(kind, inside)
    residents = None
    if people:
        residents = dict.fromkeys(range(1, 11), 0)
        for code, decile in decile_of.items():
            residents[decile] += people.get(code, 0)
    return ReachBaseline(
        index_year,
        {decile: areas[decile] for decile in range(1, 11)},
        without_decile=len(inside) - len(decile_of),
        residents=residents,
        residents_table=table,
        residents_year=year,
        sources=_sources(index_year, kind, table, year),
    )


def _people(kind: str, inside: set[str]) -> tuple[str, int | None, dict[str, int]]:
    """The first table that counts everybody in these areas: its name, year, and residents by area."""
    rows = Baseline.objects.filter(table__in=EVERYBODY, area_kind=kind, area_code__in=inside)
    found: dict[tuple[str, int], dict[str, int]] = {}
    for table, year, code, people in rows.values_list("table", "year", "area_code").annotate(people=Sum("count")):
        found.setdefault((table, year), {})[code] = people
    if not found:
        return "", None, {}
    table, year = min(found, key=lambda key: (EVERYBODY.index(key[0]), -key[1]))
    return table, year, found[table, year]


def _sources(index_year: int, kind: str, table: str, year: int | None) -> tuple[SourceNote, ...]:
    index = Deprivation.objects.filter(index_year=index_year).values("source")[:1]
    people = Baseline.objects.filter(table=table, area_kind=kind, year=year or 0).values("source")[:1]
    return tuple(
        note_of(source) for source in Source.objects.filter(Q(pk__in=index) | Q(pk__in=people)).order_by("slug")
    )
