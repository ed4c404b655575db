"""Finishing what deleting an account began."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ginnel.accounts.equality.commands import withdraw
from ginnel.accounts.models import Erasure
from ginnel.accounts.privacy.retention import purge_all, table
from ginnel.events.commands import record_event

DAYS_TO_TELL = 7
"""How long we try to send the report. Unit: days."""

log = logging.getLogger(__name__)


def finish(erasure: Erasure, *, at: datetime) -> bool:
    """
    Erase what could not go with the account, tell the person, and forget their address. Safe to do twice, and by two at once.

    Returns whether it is finished: False when the report could not be sent and is to be tried again tomorrow.
    """
    withdraw(erasure.person)
    told = _tell(erasure)
    if not told and at - erasure.asked_at < timedelta(days=DAYS_TO_TELL):
        return False
    with transaction.atomic():
        mine = Erasure.objects.waiting().filter(pk=erasure.pk)
        if mine.order_by().update(done_at=at, email="", told=told):
            record_event("accounts.account.erased", by=None, about=erasure, at=at, person=erasure.person)
    clear_traces()
    return True


def erase_due(*, at: datetime) -> tuple[dict[str, int], int, int]:
    """
    What is done each day: unfinished erasures, and everything past its time in the retention table.

    Returns how many rows of each line of the table went, how many erasures were finished, and how many wait for tomorrow.

    :raises ExceptionGroup: if some lines could not be cleared; the others were.
    """
    waiting = list(Erasure.objects.waiting())
    finished = sum(finish(erasure, at=at) for erasure in waiting)
    try:
        purged = purge_all(at)
    finally:
        clear_traces()
    return purged, finished, len(waiting) - finished


def clear_traces() -> None:
    """
    Empty SQLite's log of changes: with `secure_delete` (settings) the database's file holds nothing of a deleted row, but the log
    beside it does until then.

    While somebody reads, the log cannot be emptied: it is tried again the next day and at the next erasure. PostgreSQL's own vacuum
    sees to this there.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_rest) = cursor.fetchone()
    except DatabaseError:
        busy = 1
    if busy:
        log.warning("SQLite's log was in use and could not be emptied; it is tried again at the next erasure")


def _tell(erasure: Erasure) -> bool:
    if not erasure.email:
        return False
    context = {"asked_at": erasure.asked_at, "kept": [row for row in table() if not row.names_person]}
    try:
        send_mail(
            _("Your account is deleted"),
            render_to_string("accounts/email/erased.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [erasure.email],
        )
    except (OSError, SMTPException):
        log.warning("The report of erasure %s could not be sent", erasure.pk)
        return False
    return True
