"""What people change about their accounts, and what organisations change about their own sign-in."""

from ginnel.accounts.commands.addresses import (
    AddressTaken,
    CannotChangeAddress,
    add_address,
    make_primary,
    remove_address,
)
from ginnel.accounts.commands.browsers import (
    begin_browser,
    drop_ended_browsers,
    end_browser,
    end_other_browsers,
    end_session,
    see_browser,
)
from ginnel.accounts.commands.passwords import change_password, remove_password
from ginnel.accounts.commands.people import account_for, delete_account, open_account, record_list_read, record_read
from ginnel.accounts.commands.providers import (
    AlreadyLinked,
    CannotConnect,
    NotBelieved,
    check_domain,
    claim_domain,
    connect_provider,
    disconnect_provider,
    link_identity,
    person_from_provider,
    set_policy,
    unlink_identity,
)

__all__ = [
    "AddressTaken",
    "AlreadyLinked",
    "CannotChangeAddress",
    "CannotConnect",
    "NotBelieved",
    "account_for",
    "add_address",
    "begin_browser",
    "change_password",
    "check_domain",
    "claim_domain",
    "connect_provider",
    "delete_account",
    "disconnect_provider",
    "drop_ended_browsers",
    "end_browser",
    "end_other_browsers",
    "end_session",
    "link_identity",
    "make_primary",
    "open_account",
    "person_from_provider",
    "record_list_read",
    "record_read",
    "remove_address",
    "remove_password",
    "see_browser",
    "set_policy",
    "unlink_identity",
]
