"""Boundaries, lookups, deprivation, postcodes and Census tables: small invented files in the publishers' columns."""

import json
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import Workbook

from ginnel.places.importers import IMPORTERS
from ginnel.places.models import Area, AreaLink, Baseline, Deprivation, Place, Postcode
from ginnel.sources.importing import run_import
from ginnel.sources.report import Report

pytestmark = pytest.mark.django_db

HERE, THERE = "E08000901", "E08000902"
A, B, C = "E01000901", "E01000902", "E01000903"  # A and B lie here, C there


@pytest.fixture
def place() -> None:
    Place.objects.all().delete()
    facts = {"authority_code": HERE, "name": "Here", "slug": "here"}
    Place.objects.create(slug="here", name="Here", settings=facts, pack_digest="-", loaded_at=timezone.now())


@pytest.fixture
def bring_in(tmp_path: Path):
    def run(*texts: str, **options: bool) -> Report:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return run_import(paths, IMPORTERS, at=timezone.now(), **options)

    return run


def geojson(*codes: str, shift: float = 0.0, **more: object) -> str:
    square = [[-1.5, 53.8], [-1.4999999, 53.8], [-1.4, 53.8], [-1.4, 53.9], [-1.5, 53.9], [-1.5, 53.8]]
    ring = [[x + shift + 1e-9, y] for x, y in square]
    features = [
        {
            "type": "Feature",
            "properties": {"FID": 1, "LSOA21CD": code, "LSOA21NM": f"Town {code[-1]}", "LADCD_ACTIVE": HERE} | more,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code in codes
    ]
    frame = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    return json.dumps({"type": "FeatureCollection", "crs": frame, "features": features})


LOOKUP = f"""lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code
Town 1,{A},Mill,E05000901,Here,{HERE}
Town 2,{B},Mill,E05000901,Here,{HERE}
City 1,{C},Dock,E05000902,There,{THERE}
"""
IMD = "lsoa21_code,IMD_decile,Income_decile,IMD_rank,IMD_score\n"
IMD_ROWS = f"{A},1,2,100,80.5\n{B},10,9,33700,1.5\n"


def test_boundaries_are_rounded_and_centred(bring_in):
    bring_in(geojson(A))
    area = Area.objects.get()
    assert (area.kind, area.code, area.name, area.authority_code) == ("lsoa21", A, "Town 1", HERE)
    assert area.boundary["coordinates"][0] == [[-1.5, 53.8], [-1.4, 53.8], [-1.4, 53.9], [-1.5, 53.9], [-1.5, 53.8]]
    assert (area.latitude, area.longitude) == (pytest.approx(53.85), pytest.approx(-1.45))


def test_a_wards_outline_is_not_taken_for_its_authoritys(bring_in):
    text = geojson(A).replace("LSOA21", "WD25").replace(A, "E05000901").replace("LADCD_ACTIVE", "LAD25CD")
    bring_in(text.replace('"FID": 1', '"FID": 1, "LAD25NM": "Here"'))
    assert list(Area.objects.values_list("kind", "code", "authority_code")) == [("ward", "E05000901", HERE)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (geojson(A, B)[:-200], "The GeoJSON ends or breaks here"),
        (geojson(A, shift=430_000), "is not in Britain in degrees. Choose GeoJSON in WGS84"),
        (geojson("X"), "'X' is not the code of such an area"),
        (geojson(A, A), "is there twice"),
        (geojson(A).replace('"Polygon"', '"Point"'), "It has no polygon"),
    ],
)
def test_bad_boundaries_have_clear_errors(bring_in, text, words):
    assert words in str(bring_in(text).problems[0])
    assert not Area.objects.exists()


