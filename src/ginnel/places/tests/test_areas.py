"""Where a postcode lies and what is published of it, on a small invented town."""

import pytest

from ginnel.places.areas import (
    Outcome,
    area_of,
    look_up,
    pack_loaded_at,
    ward_facts,
    wards_of_outward,
    wards_of_place,
)
from ginnel.places.models import Area, AreaLink, Baseline, Deprivation, Postcode
from ginnel.places.reach import reach_baseline
from ginnel.places.tests.town import build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return build_town()


def test_a_postcode_gives_its_ward_area_deciles_and_people(town):
    found = look_up("ab1 1aa")
    facts = found.facts
    assert found.outcome == Outcome.FOUND
    assert facts is not None
    assert (facts.ward.name, facts.lsoa21.code, facts.authority.name) == ("Mill", "E01000001", "Town")
    assert [(one.index_year, one.decile, one.area_code) for one in facts.deciles] == [
        (2025, 1, "E01000001"),
        (2019, 4, "E01900001"),
    ]
    assert facts.residents.total == 1500
    assert facts.residents.year == 2021
    assert facts.residents.source.title == "Census of Town"


def test_an_index_never_joins_the_areas_of_the_other(town):
    Deprivation.objects.create(index_year=2019, area_code="E01000001", decile=9, rank=9, source=town.source)
    Deprivation.objects.create(index_year=2025, area_code="E01900001", decile=9, rank=9, source=town.source)
    assert [one.decile for one in area_of("AB1 1AA").deciles] == [1, 4]


def test_only_the_table_says_whether_a_postcode_is_inside(town):
    inside = look_up("CD1 1AA")
    outside = look_up("AB9 9AA")
    assert inside.outcome == Outcome.FOUND
    assert outside.outcome == Outcome.OUTSIDE
    assert outside.words == "That postcode is in Elsewhere, not in Town. We can still help."
    assert outside.facts.latitude is not None


def test_outside_an_authority_without_a_name_is_still_outside(town):
    Area.objects.filter(code="E06000002").delete()
    assert look_up("AB9 9AA").words == "That postcode is not in Town. We can still help."


def test_a_postcode_without_a_place_is_said_to_have_none(town):
    found = look_up("AB1 9ZZ")
    assert found.outcome == Outcome.NOWHERE
    assert "Choose a ward" in found.words


def test_an_unknown_postcode_is_none_and_says_what_to_do(town):
    assert area_of("SW1A 1AA") is None
    found = look_up("SW1A 1AA")
    assert found.outcome == Outcome.UNKNOWN
    assert "choose a ward" in found.words


def test_without_a_table_it_says_that_there_is_none(town):
    Postcode.objects.all().delete()
    found = look_up("AB1 1AA")
    assert (found.outcome, found.facts) == (Outcome.NO_TABLE, None)
    assert "no list of postcodes" in found.words


def test_what_is_no_postcode_is_not_looked_up(django_assert_num_queries, town):
    town.place()
    with django_assert_num_queries(0):
        found = look_up("'; DROP TABLE places_postcode; --")
    assert found.outcome == Outcome.NOT_READ
    assert found.words


def test_a_look_up_costs_at_most_five_queries(django_assert_max_num_queries, town):
    town.place()
    with django_assert_max_num_queries(5):
        look_up("AB1 1AA")


def test_only_the_places_wards_are_offered_by_name(town):
    assert [ward.name for ward in wards_of_place()] == ["Brook", "Mill"]
    assert pack_loaded_at() is not None


def test_the_first_part_of_a_postcode_points_to_its_wards_fullest_first(town):
    assert [ward.name for ward in wards_of_outward("AB1")] == ["Mill", "Brook"]
    assert wards_of_outward("AB") == []
    assert wards_of_outward("AB9") == []


def test_a_ward_counts_its_areas_and_people_by_the_newest_lookup(town):
    AreaLink.objects.create(
        from_kind="lsoa21",
        from_code="E01000003",
        to_kind="ward",
        to_code="E05000001",
        vintage="2010",
        source=town.source,
    )
    facts = ward_facts("E05000001")
    assert (facts.areas, facts.most_deprived, facts.index_year) == (2, 1, 2025)
    assert (facts.residents, facts.residents_year) == (3100, 2022)
    assert [source.title for source in facts.sources] == ["Index of Town", "Census of Town"]


def test_a_ward_of_somewhere_else_is_none(town):
    assert ward_facts("E05000009") is None
    assert ward_facts("") is None


def test_estimates_count_everybody_once_though_their_ages_overlap(town):
    estimate = next(one for one in area_of("AB1 1AA").baselines if one.table == "population_estimate")
    assert estimate.total == 3100


def test_reach_counts_areas_and_residents_by_decile(town, django_assert_max_num_queries):
    town.place()
    with django_assert_max_num_queries(5):
        reach = reach_baseline()
    assert (reach.areas[1], reach.all_areas, reach.without_decile) == (1, 3, 0)
    assert (reach.residents[1], reach.all_residents) == (1500, 4500)
    assert reach.share_of_residents() == pytest.approx(1 / 3)
    assert (reach.residents_table, reach.residents_year) == ("age", 2021)
    assert {source.title for source in reach.sources} == {"Index of Town", "Census of Town"}


def test_reach_of_an_old_index_has_areas_but_no_people(town):
    reach = reach_baseline(2019)
    assert (reach.areas[4], reach.residents, reach.share_of_residents()) == (1, None, None)


def test_reach_is_none_where_nothing_is_imported():
    assert reach_baseline() is None


def test_reach_takes_the_areas_from_the_lookup_where_there_are_no_boundaries(town):
    Area.objects.filter(kind=Area.Kind.LSOA21).delete()
    reach = reach_baseline()
    assert (reach.all_areas, reach.all_residents) == (2, 3000)


def test_an_area_the_index_lacks_is_counted_as_lacking(town):
    Deprivation.objects.filter(area_code="E01000003", index_year=2025).delete()
    assert reach_baseline().without_decile == 1


def test_another_table_counts_people_where_ages_are_missing(town):
    Baseline.objects.filter(table="age").update(table="religion")
    reach = reach_baseline()
    assert (reach.residents_table, reach.all_residents) == ("religion", 4500)


def test_a_year_without_an_index_is_refused(town):
    with pytest.raises(ValueError, match="2019 and 2025"):
        reach_baseline(2021)
