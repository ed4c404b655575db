"""Words that are written once, when the code is read, and said in the language of whoever reads the page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _later

gettext_lazy = cast(Callable[[str], str], _later)
"""Django's own, told to the type checker as a text, which it is wherever it is shown. Not for `str.join`: it must be a text there."""

K = TypeVar("K")


class Translated(Mapping[K, str]):
    """Words by key, each marked with `gettext_noop`, and given in the reader's language whenever they are asked for."""

    def __init__(self, words: Mapping[K, str]) -> None:
        self._words = words

    def __getitem__(self, key: K) -> str:
        return gettext(self._words[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


# Unicode's marks around a piece that runs from left to right whatever stands about it.
FROM, TO = "\u2066", "\u2069"


def in_english() -> bool:
    """Whether this page is read in English."""
    return (get_language() or "en").startswith("en")


def english(words: str) -> str:
    """
    Words that stay English (a role's name, a publisher's): as they are on an English page; in another language within the marks that keep
    their direction, which `core.middleware.marked_english` makes an element with `lang="en"` of.
    """
    if not words or in_english():
        return words
    return f"{FROM}{words}{TO}"


def names_in_english(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices of a form whose names stay English."""
    if in_english():
        return list(pairs)
    return [(value, english(name)) for value, name in pairs]


class English(Mapping[K, str]):
    """Words by key that stay English: each as `english` gives it."""

    def __init__(self, words: Mapping[K, str]) -> None:
        self._words = words

    def __getitem__(self, key: K) -> str:
        return english(self._words[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def names_for_reader(words: Mapping[K, str]) -> Mapping[K, str]:
    """Words by key that stay English, for this request: on an English page the very mapping, which is looked in some hundred times."""
    return words if in_english() else English(words)


def listed(names: Iterable[str]) -> str:
    """`a, b, c`, with the comma of the reader's language."""
    return gettext(", ").join(names)


def in_a_row(names: list[str], *, last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; with `or` where one of them is meant."""
    if len(names) < 2:
        return "".join(names)
    several, one = listed(names[:-1]), names[-1]
    if last == "or":
        return gettext("%(several)s or %(one)s") % {"several": several, "one": one}
    return gettext("%(several)s and %(one)s") % {"several": several, "one": one}
