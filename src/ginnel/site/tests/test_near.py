"""The Near me page, on a small invented town."""

import json
import logging

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ginnel.config.cli.where import where
from ginnel.partners.models import Organisation
from ginnel.places.models import Area, Place, Postcode
from ginnel.places.queries import forget_place
from ginnel.places.tests.town import BROOK, MILL, Town, build_town
from ginnel.sources.models import Source

pytestmark = pytest.mark.django_db

URL = "/near/"


@pytest.fixture
def town():
    built = build_town()
    listed = Source.objects.create(slug="list", title="List of places", publisher="P", vintage="2026", kind="imported")
    for origin, code, kind, source in (
        ("pack", "Town Hospice", "hospice", None),
        ("ods", "Mill Surgery", "GP practice", listed),
        ("gias", "Town College", "Further education", listed),
    ):
        Organisation.objects.create(
            origin=origin, code=code, name=code, kind=kind, latitude=53.81, longitude=-1.55, source=source
        )
    return built


@pytest.fixture(autouse=True)
def _fresh_place():
    forget_place()
    yield
    forget_place()


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_opens_and_asks_for_a_postcode_or_a_ward(client, town):
    page = text_of(client.get(URL))
    assert 'name="postcode"' in page
    assert "Brook" in page
    assert 'autocomplete="postal-code"' in page
    assert reverse("site:near") == URL


def test_a_postcode_is_answered_on_the_same_page(client, town):
    page = text_of(client.post(URL, {"postcode": "ab11aa"}))
    for part in (
        "Near you: Mill",
        "Town 001A (E01000001)",
        "1,500 (2021)",
        "This area is among the 10 % most deprived in England (2025).",
        "In the index of 2019 it was in group 4.",
        "Town Hospice",
        "Mill Surgery",
        "Town College",
        "0.7 miles (1.1 km)",
        "Walk: about 20 min",
        "Bus: about",
        "Distances are in a straight line",
        "List of places (P, 2026)",
        "Index of Town (Office of Towns, 2025)",
        "Partners: named by this site",
    ):
        assert part in page


def test_other_areas_are_not_called_deprived(client, town):
    page = text_of(client.post(URL, {"postcode": "AB1 2AA"}))
    assert "This area is in group 10 (2025)." in page
    assert "most deprived" not in page


def test_a_ward_is_answered_from_its_middle(client, town):
    page = text_of(client.post(URL, {"ward": MILL}))
    assert "Near the middle of Mill" in page
    assert "This ward has 2 small areas. 1 of them is among the 10 % most deprived in England (2025)." in page
    assert "from the middle of the ward" in page
    assert "None of them are among" in text_of(client.post(URL, {"ward": BROOK}))


def test_a_postcode_outside_is_said_and_helped_all_the_same(client, town):
    page = text_of(client.post(URL, {"postcode": "AB9 9AA"}))
    assert "That postcode is in Elsewhere, not in Town. We can still help." in page
    assert "Town Hospice" in page


def test_what_was_put_right_is_said(client, town):
    assert "We read your postcode as AB1 1AA." in text_of(client.post(URL, {"postcode": "ABI IAA"}))


@pytest.mark.parametrize(
    ("postcode", "part"),
    [
        ("", "Type your postcode, or choose a ward."),
        ("75001", "There are only numbers here."),
        ("AB1 8QQ", "AB1 8QQ is not in our list."),
        ("AB1 9ZZ", "does not say where it is"),
        ("🙂", "no letters or numbers"),
        ("-", "Type your postcode."),
        ("AB1" * 3000, "too long"),
        ("<script>alert(1)</script>", "Take out the rest"),
        ("'; DROP TABLE places_postcode; --", "A UK postcode has only"),
    ],
)
def test_a_mistake_is_told_kindly_and_the_way_on_stays(client, town, postcode, part):
    page = text_of(client.post(URL, {"postcode": postcode}))
    assert "There is a problem" in page
    assert part in page
    assert "<title>Error: " in page
    assert "<script>alert" not in page
    assert 'name="ward"' in page
    assert "What might suit me" in page


def test_the_first_part_of_a_postcode_offers_its_wards(client, town):
    page = text_of(client.post(URL, {"postcode": "AB1"}))
    assert "AB1 is only the first part." in page
    assert "Or is it one of these wards?" in page
    assert f'value="{MILL}"' in page


def test_a_bad_postcode_with_a_ward_is_answered_for_the_ward(client, town):
    page = text_of(client.post(URL, {"postcode": "nonsense", "ward": MILL}))
    assert "We could not use the postcode. There are only letters here." in page
    assert "Near the middle of Mill" in page


