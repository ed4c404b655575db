"""Arrays on disk: whole or not at all."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy import sparse

from ginnel.careers.model.store import POINTER, StoreUnreadable, load_arrays, save_arrays

LIKELY = {
    "vectors": np.arange(12, dtype=np.float32).reshape(3, 4),
    "counts": sparse.csr_matrix(np.eye(3, dtype=np.float32)),
    "titles": ["Nurse", "Café worker", "护士"],
    "facts": {"built": "2026-11-22", "n": 3},
}


def test_what_is_saved_comes_back(tmp_path):
    save_arrays(tmp_path / "engine", LIKELY)
    found = load_arrays(tmp_path / "engine")
    np.testing.assert_array_equal(found["vectors"], LIKELY["vectors"])
    assert (found["counts"] != LIKELY["counts"]).nnz == 0
    assert found["titles"] == LIKELY["titles"]
    assert found["facts"] == LIKELY["facts"]


def test_large_arrays_are_mapped_and_not_read(tmp_path):
    save_arrays(tmp_path, {"large": np.zeros((100, 100), np.float32)})
    assert isinstance(load_arrays(tmp_path)["large"], np.memmap)


def test_mapped_arrays_cannot_be_written_to(tmp_path):
    save_arrays(tmp_path, {"large": np.zeros((100, 100), np.float32)})
    with pytest.raises(ValueError, match="read-only"):
        load_arrays(tmp_path)["large"][0, 0] = 1.0


def test_empty_arrays_and_matrices_come_back(tmp_path):
    save_arrays(tmp_path, {"none": np.zeros((0, 5), np.float32), "blank": sparse.csr_matrix((0, 7), dtype=np.float32)})
    found = load_arrays(tmp_path)
    assert found["none"].shape == (0, 5)
    assert found["blank"].shape == (0, 7)


def test_a_second_save_replaces_the_first_and_leaves_nothing_behind(tmp_path):
    save_arrays(tmp_path, {"old": np.ones(3), "titles": ["a"]})
    save_arrays(tmp_path, {"new": np.zeros(3)})
    assert set(load_arrays(tmp_path)) == {"new"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_save_that_fails_changes_nothing(tmp_path):
    save_arrays(tmp_path, {"kept": np.ones(3)})
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(ValueError, match="neither an array nor a plain value"):
        save_arrays(tmp_path, {"kept": np.zeros(3), "broken": object()})
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert load_arrays(tmp_path)["kept"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("name", ["../out", "", "Upper", "a/b", ".hidden"])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="can not name"):
        save_arrays(tmp_path, {name: np.zeros(1)})


def test_python_objects_are_refused(tmp_path):
    with pytest.raises(ValueError, match="Python objects"):
        save_arrays(tmp_path, {"objects": np.array([{}, []], dtype=object)})


def test_a_folder_without_arrays_says_so(tmp_path):
    with pytest.raises(StoreUnreadable, match="No complete set"):
        load_arrays(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "gone", "pointer"])
def test_damage_is_reported_and_not_guessed_over(tmp_path, damage):
    save_arrays(tmp_path, {"large": np.zeros((100, 100), np.float32)})
    generation = tmp_path / json.loads((tmp_path / POINTER).read_text())["generation"]
    if damage == "cut":
        (generation / "large.npy").write_bytes((generation / "large.npy").read_bytes()[:9000])
    elif damage == "gone":
        (generation / "large.npy").unlink()
    else:
        (tmp_path / POINTER).write_text("{")
    with pytest.raises(StoreUnreadable):
        load_arrays(tmp_path)


def test_a_matrix_whose_parts_do_not_fit_is_refused(tmp_path):
    save_arrays(tmp_path, {"counts": sparse.csr_matrix(np.eye(3, dtype=np.float32))})
    generation = tmp_path / json.loads((tmp_path / POINTER).read_text())["generation"]
    np.save(generation / "counts.indptr.npy", np.array([0, 1, 2, 99], np.int32))
    with pytest.raises(StoreUnreadable, match="do not fit"):
        load_arrays(tmp_path)


def test_readers_of_an_older_generation_keep_their_arrays(tmp_path):
    save_arrays(tmp_path, {"large": np.ones((100, 100), np.float32)})
    held = load_arrays(tmp_path)["large"]
    save_arrays(tmp_path, {"large": np.zeros((100, 100), np.float32)})
    assert held.sum() == 10_000
