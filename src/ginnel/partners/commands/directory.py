"""What an organisation's own directory says of its people: joiners, movers, leavers."""

import uuid
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from unicodedata import normalize

from django.db import IntegrityError, transaction

from ginnel.accounts.commands import account_for
from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.commands.directory_groups import give_group_roles
from ginnel.partners.commands.people import add_member, end_membership, set_line_manager
from ginnel.partners.models import DirectoryPerson, LineManagement, Membership, Organisation
from ginnel.partners.permissions import forget_standing
from ginnel.partners.rules import account_moves, directory_address, directory_name


class DirectoryConflict(Exception):
    """Somebody else in the organisation has this already. The arguments are the attribute and the reason, in words."""

    def __init__(self, attribute: str, reason: str) -> None:
        super().__init__(f"{attribute}: {reason}")
        self.attribute = attribute


class DirectoryMistake(Exception):
    """What the directory says cannot be: it names a person that is not in it. The argument says which."""


class DirectoryChanged(Exception):
    """The record has been changed since it was read."""


@dataclass(frozen=True, slots=True)
class Said:
    """All that a directory says of one person."""

    user_name: str
    external_id: str = ""
    display_name: str = ""
    formatted_name: str = ""
    given_name: str = ""
    family_name: str = ""
    job_title: str = ""
    staff_number: str = ""
    department: str = ""
    emails: list[dict[str, Any]] = field(default_factory=list)
    active: bool | None = None
    manager_id: uuid.UUID | None = None


def name_key(name: str) -> str:
    """A name as SCIM compares it: without case."""
    return normalize("NFC", normalize("NFC", name).lower())


@transaction.atomic
def add_directory_person(organisation: Organisation, said: Said, *, at: datetime) -> DirectoryPerson:
    """
    The directory tells of a person for the first time. They become a member if they are active and have an address.

    An account is opened if the address has none; one that is there is left as it is.

    :raises DirectoryConflict: if the user name, address or staff number is another person's in this organisation.
    :raises DirectoryMistake: if the manager is not in this directory.
    """
    _check_manager(organisation, said, None)
    record = DirectoryPerson(organisation=organisation, created_at=at, changed_at=at, **_fields(said))
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as taken:
        raise DirectoryConflict("userName", "is another person's in this directory") from taken
    record_event("partners.directory.person_added", by=None, about=record, at=at, organisation=organisation.pk)
    _follow(record, at=at, changed=set(asdict(said)))
    return record


@transaction.atomic
def change_directory_person(
    record: DirectoryPerson, said: Said, *, expected_version: int | None = None, at: datetime
) -> DirectoryPerson:
    """
    The directory tells anew all it knows of a person. Saying the same again changes nothing.

    :raises DirectoryChanged: if the record is not at the version the directory read.
    :raises DirectoryConflict: if the user name, address or staff number is another person's in this organisation.
    :raises DirectoryMistake: if the manager is not in this directory.
    """
    _check_manager(record.organisation, said, record.pk)
    fields = _fields(said)
    changed = {name for name, value in fields.items() if getattr(record, name) != value}
    if said.active is not False and record.membership and record.membership.left_at:
        changed.add("active")
    if not changed:
        return record
    version = expected_version if expected_version is not None else record.version
    same = DirectoryPerson.objects.filter(pk=record.pk, version=version)
    try:
        with transaction.atomic():
            # Two requests may come at once: only one finds the version it has read.
            if not same.update(**fields, version=version + 1, changed_at=at):
                raise DirectoryChanged
    except IntegrityError as taken:
        raise DirectoryConflict("userName", "is another person's in this directory") from taken
    record.refresh_from_db()
    record_event(
        "partners.directory.person_changed",
        by=None,
        about=record,
        at=at,
        organisation=record.organisation_id,
        fields=" ".join(sorted(changed)),
    )
    _follow(record, at=at, changed=changed)
    return record


@transaction.atomic
def remove_directory_person(record: DirectoryPerson, *, expected_version: int | None = None, at: datetime) -> None:
    """
    The directory has forgotten a person: they are no longer a member. Their account stays theirs.

    :raises DirectoryChanged: if the record is not at the version the directory read.
    """
    membership = record.membership
    found = DirectoryPerson.objects.filter(pk=record.pk)
    if expected_version is not None:
        found = found.filter(version=expected_version)
    if not found.exists():
        raise DirectoryChanged
    record_event("partners.directory.person_removed", by=None, about=record, at=at, organisation=record.organisation_id)
    found.delete()
    if membership is not None:
        end_membership(membership, by=None, at=at)


