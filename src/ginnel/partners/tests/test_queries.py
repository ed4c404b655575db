"""Organisations near a point."""

from datetime import date

import pytest

from ginnel.partners.models import Organisation
from ginnel.partners.queries import GP_KINDS, LEARNING_KINDS, nearest
from ginnel.places.models import Postcode
from ginnel.sources.models import Source

pytestmark = pytest.mark.django_db

HERE = (53.8, -1.55)


def add(
    code: str, *, km_north: float | None = 0, origin: str = "pack", kind: str = "charity", **more: object
) -> Organisation:
    north = None if km_north is None else HERE[0] + km_north / 111.195
    east = None if km_north is None else HERE[1]
    named = {"name": code.title(), "latitude": north, "longitude": east} | more
    return Organisation.objects.create(origin=origin, code=code, kind=kind, **named)


def test_the_nearest_come_first_with_their_distance():
    add("far", km_north=9)
    add("near", km_north=-1)
    add("middle", km_north=4)
    found = nearest(*HERE)
    assert [one.name for one in found] == ["Near", "Middle", "Far"]
    assert [one.km for one in found] == pytest.approx([1, 4, 9], abs=0.01)


def test_east_and_north_count_alike():
    add("north", km_north=6)
    add("east", latitude=HERE[0], longitude=HERE[1] + 0.08)  # 5.3 km here, though more degrees than north
    assert [one.name for one in nearest(*HERE)] == ["East", "North"]


def test_only_so_many_and_only_the_kinds_asked_for():
    for number in range(5):
        add(f"gp-{number}", km_north=number, origin="ods", kind="GP practice")
    add("charity")
    assert [one.name for one in nearest(*HERE, GP_KINDS, most=2)] == ["Gp-0", "Gp-1"]
    assert [one.name for one in nearest(*HERE, without=GP_KINDS)] == ["Charity"]
    assert [one.name for one in nearest(*HERE, origins=["pack"])] == ["Charity"]
    assert nearest(*HERE, ["hospice"]) == []


def test_closed_organisations_are_left_out():
    add("closed", closed_on=date(2009, 3, 31))
    assert nearest(*HERE) == []


def test_an_organisation_without_coordinates_stands_where_its_postcode_is():
    source = Source.objects.create(slug="s", title="Postcodes", publisher="P", kind="imported")
    Postcode.objects.create(postcode="AB11AA", latitude=HERE[0] + 0.01, longitude=HERE[1], source=source)
    add("posted", km_north=None, postcode="ab1 1aa")
    add("lost", km_north=None, postcode="ZZ9 9ZZ")
    add("nowhere", km_north=None)
    found = nearest(*HERE)
    assert [one.name for one in found] == ["Posted"]
    assert found[0].km == pytest.approx(1.11, abs=0.01)


def test_a_college_in_the_pack_and_in_a_publishers_list_is_shown_once():
    add("city", kind="college", km_north=2, website="https://www.city.example/")
    add(
        "1", origin="gias", kind="Further education", km_north=1, name="City Group", website="http://city.example/about"
    )
    add("2", origin="gias", kind="Further education", km_north=1, name="THE CITY")
    add("3", origin="gias", kind="Further education", km_north=3, name="Other")
    found = nearest(*HERE, LEARNING_KINDS)
    assert [(one.name, one.from_pack) for one in found] == [("City", True), ("Other", False)]


def test_any_number_of_organisations_costs_one_query(django_assert_num_queries):
    source = Source.objects.create(slug="s", title="List", publisher="P", kind="imported", vintage="2026")
    for number in range(30):
        add(f"one-{number}", km_north=number, source=source)
    with django_assert_num_queries(1):
        found = nearest(*HERE, most=10)
        assert str(found[0].source) == "List (P, 2026)"
    assert len(found) == 10


@pytest.mark.parametrize(
    ("kind", "words"), [("nhs-trust", "NHS trust"), ("GP practice", "GP practice"), ("care-home", "Care home")]
)
def test_a_kind_is_said_in_plain_words(kind, words):
    add("one", kind=kind)
    assert nearest(*HERE)[0].kind_name == words
