"""What names there are to link to, arranged so that a text is looked up in a few milliseconds."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ginnel.careers.model.link.answer import LinkItem
from ginnel.careers.model.link.line import matching_stem, name_key, read_line

Floats = npt.NDArray[np.float32]
LONGEST_NAME = 6
"""Words that carry meaning in the longest name that is matched word by word; longer ones by meaning only."""
SHORTEST_FIXED = 4
GENERIC = frozenset(
    matching_stem(word)
    for word in (
        "work worker working job assistant staff experience role person professional employee officer time trained trainee"
        " qualified past year day people home care carer help helping good support new make play keep"
        " service team group centre local bit lot thing stuff way life place long short look never"
    ).split()
)
"""Stems too common to stand for anything alone."""
WORKISH = frozenset(
    matching_stem(word) for word in "work worker working job assistant staff role employee person full time".split()
)
"""Stems a name may lack in a text and still be meant."""


class Embeds(Protocol):
    """Turns texts into unit vectors, float32, shape (N, D)."""

    def embed(self, texts: Sequence[str]) -> Floats: ...


@dataclass(slots=True)
class ExactNames:
    """
    Reference names (tens of thousands) by the hash of their sorted stems: no Python object for each, memory-mappable.

    Attributes
    ----------
    hashes : ndarray of uint64, shape (M,), ascending
    owners : ndarray of int32, shape (M,)
        Row of `kinds`, `keys` and `labels` that each hash belongs to.
    single : ndarray of uint64, shape (S,), ascending
        Hashes of one-word names as they are spelt: stems are too blunt for these.
    """

    hashes: npt.NDArray[np.uint64]
    owners: npt.NDArray[np.int32]
    single: npt.NDArray[np.uint64]
    kinds: Sequence[str]
    keys: Sequence[str]
    labels: Sequence[str]

    def find(self, stems: Sequence[str], spelt: str = "") -> list[int]:
        """Rows whose name has just these stems, best first, at most four."""
        if len(stems) == 1 and not _holds(self.single, hash_words([spelt])):
            return []
        wanted = hash_words(sorted(stems))
        first = int(np.searchsorted(self.hashes, wanted))
        found: list[int] = []
        while first < len(self.hashes) and self.hashes[first] == wanted and len(found) < 4:
            found.append(int(self.owners[first]))
            first += 1
        return found

    def to_arrays(self) -> dict[str, Any]:
        """What `save_arrays` can store."""
        return {
            "link_hashes": self.hashes, "link_owners": self.owners, "link_single": self.single,
            "link_kinds": list(self.kinds), "link_keys": list(self.keys), "link_labels": list(self.labels),
        }  # fmt: skip

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> ExactNames:
        """The same from what `load_arrays` opened."""
        return cls(*(arrays[f"link_{name}"] for name in ("hashes", "owners", "single", "kinds", "keys", "labels")))


@dataclass(slots=True)
class Linker:
    """
    All names to link to. Built by `build_linker`; never changed afterwards but for its memo of misspellings.

    ``stems[n]`` and ``weights[n]`` belong to name n, ``owner[n]`` is its item; ``postings`` gives the names that hold a stem.
    ``generic`` names have no telling stem; ``phrases`` are names of one such word and small
    words, which must stand in a text as they are. ``vectors`` are the names' meanings, shape (N, D), or None without an embedder.
    """

    items: tuple[LinkItem, ...]
    names: list[str]
    stems: list[tuple[str, ...]]
    weights: list[tuple[float, ...]]
    total: list[float]
    owner: list[int]
    postings: dict[str, list[int]]
    rarity: dict[str, float]
    spellings: list[str]
    embedder: Embeds | None
    vectors: Floats | None
    reference: ExactNames | None
    dictionary: frozenset[str]
    generic: frozenset[int]
    phrases: dict[int, str]
    memo: dict[str, str | None] = field(default_factory=dict, repr=False)

    def weight(self, stem: str) -> float:
        """How telling a stem is: log rarity among the names; the rarest for a stem no name holds."""
        return self.rarity.get(stem, self.rarity[""])

    def fix(self, word: str, stem: str) -> str | None:
        """The name's word that a misspelt one most likely is, or None if it is known, too short or too far from any."""
        if stem in self.postings or len(word) < SHORTEST_FIXED or not word.isascii() or not word.isalpha():
            return None
        if word not in self.memo:
            if len(self.memo) > 20_000:
                self.memo.clear()
            self.memo[word] = None if self._is_word(word) else self._nearest(word)
        return self.memo[word]

    def _is_word(self, word: str) -> bool:
        if word in self.dictionary:
            return True
        pieces = getattr(self.embedder, "pieces", None)
        return pieces is not None and len(pieces.ids(word)) == 1

    def _nearest(self, word: str) -> str | None:
        most = 1 if len(word) < 6 else 2
        found = process.extract(word, self.spellings, scorer=OSA.distance, score_cutoff=most, limit=8)
        near = [
            (distance + 0.6 * (name[0] != word[0]) + 0.1 * abs(len(name) - len(word)), name)
            for name, distance, _ in found
        ]
        near = [(cost, name) for cost, name in near if cost < most + 0.5 and len(name) >= SHORTEST_FIXED]
        return min(near)[1] if near else None


