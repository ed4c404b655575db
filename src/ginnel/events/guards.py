"""
What the database itself sees to: each event gets its link in the chain, and neither can be changed or removed.

On PostgreSQL the link is made when the transaction commits, under a lock that lasts only from there to its end: writers queue for that
moment and not for each other's work, and no lock is held while a command still asks for rows (a long import would stop everybody
else, and two commands could wait for each other). SQLite has one writer at a time, so the link is made with the row.

A migration that lets SQLite make the table anew (any change of a column) loses the triggers: call `install` at its end.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_LOCK = 0x67696E6E656C  # "ginnel"
_TABLES = ("events_event", "events_link")

_SQLITE = [
    """CREATE TRIGGER events_event_chain AFTER INSERT ON events_event BEGIN
         INSERT INTO events_link (number, event_id, hash)
         SELECT coalesce((SELECT max(number) FROM events_link), 0) + 1, NEW.id,
                SHA256(coalesce((SELECT hash FROM events_link ORDER BY number DESC LIMIT 1), '') || NEW.digest);
       END""",
    *(
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        for table in _TABLES
        for act in ("update", "delete")
    ),
]
_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION events_chain() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE last_number bigint; last_hash text;
        BEGIN
          PERFORM pg_advisory_xact_lock({_LOCK});
          SELECT number, hash INTO last_number, last_hash FROM events_link ORDER BY number DESC LIMIT 1;
          INSERT INTO events_link (number, event_id, hash) VALUES (
            coalesce(last_number, 0) + 1, NEW.id,
            encode(sha256(convert_to(coalesce(last_hash, '') || NEW.digest, 'UTF8')), 'hex'));
          RETURN NULL;
        END $$""",  # noqa: S608 - a number of ours
    """CREATE OR REPLACE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'events are append-only'; END $$""",
    """CREATE CONSTRAINT TRIGGER events_event_chain AFTER INSERT ON events_event
       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION events_chain()""",
    *(
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION events_refuse()"
        for table in _TABLES
        for act, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ),
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, whether or not they were there."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a test that empties its database, and for a migration backwards."""
    with connection.cursor() as cursor:
        for trigger, table in _triggers(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Triggers that are not there, or have been switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    return [trigger for trigger, _ in _triggers(connection) if trigger not in there]


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    acts = ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    return [("events_event_chain", "events_event")] + [
        (f"{table}_no_{act}", table) for table in _TABLES for act in acts
    ]
