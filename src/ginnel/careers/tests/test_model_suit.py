"""Suggested roles have reasons, differ between people, and never run out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ginnel.careers.model.suit import (
    ExperienceFacts,
    OccupationFacts,
    Past,
    RoleFacts,
    SuitPerson,
    build_suit,
    in_bands,
    suit,
)

SKILLS = {
    slug: slug.replace("-", " ")
    for slug in (
        "personal-care patience lift-carry cleaning welcome-people answer-phones use-computers programming lead-team"
        " budgets cook-meals repair strategy"
    ).split()
}


def role(slug, family, essential, helpful=(), interests=(1, 1, 1, 1, 1, 1), **more):
    return RoleFacts(
        slug,
        slug.replace("-", " ").capitalize(),
        family=family,
        essential=tuple(essential),
        helpful=tuple(helpful),
        interests=interests,
        **more,
    )


ROLES = [
    role(
        "home-care-worker",
        "care",
        ["personal-care", "patience"],
        ["cook-meals"],
        (2, 1, 1, 5, 1, 2),
        shifts=frozenset({"days", "evenings"}),
        part_time=True,
        pay_low_gbp=25_000,
        pay_high_gbp=27_000,
    ),
    role(
        "night-carer",
        "care",
        ["personal-care", "patience"],
        ["lift-carry"],
        (2, 1, 1, 5, 1, 2),
        shifts=frozenset({"nights"}),
    ),
    role("day-carer", "care", ["personal-care", "patience"], ["cleaning"], (2, 1, 1, 5, 1, 2)),
    role("porter", "estates", ["lift-carry", "patience"], ["welcome-people"], (5, 1, 1, 3, 1, 2)),
    role("cleaner", "estates", ["cleaning", "lift-carry"], [], (5, 1, 1, 2, 1, 3)),
    role("receptionist", "office", ["welcome-people", "answer-phones", "use-computers"], [], (1, 1, 1, 4, 2, 5)),
    role("programmer", "digital", ["programming", "use-computers"], [], (2, 5, 2, 1, 1, 4), level="professional"),
    role("cook", "estates", ["cook-meals", "cleaning"], [], (5, 1, 3, 2, 1, 2)),
    role(
        "director", "leadership", ["lead-team", "budgets", "strategy"], ["patience"], (1, 2, 1, 3, 5, 3), level="lead"
    ),
    role("mender", "estates", ["repair", "lift-carry"], [], (5, 2, 1, 1, 1, 2), codes=("49-9071.00",)),
]
EXPERIENCES = [
    ExperienceFacts(
        "caring",
        "Looking after family",
        ("look after my grandad",),
        ("personal-care", "patience", "cook-meals"),
        (2, 1, 1, 5, 1, 2),
    ),
    ExperienceFacts("warehouse", "Warehouse worker", (), ("lift-carry", "cleaning"), (5, 1, 1, 1, 1, 4)),
    ExperienceFacts("shop", "Shop work", (), ("welcome-people", "answer-phones"), (2, 1, 1, 3, 3, 3)),
    ExperienceFacts("coding", "Programmer", (), ("programming", "use-computers"), (3, 5, 3, 1, 2, 4)),
]
INDEX = build_suit(
    ROLES,
    EXPERIENCES,
    SKILLS,
    occupations=[OccupationFacts("onet:49-9071.00", "Maintenance worker", "repair machines")],
)


def order(person, limit=10):
    return [match.role for match in suit(INDEX, person, limit)]


def test_a_carer_is_shown_care_with_the_skill_and_what_gave_it():
    best = suit(INDEX, SuitPerson(experiences=(Past("caring", 1.0, 36),)), 3)[0]
    assert best.role in ("home-care-worker", "night-carer", "day-carer") and best.basis == "understood"
    skill = next(reason for reason in best.reasons if reason.kind == "skill" and reason.keys == ("personal-care",))
    assert skill.given_by == ("caring",) and not skill.against


def test_nobody_without_the_skills_is_shown_the_director_first():
    for past in ("caring", "warehouse", "shop"):
        assert order(SuitPerson(experiences=(Past(past),)))[0] != "director"


def test_what_is_missing_is_named():
    found = {match.role: match for match in suit(INDEX, SuitPerson(experiences=(Past("warehouse"),)))}
    assert found["porter"].missing == ("patience",) and found["cleaner"].missing == ()


def test_the_first_three_are_not_all_one_kind():
    first = order(SuitPerson(experiences=(Past("caring"),), text="caring for people"), 4)
    assert len({INDEX.roles[INDEX.row_of[slug]].family for slug in first}) >= 2


def test_scores_never_rise_and_stay_between_0_and_1():
    scores = [match.score for match in suit(INDEX, SuitPerson(experiences=(Past("caring"), Past("shop"))))]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 1 for score in scores)


def test_hours_and_pay_rank_down_but_never_empty_the_list():
    person = SuitPerson(experiences=(Past("caring"),), shifts_not=frozenset({"nights"}), pay_needed_gbp=90_000)
    found = {match.role: match for match in suit(INDEX, person)}
    assert len(found) == len(ROLES)
    assert any(reason.kind == "hours" and reason.against for reason in found["night-carer"].reasons)
    assert any(reason.kind == "pay" and reason.against for reason in found["home-care-worker"].reasons)
    assert order(person).index("night-carer") > order(person).index("day-carer")


def test_what_is_unwanted_comes_last():
    assert (
        order(SuitPerson(experiences=(Past("coding"),), unwanted_roles=frozenset({"programmer"})))[-1] == "programmer"
    )


def test_a_skill_said_to_be_lacking_is_lacking():
    match = suit(INDEX, SuitPerson(experiences=(Past("caring"),), no_skills=frozenset({"patience"})))
    assert all("patience" not in reason.keys for one in match for reason in one.reasons)


@pytest.mark.parametrize(
    "person", [SuitPerson(), SuitPerson(text="привет 😀"), SuitPerson(experiences=(Past("no-such"),))]
)
def test_nothing_understood_gives_entry_roles_of_several_kinds_and_says_so(person):
    found = suit(INDEX, person, 4)
    assert {match.basis for match in found} == {"nothing-understood"}
    assert len({INDEX.roles[INDEX.row_of[match.role]].family for match in found}) >= 3
    assert all(INDEX.roles[INDEX.row_of[match.role]].level == "entry" for match in found)


def test_interests_alone_are_enough():
    found = suit(INDEX, SuitPerson(interests=(0.1, 0.9, 0.2, 0.1, 0.1, 0.7)))
    assert found[0].role == "programmer" and found[0].basis == "interests-only"
    assert any(reason.kind == "interest" and reason.keys[0] == "I" for reason in found[0].reasons)


def test_an_imported_job_leads_to_the_roles_it_is_linked_with():
    assert order(SuitPerson(occupations=(Past("onet:49-9071.00"),)))[0] == "mender"


def test_a_wish_alone_is_enough():
    found = suit(INDEX, SuitPerson(wanted_roles=(Past("cook"),)))
    assert found[0].role == "cook" and found[0].basis == "wishes-only"


@given(
    st.frozensets(st.sampled_from([one.slug for one in EXPERIENCES]), min_size=1),
    st.frozensets(st.sampled_from(sorted(SKILLS)), max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_any_mix_is_answered_the_same_whatever_its_order(experiences, skills):
    one = SuitPerson(experiences=tuple(map(Past, sorted(experiences))), skills=tuple(sorted(skills)))
    other = SuitPerson(
        experiences=tuple(map(Past, sorted(experiences, reverse=True))), skills=tuple(sorted(skills, reverse=True))
    )
    assert order(one) == order(other) and order(one)


def test_no_one_answer_serves_all():
    answers = {
        past: tuple(order(SuitPerson(experiences=(Past(past),)))) for past in ("caring", "warehouse", "shop", "coding")
    }
    assert len(set(answers.values())) == len(answers) and len({answer[0] for answer in answers.values()}) >= 3


def test_bands_part_the_list_and_keep_its_order():
    found = suit(INDEX, SuitPerson(experiences=(Past("caring"),)))
    parted = in_bands(found, {"home-care-worker": "now", "porter": "now", "director": "longer"})
    assert [match.role for match in parted["now"]] == [
        match.role for match in found if match.role in ("home-care-worker", "porter")
    ]
    assert sum(map(len, parted.values())) == len(found)


def test_mistakes_in_the_pack_are_named():
    with pytest.raises(ValueError, match="twice"):
        build_suit([ROLES[0], ROLES[0]], [], SKILLS)
    with pytest.raises(ValueError, match="unknown skill 'flying'"):
        build_suit([role("pilot", "x", ["flying"])], [], SKILLS)
