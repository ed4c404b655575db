"""
Holland's six interests from a few statements, chosen one at a time: what is asked next is what tells most.

Each interest is a hidden level between 0 and 1 with a prior; an answer shifts what is believed of its interest (Bayes' rule);
the next statement is of the interest whose answer is expected to say most about the roles still in question.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LETTERS = "RIASEC"
YES, NOT_SURE, NO = 1.0, 0.5, 0.0
FEWEST, MOST = 8, 15
LEVELS = np.linspace(0.0, 1.0, 11)
"""Levels an interest may have. No unit: 0 none, 1 as strong as any."""
STEEP = 6.0
"""How sharply an answer tells a high level from a low one (slope of the ordered logistic model). No unit."""
CUTS = (0.40, 0.62)
"""Levels at which "no" gives way to "not sure", and "not sure" to "yes". No unit."""
SURE = 0.155
"""Weighted uncertainty (standard deviation of the levels) below which nothing more is asked after `FEWEST` answers."""
CLOSENESS = 9.0
"""How fast a role drops out of question with its squared distance from the profile. No unit."""
PRIOR_PULL = 0.5
"""Share of the roles' own spread in the prior; the rest is even."""
_ANSWERS = (NO, NOT_SURE, YES)


@dataclass(frozen=True, slots=True)
class InterestBank:
    """
    Statements and the roles they are to tell apart.

    Attributes
    ----------
    slugs, interest
        Statement slugs in the order of the file, and for each the number of its interest in `LETTERS`.
    roles : ndarray, shape (R, 6)
        Interests of the roles, 0 to 1.
    prior : ndarray, shape (6, 11)
        Belief in each level of each interest before any answer; rows sum to 1.
    """

    slugs: tuple[str, ...]
    interest: tuple[int, ...]
    roles: Floats
    prior: Floats


@dataclass(frozen=True, slots=True)
class Profile:
    """
    What is believed of a person's interests.

    ``interests``: R I A S E C, each 0 to 1 (mean of the belief). ``uncertainty``: the standard deviation of each, 0 to 0.5.
    ``asked``: statements answered.
    """

    interests: tuple[float, ...]
    uncertainty: tuple[float, ...]
    asked: int


def build_bank(statements: Iterable[tuple[str, str]], role_interests: Sequence[Sequence[float]]) -> InterestBank:
    """
    Build the bank.

    Parameters
    ----------
    statements
        (slug, letter of R I A S E C) in the order to prefer.
    role_interests
        R I A S E C of each role, 0 to 5.

    Raises
    ------
    ValueError
        For a letter that is not one of the six or a slug given twice.
    """
    slugs, interest = [], []
    for slug, letter in statements:
        if len(letter) != 1 or letter not in LETTERS:
            raise ValueError(f"statement {slug}: {letter!r} is not one of {LETTERS}")
        if slug in slugs:
            raise ValueError(f"statement {slug} is given twice")
        slugs.append(slug)
        interest.append(LETTERS.index(letter))
    roles = np.asarray(role_interests, float).reshape(-1, 6) / 5.0
    prior = np.full((6, len(LEVELS)), 1.0 / len(LEVELS))
    if len(roles):
        wide = np.exp(-((LEVELS[None, :, None] - roles.T[:, None, :]) ** 2) / (2 * 0.25**2)).sum(axis=2)
        prior = (1 - PRIOR_PULL) * prior + PRIOR_PULL * wide / wide.sum(axis=1, keepdims=True)
    return InterestBank(tuple(slugs), tuple(interest), roles, prior)


def likelihood(answer: float) -> Floats:
    """Chance of an answer at each level, shape (11,): ordered logistic with slope `STEEP` and cuts `CUTS`."""
    above_no = 1.0 / (1.0 + np.exp(-STEEP * (LEVELS - CUTS[0])))
    above_unsure = 1.0 / (1.0 + np.exp(-STEEP * (LEVELS - CUTS[1])))
    return {NO: 1.0 - above_no, NOT_SURE: above_no - above_unsure, YES: above_unsure}[answer]


