"""
What can matter for a target, and lower bounds to it.

The bounds come from a relaxed table in which every gate is open and no one waits. A route in the real table is a
route in the relaxed one that takes no longer, costs no more, gives up no more pay and has no more moves, so the
bounds never say too much (they are *admissible*) and pruning with them loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ginnel.careers.model.routes.table import KEEP, STAY, RouteTable, StepRow

INF = 1 << 44
MONTHS, COST, GAP, MOVES = range(4)
Ints = npt.NDArray[np.int64]


def still_open(least: Ints, front: Ints, horizon: int, max_moves: int) -> npt.NDArray[np.bool_]:
    """Which columns of ``least``, shape (4, N), might still become a route that no route in ``front`` (F, 4) beats."""
    can = (least[0] <= horizon) & (least[3] <= max_moves)
    if len(front):
        can &= ~(front[:, :, None] <= least).all(axis=1).any(axis=0)
    return can


def reachable(table: RouteTable, position: int, level: int, gates: int) -> tuple[int, int, int, int]:
    """
    Everything a person might come to if nothing they reach were ever lost: positions, level, gates, steps.

    More than can really be reached (one cannot be in two roles at once), never less. Returns masks, and the level.
    """
    places, ready, pending = 1 << position, 0, list(table.rows)
    gates |= table.soft | table.age
    grew = True
    while grew:
        grew, left = False, []
        for row in pending:
            open_now = (
                row.min_level <= level
                and not row.needs & ~gates
                and (row.origins is None or any(places >> origin & 1 for origin in row.origins))
                and (row.to == STAY or not table.position_gates[row.to] & ~(gates | row.clears))
            )
            if not open_now:
                left.append(row)
                continue
            grew = True
            ready |= 1 << row.index
            gates |= row.clears
            level = max(level, row.gives_level)
            if row.to != STAY:
                places |= 1 << row.to
        pending = left
    return places, level, gates, ready


def leading_to(table: RouteTable, target: int, among: int) -> tuple[int, int]:
    """Masks of the positions that lead to the target by steps in ``among``, gates apart, and of the steps they use."""
    everywhere = (1 << len(table.positions)) - 1
    places = used = 0
    grown = 1 << target
    while grown != places:
        places = grown
        for row in table.rows:
            if among >> row.index & 1 and row.to != STAY and places >> row.to & 1:
                used |= 1 << row.index
                if row.origins is None:
                    grown = everywhere
                for origin in row.origins or ():
                    grown |= 1 << origin
    for row in table.rows:
        if row.to == STAY and among >> row.index & 1:
            if row.origins is None or any(places >> origin & 1 for origin in row.origins):
                used |= 1 << row.index
    return places, used


def lower_bounds(
    rows: list[StepRow], target: int, gap: list[int], floor: list[int], n_levels: int, target_pay: int
) -> Ints:
    """
    Least ticks, pounds, pay gap and moves to the target from every position and level, all gates open.

    Returns
    -------
    ndarray of int64, shape (4, P, n_levels)
        ``INF`` or more where the target cannot be reached. Found by Bellman-Ford sweeps to a fixed point.
    """
    gaps = np.array(gap, dtype=np.int64)
    least = np.full((4, len(gap), n_levels), INF, dtype=np.int64)
    least[:, target, :] = 0
    moving = [row for row in rows if row.origins is None and row.to != STAY]
    hub = _edges([row for row in moving if row.rate != KEEP], None, gap, floor, n_levels, target_pay)
    hub_keep = _edges([row for row in moving if row.rate == KEEP], None, gap, floor, n_levels, target_pay)
    if hub_keep:
        hub_keep.weight[GAP] = INF  # depends on the pay of the place it starts from: below
    raising = _edges(
        [row for row in rows if row.origins is None and row.to == STAY and floor[row.gives_level]],
        None, gap, floor, n_levels, target_pay,
    )  # fmt: skip
    named = [(origin, row) for row in rows for origin in row.origins or ()]
    named.sort(key=lambda pair: (pair[0], pair[1].index))
    special = _edges([row for _, row in named], [p for p, _ in named], gap, floor, n_levels, target_pay)
    starts, owners = np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    if special:
        owners, starts = np.unique(special.origin, return_index=True)
    while True:
        before = least.copy()
        for edges in (hub, hub_keep):
            if edges:
                onward = least[:, edges.to[:, None], edges.level] + edges.weight[:, :, None] + edges.shut
                np.minimum(least, onward.min(axis=1)[:, None, :], out=least)
        if hub_keep:
            onward_gap = least[GAP][hub_keep.to[:, None], hub_keep.level] + hub_keep.shut
            kept = gaps[:, None] * hub_keep.ticks
            for level in range(n_levels):
                useful = onward_gap[:, level] < INF
                if useful.any():
                    best = (kept[:, useful] + onward_gap[useful, level]).min(axis=1)
                    np.minimum(least[GAP, :, level], best, out=least[GAP, :, level])
        if raising:
            for i in range(len(raising.to)):
                onward = least[:, :, raising.level[i]] + raising.weight[:, i, None, None] + raising.shut[i]
                if raising.keep[i]:
                    onward[GAP] += (gaps * raising.ticks[i])[:, None]
                np.minimum(least, onward, out=least)
        if special:
            onward = least[:, special.to[:, None], special.level] + special.weight[:, :, None] + special.shut
            best = np.minimum.reduceat(onward, starts, axis=1)
            least[:, owners, :] = np.minimum(least[:, owners, :], best)
        np.minimum(least, INF, out=least)
        if np.array_equal(before, least):
            return least


@dataclass(slots=True)
class _Edges:
    origin: Ints
    to: Ints
    ticks: Ints
    level: Ints
    shut: Ints
    weight: Ints
    keep: npt.NDArray[np.bool_]


def _edges(
    rows: list[StepRow], origins: list[int] | None, gap: list[int], floor: list[int], n_levels: int, target_pay: int
) -> _Edges | None:
    if not rows:
        return None
    at = np.arange(n_levels)
    ticks = np.array([row.ticks for row in rows], dtype=np.int64)
    keep = np.array([row.rate == KEEP for row in rows])
    rate_gap = [0 if row.rate == KEEP else max(0, target_pay - row.rate) for row in rows]
    if origins is not None:
        rate_gap = [gap[o] if row.rate == KEEP else g for o, row, g in zip(origins, rows, rate_gap, strict=True)]
    own = origins if origins is not None else [0] * len(rows)
    return _Edges(
        origin=np.array(own, dtype=np.int64),
        to=np.array([o if row.to == STAY else row.to for o, row in zip(own, rows, strict=True)], dtype=np.int64),
        ticks=ticks,
        level=np.maximum(at, np.array([floor[row.gives_level] for row in rows])[:, None]),
        shut=np.where(at < np.array([floor[row.min_level] for row in rows])[:, None], INF, 0),
        weight=np.stack([ticks, np.array([row.cost for row in rows], dtype=np.int64),
                         np.array(rate_gap, dtype=np.int64) * ticks, np.ones(len(rows), dtype=np.int64)]),
        keep=keep,
    )  # fmt: skip
