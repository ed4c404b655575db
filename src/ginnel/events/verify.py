"""Checking that nothing was changed, removed, put in, put elsewhere or cut off since it was written."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from ginnel.events import chain, guards
from ginnel.events.models import Link

_AT_ONCE = 20_000
_MOST_FINDINGS = 50

_ROWS = """
SELECT l.number, l.event_id, l.hash, e.digest, e.name, e.at, e."by", e.person, e.organisation, e.other_organisation,
       e.about_type, e.about_id, e.facts
FROM events_link l LEFT JOIN events_event e ON e.id = l.event_id
WHERE l.number > %s ORDER BY l.number LIMIT %s"""
_STRAY = """
SELECT e.id FROM events_event e WHERE NOT EXISTS (SELECT 1 FROM events_link l WHERE l.event_id = e.id) ORDER BY e.id LIMIT %s"""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How the chain ended once: kept elsewhere, it shows later whether anything up to there is other than it was."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> "Anchor":
        """:raises ValueError: if it is not NUMBER:HASH."""
        number, _, hash = text.strip().partition(":")
        if not number.isdigit() or len(hash) != 64 or set(hash) - set("0123456789abcdef"):
            raise ValueError(
                f"{text.strip()!r} is not an anchor: it looks like 1200:9f86d0…, as `ginnel events anchor` prints it"
            )
        return cls(int(number), hash)


@dataclass(slots=True)
class Verdict:
    """What a check found. `findings` begin with the first bad row; at most fifty are kept."""

    events: int = 0
    end: Anchor = field(default_factory=lambda: Anchor(0, chain.START))
    findings: list[str] = field(default_factory=list)

    def found(self, what: str) -> None:
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(what)


def last_anchor() -> Anchor:
    """How the chain ends now."""
    last = Link.objects.order_by("-number").first()
    return Anchor(last.number, last.hash) if last else Anchor(0, chain.START)


def verify(anchors: list[Anchor] | None = None, *, progress: Callable[[int], None] = lambda _: None) -> Verdict:
    """
    Read every event and compute its digest and link anew. About 20 seconds for a million; people can go on working.

    Whoever may write to the database can also compute a whole new chain: only an anchor kept elsewhere shows that.
    """
    verdict = Verdict()
    wanted: dict[int, list[Anchor]] = {}
    for anchor in anchors or ():
        wanted.setdefault(anchor.number, []).append(anchor)
    for trigger in guards.missing(connection):
        verdict.found(f"the database's guard {trigger} is gone or switched off: `ginnel events guard` puts it back")
    before = Anchor(0, chain.START)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_ROWS, [before.number, _AT_ONCE])
            rows = cursor.fetchall()
            for row in rows:
                _check(row, before, verdict)
                before = Anchor(row[0], row[2])
                for anchor in wanted.pop(before.number, ()):
                    if anchor != before:
                        verdict.found(
                            f"event {row[1]} (link {row[0]:,}): not what it was when the anchor was kept:"
                            " the chain was written anew up to here"
                        )
            verdict.events += len(rows)
            progress(verdict.events)
            if len(rows) < _AT_ONCE:
                break
        cursor.execute(_STRAY, [_MOST_FINDINGS])
        for (number,) in cursor.fetchall():
            verdict.found(f"event {number}: not in the chain: put in past the database's guards")
    for number in sorted(wanted):
        if number > before.number:
            verdict.found(
                f"the chain ends at link {before.number:,}, and an anchor was kept at {number:,}: events at the end are gone"
            )
    verdict.end = before
    return verdict


def _check(row: tuple[Any, ...], before: Anchor, verdict: Verdict) -> None:
    number, event, hash, digest = row[:4]
    if number != before.number + 1:
        also = f" (and those up to {number - 1:,})" if number > before.number + 2 else ""
        verdict.found(f"link {before.number + 1:,}: gone, with its event{also}")
        return
    if digest is None:
        verdict.found(f"event {event} (link {number:,}): removed")
        return
    _, _, _, _, name, at, by, person, organisation, other, about_type, about_id, facts = row
    try:
        true = chain.digest(
            name=name,
            at=_moment(at),
            by=by,
            person=person,
            organisation=organisation,
            other_organisation=other,
            about_type=about_type,
            about_id=about_id,
            facts=json.loads(facts),
        )
    except (ValueError, AttributeError, TypeError):  # what stands there is no event any more
        true = ""
    if true != digest:
        verdict.found(f"event {event} (link {number:,}): changed since it was written")
    elif chain.link(before.hash, digest) != hash:
        verdict.found(
            f"event {event} (link {number:,}): does not follow from the one before: replaced, or in another order"
        )


def _moment(at: datetime) -> str:
    """As `chain.moment`; SQLite's moments come without their time zone, which is UTC."""
    utc = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    return utc.isoformat(sep=" ", timespec="microseconds")
