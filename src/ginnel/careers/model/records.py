"""The one shape in which every scheme's occupations reach the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LEVEL_SUFFIX = "/LV"
"""Ends the key of a level rating (O*NET scale LV, 0 to 7); the same key without it is importance (IM, 1 to 5)."""

_NONE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OccupationRecord:
    """
    One occupation, whichever scheme it comes from. Any field but scheme, code and title may be empty.

    Attributes
    ----------
    scheme
        ``"role"``, ``"ncs"``, ``"onet"`` or ``"esco"``. Only occupations of one scheme are ranked against each other.
    code
        Role or NCS slug, O*NET-SOC code (``"29-1141.00"``) or ESCO URI. Unique in its scheme.
    tasks
        Sentences saying what people in it do.
    activities
        O*NET detailed work activity ids (``"4.A.1.a.1.I01.D01"``). Their stems are the coarser activities.
    skills
        Key to weight. O*NET: element id to importance (1 to 5) and, with `LEVEL_SUFFIX`, to level (0 to 7).
        ESCO: skill URI to 1.0 (essential) or 0.5 (optional). Pack: skill slug to weight.
    knowledge
        As `skills`, for what people know.
    interests
        Holland's R I A S E C in that order, any one scale, or empty.
    preparation
        O*NET job zone 1 to 5 (1 little preparation, 5 extensive), or 0 where not known.
    """

    scheme: str
    code: str
    title: str
    description: str = ""
    alt_titles: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    skills: Mapping[str, float] = field(default_factory=lambda: _NONE)
    knowledge: Mapping[str, float] = field(default_factory=lambda: _NONE)
    interests: tuple[float, ...] = ()
    preparation: int = 0
