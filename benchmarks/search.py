"""
Search: do people's words find the roles they mean, and how soon, beside SQLite's full-text search and `LIKE`.

Run by `make bench`. `sets/search_unseen.csv` was written after the search was finished and scored once; the words in
`careers/tests/test_search_quality.py` were in view while it was made. A hit is an accepted role among the first five.
"""

from __future__ import annotations

import csv
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from pages_data import demonstration

SET = Path(__file__).resolve().parent / "sets" / "search_unseen.csv"
FIRST = 5
REPEATS = 5
Search = Callable[[str], list[str]]


def full_text(rows: list[tuple[str, str, str, str]]) -> Search:
    """SQLite's FTS5 with the Porter stemmer and BM25, any of the words, the title counted as ours is."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(key UNINDEXED, title, also, body, tokenize='porter unicode61')")
    base.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)

    def search(words: str) -> list[str]:
        wanted = " OR ".join('"' + word.replace('"', "") + '"' for word in words.split())
        return [
            key for (key,) in base.execute("SELECT key FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 6, 4, 1)", (wanted,))
        ]

    return search


def like(rows: list[tuple[str, str, str, str]]) -> Search:
    """Every word somewhere in the record, by title."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE t (key, title, text)")
    base.executemany("INSERT INTO t VALUES (?, ?, ?)", [(row[0], row[1], " ".join(row[1:])) for row in rows])

    def search(words: str) -> list[str]:
        every = " AND ".join("text LIKE ?" for _ in words.split())
        asked = [f"%{word}%" for word in words.split()]
        return [key for (key,) in base.execute(f"SELECT key FROM t WHERE {every} ORDER BY title", asked)]

    return search


def measure(name: str, search: Search, asked: list[tuple[str, set[str]]]) -> float:
    """Print one way's hits, mean reciprocal rank and time; gives its median milliseconds."""
    hits, ranks, times = 0, [], []
    search(asked[0][0])
    for words, wanted in asked:
        for _ in range(REPEATS):
            began = time.perf_counter()
            found = search(words)
            times.append(1000 * (time.perf_counter() - began))
        place = next((place for place, key in enumerate(found, start=1) if key in wanted), None)
        hits += place is not None and place <= FIRST
        ranks.append(1 / place if place else 0.0)
    times.sort()
    middle, late = statistics.median(times), times[int(0.95 * (len(times) - 1))]
    print(
        f"{name:28} hits {hits:3} of {len(asked)}   mean reciprocal rank {statistics.mean(ranks):.2f}"
        f"   median {middle:6.2f} ms   p95 {late:6.2f} ms"
    )
    return middle


def main() -> None:
    with SET.open(encoding="utf-8") as file:
        asked = [(row["words"], set(row["roles"].split())) for row in csv.DictReader(file)]
    with demonstration():
        from ginnel.search.models import Document
        from ginnel.search.queries import find_keys

        rows = list(Document.objects.filter(kind="role", removed=False).values_list("key", "title", "also", "body"))
        print(f"{len(rows)} roles, {len(asked)} questions")
        ours = measure("ginnel", lambda words: find_keys("role", words), asked)
        for name, search in (("SQLite full text", full_text(rows)), ("LIKE, every word", like(rows))):
            print(f"{'':28} ours takes {ours / measure(name, search, asked):.1f} times")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
