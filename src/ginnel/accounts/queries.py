"""What a person sees about themself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ginnel.accounts.holdings import Held, Holding, holdings
from ginnel.accounts.models import RecordAccess, User


@dataclass(frozen=True, slots=True)
class HeldByArea:
    """One holding and what it holds about one person."""

    holding: Holding
    held: Held


def held_about(user: User) -> list[HeldByArea]:
    """What each area holds about this person."""
    return [HeldByArea(holding, holding.read(user)) for holding in holdings()]


def who_looked(user: User) -> list[RecordAccess]:
    """Who read this person's record, newest first."""
    return list(RecordAccess.objects.about(user))


def everything_about(user: User, *, at: datetime) -> dict[str, Any]:
    """All that is held about this person, as plain values for the download."""
    from ginnel.accounts.privacy.queries import further_tables

    areas, reads = held_about(user), who_looked(user)
    further = further_tables(user, areas, reads)
    return {
        "downloaded_at": at.isoformat(timespec="seconds"),
        "account": {
            "email": user.email,
            "name": user.name,
            "joined_at": user.joined_at.isoformat(timespec="seconds"),
            "last_signed_in_at": user.last_login.isoformat(timespec="seconds") if user.last_login else None,
        },
        "who_looked": [
            {
                "at": read.at.isoformat(timespec="seconds"),
                "by": read.by.email if read.by else None,
                "organisation": read.organisation_name or None,
                "purpose": read.purpose,
            }
            for read in reads
        ],
        **{area.holding.slug: area.held.data for area in areas},
        **{name: further[name] for name in ("shared", "consents", "what-happened")},
    }