def test_another_authoritys_areas_are_left_out_and_counted(bring_in, place):
    report = bring_in(LOOKUP, geojson(C, LADCD_ACTIVE=THERE))
    assert {file.importer: sum(file.left_out.values()) for file in report.files} == {
        "areas.lookup": 1,
        "boundaries.lsoa21": 1,
    }
    assert set(AreaLink.objects.filter(to_kind="ward").values_list("from_code", "to_code", "vintage")) == {
        (A, "E05000901", "2024"),
        (B, "E05000901", "2024"),
    }


def test_with_no_place_loaded_every_area_is_kept(bring_in):
    Place.objects.all().delete()
    bring_in(LOOKUP)
    assert AreaLink.objects.filter(from_kind="lsoa21", to_kind="ward").count() == 3


def test_split_areas_have_two_links_and_a_repeated_row_is_refused(bring_in):
    text = (
        f"lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code,ltla22_name,ltla22_code\nT,{A},S,T,{B},H,{HERE}\n"
    )
    assert bring_in(text + f"T,{A},S,T,{C},H,{HERE}\n").saved
    assert AreaLink.objects.filter(from_kind="lsoa11", to_kind="lsoa21").count() == 2
    assert "is there twice" in str(bring_in(text + text.splitlines()[1] + "\n").problems[0])


def test_deprivation_is_stored_by_year(bring_in):
    bring_in(IMD + IMD_ROWS)
    row = Deprivation.objects.get(area_code=A)
    assert (row.index_year, row.decile, row.rank, row.score, row.domains) == (2025, 1, 100, 80.5, {"income": 2})


def test_a_cut_of_one_authority_does_not_delete_the_others(bring_in):
    bring_in(LOOKUP, IMD + IMD_ROWS + f"{C},5,5,16000,20\n")
    report = bring_in(IMD + IMD_ROWS.splitlines()[0] + "\n")
    assert report.total("removed") == 1  # B lies in the authority that the cut covers; C does not
    assert set(Deprivation.objects.values_list("area_code", flat=True)) == {A, C}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (f"{A},11,2,100,80\n", "11 is not between 1 and 10"),
        (f"{A},10,2,100,80\n", "Rank 100 cannot be in decile 10. Check that no columns are swapped"),
        (f"{A},1,2,99999,80\n", "99999 is not between 1 and 33755"),
        ("Leeds,1,2,100,80\n", "'Leeds' is not the code of an LSOA"),
        (f"{A},1,2,100,80\n{A},1,2,100,80\n", "is there twice"),
        (f"{A},1,2,1\n", "4 cells where the header has 5"),
    ],
)
def test_bad_deprivation_rows_have_clear_errors(bring_in, rows, words):
    assert words in str(bring_in(IMD + rows).problems[0])
    assert not Deprivation.objects.exists()


def test_the_publishers_own_excel_of_deprivation_is_known(tmp_path):
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Indices of Deprivation 2019"])
    sheet = book.create_sheet("IoD2019 Scores")
    sheet.append([
        "LSOA code (2011)", "LSOA name (2011)", "Local Authority District code (2019)",
        "Local Authority District name (2019)", "Index of Multiple Deprivation (IMD) Score",
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
        "Health Deprivation and Disability Decile (where 1 is most deprived 10% of LSOAs)",
        "Barriers to Housing and Services Decile (where 1 is most deprived 10% of LSOAs)",
    ])  # fmt: skip
    sheet.append([A, "Town 1", HERE, "Here", 41.25, 3000, 1, 2, 9])
    book.save(tmp_path / "File_7.xlsx")
    report = run_import([tmp_path / "File_7.xlsx"], IMPORTERS, at=timezone.now())
    assert [str(problem) for problem in report.problems] == []
    row = Deprivation.objects.get()
    assert (row.index_year, row.rank, row.score, row.domains) == (2019, 3000, 41.25, {"health": 2, "housing": 9})


POSTCODES = "pcd,laua,lat,long,lsoa21cd,lsoa11cd,msoa21cd,wd25cd\n"


