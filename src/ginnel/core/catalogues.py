"""
Catalogues of translations, made quick to look in.

Django keeps the words of each installed application in a dictionary of its own and looks through them one after another, and then through
those of the fallback languages. A page says some hundred texts, and English ones are mostly in none of them: a sixth of its time.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import trans_real

_COUNTS = range(200)
"""Numbers that tell apart every rule of plurals there is."""


def _parts(link: Any) -> list[tuple[dict[Any, str], Callable[[int], int]]]:
    """The dictionaries of one link in the chain of fallbacks, each with its rule of plurals."""
    held: Any = getattr(link, "_catalog", None)
    if not held:
        return []
    if isinstance(held, dict):
        return [(held, link.plural)]
    return list(zip(held._catalogs, held._plurals, strict=True))


def flatten(language: str) -> None:
    """Look up this language in as few dictionaries as its rules of plurals allow; what is found stays the same."""
    whole: Any = trans_real.translation(language)
    merged: list[tuple[dict[Any, str], Callable[[int], int], list[int]]] = []
    link: Any = whole
    while link is not None:
        for words, plural in _parts(link):
            rule = [plural(count) for count in _COUNTS]
            if merged and merged[-1][2] == rule:
                # What was found first before is found first now.
                merged[-1] = ({**words, **merged[-1][0]}, merged[-1][1], rule)
            else:
                merged.append((dict(words), plural, rule))
        link = link._fallback
    catalogue: Any = trans_real.TranslationCatalog()
    if merged:
        catalogue._catalogs = [words for words, _, _ in merged]
        catalogue._plurals = [plural for _, plural, _ in merged]
    # In this order: a reader in between finds everything, at worst twice.
    whole._catalog = catalogue
    whole._fallback = None
