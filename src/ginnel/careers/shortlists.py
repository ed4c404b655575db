"""
My list: roles put aside, in the session of a visitor or in the account of a person who has signed in.

A list can be kept as a link: a copy, opened by whoever has the link, that says nothing of whose it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from ginnel.accounts.models import User
from ginnel.careers.models import Role, Shortlist, ShortlistItem
from ginnel.events.commands import record_event

MOST_ROLES = 30
UNOPENED_DAYS = 365
_KEY = "shortlist"
_TRIES = 20


class ListIsFull(Exception):
    """The list has as many roles as a list can have."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whose list it is: the person's who has signed in, else that of the session."""

    session: SessionBase
    user: User | None

    @classmethod
    def of(cls, request: HttpRequest) -> "Visitor":
        user = getattr(request, "user", None)
        return cls(request.session, user if isinstance(user, User) else None)


def listed_slugs(visitor: Visitor) -> list[str]:
    """Slugs of the roles on this visitor's list, newest last."""
    if visitor.user:
        items = ShortlistItem.objects.filter(shortlist__owner=visitor.user).order_by("added_at", "pk")
        return list(items.values_list("role__slug", flat=True))
    return list(visitor.session.get(_KEY, []))


def add_role(visitor: Visitor, role: Role, *, at: datetime) -> None:
    """
    Put a role on the list. A role that is on it already stays where it is.

    :raises ListIsFull: if there are 30 others.
    """
    slugs = listed_slugs(visitor)
    if role.slug not in slugs and len(slugs) >= MOST_ROLES:
        raise ListIsFull
    add_roles(visitor, [role.slug], at=at)


def add_roles(visitor: Visitor, slugs: Iterable[str], *, at: datetime) -> None:
    """Put these roles on the list after those that are there, none twice. Joined lists may pass 30: none is lost."""
    new = list(dict.fromkeys(slugs))
    if visitor.user:
        _add_to_account(visitor.user, new, at=at)
    else:
        _change_in_session(visitor.session, lambda old: [*old, *(slug for slug in new if slug not in old)])


def remove_role(visitor: Visitor, slug: str) -> None:
    """Take a role off the list. One that is not on it is no matter."""
    if visitor.user:
        ShortlistItem.objects.filter(shortlist__owner=visitor.user, role__slug=slug).delete()
    else:
        _change_in_session(visitor.session, lambda old: [kept for kept in old if kept != slug])


@transaction.atomic
def replace_list(visitor: Visitor, slugs: Iterable[str], *, at: datetime) -> None:
    """Make these the roles of the list, in this order."""
    new = list(dict.fromkeys(slugs))
    if visitor.user:
        ShortlistItem.objects.filter(shortlist__owner=visitor.user).delete()
        _add_to_account(visitor.user, new, at=at)
    else:
        _change_in_session(visitor.session, lambda _old: new)


@transaction.atomic
def keep_list(slugs: Iterable[str], *, at: datetime) -> Shortlist:
    """A copy of a list that its link opens. It has no owner and says nothing of the person."""
    shortlist = Shortlist.objects.create(created_at=at, opened_at=at)
    _add_items(shortlist, list(slugs), at=at)
    record_event("careers.shortlist.kept", by=None, about=shortlist, at=at, roles=shortlist.items.count())
    return shortlist


def note_opened(shortlist: Shortlist, *, at: datetime) -> None:
    """Remember, to the day, that a kept list is in use."""
    stale = Shortlist.objects.filter(pk=shortlist.pk, opened_at__lt=at - timedelta(days=1))
    stale.update(opened_at=at)


def drop_unopened_lists(*, at: datetime) -> int:
    """Delete kept lists whose link nobody has opened for a year; how many there were. Lists in accounts stay."""
    unopened = Shortlist.objects.filter(owner__isnull=True, opened_at__lt=at - timedelta(days=UNOPENED_DAYS))
    _, counts = unopened.delete()
    return counts.get("careers.Shortlist", 0)


def join_visit(request: HttpRequest, user: User) -> None:
    """The list of the session joins the list of the person who has just signed in."""
    slugs = request.session.pop(_KEY, [])
    if slugs:
        _add_to_account(user, slugs, at=timezone.now())


def _add_to_account(user: User, slugs: list[str], *, at: datetime) -> None:
    shortlist, _ = Shortlist.objects.get_or_create(owner=user)
    _add_items(shortlist, slugs, at=at)


def _add_items(shortlist: Shortlist, slugs: list[str], *, at: datetime) -> None:
    """Two tabs may add the same role at once: the constraint holds, the second is ignored."""
    keys = dict(Role.objects.public().filter(slug__in=slugs).values_list("slug", "pk"))
    items = [ShortlistItem(shortlist=shortlist, role_id=keys[slug], added_at=at) for slug in slugs if slug in keys]
    ShortlistItem.objects.bulk_create(items, ignore_conflicts=True)


def _change_in_session(session: SessionBase, change: Callable[[list[str]], list[str]]) -> None:
    """
    Change the session's list.

    Two tabs may change it at once, and a session is stored whole, so the last would win. So the stored row is swapped
    only while it is as it was read (a conditional update), and tried again otherwise. Other session stores take the
    plain way.
    """
    # Exactly this class: its cached variant would answer from its cache.
    if session.session_key and type(session) is SessionStore:
        model = SessionStore.get_model_class()
        for _ in range(_TRIES):
            row = model.objects.filter(session_key=session.session_key)
            stored = row.values_list("session_data", flat=True).first()
            if stored is None:
                break
            data = session.decode(stored)
            data[_KEY] = change(data.get(_KEY, []))
            swapped = row.filter(session_data=stored).update(
                session_data=session.encode(data), expire_date=session.get_expiry_date()
            )
            if swapped:
                # Already stored. Saving the whole session once more at the end of the request would undo what another
                # tab did since.
                modified = session.modified
                session[_KEY] = data[_KEY]
                session.modified = modified
                return
    session[_KEY] = change(session.get(_KEY, []))
