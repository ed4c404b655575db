"""Roles, experiences and skills as arrays, built once for each place pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ginnel.careers.model.link.index import Embeds
from ginnel.careers.model.suit.answer import ExperienceFacts, OccupationFacts, RoleFacts
from ginnel.careers.model.text import TermSpace, build_terms, unit_rows

Floats = npt.NDArray[np.float32]
HELPFUL = 0.4
"""Worth of a helpful skill beside an essential one."""
FADE = 0.93
"""Each next skill of an experience is this much less telling than the one before."""
NEAREST_ROLES = 20
"""Roles kept for each imported occupation."""


@dataclass(slots=True)
class SuitIndex:
    """
    Everything `suit` reads. R roles, E experiences, K skills, O imported occupations, D numbers in a vector.

    Attributes
    ----------
    essential, helpful : ndarray of bool, shape (R, K)
    needed : ndarray, shape (R, K)
        Weight of each skill in each role: rarity, times `HELPFUL` where not essential. No unit.
    gives : ndarray, shape (E, K)
        How much of a skill an experience gives, 0 to 1.
    rarity : ndarray, shape (K,)
        Inverse role frequency of each skill. No unit.
    vectors : ndarray, shape (R, D), or None without an embedder
        Meaning of each role's words; `title_vectors` of its names alone, shape (R, D).
    near_experience : ndarray, shape (E, R)
        How like the work of a role an experience is, by its names and skills, 0 to 1.
    near_role : ndarray, shape (R, R)
        How alike two roles are, 0 to 1. On the diagonal 1.
    near_occupation : csr_matrix, shape (O, R)
        As `near_experience` for imported occupations; the role's own codes have 1.
    interests, experience_interests : ndarray, shape (R, 6) and (E, 6)
        Centred and scaled to length 1 (zero where flat).
    """

    roles: tuple[RoleFacts, ...]
    experiences: tuple[ExperienceFacts, ...]
    skills: tuple[str, ...]
    row_of: dict[str, int]
    experience_of: dict[str, int]
    skill_of: dict[str, int]
    occupation_of: dict[str, int]
    essential: npt.NDArray[np.bool_]
    helpful: npt.NDArray[np.bool_]
    needed: Floats
    gives: Floats
    rarity: Floats
    embedder: Embeds | None
    vectors: Floats | None
    terms: TermSpace
    words: sparse.csr_matrix
    near_experience: Floats
    near_role: Floats
    near_occupation: sparse.csr_matrix
    interests: Floats
    experience_interests: Floats


def build_suit(
    roles: Iterable[RoleFacts],
    experiences: Iterable[ExperienceFacts],
    skills: Mapping[str, str],
    *,
    occupations: Iterable[OccupationFacts] = (),
    embedder: Embeds | None = None,
) -> SuitIndex:
    """
    Build the index.

    Parameters
    ----------
    skills
        Slug to name (and plain sentence) of every skill.
    occupations
        Imported ones, if any.
    embedder
        For likeness of meaning; without it, words and skills only.

    Raises
    ------
    ValueError
        For a slug given twice, a skill that is not in `skills`, or no role at all.
    """
    role_list = tuple(sorted(roles, key=lambda role: role.slug))
    experience_list = tuple(sorted(experiences, key=lambda one: one.slug))
    skill_list = tuple(sorted(skills))
    if not role_list:
        raise ValueError("no role to suit anyone to")
    row_of = _numbered("role", [role.slug for role in role_list])
    experience_of = _numbered("experience", [one.slug for one in experience_list])
    skill_of = {slug: number for number, slug in enumerate(skill_list)}
    essential = _flags([role.essential for role in role_list], skill_of)
    helpful = _flags([role.helpful for role in role_list], skill_of) & ~essential
    wanted = essential + HELPFUL * helpful
    rarity = np.log((len(role_list) + 1.0) / (wanted.sum(axis=0) + 0.5)).clip(0.2).astype(np.float32)
    needed = (wanted * rarity).astype(np.float32)
    gives = np.zeros((len(experience_list), len(skill_list)), np.float32)
    for row, one in enumerate(experience_list):
        for place, slug in enumerate(one.skills):
            gives[row, _known(skill_of, slug, one.slug)] = FADE**place
    texts = [_role_text(role, skills) for role in role_list]
    past_texts = [" ".join((one.name, *one.also_called)) for one in experience_list]
    terms = build_terms(texts + past_texts + list(skills.values()))
    words = terms.tfidf(texts)
    vectors = embedder.embed([_role_meaning(role, skills) for role in role_list]) if embedder else None
    skill_profile = _unit(needed)
    near_role = _near_roles(skill_profile, vectors, words, embedder, role_list)
    near_experience = _near(
        experience_list, past_texts, gives * rarity, skill_profile, words, terms, embedder, role_list
    )
    occupation_list = list(occupations)
    return SuitIndex(
        roles=role_list, experiences=experience_list, skills=skill_list, row_of=row_of, experience_of=experience_of,
        skill_of=skill_of, occupation_of={one.key: number for number, one in enumerate(occupation_list)},
        essential=essential, helpful=helpful, needed=needed, gives=gives, rarity=rarity, embedder=embedder,
        vectors=vectors, terms=terms, words=words, near_experience=near_experience, near_role=near_role,
        near_occupation=_near_occupations(occupation_list, role_list, terms, words, vectors, embedder),
        interests=centred([role.interests for role in role_list]),
        experience_interests=centred([one.interests for one in experience_list]),
    )  # fmt: skip


def centred(profiles: Sequence[Sequence[float]]) -> Floats:
    """Profiles less their own mean, scaled to length 1, so that a dot product is a correlation. Flat ones become zero."""
    table = np.asarray(profiles, np.float32).reshape(len(profiles), 6)
    return _unit(table - table.mean(axis=1, keepdims=True))


def _unit(table: Floats) -> Floats:
    length = np.linalg.norm(table, axis=-1, keepdims=True)
    scaled = np.zeros_like(table, dtype=np.float32)
    np.divide(table, length, out=scaled, where=length > 1e-9)
    return scaled


def _numbered(what: str, slugs: list[str]) -> dict[str, int]:
    found = {slug: number for number, slug in enumerate(slugs)}
    if len(found) != len(slugs):
        raise ValueError(f"{what} {next(s for s in slugs if slugs.count(s) > 1)!r} is given twice")
    return found


def _known(skill_of: dict[str, int], slug: str, where: str) -> int:
    if slug not in skill_of:
        raise ValueError(f"{where}: unknown skill {slug!r}")
    return skill_of[slug]


def _flags(rows: Sequence[Sequence[str]], skill_of: dict[str, int]) -> npt.NDArray[np.bool_]:
    table = np.zeros((len(rows), len(skill_of)), np.bool_)
    for row, slugs in enumerate(rows):
        for slug in slugs:
            table[row, _known(skill_of, slug, "role")] = True
    return table


def _role_text(role: RoleFacts, skills: Mapping[str, str]) -> str:
    names = " ".join((role.name, *role.also_called))
    return " ".join(
        (names, names, role.summary, role.day, *(skills.get(slug, "") for slug in (*role.essential, *role.helpful)))
    )


def _role_meaning(role: RoleFacts, skills: Mapping[str, str]) -> str:
    return ". ".join((role.name, *role.also_called, role.summary, *(skills.get(slug, "") for slug in role.essential)))


def _names_likeness(names: list[tuple[str, ...]], others: list[tuple[str, ...]], embedder: Embeds) -> Floats:
    """Likeness of the nearest two names of each pair, shape (N, M), never below 0."""
    one, one_at = _flat(names)
    two, two_at = _flat(others)
    likeness = embedder.embed(one) @ embedder.embed(two).T
    rows = np.maximum.reduceat(likeness, one_at, axis=0)
    return np.maximum.reduceat(rows, two_at, axis=1).clip(0.0).astype(np.float32)


def _flat(names: list[tuple[str, ...]]) -> tuple[list[str], list[int]]:
    starts: list[int] = []
    flat: list[str] = []
    for group in names:
        starts.append(len(flat))
        flat.extend(group or ("",))
    return flat, starts


def _near_roles(
    profile: Floats,
    vectors: Floats | None,
    words: sparse.csr_matrix,
    embedder: Embeds | None,
    roles: tuple[RoleFacts, ...],
) -> Floats:
    likeness = 0.6 * (profile @ profile.T) + 0.4 * np.asarray((words @ words.T).todense(), np.float32)
    if vectors is not None and embedder is not None:
        likeness = 0.5 * (profile @ profile.T) + 0.5 * (vectors @ vectors.T).clip(0.0)
    np.fill_diagonal(likeness, 1.0)
    return likeness.clip(0.0, 1.0).astype(np.float32)


def _near(
    experiences: tuple[ExperienceFacts, ...], texts: list[str], gives: Floats, profile: Floats, words: sparse.csr_matrix,
    terms: TermSpace, embedder: Embeds | None, roles: tuple[RoleFacts, ...],
) -> Floats:  # fmt: skip
    if not experiences:
        return np.zeros((0, len(roles)), np.float32)
    shared = _unit(gives) @ profile.T
    spoken = np.asarray((terms.tfidf(texts) @ words.T).todense(), np.float32)
    if embedder is None:
        return np.asarray(0.5 * shared + 0.5 * spoken / max(float(spoken.max()), 1e-9), np.float32)
    meant = _names_likeness(
        [(one.name, *one.also_called) for one in experiences],
        [(role.name, *role.also_called) for role in roles],
        embedder,
    )
    return np.asarray(0.35 * shared + 0.2 * spoken / max(float(spoken.max()), 1e-9) + 0.45 * meant**2, np.float32)


def _near_occupations(
    occupations: list[OccupationFacts], roles: tuple[RoleFacts, ...], terms: TermSpace, words: sparse.csr_matrix,
    vectors: Floats | None, embedder: Embeds | None,
) -> sparse.csr_matrix:  # fmt: skip
    if not occupations:
        return sparse.csr_matrix((0, len(roles)), dtype=np.float32)
    texts = [f"{one.title}. {one.title}. {one.about}" for one in occupations]
    likeness = np.asarray((unit_rows(terms.tfidf(texts)) @ words.T).todense(), np.float32)
    if embedder is not None and vectors is not None:
        likeness = np.asarray(0.3 * likeness + 0.7 * (embedder.embed(texts) @ vectors.T).clip(0.0), np.float32)
    least = np.sort(likeness, axis=1)[:, -min(NEAREST_ROLES, len(roles))][:, None]
    likeness = np.asarray(likeness * (likeness >= least), np.float32)
    number = {
        one.key.rsplit(":", 1)[-1] if not one.key.startswith("http") else one.key: row
        for row, one in enumerate(occupations)
    }
    for column, role in enumerate(roles):
        for place, code in enumerate(role.codes):
            if code in number:
                likeness[number[code], column] = max(likeness[number[code], column], 1.0 - 0.1 * min(place, 3))
    return sparse.csr_matrix(likeness.astype(np.float32))