def test_postcodes_with_and_without_a_place_on_the_map(bring_in):
    bring_in(POSTCODES + f"ZZ1 1AA,{HERE},53.8,-1.5,{A},{A},E02000901,E05000901\nZZ109ZZ,,,,,,,\n")
    assert dict(Postcode.objects.values_list("postcode", "latitude")) == {"ZZ11AA": 53.8, "ZZ109ZZ": None}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"75001,{HERE},53.8,-1.5,{A},{A},E02000901,E05000901\n", "'75001' is not a postcode"),
        (f"ZZ1 1AA,{HERE},48.8,2.3,{A},{A},E02000901,E05000901\n", "48.8 is not between 49 and 61.5"),
        (f"ZZ1 1AA,{HERE},53.8,-1.5,Town,{A},E02000901,E05000901\n", "'Town' is not an area code"),
    ],
)
def test_bad_postcodes_have_clear_errors(bring_in, row, words):
    assert words in str(bring_in(POSTCODES + row).problems[0])


CENSUS = (
    ("lsoa21_code,total_residents,ethnic_group,n,prop\n{A},9.0,White,6,0.7\n{A},9.0,Other ethnic group,3.0,0.3\n",
     "ethnicity", {"White": 6, "Other ethnic group": 3}),
    ("date,geography,geography code,Religion: Total: All usual residents,Religion: No religion,Religion: Sikh\n"
     "2021,Town 1,{A},9,5,4\n",
     "religion", {"No religion": 5, "Sikh": 4}),
    ("Lower layer Super Output Areas Code,Lower layer Super Output Areas,Disability (3 categories) Code,"
     "Disability (3 categories),Observation\n{A},Town 1,1,Disabled under the Equality Act,4\n"
     "{A},Town 1,2,Not disabled under the Equality Act,5\n",
     "disability", {"Disabled under the Equality Act": 4, "Not disabled under the Equality Act": 5}),
    ("lsoa21_code,Main language is English,Main language is not English,"
     "Main language is not English: Cannot speak English,"
     "Main language is not English: Can speak English well,Proportion who cannot\n{A},7,2,1,1,0.1\n",
     "english_proficiency", {"Main language is English": 7, "Main language is not English: Cannot speak English": 1,
                             "Main language is not English: Can speak English well": 1}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "table", "expected"), CENSUS, ids=["long", "Nomis", "ONS custom", "wide"])
def test_census_tables_of_every_shape(bring_in, text, table, expected):
    report = bring_in(text.replace("{A}", A))
    assert [str(problem) for problem in report.problems] == []
    rows = Baseline.objects.filter(table=table, area_kind="lsoa21", area_code=A, year=2021)
    assert dict(rows.values_list("category", "count")) == expected


def test_a_national_census_table_is_kept_for_the_place_only(bring_in, place):
    table = "lsoa21_code,religion,n\n" + "".join(f"{code},Sikh,4\n" for code in (A, B, C))
    report = bring_in(LOOKUP, table)
    assert report.files[-1].left_out == {"outside the place's authority": 1}
    assert Baseline.objects.count() == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (f"{A},Sikh,-1\n", "is not between"),
        (f"{A},Sikh,1.5\n", "is not a whole number"),
        (f"{A},Sikh,c\n", "'c' is not a number"),
        ("Leeds,Sikh,1\n", "is not an area code"),
        (f"{A},Sikh,1\n{A},Sikh,2\n", "is there twice"),
        (f"{A},,1\n", "category: It is empty"),
    ],
)
def test_bad_census_rows_have_clear_errors(bring_in, rows, words):
    assert words in str(bring_in("lsoa21_code,religion,n\n" + rows).problems[0])


def test_two_tables_of_one_thing_in_other_categories_are_refused(bring_in):
    report = bring_in(f"lsoa21_code,religion,n\n{A},Sikh,1\n", f"lsoa21_code,religion,n\n{A},Sikh or other,1\n")
    assert "in other categories" in str(report.problems[0])
