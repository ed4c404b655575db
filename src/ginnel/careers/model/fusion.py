"""Many ways of looking made one ranking: reciprocal ranks, both ways round, nudged by preparation and family."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RANK_OFFSET = 20.0
"""Softens the top of each ranking: rank r counts ``1 / (RANK_OFFSET + r)``. Unit: ranks."""

MUTUAL = 0.5
"""What the ranking seen from the other occupation counts for, beside 1 for the one asked about. No unit."""

ZONE_LOSS = 0.08
"""Share of the fused likeness lost for each step between two occupations' preparation (job zones). Unit: 1/zone."""

FAMILY_GAIN = 0.1
"""Share of the fused likeness gained where the classification puts two in one family. No unit."""

UNSURE = 0.5
"""Share of the fused likeness lost if nothing is known of both in any look, and in proportion where less is lacking."""

ROWS = 256
"""Rows sorted at a time, so that sorting takes little memory."""


def reciprocal_ranks(square: Floats) -> Floats:
    """
    ``1 / (RANK_OFFSET + rank)`` of each likeness in its row, the highest first; among equals the earlier column first.

    Where likeness is not known (NaN), the rank is that of the middle of the row: neither for nor against.
    """
    count = square.shape[1]
    steps = (1.0 / (RANK_OFFSET + 1.0 + np.arange(count))).astype(np.float32)
    result = np.empty(square.shape, np.float32)
    for start in range(0, len(square), ROWS):
        block = square[start : start + ROWS]
        order = np.argsort(-np.where(np.isnan(block), -np.inf, block), axis=1, kind="stable")
        np.put_along_axis(result[start : start + ROWS], order, np.broadcast_to(steps, block.shape), axis=1)
    result[np.isnan(square)] = 1.0 / (RANK_OFFSET + count / 2)
    return result


def closest(
    looks: Mapping[str, Callable[[], Floats]],
    weights: Mapping[str, float],
    *,
    kept: int,
    preparation: npt.NDArray[np.int_],
    family: Sequence[str],
) -> tuple[npt.NDArray[np.intp], Floats, npt.NDArray[np.float16]]:
    """
    Fuse several square matrices of likeness of the same N occupations and keep the closest of each.

    Parameters
    ----------
    looks
        Name to a function that works out likeness, shape (N, N), NaN where not known. Called one after another, so
        that few are in memory at once.
    weights
        What each counts for; 0 leaves it out of the ranking, not out of the answer.
    kept
        How many to keep, K; at most N - 1.
    preparation : ndarray of int, shape (N,)
        Job zone 1 to 5, 0 where not known.
    family
        A group name for each occupation, empty where there is none.

    Returns
    -------
    order : ndarray, shape (N, K)
        Columns of the closest, best first.
    strength : ndarray, shape (N, K)
        Fused likeness, 0 to 1; 1 would be first in every look that is known of any two, both ways round, in the same
        family. No unit.
    parts : ndarray, shape (N, K, len(looks))
        Likeness in each look.
    """
    count = len(family)
    fused = np.zeros((count, count), np.float32)
    unknown = np.zeros((count, count), np.float32)
    total = 1e-9
    with tempfile.TemporaryFile() as aside:
        # What each look said is wanted again once it is known who is closest: ten squares in memory would be most of an import's.
        seen: list[int] = []
        for column, (name, look) in enumerate(looks.items()):
            square = look()
            np.fill_diagonal(square, np.nan)
            lacking = np.isnan(square)
            weight = np.float32(weights.get(name, 0.0))
            if lacking.all():
                continue
            seen.append(column)
            square.astype(np.float16).tofile(aside)
            fused += weight * reciprocal_ranks(square)
            unknown += weight * lacking
            total += float(weight)
        order = _order(fused, unknown, total, kept, preparation=preparation, family=family)
        parts = np.full((*order.shape, len(looks)), np.nan, np.float16)
        aside.seek(0)
        for column in seen:
            for row in range(count):
                parts[row, :, column] = np.fromfile(aside, np.float16, count)[order[row]]
    best = total / (RANK_OFFSET + 1.0) * (1.0 + MUTUAL) * (1.0 + FAMILY_GAIN)
    strength = np.take_along_axis(fused, order, axis=1) / np.float32(best)
    return order, strength.astype(np.float32), parts


def _order(
    fused: Floats,
    unknown: Floats,
    total: float,
    kept: int,
    *,
    preparation: npt.NDArray[np.int_],
    family: Sequence[str],
) -> npt.NDArray[np.intp]:
    """Finish the fused likeness in place (both ways round, what is lacking, preparation, family) and order each row."""
    count = len(fused)
    fused += np.float32(MUTUAL) * fused.T.copy()
    fused *= 1.0 - np.float32(UNSURE / total) * unknown
    groups = np.unique(np.asarray(family), return_inverse=True)[1]
    named = np.asarray([bool(name) for name in family], dtype=bool)
    order = np.empty((count, kept), np.intp)
    for row in range(count):
        known = (preparation > 0) & (preparation[row] > 0)
        fused[row] *= 1.0 - np.float32(ZONE_LOSS) * np.where(known, np.abs(preparation - preparation[row]), 0)
        fused[row, named & (groups == groups[row])] *= 1.0 + FAMILY_GAIN
        fused[row, row] = -1.0
        order[row] = np.argsort(-fused[row], kind="stable")[:kept]
    return order
