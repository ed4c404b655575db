"""Files of organisations and people that somebody uploads: kept, looked at, saved or let go."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.models import Organisation, PeopleImport

IMPORT_HOURS = 24
"""How long a file waits to be saved. Unit: hours."""
Status = PeopleImport.Status


class ImportMoved(Exception):
    """The file is not where the person thought: saved, withdrawn or being saved already."""


@transaction.atomic
def keep_import(
    content: bytes, file_name: str, organisation: Organisation | None, *, by: User, at: datetime
) -> PeopleImport:
    """Keep an uploaded file until it has been looked at and saved."""
    row = PeopleImport.objects.create(
        organisation=organisation,
        file_name=file_name[:200],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        made_by=by,
        made_at=at,
    )
    record_event(
        "partners.import.uploaded", by=by, about=row, at=at, organisation=organisation.pk if organisation else None
    )
    return row


def confirm_import(row: PeopleImport) -> None:
    """
    Say that what the preview shows is to be saved.

    :raises ImportMoved: if it is not ready, or somebody pressed the button just before.
    """
    if not PeopleImport.objects.filter(pk=row.pk, status=Status.READY).update(status=Status.SAVING):
        raise ImportMoved("This file cannot be saved now. Look at it again")


@transaction.atomic
def withdraw_import(row: PeopleImport, *, by: User, at: datetime) -> None:
    """
    Let a file go without saving it. Its content is deleted at once.

    :raises ImportMoved: if it has been saved or withdrawn already.
    """
    waiting = PeopleImport.objects.filter(pk=row.pk, status__in=[Status.CHECKING, Status.READY, Status.REFUSED])
    if not waiting.update(status=Status.WITHDRAWN, content=b""):
        raise ImportMoved("This file has been saved or let go already")
    record_event("partners.import.withdrawn", by=by, about=row, at=at)


def drop_old_imports(*, at: datetime) -> int:
    """Delete the content of files that waited for more than a day. Returns how many. Safe to run twice."""
    old = PeopleImport.objects.filter(
        made_at__lt=at - timedelta(hours=IMPORT_HOURS), status__in=[Status.CHECKING, Status.READY, Status.REFUSED]
    )
    return old.update(status=Status.WITHDRAWN, content=b"")
