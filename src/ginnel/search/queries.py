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
from rapidfuzz import fuzz, process

from ginnel.search.models import Document

MOST = 200
_WORD = re.compile(r"\w+", re.UNICODE)
_FRESH_SECONDS = 1.0
BOOSTS = {"title": 6.0, "also": 4.0, "body": 1.0}
WORTH_SHOWING = 0.35
"""When only some of the words fit: the part of the best score below which a record is left out."""
FEW = 5
ALIKE = 68
"""Likeness of spelling (0 to 100) from which another word may have been meant."""
ALSO_SAID = {
    "old": ("older", "elderly", "care"),
    "elderly": ("older", "care"),
    "computers": ("software", "it", "cyber"),
    "computer": ("software", "it"),
    "babies": ("baby", "maternity", "midwife"),
    "ray": ("radiographer", "imaging"),
    "children": ("child", "childrens"),
    "kids": ("child", "children"),
}
"""Other words for what people type, counted a little less than the word itself."""
SMALL_WORDS = frozenset(
    "a about after all am an and any are as at be because been but by can could do doing for from get go had has have he "
    "help her him his how i if in into is it its job jobs just like look looking love make me my not of on or our out over "
    "people person problem problems role roles she so some that the their them then there they things this to up want was we what when "
    "where which who will with without work working would you your".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `score` is tantivy's BM25, higher is better, to be compared only within one answer."""

    kind: str
    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What was found, and how: "all" words fit, all but for "spelling", only "some", or none and `meant` is "alike".
    """

    hits: list[Hit]
    how: str
    meant: str = ""


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
    """Records whose words fit the text, best first: see `look_for`."""
    return look_for(text, kind=kind, most=most).hits


def look_for(text: str, *, kind: str = "", most: int = MOST) -> Answer:
    """
    Records that have all words of the text, best first; if none has, those with some of them; if none has any, those with
    words spelled nearly like it. Small words such as "after" count only when there are no others.

    Any text is accepted; signs are ignored, and a text without a word finds nothing.
    """
    global _index
    typed = [word.replace("_", "") for word in _WORD.findall(text.casefold())[:20]]
    words = [word for word in typed if word and word not in SMALL_WORDS] or [word for word in typed if word]
    if not words:
        return Answer([], "all")
    with _making:
        if _index is None:
            _index = _Index()
    _index.catch_up()
    index = _index
    exact = [_exact(index, word) for word in words]
    phrase = _phrase(index, words)
    # A record named or called by every word comes before one that only speaks of them.
    named = [(tantivy.Occur.Must, _in_names(index, word)) for word in words]
    bonus = [
        (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.boolean_query(named), 2.0)),
        *([(tantivy.Occur.Should, phrase)] if phrase else []),
    ]
    whole = tantivy.Query.boolean_query([*((tantivy.Occur.Must, query) for query in exact), *bonus])
    hits = _run(index, whole, kind, most)
    if hits and (len(hits) >= FEW or len(words) == 1):
        return Answer(hits, "all")
    if hits:
        # Few have all the words, perhaps in passing: those named by some of them are shown with them.
        some = tantivy.Query.boolean_query([*((tantivy.Occur.Should, query) for query in exact), *bonus])
        near = _run(index, some, kind, most)
        return Answer([hit for hit in near if hit.score >= near[0].score * WORTH_SHOWING], "some")
    slips = [(word, _nearly(index, word)) for word in words]
    loose = [
        tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, query), *([(tantivy.Occur.Should, near)] if near is not None else [])]
        )
        for query, (_, near) in zip(exact, slips, strict=True)
    ]
    hits = _run(index, tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in loose]), kind, most)
    if hits:
        return Answer(hits, "spelling")
    hits = _run(
        index, tantivy.Query.boolean_query([*((tantivy.Occur.Should, query) for query in exact), *bonus]), kind, most
    )
    if hits:
        best = hits[0].score
        return Answer([hit for hit in hits if hit.score >= best * WORTH_SHOWING], "some")
    return _sounding_alike(index, words, kind, most)


def _run(index: _Index, query: tantivy.Query, kind: str, most: int) -> list[Hit]:
    if kind:
        only = tantivy.Query.term_query(index.index.schema, "kind", kind)
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(only, 0.0))]
        )
    searcher = index.index.searcher()
    hits = []
    for score, address in searcher.search(query, most).hits:
        stored = searcher.doc(address)
        found_kind = stored["kind"][0]
        hits.append(Hit(found_kind, stored["id"][0].removeprefix(f"{found_kind}:"), float(score)))
    return hits


def _exact(index: _Index, word: str) -> tantivy.Query:
    fields = ["title", "also", "body"]
    query = index.index.parse_query_lenient(word, fields, BOOSTS)[0]
    others = ALSO_SAID.get(word, ())
    if not others:
        return query
    alike = index.index.parse_query_lenient(" ".join(others), fields, BOOSTS)[0]
    parts = [(tantivy.Occur.Should, query), (tantivy.Occur.Should, tantivy.Query.boost_query(alike, 0.7))]
    return tantivy.Query.boolean_query(parts)


def _in_names(index: _Index, word: str) -> tantivy.Query:
    return index.index.parse_query_lenient(word, ["title", "also"], BOOSTS)[0]


def _phrase(index: _Index, words: list[str]) -> tantivy.Query | None:
    """The words one after another."""
    if len(words) < 2:
        return None
    return index.index.parse_query_lenient(f'"{" ".join(words)}"', ["title", "also", "body"], BOOSTS)[0]


def _nearly(index: _Index, word: str) -> tantivy.Query | None:
    """One wrong letter is forgiven in words long enough for it to be a slip."""
    if len(word) < 5:
        return None
    fields = {"title": (False, 1, True), "also": (False, 1, True)}
    near, _ = index.index.parse_query_lenient(word, ["title", "also"], fuzzy_fields=fields)
    return tantivy.Query.boost_query(near, 0.5)


def _sounding_alike(index: _Index, words: list[str], kind: str, most: int) -> Answer:
    """What has the words nearest in spelling to those typed, of the words that names of records use."""
    rows = Document.objects.filter(removed=False, **({"kind": kind} if kind else {})).values_list("title", "also")
    known = sorted({word for row in rows for text in row for word in _WORD.findall(text.casefold()) if len(word) > 3})
    meant = []
    for word in words:
        if len(word) > 3 and (near := process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE)):
            meant.append(near[0])
    if not meant:
        return Answer([], "all")
    queries = [(tantivy.Occur.Should, _in_names(index, word)) for word in meant]
    return Answer(_run(index, tantivy.Query.boolean_query(queries), kind, most), "alike", " ".join(meant))


def find_keys(kind: str, text: str, *, most: int = MOST) -> list[str]:
    """Keys of the records of one kind that fit the text, best first."""
    return [hit.key for hit in find(text, kind=kind, most=most)]
