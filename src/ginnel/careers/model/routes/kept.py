"""Part-routes that a search has gone on from, and whether a new one is beaten by any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

import numpy as np

from ginnel.careers.model.routes.table import RouteTable, bits

# ticks, pounds, pay gap, gates, level index, position, row taken, part-route before
Label = tuple[int, int, int, int, int, int, int, Optional["Label"]]


class Kept:
    """Part-routes in columns (ticks, pounds, gap, moves, minus level), so that one comparison looks at them all."""

    def __init__(self, table: RouteTable, grown_up: int, whole_pay: int) -> None:
        """``grown_up``: ticks until the last birthday that matters; ``whole_pay``: the target's pay, pounds a year."""
        self.table = table
        self.grown_up = grown_up
        self.whole_pay = whole_pay
        self.size = 0
        self.values = np.empty((5, 256), dtype=np.int64)
        self.labels: list[Label] = []

    def add(self, label: Label, moves: int) -> None:
        if self.size == self.values.shape[1]:
            self.values = np.concatenate([self.values, np.empty_like(self.values)], axis=1)
        self.values[:, self.size] = label[0], label[1], label[2], moves, -label[4]
        self.labels.append(label)
        self.size += 1

    def beats(self, label: Label, moves: int, as_good: Callable[[], int], ahead: Callable[[], int]) -> bool:
        """
        Whether a kept part-route beats this one.

        ``as_good()``: mask of the positions that are as good a place to stand as this one's. ``ahead()``: mask of the gates
        that still matter from here. Both take time to find, so they are asked for only when all else is equal.
        """
        ticks, cost, lost, held, level, here, _, _ = label
        limit = np.array([[ticks], [cost], [lost], [moves], [-level]], dtype=np.int64)
        near = (self.values[:, : self.size] <= limit).all(axis=0).nonzero()[0].tolist()
        if not near:
            return False
        others = [self.labels[at] for at in near]
        if any(other[5] == here and not held & ~other[3] and other[0] >= self.grown_up for other in others):
            return True
        places = as_good()
        others = [other for other in others if places >> other[5] & 1]
        if any(held & ~other[3] for other in others):
            held &= ahead()
        for other in others:
            lacks = held & ~other[3]
            if lacks & ~self.table.soft:
                continue
            if other[0] >= self.grown_up:
                if not lacks or self._can_catch_up(other, lacks, ticks, cost, lost):
                    return True
                continue
            if lacks:
                continue
            charge = self.grown_up - other[0]
            if other[5] == here and other[3] == label[3] and other[4] == level:
                charge = min(charge, ticks - other[0])
            if other[2] + charge * self.whole_pay <= lost:
                return True
        return False

    def _can_catch_up(self, other: Label, lacks: int, ticks: int, cost: int, lost: int) -> bool:
        """Whether the other part-route could still get these self-clear gates, one after the other, and not be behind."""
        wait = sum(self.table.gate_ticks[bit] for bit in bits(lacks))
        fee = self.table.wait_for(lacks)[1]
        return other[0] + wait <= ticks and other[1] + fee <= cost and other[2] + wait * self.whole_pay <= lost
