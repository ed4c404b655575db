"""Words, stems and sparse term weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ginnel.careers.model.text import build_terms, normalise, stem, tokenise, words

TEXTS = ["Care for people at home", "Drive a van", "Nurse people who are ill at home", "Clean the ward"]


@pytest.mark.parametrize(
    "group",
    [
        ("care", "carer", "carers", "caring"),
        ("nurse", "nurses", "nursing"),
        ("paediatric", "pediatric"),
        ("organisation", "organization"),
        ("clean", "cleaner", "cleaning", "cleans"),
        ("counsellor", "counselor", "counselling"),
        ("manage", "manager", "management", "managing"),
    ],
)
def test_forms_of_one_word_meet_in_one_stem(group):
    assert len({stem(word) for word in group}) == 1


@pytest.mark.parametrize(("one", "other"), [("care", "car"), ("nurse", "nursery"), ("labour", "lab")])
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


def test_accents_case_and_curly_apostrophes_do_not_matter():
    assert normalise("  Café  NURSE\u2019s ") == "cafe nurse's"
    assert words("The NURSE\u2019s café") == ["the", "nurse", "cafe"]


def test_text_of_stop_words_only_says_nothing():
    assert tokenise("the and of it") == []


def test_words_of_other_scripts_are_kept_whole():
    assert tokenise("护士 nurse") == ["护士", "nurs"]


def test_a_rare_word_weighs_more_than_a_common_one():
    terms = build_terms(TEXTS)
    assert terms.idf[terms.column("van")] > terms.idf[terms.column("hom")]


def test_tfidf_rows_have_length_one_or_nothing():
    terms = build_terms(TEXTS)
    rows = terms.tfidf([*TEXTS, "", "zzz"])
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    np.testing.assert_allclose(lengths, [1, 1, 1, 1, 0, 0], atol=1e-6)


def test_bm25_puts_the_text_that_holds_the_words_first():
    terms = build_terms(TEXTS)
    scores = (terms.bm25(TEXTS) @ terms.counts(["ill people"]).T).toarray().ravel()
    assert scores.argmax() == 2
    assert scores[1] == 0


def test_no_texts_give_no_terms_and_still_answer():
    terms = build_terms([])
    assert terms.terms == ()
    assert terms.tfidf(["care"]).shape == (1, 0)
    assert terms.bm25(["care"]).nnz == 0


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for token in tokenise(text):
        assert token
        assert not token.isspace()
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.text(alphabet="abcdefghij ", max_size=40), max_size=8))
def test_weights_are_finite_and_not_negative(texts):
    terms = build_terms(texts)
    for matrix in (terms.tfidf(texts), terms.bm25(texts)):
        assert matrix.shape == (len(texts), len(terms.terms))
        assert np.isfinite(matrix.data).all()
        assert (matrix.data >= 0).all()
