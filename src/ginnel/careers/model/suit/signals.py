"""What speaks for each role, one array for each kind of evidence. Higher is better; None: no such evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ginnel.careers.model.suit.answer import Past, SuitPerson
from ginnel.careers.model.suit.index import SuitIndex, centred

Floats = npt.NDArray[np.float32]
WISHED = 0.45
"""Worth of a skill from something wished for, not done."""
GIVES_FROM = 0.3
"""Nearness from which an imported job gives skills of a role."""
TEXT_LEAST = 3
"""Characters of text below which it is not looked at."""


@dataclass(slots=True)
class Evidence:
    """
    Signals, and what they were made of.

    ``has``: shape (K,), how far each skill is shown or wished for, 0 to 1; ``done``: the same without wishes. ``givers``: for each
    skill number what shows it, strongest first; wishes show nothing.
    """

    has: Floats
    done: Floats
    givers: dict[int, list[tuple[float, str]]]
    signals: dict[str, Floats]
    interest: Floats | None


def experience_strength(past: Past) -> float:
    """How much something done counts: how sure it is, and how long it went on. 0.6 to 1 of the weight."""
    if past.months is None:
        return 0.85 * past.weight
    return past.weight * (0.6 + 0.4 * min(1.0, past.months / 36.0))


def occupation_nearness(index: SuitIndex, past: Past) -> Floats:
    """How near an imported occupation is to each role, shape (R,): as the index holds it, else by its title and the roles' codes."""
    if past.key in index.occupation_of:
        return np.asarray(index.near_occupation[index.occupation_of[past.key]].todense(), np.float32).ravel()
    near = np.zeros(len(index.roles), np.float32)
    if past.words:
        near = 0.5 * np.asarray((index.terms.tfidf([past.words]) @ index.words.T).todense(), np.float32).ravel()
        if index.embedder is not None and index.vectors is not None:
            near = near + 0.5 * (index.vectors @ index.embedder.embed([past.words])[0]).clip(0.0)
    code = past.key if past.key.startswith("http") else past.key.rsplit(":", 1)[-1]
    for row, role in enumerate(index.roles):
        if code in role.codes:
            near[row] = max(float(near[row]), 1.0 - 0.1 * min(role.codes.index(code), 3))
    return near.astype(np.float32)


def gather(index: SuitIndex, person: SuitPerson) -> Evidence:
    """All evidence about one person."""
    has, done, givers = _skills(index, person)
    signals: dict[str, Floats] = {}
    if has.any():
        signals["skills"] = _overlap(index, has)
    near = _nearness(index, person)
    if near is not None:
        signals["nearness"] = near
    interest = _interest_profile(index, person)
    if interest is not None:
        signals["interests" if person.interests is not None else "activities"] = (index.interests @ interest).astype(
            np.float32
        )
    if len(person.text.strip()) >= TEXT_LEAST:
        signals |= _text(index, person.text)
    wanted = _wanted(index, person)
    if wanted is not None:
        signals["wanted"] = wanted
    return Evidence(has, done, givers, signals, interest)


