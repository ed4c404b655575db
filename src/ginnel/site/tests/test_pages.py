"""Home, facts, accessibility, privacy, errors and what monitors ask."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ginnel.accounts.commands import open_account
from ginnel.accounts.tests.people import sign_in
from ginnel.site.views import server_error

PAGES = ["site:home", "site:facts", "site:accessibility", "site:privacy"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_before_any_place_is_loaded(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.usefixtures("leeds")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_few_queries(client: Client, name: str, django_assert_max_num_queries: Any) -> None:
    client.get(reverse(name))
    with django_assert_max_num_queries(5):
        client.get(reverse(name))


@pytest.mark.usefixtures("leeds")
@pytest.mark.parametrize("name", PAGES)
def test_the_head_leads_who_is_signed_in_to_their_page_and_nobody_else(client: Client, name: str) -> None:
    link = '<li><a href="/account/">My page</a></li>'
    about_people = ("django_session", "accounts_", "auth_", "careers_shortlist")
    with CaptureQueriesContext(connection) as strangers:
        answer = client.get(reverse(name))
    assert link not in answer.content.decode() and not answer.cookies
    assert not [query for query in strangers if any(table in query["sql"] for table in about_people)]
    sign_in(client, open_account("sam@example.org"))
    with CaptureQueriesContext(connection) as persons:
        answer = client.get(reverse(name))
    assert link in answer.content.decode() and "Cookie" in answer["Vary"]
    # Their session, themselves and their list: the link costs nothing of its own.
    assert len([query for query in persons if any(table in query["sql"] for table in about_people)]) == 3


@pytest.mark.django_db
def test_on_my_page_the_head_says_where_one_is(client: Client) -> None:
    sign_in(client, open_account("sam@example.org"))
    assert '<a href="/account/" aria-current="page">My page</a>' in client.get("/account/").content.decode()


@pytest.mark.usefixtures("leeds")
def test_home_has_three_doors_and_true_numbers(client: Client) -> None:
    from ginnel.careers.models import Role

    page = client.get("/").content.decode()
    assert page.count('class="gn-door ') == 3
    assert f"{Role.objects.count()} kinds of job" in page


@pytest.mark.usefixtures("leeds")
def test_facts_name_every_source_with_its_date(client: Client) -> None:
    from ginnel.sources.models import Source

    page = client.get(reverse("site:facts")).content.decode()
    for source in Source.objects.all():
        assert source.publisher.replace("'", "&#x27;").replace("&", "&amp;")[:20] in page.replace(
            "&amp;#x27;", "&#x27;"
        )


@pytest.mark.usefixtures("leeds")
def test_the_places_colours_are_the_themes(client: Client) -> None:
    sheet = client.get(reverse("site:theme"))
    assert sheet["Content-Type"].startswith("text/css")
    assert "--gn-brand: #7a2e1d;" in sheet.content.decode()


@pytest.mark.django_db
def test_headers_allow_no_inline_script_and_no_framing(client: Client) -> None:
    page = client.get("/")
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe-inline" not in policy and "frame-ancestors 'none'" in policy
    assert page["X-Content-Type-Options"] == "nosniff" and page["X-Frame-Options"] == "DENY"
    assert "style=" not in page.content.decode() and "<script>" not in page.content.decode()


@pytest.mark.django_db
def test_monitors_are_told_that_it_lives_and_is_ready(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.django_db
def test_a_zero_byte_is_refused_politely(client: Client) -> None:
    page = client.get("/roles/", {"q": "a\x00b"})
    assert page.status_code == 400 and "We could not read that" in page.content.decode()


@pytest.mark.django_db
def test_too_much_at_once_is_refused_politely(client: Client) -> None:
    page = client.post("/suit/", {"text": "x" * 1_100_000})
    assert page.status_code == 413 and "too much at once" in page.content.decode()


def test_the_page_for_our_own_mistakes_needs_no_database() -> None:
    page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500 and "went wrong" in page.content.decode()
    assert "ginnel/ginnel.css" in page.content.decode()  # in the site's own look


@pytest.mark.django_db
def test_a_post_without_its_token_is_refused_in_our_own_look(leeds: None) -> None:
    page = Client(enforce_csrf_checks=True).post(reverse("careers:suit_restart"))
    assert page.status_code == 403 and "cannot open this page" in page.content.decode()