def _fields(said: Said) -> dict[str, Any]:
    return asdict(said) | {
        "user_name_key": name_key(said.user_name),
        "address": directory_address(said.user_name, said.emails),
    }


def _check_manager(organisation: Organisation, said: Said, own: uuid.UUID | None) -> None:
    if said.manager_id is None:
        return
    if said.manager_id == own:
        raise DirectoryMistake("manager: nobody manages themselves")
    if not DirectoryPerson.objects.filter(pk=said.manager_id, organisation=organisation).exists():
        raise DirectoryMistake("manager: is not the id of a person in this directory")


def _follow(record: DirectoryPerson, *, at: datetime, changed: set[str]) -> None:
    """Make the membership be what the record says."""
    membership = record.membership
    if record.active is False:
        if membership is not None and membership.left_at is None:
            end_membership(membership, by=None, at=at)
            record.membership = Membership.objects.get(pk=membership.pk)
        return
    if membership is None and not record.address:
        return
    new = membership is None or membership.left_at is not None
    try:
        with transaction.atomic():
            membership = _joined(record, at=at) if membership is None else _kept(record, membership, at=at)
            details = {name: getattr(record, name) for name in ("job_title", "staff_number") if name in changed}
            if not new and details:
                Membership.objects.filter(pk=membership.pk).update(**details)
    except IntegrityError as taken:
        raise DirectoryConflict("employeeNumber", "is another member's") from taken
    membership.refresh_from_db()
    record.membership = membership
    if new:
        give_group_roles([record], at=at)
    if new or "manager_id" in changed:
        _set_manager(record, at=at)
    if new:
        for managed in record.manages.select_related("membership", "manager__membership"):
            _set_manager(managed, at=at)


def _joined(record: DirectoryPerson, *, at: datetime) -> Membership:
    """The membership of the person with the record's address, who has an account from now on."""
    user = account_for(record.address, name=_name(record))
    return _link(record, user, at=at)


def _link(record: DirectoryPerson, user: User, *, at: datetime) -> Membership:
    taken = DirectoryPerson.objects.filter(organisation=record.organisation, membership__user=user)
    if taken.exclude(pk=record.pk).exists():
        raise DirectoryConflict("emails", "is the address of another person in this directory")
    membership = add_member(
        record.organisation,
        user,
        by=None,
        at=at,
        job_title=record.job_title,
        staff_number=record.staff_number,
    )
    DirectoryPerson.objects.filter(pk=record.pk).update(membership=membership)
    return membership


def _kept(record: DirectoryPerson, membership: Membership, *, at: datetime) -> Membership:
    """The same membership: begun again if it had ended, moved to another account while nobody has proven this one."""
    user = membership.user
    proven = user.is_proven()
    owns = not record.address or user.owns_address(record.address)
    if account_moves(proven=proven, owns_new_address=owns):
        user = _move(record, membership, at=at)
    elif not proven and not user.memberships.exclude(pk=membership.pk).exists() and _name(record):
        # Nobody but this directory has ever said who this is.
        User.objects.filter(pk=user.pk).update(name=_name(record)[:120])
    if membership.left_at is not None:
        return _link(record, user, at=at)
    return membership


def _move(record: DirectoryPerson, membership: Membership, *, at: datetime) -> User:
    before, user = membership.user, account_for(record.address, name=_name(record))
    if Membership.objects.filter(organisation=record.organisation, user=user).exists():
        raise DirectoryConflict("emails", "is the address of another member")
    Membership.objects.filter(pk=membership.pk).update(user=user)
    membership.user = user
    record_event(
        "partners.member.account_moved",
        by=None,
        about=membership,
        at=at,
        organisation=record.organisation_id,
        person=user.pk,
        before=before.pk,
    )
    for person in (before, user):
        forget_standing(person)
    return user


def _name(record: DirectoryPerson) -> str:
    return directory_name(
        display=record.display_name,
        formatted=record.formatted_name,
        given=record.given_name,
        family=record.family_name,
    )


def _set_manager(record: DirectoryPerson, *, at: datetime) -> None:
    person, manager = record.membership, record.manager.membership if record.manager else None
    if person is None or person.left_at:
        return
    if manager is not None and manager.left_at:
        manager = None
    now = list(LineManagement.objects.filter(person=person).values_list("manager_id", flat=True))
    if now != ([manager.pk] if manager else []):
        set_line_manager(person, manager, by=None, at=at)
