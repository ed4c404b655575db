"""Words: normalising, stems, and sparse TF-IDF and BM25 over a fixed list of terms."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]

LONGEST_TEXT = 20_000
"""Characters read of any one text; the rest is ignored, so that no input is slow."""

STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be been being but by can could did do does doing done during each
    etc for from get had has have having he her hers him his how i if in into is it its itself just like ll made make
    may me mine more most my n no nor not of off on one or other our out over own s same she should so some such t than
    that the their them then there these they this those through to too under up us use used using ve very was we were
    what when where which while who will with within without would you your""".split()
)

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ENDINGS = (
    ("ations", "at"), ("ation", "at"), ("ators", "at"), ("ator", "at"), ("ments", ""), ("ment", ""), ("ities", ""),
    ("ity", ""), ("nesses", ""), ("ness", ""), ("ings", ""), ("ing", ""), ("ists", "ist"), ("ies", "y"), ("ied", "y"),
    ("ers", ""), ("er", ""), ("ors", ""), ("or", ""), ("ees", "ee"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"),
    ("xes", "x"), ("zes", "z"), ("es", ""), ("ed", ""), ("ly", ""), ("al", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST_STEM = 3
# Words so central here that their short stems must not fall together with others ("care" with "car").
_IRREGULAR = dict.fromkeys(("care", "cares", "cared", "caring", "carer", "carers"), "care")


def normalise(text: str) -> str:
    """
    Text in one plain form: compatibility characters folded, accents and case removed, spaces single.

    Curly apostrophes become straight; characters of other scripts stay, so that they can be told apart from nothing.
    """
    folded = unicodedata.normalize("NFKD", text[:LONGEST_TEXT]).casefold().replace("\u2019", "'")
    return " ".join("".join(ch for ch in folded if not unicodedata.combining(ch)).split())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """
    A word without its ending and without what parts British from American spelling.

    Light on purpose: ``carer``, ``caring`` and ``care`` meet; ``paediatric`` and ``pediatric`` meet. The result is a
    key for matching and is never shown.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isascii() or len(word) <= _SHORTEST_STEM or any(ch.isdigit() for ch in word):
        return word
    word = word.replace("ae", "e").replace("oe", "e") if len(word) > 5 else word
    word = word.replace("isation", "ization").replace("our", "or") if len(word) > 5 else word
    word = re.sub(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers)$)", "iz", word)
    if word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM + ending.startswith("or"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > _SHORTEST_STEM + 1 and word[-1] == "e":
        word = word[:-1]
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] != "s":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > _SHORTEST_STEM and word[-1] == "y" else word


def words(text: str) -> list[str]:
    """Normalised words of a text, in order, with possessive endings dropped; stop words kept."""
    return [word.removesuffix("'s").replace("'", "") for word in _WORD.findall(normalise(text))]


def tokenise(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order. Text of stop words only gives an empty list."""
    return [stem(word) for word in words(text) if word and word not in STOP_WORDS]


@dataclass(frozen=True)
class TermSpace:
    """
    A fixed list of terms with how common each is: turns texts into sparse rows over the same columns.

    Attributes
    ----------
    terms
        Stems in column order.
    document_frequency : ndarray of int32, shape (V,)
        Texts of the collection that hold each term. Unit: texts.
    document_count
        Texts in the collection. Unit: texts.
    mean_length
        Mean length of a text. Unit: tokens.
    """

    terms: tuple[str, ...]
    document_frequency: npt.NDArray[np.int32]
    document_count: int
    mean_length: float
    _columns: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", {term: column for column, term in enumerate(self.terms)})

    @property
    def idf(self) -> Floats:
        """Inverse document frequency ``log((1 + N) / (1 + df)) + 1``, shape (V,). No unit; at least 1."""
        rarity = np.log((1.0 + self.document_count) / (1.0 + self.document_frequency)) + 1.0
        return np.asarray(rarity, np.float32)

    def column(self, term: str) -> int | None:
        """Column of a stem, or None if the collection never held it."""
        return self._columns.get(term)

    def counts(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """How often each term stands in each text, shape (N, V), float32. Unknown words are left out."""
        indptr, indices, data = [0], [], []
        for text in texts:
            found = Counter(c for c in map(self._columns.get, tokenise(text)) if c is not None)
            for column in sorted(found):
                indices.append(column)
                data.append(found[column])
            indptr.append(len(indices))
        shape = (len(indptr) - 1, len(self.terms))
        parts = (np.asarray(data, np.float32), np.asarray(indices, np.int32), np.asarray(indptr, np.int32))
        return sparse.csr_matrix(parts, shape=shape)

    def tfidf(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Unit TF-IDF rows with sublinear counts, ``(1 + log tf) * idf``; a text with no known word is a zero row."""
        matrix = self.counts(texts)
        matrix.data = (1.0 + np.log(matrix.data)) * self.idf[matrix.indices]
        return unit_rows(matrix)

    def bm25(self, texts: Iterable[str], *, k1: float = 1.2, b: float = 0.75) -> sparse.csr_matrix:
        """
        BM25 weight of each term in each text, shape (N, V); score a query by ``bm25 @ counts(query).T``.

        Parameters
        ----------
        k1, b
            Saturation and length correction. No unit.

        References
        ----------
        Robertson and Zaragoza (2009), The Probabilistic Relevance Framework, section 3.
        """
        matrix = self.counts(texts)
        length = np.asarray(matrix.sum(axis=1)).ravel()
        norm = np.repeat(k1 * (1.0 - b + b * length / max(self.mean_length, 1e-9)), np.diff(matrix.indptr))
        df = self.document_frequency[matrix.indices].astype(np.float32)
        rarity = np.log1p((self.document_count - df + 0.5) / (df + 0.5))
        matrix.data = (rarity * matrix.data * (k1 + 1.0) / (matrix.data + norm)).astype(np.float32)
        return matrix


def build_terms(texts: Sequence[str], *, min_count: int = 1) -> TermSpace:
    """The terms that stand in at least `min_count` of the texts, in alphabetical order."""
    frequency: Counter[str] = Counter()
    tokens = 0
    for text in texts:
        found = tokenise(text)
        tokens += len(found)
        frequency.update(set(found))
    terms = tuple(sorted(term for term, count in frequency.items() if count >= min_count))
    counts = np.asarray([frequency[term] for term in terms], np.int32)
    return TermSpace(terms, counts, len(texts), tokens / max(len(texts), 1))


def unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """The same sparse matrix, float32, with each non-zero row scaled to length 1."""
    matrix = sparse.csr_matrix(matrix, dtype=np.float32)
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    matrix.data = (matrix.data * np.repeat(scale, np.diff(matrix.indptr))).astype(np.float32)
    return matrix


def spread(document_frequency: npt.NDArray[np.int32], count: int) -> Floats:
    """IDF that falls to 0 for what everything has: ``log(N / df)``, shape (V,). No unit."""
    return np.log(max(count, 1) / np.maximum(document_frequency, 1)).clip(0.0, math.inf).astype(np.float32)
