"""Free text to experiences, roles, skills and wishes. See docs/methods.md#suit-me."""

from ginnel.careers.model.link.answer import (
    Alternative,
    GateHint,
    LevelHint,
    LinkItem,
    Mention,
    Understanding,
    Wants,
)
from ginnel.careers.model.link.index import ExactNames, Linker, build_linker, exact_names
from ginnel.careers.model.link.understand import understand

__all__ = [
    "Alternative",
    "ExactNames",
    "GateHint",
    "LevelHint",
    "LinkItem",
    "Linker",
    "Mention",
    "Understanding",
    "Wants",
    "build_linker",
    "exact_names",
    "understand",
]
