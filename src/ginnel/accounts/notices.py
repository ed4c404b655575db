"""Short letters to the owner of an account when how it is opened has changed."""

import contextlib
import logging
from collections.abc import Iterable
from smtplib import SMTPException

from allauth.account.adapter import get_adapter

from ginnel.accounts.models import User

log = logging.getLogger(__name__)


def tell_owner(user: User, what: str, *, also: Iterable[str] = (), **facts: str) -> None:
    """
    Write to the person's main address, and to others if given, what has changed. Not being able to write stops nothing.

    `what` names a template `account/email/<what>_message.txt` and its subject.
    """
    for address in dict.fromkeys([user.email, *also]):
        with contextlib.suppress(OSError, SMTPException):
            get_adapter().send_mail(f"account/email/{what}", address, {"email": user.email, **facts})
