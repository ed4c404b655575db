"""Related occupations: which are most like this one in what people do, know and are called, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ginnel.careers.model import likeness
from ginnel.careers.model.embedding import Embedder
from ginnel.careers.model.fusion import closest
from ginnel.careers.model.records import LEVEL_SUFFIX, OccupationRecord

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

WEIGHTS: Mapping[str, float] = {
    "tasks": 0.6,
    "task_sense": 0.3,
    "activities": 1.0,
    "knowledge": 1.0,
    "skills": 0.5,
    "titles": 1.0,
    "title_words": 0.4,
    "description": 0.4,
    "whole": 0.4,
    "words": 0.4,
}
"""
What each way of looking counts for: what people do (1.9), know (1, and skills 0.5), are called (1.4), and all its
words (1.2). Chosen by how well each part foretells parts that were held out; see docs/methods.md.
"""

LOOKS = tuple(WEIGHTS)
"""The ways of looking, in the column order of `RelatedIndex.alike`."""

LISTED_SKILLS = 3.0
"""A list of needed skills (ESCO, the pack) says what people do, as tasks do: it counts this many times rated skills."""

KEPT = 100
"""Neighbours kept of each occupation."""

REASONS = 5
"""Shared skills, activities, tasks and titles named for each neighbour."""

ALIKE_TASKS = 0.5
"""Least cosine at which two tasks are shown as alike."""


@dataclass(frozen=True)
class RelatedIndex:
    """
    Ready answers for N occupations of any schemes, in arrays that can be memory-mapped.

    Attributes
    ----------
    neighbours : ndarray of int32, shape (N, K)
        Row numbers of the most related occupations of the same scheme, best first; -1 where there are no more.
    scores : ndarray of float32, shape (N, K)
        Fused likeness from 0 to 1 (1: first in every way of looking). No unit.
    alike : ndarray of float16, shape (N, K, len(LOOKS))
        Likeness in each way of looking, at most 1; NaN where it was not known of both.
    skills, knowledge, activities : csr_matrix, shape (N, F)
        Unit rows whose products say which keys two occupations share most tellingly.
    skill_keys, knowledge_keys, activity_keys
        The keys in column order.
    task_vectors : ndarray of float16, shape (T, D)
        Unit vectors of the tasks, occupation by occupation.
    task_starts : ndarray of int32, shape (N + 1,)
        Where each occupation's tasks start.
    """

    neighbours: Ints
    scores: Floats
    alike: npt.NDArray[np.float16]
    skills: sparse.csr_matrix
    knowledge: sparse.csr_matrix
    activities: sparse.csr_matrix
    skill_keys: Sequence[str]
    knowledge_keys: Sequence[str]
    activity_keys: Sequence[str]
    task_vectors: npt.NDArray[np.float16]
    task_starts: Ints

    def to_arrays(self) -> dict[str, Any]:
        """Every attribute under its own name with ``related.`` before it, for `store.save_arrays`."""
        return {f"related.{each.name}": getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_arrays(cls, found: Mapping[str, Any]) -> RelatedIndex:
        """The index back from `store.load_arrays`; other entries are left alone."""
        return cls(**{each.name: found[f"related.{each.name}"] for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class Neighbour:
    """
    One related occupation and the reasons.

    Attributes
    ----------
    row
        Its number among the records that the index was built of.
    score
        Fused likeness, 0 to 1.
    alike
        Way of looking (`LOOKS`) to likeness, for those known of both.
    skills, knowledge, activities
        Keys shared most tellingly, strongest first; activities may be detailed or intermediate ones.
    tasks
        Pairs ``(task number here, task number there, cosine)`` of alike tasks, best first.
    """

    row: int
    score: float
    alike: Mapping[str, float]
    skills: tuple[str, ...]
    knowledge: tuple[str, ...]
    activities: tuple[str, ...]
    tasks: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Related:
    """The answer for one occupation. `looked_at` are the ways of looking that were known of it; empty: only its title."""

    row: int
    neighbours: tuple[Neighbour, ...]
    looked_at: tuple[str, ...]


def build_related(
    records: Sequence[OccupationRecord], embedder: Embedder | None = None, *, weights: Mapping[str, float] = WEIGHTS
) -> RelatedIndex:
    """
    Compare every occupation with all others of its scheme and keep the closest `KEPT`.

    Any field of a record may be empty: it is then compared by what is there. For S occupations of a scheme this takes
    time and memory that grow as S squared (3,007: some seconds and 0.4 GB); it is meant for import time.

    Parameters
    ----------
    records
        Occupations of any schemes in any order; rows of the index follow this order.
    embedder
        Default: the one shipped.
    weights
        What each way of looking counts for; missing ones count 0.

    References
    ----------
    docs/methods.md#related-occupations
    """
    embedder = embedder or Embedder.load()
    count = len(records)
    kept = min(KEPT, max(count - 1, 0))
    neighbours = np.full((count, kept), -1, np.int32)
    scores = np.zeros((count, kept), np.float32)
    alike = np.full((count, kept, len(LOOKS)), np.nan, np.float16)
    lengths = [len(record.tasks) for record in records]
    vectors = embedder.embed([task for record in records for task in record.tasks])
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)

    by_scheme: dict[str, list[int]] = {}
    for row, record in enumerate(records):
        by_scheme.setdefault(record.scheme, []).append(row)
    for rows in by_scheme.values():
        members = [records[row] for row in rows]
        mine = np.concatenate([vectors[starts[row] : starts[row + 1]] for row in rows])
        looks = _looks(members, embedder, mine, [lengths[row] for row in rows])
        found, strength, parts = closest(
            looks,
            dict(weights) if likeness.is_rated([record.skills for record in members]) else _for_lists(weights),
            kept=min(KEPT, len(rows) - 1),
            preparation=np.asarray([record.preparation for record in members]),
            family=[_family(record) for record in members],
        )
        width = found.shape[1]
        neighbours[rows, :width] = np.asarray(rows, np.int32)[found]
        scores[rows, :width] = strength
        alike[rows, :width] = parts

    skills, skill_keys = _tellers([record.skills for record in records])
    knowledge, knowledge_keys = _tellers([record.knowledge for record in records])
    done, activity_keys = likeness.weighted_keys([_activities(record) for record in records])
    return RelatedIndex(
        neighbours, scores, alike, skills, knowledge, done, skill_keys, knowledge_keys, activity_keys,
        vectors.astype(np.float16), starts,
    )  # fmt: skip


def related(index: RelatedIndex, row: int, limit: int = 10) -> Related:
    """
    The occupations most related to one, best first, with reasons. At most `KEPT`; empty only if it is alone in its scheme.

    Raises
    ------
    IndexError
        If the index has no such row.
    ValueError
        If `limit` is below 1.
    """
    if not 0 <= row < len(index.neighbours):
        raise IndexError(f"No occupation {row} in an index of {len(index.neighbours)}")
    if limit < 1:
        raise ValueError("Ask for at least one related occupation")
    found = [
        Neighbour(
            row=int(other),
            score=float(index.scores[row, place]),
            alike={
                name: float(part)
                for name, part in zip(LOOKS, index.alike[row, place], strict=True)
                if not np.isnan(part)
            },
            skills=_shared(index.skills, index.skill_keys, row, int(other)),
            knowledge=_shared(index.knowledge, index.knowledge_keys, row, int(other)),
            activities=_shared(index.activities, index.activity_keys, row, int(other)),
            tasks=_alike_tasks(index, row, int(other)),
        )
        for place, other in enumerate(index.neighbours[row, :limit])
        if other >= 0
    ]
    known = {name for neighbour in found for name in neighbour.alike}
    return Related(row, tuple(found), tuple(name for name in LOOKS if name in known))


def _looks(
    records: Sequence[OccupationRecord], embedder: Embedder, task_vectors: Floats, task_lengths: Sequence[int]
) -> dict[str, Callable[[], Floats]]:
    return {
        "tasks": lambda: likeness.matched_tasks(task_vectors, task_lengths),
        "task_sense": lambda: likeness.sense_of_tasks(task_vectors, task_lengths),
        "activities": lambda: likeness.activities(records),
        "knowledge": lambda: likeness.ratings([record.knowledge for record in records]),
        "skills": lambda: likeness.ratings([record.skills for record in records]),
        "titles": lambda: likeness.meaning_of_titles(records, embedder),
        "title_words": lambda: likeness.words_in_titles(records),
        "description": lambda: likeness.meaning_of_description(records, embedder),
        "whole": lambda: likeness.meaning_of_whole(records, embedder),
        "words": lambda: likeness.words(records),
    }


def _for_lists(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: weight * (LISTED_SKILLS if name == "skills" else 1.0) for name, weight in weights.items()}


def _activities(record: OccupationRecord) -> dict[str, float]:
    """Detailed activities and, at half the weight, the intermediate ones they belong to."""
    stems = (activity.rsplit(".", 1)[0] for activity in record.activities if "." in activity)
    return dict.fromkeys(stems, 0.5) | dict.fromkeys(record.activities, 1.0)


def _family(record: OccupationRecord) -> str:
    """The SOC minor group of an O*NET code (``29-1``); other schemes' codes say nothing."""
    return record.code[:4] if record.scheme == "onet" else ""


