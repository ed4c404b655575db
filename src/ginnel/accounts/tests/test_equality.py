"""Equality answers: apart from people, and only counted."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ginnel.accounts.commands import delete_account, open_account
from ginnel.accounts.equality import pseudonyms, queries
from ginnel.accounts.equality.commands import NotAnAnswer, keep_answer, withdraw
from ginnel.accounts.equality.models import EqualityAnswer
from ginnel.accounts.equality.questions import NOT_SAID, QUESTIONS
from ginnel.accounts.equality.rules import FEWEST, sayable, sayable_total
from ginnel.accounts.models import User
from ginnel.accounts.profile.commands import save_answer
from ginnel.accounts.profile.questions import QUESTIONS as ABOUT_ME
from ginnel.events.models import Event

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)


@pytest.fixture
def sam() -> User:
    return open_account("sam@example.com")


@pytest.fixture
def mine(client, sam):
    client.force_login(sam)
    return client


@pytest.fixture
def analyst() -> User:
    user = open_account("analyst@example.com")
    group = Group.objects.create(name="Equality analysts")
    group.permissions.add(Permission.objects.get(codename="read_equality_aggregates"))
    user.groups.add(group)
    return user


def answered(slug: str, answer: str, people: int) -> None:
    for n in range(people):
        person = User.objects.create(email=f"{slug}-{answer}-{n}@example.com")
        keep_answer(person, slug, answer, on=ON, consented_on=ON)


@pytest.mark.parametrize("path", ["/account/equality/", "/account/equality/sex/", "/account/equality/figures/"])
def test_a_stranger_is_sent_to_sign_in(client, path):
    assert client.get(path).headers["Location"].startswith("/account/sign-in/?next=")


def test_nothing_is_asked_before_the_person_agreed(mine):
    assert mine.get("/account/equality/sex/").headers["Location"] == "/account/equality/"
    assert "Tick the box" in mine.post("/account/equality/", {}).content.decode()


@pytest.mark.parametrize("slug", QUESTIONS)
def test_every_question_can_be_skipped_and_has_a_choice_not_to_say(mine, slug):
    mine.post("/account/equality/", {"agree": "on"})
    page = mine.get(f"/account/equality/{slug}/").content.decode()
    assert "I would rather not say" in page and "Skip this question" in page
    mine.post(f"/account/equality/{slug}/", {"skip": "1"})
    assert not EqualityAnswer.objects.exists()
    mine.post(f"/account/equality/{slug}/", {"answer": NOT_SAID})
    assert EqualityAnswer.objects.get().answer == NOT_SAID


def test_a_person_sees_changes_and_takes_back_their_own_answers(mine):
    assert mine.post("/account/equality/", {"agree": "on"}).headers["Location"] == "/account/equality/age/"
    assert (
        mine.post("/account/equality/age/", {"answer": "35-49"}).headers["Location"]
        == "/account/equality/ethnic-group/"
    )
    mine.post("/account/equality/religion/", {"answer": "sikh"})
    mine.post("/account/equality/religion/", {"answer": "none"})
    page = mine.get("/account/equality/").content.decode()
    assert "35 to 49" in page and "No religion" in page and "Sikh" not in page
    assert EqualityAnswer.objects.get(question="age").consented_on == timezone.localdate()
    mine.post("/account/equality/delete/")
    assert not EqualityAnswer.objects.exists()
    assert mine.get("/account/equality/age/").status_code == 302


def test_another_persons_answers_are_not_shown(mine):
    keep_answer(open_account("other@example.com"), "religion", "sikh", on=ON, consented_on=ON)
    assert "Sikh" not in mine.get("/account/equality/").content.decode()
    assert "answered no questions for equality" in mine.get("/account/").content.decode()


def test_an_answer_that_is_not_offered_is_refused(mine, sam):
    mine.post("/account/equality/", {"agree": "on"})
    assert "Choose from the list" in mine.post("/account/equality/sex/", {"answer": "other"}).content.decode()
    with pytest.raises(NotAnAnswer):
        keep_answer(sam, "shoe-size", "9", on=ON, consented_on=ON)
    with pytest.raises(ValueError, match="comes before"):
        keep_answer(sam, "sex", "male", on=ON, consented_on=date(2027, 1, 1))


def test_people_under_16_are_not_asked_what_the_census_asks_from_16(mine, sam):
    save_answer(sam, ABOUT_ME["birth-year"], [str(timezone.localdate().year - 15)], at=timezone.now())
    mine.post("/account/equality/", {"agree": "on"})
    assert mine.get("/account/equality/orientation/").status_code == 404
    assert mine.get("/account/equality/gender/").status_code == 404
    assert mine.get("/account/equality/religion/").status_code == 200


def test_answers_are_no_events(mine):
    mine.post("/account/equality/", {"agree": "on"})
    mine.post("/account/equality/age/", {"answer": "35-49"})
    assert not Event.objects.exists()


def test_the_table_holds_neither_a_person_nor_a_moment_nor_a_running_number(sam):
    keep_answer(sam, "sex", "female", on=ON, consented_on=ON)
    keep_answer(sam, "religion", "none", on=ON, consented_on=ON)
    with connection.cursor() as cursor:
        columns = {
            column.name for column in connection.introspection.get_table_description(cursor, "equality_equalityanswer")
        }
        assert not connection.introspection.get_relations(cursor, "equality_equalityanswer")
    assert columns == {"pseudonym", "question", "answer", "consented_on", "wording"}
    first, second = EqualityAnswer.objects.all()
    assert first.pseudonym != second.pseudonym, "two answers of one person are not joined either"
    assert str(sam.pk) != first.pseudonym


def test_without_the_key_no_pseudonym_is_made(sam, settings):
    settings.EQUALITY_KEY = ""
    with pytest.raises(ImproperlyConfigured, match="GINNEL_EQUALITY_KEY"):
        withdraw(sam.pk)


def test_another_key_than_the_first_is_refused(sam, settings, monkeypatch):
    monkeypatch.setattr(pseudonyms, "_seen", set())
    keep_answer(sam, "sex", "female", on=ON, consented_on=ON)
    settings.EQUALITY_KEY = "another key"
    with pytest.raises(ImproperlyConfigured, match="not the key"):
        withdraw(sam.pk)
    assert EqualityAnswer.objects.exists()


def test_deleting_the_account_deletes_the_answers(sam):
    keep_answer(sam, "sex", "female", on=ON, consented_on=ON)
    answered("sex", "male", 1)
    delete_account(sam)
    assert [answer.answer for answer in EqualityAnswer.objects.all()] == ["male"]


@pytest.mark.parametrize("kind", ["nobody", "superuser"])
def test_counts_need_their_own_permission(client, kind):
    user = User.objects.create_user("x@example.com", is_superuser=kind == "superuser")
    with pytest.raises(PermissionDenied):
        queries.counts(reader=user)
    client.force_login(user)
    assert client.get("/account/equality/figures/").status_code == 404


def test_counts_leave_out_the_few_and_what_would_give_them_away(analyst):
    answered("sex", "female", 23)
    answered("sex", "male", 12)
    answered("sex", NOT_SAID, 3)
    found = queries.counts(reader=analyst)["sex"]
    assert found.total == 40
    assert found.answers == {"Female": 25, "Male": None, "I would rather not say": None}


def test_the_page_of_counts_shows_no_small_number(client, analyst):
    answered("religion", "sikh", 4)
    client.force_login(analyst)
    page = client.get("/account/equality/figures/").content.decode()
    assert "too few to say" in page
    assert ">4<" not in page


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 200), max_size=20))
def test_no_count_that_is_said_gives_away_one_that_is_not(counts):
    said = sayable(counts)
    assert list(said) == list(counts)
    hidden = [counts[name] for name, count in said.items() if count is None]
    assert all(count is None for name, count in said.items() if counts[name] < FEWEST)
    assert all(count % 5 == 0 and abs(count - counts[name]) <= 2 for name, count in said.items() if count is not None)
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2 and sum(hidden) >= FEWEST
    assert sayable_total(9) is None and sayable_total(13) == 15
