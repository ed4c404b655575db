"""From evidence to a ranked, varied, reasoned list: the face of this package is `suit`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ginnel.careers.model.suit.answer import Reason, RoleMatch, SuitPerson
from ginnel.careers.model.suit.index import SuitIndex
from ginnel.careers.model.suit.reasons import avoided, conflicts, reasons_for, still_missing
from ginnel.careers.model.suit.signals import Evidence, gather

Floats = npt.NDArray[np.float64]

WEIGHTS: Mapping[str, float] = {
    "skills": 1.1, "nearness": 0.9, "interests": 0.9, "activities": 0.25, "words": 0.85, "meaning": 0.85, "wanted": 2.0,
}  # fmt: skip
"""Weight of each signal in the fusion. Tuned on one half of benchmarks/sets/suit_cases.csv, measured on the other."""
SOFTNESS = 8.0
"""The k of reciprocal rank fusion: how slowly a signal's say falls with the rank it gives."""
VARIETY = 0.15
"""Share of likeness to what is already in the list when the next role is chosen (0: none)."""
SAME_FAMILY = 0.25
"""Added to the likeness of two roles of one family."""
SAYS: Mapping[str, tuple[float, float]] = {"words": (0.05, 0.2), "meaning": (0.2, 0.45)}
"""Best value of a signal at which it begins to have a say, and from which it has its whole say. Cosines."""
POOL = 60
BANDS = ("now", "one-step", "longer", "no-route")


@dataclass(frozen=True, slots=True)
class Tuning:
    """Numbers of the ranking that benchmarks vary; the defaults are the ones in use."""

    weights: Mapping[str, float] = None  # type: ignore[assignment]
    softness: float = SOFTNESS
    variety: float = VARIETY


def suit(index: SuitIndex, person: SuitPerson, limit: int = 10, *, tuning: Tuning | None = None) -> list[RoleMatch]:
    """
    Roles that could suit a person, best first, with reasons. Never empty.

    Gates, qualifications and seniority have no part in the order: `reach` says what can be started now, and `in_bands`
    parts the list by it.

    Parameters
    ----------
    limit
        How many roles, at least 1; fewer only if there are fewer.

    References
    ----------
    docs/methods.md#suit-me
    """
    tuning = tuning or Tuning()
    evidence = gather(index, person)
    basis = _basis(person, evidence)
    if basis == "nothing-understood":
        return _broad(index, person, limit)
    fused = fuse(evidence.signals, tuning)
    against = [_against(index, person, row) for row in range(len(index.roles))]
    fused = fused * np.asarray([penalty for penalty, _ in against])
    order = _varied(index, fused, max(1, limit), tuning.variety)
    best = sum((tuning.weights or WEIGHTS)[name] for name in evidence.signals) / (tuning.softness + 1.0)
    matches, ceiling = [], 1.0
    for row in order:
        ceiling = min(ceiling, float(fused[row]) / best)
        reasons = reasons_for(index, person, evidence, row)
        matches.append(
            RoleMatch(
                role=index.roles[row].slug,
                score=round(ceiling, 4),
                confidence=_confidence(index, evidence, row, basis),
                reasons=(*reasons, *against[row][1]),
                missing=still_missing(index, evidence, row),
                basis=basis,
                signals={name: round(float(values[row]), 4) for name, values in evidence.signals.items()},
            )
        )
    return matches


def _against(index: SuitIndex, person: SuitPerson, row: int) -> tuple[float, tuple[Reason, ...]]:
    """What a role is multiplied by, all in all, and why."""
    factor, found = conflicts(index.roles[row], person)
    if not person.avoid:
        return factor, found
    less, avoid = avoided(index, person, row)
    return factor * less, (*found, *avoid)


def in_bands(matches: Sequence[RoleMatch], bands: Mapping[str, str]) -> dict[str, list[RoleMatch]]:
    """The same roles by band (`reach.band`), in the order of `BANDS`, each band in the order of the list; empty bands too."""
    return {band: [match for match in matches if bands.get(match.role, "no-route") == band] for band in BANDS}


