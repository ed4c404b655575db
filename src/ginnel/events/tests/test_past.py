"""Events of before the chain are in it; and every event that the code records can be told in words."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ginnel.accounts.models import User
from ginnel.events import guards, words
from ginnel.events.models import Event
from ginnel.events.verify import verify

SOURCE = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(transaction=True)
def test_events_of_before_the_chain_are_chained_with_their_numbers_in_columns():
    person = User.objects.create_user("ada@example.org")
    old = MigrationExecutor(connection)
    old.migrate([("events", "0001_initial")])
    try:
        before = old.loader.project_state([("events", "0001_initial")]).apps.get_model("events", "Event")
        for name, facts in (
            ("partners.member.joined", {"organisation": 4, "person": person.pk}),
            ("partners.agreement.agreed", {"organisation": 4, "receiver": 5, "what": "refer"}),
            ("careers.shortlist.kept", {"roles": 3}),
        ):
            before.objects.create(
                name=name,
                at=datetime(2026, 11, 1, tzinfo=UTC),
                by_id=person.pk,
                about_type="x",
                about_id="1",
                facts=facts,
            )
    finally:
        # All the way, other areas too: what builds on the chain was taken back with it.
        new = MigrationExecutor(connection)
        new.migrate(new.loader.graph.leaf_nodes())
    joined, agreed, kept = Event.objects.order_by("pk")
    assert (joined.by, joined.person, joined.organisation, joined.facts) == (person.pk, person.pk, 4, {})
    assert (agreed.organisation, agreed.other_organisation, agreed.facts) == (4, 5, {"what": "refer"})
    assert kept.facts == {"roles": 3}
    assert (verify().events, verify().findings) == (3, [])
    assert guards.missing(connection) == []


def recorded() -> set[str]:
    """Names of events as they stand in the code; those that are put together there count by their beginning."""
    found: set[str] = set()
    for path in SOURCE.glob("*/**/*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called not in {"record_event", "Happened"}:
                continue
            name = node.args[0]
            if isinstance(name, ast.Constant):
                found.add(str(name.value))
            elif isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
                found.add(str(name.values[0].value))
    return found


@pytest.mark.parametrize("name", sorted(recorded()))
def test_an_event_that_the_code_records_has_words(name):
    assert any(known == name or (name.endswith(".") and known.startswith(name)) for known in words.kinds()), (
        f"add {name!r} to the event_words module of its area"
    )
