"""Sentence vectors from a small table of word vectors: no neural network runs when a page is asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ginnel.careers.model.text import LONGEST_TEXT

Floats = npt.NDArray[np.float32]

DATA = Path(__file__).resolve().parent.parent / "data"
_LONGEST_WORD = 40


class WordPieces:
    """Cuts text into the tokens of the table: a whole word where the table has it, else its longest pieces."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._ids = {token: number for number, token in enumerate(tokens)}
        self._memo: dict[str, tuple[int, ...]] = {}

    @staticmethod
    def split(text: str) -> list[str]:
        """Lower-case words of a text without accents; every other sign parts words."""
        folded = unicodedata.normalize("NFD", text[:LONGEST_TEXT].lower())
        kept = (ch for ch in folded if not unicodedata.combining(ch))
        return "".join(ch if ch.isalnum() else " " for ch in kept).split()

    def ids(self, text: str) -> list[int]:
        """Token numbers of a text in order. What the table can not spell, such as another script, is left out."""
        found: list[int] = []
        for word in self.split(text):
            pieces = self._memo.get(word)
            if pieces is None:
                pieces = self._cut(word)
                if len(self._memo) < 100_000:
                    self._memo[word] = pieces
            found.extend(pieces)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        pieces: list[int] = []
        start, word = 0, word[:_LONGEST_WORD]
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._ids.get(word[start:end] if start == 0 else "##" + word[start:end])
                if number is not None:
                    pieces.append(number)
                    start = end
                    break
            else:
                return ()
        return tuple(pieces)


AT_ONCE = 2048
"""Texts read at a time, so that reading many takes little more memory than their vectors."""


@dataclass(frozen=True)
class Embedder:
    """
    Turns texts into unit vectors whose dot product says how alike they are in meaning.

    Attributes
    ----------
    table : ndarray of int8, shape (V, D)
        One row for each token. No unit.
    scale : ndarray, shape (V,)
        What one step of `table` is worth in each row. No unit.
    pieces
        Cuts text into rows of `table`.

    Notes
    -----
    Order of words is not seen, nor negation. Fitted on job titles, tasks and skills in English
    (benchmarks/distil_static.py); words from elsewhere have vectors, but less exact ones.
    """

    table: npt.NDArray[np.int8]
    scale: Floats
    pieces: WordPieces = field(repr=False)

    @classmethod
    def load(cls) -> Embedder:
        """The embedder whose table is shipped in this package; read once for each process."""
        return _shipped()

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return int(self.table.shape[1])

    def embed(self, texts: Sequence[str]) -> Floats:
        """
        Unit vectors of texts, float32, shape (N, D). A text with no known word is a row of zeros.
        """
        vectors = np.empty((len(texts), self.size), np.float32)
        for start in range(0, len(texts), AT_ONCE):
            vectors[start : start + AT_ONCE] = self._embed_some(texts[start : start + AT_ONCE])
        return vectors

    def _embed_some(self, texts: Sequence[str]) -> Floats:
        rows = [self.pieces.ids(text) for text in texts]
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        flat = np.fromiter((number for row in rows for number in row), np.int32, int(lengths.sum()))
        used, columns = np.unique(flat, return_inverse=True)
        vectors = self.table[used].astype(np.float32) * self.scale[used, None]
        indptr = np.concatenate(([0], np.cumsum(lengths)))
        bag = sparse.csr_matrix((np.ones(len(flat), np.float32), columns, indptr), shape=(len(rows), len(used)))
        return unit(np.asarray(bag @ vectors, np.float32))


def unit(vectors: Floats) -> Floats:
    """Rows scaled to length 1, float32; rows of zeros stay as they are."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = np.divide(vectors, length, out=np.zeros_like(vectors, dtype=np.float32), where=length > 0)
    return scaled


@lru_cache(maxsize=1)
def _shipped() -> Embedder:
    tokens = (DATA / "static_tokens.txt").read_text(encoding="utf-8").split("\n")[:-1]
    scale = np.load(DATA / "static_scale.npy").astype(np.float32)
    return Embedder(np.load(DATA / "static_table.npy", mmap_mode="r"), scale, WordPieces(tokens))
