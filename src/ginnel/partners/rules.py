"""Decisions about organisations and people: plain values in, reasons out."""

from collections.abc import Collection
from datetime import date

INVITATION_DAYS = 14
"""How long an invitation's link works. Unit: days."""

ENOUGH_ADMINISTRATORS = 2
"""Fewer than this, and an organisation is locked out when one person is ill or leaves."""


def reasons_not_to_give_roles(asked: Collection[str], known: Collection[str]) -> list[str]:
    """Why these roles cannot be given; empty means they can."""
    return [f"There is no role “{role}”" for role in sorted(set(asked) - set(known))]


def reasons_not_to_take_last_administrator(*, administrators_left: int) -> list[str]:
    """Why somebody cannot stop being an administrator; empty means they can."""
    if administrators_left < 1:
        return ["An organisation needs an administrator. Make somebody else one first"]
    return []


def warning_about_administrators(count: int) -> str:
    """What to say on the people page; empty if all is well."""
    if count == 0:
        return "Nobody looks after this organisation here. Ask the partnership's administrators to put this right."
    if count < ENOUGH_ADMINISTRATORS:
        return "Only one person can look after this organisation here. Make a second person administrator, in case they are away."
    return ""


def reasons_not_to_propose(
    *, same: bool, both_take_part: bool, already_open: bool, starts_on: date | None, ends_on: date | None, today: date
) -> list[str]:
    """Why a line of an agreement cannot be proposed; empty means it can."""
    reasons = []
    if same:
        reasons.append("An agreement is between two organisations")
    if not both_take_part:
        reasons.append("Both organisations must take part here")
    if already_open:
        reasons.append("This is proposed or agreed already. End that line first to change its dates")
    if ends_on and ends_on < (starts_on or today):
        reasons.append("The last day must not be before the first, nor in the past")
    return reasons


def term_state(*, agreed: bool, ended: bool, starts_on: date | None, ends_on: date | None, today: date) -> str:
    """Where a line of an agreement stands: proposed, agreed (begins later), in force, over."""
    if ended or (ends_on and ends_on < today):
        return "over"
    if not agreed:
        return "proposed"
    return "agreed" if starts_on and starts_on > today else "in force"
