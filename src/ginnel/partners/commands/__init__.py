"""What people change about organisations, who belongs to them, and what they allow each other."""

from ginnel.partners.commands.agreements import CannotPropose, TermChanged, agree_term, end_term, propose_term
from ginnel.partners.commands.answering import (
    LinkNotOpen,
    answer_by_link,
    ask_administrators,
    key_for_letter,
    make_answer_link,
    note_letter_not_sent,
    open_link,
)
from ginnel.partners.commands.details import add_site, change_details, remove_site
from ginnel.partners.commands.directory_groups import set_group_role
from ginnel.partners.commands.directory_keys import KeyNotOpen, make_directory_key, revoke_directory_key
from ginnel.partners.commands.joining import (
    AlreadyDecided,
    approve_joining,
    ask_to_join,
    refuse_joining,
    whom_to_tell,
    withdraw_joining,
)
from ginnel.partners.commands.partnership import (
    NotProven,
    add_partnership_administrator,
    partnership_administrators,
    remove_partnership_administrator,
)
from ginnel.partners.commands.people import (
    AlreadyInvited,
    CannotChangeRoles,
    InvitationNotOpen,
    accept_invitation,
    add_member,
    change_member,
    digest,
    end_membership,
    invite,
    set_line_manager,
    set_roles,
    withdraw_invitation,
)

__all__ = [
    "AlreadyDecided",
    "AlreadyInvited",
    "CannotChangeRoles",
    "CannotPropose",
    "InvitationNotOpen",
    "KeyNotOpen",
    "LinkNotOpen",
    "NotProven",
    "TermChanged",
    "accept_invitation",
    "add_member",
    "add_partnership_administrator",
    "add_site",
    "agree_term",
    "answer_by_link",
    "approve_joining",
    "ask_administrators",
    "ask_to_join",
    "change_details",
    "change_member",
    "digest",
    "end_membership",
    "end_term",
    "invite",
    "key_for_letter",
    "make_answer_link",
    "make_directory_key",
    "note_letter_not_sent",
    "open_link",
    "partnership_administrators",
    "propose_term",
    "refuse_joining",
    "remove_partnership_administrator",
    "remove_site",
    "revoke_directory_key",
    "set_group_role",
    "set_line_manager",
    "set_roles",
    "whom_to_tell",
    "withdraw_invitation",
    "withdraw_joining",
]