def _tellers(rows: Sequence[Mapping[str, float]]) -> tuple[sparse.csr_matrix, list[str]]:
    """What is telling about each occupation: needs above the average where rated with levels, else keys by rarity."""
    rated = [any(key.endswith(LEVEL_SUFFIX) for key in row) for row in rows]
    plain, keys = likeness.weighted_keys([{} if is_rated else row for row, is_rated in zip(rows, rated, strict=True)])
    profile = likeness.profile([row if is_rated else {} for row, is_rated in zip(rows, rated, strict=True)])
    rated_keys = sorted(
        {k for row, is_rated in zip(rows, rated, strict=True) if is_rated for k in row if LEVEL_SUFFIX not in k}
    )
    return sparse.csr_matrix(
        sparse.hstack([plain, sparse.csr_matrix(profile.clip(0.0))]), dtype=np.float32
    ), keys + rated_keys


def _shared(rows: sparse.csr_matrix, keys: Sequence[str], one: int, other: int) -> tuple[str, ...]:
    def row(number: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        span = slice(int(rows.indptr[number]), int(rows.indptr[number + 1]))
        return rows.indices[span], rows.data[span]

    (left, left_weight), (right, right_weight) = row(one), row(other)
    both, at_left, at_right = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    strength = left_weight[at_left] * right_weight[at_right]
    return tuple(keys[int(both[place])] for place in np.argsort(-strength, kind="stable")[:REASONS])


def _alike_tasks(index: RelatedIndex, one: int, other: int) -> tuple[tuple[int, int, float], ...]:
    """The best pairs of tasks, each task used once."""
    mine, theirs = (
        index.task_vectors[int(index.task_starts[row]) : int(index.task_starts[row + 1])].astype(np.float32)
        for row in (one, other)
    )
    if not len(mine) or not len(theirs):
        return ()
    cosine = mine @ theirs.T
    pairs: list[tuple[int, int, float]] = []
    while len(pairs) < REASONS:
        here, there = np.unravel_index(int(cosine.argmax()), cosine.shape)
        if cosine[here, there] < ALIKE_TASKS:
            break
        pairs.append((int(here), int(there), min(float(cosine[here, there]), 1.0)))
        cosine[here, :] = cosine[:, there] = -1.0
    return tuple(pairs)
