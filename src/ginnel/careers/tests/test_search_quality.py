"""Searching the roles of Leeds with the words people use."""

import pytest
from django.test import Client

from ginnel.search.queries import find_keys, look_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leeds")]

# What was typed, and roles of which at least one should be among the first five.
ASKED = {
    "look after old people": {"care-home-assistant", "home-care-worker", "senior-care-worker", "live-in-carer"},
    "nurse": {
        "registered-nurse",
        "community-nurse",
        "district-nurse",
        "nursing-associate",
        "mental-health-nurse",
        "childrens-nurse",
    },
    "recepshunist": {"gp-receptionist", "dental-receptionist"},
    "i want to work with children": {"childrens-nurse", "childrens-home-worker", "child-wellbeing-practitioner"},
    "take blood": {"phlebotomist"},
    "ambulance driver": {"ambulance-care-assistant", "emergency-care-assistant", "paramedic"},
    "cook in a care home": {"care-home-cook"},
    "x-ray": {"diagnostic-radiographer", "imaging-support-worker"},
    "help people with mental health problems": {
        "mental-health-support-worker",
        "mental-health-nurse",
        "peer-support-worker",
    },
    "computers": {"it-support-technician", "software-developer", "cyber-security-analyst", "data-analyst"},
    "physiotherapst": {"physiotherapist", "therapy-assistant"},
    "deliver babies": {"midwife", "maternity-support-worker", "senior-midwife"},
}


def test_words_people_use_find_the_roles_they_mean() -> None:
    first = {words: find_keys("role", words)[:5] for words in ASKED}
    missed = {words: found for words, found in first.items() if not ASKED[words] & set(found)}
    assert len(missed) <= 1, missed


def test_a_phrase_is_not_answered_with_every_role() -> None:
    assert len(find_keys("role", "look after old people")) < 120
    assert all("nurse" in slug for slug in find_keys("role", "nurse")[:5])


def test_a_guess_says_that_it_is_one(client: Client) -> None:
    page = client.get("/roles/", {"q": "recepshunist"}).content.decode()
    assert "Nothing for “recepshunist”; showing “receptionist”." in page and "GP receptionist" in page
    assert "Nothing for" not in client.get("/roles/", {"q": "porter"}).content.decode()
    assert look_for("zzzzqqqq", kind="role").hits == []
