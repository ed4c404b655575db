"""Rows of ours as SCIM resources, and SCIM resources as what the directory said."""

import uuid
from typing import Any, cast

from scim2_models import InvalidValueException, Meta, Reference, Resource

from ginnel.partners.commands.directory import Said
from ginnel.partners.models import DirectoryGroup, DirectoryPerson
from ginnel.partners.scim.resources import (
    PROVIDER,
    Email,
    EnterpriseUser,
    Group,
    GroupMember,
    GroupOfPerson,
    Manager,
    Name,
    User,
)

PersonResource: Any = PROVIDER.model_for("User")
_LONGEST = {
    "user_name": 254, "external_id": 200, "display_name": 200, "formatted_name": 200, "given_name": 100, "family_name": 100,
    "job_title": 120, "staff_number": 60, "department": 120,
}  # fmt: skip


def is_active(person: DirectoryPerson) -> bool | None:
    """What the directory said (None: nothing), unless an administrator here has ended the membership since."""
    if person.active is not False and person.membership is not None and person.membership.left_at is not None:
        return False
    return person.active


def version_of(row: DirectoryPerson | DirectoryGroup) -> str:
    """The entity tag: of our version, and of the one thing that can change without it."""
    ended = isinstance(row, DirectoryPerson) and row.active != is_active(row)
    return f'W/"{row.version}{"e" if ended else ""}"'


def number_of(version: str | None) -> int | None:
    """The version an entity tag of ours stands for."""
    if version is None:
        return None
    digits = version.removeprefix("W/").strip('"').rstrip("e")
    return int(digits) if digits.isdecimal() else -1


def person_resource(person: DirectoryPerson) -> Resource[Any]:
    """A person as the directory told us. Nothing the person said of themselves is in it."""
    name = Name(
        formatted=person.formatted_name or None,
        given_name=person.given_name or None,
        family_name=person.family_name or None,
    )
    resource: User[EnterpriseUser] = PersonResource(
        id=str(person.pk),
        external_id=person.external_id or None,
        user_name=person.user_name,
        name=name if any((name.formatted, name.given_name, name.family_name)) else None,
        display_name=person.display_name or None,
        title=person.job_title or None,
        active=is_active(person),
        emails=[Email.model_construct(**email) for email in _typed(person.emails)] or None,
        groups=[
            GroupOfPerson(value=str(group.pk), ref=Reference[Group](f"Groups/{group.pk}"), display=group.display_name)
            for group in person.groups.all()
        ]
        or None,
        meta=_meta("User", person),
    )
    extension = EnterpriseUser(
        employee_number=person.staff_number or None,
        department=person.department or None,
        manager=Manager(
            value=str(person.manager_id),
            ref=Reference[User](f"Users/{person.manager_id}"),
            display_name=person.manager.display_name or None,
        )
        if person.manager
        else None,
    )
    if any((extension.employee_number, extension.department, extension.manager)):
        resource[EnterpriseUser] = extension
    return cast(Resource[Any], resource)


def group_resource(group: DirectoryGroup, *, with_members: bool = True) -> Resource[Any]:
    """A group, with its people unless they are not asked for."""
    members = None
    if with_members:
        members = [
            GroupMember(
                value=str(person.pk),
                ref=Reference[User](f"Users/{person.pk}"),
                type="User",
            )
            for person in group.people.all()
        ] or None
    return Group(
        id=str(group.pk),
        external_id=group.external_id or None,
        display_name=group.display_name,
        members=members,
        meta=_meta("Group", group),
    )


def said_of(resource: Any) -> Said:
    """
    What a resource says of a person.

    :raises InvalidValueException: for a value that is too long or no id.
    """
    name = resource.name or Name()
    more = resource[EnterpriseUser] or EnterpriseUser()
    said = Said(
        user_name=resource.user_name or "",
        external_id=resource.external_id or "",
        display_name=resource.display_name or "",
        formatted_name=name.formatted or "",
        given_name=name.given_name or "",
        family_name=name.family_name or "",
        job_title=resource.title or "",
        staff_number=more.employee_number or "",
        department=more.department or "",
        emails=[
            {key: value for key, value in _email(email).items() if value is not None}
            for email in resource.emails or []
            if email.value
        ],
        active=resource.active,
        manager_id=an_id(more.manager.value, "manager") if more.manager and more.manager.value else None,
    )
    for field, most in _LONGEST.items():
        if len(getattr(said, field)) > most:
            raise InvalidValueException(detail=f"{field} is longer than {most} characters")
    if not said.user_name.strip():
        raise InvalidValueException(detail="userName is empty")
    return said


def an_id(text: str | None, attribute: str) -> uuid.UUID:
    """:raises InvalidValueException: if it is no id of ours."""
    try:
        return uuid.UUID(text)
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidValueException(detail=f"{attribute}: is not the id of a person in this directory") from error


def _email(email: Any) -> dict[str, Any]:
    return {
        "value": str(email.value),
        "type": str(email.type.value if hasattr(email.type, "value") else email.type) if email.type else None,
        "primary": email.primary,
    }


def _typed(emails: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [email | ({"type": Email.Type(email["type"])} if email.get("type") else {}) for email in emails]


def _meta(name: str, row: DirectoryPerson | DirectoryGroup) -> Meta:
    return Meta(resource_type=name, created=row.created_at, last_modified=row.changed_at, version=version_of(row))
