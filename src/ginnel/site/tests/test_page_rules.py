"""What stops a page: headings, links, consent, approval."""

from datetime import date, timedelta

import pytest

from ginnel.site.links import Outline
from ginnel.site.rules import (
    consent_days_to_tell,
    consent_findings,
    heading_findings,
    link_findings,
    reasons_not_to_approve,
)

TODAY = date(2026, 11, 26)
CONSENT = {
    "given_by": "Somebody",
    "given_on": TODAY,
    "scope": "site",
    "until": TODAY + timedelta(days=1),
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("levels", "count"), [([2, 3, 2], 0), ([3], 1), ([2, 4], 1), ([], 0), ([2, 3, 4, 2, 3], 0), ([3, 3], 1)]
)
def test_a_heading_may_not_skip_a_level(levels, count):
    assert len(heading_findings([(level, "Words") for level in levels])) == count


@pytest.mark.parametrize("words", ["click here", "Here", "Read more…", "  this page. ", "More"])
def test_a_link_that_says_nothing_stops_the_page(words):
    assert [finding.stops for finding in link_findings([(words, "/near/")])] == [True]


@pytest.mark.parametrize("words", ["Find help near you", "More about nursing", "Read the stories"])
def test_a_link_that_says_where_it_leads_is_fine(words):
    assert link_findings([(words, "/near/")]) == []


def test_a_link_without_address_or_words_stops_the_page():
    assert link_findings([("Our page", "")])[0].stops
    assert link_findings([("", "/near/")])[0].stops


def test_an_address_as_link_text_is_only_a_hint():
    assert [finding.stops for finding in link_findings([("https://example.org", "https://example.org")])] == [False]


def test_a_whole_consent_lets_a_story_be_shown():
    assert consent_findings(**CONSENT) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_by", " "),
        ("given_on", None),
        ("given_on", TODAY + timedelta(days=1)),
        ("scope", ""),
        ("until", None),
        ("until", TODAY - timedelta(days=1)),
    ],
)
def test_a_consent_with_a_gap_stops_the_story(field, value):
    assert [finding.stops for finding in consent_findings(**{**CONSENT, field: value})] == [True]


def test_a_consent_holds_on_its_last_day():
    assert consent_findings(**{**CONSENT, "until": TODAY}) == []


@pytest.mark.parametrize(
    ("left", "told", "due"),
    [
        (31, [], None),
        (30, [], 30),
        (20, [30], None),
        (7, [30], 7),
        (7, [], 7),
        (3, [30, 7], None),
        (0, [30], 7),
        (-1, [], None),
    ],
)
def test_editors_are_told_a_month_and_a_week_before(left, told, due):
    assert consent_days_to_tell(until=TODAY + timedelta(days=left), today=TODAY, told=told) == due


def test_nobody_approves_what_they_changed_or_sent():
    assert reasons_not_to_approve(changed_it=True, asked_for_it=False)
    assert reasons_not_to_approve(changed_it=False, asked_for_it=True)
    assert reasons_not_to_approve(changed_it=False, asked_for_it=False) == []


def test_an_outline_has_headings_links_and_the_words_a_reader_sees():
    outline = Outline(
        '<h2>One <b>two</b></h2><p>A <a href="/x/">link\n text</a> &amp; more</p><svg><text>no</text></svg><h3>Three</h3>'
    )
    assert outline.headings == [(2, "One two"), (3, "Three")]
    assert outline.links == [("link text", "/x/")]
    assert outline.text == "One two\nA link text & more\nThree"


def test_broken_html_has_an_outline_too():
    assert Outline("<h2>One<p>two<a href='/x/'>three").headings == []
