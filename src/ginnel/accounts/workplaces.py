"""
Where a person works, as the areas above tell it: accounts imports none of them.

An area that knows who belongs to which organisation registers a reader from its `AppConfig.ready()`. From it follow shorter sessions
for staff, and for whom a second step is a must.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ginnel.accounts.models import User


@dataclass(frozen=True, slots=True)
class Workplace:
    """One organisation a person belongs to now, by its number; None for the partnership itself."""

    organisation: int | None
    administrator: bool


Reader = Callable[["User"], Sequence[Workplace]]
_readers: dict[str, Reader] = {}


def register_workplaces(name: str, read: Reader) -> None:
    """Ask this reader too where people work. A second one of the same name takes the place of the first."""
    _readers[name] = read


def workplaces_of(user: "User") -> list[Workplace]:
    """Everywhere this person works, as all readers tell it."""
    return [place for read in _readers.values() for place in read(user)]
