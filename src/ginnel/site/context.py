"""Editors' menu entries, for the head and foot of every page."""

import time
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ginnel.site.queries import Link, menu_links

_KEPT_SECONDS = 30.0
_kept: tuple[float, dict[str, list[Link]]] | None = None


def menus(request: HttpRequest) -> dict[str, Any]:
    """`menus`: links by place. Kept for half a minute in each process: they are on every page and change seldom."""
    return {"menus": SimpleLazyObject(_current)}


def _current() -> dict[str, list[Link]]:
    global _kept
    if _kept and time.monotonic() - _kept[0] < _KEPT_SECONDS:
        return _kept[1]
    try:
        found = menu_links()
    except DatabaseError:  # an error page must still render
        return {}
    _kept = (time.monotonic(), found)
    return found


def forget_menus() -> None:
    """Read the menus afresh at the next request of this process."""
    global _kept
    _kept = None
