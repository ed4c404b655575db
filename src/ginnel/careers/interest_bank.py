"""The statements about what people like, with their words, and a person's answers as a profile."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ginnel.careers.model.interests import InterestBank, build_bank, profile
from ginnel.careers.suit_engine import suit_engine

FILE = Path(__file__).parent / "data" / "interests.csv"


@dataclass(frozen=True, slots=True)
class Statements:
    """The bank for the model, and each statement's words by slug."""

    model: InterestBank
    words: dict[str, str]


def interest_statements() -> Statements:
    """The statements, weighed by the roles of the pack in use."""
    engine = suit_engine()
    return _statements(engine.pack_digest, tuple(role.interests for role in engine.index.roles))


@lru_cache(maxsize=4)
def _statements(pack_digest: str, role_interests: tuple[tuple[float, ...], ...]) -> Statements:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Statements(
        build_bank([(row["slug"], row["interest"]) for row in rows], role_interests),
        {row["slug"]: row["statement"] for row in rows},
    )


def interest_profile(answers: Mapping[str, float]) -> tuple[float, ...] | None:
    """R I A S E C, each 0 to 1, or None before the first answer."""
    return profile(interest_statements().model, answers).interests if answers else None
