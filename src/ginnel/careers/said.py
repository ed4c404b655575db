"""What a person told suit me: kept in their session, and nowhere else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

SESSION_KEY = "suit"


@dataclass(frozen=True, slots=True)
class Said:
    """
    Everything a person told suit-me; plain values, so that it fits a session.

    `not_me`: keys of mentions they said are wrong. `also`: keys they added. `interests`: answers by statement slug (1, 0.5, 0).
    """

    text: str = ""
    not_me: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    start: str = ""
    level: int | None = None
    age: int | None = None
    has: tuple[str, ...] = ()
    shifts_not: tuple[str, ...] = ()
    part_time: bool = False
    pay_needed_gbp: int | None = None
    answers: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_session(cls, values: Mapping[str, Any]) -> "Said":
        """What a session holds; what is not known there is left at its default."""
        known: dict[str, Any] = {key: value for key, value in values.items() if key in cls.__dataclass_fields__}
        known = {key: tuple(value) if isinstance(value, list) else value for key, value in known.items()}
        return cls(**known)

    def to_session(self) -> dict[str, Any]:
        return asdict(self)
