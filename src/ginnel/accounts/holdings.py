"""
What each area holds about a person, and what joins their account when they sign in.

Areas above this one are not imported here. An area that holds something about people registers a `Holding` from its
`AppConfig.ready()`; My page, the downloads and the words on the delete page then cover it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from ginnel.accounts.models import User


@dataclass(frozen=True, slots=True)
class Shared:
    """Something about a person that others can see: what, who, since when (a day, or empty), and why."""

    what: str
    whom: str
    since: str
    why: str


@dataclass(frozen=True, slots=True)
class Held:
    """
    What one area holds about one person.

    `words` says it in a sentence or two; `items` are (text, address) to show as links; `data` goes into the JSON
    download as it is; `table` is the CSV download, its keys the headings; `shared` is what others can see of it.
    """

    words: str
    items: Sequence[tuple[str, str]] = ()
    data: Any = None
    table: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    shared: Sequence[Shared] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """
    One kind of thing an area holds about people.

    `read` is called for My page and the downloads; `read_visit` in its stead for what lives in the session of this visit and in no
    account, and then `clear` names the page to post to that forgets it. `join_visit`, where there is one, is called once after a
    sign-in and moves what the visitor gathered in their session into their account. Rows must point at the person with a foreign
    key that cascades, so that deleting the account deletes them; what cannot (a row that stays but names them) is put right by
    `leave`, which is called in the transaction of the deletion, while the account is still there.
    """

    slug: str
    title: str
    page: str  # URL name of the page where it can be changed; empty: there is none
    read: "Callable[[User], Held] | None" = None
    read_visit: "Callable[[HttpRequest], Held] | None" = None
    clear: str = ""
    join_visit: "Callable[[HttpRequest, User], None] | None" = None
    leave: "Callable[[User, datetime], None] | None" = None

    def held(self, user: "User", request: HttpRequest) -> Held:
        """What this area holds about the person, for good or in this visit."""
        if self.read:
            return self.read(user)
        if self.read_visit:
            return self.read_visit(request)
        raise TypeError(f"the holding {self.slug} reads nothing")


_registered: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Make this holding part of My page. A second one of the same slug takes the place of the first."""
    _registered[holding.slug] = holding


def holdings() -> list[Holding]:
    """Every registered holding, in the order of registration."""
    return list(_registered.values())


def join_visit(request: HttpRequest, user: "User") -> None:
    """Move what this visitor gathered before signing in to the person they are."""
    for holding in holdings():
        if holding.join_visit:
            holding.join_visit(request, user)
