"""How alike any two occupations of one scheme are, one way of looking at a time: each a square matrix of likeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ginnel.careers.model.embedding import Embedder, unit
from ginnel.careers.model.records import LEVEL_SUFFIX, OccupationRecord
from ginnel.careers.model.text import build_terms, spread, unit_rows

Floats = npt.NDArray[np.float32]
Records = Sequence[OccupationRecord]

TITLE_TEXTS = 60
"""Alternative titles read of one occupation, so that one with hundreds does not slow the build."""

ROWS = 256
"""Rows multiplied at a time: a product of sparse rows is nearly dense, and takes three times the memory of one."""


def words(records: Records) -> Floats:
    """Cosine of the TF-IDF of title, description and tasks together; NaN where no word is known."""
    return _sparse_cosine(_tfidf([_whole_text(record) for record in records]))


def words_in_titles(records: Records) -> Floats:
    """Cosine of the rarity of words that stand in any title; each word counts once however often it stands there."""
    texts = [" ".join((record.title, *record.alt_titles)) for record in records]
    terms = build_terms(texts)
    found = terms.counts(texts)
    found.data = terms.idf[found.indices]
    return _sparse_cosine(unit_rows(found))


def activities(records: Records) -> Floats:
    """Cosine of shared detailed activities and of the intermediate activities they belong to, by rarity; mean of the two."""
    detailed = weighted_keys([dict.fromkeys(record.activities, 1.0) for record in records])[0]
    stems = [dict.fromkeys((a.rsplit(".", 1)[0] for a in record.activities), 1.0) for record in records]
    both: Floats = (_sparse_cosine(detailed) + _sparse_cosine(weighted_keys(stems)[0])) / np.float32(2)
    return both


def weighted_keys(rows: Iterable[Mapping[str, float]]) -> tuple[sparse.csr_matrix, list[str]]:
    """Unit rows of weight times rarity ``log(N / df)``, shape (N, F), and the F keys in column order."""
    columns: dict[str, int] = {}
    indptr, indices, data = [0], [], []
    for row in rows:
        for key, weight in row.items():
            indices.append(columns.setdefault(key, len(columns)))
            data.append(weight)
        indptr.append(len(indices))
    parts = (np.asarray(data, np.float32), np.asarray(indices, np.int32), np.asarray(indptr, np.int32))
    matrix = sparse.csr_matrix(parts, shape=(len(indptr) - 1, len(columns)))
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int32)
    matrix.data *= spread(frequency, matrix.shape[0])[matrix.indices]
    return unit_rows(matrix), list(columns)


def profile(rows: Sequence[Mapping[str, float]]) -> Floats:
    """
    Unit rows of what an occupation needs more, or less, of than others do, shape (N, F); zero rows where unrated.

    Where levels are known (`LEVEL_SUFFIX`), a rating is importance above its minimum times level: a thing must matter
    and be needed at depth. Columns are centred on their mean, not scaled: what differs little between occupations
    should say little.
    """
    keys = sorted({key for row in rows for key in row if not key.endswith(LEVEL_SUFFIX)})
    values = np.zeros((len(rows), len(keys)), np.float32)
    for number, row in enumerate(rows):
        values[number] = [
            (row[key] - 1.0) * row[key + LEVEL_SUFFIX] if key + LEVEL_SUFFIX in row else row.get(key, 0.0)
            for key in keys
        ]
    rated = np.asarray([bool(row) for row in rows], dtype=bool)
    if rated.any():
        values -= values[rated].mean(axis=0)
    values[~rated] = 0.0
    return unit(values)


def ratings(rows: Sequence[Mapping[str, float]]) -> Floats:
    """
    Likeness of skills or of knowledge: correlation of rated profiles, or shared keys by rarity where they are not rated.

    ESCO and the pack list only what is needed, so there a shared key says much and a missing one little.
    """
    return _dense_cosine(profile(rows)) if is_rated(rows) else _sparse_cosine(weighted_keys(rows)[0])


def is_rated(rows: Sequence[Mapping[str, float]]) -> bool:
    """Whether every occupation with any key has the same keys, as O*NET's ratings do."""
    filled = [row for row in rows if row]
    return len(filled) > 1 and all(row.keys() == filled[0].keys() for row in filled)


