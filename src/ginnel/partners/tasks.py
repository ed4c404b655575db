"""Later work: letters, looking at an uploaded file, and saving it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ginnel.core.letters import deliver
from ginnel.partners.bulk.compare import make_plan
from ginnel.partners.bulk.reading import Read, read_files
from ginnel.partners.bulk.saving import CannotSave, ask_people, check_and_save
from ginnel.partners.commands import (
    LinkNotOpen,
    key_for_letter,
    note_letter_not_sent,
    partnership_administrators,
    whom_to_tell,
)
from ginnel.partners.mail import send_answer_link, send_joining_request
from ginnel.partners.models import AnswerLink, JoinRequest, PeopleImport

Status = PeopleImport.Status


@task()
def tell_of_request(joining: int, origin: str) -> int:
    """Have a letter written to each of those who decide that an organisation asks to join. Run again, it writes to nobody."""
    with transaction.atomic():
        people = whom_to_tell(JoinRequest.objects.get(pk=joining), at=timezone.now())
        for person in people:
            write_of_request.enqueue(joining, person.pk, origin)
    return len(people)


@task()
def write_of_request(joining: int, person: int, origin: str, tried: int = 0) -> bool:
    """Write to one of those who decide, if it still waits and they still do."""
    request = JoinRequest.objects.filter(pk=joining, status=JoinRequest.Status.WAITING).first()
    to = partnership_administrators().filter(pk=person).first()
    if request is None or to is None:
        return True
    return deliver(
        partial(send_joining_request, request, to, origin), write_of_request, joining, person, origin, tried=tried
    )


@task()
def write_answer_link(link: int, origin: str, tried: int = 0) -> bool:
    """Ask somebody by e-mail to answer a proposal, if it still waits. The key is made now, so that it is in the letter alone."""
    found = AnswerLink.objects.select_related("term__giver", "term__receiver", "organisation", "authority")
    row = found.filter(pk=link).first()
    if row is None or not row.email or row.authority is None:
        return True
    try:
        key = key_for_letter(row, at=timezone.now())
    except LinkNotOpen:
        return True
    other = row.term.receiver if row.term.giver_id == row.organisation_id else row.term.giver
    by = other if row.authority.email.lower() == row.email else row.authority
    sent = deliver(partial(send_answer_link, row, key, origin, by=by), write_answer_link, link, origin, tried=tried)
    if not sent:
        note_letter_not_sent(row, at=timezone.now())
    return sent


@task()
def check_import(pk: int) -> None:
    """Look at an uploaded file and say what it would change. Running it again says it afresh."""
    row = PeopleImport.objects.select_related("organisation").get(pk=pk)
    if row.status != Status.CHECKING:
        return
    with _never_stuck(row):
        read = _read(row, lambda done, total: _tell(row, done))
        _tell(row, len(read.lines))
        plan = make_plan(read, row.organisation)
        ask_people(plan, at=timezone.now())
        PeopleImport.objects.filter(pk=pk, status=Status.CHECKING).update(
            status=Status.READY if plan.report.ok else Status.REFUSED,
            report=plan.as_dict(),
            rows_total=len(read.lines),
            rows_done=len(read.lines),
        )


@task()
def save_import(pk: int) -> None:
    """Save a file that was confirmed. If what is held has changed since, it is looked at again instead."""
    row = PeopleImport.objects.select_related("organisation", "made_by").get(pk=pk)
    if row.status != Status.SAVING or row.made_by is None:
        return
    with _never_stuck(row):
        try:
            at = timezone.now()
            check_and_save(_read(row), row.organisation, row.report["digest"], by=row.made_by, at=at, about=row)
        except CannotSave as reason:
            PeopleImport.objects.filter(pk=pk).update(status=Status.CHECKING)
            check_import.call(pk)
            row.refresh_from_db()
            PeopleImport.objects.filter(pk=pk).update(report=row.report | {"again": str(reason)})
            return
        PeopleImport.objects.filter(pk=pk).update(status=Status.SAVED, saved_at=at, content=b"")


def _read(row: PeopleImport, progress: Callable[[int, int], None] = lambda done, total: None) -> Read:
    with tempfile.TemporaryDirectory(prefix="ginnel-import-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(bytes(row.content))
        needed = "email" if row.organisation_id else "organisation"
        return read_files([path], needed=needed, names=[row.file_name], progress=progress)


def _tell(row: PeopleImport, done: int) -> None:
    PeopleImport.objects.filter(pk=row.pk).update(rows_done=done)


@contextmanager
def _never_stuck(row: PeopleImport) -> Iterator[None]:
    """A mistake of ours must not leave a file for ever “being checked”."""
    try:
        yield
    except Exception:
        problem = {
            "file": row.file_name, "row": None, "field": "", "what": "Something went wrong on our side, and nothing was saved",
            "remedy": "Try again, and tell us if it happens twice",
        }  # fmt: skip
        PeopleImport.objects.filter(pk=row.pk).exclude(status=Status.SAVED).update(
            status=Status.REFUSED, report={"problems": [problem], "problem_count": 1, "counts": {}, "lines": []}
        )
        raise
