"""Routes as a person meets them: on the page and at the command line."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from ginnel.careers.engine import route_engine
from ginnel.careers.model.routing import find_routes
from ginnel.careers.models import Role, Step
from ginnel.careers.people import person_at
from ginnel.careers.queries import related as related_queries
from ginnel.careers.route_words import cost_in_words, whole_cost_in_words
from ginnel.config.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leeds")]


def page(client: Client, **asked: str) -> str:
    found = client.get(reverse("careers:route"), {**asked, "go": "1"})
    assert found.status_code == 200
    return found.content.decode()


def test_three_routes_lead_an_unpaid_carer_to_nursing(client: Client) -> None:
    shown = page(client, start="unpaid-carer", to="registered-nurse", years="10")
    assert "Quickest" in shown and "Earn while you learn" in shown and "Least cost" in shown
    assert (
        shown.count('<svg class="gn-map__down') >= 3
        and "BSc Adult Nursing" in shown
        and "Nursing associate apprenticeship" in shown
    )
    assert "checked 22 November 2026" in shown or "checked 1 September 2025" in shown


def test_the_sums_of_a_route_are_the_sums_of_its_steps() -> None:
    engine = route_engine()
    search = find_routes(engine.table, person_at("unpaid-carer"), "registered-nurse")
    assert len(search.routes) >= 3
    for route in search.routes:
        assert route.cost_gbp == sum(leg.cost_gbp for leg in route.legs)
        assert route.months == pytest.approx(sum(leg.ends_at_month - leg.begins_at_month for leg in route.legs))
        assert all(Step.objects.get(slug=leg.step).source_id for leg in route.legs)


def test_the_degree_costs_three_years_of_fees_and_brings_the_grant() -> None:
    degree = Step.objects.get(slug="nursing-rn-degree")
    assert (degree.months, degree.cost_gbp, degree.upfront_gbp, degree.pay_gbp) == (36, 3 * 9790, 0, 5000)
    assert [gate.slug for gate in degree.clears.filter(slug="nmc-nurse")] == ["nmc-nurse"]


def test_a_nurse_from_overseas_is_shown_the_test_and_the_english_gate(client: Client) -> None:
    shown = page(client, start="overseas-nurse", to="registered-nurse")
    assert "English language test" in shown


def test_someone_of_sixteen_waits_for_a_birthday_or_goes_another_way(client: Client) -> None:
    assert "Be 18 or over" in page(client, start="school-leaver", to="home-care-worker", age="16")


def test_a_gate_opened_on_the_way_is_said_once_with_its_time(client: Client) -> None:
    shown = page(client, start="school-leaver", to="paramedic", level="1", age="16")
    assert shown.count("Gate on the way: C1 driving licence") == 1
    assert "Gate on the way: Be 18 or over. You wait 1 year 4 months for it" in shown


def test_one_route_best_at_everything_is_not_given_five_names(client: Client) -> None:
    shown = page(client, start="overseas-professional", to="team-manager")
    assert "The way there" in shown and "Quickest" not in shown and "Routes side by side" not in shown


def test_the_ordinary_way_stands_beside_one_that_is_best_at_everything(client: Client) -> None:
    shown = page(client, start="graduate", to="social-worker")
    assert "Best on every count" in shown and "By a university degree" in shown and "Routes side by side" in shown
    assert "Quickest" not in shown


def test_how_far_ahead_to_look_is_ten_years_unless_said(client: Client) -> None:
    assert 'value="10" selected' in page(client, start="unpaid-carer")


def test_being_there_already_leads_on(client: Client) -> None:
    assert "You are there already" in page(client, start="porter", to="porter")


def test_every_role_can_be_reached_without_qualifications_or_says_why() -> None:
    engine = route_engine()
    start = engine.starts["no-qualifications"]
    unreachable = [
        slug
        for slug in Role.objects.filter(no_route_because="").values_list("slug", flat=True)
        if not engine.find(start, slug, horizon_months=480).routes
    ]
    assert unreachable == []


@pytest.mark.parametrize(
    "asked",
    [
        {"start": "wizard", "to": "porter"},
        {"start": "unpaid-carer", "to": "wizard"},
        {"start": "", "to": ""},
        {"start": "unpaid-carer", "to": "porter", "age": "-1"},
        {"start": "unpaid-carer", "to": "porter", "age": "abc"},
        {"start": "unpaid-carer", "to": "porter", "level": "99"},
        {"start": "unpaid-carer", "to": "porter", "has": "'; DROP TABLE"},
        {"start": "<script>", "to": "🏥", "years": "-3"},
    ],
)
def test_a_question_that_makes_no_sense_is_told_so(client: Client, asked: dict[str, str]) -> None:
    shown = page(client, **asked)
    assert "There is a problem" in shown and "<script>" not in shown.split("<main", 1)[1]


def test_a_route_asked_for_again_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    page(client, start="unpaid-carer", to="registered-nurse")
    with django_assert_max_num_queries(11):
        page(client, start="unpaid-carer", to="registered-nurse")


def test_the_command_line_says_the_same_and_helps_with_names() -> None:
    run = CliRunner().invoke(main, ["careers", "route", "unpaid-carer", "registered-nurse", "--json"])
    assert run.exit_code == 0, run.output
    answer = json.loads(run.output)
    assert len(answer["routes"]) >= 3 and all(step["source"] for route in answer["routes"] for step in route["steps"])
    wrong = CliRunner().invoke(main, ["careers", "route", "unpaid-carer", "registerd-nurse"])
    assert wrong.exit_code == 1 and "Did you mean registered-nurse" in wrong.output


def test_related_roles_are_named_with_reasons() -> None:
    run = CliRunner().invoke(main, ["careers", "related", "registered-nurse", "--json", "--limit", "5"])
    assert run.exit_code == 0, run.output
    found = json.loads(run.output)
    assert len(found["related"]) == 5 and all(one["because"] for one in found["related"])
    assert CliRunner().invoke(main, ["careers", "related", "99-9999.99"]).exit_code == 1


def test_every_way_of_looking_has_words() -> None:
    from ginnel.careers.model.related import LOOKS
    from ginnel.careers.queries.related import LOOK_NAMES

    assert set(LOOKS) <= set(LOOK_NAMES)


def test_a_step_an_employer_often_pays_for_is_no_loan() -> None:
    assert cost_in_words(1100, 0, ["employer", "you"]) == (
        "Costs you up to £1,100 if it is not paid by your employer; nothing to pay up front."
    )
    assert cost_in_words(29370, 0, ["student-finance", "learning-support-fund"]) == (
        "Costs you £29,370 as a loan; nothing to pay up front."
    )
    assert (
        cost_in_words(9000, 3000, ["you", "student-finance"]) == "Costs you £9,000: £3,000 in cash, the rest as a loan."
    )
    assert cost_in_words(0, 0, ["state"]) == "Costs you nothing." and cost_in_words(5, 5, ["you"]) == "Costs you £5."


def test_the_cost_of_a_route_tells_cash_loans_and_the_rest_apart() -> None:
    parts = [(1100, 0, ["employer", "you"]), (3000, 0, ["student-finance"]), (60, 60, ["you"])]
    assert whole_cost_in_words(parts) == (
        "costs you £4,160 (£60 in cash, £3,000 as a loan, £1,100 that somebody else may pay)"
    )
    assert whole_cost_in_words([(0, 0, [])]) == "costs you nothing"


def test_no_page_speaks_of_a_loan_where_nobody_lends(client: Client) -> None:
    nurse = client.get(reverse("careers:role", args=["dental-nurse"])).content.decode()
    assert "up to £1,100" in nurse and "£1,100 as a loan" not in nurse
    shown = page(client, start="no-qualifications", to="dental-nurse")
    assert "up to £1,100" in shown and "£1,100 as a loan" not in shown and "£1,100 (a loan" not in shown


def test_one_route_is_not_counted_in_the_plural() -> None:
    run = CliRunner().invoke(main, ["careers", "route", "overseas-professional", "team-manager"])
    assert "1 route that no other beats; 1 named" in run.output


def test_a_code_two_lists_share_says_which_list_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    held = SimpleNamespace(
        row_of={("role", "porter"): 0, ("ncs", "porter"): 1, ("onet", "29-1141.00"): 2, ("esco", "http://x/a"): 3},
        schemes=["role", "ncs", "onet", "esco"],
        codes=["porter", "porter", "29-1141.00", "http://x/a"],
        titles=["Hospital porter", "Porter (NCS)", "Nurses", "ESCO a"],
        related=None,
        key_names={},
    )
    monkeypatch.setattr(related_queries, "reference", lambda: held)
    monkeypatch.setattr(related_queries, "related", lambda *_: SimpleNamespace(neighbours=()))
    both = related_queries.related_to("Porter")
    assert (both.title, both.scheme, both.also_in) == ("Hospital porter", "role", ["ncs"])
    assert related_queries.related_to("porter", scheme="ncs").title == "Porter (NCS)"
    for code in ("29-1141", "29-1141.00"):
        assert related_queries.related_to(code).code == "29-1141.00"
    assert related_queries.related_to("HTTP://X/A").scheme == "esco"
    with pytest.raises(related_queries.UnknownCode, match="is not in ESCO occupations, but in"):
        related_queries.related_to("porter", scheme="esco")
    said = CliRunner().invoke(main, ["careers", "related", "porter"]).output
    assert "in the roles of this place (role)" in said and "--scheme ncs asks there" in said


def test_suit_at_the_command_line_says_what_is_not_wanted_and_how_long_the_whole_way_takes() -> None:
    said = CliRunner().invoke(main, ["careers", "suit", "I am 34 and worked in a shop. I do not want to drive"]).output
    assert "Age 34" in said and "Not for you:" in said and "First step: " in said and "the whole way takes" in said
