"""Decisions about organisations and people: plain values in, reasons out."""

from collections.abc import Collection, Mapping
from datetime import date

INVITATION_DAYS = 14
"""How long an invitation's link works. Unit: days."""

ANSWER_LINK_DAYS = 14
"""How long a link that answers a proposal works. Unit: days."""

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


def reasons_not_to_answer_by_link(
    *, answered: bool, too_old: bool, changed: bool, both_take_part: bool, authorised: bool
) -> list[str]:
    """Why a link from an e-mail cannot answer its proposal; empty means it can."""
    reasons = []
    if answered:
        reasons.append("This link has been used")
    if changed:
        reasons.append("What it asked has been answered or taken back since it was sent")
    if too_old:
        reasons.append("This link is too old. Ask for a new one")
    if not both_take_part:
        reasons.append("One of the two organisations does not take part any more")
    if not authorised:
        reasons.append("Who had it sent does not look after the organisation any more. Ask for a new one")
    return reasons


def term_state(*, agreed: bool, ended: bool, starts_on: date | None, ends_on: date | None, today: date) -> str:
    """Where a line of an agreement stands: proposed, agreed (begins later), in force, over."""
    if ended or (ends_on and ends_on < today):
        return "over"
    if not agreed:
        return "proposed"
    return "agreed" if starts_on and starts_on > today else "in force"


DIRECTORY_KEY_DAYS = (30, 90, 180, 365)
"""How long a directory's key may work. Unit: days."""

DIRECTORY_REQUESTS_PER_MINUTE = 1200
"""Requests of one directory key. A first sync of 5,000 people takes about five minutes at this rate."""

DIRECTORY_BAD_KEYS_PER_MINUTE = 30
"""Requests with a wrong key from one address on the net, before it must wait."""


def directory_address(user_name: str, emails: Collection[Mapping[str, object]]) -> str:
    """
    The one address that finds a person's account, in lower case; empty if the directory gives none.

    The primary address, else one of work, else the first, else the user name if it is an address.
    """
    ranked = sorted(emails, key=lambda email: (not email.get("primary"), email.get("type") != "work"))
    for found in (*(str(email.get("value") or "") for email in ranked), user_name):
        address = found.strip().lower()
        if _looks_like_address(address):
            return address
    return ""


def _looks_like_address(text: str) -> bool:
    name, at, domain = text.rpartition("@")
    return bool(name and at and "." in domain.strip(".") and not set(text) & set(" ,;<>\"'")) and len(text) <= 254


def directory_name(*, display: str, formatted: str, given: str, family: str) -> str:
    """What to call a person whose account is new."""
    return display or formatted or f"{given} {family}".strip()


def roles_by_directory(held: Collection[str], *, through_groups: Collection[str], managed: Collection[str]) -> set[str]:
    """
    Roles a member has once their directory has spoken. `managed`: roles that some group of the directory gives.

    Such a role is the directory's alone: who is in no group that gives it has it no more. Other roles stay as people gave them.
    """
    return (set(held) - set(managed)) | set(through_groups)


def account_moves(*, proven: bool, owns_new_address: bool) -> bool:
    """
    Whether a membership goes over to the account of the new address its directory gives.

    Only while nobody has shown that the old account is theirs. From then on the account is the person's: a directory that could
    move or rename it could hand it to somebody else.
    """
    return not proven and not owns_new_address
