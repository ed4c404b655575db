"""
Finding public records by words.

`search.Document` rows are the truth. Each process keeps a tantivy index of them in memory and catches it up by sequence number
before it answers, so that any number of web nodes can serve, and a lost index is only rebuilt.
"""

import re
import threading
import time
from dataclasses import dataclass

import tantivy
from django.db.models import Max

from ginnel.search.models import Document

MOST = 200
_WORD = re.compile(r"\w+", re.UNICODE)
_FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `score` is tantivy's BM25, higher is better, to be compared only within one answer."""

    kind: str
    key: str
    score: float


class _Index:
    """The process's index and the last sequence it has read."""

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("kind", stored=True, tokenizer_name="raw")
        for name in ("title", "also", "body"):
            builder.add_text_field(name, tokenizer_name="en_stem")
        self.index = tantivy.Index(builder.build())
        self.sequence = 0
        self.checked_at = 0.0
        self.lock = threading.Lock()

    def catch_up(self) -> None:
        """Read the documents changed since the last look. At most one question to the database a second."""
        with self.lock:
            if time.monotonic() - self.checked_at < _FRESH_SECONDS:
                return
            top = Document.objects.aggregate(top=Max("sequence"))["top"] or 0
            if top != self.sequence:
                self._read(0 if top < self.sequence else self.sequence)
                self.sequence = top
            self.checked_at = time.monotonic()

    def _read(self, after: int) -> None:
        writer = self.index.writer(heap_size=30_000_000, num_threads=1)
        if not after:
            writer.delete_all_documents()
        for document in Document.objects.filter(sequence__gt=after).order_by("sequence").iterator(chunk_size=2000):
            key = f"{document.kind}:{document.key}"
            writer.delete_documents_by_term("id", key)
            if not document.removed:
                writer.add_document(
                    tantivy.Document(
                        id=[key],
                        kind=[document.kind],
                        title=[document.title],
                        also=[document.also],
                        body=[document.body],
                    )
                )
        writer.commit()
        self.index.reload()


_index: _Index | None = None
_making = threading.Lock()


def forget_index() -> None:
    """Drop this process's index; the next search builds it again."""
    global _index
    _index = None


def find(text: str, *, kind: str = "", most: int = MOST) -> list[Hit]:
    """
    Records whose words fit the text, best first: whole words, word stems, then words one letter off.

    Any text is accepted; signs are ignored, and a text without a word finds nothing.
    """
    global _index
    words = _WORD.findall(text.casefold())[:20]
    if not words:
        return []
    with _making:
        if _index is None:
            _index = _Index()
    _index.catch_up()
    boosts = {"title": 6.0, "also": 4.0, "body": 1.0}
    plain, _ = _index.index.parse_query_lenient(" ".join(words), ["title", "also", "body"], boosts)
    # One wrong letter is forgiven in words long enough for it to be a slip.
    slips = " ".join(word for word in words if len(word) > 4)
    parts = [(tantivy.Occur.Should, plain)]
    if slips:
        near, _ = _index.index.parse_query_lenient(
            slips, ["title", "also"], fuzzy_fields={"title": (False, 1, True), "also": (False, 1, True)}
        )
        parts.append((tantivy.Occur.Should, tantivy.Query.boost_query(near, 0.5)))
    query = tantivy.Query.boolean_query(parts)
    if kind:
        only = tantivy.Query.term_query(_index.index.schema, "kind", kind)
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(only, 0.0))]
        )
    searcher = _index.index.searcher()
    hits = []
    for score, address in searcher.search(query, most).hits:
        stored = searcher.doc(address)
        found_kind = stored["kind"][0]
        hits.append(Hit(found_kind, stored["id"][0].removeprefix(f"{found_kind}:"), float(score)))
    return hits


def find_keys(kind: str, text: str, *, most: int = MOST) -> list[str]:
    """Keys of the records of one kind that fit the text, best first."""
    return [hit.key for hit in find(text, kind=kind, most=most)]
