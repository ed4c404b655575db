"""Suit me as a person meets it: understood, corrected, answered, forgotten; and never a dead end or a crash."""

import json
import logging
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ginnel.accounts.commands import open_account
from ginnel.accounts.tests.people import sign_in
from ginnel.careers.queries.suit import suited
from ginnel.careers.said import Said
from ginnel.config.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leeds")]
GRANDAD = "I looked after my grandad for three years and worked nights in a warehouse, no GCSEs"
START, UNDERSTOOD, ABOUT, INTERESTS, RESULTS = (
    "careers:suit",
    "careers:suit_understood",
    "careers:suit_about_you",
    "careers:suit_interests",
    "careers:suit_results",
)


def tell(client: Client, text: str) -> str:
    page = client.post(reverse(START), {"text": text}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def results(client: Client) -> str:
    page = client.get(reverse(RESULTS))
    assert page.status_code == 200
    return page.content.decode()


def test_what_was_said_is_understood_and_answered_with_reasons(client: Client) -> None:
    page = tell(client, GRANDAD)
    assert "Looking after a grandparent" in page and "Warehouse worker" in page and "No qualifications yet" in page
    answer = results(client)
    assert (
        "You could start these now" in answer
        and "From warehouse worker you bring" in answer
        and "First step:" in answer
    )


def test_what_was_understood_wrongly_can_be_taken_off(client: Client) -> None:
    tell(client, GRANDAD)
    client.post(reverse(UNDERSTOOD), {"right": ["caring-for-grandparent"]})
    answer = results(client)
    assert "From warehouse worker" not in answer and "looking after a grandparent" in answer


def test_answers_change_what_is_shown(client: Client) -> None:
    tell(client, "I worked in a shop")
    before = results(client)
    client.post(reverse(ABOUT), {"start": "graduate", "level": "6", "pay_needed_gbp": "40000", "results": "1"})
    after = results(client)
    assert before != after and "less than you said you need" in after


def test_a_mistyped_number_is_told_and_nothing_else_is_lost(client: Client) -> None:
    tell(client, GRANDAD)
    page = client.post(reverse(ABOUT), {"age": "-4", "pay_needed_gbp": "lots", "level": "3"}).content.decode()
    assert "There is a problem" in page and 'value="3" selected' in page.replace("\n", " ")
    assert "Your age: type a number in digits, from 13 to 90" in page and "12.50 an hour" in page
    assert "Warehouse worker" in results(client)


def test_interests_are_asked_one_by_one_and_may_be_undone(client: Client) -> None:
    first = client.get(reverse(INTERESTS)).content.decode()
    slug = first.split('name="statement" value="')[1].split('"')[0]
    assert client.post(reverse(INTERESTS), {"statement": slug}).status_code == 400
    client.post(reverse(INTERESTS), {"statement": slug, "answer": "yes"})
    assert "1 answered" in client.get(reverse(INTERESTS)).content.decode()
    client.post(reverse(INTERESTS), {"back": "1"})
    assert "0 answered" in client.get(reverse(INTERESTS)).content.decode()


def test_at_most_fifteen_are_asked_and_then_come_the_results(client: Client) -> None:
    for _ in range(16):
        page = client.get(reverse(INTERESTS))
        if page.status_code == 302:
            break
        slug = page.content.decode().split('name="statement" value="')[1].split('"')[0]
        client.post(reverse(INTERESTS), {"statement": slug, "answer": "no"})
    assert client.get(reverse(INTERESTS)).url == reverse(RESULTS)  # type: ignore[attr-defined]
    assert "You could start these now" in results(client)


def test_saying_nothing_still_shows_first_roles(client: Client) -> None:
    assert "You have not told us anything yet" in results(client)


def test_start_again_forgets_every_word(client: Client) -> None:
    tell(client, "I drove a tram in Xanadustan")
    client.post(reverse("careers:suit_restart"))
    assert "Xanadustan" not in client.get(reverse(START)).content.decode()
    assert "suit" not in client.session


def test_another_visitor_sees_nothing_of_it(client: Client) -> None:
    tell(client, "I drove a tram in Xanadustan")
    assert "Xanadustan" not in Client().get(reverse(START)).content.decode()
    assert Client().get(reverse(UNDERSTOOD)).status_code == 302


def test_words_are_in_no_address_and_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = client.post(reverse(START), {"text": "I fled from Xanadustan"})
        client.get(reverse("careers:explore"), {"q": "Xanadustan"})
    assert "Xanadustan" not in page.url  # type: ignore[attr-defined]
    assert not [
        record
        for record in caplog.records
        if "Xanadustan" in record.getMessage() and record.name.startswith("django_structlog")
    ]


def test_the_results_cost_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    tell(client, GRANDAD)
    results(client)
    with django_assert_max_num_queries(11):
        results(client)


@pytest.mark.parametrize(
    "text",
    ["", " ", "🏥🏥🏥", "أعمل ممرضة", "我照顾我的母亲", "<script>alert(1)</script>", "'; DROP TABLE careers_role; --", "x" * 9_999, "no " * 3000, "%s %d {{ 7*7 }}"],  # noqa: E501
)  # fmt: skip
def test_odd_words_get_a_useful_answer(client: Client, text: str) -> None:
    page = tell(client, text)
    assert "<script>alert" not in page and "49" not in page.split("main")[0]
    assert "First step:" in results(client)


def test_too_many_words_are_told_to_be_fewer(client: Client) -> None:
    page = client.post(reverse(START), {"text": "x" * 10_001}).content.decode()
    assert "A few sentences are enough" in page


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_no_text_is_without_an_answer(text: str) -> None:
    answer = suited(Said(text=text))
    assert sum(len(band.suggestions) for band in answer.bands) > 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["start", "level", "age", "has", "shifts_not", "part_time", "pay_needed_gbp"]),
        st.text(max_size=30),
    )
)
def test_no_answer_about_oneself_breaks_the_page(said: dict[str, str]) -> None:
    page = Client().post(reverse(ABOUT), said)
    assert page.status_code in (200, 302, 400)