def hash_words(words: Sequence[str]) -> np.uint64:
    """A 64-bit hash of words in their order; the same on every machine."""
    return np.uint64(int.from_bytes(hashlib.blake2b("\0".join(words).encode(), digest_size=8).digest(), "little"))


def build_linker(
    items: Iterable[LinkItem],
    *,
    reference: Iterable[LinkItem] | ExactNames = (),
    embedder: Embeds | None = None,
    dictionary: Iterable[str] = (),
) -> Linker:
    """
    Arrange names for `understand`.

    Parameters
    ----------
    items
        The place's own: experiences, roles, skills, starts. Matched by words in any order, misspelling and meaning.
    reference
        Imported occupations and skills (tens of thousands of names), or what `exact_names` made of them. Matched only by
        their exact words, and only where `items` do not say it better.
    embedder
        For matching by meaning; without it, words only.
    dictionary
        Words never taken for misspellings. The embedder's own words need not be given.
    """
    kept = tuple(items)
    names: list[str] = []
    stems: list[tuple[str, ...]] = []
    owner: list[int] = []
    spelt: Counter[str] = Counter()
    phrases: dict[int, str] = {}
    for number, item in enumerate(kept):
        seen: set[tuple[str, ...]] = set()
        for name in item.names:
            key = name_key(name)
            if not key or tuple(sorted(key)) in seen:
                continue
            seen.add(tuple(sorted(key)))
            line = read_line(name)
            if len(key) == 1 and len(line.words) > 1:
                phrases[len(names)] = line.plain
            names.append(name)
            stems.append(key)
            owner.append(number)
            spelt.update(word.plain for word in line.words if word.plain.isalpha())
    frequency = Counter(stem for key in stems for stem in set(key))
    count = max(len(stems), 1)
    rarity = {
        stem: math.log((count + 1) / (times + 0.5)) * (0.35 if stem in GENERIC else 1.0)
        for stem, times in frequency.items()
    }
    rarity[""] = math.log((count + 1) / 0.5)
    postings: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(stems):
        for stem in dict.fromkeys(key):
            postings[stem].append(number)
    weights = [tuple(rarity[stem] for stem in key) for key in stems]
    return Linker(
        items=kept,
        names=names,
        stems=stems,
        weights=weights,
        total=[sum(row) for row in weights],
        owner=owner,
        postings=dict(postings),
        rarity=rarity,
        spellings=sorted(spelt),
        embedder=embedder,
        vectors=embedder.embed(names) if embedder and names else None,
        reference=reference if isinstance(reference, ExactNames) else exact_names(reference),
        dictionary=frozenset(dictionary),
        generic=frozenset(number for number, key in enumerate(stems) if all(stem in GENERIC for stem in key)),
        phrases=phrases,
    )


def exact_names(items: Iterable[LinkItem]) -> ExactNames | None:
    """Reference names arranged for exact look-up; None if there are none. Earlier items win where names are the same."""
    kinds: list[str] = []
    keys: list[str] = []
    labels: list[str] = []
    pairs: list[tuple[int, int, int]] = []
    single: set[int] = set()
    for number, item in enumerate(items):
        kinds.append(item.kind)
        keys.append(item.key)
        labels.append(item.label)
        seen: set[tuple[str, ...]] = set()
        for rank, name in enumerate(item.names):
            stems = tuple(sorted(name_key(name)))
            if not stems or len(stems) > LONGEST_NAME or stems in seen or (len(stems) == 1 and stems[0] in GENERIC):
                continue
            seen.add(stems)
            pairs.append((int(hash_words(stems)), min(rank, 1), number))
            if len(stems) == 1:
                single.update(int(hash_words([word.plain])) for word in read_line(name).words if not word.stop)
    if not kinds:
        return None
    pairs.sort()
    distinct = [
        pair for before, pair in pairwise([(-1, -1, -1), *pairs]) if (before[0], before[2]) != (pair[0], pair[2])
    ]
    return ExactNames(
        np.asarray([one for one, _, _ in distinct], np.uint64),
        np.asarray([one for _, _, one in distinct], np.int32),
        np.asarray(sorted(single), np.uint64),
        kinds,
        keys,
        labels,
    )


def _holds(ascending: npt.NDArray[np.uint64], one: np.uint64) -> bool:
    place = int(np.searchsorted(ascending, one))
    return place < len(ascending) and bool(ascending[place] == one)
