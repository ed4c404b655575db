"""A partnership of a city's size for the benchmarks: 200 organisations, 60,000 people, and what happened to them."""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ORGANISATIONS, PEOPLE = 200, 60_000
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
NAMES = (
    ["partners.member.joined"] * 6
    + ["partners.member.roles_changed"] * 3
    + ["partners.person.invited"] * 2
    + ["partners.member.left"]
)
RARE = "partners.agreement.ended"


@contextmanager
def empty_site(about: str) -> Iterator[tuple[int, Path]]:
    """How many events the command line asks for, and a folder in which Django is set up over an empty place (or DATABASE_URL's)."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--events", type=int, default=1_000_000)
    many = parser.parse_args().events
    with tempfile.TemporaryDirectory(prefix="ginnel-bench-") as folder:
        os.environ.update(
            GINNEL_VAR=folder,
            GINNEL_DEMO="yes",
            GINNEL_LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="ginnel.config.settings",
        )
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield many, Path(folder)


def people() -> tuple[list[Any], list[Any], Any]:
    """People and organisations; the first person looks after the first organisation, the second after the partnership."""
    from django.contrib.auth.models import Group

    from ginnel.accounts.models import User
    from ginnel.partners.models import Membership, Organisation
    from ginnel.partners.permissions import PARTNERSHIP_ADMINISTRATORS

    User.objects.bulk_create(
        [User(email=f"p{n}@example.org", name=f"Person {n}") for n in range(PEOPLE)], batch_size=5_000
    )
    users = list(User.objects.order_by("pk"))
    Organisation.objects.bulk_create(
        [
            Organisation(
                origin="joined", code=f"o{n}", name=f"Organisation {n}", kind="charity", status="live", live_since=FIRST
            )
            for n in range(ORGANISATIONS)
        ]
    )
    organisations = list(Organisation.objects.filter(code__startswith="o", origin="joined").order_by("pk"))
    Membership.objects.bulk_create(
        [
            Membership(organisation=organisations[n % ORGANISATIONS], user=user, joined_at=FIRST)
            for n, user in enumerate(users)
        ],
        batch_size=5_000,
    )
    membership = Membership.objects.get(user=users[0])
    membership.roles.create(role="administrator")
    users[1].groups.add(Group.objects.get_or_create(name=PARTNERSHIP_ADMINISTRATORS)[0])
    return users, organisations, membership


def happened(many: int, users: list[Any], organisations: list[Any], about: Any) -> Iterator[Any]:
    """Events as a busy partnership has them: the first organisation is as large as twenty others, one kind is rare."""
    from ginnel.events.commands import Happened

    dice = random.Random(7)
    for n in range(many):
        large = dice.random() < 0.1
        organisation = organisations[0 if large else dice.randrange(ORGANISATIONS)]
        rare = n % 20_000 == 0
        yield Happened(
            RARE if rare else dice.choice(NAMES),
            users[dice.randrange(PEOPLE)],
            about,
            FIRST + timedelta(seconds=60 * n + dice.randrange(600)),
            person=users[dice.randrange(PEOPLE)].pk,
            organisation=organisation.pk,
            other_organisation=organisations[dice.randrange(ORGANISATIONS)].pk if rare else None,
            facts={"what": "refer"} if rare else {"given": "recruiter", "taken": ""},
        )
