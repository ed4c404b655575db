"""Interests are learnt from few statements, whatever is answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ginnel.careers.model.interests import FEWEST, LETTERS, MOST, build_bank, next_statement, profile

STATEMENTS = [(f"{letter.lower()}-{number}", letter) for letter in LETTERS for number in range(8)]
ROLES = [
    [2, 1, 1, 5, 1, 2],
    [4, 1, 1, 4, 1, 2],
    [1, 5, 1, 2, 1, 4],
    [1, 1, 1, 2, 3, 5],
    [1, 2, 1, 4, 5, 2],
    [1, 1, 5, 4, 2, 1],
]
BANK = build_bank(STATEMENTS, ROLES)
INTEREST = dict(STATEMENTS)


def ask(answer):
    answers: dict[str, float] = {}
    while (slug := next_statement(BANK, answers)) is not None:
        assert slug not in answers
        answers[slug] = answer(slug)
    return answers


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=MOST, max_size=MOST))
@settings(max_examples=60, deadline=None)
def test_between_eight_and_fifteen_are_asked_and_none_twice(given_answers):
    stream = iter(given_answers)
    answers = ask(lambda slug: next(stream))
    assert FEWEST <= len(answers) <= MOST
    assert profile(BANK, answers).asked == len(answers)


@pytest.mark.parametrize("letter", LETTERS)
def test_what_a_person_likes_comes_out_on_top(letter):
    found = profile(BANK, ask(lambda slug: float(INTEREST[slug] == letter)))
    assert max(range(6), key=lambda place: found.interests[place]) == LETTERS.index(letter)


def test_every_interest_is_asked_about():
    assert {INTEREST[slug] for slug in ask(lambda slug: 0.5)} == set(LETTERS)


def test_different_answers_lead_to_different_questions():
    assert list(ask(lambda slug: float(INTEREST[slug] == "S"))) != list(ask(lambda slug: float(INTEREST[slug] == "C")))


def test_a_person_may_stop_at_once_and_unknown_answers_are_ignored():
    nothing = profile(BANK, {})
    assert nothing == profile(BANK, {"no-such": 1.0}) and nothing.asked == 0
    assert next_statement(BANK, {"no-such": 1.0}) == next_statement(BANK, {})


def test_answers_make_it_surer():
    assert max(profile(BANK, ask(lambda slug: 1.0)).uncertainty) < max(profile(BANK, {}).uncertainty)


def test_a_bank_without_roles_or_statements_still_works():
    assert next_statement(build_bank([], ROLES), {}) is None
    assert next_statement(build_bank(STATEMENTS, []), {}) is not None
    with pytest.raises(ValueError, match="not one of"):
        build_bank([("x", "Q")], ROLES)
