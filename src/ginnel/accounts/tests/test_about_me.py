"""About me: small questions, none needed, each answer one's own."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ginnel.accounts.commands import open_account
from ginnel.accounts.models import Consent, ProfileAnswer, SupportAnswer, User
from ginnel.accounts.profile.commands import NoConsent, give_consent, save_answer, withdraw_consent
from ginnel.accounts.profile.questions import QUESTIONS, SUPPORT, of_group
from ginnel.accounts.profile.rules import may_be_a_child, may_be_under_16, reasons_not_to_take_year
from ginnel.events.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PAGES = [
    "/account/about-me/",
    "/account/about-me/days/",
    "/account/about-me/agree/",
    "/account/name/",
    "/account/agreed/",
]


@pytest.fixture
def sam() -> User:
    return open_account("sam@example.com")


@pytest.fixture
def mine(client, sam):
    client.force_login(sam)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_sign_in(client, path):
    assert client.get(path).headers["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize("path", PAGES)
def test_my_pages_open_and_cost_few_queries(mine, path, django_assert_max_num_queries):
    mine.get(path)
    with django_assert_max_num_queries(8):
        response = mine.get(path)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("slug", QUESTIONS)
def test_every_question_says_why_it_is_asked_and_can_be_skipped(mine, sam, slug):
    give_consent(sam, Consent.Purpose.SUPPORT, at=AT)
    page = mine.get(f"/account/about-me/{slug}/").content.decode()
    assert str(QUESTIONS[slug].why) in page.replace("&#39;", "'")
    assert mine.post(f"/account/about-me/{slug}/", {"skip": "1"}).headers["Location"] == "/account/about-me/"
    assert not ProfileAnswer.objects.exists() and not SupportAnswer.objects.exists()


def test_an_answer_is_kept_changed_and_taken_away(mine, sam):
    mine.post("/account/about-me/days/", {"answer": ["caring", "work"]})
    assert sam.profile_answers.get().values == ["caring", "work"]
    assert "I have paid work" in mine.get("/account/about-me/").content.decode()
    mine.post("/account/about-me/days/", {"answer": ["retired"]})
    assert sam.profile_answers.get().values == ["retired"]
    mine.post("/account/about-me/days/", {"forget": "1"})
    assert not sam.profile_answers.exists()


def test_what_a_person_says_is_no_event(mine):
    mine.post("/account/about-me/days/", {"answer": ["caring"]})
    assert not Event.objects.exists()


def test_one_after_another_leads_through_the_questions_and_back(mine):
    assert (
        mine.post("/account/about-me/days/?on=1", {"skip": "1"}).headers["Location"] == "/account/about-me/hours/?on=1"
    )
    last = mine.post("/account/about-me/birth-year/?on=1&next=/list/", {"answer": "1990"})
    assert last.headers["Location"] == "/list/"


def test_a_way_back_leads_to_no_other_site(mine):
    response = mine.post("/account/about-me/days/?next=https://evil.example/", {"skip": "1"})
    assert response.headers["Location"] == "/account/about-me/"


@pytest.mark.parametrize(
    ("slug", "answer", "said"),
    [
        ("days", [], "Choose an answer"),
        ("days", ["nonsense"], "Choose from the list"),
        ("qualifications", ["none", "degree"], "alone, or the others"),
        ("birth-year", "90", "four digits"),
        ("birth-year", "²⁰²⁰", "four digits"),
        ("birth-year", "1850", "Check the year"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_words(mine, slug, answer, said):
    assert said in mine.post(f"/account/about-me/{slug}/", {"answer": answer}).content.decode()
    assert not ProfileAnswer.objects.exists()


def test_a_question_that_is_not_there_is_not_found(mine):
    assert mine.get("/account/about-me/shoe-size/").status_code == 404


def test_needs_for_support_are_asked_only_after_the_person_agreed(mine, sam):
    first = mine.get("/account/about-me/support/")
    assert first.headers["Location"] == "/account/about-me/agree/?question=support"
    with pytest.raises(NoConsent):
        save_answer(sam, QUESTIONS["support"], ["quiet"], at=AT)
    assert "Tick the box" in mine.post(first.headers["Location"], {}).content.decode()
    back = mine.post(first.headers["Location"], {"agree": "on"}).headers["Location"]
    mine.post(back, {"answer": ["quiet"]})
    assert SupportAnswer.objects.get().values == ["quiet"]
    assert not ProfileAnswer.objects.exists()
    assert Event.objects.get().facts == {}, "an administrator who reads events learns nothing of needs"


def test_taking_consent_back_deletes_what_was_kept_under_it(mine, sam):
    consent = give_consent(sam, Consent.Purpose.SUPPORT, at=AT)
    save_answer(sam, QUESTIONS["support"], ["quiet"], at=AT)
    save_answer(sam, QUESTIONS["days"], ["work"], at=AT)
    assert "Needs for support" in mine.get("/account/agreed/").content.decode()
    mine.post(f"/account/agreed/{consent.pk}/take-back/")
    assert not SupportAnswer.objects.exists()
    assert ProfileAnswer.objects.exists()
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    withdraw_consent(consent, by=sam, at=timezone.now())
    assert Event.objects.filter(name="accounts.consent.withdrawn").count() == 1
    assert "You took it back" in mine.get("/account/agreed/").content.decode()


def test_another_persons_consent_is_not_found(mine):
    other = give_consent(open_account("other@example.com"), Consent.Purpose.SUPPORT, at=AT)
    assert mine.post(f"/account/agreed/{other.pk}/take-back/").status_code == 404
    other.refresh_from_db()
    assert other.withdrawn_at is None


def test_agreeing_twice_is_agreeing_once(sam):
    assert give_consent(sam, "support", at=AT) == give_consent(sam, "support", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(user=sam, purpose="support", wording="x", given_at=AT)


def test_another_persons_answers_are_not_shown(mine):
    save_answer(open_account("other@example.com"), QUESTIONS["days"], ["retired"], at=AT)
    assert "I am retired" not in mine.get("/account/about-me/").content.decode()


def test_the_list_costs_the_same_for_no_answer_or_all(mine, sam, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    mine.get("/account/about-me/")
    with CaptureQueriesContext(connection) as before:
        mine.get("/account/about-me/")
    give_consent(sam, "support", at=AT)
    for question in QUESTIONS.values():
        save_answer(sam, question, [next(iter(question.choices), "1990")], at=AT)
    with django_assert_num_queries(len(before)):
        mine.get("/account/about-me/")


def test_a_name_is_corrected(mine, sam):
    mine.post("/account/name/", {"name": "  Sam   Bramble "})
    sam.refresh_from_db()
    assert sam.name == "Sam Bramble"
    assert Event.objects.get().facts == {}


def test_somebody_under_18_is_told_what_that_means_here(mine, sam):
    year = timezone.localdate().year
    assert "under 18" not in mine.get("/account/about-me/").content.decode()
    save_answer(sam, QUESTIONS["birth-year"], [str(year - 17)], at=AT)
    assert "Nobody can write to you" in mine.get("/account/about-me/").content.decode()


def test_in_doubt_somebody_counts_as_young():
    assert may_be_a_child(2008, this_year=2026)
    assert not may_be_a_child(2007, this_year=2026)
    assert not may_be_a_child(None, this_year=2026)
    assert may_be_under_16(2010, this_year=2026) and not may_be_under_16(2009, this_year=2026)
    assert reasons_not_to_take_year("1990", this_year=2026) == []


def test_there_are_questions_of_both_groups():
    assert [question.slug for question in of_group(SUPPORT)] == ["support", "language"]
