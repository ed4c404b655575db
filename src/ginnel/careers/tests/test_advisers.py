"""The page for careers advisers: a link and a pack for a class."""

import re

import pytest
from django.test import Client

from ginnel.careers.models import Family, Role, Shortlist
from ginnel.careers.queries.advisers import talk_about
from ginnel.careers.tests.lists import make_roles

pytestmark = pytest.mark.django_db
START, PACK = "/advisers/", "/advisers/pack/"


@pytest.fixture(autouse=True)
def roles() -> list[Role]:
    return make_roles(14)


def pack(client: Client, **query) -> str:
    return client.get(PACK, query).content.decode()


def in_pack(page: str) -> list[str]:
    return re.findall(r'<h2 id="sheet-([\w-]+)">', page)


def test_the_page_opens_with_every_role_to_tick(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = client.get(START).content.decode()
    assert page.count('name="role"') == 14
    assert "up to 12 roles" in page


def test_a_pack_has_a_sheet_for_each_role_with_all_that_a_class_needs(client):
    page = pack(client, role=["role-3", "role-1"], title="Year 9")
    assert in_pack(page) == ["role-3", "role-1"] or in_pack(page) == ["role-1", "role-3"]
    assert "<h1>Year 9: jobs in health and care" in page
    for words in (
        "You help people.",
        "You <em>start</em> early.",
        "£25,000 to £27,000",
        "Test pay, 1 April 2026",
        "apply for it",
        "costs you nothing",
        "costs you £300",
        "DBS check",
        "Talk about it",
        "http://testserver/roles/role-1/",
    ):
        assert words in page
    assert page.count("<svg") >= 2
    assert "style=" not in page


def test_there_are_three_questions_for_each_role(roles):
    assert len(set(talk_about(roles[0]))) == 3


def test_a_part_of_health_and_care_gives_the_easiest_twelve_and_says_so(client, roles):
    Role.objects.filter(slug="role-0").update(level=Role.Level.LEAD)
    page = pack(client, family="care")
    assert len(in_pack(page)) == 12
    assert "role-0" not in in_pack(page)
    assert "14 roles fit. This pack holds the 12 that are easiest to start." in page
    assert "http://testserver/roles/?family=care" in page


def test_an_interest_chooses_roles_that_are_about_it(client):
    assert in_pack(pack(client, interest="S"))
    page = pack(client, interest="R")
    assert in_pack(page) == []
    assert "No role fits all of that" in page


def test_nothing_chosen_says_what_to_choose(client):
    assert "Choose a part of health and care" in pack(client, title="Year 9")


def test_thirteen_roles_are_too_many_and_stay_ticked(client):
    page = pack(client, role=[f"role-{number}" for number in range(13)])
    assert "Choose at most 12 roles. You chose 13" in page
    assert page.count("checked") == 13


@pytest.mark.parametrize(
    "query", [{"role": "no-such-role"}, {"family": "x"}, {"interest": "Z"}, {"title": "a" * 100, "family": "care"}]
)
def test_what_is_not_known_is_said_not_failed(client, query):
    assert "There is a problem" in pack(client, **query)


def test_html_in_the_name_of_the_class_is_shown_as_text(client):
    assert "<script>" not in pack(client, family="care", title="<script>alert(1)</script>").replace(
        '<script type="module"', ""
    )


def test_a_link_for_the_class_opens_the_roles_picked_by_hand(client):
    page = pack(client, role=["role-1", "role-2"])
    assert "Make a link for the class" in page
    response = client.post(PACK, {"role": ["role-1", "role-2"], "title": "Year 9"})
    kept = Shortlist.objects.get()
    assert response.headers["Location"].endswith(f"list={kept.token}")
    assert "title=Year+9" in response.headers["Location"]
    page = client.get(response.headers["Location"]).content.decode()
    assert f"http://testserver/list/{kept.token}/" in page
    assert "A list of 2 roles" in Client().get(f"/list/{kept.token}/").content.decode()


def test_a_link_is_made_only_with_a_token():
    assert Client(enforce_csrf_checks=True).post(PACK, {"role": "role-1"}).status_code == 403
    assert not Shortlist.objects.exists()


def test_a_pack_costs_the_same_for_one_role_or_twelve(client, django_assert_num_queries):
    client.get(START)  # the place is now known to the process
    with django_assert_num_queries(7):
        pack(client, role="role-1")
    with django_assert_num_queries(7):
        pack(client, role=[f"role-{number}" for number in range(12)])


def test_choosing_again_keeps_what_was_chosen(client):
    Family.objects.create(slug="other", name="Other", about="About", position=2)
    page = client.get(START, {"role": ["role-1"], "family": "other", "title": "Year 9"}).content.decode()
    assert page.count("checked") == 1
    assert 'value="other" selected' in page
    assert 'value="Year 9"' in page
