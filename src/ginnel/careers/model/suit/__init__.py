"""Which roles could suit a person, and why. See docs/methods.md#suit-me."""

from ginnel.careers.model.suit.answer import (
    ExperienceFacts,
    OccupationFacts,
    Past,
    Reason,
    RoleFacts,
    RoleMatch,
    SuitPerson,
)
from ginnel.careers.model.suit.index import SuitIndex, build_suit
from ginnel.careers.model.suit.person import person_from
from ginnel.careers.model.suit.rank import BANDS, in_bands, suit

__all__ = [
    "BANDS",
    "ExperienceFacts",
    "OccupationFacts",
    "Past",
    "Reason",
    "RoleFacts",
    "RoleMatch",
    "SuitIndex",
    "SuitPerson",
    "build_suit",
    "in_bands",
    "person_from",
    "suit",
]
