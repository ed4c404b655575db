"""An invented town: one authority, two wards, three small areas, five postcodes. No row of it is anybody's data."""

from dataclasses import dataclass

from django.utils import timezone

from ginnel.places.models import Area, AreaLink, Baseline, Deprivation, Place, Postcode
from ginnel.places.queries import PlaceSettings, current_place, forget_place
from ginnel.sources.models import Source

TOWN, ELSEWHERE = "E06000001", "E06000002"
MILL, BROOK = "E05000001", "E05000002"


@dataclass(frozen=True, slots=True)
class Town:
    source: Source

    def place(self) -> PlaceSettings:
        """The place, read once, so that a count of queries does not see it."""
        return current_place()


def build_town() -> Town:
    """Everything imported."""
    Place.objects.all().delete()
    Place.objects.create(
        slug="town",
        name="Town",
        settings={"slug": "town", "name": "Town", "in_place": "in Town", "authority_code": TOWN},
        pack_digest="0",
        loaded_at=timezone.now(),
    )
    forget_place()
    census = _source("town-census", "Census of Town", "2021")
    index = _source("town-index", "Index of Town", "2025")
    areas = [
        ("authority", TOWN, "Town", TOWN),
        ("authority", ELSEWHERE, "Elsewhere", ELSEWHERE),
        ("ward", MILL, "Mill", TOWN),
        ("ward", BROOK, "Brook", TOWN),
        ("ward", "E05000009", "Far", ELSEWHERE),
        *(("lsoa21", f"E0100000{n}", f"Town 00{n}A", TOWN) for n in (1, 2, 3)),
        ("lsoa11", "E01900001", "Town 001", TOWN),
    ]
    for kind, code, name, authority in areas:
        Area.objects.create(
            kind=kind, code=code, name=name, authority_code=authority, latitude=53.8, longitude=-1.55, source=census
        )
    for small, ward in (("E01000001", MILL), ("E01000002", MILL), ("E01000003", BROOK)):
        _link(small, "ward", ward, index)
    for small in ("E01000001", "E01000002"):
        _link(small, "authority", TOWN, index)
    for code, decile in (("E01000001", 1), ("E01000002", 5), ("E01000003", 10)):
        Deprivation.objects.create(index_year=2025, area_code=code, decile=decile, rank=decile * 3000, source=index)
    Deprivation.objects.create(index_year=2019, area_code="E01900001", decile=4, rank=12000, source=index)
    for code in ("E01000001", "E01000002", "E01000003"):
        _count("age", "lsoa21", code, "Aged 16 to 24 years", 500, 2021, census)
        _count("age", "lsoa21", code, "Aged 25 years and over", 1000, 2021, census)
    _count("population_estimate", "ward", MILL, "All Ages", 3100, 2022, census)
    _count("population_estimate", "ward", MILL, "Age 16", 40, 2022, census)
    _postcode("AB11AA", "E01000001", "E01900001", MILL, TOWN, index)
    _postcode("AB11AB", "E01000002", "", MILL, TOWN, index)
    _postcode("AB12AA", "E01000003", "", BROOK, TOWN, index)
    _postcode("CD11AA", "E01000003", "", BROOK, TOWN, index)
    _postcode("AB99AA", "", "", "", ELSEWHERE, index)
    Postcode.objects.create(postcode="AB19ZZ", source=index)
    return Town(census)


def _source(slug: str, title: str, vintage: str) -> Source:
    return Source.objects.create(slug=slug, title=title, publisher="Office of Towns", vintage=vintage, kind="imported")


def _link(small: str, kind: str, code: str, source: Source) -> None:
    AreaLink.objects.create(
        from_kind="lsoa21", from_code=small, to_kind=kind, to_code=code, vintage="2024", source=source
    )


def _count(table: str, kind: str, code: str, category: str, count: int, year: int, source: Source) -> None:
    Baseline.objects.create(
        table=table, area_kind=kind, area_code=code, category=category, count=count, year=year, source=source
    )


def _postcode(postcode: str, lsoa21: str, lsoa11: str, ward: str, authority: str, source: Source) -> None:
    Postcode.objects.create(
        postcode=postcode,
        lsoa21=lsoa21,
        lsoa11=lsoa11,
        ward=ward,
        authority_code=authority,
        latitude=53.8,
        longitude=-1.55,
        source=source,
    )