def _skills(index: SuitIndex, person: SuitPerson) -> tuple[Floats, Floats, dict[int, list[tuple[float, str]]]]:
    givers: dict[int, list[tuple[float, str]]] = {}
    wished: dict[int, list[float]] = {}

    def give(row: Floats, by: str, strength: float) -> None:
        for skill in np.flatnonzero(row):
            givers.setdefault(int(skill), []).append((float(row[skill]) * strength, by))

    for past in person.experiences:
        if past.key in index.experience_of:
            give(index.gives[index.experience_of[past.key]], past.key, experience_strength(past))
    for past in person.roles:
        if past.key in index.row_of:
            row = index.row_of[past.key]
            give(
                (index.essential[row] + 0.6 * index.helpful[row]).astype(np.float32),
                past.key,
                experience_strength(past),
            )
    for past in person.occupations:
        # An imported job gives the skills of the roles it is nearest to, as far as it is near.
        near = occupation_nearness(index, past)
        for row in np.argsort(-near, kind="stable")[:3]:
            if near[row] >= GIVES_FROM:
                give((near[row] * index.essential[row]).astype(np.float32), past.key, 0.6 * experience_strength(past))
    for slug in person.skills:
        if slug in index.skill_of:
            givers.setdefault(index.skill_of[slug], []).append((1.0, "picked"))
    for past in person.wanted_experiences:
        if past.key in index.experience_of:
            given = index.gives[index.experience_of[past.key]]
            for skill in np.flatnonzero(given).tolist():
                wished.setdefault(skill, []).append(float(given[skill]) * WISHED * past.weight)
    for slug in person.wanted_skills:
        if slug in index.skill_of:
            wished.setdefault(index.skill_of[slug], []).append(WISHED)
    for slug in person.no_skills:
        givers.pop(index.skill_of.get(slug, -1), None)
        wished.pop(index.skill_of.get(slug, -1), None)
    done = np.zeros(len(index.skills), np.float32)
    for skill, found in givers.items():
        found.sort(key=lambda one: (-one[0], one[1]))
        done[skill] = 1.0 - np.prod([1.0 - min(1.0, strength) for strength, _ in found])
    has = done.copy()
    for skill, strengths in wished.items():
        has[skill] = 1.0 - (1.0 - has[skill]) * np.prod([1.0 - strength for strength in strengths])
    return has, done, givers


def _overlap(index: SuitIndex, has: Floats) -> Floats:
    """How much of what a role needs is there, and how much of what is there the role uses: the first counts for more."""
    covered = (index.needed @ has) / np.maximum(index.needed.sum(axis=1), 1e-9)
    weighted = has * index.rarity
    unit = weighted / max(float(np.linalg.norm(weighted)), 1e-9)
    used = (index.needed @ unit) / np.maximum(np.linalg.norm(index.needed, axis=1), 1e-9)
    return np.asarray(0.55 * covered + 0.45 * used, np.float32)


def _nearness(index: SuitIndex, person: SuitPerson) -> Floats | None:
    rows: list[Floats] = []
    for past in person.experiences:
        if past.key in index.experience_of:
            rows.append(experience_strength(past) * index.near_experience[index.experience_of[past.key]])
    for past in person.roles:
        if past.key in index.row_of:
            rows.append(experience_strength(past) * index.near_role[index.row_of[past.key]])
    for past in person.occupations:
        rows.append(0.9 * experience_strength(past) * occupation_nearness(index, past))
    for past in person.wanted_experiences:
        if past.key in index.experience_of:
            rows.append(0.7 * past.weight * index.near_experience[index.experience_of[past.key]])
    if not rows or not np.any(rows):
        return None
    table = np.stack(rows)
    # The best single thing counts, and so does being near to several.
    return np.asarray(0.7 * table.max(axis=0) + 0.3 * table.mean(axis=0), np.float32)


def _interest_profile(index: SuitIndex, person: SuitPerson) -> Floats | None:
    if person.interests is not None:
        profile = centred([person.interests])[0]
        return profile if profile.any() else None
    rows = [
        experience_strength(past) * index.experience_interests[index.experience_of[past.key]]
        for past in (*person.experiences, *person.wanted_experiences)
        if past.key in index.experience_of
    ]
    rows += [
        experience_strength(past) * index.interests[index.row_of[past.key]]
        for past in person.roles
        if past.key in index.row_of
    ]
    if not rows:
        return None
    total = np.sum(rows, axis=0)
    length = float(np.linalg.norm(total))
    return (total / length).astype(np.float32) if length > 1e-9 else None


def _text(index: SuitIndex, text: str) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    row = index.terms.tfidf([text])
    if row.nnz:
        found["words"] = np.asarray((row @ index.words.T).todense(), np.float32).ravel()
    # Letters that make no word known here would still get a vector of bits of words, which means nothing.
    if found and index.embedder is not None and index.vectors is not None:
        vector = index.embedder.embed([text])[0]
        if vector.any():
            found["meaning"] = (index.vectors @ vector).astype(np.float32)
    return found


def _wanted(index: SuitIndex, person: SuitPerson) -> Floats | None:
    rows = [
        past.weight * index.near_role[index.row_of[past.key]] ** 2
        for past in person.wanted_roles
        if past.key in index.row_of
    ]
    return np.max(np.stack(rows), axis=0).astype(np.float32) if rows else None
