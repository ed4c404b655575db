"""Where next on the Leeds pack: in words, on the role page, at the command line."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from django.urls import reverse

from ginnel.careers.models import Role
from ginnel.careers.queries.moves import bring_in_words, next_moves_for_pool, next_moves_from
from ginnel.config.cli.next_moves import next_moves

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leeds")]


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(next_moves, arguments)


def test_a_porter_brings_skills_to_the_ward_and_needs_nothing_first() -> None:
    ward = next(one for one in next_moves_from("porter") if one.move.to == "healthcare-assistant")
    assert ward.bring == "4 of its 7 main skills" and "Helping people move safely" in ward.skills
    assert len(ward.skills) == 3 and not ward.first and ward.move.same_employers
    assert ward.by == "Apply for the job" and ward.move.pay_change_gbp == 0


def test_a_move_says_what_would_make_it_sooner() -> None:
    driver = next(one for one in next_moves_from("porter") if one.move.to == "ambulance-care-assistant")
    assert driver.sooner_with == ["Full driving licence"]


def test_words_for_what_somebody_brings() -> None:
    assert bring_in_words(0, 6) == "A fresh start"
    assert bring_in_words(2, 6) == "2 of its 6 main skills"
    assert bring_in_words(6, 6) == "All of its main skills"


def test_every_role_has_its_moves_in_words_without_a_query(django_assert_num_queries: Any) -> None:
    roles = list(Role.objects.values_list("slug", flat=True))
    next_moves_from("porter")
    with django_assert_num_queries(0):
        for slug in roles:
            moves = [one.move for one in next_moves_from(slug)]
            assert moves == sorted(moves, key=lambda move: (-move.share, move.months, move.to))


def test_forty_porters_and_twelve_cleaners_are_counted_together() -> None:
    found = {one.found.to: one for one in next_moves_for_pool({"porter": 40, "domestic-assistant": 12})}
    ward = found["healthcare-assistant"]
    assert ward.found.heads == ward.found.at_once == 52
    assert ward.from_names == ["Domestic assistant", "Hospital porter"]
    assert found["pharmacy-assistant"].found.heads == 40


def test_the_role_page_shows_six_moves_and_lists_the_rest(client: Client) -> None:
    page = client.get(reverse("careers:role", args=["porter"])).content.decode()
    table, rest = page.split('id="next"')[1].split("</table>")
    assert table.count("<tr") == 7 and "You would bring" in table and "Another kind of employer" in table
    assert rest.split("</ul>")[0].count("<li>") == len(next_moves_from("porter")) - 6 > 0


def test_the_command_prints_moves_for_a_role_and_for_a_pool() -> None:
    assert "Healthcare assistant  [healthcare-assistant]" in ask("porter").output
    assert "52 at once" in ask("--pool", "porter=40, domestic-assistant=12").output
    moves = json.loads(ask("porter", "--json").output)["moves"]
    assert moves[0].keys() >= {"to", "step", "months", "pay_change_gbp", "share", "brings", "lacks", "same_employers"}
    pool = json.loads(ask("--pool", "porter=40", "--json").output)
    assert pool["pool"] == {"porter": 40} and pool["moves"][0]["at_once"] == 40


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "either a ROLE or a --pool"),
        (["porter", "--pool", "porter=1"], "either a ROLE or a --pool"),
        (["prter"], "Did you mean porter"),
        (["--pool", "wizard=3"], "'wizard' is not a role"),
        (["--pool", ""], "not a role and a number"),
        (["--pool", "porter"], "not a role and a number"),
        (["--pool", "porter=-1"], "not a role and a number"),
        (["--pool", "porter=1.5"], "not a role and a number"),
        (["--pool", "porter=" + "9" * 5000], "not a role and a number"),
        (["--pool", "porter=1,porter=2"], "given twice"),
        (["🏥" * 5000], "is not a role here"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(arguments: list[str], said: str) -> None:
    result = ask(*arguments)
    assert result.exit_code in {1, 2} and said in result.output and "Traceback" not in result.output


def test_pay_of_two_dates_is_said_to_be_so_beside_the_difference(client: Client) -> None:
    said = "figures of April 2025 and November 2026"
    to_care = next(one for one in next_moves_from("healthcare-assistant") if one.move.to == "home-care-worker")
    assert to_care.pay_dates == said
    inside = next(one for one in next_moves_from("porter") if one.move.to == "healthcare-assistant")
    assert inside.pay_dates == ""
    page = client.get(reverse("careers:role", args=["healthcare-assistant"])).content.decode()
    assert said[1:] in page.split('id="next"')[1] and "These are figures from April 2025 to" in page
    assert said in ask("healthcare-assistant").output
    compare = reverse("careers:compare")
    assert said in client.get(f"{compare}?role=porter&role=home-care-worker").content.decode()
    assert "figures of" not in client.get(f"{compare}?role=porter&role=healthcare-assistant").content.decode()


def test_a_pool_of_nobody_is_said_to_be_empty() -> None:
    said = ask("--pool", "porter=0").output
    assert "Nobody is in this pool" in said and "No step that we know" not in said
