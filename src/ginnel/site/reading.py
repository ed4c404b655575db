"""
How hard a text is to read. Plain values in, plain values out; docs/methods.md#reading-age gives the formula and its limits.
"""

import re
from dataclasses import dataclass

WARN_OVER = 11
"""Residents' pages aim at a reading age of 9 to 11 years."""

LEAST_WORDS = 30
"""Below this the formula says more about chance than about the text."""

_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9£])|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]e|[^tdaeiouy]ed|(?:[^sxzcgaeiouy]|[^cs]h)es)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text measured. `age` in years, None for a text too short to say; `longest` are its longest sentences, longest first."""

    words: int
    sentences: int
    age: float | None
    longest: tuple[str, ...]


def syllables(word: str) -> int:
    """
    About how many syllables an English word has: groups of vowels, less a silent end. At least 1.

    Right for some nine of ten everyday words; errors both ways cancel over a page.
    """
    letters = word.lower().replace("’", "'").partition("'")[0]
    groups = len(_VOWELS.findall(letters))
    if groups > 1 and _SILENT_END.search(letters):
        groups -= 1
    # "io" in "station" is one sound, but "ia" in "dial" and "eo" in "video" are two.
    groups += len(re.findall(r"(?<![tcsg])i[ao](?!u)|(?<!p)eo(?!u)|[^aeiouyq]ua[^aeiouyr]|uity", letters))
    return max(1, groups)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a line that ends without a full stop (a heading, a list item) counts as one."""
    return [part.strip() for part in _SENTENCE.split(text) if _WORD.search(part)]


def measure(text: str, *, longest: int = 3) -> Reading:
    """
    Reading age of a text: the Flesch-Kincaid grade plus five years, never below 5.

    ``0.39 × words per sentence + 11.8 × syllables per word − 15.59``
    """
    sentences = sentences_of(text)
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    by_length = sorted(sentences, key=lambda sentence: -len(_WORD.findall(sentence)))
    age = None
    if len(words) >= LEAST_WORDS:
        grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
        age = round(max(5.0, grade + 5), 1)
    return Reading(len(words), len(sentences), age, tuple(by_length[:longest]))


def length_in_words(sentence: str) -> int:
    """Words of a sentence, counted as `measure` counts them."""
    return len(_WORD.findall(sentence))