_CHANCES = np.stack([likelihood(answer) for answer in _ANSWERS])


def profile(bank: InterestBank, answers: Mapping[str, float]) -> Profile:
    """
    Interests as far as the answers tell. Unknown slugs are ignored; an answer between the three counts as the nearest.

    References
    ----------
    docs/methods.md#interests
    """
    belief = _belief(bank, answers)
    mean = belief @ LEVELS
    spread = np.sqrt((belief @ LEVELS**2 - mean**2).clip(0.0))
    asked = sum(slug in answers for slug in bank.slugs)
    return Profile(tuple(round(float(v), 4) for v in mean), tuple(round(float(v), 4) for v in spread), asked)


def next_statement(bank: InterestBank, answers: Mapping[str, float]) -> str | None:
    """
    The statement to ask next, or None when enough is known or `MOST` are answered. Deterministic; never one twice.

    Of the interests with statements left, the one with the greatest expected information (fall in entropy of its level,
    in bits) times how much the roles still in question differ in it; then its first statement not yet answered.
    """
    asked = sum(slug in answers for slug in bank.slugs)
    left: dict[int, str] = {}
    for slug, interest in zip(bank.slugs, bank.interest, strict=True):
        if slug not in answers:
            left.setdefault(interest, slug)
    if not left or asked >= MOST:
        return None
    belief = _belief(bank, answers)
    differ = _differ(bank, belief)
    if asked >= FEWEST:
        mean = belief @ LEVELS
        spread = np.sqrt((belief @ LEVELS**2 - mean**2).clip(0.0))
        if float((spread * differ).sum() / differ.sum()) < SURE:
            return None
    last = _last_interest(bank, answers)
    worth = {
        number: _information(belief[number]) * float(differ[number]) * (0.9 if number == last else 1.0)
        for number in left
    }
    best = max(left, key=lambda number: (round(worth[number], 9), -number))
    return left[best]


def _belief(bank: InterestBank, answers: Mapping[str, float]) -> Floats:
    """Belief in each level of each interest, shape (6, 11); rows sum to 1."""
    belief = bank.prior.copy()
    for slug, interest in zip(bank.slugs, bank.interest, strict=True):
        value = answers.get(slug)
        if value is None or not math.isfinite(value):
            continue
        belief[interest] *= _CHANCES[min(range(3), key=lambda place: abs(_ANSWERS[place] - value))]
        belief[interest] /= belief[interest].sum()
    return belief


def _information(belief: Floats) -> float:
    """Expected fall in entropy of one interest's level from one more answer. Unit: bits."""

    def entropy(p: Floats) -> float:
        kept = p[p > 0]
        return float(-(kept * np.log2(kept)).sum())

    chance = _CHANCES @ belief
    after = sum(float(chance[i]) * entropy(_CHANCES[i] * belief / chance[i]) for i in range(3) if chance[i] > 0)
    return entropy(belief) - after


def _differ(bank: InterestBank, belief: Floats) -> Floats:
    """How much the roles still in question differ in each interest, shape (6,): weighted standard deviation plus a floor."""
    if not len(bank.roles):
        return np.ones(6)
    mean = belief @ LEVELS
    # A distance in what is uncertain counts for less: such roles are still in question.
    variance = (belief @ LEVELS**2 - mean**2).clip(1e-4)
    distance = ((bank.roles - mean) ** 2 * (0.08 / (0.08 + variance))).sum(axis=1)
    weight = np.exp(-CLOSENESS * (distance - distance.min()))
    weight /= weight.sum()
    centre = weight @ bank.roles
    return np.asarray(np.sqrt(weight @ (bank.roles - centre) ** 2) + 0.05)


def _last_interest(bank: InterestBank, answers: Mapping[str, float]) -> int:
    """Interest of the answer given last, as far as the mapping keeps order; -1 if none."""
    number = dict(zip(bank.slugs, bank.interest, strict=True))
    return next((number[slug] for slug in reversed(list(answers)) if slug in number), -1)
