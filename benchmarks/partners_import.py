"""
180 organisations and 5,000 people from one file: `python benchmarks/partners_import.py`.

Ours is `ginnel partners import` as its own process on a fresh SQLite place. Beside it, what a developer would write first: row by row with
the ORM's `get_or_create`, in one transaction, without preview, checks or events; and the same with this house's commands for one person.
"""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ORGANISATIONS, PEOPLE = 180, 5000
HEADER = ("organisation", "kind", "postcode", "email", "name", "job title", "staff number", "roles", "line manager")
SPELT = ("{} Care Ltd", "{} Care", "The {} Care Limited", "{} CARE LTD")


def main() -> None:
    """One line for each way."""
    with tempfile.TemporaryDirectory() as var:
        path = Path(var) / "people.csv"
        write(path)
        print(f"{ORGANISATIONS} organisations, {PEOPLE:,} people, {path.stat().st_size / 1e6:.1f} MB\n")
        print(f"{'way':44}{'seconds':>9}{'CPU s':>8}{'peak MB':>9}  result")
        ginnel = [sys.executable, "-m", "ginnel"]
        ours = [*ginnel, "partners", "import", str(path)]
        measure(var, "ours, looking only", [*ours, "--dry-run"])
        measure(var, "ours", ours)
        measure(var, "ours, the same file again", ours)
        for name in ("get_or_create", "commands"):
            words = {
                "get_or_create": "get_or_create row by row, nothing checked",
                "commands": "add_member and set_roles row by row",
            }
            measure(var, words[name], [sys.executable, __file__, name, str(path)], fresh=True)


def write(path: Path) -> None:
    """A file as people make it: each organisation spelt in several ways, rows in no order."""
    draw = random.Random(7)
    rows = []
    for number in range(PEOPLE):
        place, first = number % ORGANISATIONS, number < ORGANISATIONS
        name = SPELT[0 if first else draw.randrange(len(SPELT))].format(f"Meadow{place:03}")
        manager = "" if first else f"person{place}@meadow{place}.example"
        roles = "administrator" if first else draw.choice(["", "viewer", "recruiter; viewer", "line manager"])
        kind, postcode = ("Home care", "LS9 7TF") if first else ("", "")
        rows.append(
            (name, kind, postcode, f"person{number}@meadow{place}.example", f"Person {number}", "Care worker", f"S{number}",
             roles, manager)
        )  # fmt: skip
    draw.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])


def measure(var: str, name: str, command: list[str], *, fresh: bool = False) -> None:
    """Run it in a place of its own, and print its line."""
    place = Path(var) / (command[-2] if fresh else "ours")
    environment = {**os.environ, "GINNEL_VAR": str(place), "GINNEL_OFFLINE": "yes", "DATABASE_URL": ""}
    if not (place / "ginnel.sqlite3").exists():
        place.mkdir(exist_ok=True)
        subprocess.run([sys.executable, "-m", "ginnel", "manage", "migrate", "-v0"], env=environment, check=True)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    last = next((line for line in done.stdout.splitlines() if line.startswith("people")), "")
    print(f"{name:44}{seconds:9.1f}{processor:8.1f}{after.ru_maxrss / 1024:9.0f}  {last}")


def row_by_row(way: str, path: Path) -> None:
    """What one would write first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from ginnel.accounts.commands import account_for
    from ginnel.accounts.models import User
    from ginnel.partners.commands import add_member, set_roles
    from ginnel.partners.models import Membership, MembershipRole, Organisation

    now = timezone.now()
    with path.open(encoding="utf-8", newline="") as stream, transaction.atomic():
        for row in csv.DictReader(stream):
            place, _ = Organisation.objects.get_or_create(
                origin="joined",
                code=row["organisation"][:40],
                defaults={
                    "name": row["organisation"],
                    "kind": row["kind"] or "other",
                    "status": "live",
                    "live_since": now,
                },
            )
            roles = [part.strip().replace(" ", "-") for part in row["roles"].split(";") if part.strip()]
            if way == "commands":
                user = account_for(row["email"], name=row["name"])
                member = add_member(
                    place, user, by=None, at=now, job_title=row["job title"], staff_number=row["staff number"]
                )
                set_roles(member, roles, by=None, at=now)
                continue
            user, _ = User.objects.get_or_create(email=row["email"], defaults={"name": row["name"]})
            member, _ = Membership.objects.get_or_create(
                organisation=place,
                user=user,
                defaults={"job_title": row["job title"], "staff_number": row["staff number"], "joined_at": now},
            )
            for role in roles:
                MembershipRole.objects.get_or_create(membership=member, role=role)
    print(f"people: {Membership.objects.count():,} in {Organisation.objects.count()} organisations")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        row_by_row(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
