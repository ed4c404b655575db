"""
Pages of organisations and their people at 200 organisations, 60,000 people and a million events, and what one question "may they?" costs.

Run by `make bench`; `--events 100000` for a shorter run. The database is SQLite in a temporary folder, or the one in DATABASE_URL
(which must be empty). Times are of the server's processor, whole answers through middleware and template, on one core.

Beside the permission check: one row for each person, permission and object with an index over the three, as django-guardian keeps them,
asked in plain SQL, so at its quickest; and the question as one would first write it, an ORM query each time.
"""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from partnership_data import FIRST, ORGANISATIONS, PEOPLE, empty_site, happened, people

RUNS, CHECKS = 40, 2_000
LARGEST = 2_000
BARS = {"ms": 60, "queries": 12, "check": 0.2}
ROWS = "CREATE TABLE object_permission (user_id bigint, codename varchar(100), object_pk bigint)"


def main() -> None:
    with empty_site(__doc__) as (many, _):
        run(many)


def run(many: int) -> None:
    from django.db import connection, transaction

    from ginnel.events.commands import record_events

    users, organisations, membership = people()
    busy_people(users, organisations)
    with transaction.atomic():
        record_events(happened(many, users, organisations, membership))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{many:,} events, {ORGANISATIONS} organisations, {PEOPLE:,} people, {connection.vendor}")
    pages(users, organisations)
    checks(users, organisations)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def busy_people(users: list[Any], organisations: list[Any]) -> None:
    """
    The first organisation has 2,300 people, roles of every kind, line managers, places and agreements with twenty others.

    Of its people, 0 is administrator, 1 looks after the partnership, 2 is a viewer and 3 a line manager of twelve.
    """
    from ginnel.partners.models import Allowance, LineManagement, Membership, MembershipRole, Role, Site, Term

    place = organisations[0]
    there = set(Membership.objects.filter(organisation=place).values_list("user_id", flat=True))
    Membership.objects.bulk_create(
        [
            Membership(organisation=place, user=user, joined_at=FIRST, job_title="Care assistant")
            for user in [*(one for one in users if one.pk not in there)][:LARGEST]
        ],
        batch_size=1_000,
    )
    rows = {one.user_id: one for one in Membership.objects.filter(organisation=place)}
    roles = [(users[0], Role.ADMINISTRATOR), (users[2], Role.VIEWER), (users[3], Role.LINE_MANAGER)]
    MembershipRole.objects.bulk_create(
        [MembershipRole(membership=rows[user.pk], role=role) for user, role in roles]
        + [
            MembershipRole(membership=one, role=Role.values[n % len(Role.values)])
            for n, one in enumerate(list(rows.values())[20:420])
        ],
        ignore_conflicts=True,
    )
    manager = rows[users[3].pk]
    staff = [one for one in rows.values() if one.pk != manager.pk][30:42]
    LineManagement.objects.bulk_create([LineManagement(manager=manager, person=one, since=FIRST) for one in staff])
    Site.objects.bulk_create([Site(organisation=place, name=f"Place {n}", postcode="LS0 1AA") for n in range(10)])
    Term.objects.bulk_create(
        [
            Term(giver=giver, receiver=receiver, what=what, proposed_by_giver=True, proposed_at=FIRST, agreed_at=FIRST)
            for other in organisations[1:21]
            for giver, receiver in ((place, other), (other, place))
            for what in Allowance.values
        ]
    )


