"""
What is kept about people, why, and how long: the one table. Pages, `docs/security.md` and the daily clearing are made from it.

An area above adds its rows from its `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Kept:
    """
    One line of the table.

    `purge` deletes what is older than a moment and returns how many; it is called each day with the moment `days` ago. Without it,
    `until` is seen to by something else: an account's deletion, or a person's own hand. `names_person`: whether it says, or could lead
    to, who somebody is.
    """

    slug: str
    what: str
    why: str
    until: str
    names_person: bool = True
    days: int = 0
    purge: Callable[[datetime], int] | None = None


_rows: dict[str, Kept] = {}


def keep(rows: Iterable[Kept]) -> None:
    """Add lines to the table; one of the same slug takes the place of the first."""
    for row in rows:
        _rows[row.slug] = row


def table() -> list[Kept]:
    """Every line: what names people first."""
    return sorted(_rows.values(), key=lambda row: not row.names_person)


def purge_all(at: datetime) -> dict[str, int]:
    """Delete what is too old in every line; how many of each. One line that fails does not stop the others."""
    done, failed = {}, []
    for row in table():
        if row.purge:
            try:
                done[row.slug] = row.purge(at - timedelta(days=row.days))
            except Exception as error:
                failed.append(error)
    if failed:
        raise ExceptionGroup("some lines of the retention table could not be cleared", failed)
    return done


def as_markdown() -> str:
    """The table for the documentation."""
    lines = ["| what | why | until | can lead to a person |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.why} | {row.until} | {'yes' if row.names_person else 'no'} |" for row in table()]
    return "\n".join(lines) + "\n"
