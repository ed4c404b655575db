"""What suit-me makes of people: who they are now, whom they met, what they wish, what they want none of."""

import pytest

from ginnel.careers.queries.suit import suited, suited_json
from ginnel.careers.said import Said

pytestmark = pytest.mark.usefixtures("leeds")


def answer(text, **more):
    return suited(Said(text=text, **more))


def band_of(found, slug):
    return next((band.slug for band in found.bands for one in band.suggestions if one.role.slug == slug), None)


def everything(found):
    return [one for band in found.bands for one in band.suggestions]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I am a registered paramedic with HCPC registration", "paramedic"),
        ("Band 5 staff nurse wants out of wards", "registered-nurse"),
        ("physiotherapist", "physiotherapist"),
        ("I love my job as a nurse in a care home but my back is bad", "care-home-nurse"),
    ],
)
def test_who_works_in_a_profession_stands_in_it(text, role):
    found = answer(text)
    assert found.person.position == role
    assert band_of(found, role) == "now"
    first = found.bands[0].suggestions[0]
    assert first.role.level != "entry"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Nurse in Nigeria for 8 years and just came to Leeds", "overseas-nurse"),
        ("I used to be a physio, stopped 6 years ago", "therapist-not-practising"),
    ],
)
def test_a_profession_that_is_over_or_abroad_is_not_held_here(text, start):
    assert answer(text).person.position == start


def test_a_wish_is_a_wish_and_no_skill():
    found = answer("I want to be a paramedic")
    assert [mention.key for mention in found.understood.wanted] == ["paramedic"]
    assert not any("you bring" in reason for one in everything(found) for reason in one.reasons)
    assert all(
        any("would like" in reason for reason in one.reasons)
        for one in everything(found)
        if one.role.slug in ("paramedic", "emergency-medical-technician")
    )


def test_people_met_are_not_what_somebody_was_and_may_be_what_they_wish():
    found = answer("my wife died of cancer and the nurses were amazing, I want to do what they did")
    assert not found.understood.mentions
    assert [mention.key for mention in found.understood.wanted] == ["registered-nurse"]
    assert not answer("the nurses were amazing").understood.mentions


def test_what_somebody_studied_is_not_a_job_they_had():
    found = answer("I have a psychology degree and A levels in biology and chemistry")
    assert not [mention for mention in found.understood.mentions if mention.kind in ("role", "experience")]
    assert found.understood.level.level == 6
    assert band_of(found, "assistant-psychologist")


def test_what_somebody_wants_none_of_counts_against_a_role_and_is_said():
    text = "I am good with numbers and I like meeting people"
    before, after = (answer(words) for words in (text, text + " but I hate blood"))

    def score(found):
        return next((one.match.score for one in everything(found) if one.role.slug == "phlebotomist"), 0.0)

    assert score(after) < 0.5 * score(before) or score(after) == 0.0
    shown = [one for one in everything(after) if one.role.slug == "phlebotomist"]
    assert all(any("not for you: blood" in reason for reason in one.against) for one in shown)


def test_a_criminal_record_is_answered_and_is_not_taken_for_a_job():
    found = answer("I have a criminal record, did time, worked on building sites")
    assert [mention.key for mention in found.understood.mentions] == ["building-site"] or len(
        found.understood.mentions
    ) == 1
    assert any("does not have to stop you" in note for note in found.notes)
    assert not answer("I worked on building sites").notes


@pytest.mark.parametrize(
    "text", ["", "im 16 and i dont have a clue what to do", "I do not have any experience", "🤷", "我不知道"]
)
def test_where_nothing_is_said_only_first_roles_are_shown_and_no_reason_is_made_up(text):
    found = answer(text)
    assert "first roles" in found.basis
    assert everything(found)
    assert {one.role.level for one in everything(found)} == {"entry"}
    assert not any("told us" in reason for one in everything(found) for reason in one.reasons)


def test_someone_who_looked_after_a_grandparent_is_shown_care_first():
    found = answer("I looked after my grandad for three years and worked nights in a warehouse, no GCSEs")
    assert [one.role.slug for one in found.bands[0].suggestions[:2]] == ["home-care-worker", "care-home-assistant"]


def test_reasons_name_things_and_never_codes():
    for text in ("payroll clerk for ten years", "marine biologist", "lollipop man", "I am deaf and use BSL"):
        for one in everything(answer(text)):
            assert not any("onet:" in reason or "http" in reason for reason in one.reasons), (text, one.reasons)


def test_the_answer_for_programs_holds_wishes_and_dislikes():
    plain = suited_json(answer("I want to be a paramedic but I don't want to work in an office"))
    assert [one["key"] for one in plain["wanted"]] == ["paramedic"]
    assert plain["unwanted"] or plain["not_understood"]
