"""What `suit` is told and what it answers: plain dataclasses. Codes, not words: rules and pages put them in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """
    A role as the index is built from it.

    ``interests``: R I A S E C, 0 to 5. ``pay_low_gbp``, ``pay_high_gbp``: pounds a year, None if not known or unpaid.
    ``codes``: occupation codes of other schemes that are nearest to it.
    """

    slug: str
    name: str
    also_called: tuple[str, ...] = ()
    family: str = ""
    level: str = "entry"
    shifts: frozenset[str] = frozenset()
    part_time: bool = False
    pay_low_gbp: int | None = None
    pay_high_gbp: int | None = None
    unpaid: bool = False
    essential: tuple[str, ...] = ()
    helpful: tuple[str, ...] = ()
    interests: tuple[float, ...] = (0.0,) * 6
    summary: str = ""
    day: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExperienceFacts:
    """A past job or life experience: the skills it gives, most telling first, and its interests (R I A S E C, 0 to 5)."""

    slug: str
    name: str
    also_called: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    interests: tuple[float, ...] = (0.0,) * 6
    health_and_care: bool = False


@dataclass(frozen=True, slots=True)
class OccupationFacts:
    """An imported occupation: words for its work. ``key``: as the linker knows it (``"onet:29-1141.00"``, an ESCO URI …)."""

    key: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """
    One past thing. ``weight``: how sure it is, 0 to 1. ``months``: how long, if known.

    ``words``: its title, needed for an imported occupation that the index was not built with.
    """

    key: str
    weight: float = 1.0
    months: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class SuitPerson:
    """
    What is known of a person. Everything may be empty.

    Attributes
    ----------
    experiences, roles, occupations
        What they have done: experience slugs, role slugs, occupation keys.
    skills, no_skills
        Skill slugs they picked, and those they say they do not have (which nothing then gives them).
    interests
        R I A S E C, each 0 to 1, or None if they did not say.
    text
        Their own words about what they have done and like.
    wanted_roles, wanted_experiences, wanted_skills
        What they said they would like to do, be or work with.
    avoid
        Words of what they do not want, a group for each thing: roles whose own words have a whole group are ranked lower.
    unwanted_roles, unwanted_families
        What they do not want; ranked last, never taken away.
    shifts_not, shifts_only
        Shifts they cannot do; the only ones they can. Slugs as in docs/data.md.
    pay_needed_gbp
        Pounds a year.
    level
        Qualification level, 0 to 8, or None.
    """

    experiences: tuple[Past, ...] = ()
    roles: tuple[Past, ...] = ()
    occupations: tuple[Past, ...] = ()
    skills: tuple[str, ...] = ()
    no_skills: frozenset[str] = frozenset()
    interests: tuple[float, ...] | None = None
    text: str = ""
    wanted_roles: tuple[Past, ...] = ()
    wanted_experiences: tuple[Past, ...] = ()
    wanted_skills: tuple[str, ...] = ()
    avoid: tuple[tuple[str, ...], ...] = ()
    unwanted_roles: frozenset[str] = frozenset()
    unwanted_families: frozenset[str] = frozenset()
    shifts_not: frozenset[str] = frozenset()
    shifts_only: frozenset[str] = frozenset()
    part_time: bool = False
    pay_needed_gbp: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One reason for or against a role.

    Attributes
    ----------
    kind
        ``"skill"`` · ``"experience"`` (they did this, or something near) · ``"interest"`` · ``"text"`` · ``"wanted"`` ·
        ``"pay"`` · ``"hours"`` · ``"avoid"`` (it has what they do not want; always against).
    keys
        Skill slugs; role, experience or occupation keys; interest letters; words; shifts.
    given_by
        For a skill: the experiences, roles or ``"picked"`` that give it, strongest first.
    strength
        0 to 1; within one answer comparable between reasons of a kind.
    against
        True if it speaks against the role (pay too low, only nights …).
    """

    kind: str
    keys: tuple[str, ...]
    strength: float
    given_by: tuple[str, ...] = ()
    against: bool = False


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """
    One suggested role.

    Attributes
    ----------
    score
        0 to 1, never more than that of the role before it. For showing and sorting only: not a probability.
    confidence
        ``"high"``, ``"medium"`` or ``"low"``: how much is known of the person that bears on this role.
    missing
        Essential skills nothing shows yet, most telling first.
    basis
        What the answer rests on: ``"understood"``, ``"interests-only"``, ``"text-only"``, ``"wishes-only"`` or
        ``"nothing-understood"``.
    signals
        The part of each signal in the score, for explaining and measuring.
    """

    role: str
    score: float
    confidence: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    basis: str
    signals: Mapping[str, float] = field(default_factory=dict)