def mean_ranks(values: npt.NDArray[np.float32]) -> Floats:
    """Rank of each value from 1, lowest first; equal values share the mean of their ranks."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = counts.cumsum() - (counts - 1) / 2.0
    return ranks[which]


def fuse(signals: Mapping[str, npt.NDArray[np.float32]], tuning: Tuning) -> Floats:
    """
    Weighted reciprocal rank fusion: ``sum(weight / (k + rank))``; equal values share a rank.

    References
    ----------
    Cormack, Clarke and Buettcher (2009), Reciprocal rank fusion outperforms Condorcet and individual rank learning methods.
    """
    weights = tuning.weights or WEIGHTS
    total = np.zeros(len(next(iter(signals.values()))))
    for name, values in signals.items():
        ranks = mean_ranks(-np.round(values, 6))
        total += weights.get(name, 0.0) * _say(name, values) / (tuning.softness + ranks)
    return total


def _say(name: str, values: npt.NDArray[np.float32]) -> float:
    """
    How much of its weight a signal keeps, 0 to 1. Ranks know no strength: a text that shares next to nothing with any role still
    has a first, and that first must not count like a real one.
    """
    least, full = SAYS.get(name, (0.0, 0.0))
    return float(np.clip((float(values.max()) - least) / (full - least), 0.0, 1.0)) if full else 1.0


def _varied(index: SuitIndex, fused: Floats, limit: int, variety: float) -> list[int]:
    """
    Maximal marginal relevance (Carbonell and Goldstein 1998): each next role is the one that is good and unlike those before.
    """
    pool = [int(row) for row in np.argsort(-fused, kind="stable")[: max(POOL, limit)]]
    top = max(float(fused[pool[0]]), 1e-12)
    likeness = index.near_role[np.ix_(pool, pool)].copy()
    families = np.asarray([index.roles[row].family for row in pool])
    likeness += SAME_FAMILY * (families[:, None] == families[None, :])
    worth = fused[pool] / top
    chosen = [0]
    closest = likeness[0].copy()
    while len(chosen) < min(limit, len(pool)):
        gain = (1.0 - variety) * worth - variety * closest
        gain[chosen] = -np.inf
        following = int(np.argmax(gain))
        chosen.append(following)
        closest = np.maximum(closest, likeness[following])
    return [pool[place] for place in chosen]


def _basis(person: SuitPerson, evidence: Evidence) -> str:
    signals = evidence.signals
    if "nearness" in signals or "skills" in signals or person.roles:
        return "understood"
    if "wanted" in signals:
        return "wishes-only"
    if "interests" in signals:
        return "interests-only"
    if signals and max(float(values.max()) for values in signals.values()) > 0.12:
        return "text-only"
    return "nothing-understood"


def _broad(index: SuitIndex, person: SuitPerson, limit: int) -> list[RoleMatch]:
    """Entry roles, one of each family in turn, those that share most with their family first."""
    central = index.near_role.mean(axis=1)
    penalty = [conflicts(role, person) for role in index.roles]
    level = {"entry": 0, "trained": 1, "professional": 2, "senior": 3, "lead": 4}
    rows = sorted(
        range(len(index.roles)),
        key=lambda row: (
            level.get(index.roles[row].level, 2),
            index.roles[row].unpaid,
            -round(float(central[row]) * penalty[row][0], 6),
            row,
        ),
    )
    turn: dict[str, int] = {}
    order: list[tuple[bool, int, int, int]] = []
    for row in rows:
        family = index.roles[row].family
        turn[family] = turn.get(family, 0) + 1
        order.append((level.get(index.roles[row].level, 2) > 0, turn[family], len(order), row))
    matches = []
    for place, (_, _, _, row) in enumerate(sorted(order)[: max(1, limit)]):
        matches.append(
            RoleMatch(
                index.roles[row].slug, round(0.1 / (1 + place), 4), "low", penalty[row][1], (), "nothing-understood"
            )
        )
    return matches


def _confidence(index: SuitIndex, evidence: Evidence, row: int, basis: str) -> str:
    if basis != "understood":
        return "low" if basis != "interests-only" else "medium"
    essential = index.essential[row]
    shown = int((evidence.done[essential] >= 0.5).sum())
    share = shown / max(1, int(essential.sum()))
    sources = len({by for found in evidence.givers.values() for _, by in found})
    near = float(evidence.signals["nearness"][row]) if "nearness" in evidence.signals else 0.0
    points = (share >= 0.5) + (shown >= 3) + (sources >= 2) + (near >= 0.45)
    return "high" if points >= 3 else "medium" if points >= 1 else "low"
