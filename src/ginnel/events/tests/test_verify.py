"""Tampering shows: every way we know of to touch what happened, done past the database's guards."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from ginnel.accounts.models import User
from ginnel.events import chain, guards
from ginnel.events.commands import record_event
from ginnel.events.models import Event, Link
from ginnel.events.verify import Anchor, last_anchor, verify

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def events() -> list[Event]:
    """Ten events of one person, each in its own transaction; the second at a full second."""
    person = User.objects.create_user("ada@example.org")
    made = []
    for n in range(10):
        with transaction.atomic():
            at = AT + timedelta(seconds=n, microseconds=n)
            made.append(record_event("careers.shortlist.kept", by=person, about=person, at=at, roles=n, share=n / 2))
    return made


def past_the_guards(sql: str, *values: object) -> None:
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    guards.install(connection)


def test_what_was_not_touched_is_sound(events: list[Event]) -> None:
    verdict = verify([last_anchor()])
    assert (verdict.events, verdict.findings) == (10, [])
    assert verdict.end == last_anchor()


def test_nothing_at_all_is_sound() -> None:
    assert verify().findings == []


TAMPERING: dict[str, tuple[Callable[[list[Event]], None], str]] = {
    "changed": (
        lambda e: past_the_guards("UPDATE events_event SET person = 99 WHERE id = %s", e[4].pk),
        "changed since it was written",
    ),
    "changed facts": (
        lambda e: past_the_guards("UPDATE events_event SET facts = '{\"roles\": 5}' WHERE id = %s", e[4].pk),
        "changed since it was written",
    ),
    "changed moment": (
        lambda e: past_the_guards("UPDATE events_event SET at = '2026-11-28 09:00:00+00:00' WHERE id = %s", e[4].pk),
        "changed since it was written",
    ),
    "removed": (lambda e: past_the_guards("DELETE FROM events_event WHERE id = %s", e[4].pk), "removed"),
    "other number": (
        lambda e: past_the_guards("UPDATE events_event SET id = 9999 WHERE id = %s", e[4].pk),
        "removed",
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_a_row_that_was_tampered_with_is_named(events: list[Event], how: str) -> None:
    tamper, word = TAMPERING[how]
    tamper(events)
    assert verify().findings[0].startswith(f"event {events[4].pk} (link 5): {word}")


def test_a_row_changed_together_with_its_digest_is_named(events: list[Event]) -> None:
    row = Event.objects.get(pk=events[4].pk)
    digest = chain.digest(
        name=row.name, at=chain.moment(row.at), by=None, person=None, organisation=None, other_organisation=None,
        about_type=row.about_type, about_id=row.about_id, facts=row.facts,
    )  # fmt: skip
    past_the_guards('UPDATE events_event SET "by" = NULL, digest = %s WHERE id = %s', digest, row.pk)
    assert "does not follow from the one before" in verify().findings[0]
    assert f"event {row.pk} " in verify().findings[0]


def test_a_row_removed_together_with_its_link_is_seen(events: list[Event]) -> None:
    past_the_guards("DELETE FROM events_event WHERE id = %s", events[4].pk)
    past_the_guards("DELETE FROM events_link WHERE number = 5")
    assert verify().findings[0].startswith("link 5: gone")


def test_two_rows_that_changed_places_are_named(events: list[Event]) -> None:
    first, second = events[2].pk, events[6].pk
    for old, new in ((first, 9999), (second, first), (9999, second)):
        past_the_guards("UPDATE events_event SET id = %s WHERE id = %s", new, old)
    assert verify().findings[0].startswith(f"event {first} (link 3): does not follow")


def test_a_row_put_in_past_the_guards_is_named(events: list[Event]) -> None:
    past_the_guards(
        "INSERT INTO events_event (id, name, at, about_type, about_id, facts, digest)"
        " SELECT 9999, name, at, about_type, about_id, facts, digest FROM events_event WHERE id = %s",
        events[4].pk,
    )
    assert verify().findings == ["event 9999: not in the chain: put in past the database's guards"]


def test_an_end_that_was_cut_off_shows_against_an_anchor_kept_elsewhere(events: list[Event]) -> None:
    kept = last_anchor()
    past_the_guards("DELETE FROM events_event WHERE id >= %s", events[7].pk)
    past_the_guards("DELETE FROM events_link WHERE number >= 8")
    assert verify().findings == []
    assert "the chain ends at link 7, and an anchor was kept at 10" in verify([kept]).findings[0]


def test_a_chain_written_anew_shows_against_an_anchor_kept_elsewhere(events: list[Event]) -> None:
    kept = last_anchor()
    past_the_guards("UPDATE events_event SET person = 99 WHERE id = %s", events[4].pk)
    before = ""
    for row in Event.objects.order_by("pk"):
        digest = chain.digest(
            name=row.name, at=chain.moment(row.at), by=row.by, person=row.person, organisation=None,
            other_organisation=None, about_type=row.about_type, about_id=row.about_id, facts=row.facts,
        )  # fmt: skip
        before = chain.link(before, digest)
        past_the_guards("UPDATE events_event SET digest = %s WHERE id = %s", digest, row.pk)
        past_the_guards("UPDATE events_link SET hash = %s WHERE event_id = %s", before, row.pk)
    assert verify().findings == []
    assert "written anew" in verify([kept]).findings[0]


def test_guards_that_are_gone_are_told_of(events: list[Event]) -> None:
    guards.remove(connection)
    try:
        assert "guard events_event_chain is gone" in verify().findings[0]
    finally:
        guards.install(connection)


def test_an_account_that_is_deleted_leaves_the_chain_whole_and_no_name_in_it(events: list[Event]) -> None:
    User.objects.get(email="ada@example.org").delete()
    assert verify().findings == []
    assert "ada@example.org" not in str(list(Event.objects.values()))


def test_several_writers_at_once_make_one_chain() -> None:
    person = User.objects.create_user("ada@example.org")
    gate = threading.Barrier(4)

    def write() -> None:
        try:
            gate.wait()
            for n in range(25):
                with transaction.atomic():
                    record_event("careers.shortlist.kept", by=person, about=person, roles=n)
                    if n % 5 == 4:
                        transaction.set_rollback(True)
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        pytest.skip("the test database of SQLite is in memory: one connection")
    writers = [threading.Thread(target=write) for _ in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert (verify().events, verify().findings) == (80, [])


def test_an_anchor_is_read_as_it_is_written() -> None:
    anchor = Anchor(12, "ab" * 32)
    assert Anchor.read(f" {anchor}\n") == anchor
    for wrong in ("", "12", "x:" + "ab" * 32, "12:zz"):
        with pytest.raises(ValueError, match="is not an anchor"):
            Anchor.read(wrong)


def test_the_command_names_the_first_bad_row_and_leaves_with_1(events: list[Event], tmp_path) -> None:
    from ginnel.config.cli.events import events as command

    kept = tmp_path / "anchors"
    kept.write_text(CliRunner().invoke(command, ["anchor"]).output)
    sound = CliRunner().invoke(command, ["verify", "--anchors", str(kept)])
    assert (sound.exit_code, "10 events" in sound.output) == (0, True)
    past_the_guards("DELETE FROM events_event WHERE id = %s", events[4].pk)
    bad = CliRunner().invoke(command, ["verify", "--anchors", str(kept)])
    assert bad.exit_code == 1
    assert bad.stderr.startswith(f"event {events[4].pk} (link 5): removed")
    kept.write_text("nonsense\n")
    assert CliRunner().invoke(command, ["verify", "--anchors", str(kept)]).exit_code == 2
    assert Link.objects.count() == 10
