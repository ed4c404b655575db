"""
Letters are sent by the worker: no page waits for a mail server, and one that is down for a while gets its letters later.

A task that sends a letter has numbers for arguments, never an address or a key: its row is kept for a while.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

log = logging.getLogger(__name__)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (2, 15, 60, 240))
"""How long to wait before each further try."""


def deliver(send: Callable[[], object], again: Task[Any, Any], *arguments: object, tried: int) -> bool:
    """
    Call `send`. Where the mail server does not take the letter, the task `again` does it later, with the same arguments and
    `tried` one higher. False once there are no more tries.
    """
    try:
        send()
    except OSError as error:  # smtplib's errors are OSErrors; their words may hold the address
        if tried >= len(WAITS) or not again.get_backend().supports_defer:
            log.warning("A letter could not be sent (%s): %s %s", type(error).__name__, again.name, arguments[0])
            return False
        again.using(run_after=timezone.now() + WAITS[tried]).enqueue(*arguments, tried=tried + 1)
    return True