def test_the_command_line_says_the_same() -> None:
    run = CliRunner().invoke(main, ["careers", "suit", GRANDAD, "--json"])
    assert run.exit_code == 0, run.output
    answer = json.loads(run.output)
    assert {"caring-for-grandparent", "warehouse-worker"} & {one["key"] for one in answer["understood"]}
    assert answer["level"] == 0 and answer["bands"][0]["band"] == "now"
    assert all(role["reasons"] for band in answer["bands"] for role in band["roles"])


def test_my_page_shows_what_suit_me_heard_gives_it_away_and_forgets_it(client: Client) -> None:
    sign_in(client, open_account("sam@example.com"))
    client.post(reverse("careers:suit"), {"text": "I nursed <my> grandad"})
    client.post(reverse(ABOUT), {"level": "0"})
    page = client.get(reverse("accounts:mine")).content.decode()
    assert "I nursed &lt;my&gt; grandad" in page and "Forget them" in page
    gone = client.get(reverse("accounts:delete")).content.decode()
    assert "I nursed &lt;my&gt; grandad" in gone and "No directory tells us about you" not in gone
    assert client.get(reverse("accounts:download")).json()["suit-me"]["text"] == "I nursed <my> grandad"
    assert client.get(reverse("accounts:download")).json()["suit-me"]["level"] == 0
    assert b"grandad" in client.get(reverse("accounts:download_table", args=["suit-me"])).content
    client.post(reverse("careers:suit_restart"))
    page = client.get(reverse("accounts:mine")).content.decode()
    assert "grandad" not in page and "Forget them" not in page and "nothing on this visit" in page


def test_nobody_elses_visit_shows_what_suit_me_heard(client: Client) -> None:
    stranger = Client()
    stranger.post(reverse("careers:suit"), {"text": "I nursed my grandad"})
    sign_in(client, open_account("sam@example.com"))
    assert "grandad" not in client.get(reverse("accounts:mine")).content.decode()
