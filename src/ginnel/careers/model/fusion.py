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


def add_reciprocal_ranks(fused: Floats, square: Floats, weight: float) -> None:
    """
    Add ``weight / (RANK_OFFSET + rank)`` of each likeness in its row to `fused`, the highest first; among equals the earlier column first.

    Where likeness is not known (NaN), the rank is that of the middle of the row: neither for nor against.
    """
    count = square.shape[1]
    steps = (weight / (RANK_OFFSET + 1.0 + np.arange(count))).astype(np.float32)
    middle = np.float32(weight / (RANK_OFFSET + count / 2))
    for start in range(0, len(square), ROWS):
        block = square[start : start + ROWS]
        lacking = np.isnan(block)
        order = np.argsort(-np.where(lacking, -np.inf, block), axis=1, kind="stable")
        ranked = np.empty(block.shape, np.float32)
        np.put_along_axis(ranked, order, np.broadcast_to(steps, block.shape), axis=1)
        ranked[lacking] = middle
        fused[start : start + ROWS] += ranked


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
        Name to a function that works out likeness, shape (N, N), NaN in the whole row and column of an occupation of which
        nothing is known. Called one after another, so that few are in memory at once.
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
    known = np.zeros((count, len(looks)), np.float32)
    total = 1e-9
    with tempfile.TemporaryFile() as aside:
        # What each look said is wanted again once it is known who is closest: ten squares in memory would be most of an import's.
        seen: list[int] = []
        for column, (name, look) in enumerate(looks.items()):
            square = look()
            np.fill_diagonal(square, np.nan)
            of_whom = ~np.isnan(square).all(axis=1)
            if not of_whom.any():
                continue
            weight = weights.get(name, 0.0)
            known[of_whom, column] = np.sqrt(weight)
            seen.append(column)
            square.astype(np.float16).tofile(aside)
            add_reciprocal_ranks(fused, square, weight)
            total += weight
        order = _order(fused, known, total, kept, preparation=preparation, family=family)
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
    known: Floats,
    total: float,
    kept: int,
    *,
    preparation: npt.NDArray[np.int_],
    family: Sequence[str],
) -> npt.NDArray[np.intp]:
    """
    Finish the fused likeness in place (both ways round, what is lacking, preparation, family) and order each row.

    `known`, shape (N, looks): the root of each look's weight where it is known of an occupation, else 0; so that the product of two rows
    is the weight of what is known of both.
    """
    count = len(fused)
    _add_mutual(fused)
    groups = np.unique(np.asarray(family), return_inverse=True)[1]
    named = np.asarray([bool(name) for name in family], dtype=bool)
    order = np.empty((count, kept), np.intp)
    for row in range(count):
        fused[row] *= np.float32(1.0) - np.float32(UNSURE) * (np.float32(1.0) - known @ known[row] / np.float32(total))
        prepared = (preparation > 0) & (preparation[row] > 0)
        fused[row] *= 1.0 - np.float32(ZONE_LOSS) * np.where(prepared, np.abs(preparation - preparation[row]), 0)
        fused[row, named & (groups == groups[row])] *= 1.0 + FAMILY_GAIN
        fused[row, row] = -1.0
        order[row] = np.argsort(-fused[row], kind="stable")[:kept]
    return order


def _add_mutual(fused: Floats) -> None:
    """Add the ranking seen from the other occupation, in place, a pair of tiles at a time."""
    for top in range(0, len(fused), ROWS):
        for left in range(top, len(fused), ROWS):
            here, there = fused[top : top + ROWS, left : left + ROWS], fused[left : left + ROWS, top : top + ROWS]
            seen = here.copy()
            here += np.float32(MUTUAL) * there.T
            if left != top:
                there += np.float32(MUTUAL) * seen.T
