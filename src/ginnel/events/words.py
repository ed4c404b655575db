"""
What each event is called, and the sentence that tells it.

An area has a module `event_words` with a dictionary `EVENT_WORDS`: the event's name to `Words`. Its sentence may use {by}, {person},
{organisation}, {other} and the event's facts. Who or what a number is, is said by whoever shows the sentence: events knows no names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Words:
    """`kind`: a few words for a list to choose from. `sentence`: with names in braces; or a function of those values."""

    kind: str
    sentence: str | Callable[[Mapping[str, str]], str]


_words: dict[str, Words] = {}
_name_organisations: list[Callable[[set[int]], dict[int, str]]] = []


def gather() -> None:
    """Read the `event_words` module of every area that has one. Called once, at start."""
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "event_words"):
            module = import_module(f"{app.name}.event_words")
            _words.update(module.EVENT_WORDS)


def known(name: str) -> bool:
    """Whether an event of this name can be told in words."""
    return name in _words


def kinds() -> dict[str, str]:
    """Every event's name and what it is called, by what it is called."""
    return dict(sorted(((name, words.kind) for name, words in _words.items()), key=lambda pair: pair[1]))


def kind(name: str) -> str:
    """What an event is called; its bare name if nobody knows (an area that was taken out)."""
    return _words[name].kind if name in _words else name


def sentence(name: str, values: Mapping[str, str]) -> str:
    """The event as a sentence. `values` has by, person, organisation, other and the facts, as they are to be shown."""
    words = _words.get(name)
    if words is None:
        return name
    said = words.sentence(values) if callable(words.sentence) else gettext(words.sentence).format_map(_Blank(values))
    # An e-mail address stays as it is.
    first = said.split(" ", 1)[0]
    return (said if "@" in first else said[:1].upper() + said[1:]) + "."


class _Blank(dict[str, str]):
    """A fact that an older event did not have."""

    def __missing__(self, key: str) -> str:
        return "?"


def say_organisations_with(name_them: Callable[[set[int]], dict[int, str]]) -> None:
    """Say how organisations' numbers become names. The area that keeps organisations calls this; it stands above this one."""
    _name_organisations[:] = [name_them]


def organisation_names(numbers: set[int]) -> dict[int, str]:
    """Names of organisations; one that is not known is left out. One query."""
    return _name_organisations[0](numbers) if _name_organisations and numbers else {}