def pages(users: list[Any], organisations: list[Any]) -> None:
    """Each page as those who use it most see it."""
    from django.db import connection
    from django.test import Client

    from ginnel.accounts.models import RecordAccess

    largest, small = organisations[0].pk, organisations[7].pk
    administrator, partnership, viewer, manager = users[:4]
    there = f"/organisations/{largest}/"
    asked: list[tuple[str, Any, str]] = [
        ("sign-in", None, "/account/sign-in/"),
        ("organisations, by name", None, "/organisations/"),
        ("organisation, a stranger", None, there),
        ("organisation, its administrator", administrator, there),
        ("organisation, the partnership", partnership, f"/organisations/{small}/"),
        ("people, administrator", administrator, f"{there}people/"),
        ("people, page 40", administrator, f"{there}people/?page=40"),
        ("people, by name", administrator, f"{there}people/?q=person+77"),
        ("people, by role", administrator, f"{there}people/?role=recruiter"),
        ("people, viewer", viewer, f"{there}people/"),
        ("people, line manager", manager, f"{there}people/"),
        ("one person", administrator, ""),
        ("agreements", administrator, f"{there}agreements/"),
        ("audit, the partnership", partnership, "/what-happened/"),
        ("audit, largest organisation", administrator, "/what-happened/"),
        ("my page, many have looked (no bar)", users[5], "/account/"),
    ]
    from ginnel.accounts.commands import record_list_read
    from ginnel.partners.models import Membership

    for n in range(60):
        at = FIRST.replace(month=n % 12 + 1, day=n // 12 + 1)
        record_list_read(
            [users[5].pk], by=users[n + 10], purpose="saw you", at=at, organisation=largest, organisation_name="One"
        )
    one = Membership.objects.filter(organisation=largest).exclude(user=administrator).first()
    print(f"{'page':36}{'median':>8}{'p95':>8}{'wall':>8}{'queries':>9}   within the bars")
    for label, user, path in asked:
        url = path or f"{there}people/{one.pk}/"
        client = Client()
        if user:
            client.force_login(user)
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        queries: list[str] = []
        with connection.execute_wrapper(
            lambda execute, sql, *rest, seen=queries: (seen.append(sql), execute(sql, *rest))[1]
        ):
            client.get(url)
        if os.environ.get("SHOW_QUERIES"):
            print(*queries, sep="\n")
        both = [(time.process_time(), time.perf_counter())]
        for _ in range(RUNS):
            client.get(url)
            both.append((time.process_time(), time.perf_counter()))
        cpu, wall = ([(b - a) * 1e3 for a, b in pairwise(clock)] for clock in zip(*both, strict=True))
        p95 = statistics.quantiles(cpu, n=20)[-1]
        good = p95 < BARS["ms"] and len(queries) < BARS["queries"]
        print(
            f"{label:36}{statistics.median(cpu):8.1f}{p95:8.1f}{statistics.median(wall):8.1f}{len(queries):9}   {'yes' if good else 'NO'}"
        )
    client = Client()
    client.force_login(administrator)
    RecordAccess.objects.all().delete()
    for label in ("a list of 2,300 as CSV, each person's read noted", "  again the same day"):
        began = time.process_time()
        answer = client.get(f"{there}people/?csv=1")
        print(f"{label}: {(time.process_time() - began) * 1e3:.0f} ms, {answer.content.count(b'@'):,} people")


def checks(users: list[Any], organisations: list[Any]) -> None:
    """One question about the largest organisation, as its administrator asks it, and as a member of a partner does."""
    from django.db import connection

    from ginnel.partners.models import Membership, MembershipRole, Role
    from ginnel.partners.permissions import Act, forget_standing, may

    user, place, outsider = users[0], organisations[0], users[8]
    MembershipRole.objects.create(
        membership=Membership.objects.get(user=outsider, organisation=organisations[8]), role=Role.RECRUITER
    )
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        cursor.executemany(
            "INSERT INTO object_permission VALUES (%s, %s, %s)",
            [(one.pk, f"act-{act}", organisations[n % 200].pk) for n, one in enumerate(users) for act in range(4)],
        )
        cursor.execute("INSERT INTO object_permission VALUES (%s, 'act-9', %s)", [user.pk, place.pk])
        cursor.execute("CREATE UNIQUE INDEX object_permission_once ON object_permission (user_id, codename, object_pk)")

    def inside() -> bool:
        return may(user, Act.MANAGE_PEOPLE, place)

    def outside() -> bool:
        return may(outsider, Act.REFER_TO, place)

    def afresh(ask: Callable[[], bool], who: Any) -> Callable[[], bool]:
        return lambda: (forget_standing(who), ask())[1]

    def guardian() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM object_permission WHERE user_id = %s AND codename = 'act-9' AND object_pk = %s",
                [user.pk, place.pk],
            )
            return cursor.fetchone() is not None

    def naive() -> bool:
        return MembershipRole.objects.filter(
            membership__user=user, membership__organisation=place, membership__left_at=None, role=Role.ADMINISTRATOR
        ).exists()

    print(f"{'one question':64}{'median':>10}{'p95':>10}  ms")
    for label, ask in (
        ("may(): administrator, own organisation", inside),
        ("may(): recruiter of a partner, by an agreement in force", outside),
        ("may(): the first question of a request, own organisation", afresh(inside, user)),
        ("may(): the first question of a request, by an agreement", afresh(outside, outsider)),
        ("a row for each person and object (plain SQL)", guardian),
        ("an ORM query each time", naive),
    ):
        assert ask()
        times = []
        for _ in range(CHECKS):
            began = time.process_time_ns()
            ask()
            times.append((time.process_time_ns() - began) / 1e6)
        print(f"{label:64}{statistics.median(times):10.4f}{statistics.quantiles(times, n=20)[-1]:10.4f}")


if __name__ == "__main__":
    main()
