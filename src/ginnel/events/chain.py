"""
How an event is fingerprinted, and how fingerprints are chained. Plain values in, text out.

The form is fixed: every hash ever stored depends on it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

START = ""
"""What stands before the first link."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode


def moment(at: datetime) -> str:
    """
    A moment in UTC to the microsecond, as both databases keep it.

    :raises ValueError: without a time zone, when it would mean something else on another machine.
    """
    if at.tzinfo is None:
        raise ValueError("an event needs a moment with its time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def digest(
    *,
    name: str,
    at: str,
    by: int | None,
    person: int | None,
    organisation: int | None,
    other_organisation: int | None,
    about_type: str,
    about_id: str,
    facts: Mapping[str, Any],
) -> str:
    """
    The fingerprint of all that an event says; `at` as `moment` gives it.

    :raises ValueError: for a fact that is not a number (NaN) or has no end.
    """
    # PostgreSQL keeps 2.0 as it is and 1e20 as its digits: whole numbers are written as whole numbers.
    plain = {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in facts.items()}
    said = [name, at, by, person, organisation, other_organisation, about_type, about_id, plain]
    return hashlib.sha256(_encode(said).encode()).hexdigest()


def link(before: str, digest: str) -> str:
    """The hash of a link: of the hash before it and the digest of its event."""
    return hashlib.sha256((before + digest).encode()).hexdigest()
