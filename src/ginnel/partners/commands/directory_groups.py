"""Groups of an organisation's directory, and the roles they give."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from unicodedata import normalize

from django.db import transaction

from ginnel.accounts.models import User
from ginnel.events.commands import record_event
from ginnel.partners.commands.people import CannotChangeRoles, set_roles
from ginnel.partners.models import DirectoryGroup, DirectoryPerson, Organisation, Role
from ginnel.partners.rules import reasons_not_to_give_roles, roles_by_directory


class GroupMistake(Exception):
    """The group names somebody who is not in this directory."""


class GroupChanged(Exception):
    """The group has been changed since it was read."""


@transaction.atomic
def add_directory_group(
    organisation: Organisation, display_name: str, people: Collection[uuid.UUID], *, external_id: str = "", at: datetime
) -> DirectoryGroup:
    """
    The directory tells of a group. It gives no role until an administrator says so.

    :raises GroupMistake: if one of the people is not in this directory.
    """
    group = DirectoryGroup.objects.create(
        organisation=organisation,
        display_name=display_name,
        display_name_key=_key(display_name),
        external_id=external_id,
        created_at=at,
        changed_at=at,
    )
    group.people.set(_people(organisation, people))
    record_event("partners.directory.group_added", by=None, about=group, at=at, organisation=organisation.pk)
    return group


@transaction.atomic
def change_directory_group(
    group: DirectoryGroup,
    display_name: str,
    people: Collection[uuid.UUID],
    *,
    external_id: str = "",
    expected_version: int | None = None,
    at: datetime,
) -> DirectoryGroup:
    """
    The directory tells anew all of a group. Saying the same again changes nothing.

    :raises GroupChanged: if the group is not at the version the directory read.
    :raises GroupMistake: if one of the people is not in this directory.
    :raises CannotChangeRoles: if nobody would be administrator any more.
    """
    before = set(group.people.values_list("pk", flat=True))
    fields = {"display_name": display_name, "external_id": external_id}
    if before == set(people) and all(getattr(group, name) == value for name, value in fields.items()):
        return group
    wanted = _people(group.organisation, set(people) - before)
    version = expected_version if expected_version is not None else group.version
    same = DirectoryGroup.objects.filter(pk=group.pk, version=version)
    if not same.update(**fields, display_name_key=_key(display_name), version=version + 1, changed_at=at):
        raise GroupChanged
    group.refresh_from_db()
    moved = before ^ set(people)
    group.people.remove(*group.people.filter(pk__in=before - set(people)))
    group.people.add(*wanted)
    if group.gives_role:
        give_group_roles(DirectoryPerson.objects.filter(pk__in=moved), at=at)
    record_event(
        "partners.directory.group_changed",
        by=None,
        about=group,
        at=at,
        organisation=group.organisation_id,
        people=len(set(people)),
    )
    return group


@transaction.atomic
def remove_directory_group(group: DirectoryGroup, *, expected_version: int | None = None, at: datetime) -> None:
    """
    The directory has dissolved a group: its people lose the role it gave.

    :raises GroupChanged: if the group is not at the version the directory read.
    :raises CannotChangeRoles: if nobody would be administrator any more.
    """
    if expected_version is not None and group.version != expected_version:
        raise GroupChanged
    people, role = list(group.people.all()), group.gives_role
    record_event("partners.directory.group_removed", by=None, about=group, at=at, organisation=group.organisation_id)
    group.delete()
    if role:
        give_group_roles(people, at=at, let_go={role})


@transaction.atomic
def set_group_role(group: DirectoryGroup, role: str, *, by: User, at: datetime) -> None:
    """
    Say which role a group of the directory gives; empty: none. From now on that role is the directory's to give and to take.

    :raises CannotChangeRoles: for a role that does not exist, or if nobody would be administrator any more.
    """
    if role and (reasons := reasons_not_to_give_roles([role], Role.values)):
        raise CannotChangeRoles(*reasons)
    before = group.gives_role
    if before == role:
        return
    DirectoryGroup.objects.filter(pk=group.pk).update(gives_role=role)
    group.gives_role = role
    everybody = DirectoryPerson.objects.filter(organisation=group.organisation_id, membership__isnull=False)
    give_group_roles(everybody, at=at, by=by, let_go={before} - {""})
    record_event(
        "partners.directory.group_role_set", by=by, about=group, at=at, organisation=group.organisation_id, role=role
    )


def give_group_roles(
    people: Iterable[DirectoryPerson], *, at: datetime, by: User | None = None, let_go: Collection[str] = ()
) -> None:
    """
    Give and take the roles that the groups of the directory give. `let_go`: roles that a group gave until now.

    :raises CannotChangeRoles: if nobody would be administrator any more.
    """
    keys = [person.pk for person in people]
    found = (
        DirectoryPerson.objects.filter(pk__in=keys, membership__left_at__isnull=True, membership__isnull=False)
        .select_related("membership__user", "membership__organisation")
        .prefetch_related("membership__roles", "groups")
    )
    managed: set[str] | None = None
    given = []
    for person in found:
        if managed is None:
            groups = DirectoryGroup.objects.filter(organisation=person.organisation_id).exclude(gives_role="")
            managed = set(groups.values_list("gives_role", flat=True)) | set(let_go)
        if not managed:
            return
        assert person.membership is not None
        held = {row.role for row in person.membership.roles.all()}
        through = {group.gives_role for group in person.groups.all() if group.gives_role}
        wanted = roles_by_directory(held, through_groups=through, managed=managed)
        if wanted != held:
            given.append((bool(held - wanted), person.membership, wanted))
    # Roles are given before others are taken: an organisation may change its one administrator in one step.
    for _, membership, wanted in sorted(given, key=lambda change: change[0]):
        set_roles(membership, wanted, by=by, at=at)


def _people(organisation: Organisation, wanted: Collection[uuid.UUID]) -> list[DirectoryPerson]:
    found = list(DirectoryPerson.objects.filter(organisation=organisation, pk__in=list(wanted)))
    if len(found) != len(set(wanted)):
        raise GroupMistake("members: one of them is not the id of a person in this directory")
    return found


def _key(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).lower())
