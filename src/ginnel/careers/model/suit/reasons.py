"""Why a role is suggested, what speaks against it, and what is not shown yet."""

from __future__ import annotations

import numpy as np

from ginnel.careers.model.suit.answer import Reason, RoleFacts, SuitPerson
from ginnel.careers.model.suit.index import SuitIndex
from ginnel.careers.model.suit.signals import Evidence, occupation_nearness
from ginnel.careers.model.text import tokenise

LETTERS = "RIASEC"
MOST_SKILL_REASONS = 4
SHOWN = 0.3
"""How far a skill must be shown to count as a reason, and below which an essential one is missing."""
NEAR = 0.38
"""Nearness from which "you did this, or something like it" is a reason."""
AVOIDED = 0.35
"""What a role is multiplied by for each thing in it that the person does not want."""
WISH_NEAR = 0.55
"""Likeness to a role wished for from which a role is of that kind."""
DAY_SHIFTS = frozenset(("school-hours", "flexible"))


def conflicts(role: RoleFacts, person: SuitPerson) -> tuple[float, tuple[Reason, ...]]:
    """What the role is multiplied by for hours, pay and dislikes (1: nothing), and the reasons, for or against."""
    factor = 1.0
    found: list[Reason] = []
    clash = role.shifts & person.shifts_not
    if clash:
        whole = clash == role.shifts
        factor *= 0.7 if whole else 0.92
        found.append(Reason("hours", tuple(sorted(clash)), 1.0 if whole else 0.5, against=True))
    if person.shifts_only:
        fits = bool(
            role.shifts & (person.shifts_only | (DAY_SHIFTS if "nights" not in person.shifts_only else frozenset()))
        )
        factor *= 1.0 if fits else 0.85
        found.append(Reason("hours", tuple(sorted(person.shifts_only)), 0.7, against=not fits))
    if person.part_time:
        factor *= 1.0 if role.part_time else 0.85
        found.append(Reason("hours", ("part-time",), 0.7, against=not role.part_time))
    if person.pay_needed_gbp is not None:
        if role.unpaid or (role.pay_high_gbp is not None and role.pay_high_gbp < person.pay_needed_gbp):
            factor *= 0.7 if role.unpaid else 0.85
            found.append(Reason("pay", (), 1.0, against=True))
        elif role.pay_low_gbp is not None and role.pay_low_gbp >= person.pay_needed_gbp:
            found.append(Reason("pay", (), 0.6))
    if role.slug in person.unwanted_roles:
        factor *= 0.1
        found.append(Reason("wanted", (role.slug,), 1.0, against=True))
    if role.family in person.unwanted_families:
        factor *= 0.4
        found.append(Reason("wanted", (role.family,), 0.7, against=True))
    return factor, tuple(found)


def avoided(index: SuitIndex, person: SuitPerson, row: int) -> tuple[float, tuple[Reason, ...]]:
    """What the role is multiplied by because its own words have what the person does not want, and that as a reason against."""
    factor = 1.0
    found: list[Reason] = []
    weights = index.words[row]
    for group in person.avoid:
        columns = [index.terms.column(stem) for stem in tokenise(" ".join(group))]
        if columns and all(column is not None and weights[0, column] > 0 for column in columns):
            factor *= AVOIDED
            found.append(Reason("avoid", group, 1.0, against=True))
    return factor, tuple(found)


def reasons_for(index: SuitIndex, person: SuitPerson, evidence: Evidence, row: int) -> tuple[Reason, ...]:
    """Reasons for one role: skills first, each with what gives it, then experience, wishes, interests and words."""
    found: list[Reason] = []
    gain = evidence.done * index.needed[row]
    top = max(float(index.needed[row].max()), 1e-9)
    for skill in np.argsort(-gain, kind="stable")[:MOST_SKILL_REASONS]:
        if gain[skill] > 0 and evidence.done[skill] >= SHOWN:
            by = tuple(dict.fromkeys(by for strength, by in evidence.givers[int(skill)] if strength >= 0.2))
            found.append(Reason("skill", (index.skills[int(skill)],), round(min(1.0, float(gain[skill]) / top), 3), by))
    found.extend(_past(index, person, row))
    found.extend(_wished(index, person, row))
    if evidence.interest is not None:
        shared = evidence.interest * index.interests[row]
        fit = float(shared.sum())
        letters = tuple(
            LETTERS[place]
            for place in np.argsort(-shared, kind="stable")[:2]
            if shared[place] > 0.08 and evidence.interest[place] > 0
        )
        if fit > 0.3 and letters:
            found.append(Reason("interest", letters, round(min(1.0, fit), 3)))
    if "words" in evidence.signals and float(evidence.signals["words"][row]) > 0.05:
        words = _shared_words(index, person.text, row)
        if words:
            found.append(Reason("text", words, round(min(1.0, float(evidence.signals["words"][row])), 3)))
    return tuple(found)


def still_missing(index: SuitIndex, evidence: Evidence, row: int) -> tuple[str, ...]:
    """Essential skills of a role that nothing shows, most telling first."""
    lacking = [skill for skill in np.flatnonzero(index.essential[row]) if evidence.done[skill] < SHOWN]
    return tuple(
        index.skills[skill] for skill in sorted(lacking, key=lambda skill: (-float(index.rarity[skill]), skill))
    )


def _past(index: SuitIndex, person: SuitPerson, row: int) -> list[Reason]:
    """What they did that is most like the role."""
    near: list[tuple[float, str]] = []
    for past in person.experiences:
        if past.key in index.experience_of:
            near.append((float(index.near_experience[index.experience_of[past.key], row]), past.key))
    for past in person.roles:
        if past.key in index.row_of:
            near.append((float(index.near_role[index.row_of[past.key], row]), past.key))
    near += [(float(occupation_nearness(index, past)[row]), past.key) for past in person.occupations]
    best = max(near, default=(0.0, ""), key=lambda one: (one[0], one[1]))
    return [Reason("experience", (best[1],), round(best[0], 3))] if best[0] >= NEAR else []


def _wished(index: SuitIndex, person: SuitPerson, row: int) -> list[Reason]:
    """The wish that the role is nearest to, if near."""
    near = [
        (float(index.near_role[index.row_of[past.key], row]), past.key)
        for past in person.wanted_roles
        if past.key in index.row_of and index.near_role[index.row_of[past.key], row] >= WISH_NEAR
    ]
    near += [
        (float(index.near_experience[index.experience_of[past.key], row]), past.key)
        for past in person.wanted_experiences
        if past.key in index.experience_of and index.near_experience[index.experience_of[past.key], row] >= NEAR
    ]
    return [Reason("wanted", (max(near)[1],), round(max(near)[0], 3))] if near else []


def _shared_words(index: SuitIndex, text: str, row: int) -> tuple[str, ...]:
    """Stems that the text and the role share, most telling first. For measuring, not for showing."""
    said = index.terms.tfidf([text]).multiply(index.words[row]).tocoo()
    order = np.argsort(-said.data, kind="stable")[:3]
    return tuple(index.terms.terms[said.col[place]] for place in order)
