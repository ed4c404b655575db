"""
How fast routes are found, beside networkx: ``python benchmarks/routes.py [--pairs N] [--networkx N]``.

Two tables: a made one of the size the product plans for (150 roles, 15 starts, 600 steps, a good part of them from
anywhere, 60 gates) and the Leeds pack if its routes parse. Every search is timed once, preparation of the target
included (cold), then again (warm). networkx has no such search: ``all_simple_paths`` over positions, then each path
checked and costed step by step, is the nearest thing a developer would write; it knows no study that leaves you in
place, so it also misses routes, and it is given at most 4 moves and a time limit, or it would not end.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import time
import tomllib
import tracemalloc
from itertools import pairwise
from pathlib import Path

from ginnel.careers.model.routes import Gate, Person, Position, RouteTable, Step, find_routes

PACK = Path(__file__).parents[1] / "places" / "leeds"


def made_table(
    seed: int = 7, *, roles: int = 150, starts: int = 15, steps: int = 600, gates: int = 60
) -> tuple[RouteTable, list[Person]]:
    """
    A table shaped like a real one.

    Families of about 12 roles in five grades. Registrations come only from study, entry jobs are open from anywhere,
    study comes from anywhere with a level, promotions go from role to role, and some courses leave people in place.
    """
    rng = random.Random(seed)
    soft = [
        Gate(f"check-{i:02}", "check", rng.choice([0, 0.5, 0.75, 1]), rng.choice([0, 0, 0, 50]), True)
        for i in range(gates // 3)
    ]
    soft += [
        Gate(f"qual-{i:02}", "qualification", rng.choice([4, 8, 9]), rng.choice([0, 0, 350, 1900]), True)
        for i in range(6)
    ]
    ages = [Gate(f"age-{age}", "age", min_age=age) for age in (16, 17, 18, 21)]
    hard = [Gate(f"registration-{i:02}", "registration") for i in range(gates - len(soft) - len(ages))]
    grade_pay = [24500, 27000, 32000, 42000, 56000]
    positions, family_of, grade_of = [], {}, {}
    for i in range(roles):
        family, grade = i // 12, min(4, i % 12 // 3 + (i % 12 == 11))
        slug = f"role-{i:03}"
        family_of[slug], grade_of[slug] = family, grade
        held = {rng.choice(soft).slug, "check-00", "age-18" if grade or rng.random() < 0.5 else "age-16"}
        if grade >= 2:
            held.add(hard[family % len(hard)].slug)
        positions.append(Position(slug, "role", frozenset(held), grade_pay[grade] + rng.randrange(-900, 2500, 50)))
    slugs = [position.slug for position in positions]
    start_slugs = [f"start-{i:02}" for i in range(starts)]
    positions += [Position(slug, "start") for slug in start_slugs]
    rows: list[Step] = []

    def add(origin: list[str] | None, level: int, to: str | None, by: str, months: float, **more: object) -> None:
        rows.append(Step(f"step-{len(rows):04}", frozenset(origin) if origin else None, level, to, by, months, **more))  # type: ignore[arg-type]

    overseas = {hard[-1].slug, hard[-2].slug}
    while len(rows) < steps:
        to = rng.choice(slugs)
        family, grade = family_of[to], grade_of[to]
        kin = [
            slug for slug in slugs if family_of[slug] == family and grade_of[slug] == max(0, grade - 1) and slug != to
        ]
        registration = frozenset({hard[family % len(hard)].slug})
        dice = rng.random()
        if dice < 0.07:
            level = rng.choice([1, 2, 2, 3, 3, 4])
            pay = None if rng.random() < 0.6 else 0
            months = rng.choice([6, 9, 10, 12, 24])
            add(
                None,
                level - 1,
                None,
                "course",
                months,
                cost_gbp=rng.choice([0, 0, 0, 3400]),
                pay_gbp=pay,
                gives_level=level,
            )
        elif grade == 0:
            pay = None if rng.random() < 0.5 else 0
            add(None, rng.choice([0, 0, 0, 1, 2]), to, "job", rng.choice([0.5, 1, 1, 2]), pay_gbp=pay)
        elif grade == 1:
            origin = None if dice < 0.4 else rng.sample(kin, min(len(kin), 3))
            add(origin, rng.choice([0, 1, 2]), to, "apprenticeship", rng.choice([12, 15, 18]),
                pay_gbp=rng.choice([15600, 24465, None]), gives_level=rng.choice([2, 3]), needs=frozenset({"check-00"}))  # fmt: skip
        elif grade == 2:
            if dice < 0.5:
                add(None, rng.choice([3, 3, 4]), to, "degree", rng.choice([36, 48]), cost_gbp=28605, pay_gbp=rng.choice([0, 5000]),
                    needs=frozenset({"qual-01" if "qual-01" in {g.slug for g in soft} else "check-01"}), clears=registration, gives_level=6)  # fmt: skip
            elif dice < 0.85:
                add(rng.sample(kin, min(len(kin), 3)), 2, to, "degree-apprenticeship", rng.choice([36, 48]),
                    pay_gbp=rng.choice([24937, 27485]), clears=registration, gives_level=6)  # fmt: skip
            else:
                add(None, 6, to, rng.choice(["conversion", "overseas-recognition"]), rng.choice([9, 24]), cost_gbp=rng.choice([1200, 14000]),
                    pay_gbp=0, clears=registration, gives_level=7, needs=frozenset({rng.choice(sorted(overseas))} if dice > 0.92 else set()))  # fmt: skip
        else:
            origin = None if dice < 0.2 else rng.sample(kin, min(len(kin), 3))
            add(origin, 6, to, "promotion", rng.choice([12, 24, 36]), pay_gbp=None, needs=registration)
    people = []
    for i, slug in enumerate(start_slugs):
        age = 16 * 12 + 6 if i % 5 == 0 else rng.randrange(19, 50) * 12
        held = {hard[-1].slug} if i == 3 else {"check-00"} if i % 2 else set()
        people.append(
            Person(slug, rng.choice([0, 0, 1, 2, 2, 3, 6]), age, frozenset(held), 24852 if i % 6 == 1 else None)
        )
    return RouteTable.build([*soft, *ages, *hard], positions, rows), people


def pack_table(pack: Path = PACK) -> tuple[RouteTable, list[Person]] | None:
    """The Leeds pack, read leniently: steps that name roles or gates not there yet are left out. None if no routes."""
    scales = {
        f"{row['scale']}:{row['band']}": int(row["low_gbp"]) for path in pack.glob("pay/*.csv") for row in _csv(path)
    }
    gates = [
        Gate(row["slug"], row["kind"], float(row["months"] or 0), round(float(row["cost_gbp"] or 0)), row["self_clear"] == "yes",
             int(row["min_age"]) if row["min_age"] else None)
        for path in sorted(pack.glob("gates/*.csv")) for row in _csv(path)
    ]  # fmt: skip
    known = {gate.slug for gate in gates}
    positions = []
    for path in sorted(pack.glob("roles/*.md")):
        try:
            head = tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1])
        except (tomllib.TOMLDecodeError, IndexError):
            continue
        pay = head.get("pay", {})
        low = pay.get("low") or scales.get(pay.get("scale", ""), 0)
        positions.append(Position(path.stem, "role", frozenset(head.get("gates", [])) & known, low))
    people = []
    for row in _csv(pack / "starts.csv"):
        positions.append(Position(row["slug"], "start", pay_gbp=int(row["pay_now_gbp"] or 0)))
        held = frozenset(filter(None, row["has_gates"].split(";"))) & known
        people.append(Person(row["slug"], int(row["level"] or 0), int(row["age"] or 30) * 12, held))
    slugs = {position.slug for position in positions}
    steps = []
    for path in sorted(pack.glob("routes/*.csv")):
        for row in _csv(path):
            try:
                origin = None if row["from"] == "any" else frozenset(row["from"].split(";")) & slugs
                needs, clears = (frozenset(filter(None, (row[c] or "").split(";"))) for c in ("needs", "clears"))
                pay = (
                    None
                    if row["pay"] == "keep"
                    else scales[row["pay"]]
                    if ":" in row["pay"]
                    else float(row["pay"] or 0)
                )
                step = Step(
                    row["id"], origin, int(row["min_level"] or 0), None if row["to"] == "-" else row["to"], row["by"],
                    float(row["months"]), round(float(row["cost_gbp"] or 0)), round(float(row["upfront_gbp"] or 0)), pay,
                    needs, clears, int(row["gives_level"]) if row["gives_level"] else None,
                )  # fmt: skip
                RouteTable.build(gates, positions, [step])
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
            steps.append(step)
    return (RouteTable.build(gates, positions, {step.id: step for step in steps}.values()), people) if steps else None


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def time_searches(table: RouteTable, pairs: list[tuple[Person, str]]) -> dict[str, float]:
    """Milliseconds per search, cold and warm, and what was found."""
    cold, warm, fronts, labels, blocked = [], [], [], [], 0
    for person, target in pairs:
        before = time.perf_counter()
        answer = find_routes(table, person, target)
        cold.append((time.perf_counter() - before) * 1000)
        fronts.append(len(answer.routes))
        labels.append(answer.labels)
        blocked += answer.blocked is not None
        before = time.perf_counter()
        find_routes(table, person, target)
        warm.append((time.perf_counter() - before) * 1000)
    tracemalloc.start()
    for person, target in pairs[:100]:
        find_routes(table, person, target)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {
        "searches": len(pairs), "cold median ms": statistics.median(cold), "cold p95 ms": _p95(cold), "cold worst ms": max(cold),
        "warm median ms": statistics.median(warm), "warm p95 ms": _p95(warm), "routes median": statistics.median(fronts),
        "routes p95": _p95(fronts), "labels p95": _p95(labels), "blocked": blocked, "peak MB (100 searches)": peak,
    }  # fmt: skip


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def time_networkx(
    table: RouteTable, pairs: list[tuple[Person, str]], *, moves: int = 4, limit_s: float = 10.0
) -> dict[str, float]:
    """all_simple_paths and a filter: milliseconds per search, cut off at ``limit_s`` seconds."""
    import networkx as nx

    graph = nx.DiGraph()
    everyone = [position.slug for position in table.positions]
    for step in table.steps:
        if step.to is not None:
            for origin in step.from_ or everyone:
                if origin != step.to:
                    graph.add_edge(origin, step.to)
                    graph[origin][step.to].setdefault("steps", []).append(step)
    taken, cut = [], 0
    for person, target in pairs:
        before = time.perf_counter()
        best: list[tuple[float, int, int]] = []
        for path in nx.all_simple_paths(graph, person.position, target, cutoff=moves):
            cost = _walk_path(table, graph, person, path)
            if cost and not any(all(a <= b for a, b in zip(other, cost, strict=True)) for other in best):
                best = [other for other in best if not all(a <= b for a, b in zip(cost, other, strict=True))] + [cost]
            if time.perf_counter() - before > limit_s:
                cut += 1
                break
        taken.append((time.perf_counter() - before) * 1000)
    return {
        "searches": len(pairs),
        "median ms": statistics.median(taken),
        "p95 ms": _p95(taken),
        "cut off": cut,
        "moves": moves,
    }


def _walk_path(table: RouteTable, graph: object, person: Person, path: list[str]) -> tuple[float, int, int] | None:
    level, held, months, cost = person.level, table.gate_mask(person.gates), 0.0, 0
    for here, there in pairwise(path):
        fits = [
            step for step in graph[here][there]["steps"]  # type: ignore[index]
            if step.min_level <= level and not table.gate_mask(step.needs) & table.hard & ~held
        ]  # fmt: skip
        if not fits:
            return None
        step = min(fits, key=lambda step: (step.months, step.cost_gbp, step.id))
        wait, fee = table.wait_for(table.gate_mask(step.needs) & table.soft & ~held)
        months, cost = months + wait / 60 + step.months, cost + fee + step.cost_gbp
        held |= table.gate_mask(step.needs | step.clears)
        level = max(level, step.gives_level or 0)
        if table.position_gates[table.position_index[there]] & table.hard & ~held:
            return None
    return months, cost, len(path) - 1


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=600)
    options.add_argument("--networkx", type=int, default=12, help="searches timed with networkx; 0 for none")
    chosen = options.parse_args()
    for name, made in (("made", made_table()), ("Leeds pack", pack_table())):
        if made is None:
            print(f"{name}: no routes yet")
            continue
        table, people = made
        free = len(table.anywhere)
        print(
            f"{name}: {len(table.positions)} positions, {len(table.steps)} steps ({free} from anywhere), {len(table.gates)} gates"
        )
        targets = [position.slug for position in table.positions if position.kind == "role"]
        pairs = [(person, target) for person in people for target in targets]
        random.Random(1).shuffle(pairs)
        result = time_searches(table, pairs[: chosen.pairs])
        print("  " + " · ".join(f"{key} {value:.1f}" for key, value in result.items()))
        if chosen.networkx:
            try:
                other = time_networkx(table, pairs[: chosen.networkx])
            except ModuleNotFoundError:
                print("  networkx is not installed: uv sync --group bench")
                continue
            print("  networkx: " + " · ".join(f"{key} {value:.1f}" for key, value in other.items()))
            print(f"  ratio of medians, networkx / ours (cold): {other['median ms'] / result['cold median ms']:.0f}")


if __name__ == "__main__":
    main()
