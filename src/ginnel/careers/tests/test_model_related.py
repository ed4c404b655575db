"""Related occupations: what people do, know and are called."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ginnel.careers.model.embedding import Embedder
from ginnel.careers.model.records import OccupationRecord
from ginnel.careers.model.related import KEPT, LOOKS, RelatedIndex, build_related, related
from ginnel.careers.model.store import load_arrays, save_arrays


def role(code: str, title: str, *tasks: str, scheme: str = "role", **more) -> OccupationRecord:
    return OccupationRecord(scheme=scheme, code=code, title=title, tasks=tasks, **more)


STREET = [
    role("care-worker", "Care worker", "Help people wash and dress", "Cook and serve meals", "Keep care records",
         skills={"personal-care": 1.0, "cook": 0.5}),
    role("nurse", "Registered nurse", "Give medicines to patients", "Dress wounds", "Keep patient records",
         skills={"give-medicines": 1.0, "wound-care": 1.0}),
    role("driver", "Van driver", "Drive a van on local roads", "Load and unload parcels", skills={"drive": 1.0}),
    role("home-carer", "Home care assistant", "Help older people wash, dress and eat", "Prepare meals at home",
         skills={"personal-care": 1.0, "drive": 0.5}),
    role("ambulance-driver", "Ambulance driver", "Drive an ambulance", "Lift and move patients", skills={"drive": 1.0}),
    role("nursing-associate", "Nursing associate", "Give medicines", "Change dressings on wounds",
         skills={"give-medicines": 1.0, "wound-care": 0.5}),
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> RelatedIndex:
    return build_related(STREET)


def first(index: RelatedIndex, row: int) -> int:
    return related(index, row, 1).neighbours[0].row


@pytest.mark.parametrize(("one", "other"), [(0, 3), (1, 5), (2, 4)])
def test_the_closest_roles_find_each_other(index, one, other):
    assert first(index, one) == other
    assert first(index, other) == one


def test_an_occupation_is_never_related_to_itself(index):
    for row in range(len(STREET)):
        assert row not in [neighbour.row for neighbour in related(index, row, KEPT).neighbours]


def test_everything_of_the_scheme_is_ranked_once_best_first(index):
    found = related(index, 0, KEPT).neighbours
    assert sorted(neighbour.row for neighbour in found) == [1, 2, 3, 4, 5]
    scores = [neighbour.score for neighbour in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_reasons_name_what_is_shared(index):
    neighbour = related(index, 0, 1).neighbours[0]
    assert neighbour.skills == ("personal-care",)
    here, there, cosine = neighbour.tasks[0]
    assert (STREET[0].tasks[here], STREET[3].tasks[there]) == (
        "Help people wash and dress", "Help older people wash, dress and eat",
    )  # fmt: skip
    assert 0.5 <= cosine <= 1
    assert set(neighbour.alike) <= set(LOOKS)


def test_only_what_is_known_of_both_is_compared(index):
    known = {"tasks", "task_sense", "skills", "titles", "title_words", "whole", "words"}
    assert set(related(index, 0, 3).looked_at) == known


def test_schemes_are_not_mixed():
    mixed = [*STREET, *(dataclasses.replace(record, scheme="ncs") for record in STREET[:3])]
    index = build_related(mixed)
    for row, record in enumerate(mixed):
        for neighbour in related(index, row, KEPT).neighbours:
            assert mixed[neighbour.row].scheme == record.scheme
    assert len(related(index, 6, KEPT).neighbours) == 2


def test_order_of_the_records_does_not_change_who_is_related():
    backwards = build_related(STREET[::-1])
    forwards = build_related(STREET)
    for row in range(len(STREET)):
        mirrored = len(STREET) - 1 - row
        assert len(STREET) - 1 - first(backwards, mirrored) == first(forwards, row)


def test_a_bare_title_is_still_ranked_and_found():
    records = [*STREET, role("ward-nurse", "Ward nurse")]
    index = build_related(records)
    answer = related(index, 6, 2)
    assert {1, 5} & {neighbour.row for neighbour in answer.neighbours}
    assert answer.looked_at == ("titles", "title_words", "whole", "words")
    assert 6 in [neighbour.row for neighbour in related(index, 1, KEPT).neighbours]


def test_rated_skills_and_knowledge_are_compared_as_profiles():
    def rated(code: str, medicine: float, driving: float) -> OccupationRecord:
        ratings = {"2.C.5.a": medicine, "2.C.5.a/LV": medicine, "2.C.10": driving, "2.C.10/LV": driving}
        return role(code, code, scheme="onet", knowledge=ratings)

    records = [rated("a", 5, 1), rated("b", 1, 5), rated("c", 4.8, 1.2), rated("d", 1.3, 4.5)]
    index = build_related(records)
    assert first(index, 0) == 2
    assert first(index, 3) == 1
    assert related(index, 0, 1).neighbours[0].knowledge == ("2.C.5.a",)


def test_an_index_survives_being_stored(index, tmp_path):
    save_arrays(tmp_path, index.to_arrays())
    again = RelatedIndex.from_arrays(load_arrays(tmp_path))
    for row in range(len(STREET)):
        assert related(again, row, 3) == related(index, row, 3)


@pytest.mark.parametrize("row", [-1, 6])
def test_a_row_that_is_not_there_is_an_error(index, row):
    with pytest.raises(IndexError):
        related(index, row)


def test_asking_for_none_is_an_error(index):
    with pytest.raises(ValueError, match="at least one"):
        related(index, 0, 0)


@pytest.mark.parametrize("records", [[], [role("only", "Only role")]])
def test_nobody_to_compare_with_gives_nobody(records):
    index = build_related(records)
    assert all(related(index, row).neighbours == () for row in range(len(records)))


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.lists(st.text(max_size=20), max_size=3), st.sampled_from(["role", "esco"])),
        max_size=6,
    )
)
def test_any_records_can_be_compared(parts):
    records = [
        OccupationRecord(scheme, str(number), title, tasks=tuple(tasks))
        for number, (title, tasks, scheme) in enumerate(parts)
    ]
    index = build_related(records)
    for row, record in enumerate(records):
        others = [number for number, other in enumerate(records) if other.scheme == record.scheme and number != row]
        assert sorted(neighbour.row for neighbour in related(index, row, KEPT).neighbours) == others


def test_vectors_have_length_one_or_nothing():
    vectors = Embedder.load().embed(["Registered nurse", "", "护士", "zzzxqj phlebotomist"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1], atol=1e-5)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("care assistant", "support worker for older people", "software engineer"),
        ("takes blood samples", "phlebotomist", "bricklayer"),
        ("I look after my mum", "unpaid carer for a family member", "repair car engines"),
        ("worked in a nursery", "childcare and early years", "warehouse and logistics"),
    ],
)
def test_meaning_is_found_where_no_word_is_shared(text, near, far):
    this, close, distant = Embedder.load().embed([text, near, far])
    assert this @ close > this @ distant + 0.1


def test_an_empty_list_has_no_vectors():
    assert Embedder.load().embed([]).shape == (0, Embedder.load().size)
