"""
What happened, a million times: recording, checking the chain, the audit page; beside what someone would pick instead.

Run by `make bench`; `--events 100000` for a shorter run. The database is SQLite in a temporary folder, or the one in DATABASE_URL
(which must be empty).

Beside us: a plain table of changes as the common audit packages keep it (a row with a JSON column, and indexes on time, object and
actor; no chain, paged by OFFSET), written without the ORM, so at its quickest; and a log file of JSON lines checked with `sha256sum`,
which finds that something was touched and not what.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from partnership_data import FIRST, NAMES, ORGANISATIONS, PEOPLE, RARE, empty_site, happened, people

RUNS = 30
PLAIN = (
    "CREATE TABLE plain_change (id {key}, name varchar(80), at {at}, actor bigint, object_id varchar(64), changes text)"
)


def main() -> None:
    with empty_site(__doc__) as (many, folder):
        run(many, folder)


def run(many: int, folder: Path) -> None:
    from django.db import connection, transaction

    from ginnel.events.commands import record_event, record_events
    from ginnel.events.verify import verify

    print(f"{many:,} events, {ORGANISATIONS} organisations, {PEOPLE:,} people, {connection.vendor}")
    users, organisations, membership = people()

    started = time.process_time(), time.perf_counter()
    with transaction.atomic():
        record_events(happened(many, users, organisations, membership))
    took = time.perf_counter() - started[1]
    print(f"record, in bulk          {took:8.1f} s  {took / many * 1e6:8.1f} µs an event")

    plain = record_plain(many, users)
    print(f"  plain table, in bulk   {plain:8.1f} s  {plain / many * 1e6:8.1f} µs an event  ratio {took / plain:.2f}")

    def one() -> None:
        with transaction.atomic():
            record_event("partners.member.left", by=users[0], about=membership, person=users[1].pk, organisation=1)

    def one_plain() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO plain_change (name, at, actor, object_id, changes) VALUES (%s, %s, %s, %s, %s)",
                ["partners.member.left", datetime.now(UTC), users[0].pk, "1", "{}"],
            )

    def nothing() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    times = [timed(f, 300) for f in (one, one_plain, nothing)]
    report("record one, committed", times[0])
    report("  plain table", times[1], times[0])
    report("  an empty transaction", times[2])

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            cursor.execute("ANALYZE")
    runs, work = [], []
    for _ in range(3):
        began, worked = time.perf_counter(), time.process_time()
        verdict = verify()
        runs.append(time.perf_counter() - began)
        work.append(time.process_time() - worked)
        assert not verdict.findings, verdict.findings
    report(f"verify {verdict.events:,}", [t * 1e3 for t in runs], note=f"processor {statistics.median(work):.1f} s")
    log = folder / "events.log"
    write_log(log)
    checks = [timed_command(["sha256sum", str(log)]) for _ in range(3)]
    report("  log file, sha256sum", checks, [t * 1e3 for t in runs])
    print(f"  log file {log.stat().st_size / 1e6:,.0f} MB; {sizes()}")

    pages(many, users, organisations)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def record_plain(many: int, users: list[Any]) -> float:
    """The same number of rows in a plain table with three indexes; seconds."""
    from django.db import connection, transaction

    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            PLAIN.format(
                key="integer PRIMARY KEY AUTOINCREMENT" if sqlite else "bigserial PRIMARY KEY",
                at="datetime" if sqlite else "timestamptz",
            )
        )
        for column in ("at", "actor", "object_id"):
            cursor.execute(f"CREATE INDEX plain_{column} ON plain_change ({column})")
    dice = random.Random(7)
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, many, 2_000):
            cursor.executemany(
                "INSERT INTO plain_change (name, at, actor, object_id, changes) VALUES (%s, %s, %s, %s, %s)",
                [
                    (
                        dice.choice(NAMES),
                        FIRST + timedelta(seconds=60 * n),
                        users[dice.randrange(PEOPLE)].pk,
                        str(dice.randrange(PEOPLE)),
                        json.dumps({"given": "recruiter", "taken": "", "organisation": dice.randrange(ORGANISATIONS)}),
                    )
                    for n in range(start, min(start + 2_000, many))
                ],
            )
    return time.perf_counter() - began


def write_log(path: Path) -> None:
    """The events as lines of JSON."""
    from ginnel.events.models import Event

    with path.open("w") as out:
        for row in (
            Event.objects.order_by("pk")
            .values_list("pk", "name", "at", "by", "person", "organisation", "facts")
            .iterator(chunk_size=5_000)
        ):
            out.write(json.dumps(row, default=str) + "\n")


def pages(many: int, users: list[Any], organisations: list[Any]) -> None:
    """The audit page as its readers ask for it: whole answers, through middleware and template."""
    from django.db import connection
    from django.test import Client

    from ginnel.events.models import Event
    from ginnel.events.queries import Place

    middle = Event.objects.order_by("pk")[many // 2]
    deep, day = str(Place(middle.at, middle.pk)), f"{middle.at:%d/%m/%Y}"
    asked: list[tuple[str, Any, dict[str, Any]]] = [
        ("the partnership", users[1], {}),
        ("  half way down", users[1], {"after": deep}),
        ("  a common kind", users[1], {"kind": NAMES[0]}),
        ("  a rare kind", users[1], {"kind": RARE}),
        ("  one organisation", users[1], {"organisation": organisations[7].pk}),
        ("  one person", users[1], {"person": users[9].email}),
        ("  two days long ago", users[1], {"since": day, "until": day}),
        ("the largest organisation", users[0], {}),
        ("  half way down", users[0], {"after": deep}),
        ("  a rare kind", users[0], {"kind": RARE}),
        ("  one person", users[0], {"person": users[0].email}),
        ("  a kind, a day long ago", users[0], {"kind": NAMES[0], "since": day, "until": day}),
    ]
    print("audit page, whole answer, processor time of the server:")
    for label, user, query in asked:
        client = Client()
        client.force_login(user)
        answer = client.get("/what-happened/", query)
        page = answer.content.decode()
        assert answer.status_code == 200 and "There is a problem" not in page, page
        queries: list[str] = []
        with connection.execute_wrapper(
            lambda execute, sql, *rest, seen=queries: (seen.append(sql), execute(sql, *rest))[1]
        ):
            client.get("/what-happened/", query)
        both = [(time.process_time(), time.perf_counter())]
        for _ in range(RUNS):
            client.get("/what-happened/", query)
            both.append((time.process_time(), time.perf_counter()))
        cpu, wall = ([(b - a) * 1e3 for a, b in pairwise(clock)] for clock in zip(*both, strict=True))
        lines = max(page.count("<tr") - 1, 0)
        report(label, cpu, note=f"on the clock {statistics.median(wall):.1f} ms, {len(queries)} queries, {lines} lines")

    def offset() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM plain_change ORDER BY at DESC LIMIT 50 OFFSET {many // 2}")
            cursor.fetchall()

    def scan() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM plain_change WHERE changes LIKE %s ORDER BY at DESC LIMIT 50", ['%"organisation": 7}%']
            )
            cursor.fetchall()

    def keyset() -> None:
        from ginnel.events.queries import page

        page([Event.objects.filter(organisation=organisations[0].pk)], after=Place(middle.at, middle.pk), size=50)

    ours = timed(keyset, RUNS)
    report("only the query: ours, one organisation half way down", ours)
    report("  plain table by OFFSET, half way down, no filter", timed(offset, 5), ours)
    report("  plain table, organisation in its JSON", timed(scan, 5), ours)


def sizes() -> str:
    """What the tables take on disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('events_event'), pg_total_relation_size('events_link'),"
                " pg_total_relation_size('plain_change')"
            )
            sizes = cursor.fetchone()
        else:
            cursor.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name") if has_dbstat() else None
            pages = dict(cursor.fetchall()) if has_dbstat() else {}
            sizes = tuple(
                sum(size for name, size in pages.items() if name.startswith(prefixes) or prefixes[0] in name)
                for prefixes in (
                    (
                        "events_event",
                        "events_at",
                        "events_name",
                        "events_org",
                        "events_other",
                        "events_person",
                        "events_by",
                        "events_about",
                    ),
                    ("events_link",),
                    ("plain_",),
                )
            )
    events, links, plain = (size / 1e6 for size in sizes)
    return f"on disk with indexes: events {events:,.0f} MB, chain {links:,.0f} MB, plain table {plain:,.0f} MB"


def has_dbstat() -> bool:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM dbstat LIMIT 1")
    except DatabaseError:
        return False
    return True


def timed(act: Callable[[], Any], times: int) -> list[float]:
    """Milliseconds of each run, on the clock."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1e3)
    return found


def timed_command(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1e3


def report(label: str, times: list[float], beside: list[float] | None = None, note: str = "") -> None:
    """Median, spread (lower and upper quartile, worst) and, where there is something to set it beside, how many times ours takes."""
    median = statistics.median(times)
    low, _, high = statistics.quantiles(times, n=4) if len(times) > 1 else (median, median, median)
    ratio = f"  ours takes {statistics.median(beside) / median:.2f} times" if beside else ""
    print(
        f"{label:52} median {median:9.2f} ms  quartiles {low:.2f} to {high:.2f}  worst {max(times):.2f}{ratio}  {note}".rstrip()
    )


if __name__ == "__main__":
    main()
