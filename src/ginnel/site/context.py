"""Editors' menu entries, for the head and foot of every page."""

import time
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from ginnel.site.queries import Link, menu_links

_KEPT_SECONDS = 30.0
_kept: dict[str, tuple[float, dict[str, list[Link]]]] = {}


def menus(request: HttpRequest) -> dict[str, Any]:
    """`menus`: links by place, by language. Kept for half a minute in each process: they are on every page and change seldom."""
    return {"menus": SimpleLazyObject(_current)}


def _current() -> dict[str, list[Link]]:
    language = get_language() or ""
    kept = _kept.get(language)
    if kept and time.monotonic() - kept[0] < _KEPT_SECONDS:
        return kept[1]
    try:
        found = menu_links()
    except DatabaseError:  # an error page must still render
        return {}
    _kept[language] = (time.monotonic(), found)
    return found


def forget_menus() -> None:
    """Read the menus afresh at the next request of this process."""
    _kept.clear()
