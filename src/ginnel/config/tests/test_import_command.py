"""`ginnel import` as typed, and all importers over the publishers' own files."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.utils import timezone

from ginnel.careers.models import EscoSkill, Occupation, OccupationFacet, Standard
from ginnel.config.cli.imports import all_importers, import_files
from ginnel.partners.models import Organisation
from ginnel.places.models import Area, AreaLink, Baseline, Deprivation, Place, Postcode
from ginnel.sources.importing import run_import
from ginnel.sources.models import ImportRun, Source
from ginnel.sources.report import Report

LEEDS = "E08000035"
T_LEVELS = "framework_code,prog_type,level,name\n41,31,3,Health\n42,31,3,Healthcare Science\n"


@pytest.mark.django_db
def test_the_command_reports_and_leaves_with_nought(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(T_LEVELS)
    result = CliRunner().invoke(import_files, [str(path)])
    assert result.exit_code == 0
    assert "Saved: added 2, changed 0, unchanged 0, removed 0" in result.output
    assert Standard.objects.count() == 2


@pytest.mark.django_db
def test_the_command_says_what_is_wrong_and_leaves_with_one(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(T_LEVELS + "43,31,many,Science\n")
    result = CliRunner().invoke(import_files, [str(path)])
    assert result.exit_code == 1
    assert "t.csv, row 4, level: 'many' is not a number." in result.output
    assert "Nothing was saved." in result.output
    assert not Standard.objects.exists()


@pytest.mark.django_db
def test_json_is_json_even_when_refused(tmp_path):
    good, bad = tmp_path / "t.csv", tmp_path / "u.csv"
    good.write_text(T_LEVELS)
    bad.write_text("shopping\n")
    report = json.loads(CliRunner().invoke(import_files, ["--json", "--dry-run", str(good)]).output)
    assert (report["totals"]["added"], report["saved"], report["dry_run"]) == (2, False, True)
    result = CliRunner().invoke(import_files, ["--json", str(good), str(bad)])
    assert result.exit_code == 1
    assert json.loads(result.output)["problems"][0]["file"] == "u.csv"


# --- The publishers' files, whole ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(
    request: pytest.FixtureRequest, shared_data: Path, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[Report, Report]]:
    """Everything in shared/data that Ginnel imports, twice, with Leeds as the place; rolled back at the end."""
    folders = [shared_data / "careers", shared_data / "place"]
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        if not Place.objects.exists():
            facts = {"authority_code": LEEDS, "name": "Leeds", "slug": "leeds"}
            Place.objects.create(slug="leeds", name="Leeds", settings=facts, pack_digest="-", loaded_at=timezone.now())
        reports = [run_import(folders, all_importers(), at=timezone.now()) for _ in range(2)]
        yield reports[0], reports[1]
        transaction.set_rollback(True)


whole_data = [pytest.mark.django_db, pytest.mark.shared_data, pytest.mark.xdist_group("whole-imports")]


class TestWhole:
    pytestmark = whole_data

    def test_nothing_is_refused_and_the_second_time_nothing_changes(self, whole):
        first, second = whole
        assert [str(problem) for problem in (*first.problems, *second.problems)] == []
        assert first.saved
        assert second.saved
        assert [second.total(name) for name in ("added", "changed", "removed")] == [0, 0, 0]
        stored = first.total("added") + first.total("changed") + first.total("unchanged")
        assert second.total("unchanged") == stored
        assert all(file.sha256 and file.vintage for file in first.files)

    def test_esco_is_whole(self, whole):
        assert Occupation.objects.filter(scheme="esco").count() == 3007
        assert Occupation.objects.filter(scheme="isco").count() == 619
        assert EscoSkill.objects.exclude(kind="group").count() == 13_896
        assert EscoSkill.objects.filter(kind="group").count() == 640 + 7  # 7 are named only in the hierarchy
        relations = next(file for file in whole[0].files if file.importer == "esco.occupation-skills")
        assert relations.read == 123_855
        held = {
            kind: sum(len(uris) for uris in OccupationFacet.objects.filter(kind=kind).values_list("data", flat=True))
            for kind in ("essential_skills", "optional_skills")
        }
        # One occupation stands in the relations but not in the list of occupations: 55 + 12 rows, counted as left out.
        assert held == {"essential_skills": 64_946 - 55, "optional_skills": 58_909 - 12}
        assert sum(relations.left_out.values()) == 67

    def test_esco_hangs_together(self, whole):
        nurse = Occupation.objects.get(scheme="esco", title="nurse responsible for general care")
        facets = dict(nurse.facets.values_list("kind", "data"))
        assert facets["isco_group"] == ["http://data.europa.eu/esco/isco/C2221"]
        assert Occupation.objects.filter(scheme="isco", code=facets["isco_group"][0]).exists()
        known = set(EscoSkill.objects.values_list("uri", flat=True))
        assert set(facets["essential_skills"]) <= known
        # Its own relations file says of which skills ESCO gives no place: only those have no broader one.
        assert EscoSkill.objects.exclude(kind="group").exclude(broader=[]).count() > 13_000

    def test_onet_is_whole(self, whole):
        assert Occupation.objects.filter(scheme="onet").count() == 1016
        nurses = Occupation.objects.get(scheme="onet", code="29-1141.00")
        facets = dict(nurses.facets.values_list("kind", "data"))
        assert set(facets) == {
            "alt_titles", "tasks", "activities", "skills", "knowledge", "interests",
            "work_styles", "work_values", "job_zone"
        }  # fmt: skip
        assert set(facets["interests"]) == set("RIASEC")
        assert len(facets["skills"]) == 35
        assert all(len(both) == 2 for both in facets["skills"].values())
        kinds = {
            kind: OccupationFacet.objects.filter(occupation__scheme="onet", kind=kind).count()
            for kind in ("skills", "tasks", "activities", "alt_titles", "interests")
        }
        assert kinds == {"skills": 879, "tasks": 923, "activities": 923, "alt_titles": 1016, "interests": 923}

    def test_job_profiles_are_whole_and_without_the_salaries_of_2020(self, whole):
        profiles = Occupation.objects.filter(scheme="ncs")
        assert profiles.count() == 829
        facets = dict(profiles.get(code="care-worker").facets.values_list("kind", "data"))
        assert facets["links"] == {"soc2010": "6145", "onet": "39-9021.00", "esco": "residential care home worker"}
        assert {"apprenticeship", "college", "direct", "volunteering"} <= set(facets["entry"])
        assert facets["tasks"][0] == "help with washing and dressing"
        assert "salary" not in json.dumps(facets).casefold()
        assert "12500" not in json.dumps(facets)

    def test_soc_and_standards_are_whole(self, whole):
        assert Occupation.objects.filter(scheme="soc2020").count() == 412
        carers = Occupation.objects.get(scheme="soc2020", code="6135")
        assert "Home carer" in carers.facets.get(kind="alt_titles").data
        assert Standard.objects.filter(kind="apprenticeship").count() == 532
        assert Standard.objects.filter(kind="t-level").count() == 23

    def test_deprivation_is_as_published(self, whole):
        leeds = Area.objects.filter(kind="lsoa21", authority_code=LEEDS).values_list("code", flat=True)
        assert len(leeds) == 488
        assert Deprivation.objects.filter(index_year=2025, area_code__in=list(leeds), decile=1).count() == 84
        assert Deprivation.objects.filter(index_year=2025).count() == 33_755
        assert Deprivation.objects.filter(index_year=2019).count() == 32_844

    def test_residents_of_decile_one_are_as_the_baseline_says(self, whole):
        worst = set(Deprivation.objects.filter(index_year=2025, decile=1).values_list("area_code", flat=True))
        rows = Baseline.objects.filter(table="age", area_kind="lsoa21", year=2021).values_list("area_code", "count")
        residents = sum(count for area, count in rows if area in worst)
        assert residents == 144_753
        assert round(100 * residents / sum(count for _, count in rows), 1) == 17.8

    def test_areas_and_postcodes_are_whole(self, whole):
        assert Postcode.objects.count() == 34_033
        assert Postcode.objects.filter(latitude=None).count() == 34
        kinds = {kind: Area.objects.filter(kind=kind).count() for kind in Area.Kind.values}
        assert kinds == {"lsoa11": 482, "lsoa21": 488, "msoa21": 107, "ward": 33, "authority": 5}
        ring = Area.objects.get(kind="lsoa21", code="E01011264").boundary["coordinates"][0]
        assert ring[0] == ring[-1]
        assert all(round(x, 5) == x for point in ring for x in point)

    def test_only_the_place_is_kept_of_a_national_lookup(self, whole):
        assert AreaLink.objects.filter(from_kind="lsoa21", to_kind="ward").count() == 488
        national = next(file for file in whole[0].files if file.file.endswith("_ew.csv.gz"))
        assert national.left_out["outside the place's authority"] == 35_672 - 488

    def test_organisations_are_whole(self, whole):
        assert Organisation.objects.filter(origin="ods").count() == 88
        schools = Organisation.objects.filter(origin="gias")
        assert schools.count() == 770 + 17
        assert schools.filter(closed_on=None).exclude(source__slug="gias-open").count() == 306

    def test_every_source_says_whose_it_is_and_under_what_licence(self, whole):
        sources = list(Source.objects.filter(kind="imported"))
        assert len(sources) > 15
        assert all(source.licence and source.attribution and source.publisher and source.url for source in sources)
        assert all(source.rows > 0 and source.imported_at for source in sources)
        onet = next(source for source in sources if source.slug == "onet")
        assert "O*NET 29.3 Database" in onet.attribution
        assert ImportRun.objects.count() >= 2 * len(whole[0].files)
