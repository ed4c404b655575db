"""Finding records by words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ginnel.search import queries
from ginnel.search.commands import Words, publish_all
from ginnel.search.models import Document
from ginnel.search.queries import find, find_keys, forget_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own index and looks at the database every time."""
    monkeypatch.setattr(queries, "_FRESH_SECONDS", 0.0)
    forget_index()


def words(key: str, title: str, **more: object) -> Words:
    return Words(key=key, title=title, url=f"/{key}/", **more)


def test_a_title_is_found_before_a_mention() -> None:
    publish_all(
        "role", [words("porter", "Hospital porter", body="You work with nurses"), words("nurse", "Registered nurse")]
    )
    assert find_keys("role", "nurse") == ["nurse", "porter"]


def test_other_names_and_word_forms_are_found() -> None:
    publish_all("role", [words("hcw", "Home care worker", also=("domiciliary carer",))])
    assert find_keys("role", "domiciliary carers") == ["hcw"]


def test_one_wrong_letter_is_forgiven() -> None:
    publish_all("role", [words("porter", "Hospital porter"), words("physio", "Physiotherapist")])
    assert find_keys("role", "physiotherapst") == ["physio"]


def test_kinds_are_kept_apart() -> None:
    publish_all("role", [words("a", "Porter")])
    publish_all("page", [words("a", "Porter's lodge")])
    assert [hit.kind for hit in find("porter", kind="page")] == ["page"]
    assert {hit.kind for hit in find("porter")} == {"page", "role"}


def test_a_change_is_found_and_a_removal_is_not() -> None:
    publish_all("role", [words("a", "Porter"), words("b", "Cook")])
    assert find_keys("role", "porter") == ["a"]
    publish_all("role", [words("a", "Driver")])
    assert find_keys("role", "porter") == [] and find_keys("role", "cook") == []
    assert find_keys("role", "driver") == ["a"]


def test_publishing_the_same_again_touches_nothing() -> None:
    records = [words("a", "Porter", also=("mover",), facts={"family": "x"})]
    assert publish_all("role", records) == 1
    assert publish_all("role", records) == 0
    assert Document.objects.get().sequence == 1


def test_words_nobody_uses_find_nothing() -> None:
    publish_all("role", [words("a", "Porter")])
    assert find_keys("role", "zzzzqqq") == []
    assert find_keys("role", "") == [] and find_keys("role", "!!! ???") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    publish_all("role", [words("a", "Porter")])
    assert isinstance(find(text), list)
