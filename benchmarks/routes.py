"""
Routes: how long a search takes on the Leeds pack, beside networkx listing simple paths.

Run by `make bench`. Every starting point to every role, in a shuffled order that is the same each time. "Warm" is a search as the site
makes it, which has prepared every target before the first visitor; "with the ordinary ways" as pages ask for them. "Cold" prepares the
target first, as the command line does. Answers themselves are not reused.

networkx knows no gates, levels, money or time: it lists paths over the bare "leads to" graph, of at most two moves (three take it
half a minute), and stops after 20,000 paths. It is what someone would reach for first.
"""

from __future__ import annotations

import random
import resource
import statistics
import time
from itertools import islice
from pathlib import Path

from ginnel.careers.model.routing import Gate, Person, Position, RouteTable, Step, WayKind, find_routes

PAIRS = 400
PATHS, LISTED, MOVES = 20_000, 60, 2
LEEDS = Path(__file__).resolve().parent.parent / "places" / "leeds"


def leeds() -> tuple[RouteTable, list[Person]]:
    """The Leeds route table and one person for each starting point, read from the pack's files."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
    os.environ.setdefault("GINNEL_OFFLINE", "yes")
    import django

    django.setup()
    from ginnel.config.pack import read_pack

    pack = read_pack(LEEDS).careers
    gates = [Gate(s, g.kind, g.months, g.cost_gbp, g.self_clear, g.min_age) for s, g in pack.gates.items()]
    positions = [Position(s, "role", frozenset(r.gates), r.pay.low_gbp or 0) for s, r in pack.roles.items()]
    positions += [Position(s, "start", frozenset(), start.pay_now_gbp) for s, start in pack.starts.items()]
    steps = [
        Step(
            slug,
            None if "any" in row.from_ else frozenset(row.from_),
            row.min_level,
            None if row.to == "-" else row.to,
            row.by,
            row.months,
            row.cost_gbp,
            row.upfront_gbp,
            row.pay_gbp,
            frozenset(row.needs),
            frozenset(row.clears),
            row.gives_level,
        )
        for slug, row in pack.steps.items()
    ]
    people = [Person(s, x.level, x.age * 12, frozenset(x.gates), x.pay_now_gbp) for s, x in pack.starts.items()]
    return RouteTable.build(gates, positions, steps), people


def spread(times: list[float]) -> str:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(times)
    worst = ordered[-1] * 1000
    return f"median {statistics.median(ordered) * 1000:8.2f}   p95 {ordered[int(0.95 * (len(ordered) - 1))] * 1000:8.2f}   max {worst:8.2f}"


def ours(table: RouteTable, pairs: list[tuple[Person, str]], also: tuple[WayKind, ...]) -> dict[str, list[float]]:
    """Seconds of each search, by what was there before it: nothing, the target, the target and a wish for the ordinary ways too."""
    times: dict[str, list[float]] = {"cold": [], "warm": [], "with the ordinary ways": []}
    for person, target in pairs:
        for what, each in times.items():
            if what == "cold":
                table.memo_aims.clear()
            began = time.perf_counter()
            find_routes(table, person, target, also=also if what == "with the ordinary ways" else ())
            each.append(time.perf_counter() - began)
    return times


def with_networkx(table: RouteTable, pairs: list[tuple[Person, str]]) -> tuple[list[float], int] | None:
    """Seconds of each listing of simple paths, and how many listings were cut short. None without networkx."""
    try:
        import networkx as nx
    except ImportError:
        return None
    graph = nx.DiGraph()
    everyone = [position.slug for position in table.positions]
    for step in table.steps:
        for origin in step.from_ or everyone:
            if step.to and origin != step.to:
                graph.add_edge(origin, step.to)
    times, cut = [], 0
    for person, target in pairs:
        began = time.perf_counter()
        paths = list(islice(nx.all_simple_paths(graph, person.position, target, cutoff=MOVES), PATHS))
        times.append(time.perf_counter() - began)
        cut += len(paths) == PATHS
    return times, cut


def main() -> None:
    table, people = leeds()
    roles = [position.slug for position in table.positions if position.kind == "role"]
    pairs = [(person, role) for person in people for role in roles]
    random.Random(1).shuffle(pairs)
    pairs = pairs[:PAIRS]
    print(
        f"{len(table.steps)} steps, {len(roles)} roles, {len(people)} starts, {len(table.gates)} gates; {len(pairs)} searches"
    )
    from ginnel.careers.engine import ORDINARY_WAYS

    times = ours(table, pairs, ORDINARY_WAYS)
    for what, each in times.items():
        print(f"ginnel, {what:24} ms  {spread(each)}")
    other = with_networkx(table, pairs[:LISTED])
    if other is None:
        print("networkx is not installed: `make bench` installs it")
    else:
        listed, cut = other
        ratio = statistics.median(listed) / statistics.median(times["warm"])
        print(
            f"networkx{'':25} ms  {spread(listed)}   {cut} of {len(listed)} cut at {PATHS:,} paths; {ratio:.0f} times ours (median)"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
