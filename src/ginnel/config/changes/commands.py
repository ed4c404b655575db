"""What the people of the office do with changes of the pack."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

from ginnel.accounts.models import User
from ginnel.careers.commands import rebuild_engine
from ginnel.config.changes.checking import Trial, attempt
from ginnel.config.pack import current_files, put_in_place
from ginnel.core.tables import Problem
from ginnel.events.commands import record_event
from ginnel.places.models import Place
from ginnel.site.models import PackChange
from ginnel.site.rules import reasons_not_to_publish_change

PUBLISH = "site.publish_packchange"


class NothingChanged(Exception):
    """The draft would leave the row as it is."""


class DraftMoved(Exception):
    """Somebody else saved, published or discarded this draft meanwhile."""


class CannotPublish(Exception):
    """Nothing was published. `reasons` and `problems` say why; `moved` are the drafts whose row was changed since they were begun."""

    def __init__(self, reasons: Sequence[str] = (), problems: Sequence[Problem] = (), moved: Sequence[PackChange] = ()):
        self.reasons, self.problems, self.moved = list(reasons), list(problems), list(moved)
        super().__init__("; ".join([*self.reasons, *map(str, self.problems), *map(str, self.moved)]))


@transaction.atomic
def draft_change(
    kind: str, key: str, file: str, *, before: str, after: str, note: str = "", by: User, at: datetime
) -> PackChange:
    """
    Keep a change of one row as a draft. It may break the pack: only publishing asks the checks.

    :raises NothingChanged: if the row would stay as it is.
    """
    if before == after:
        raise NothingChanged
    change = PackChange.objects.create(
        kind=kind, key=key, file=file, before=before, after=after, note=note, written_by=by, written_at=at
    )
    change.writers.add(by)
    record_event("place.change.drafted", by=by, about=change, at=at, kind=kind, row=key)
    return change


@transaction.atomic
def revise_change(
    change: PackChange, *, before: str, after: str, note: str, version: int, by: User, at: datetime
) -> PackChange:
    """
    Save a draft once more. Whoever saved it counts among its writers, and can no longer approve it.

    :raises NothingChanged: if the row would stay as it is.
    :raises DraftMoved: if somebody saved it since this version of it was opened.
    """
    if before == after:
        raise NothingChanged
    seen = PackChange.objects.waiting().filter(pk=change.pk, version=version)
    new = {"before": before, "after": after, "note": note, "version": version + 1, "written_at": at}
    if not seen.update(**new):
        raise DraftMoved
    change.writers.add(by)
    change.refresh_from_db()
    record_event("place.change.drafted", by=by, about=change, at=at, kind=change.kind, row=change.key)
    return change


@transaction.atomic
def discard_change(change: PackChange, *, by: User, at: datetime) -> None:
    """
    Put a draft away. It stays in the history and can be brought back.

    :raises DraftMoved: if it has been decided already.
    """
    done = {"status": PackChange.Status.DISCARDED, "decided_by": by, "decided_at": at}
    if not PackChange.objects.waiting().filter(pk=change.pk).update(**done):
        raise DraftMoved
    record_event("place.change.discarded", by=by, about=change, at=at, kind=change.kind, row=change.key)


def bring_back(change: PackChange, text: str, *, by: User, at: datetime) -> PackChange:
    """
    Draft a row as an earlier change had it: its text before or after that change.

    :raises NothingChanged: if it is so already.
    """
    from ginnel.config.changes.text import row_text

    now = row_text(current_files(), change.kind, change.key)
    note = f"As in change {change.pk}"
    return draft_change(change.kind, change.key, change.file, before=now, after=text, note=note, by=by, at=at)


def reasons_against(change: PackChange, user: User) -> list[str]:
    """Why this person cannot publish this change, whatever the checks say. One query."""
    return reasons_not_to_publish_change(
        status=change.status,
        may_publish=user.has_perm(PUBLISH),
        wrote_it=change.writers.filter(pk=user.pk).exists(),
    )


@transaction.atomic
def people_to_tell(change: PackChange, *, at: datetime) -> list[User]:
    """Those who may approve a draft and have not been written to about it: nobody who saved it. The second time nobody."""
    if not PackChange.objects.waiting().filter(pk=change.pk, told_at__isnull=True).update(told_at=at):
        return []
    app, codename = PUBLISH.split(".")
    may = Permission.objects.filter(codename=codename, content_type__app_label=app)
    people = User.objects.filter(
        Q(is_superuser=True) | Q(user_permissions__in=may) | Q(groups__permissions__in=may), is_active=True
    )
    return list(people.exclude(pk__in=change.writers.values("pk")).distinct().order_by("pk"))


def publish_changes(changes: Sequence[PackChange], *, by: User, at: datetime) -> Trial:
    """
    Write drafts into the pack together, after its checks, and load it.

    :raises CannotPublish: if this person may not, a check fails, a row was changed since, or somebody else was quicker.
    """
    reasons = list(dict.fromkeys(reason for change in changes for reason in reasons_against(change, by)))
    if reasons:
        raise CannotPublish(reasons)
    trial = attempt(changes)
    if not trial.sound or trial.pack is None:
        raise CannotPublish(problems=trial.problems, moved=trial.moved)
    with transaction.atomic():
        # Two people at once, here or on another machine: only one UPDATE finds the pack as its checks found it.
        if not Place.objects.filter(pack_digest=trial.base).update(pack_digest=trial.digest):
            raise CannotPublish([MEANWHILE])
        if current_files() != trial.before:
            raise CannotPublish([MEANWHILE])
        for change in changes:
            done = {"status": PackChange.Status.PUBLISHED, "decided_by": by, "decided_at": at}
            # The version, so that what is published is what was checked and shown.
            if not PackChange.objects.waiting().filter(pk=change.pk, version=change.version).update(**done):
                raise CannotPublish(["Somebody else has just saved or decided it: look at it again"])
            record_event("place.change.published", by=by, about=change, at=at, kind=change.kind, row=change.key)
        put_in_place(trial.pack, trial.files, digest=trial.digest, at=at)
    rebuild_engine()
    return trial


MEANWHILE = "Somebody else has just changed the pack: try again"
