"""Explore, role, compare: they open, answer, and cost the same however much they show."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ginnel.careers.models import Role
from ginnel.careers.queries.explore import explore

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leeds")]


@pytest.fixture(autouse=True)
def warm(client: Client, leeds: None) -> None:
    """The place, the search index and the route table are kept by each process; count queries as of the second visit."""
    client.get(reverse("careers:explore"), {"q": "care"})
    client.get(reverse("careers:role", args=["porter"]))


def test_everyone_sees_all_roles_with_counts(client: Client) -> None:
    page = client.get(reverse("careers:explore"))
    assert page.status_code == 200
    assert f"{Role.objects.count()} roles" in page.content.decode()


def test_a_list_of_two_costs_as_many_queries_as_a_list_of_twenty_four(
    client: Client, django_assert_num_queries: Any
) -> None:
    few = explore({"family": "dental", "level": "professional"}).slugs
    assert 0 < len(few) < 10
    with django_assert_num_queries(5):
        client.get(reverse("careers:explore"))
    with django_assert_num_queries(5):
        client.get(reverse("careers:explore"), {"family": "dental", "level": "professional"})


@pytest.mark.parametrize("name", ["family", "setting", "level", "interest", "pay"])
def test_the_count_beside_a_choice_is_what_the_choice_gives(name: str) -> None:
    for value, count in explore({}).counts[name].items():
        assert len(explore({name: value}).slugs) == count


def test_words_and_filters_work_together() -> None:
    found = explore({"q": "nurse", "family": "dental"}).slugs
    assert found and found[0] == "dental-nurse"


def test_nothing_found_says_why_and_what_to_take_off(client: Client) -> None:
    page = client.get(reverse("careers:explore"), {"family": "dental", "setting": "ambulance"}).content.decode()
    assert "No role fits all of that" in page and "Take off" in page and "See all roles" in page


def test_words_nobody_uses_lead_on_to_suit_me(client: Client) -> None:
    page = client.get(reverse("careers:explore"), {"q": "zzqqxx"}).content.decode()
    assert reverse("careers:suit") in page and "No role fits" in page


@pytest.mark.parametrize(
    "query",
    [
        {"q": "<script>alert(1)</script>"},
        {"q": "'; DROP TABLE careers_role; --"},
        {"q": "عمل تمريض"},
        {"q": "🏥" * 100},
        {"q": "x" * 10_000},
        {"page": "9999"},
        {"page": "-1"},
        {"page": "abc"},
        {"family": "nonsense", "pay": "-5"},
    ],
)
def test_odd_questions_get_an_answer(client: Client, query: dict[str, str]) -> None:
    page = client.get(reverse("careers:explore"), query)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_every_role_page_opens_in_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    for slug in Role.objects.values_list("slug", flat=True):
        with django_assert_max_num_queries(11):
            page = client.get(reverse("careers:role", args=[slug]))
        assert page.status_code == 200, slug


def test_a_role_page_shows_pay_with_its_source_and_date(client: Client) -> None:
    page = client.get(reverse("careers:role", args=["registered-nurse"])).content.decode()
    assert "£31,049" in page and "As of 1 April 2025" in page and "<svg" in page


def test_an_unknown_role_is_not_found_in_our_own_words(client: Client) -> None:
    page = client.get(reverse("careers:role", args=["wizard"]))
    assert page.status_code == 404
    assert "We cannot find that page" in page.content.decode()


def test_up_to_three_roles_stand_side_by_side(client: Client) -> None:
    asked = {"role": ["porter", "registered-nurse", "paramedic", "dentist", "nonsense"]}
    page = client.get(reverse("careers:compare"), asked).content.decode()
    assert "Hospital porter" in page and "Paramedic" in page
    assert 'href="/roles/dentist/"' not in page and "left out" in page


def test_an_unknown_role_is_left_out_of_a_comparison_and_said_so(client: Client) -> None:
    page = client.get("/compare/?role=registered-nurse&role=<b>nope</b>&role=").content.decode()
    assert "&lt;b&gt;nope&lt;/b&gt;”, so it is left out" in page and "see beside Registered nurse" in page


def test_comparing_one_role_keeps_it_and_asks_for_others(client: Client) -> None:
    page = client.get(reverse("careers:compare"), {"role": ["porter", "", ""]}).content.decode()
    assert "beside Hospital porter" in page and 'value="porter" selected' in page
    assert "Pick two or three" in client.get(reverse("careers:compare")).content.decode()


def test_nothing_found_shows_the_nearest_roles_at_once(client: Client) -> None:
    page = client.get(reverse("careers:explore"), {"family": "dental", "setting": "ambulance"}).content.decode()
    assert "gn-card" in page and 'href="/roles/paramedic/"' in page


def test_a_role_page_offers_its_ways_in_as_a_choice_and_not_as_steps(client: Client) -> None:
    page = client.get(reverse("careers:role", args=["registered-nurse"])).content.decode()
    assert '<ul class="gn-legs gn-legs--ways">' in page and "as a loan; nothing to pay up front" in page
    assert "of which £0" not in page
