"""Whatever is put into an address or a form: a page that a person can use, never our own error, never somebody's script."""

import re

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("leeds")

some = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SCRIPT = "<script>alert(1)</script>"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
values = st.one_of(
    texts,
    st.sampled_from(
        [
            SCRIPT,
            "registered-nurse",
            "unpaid-carer",
            "paramedic",
            "LS1 4AP",
            "0",
            "-1",
            "999999999999",
            "1.5",
            "on",
            "£25,000",
        ]
    ),
    st.integers().map(str),
)

FORMS = {
    "careers:explore": ("q", "family", "setting", "level", "interest", "pay", "page"),
    "careers:route": ("go", "start", "to", "level", "age", "has", "years"),
    "careers:compare": ("role",),
    "careers:advisers": ("family", "interest", "title"),
    "careers:adviser_pack": ("role", "family", "interest", "title", "list"),
    "site:near": ("place", "q", "where", "kind", "mode"),
    "partners:partner_list": ("q", "kind", "page"),
}
POSTED = {
    "careers:suit": ("text",),
    "careers:suit_understood": ("right", "other", "more"),
    "careers:suit_about_you": ("start", "level", "age", "has", "shifts_not", "part_time", "pay_needed_gbp"),
    "careers:suit_interests": ("statement", "answer", "back"),
    "careers:shortlist_keep": ("email", "send"),
    "account_login": ("email",),
}


# Django's own words for what is wrong: true, and no help. Forms here name the question and say what to do.
OWN_WORDS = re.compile(
    r"Select a valid choice|Ensure this|Enter a (?:valid|whole|list|number)|This field is required|Null characters"
)


def check(answer):
    page = answer.content.decode(errors="replace")
    assert answer.status_code < 500
    assert SCRIPT not in page and not OWN_WORDS.search(page)


def filled(fields):
    return st.dictionaries(st.sampled_from(fields), st.lists(values, min_size=1, max_size=3), max_size=len(fields))


@pytest.mark.parametrize("name", sorted(FORMS))
def test_an_address_with_anything_in_it_is_answered(client, name):
    @some
    @given(filled(FORMS[name]))
    def asked(query):
        check(client.get(reverse(name), query))

    asked()


@pytest.mark.parametrize("name", sorted(POSTED))
def test_a_form_with_anything_in_it_is_answered(client, name):
    @some
    @given(filled(POSTED[name]))
    def posted(data):
        check(client.post(reverse(name), data))
        check(client.get(reverse("careers:suit_results")))

    posted()


@pytest.mark.parametrize("name", ["careers:role", "careers:shortlist_open"])
def test_a_made_up_address_is_not_found(client, name):
    @some
    @given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789-_"), min_size=1, max_size=40))
    def asked(part):
        answer = client.get(reverse(name, args=[part]))
        check(answer)
        assert answer.status_code in (200, 404)

    asked()