def meaning_of_titles(records: Records, embedder: Embedder) -> Floats:
    """Cosine of the mean vector of every title an occupation goes by."""
    names = [list(dict.fromkeys((record.title, *record.alt_titles)))[:TITLE_TEXTS] for record in records]
    means = np.empty((len(names), embedder.size), np.float32)
    for start in range(0, len(names), ROWS):  # the vectors of all titles at once would be most of an import's memory
        some = names[start : start + ROWS]
        vectors = embedder.embed([name for found in some for name in found])
        means[start : start + ROWS] = segment_means(vectors, [len(found) for found in some])
    return _dense_cosine(means)


def meaning_of_description(records: Records, embedder: Embedder) -> Floats:
    """Cosine of the descriptions' vectors; NaN where one has none."""
    return _dense_cosine(embedder.embed([record.description for record in records]))


def meaning_of_whole(records: Records, embedder: Embedder) -> Floats:
    """Cosine of the vectors of title, description and tasks read as one text: what carries short records."""
    return _dense_cosine(embedder.embed([_whole_text(record) for record in records]))


def segment_means(vectors: Floats, lengths: Sequence[int]) -> Floats:
    """Unit mean of each run of rows, shape (len(lengths), D); an empty run is a row of zeros."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    bag = sparse.csr_matrix(
        (np.ones(len(owner), np.float32), (owner, np.arange(len(owner)))), (len(lengths), len(owner))
    )
    return unit(np.asarray(bag @ vectors, np.float32))


def sense_of_tasks(vectors: Floats, lengths: Sequence[int]) -> Floats:
    """Cosine of the mean vectors of all tasks, shape (N, N); NaN where one has none. Parameters as `matched_tasks`."""
    return _dense_cosine(segment_means(vectors, lengths))


def matched_tasks(vectors: Floats, lengths: Sequence[int]) -> Floats:
    """
    How well each occupation's tasks are met by the other's: for each task the most alike task, both ways, then the mean.

    A match counts by how far it stands above the task's usual best match over all occupations, in standard
    deviations: tasks that every occupation has ("maintain records") so say little. Scaled so that 1 is an occupation
    with the very same tasks and 0 one that is no closer than usual.

    Parameters
    ----------
    vectors : ndarray, shape (T, D)
        Unit vectors of all tasks, occupation by occupation.
    lengths
        How many tasks each of the N occupations has.

    Returns
    -------
    ndarray, shape (N, N)
        Likeness, at most 1. NaN where either has no tasks.

    References
    ----------
    docs/methods.md#related-occupations
    """
    starts = np.concatenate(([0], np.cumsum(lengths)))
    having = np.flatnonzero(np.asarray(lengths))
    result = np.full((len(lengths), len(lengths)), np.nan, np.float32)
    one_way = np.zeros((len(having), len(having)), np.float32)
    for row, occupation in enumerate(having):
        mine = vectors[starts[occupation] : starts[occupation + 1]]
        best = np.maximum.reduceat(mine @ vectors.T, starts[having], axis=1)
        usual = best.mean(axis=1, keepdims=True)
        step = np.maximum(best.std(axis=1, keepdims=True), 1e-3)
        one_way[row] = ((best - usual) / step).sum(axis=0) / max(float(((1.0 - usual) / step).sum()), 1e-6)
    result[np.ix_(having, having)] = (one_way + one_way.T) / 2
    return result


def _whole_text(record: OccupationRecord) -> str:
    return " ".join((record.title, record.description, *record.tasks))


def _tfidf(texts: Sequence[str]) -> sparse.csr_matrix:
    return build_terms(texts).tfidf(texts)


def _sparse_cosine(rows: sparse.csr_matrix) -> Floats:
    across = rows.T.tocsr()
    square = np.empty((rows.shape[0], rows.shape[0]), np.float32)
    for start in range(0, rows.shape[0], ROWS):
        square[start : start + ROWS] = (rows[start : start + ROWS] @ across).toarray()
    return _blank(square, np.diff(rows.indptr) > 0)


def _dense_cosine(rows: Floats) -> Floats:
    return _blank(rows @ rows.T, np.abs(rows).sum(axis=1) > 0)


def _blank(square: Floats, known: npt.NDArray[np.bool_]) -> Floats:
    square[~known] = np.nan
    square[:, ~known] = np.nan
    return square