def test_a_ward_that_is_not_on_the_list_is_refused(client, town):
    assert "Choose a ward from the list." in text_of(client.post(URL, {"ward": "E05000009"}))


def test_without_postcodes_a_ward_is_enough(client, town):
    Postcode.objects.all().delete()
    page = text_of(client.get(URL))
    assert 'name="postcode"' not in page
    assert "We have no list of postcodes here yet." in page
    assert "Town Hospice" in text_of(client.post(URL, {"ward": MILL}))
    assert "Choose a ward." in text_of(client.post(URL, {"postcode": "AB1 1AA"}))


def test_the_page_opens_with_nothing_imported_at_all(client):
    Place.objects.all().delete()
    Area.objects.all().delete()
    Postcode.objects.all().delete()
    page = text_of(client.get(URL))
    assert "We do not know any places here yet." in page
    assert "What might suit me" in page
    text_of(client.post(URL, {"postcode": "AB1 1AA"}))


def test_the_pack_alone_gives_wards_and_partners(client, leeds):
    page = text_of(client.get(URL))
    assert "Headingley" in page
    page = text_of(client.post(URL, {"ward": "E05011397"}))
    assert "Sue Ryder Wheatfields Hospice" in page
    assert "Leeds Beckett University" in page
    assert "Find one on the NHS website" in page
    assert "deprived" not in page


def test_a_postcode_is_kept_nowhere(client, town, caplog):
    with caplog.at_level(logging.DEBUG):
        for typed in ("AB1 1AB", "ab11ab", "AB1 1A8"):
            response = client.post(URL, {"postcode": typed})
            assert "no-store" in response["Cache-Control"]
            assert "Location" not in response
            assert "1AB" not in str(dict(response.headers)) + str(response.cookies)
    logged = " ".join(str(vars(record)) for record in caplog.records).upper()
    assert not any(form in logged for form in ("AB1 1AB", "AB1 1A8", "AB11AB", "AB1%201AB", "AB1+1AB"))
    assert not Session.objects.exists()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model is Postcode:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            held = str(cursor.fetchall()).upper()
            assert "AB1 1AB" not in held, model
            assert "AB11AB" not in held, model


def test_a_postcode_in_the_address_is_not_taken(client, town):
    page = text_of(client.get(URL, {"postcode": "AB1 1AA"}))
    assert "AB1 1AA" not in page
    assert "Near you" not in page
    assert 'method="post"' in page


def test_a_form_without_its_token_is_refused(town, client_with_csrf):
    assert client_with_csrf.post(URL, {"postcode": "AB1 1AA"}).status_code == 403


@pytest.fixture
def client_with_csrf():
    from django.test import Client

    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("asked", [None, {"postcode": "AB1 1AA"}, {"postcode": "AB1"}, {"ward": MILL}])
def test_the_page_costs_under_twelve_queries_however_many_organisations(
    client, town: Town, django_assert_max_num_queries, asked
):
    for number in range(40):
        Organisation.objects.create(
            origin="ods", code=f"G{number}", name=f"G{number}", kind="GP practice", latitude=53.8, longitude=-1.5
        )
    town.place()
    with django_assert_max_num_queries(11):
        client.post(URL, asked) if asked else client.get(URL)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(postcode=st.text(max_size=40), ward=st.sampled_from(["", MILL, "x"]))
def test_nothing_anybody_types_breaks_the_page(client, town, postcode, ward):
    response = client.post(URL, {"postcode": postcode.encode("utf-8", "replace").decode(), "ward": ward})
    assert response.status_code == (400 if "\x00" in postcode else 200)


def test_the_command_says_where_a_postcode_is(town):
    done = CliRunner().invoke(where, ["ab1 1aa"])
    assert done.exit_code == 0
    assert "Ward: Mill (E05000001)" in done.output
    assert "Decile 1 in the index of 2025" in done.output
    assert "Decile 4 in the index of 2019" in done.output


def test_the_command_gives_json(town):
    found = json.loads(CliRunner().invoke(where, ["AB1 1AA", "--json"]).output)
    assert found["outcome"] == "found"
    assert found["facts"]["lsoa21"]["code"] == "E01000001"
    assert {one["index_year"]: one["decile"] for one in found["facts"]["deciles"]} == {2025: 1, 2019: 4}


@pytest.mark.parametrize("typed", ["", "nonsense", "SW1A 1AA", "AB1 9ZZ", "AB1"])
def test_the_command_fails_with_words_where_there_is_no_answer(town, typed):
    done = CliRunner().invoke(where, [typed])
    assert done.exit_code == 1
    assert done.output.strip()
    found = CliRunner().invoke(where, [typed, "--json"])
    assert (found.exit_code, json.loads(found.output)["outcome"] != "found") == (1, True)
