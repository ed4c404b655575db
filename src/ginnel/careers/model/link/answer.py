"""What free text was understood to say: plain dataclasses that a page can show and a person can correct."""

from __future__ import annotations

from dataclasses import dataclass, field

SURE = 0.85
"""Confidence from which words are taken as the name of a role."""
KINDS = ("experience", "role", "occupation", "skill", "start")


@dataclass(frozen=True, slots=True)
class LinkItem:
    """Something text can be linked to. ``names``: its title, then other labels and ways to say it."""

    kind: str
    key: str
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.names[0] if self.names else self.key


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of these words; ``whole``: of just the same ones, not of a part of them or more."""

    kind: str
    key: str
    label: str
    confidence: float
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """
    Words of the text linked to one item.

    Attributes
    ----------
    start, end
        Where the words stand in the text. Unit: characters; ``text[start:end] == words``.
    confidence
        From 0 to 1. 0.9 and more: the item's own words; under 0.6: a guess from meaning.
    stance
        ``"have"`` (done it, can do it) · ``"wanted"`` (would like it) · ``"lack"`` (says they have not done it) ·
        ``"unwanted"`` (does not want it) · ``"weary"`` (has done it, wants no more of it).
    method
        ``"words"``, ``"spelling"`` (a misspelt word was put right) or ``"meaning"``.
    months
        How long, if said. Unit: months.
    past
        True if the words around it say that it is over ("used to be a …", "was a …").
    """

    start: int
    end: int
    words: str
    kind: str
    key: str
    label: str
    confidence: float
    stance: str = "have"
    method: str = "words"
    months: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    past: bool = False

    @property
    def role(self) -> str:
        """The role these words are a name of, if any: their own reading or another one that is as sure."""
        if self.kind == "role" and self.confidence >= SURE:
            return self.key
        return next(
            (one.key for one in self.alternatives if one.kind == "role" and one.whole and one.confidence >= SURE), ""
        )


@dataclass(frozen=True, slots=True)
class LevelHint:
    """
    Qualification level (0 to 8, as in the route table) the text speaks of.

    ``studying_for``: the level being worked towards, if any; ``level`` is then what is held already.
    """

    level: int
    words: str
    studying_for: int | None = None


@dataclass(frozen=True, slots=True)
class GateHint:
    """A gate the text speaks of (``driving-licence``, ``dbs``, ``english-maths-l1``, ``english-maths-l2``) and whether it is held."""

    gate: str
    held: bool
    words: str


@dataclass(frozen=True, slots=True)
class Wants:
    """
    Hours wished for. Shifts as in docs/data.md (``nights``, ``weekends``, ``school-hours`` …).

    ``only``: nothing but these will do. ``hours_per_week``: the most wished for. Unit: hours.
    """

    shifts_fine: frozenset[str] = frozenset()
    shifts_not: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    part_time: bool = False
    full_time: bool = False
    hours_per_week: int | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """
    All that was understood of a text.

    Attributes
    ----------
    mentions
        What the person has, in the order of the text; no two overlap.
    wanted, unwanted
        What they would like; what they have not done (stance ``lack``) or do not want (``unwanted``, ``weary``).
    pay_needed_gbp
        Pounds a year, from any unit said (an hourly rate is taken at 37.5 hours a week, 52 weeks).
    not_understood
        Words that carry meaning and that nothing covers, as written, in order, at most `MOST_UNKNOWN`.
    telling
        Words that say something of work or life, in order, without those of what is not wanted or not there.
    avoid
        What they say they do not want, one group for each stretch of words.
    record
        True if they speak of a criminal record or prison.
    truncated
        True if the text was longer than is read.
    """

    text: str
    mentions: tuple[Mention, ...] = ()
    wanted: tuple[Mention, ...] = ()
    unwanted: tuple[Mention, ...] = ()
    level: LevelHint | None = None
    gates: tuple[GateHint, ...] = ()
    wants: Wants = field(default_factory=Wants)
    pay_needed_gbp: int | None = None
    age: int | None = None
    not_understood: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    avoid: tuple[tuple[str, ...], ...] = ()
    record: bool = False
    truncated: bool = False

    @property
    def durations(self) -> dict[str, float]:
        """Months said for each mention, by its key."""
        return {mention.key: mention.months for mention in self.mentions if mention.months is not None}

    @property
    def anything(self) -> bool:
        """Whether the text said anything of work or life that can be used to suggest roles."""
        return bool(self.mentions or self.wanted)

    @property
    def works_as(self) -> str:
        """The role the person says they are in now: the first they name that is not over; "" if none."""
        return next((one.role for one in self.mentions if one.role and not one.past), "")
