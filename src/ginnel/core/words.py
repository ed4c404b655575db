"""Words that are written once, when the code is read, and said in the language of whoever reads the page."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar, cast

from django.utils.translation import gettext
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


def in_a_row(names: list[str], *, last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; with `or` where one of them is meant."""
    if len(names) < 2:
        return "".join(names)
    several, one = ", ".join(names[:-1]), names[-1]
    if last == "or":
        return gettext("%(several)s or %(one)s") % {"several": several, "one": one}
    return gettext("%(several)s and %(one)s") % {"several": several, "one": one}
