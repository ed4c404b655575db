"""
The languages pages are written in, and the address of each.

English stands at the plain address (`/stories/tam/`), every other language under its code (`/pl/stories/tam/`).
"""

import re
from typing import Any

from django.conf import settings
from django.urls import URLResolver
from django.utils.translation import get_language, get_language_info
from wagtail.coreutils import get_content_languages


def offered() -> dict[str, str]:
    """Languages this site offers, as its settings name them, and each one's own name; English first."""
    return dict(get_content_languages())


def others() -> dict[str, str]:
    """Those besides English."""
    return {code: name for code, name in offered().items() if code != settings.LANGUAGE_CODE}


def reading() -> str:
    """The language that what is being made now is for."""
    active = get_language() or settings.LANGUAGE_CODE
    return active if active in offered() else settings.LANGUAGE_CODE


def language_of(path: str) -> str:
    """The language of the pages under this address; English where it names none."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in others() else settings.LANGUAGE_CODE


def marks(code: str) -> dict[str, str]:
    """The attributes of an element whose words are in this language; none on a site of one language."""
    if not others():
        return {}
    return {"lang": code[:2], "dir": "rtl" if get_language_info(code[:2])["bidi"] else "ltr"}


class Prefix:
    """
    The part of an address that says the language of an editors' page. Wagtail makes the addresses of pages by it.

    Not Django's `i18n_patterns`: with it, a page without a language in its address would be in English, whatever the reader chose.
    """

    name = None
    converters: dict[str, Any] = {}

    @property
    def regex(self) -> re.Pattern[str]:
        """For making addresses. Django asks once for each language."""
        return re.compile(re.escape(str(self)))

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]]:
        """Whatever follows the prefix; everything where there is none."""
        first, slash, rest = path.partition("/")
        return (rest if slash and first in others() else path), (), {}

    def check(self) -> list[Any]:
        return []

    def describe(self) -> str:
        return f"'{self}'"

    def __str__(self) -> str:
        active = get_language() or settings.LANGUAGE_CODE
        return "" if active.startswith(settings.LANGUAGE_CODE[:2]) else f"{active}/"


def in_each_language(*patterns: Any) -> URLResolver:
    """These addresses as they are, and under each further language's code."""
    return URLResolver(Prefix(), list(patterns))  # type: ignore[arg-type]
