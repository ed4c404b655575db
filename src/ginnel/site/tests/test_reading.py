"""Reading age: the formula, counted by hand, and what it makes of plain and of hard words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ginnel.site.reading import measure, sentences_of, syllables

PLAIN = "You can start this job now. You do not need any exams. We will show you what to do. " * 3
HARD = (
    "Multidisciplinary organisations necessitate comprehensive familiarisation with institutional accountability "
    "mechanisms, notwithstanding considerable heterogeneity in professional registration prerequisites. "
) * 3


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("care", 1),
        ("cared", 1),
        ("wanted", 2),
        ("people", 2),
        ("table", 2),
        ("nurse", 1),
        ("nurses", 2),
        ("hospital", 3),
        ("station", 2),
        ("video", 3),
        ("don't", 1),
        ("registration", 4),
        ("the", 1),
        ("my", 1),
    ],
)
def test_everyday_words_have_the_syllables_a_person_hears(word, count):
    assert syllables(word) == count


def test_the_age_is_the_formula_counted_by_hand():
    # 40 words in 4 sentences, each of one syllable: 0.39 * 10 + 11.8 - 15.59 = 0.11, plus five years.
    text = "The cat sat on the mat and then it slept. " * 4
    reading = measure(text)
    assert (reading.words, reading.sentences, reading.age) == (40, 4, 5.1)


def test_plain_words_are_for_children_and_hard_ones_are_not():
    assert measure(PLAIN).age < 8
    assert measure(HARD).age > 18


def test_a_few_words_have_no_age():
    assert measure("Bring a friend.").age is None
    assert measure("").age is None


def test_the_longest_sentences_come_first():
    reading = measure("Short one. This sentence is rather a lot longer than the first. Go.")
    assert reading.longest[0].startswith("This sentence")


def test_a_full_stop_in_a_figure_or_a_name_ends_no_sentence():
    assert len(sentences_of("It costs £4.50 a day. See leeds.gov.uk for more.")) == 2


@given(st.text())
def test_any_text_can_be_measured(text):
    reading = measure(text)
    assert reading.age is None or reading.age >= 5
