"""
Names of organisations in other words: how many are understood, how many wrongly, how many go to a person.

`python benchmarks/resolver.py [SHARED_DATA] [--wrong]`. Known are the partners of the Leeds pack, its GP practices (ODS) and its open
schools and colleges (GIAS).
The names in `sets/organisation_names.csv` were written by hand from public names: what each means, `~` for a part of it,
`new` for an organisation that is none of them, `ask` where a person should be asked. The rules were made with the first set in view; the
second, `sets/organisation_names_unseen.csv`, was written after them and scored without changing them.
"""

import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from ginnel.partners.model.matching import Asked, Known, Resolver

HERE = Path(__file__).resolve().parent
SHARED = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data").resolve()
HOSPITALS = (
    "St James's University Hospital", "Leeds General Infirmary", "Chapel Allerton Hospital", "Seacroft Hospital", "Wharfedale Hospital",
)  # fmt: skip
MENTAL_HEALTH = ("Becklin Centre", "Newsam Centre", "The Mount")
SITES = {"leeds-teaching-hospitals": HOSPITALS, "leeds-and-york-partnership": MENTAL_HEALTH}
# An organisation, or that it is new (""), or that a person is to be asked (None).
Verdict = str | None


def main() -> None:
    """One line for each way and half of the set."""
    known = read_known()
    names = {one.id: one.name for one in known}
    codes = {one.id: one.codes[0] for one in known}
    started = time.perf_counter()
    resolver = Resolver(known)
    built = time.perf_counter() - started
    seen, unseen = (read_set(name) for name in ("organisation_names.csv", "organisation_names_unseen.csv"))

    def ours(row: dict[str, str]) -> Verdict:
        answer = resolver.ask(Asked(row["name"], row["postcode"]))
        if answer.sure and answer.best is not None:
            return codes[answer.best.id]
        return None if answer.candidates or answer.unit else ""

    def token_sort(sure: float, maybe: float) -> Callable[[dict[str, str]], Verdict]:
        def verdict(row: dict[str, str]) -> Verdict:
            found = process.extractOne(
                row["name"], names, scorer=fuzz.token_sort_ratio, processor=utils.default_process
            )
            if found is None or found[1] < maybe:
                return ""
            return codes[found[2]] if found[1] >= sure else None

        return verdict

    ways = {
        "ours": ours,
        "token_sort_ratio, sure at 90": token_sort(90, 62),
        "token_sort_ratio, sure at 80": token_sort(80, 62),
        "token_sort_ratio, sure at 95": token_sort(95, 62),
    }
    print(f"{len(known)} organisations known (ready in {built * 1000:.0f} ms), {len(seen)} + {len(unseen)} names\n")
    print(f"{'way':30}{'set':>9}{'precision':>11}{'recall':>8}{'wrong':>7}{'to a person':>13}{'ms each':>9}")
    for name, way in ways.items():
        for which, some in (("in view", seen), ("unseen", unseen)):
            print(f"{name:30}{which:>9}" + score(way, some))
    if "--wrong" in sys.argv:
        for row in [*seen, *unseen]:
            if (verdict := ours(row)) != expected(row):
                print(f"{row['name']}: said {verdict!r}, is {row['means']!r}")


def read_set(name: str) -> list[dict[str, str]]:
    """Names and what they mean."""
    with (HERE / "sets" / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def score(way: Callable[[dict[str, str]], Verdict], rows: list[dict[str, str]]) -> str:
    """
    Precision: of the names taken for an organisation, how many are it. Recall: of the names of known ones, how many are taken for it.

    Wrong counts names taken for another organisation, and known ones taken for new. A new one taken for a known one is the worst of them.
    """
    started = time.perf_counter()
    verdicts = [way(row) for row in rows]
    each = (time.perf_counter() - started) / len(rows) * 1000
    truth = [expected(row) for row in rows]
    taken = sum(1 for verdict in verdicts if verdict)
    right = sum(1 for verdict, true in zip(verdicts, truth, strict=True) if verdict and verdict == true)
    known = sum(1 for true in truth if true)
    wrong = sum(1 for v, t in zip(verdicts, truth, strict=True) if v is not None and v != t)
    person = sum(1 for verdict in verdicts if verdict is None)
    precision = right / taken if taken else 0.0
    return f"{precision:11.3f}{right / known:8.3f}{wrong:7}{person / len(rows):12.1%} {each:9.2f}"


def expected(row: dict[str, str]) -> Verdict:
    """What the row means: a code, new, or ask."""
    means = row["means"].removeprefix("~")
    return {"new": "", "ask": None}.get(means, means)


def read_known() -> list[Known]:
    """Partners of the pack, active GP practices, open schools and colleges: each with its code first."""
    found: list[tuple[str, str, str]] = []
    with (HERE.parent / "places" / "leeds" / "organisations.csv").open(encoding="utf-8") as stream:
        found += [(row["slug"], row["name"], "") for row in csv.DictReader(stream)]
    named = {name.casefold() for _, name, _ in found}
    with (SHARED / "place/orgs/ods_epraccur_leeds.csv").open(encoding="utf-8") as stream:
        found += [
            (row["Organisation Code"], row["Name"].title(), row["Postcode"])
            for row in csv.DictReader(stream)
            if row["Status Code"] == "A" and row["Prescribing Setting"] == "4"
        ]
    with (SHARED / "place/orgs/gias_edubase_leeds.csv").open(encoding="utf-8", errors="replace") as stream:
        found += [
            (row["URN"], row["EstablishmentName"], row["Postcode"])
            for row in csv.DictReader(stream)
            if row["EstablishmentStatus (name)"].startswith("Open") and row["EstablishmentName"].casefold() not in named
        ]
    return [
        Known(number, name, codes=(code,), postcodes=(postcode,) if postcode else (), sites=SITES.get(code, ()))
        for number, (code, name, postcode) in enumerate(found, start=1)
    ]


if __name__ == "__main__":
    main()
