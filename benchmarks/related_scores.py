"""Our own scored sets for related occupations, and scores with bootstrap intervals. See docs/methods.md."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from related_data import careers_folder, rows

from ginnel.careers.model.records import OccupationRecord

SETS = Path(__file__).parent / "sets"
LIMIT = 10
HEALTH_MAJOR = ("29", "31")
HEALTH_MORE = ("21-1", "11-9111", "11-9151", "39-9011")
Ranker = Callable[[int, int], Sequence[int]]


def is_health(code: str) -> bool:
    """Health and care among O*NET-SOC codes: practitioners, support, social work and counselling, their managers, childcare."""
    return code[:2] in HEALTH_MAJOR or code.startswith(HEALTH_MORE)


def interval(values: npt.ArrayLike) -> dict[str, float]:
    """Mean of a score over what was asked, with a 95 % percentile bootstrap interval (2,000 draws)."""
    found = np.asarray(values, float)
    draws = np.random.default_rng(0).integers(0, len(found), (2000, len(found)))
    low, high = np.percentile(found[draws].mean(axis=1), (2.5, 97.5))
    return {"asked": len(found), "mean": float(found.mean()), "low": float(low), "high": float(high)}


def recall(wanted: dict[int, set[int]], rank: Ranker) -> dict[str, float]:
    """Share of the wanted ones among the first ten, averaged over what was asked."""
    return interval([len(set(rank(row, LIMIT)) & others) / min(len(others), LIMIT) for row, others in wanted.items()])


def pairs(path: Path, scheme: str, records: Sequence[OccupationRecord], only: dict[str, str]) -> dict[int, set[int]]:
    """Pairs of codes of a set, as rows; first column to second. `only` gives columns their wanted value."""
    place = {(record.scheme, record.code): row for row, record in enumerate(records)}
    wanted: dict[int, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if all(row[column] == value for column, value in only.items()):
                one, other, *_ = row.values()
                wanted[place[scheme, one]].add(place[scheme, other])
    return dict(wanted)


def crosswalk(records: Sequence[OccupationRecord], scheme: str, column: str) -> dict[int, set[int]]:
    """The UK progression pairs carried to another scheme by the NCS profiles' own code column."""
    names = {
        r.code if scheme == "onet" else r.title.lower(): row for row, r in enumerate(records) if r.scheme == scheme
    }
    there = {
        row["url"].rsplit("/", 1)[-1]: names.get(row[column].lower() if scheme == "esco" else row[column])
        for row in rows(careers_folder() / "ncs" / "job_profiles.csv")
    }
    wanted: dict[int, set[int]] = defaultdict(set)
    with (SETS / "ncs_progression.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            one, other = there[row["from_ncs"]], there[row["to_ncs"]]
            if one is not None and other is not None and one != other:
                wanted[one].add(other)
    return dict(wanted)


def unseen(records: Sequence[OccupationRecord], table: str, scale: str) -> dict[int, list[int]]:
    """Ten nearest by ratings that no method here reads (standardised, cosine): a judge that cannot be fitted by words."""
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows(careers_folder() / "onet" / f"{table}.tsv.gz", delimiter="\t"):
        if row["Scale ID"] == scale:
            values[row["O*NET-SOC Code"]][row["Element ID"]] = float(row["Data Value"])
    rated = [
        row for row, record in enumerate(records) if record.scheme == "onet" and record.code in values and record.tasks
    ]
    keys = sorted({key for found in values.values() for key in found})
    grid = np.asarray([[values[records[row].code].get(key, np.nan) for key in keys] for row in rated])
    keep = ~np.isnan(grid).any(axis=1)
    grid, rated = grid[keep], [row for row, kept in zip(rated, keep, strict=True) if kept]
    grid = (grid - grid.mean(axis=0)) / grid.std(axis=0)
    grid /= np.linalg.norm(grid, axis=1, keepdims=True)
    likeness = grid @ grid.T
    np.fill_diagonal(likeness, -2)
    return {rated[i]: [rated[j] for j in order] for i, order in enumerate(np.argsort(-likeness, axis=1)[:, :LIMIT])}


def same_group(records: Sequence[OccupationRecord], rank: Ranker, rows_asked: Iterable[int]) -> dict[str, float]:
    """Share of the first ten that stand in the same SOC minor group (first four digits)."""
    return interval(
        [
            np.mean([records[other].code[:4] == records[row].code[:4] for other in rank(row, LIMIT)])
            for row in rows_asked
        ]
    )


def all_scores(records: Sequence[OccupationRecord], rank: Ranker) -> dict[str, Any]:
    """Every set with this ranker."""
    health = [row for row, r in enumerate(records) if r.scheme == "onet" and is_health(r.code) and r.tasks]
    scores = {
        "our judgement, 30 health and care (O*NET)": recall(
            pairs(SETS / "judged_health.csv", "onet", records, {}), rank
        ),
        "UK progression (NCS)": recall(pairs(SETS / "ncs_progression.csv", "ncs", records, {}), rank),
        "UK progression, health and care (NCS)": recall(
            pairs(SETS / "ncs_progression.csv", "ncs", records, {"health_and_care": "yes"}), rank
        ),
        "UK progression carried to O*NET": recall(crosswalk(records, "onet", "onet_code"), rank),
        "UK progression carried to ESCO": recall(crosswalk(records, "esco", "esco_label"), rank),
        "same SOC minor group, health and care": same_group(records, rank, health),
    }
    for table, scale in (("interests", "OI"), ("work_styles", "IM"), ("work_values", "EX")):
        nearest = unseen(records, table, scale)
        scores[f"agrees with unseen {table.replace('_', ' ')}"] = recall(
            {row: set(n) for row, n in nearest.items()}, rank
        )
        scores[f"the same, health and care ({table.replace('_', ' ')})"] = recall(
            {row: set(nearest[row]) for row in health if row in nearest}, rank
        )
    return scores
