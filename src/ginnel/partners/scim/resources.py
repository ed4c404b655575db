"""
What we serve under /scim/v2: the part of RFC 7643's people and groups that Ginnel has a use for.

Photographs, private addresses, telephone numbers, passwords and the like are not here: what a directory sends of them is dropped
unread, as the policy of the provider says.
"""

from typing import Annotated, Any, ClassVar

from pydantic import EmailStr, Field
from scim2_models import (
    URN,
    AnyExtension,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    ExtensibleStringEnum,
    Extension,
    External,
    Filter,
    Meta,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

MOST_RESULTS = 500
"""Resources on one page of a search."""
BULK_OPERATIONS = 500
"""Operations in one bulk request."""
BULK_BYTES = 1_000_000
"""Size of a request. Unit: bytes. Not more than Django's DATA_UPLOAD_MAX_MEMORY_SIZE."""


class Name(ComplexAttribute):
    """A person's name in parts."""

    formatted: str | None = Field(default=None, max_length=200)
    family_name: str | None = Field(default=None, max_length=100)
    given_name: str | None = Field(default=None, max_length=100)


class Email(ComplexAttribute):
    """One e-mail address."""

    class Type(ExtensibleStringEnum):
        """What kind of address."""

        work = "work"
        home = "home"
        other = "other"

    value: EmailStr | None = Field(default=None, max_length=254)
    type: Type | None = None
    primary: bool | None = None


class GroupOfPerson(ComplexAttribute):
    """A group a person is in: told, not taken."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        default=None, serialization_alias="$ref", validation_alias="$ref"
    )
    display: Annotated[str | None, Mutability.read_only] = None


class User(Resource[AnyExtension]):
    """A person as the directory knows them."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = Field(default=None, max_length=254)
    name: Name | None = None
    display_name: str | None = Field(default=None, max_length=200)
    title: str | None = Field(default=None, max_length=120)
    active: bool | None = None
    emails: list[Email] | None = Field(default=None, max_length=20)
    groups: Annotated[list[GroupOfPerson] | None, Mutability.read_only] = None

    Name: ClassVar[type[ComplexAttribute]] = Name
    Emails: ClassVar[type[ComplexAttribute]] = Email
    Groups: ClassVar[type[ComplexAttribute]] = GroupOfPerson


class Manager(ComplexAttribute):
    """Who manages a person: the id of another person of the same directory."""

    value: Annotated[str | None, CaseExact.true] = None
    ref: Reference["User"] | None = Field(default=None, serialization_alias="$ref", validation_alias="$ref")
    display_name: Annotated[str | None, Mutability.read_only] = None


class EnterpriseUser(Extension):
    """What an employer adds."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    employee_number: str | None = Field(default=None, max_length=60)
    department: str | None = Field(default=None, max_length=120)
    manager: Manager | None = None


class GroupMember(ComplexAttribute):
    """A person in a group."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(
        default=None, serialization_alias="$ref", validation_alias="$ref"
    )
    type: Annotated[str | None, Mutability.immutable] = Field(default=None, examples=["User"])


class Group(Resource[Any]):
    """A group of people."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = Field(default=None, max_length=200)
    members: list[GroupMember] | None = None

    Members: ClassVar[type[ComplexAttribute]] = GroupMember


POLICY = ScimPolicy(
    # Directories send more than we keep, and in more ways than the RFC knows: Entra ID in particular.
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)

PROVIDER = ScimProvider(
    models=[User, EnterpriseUser, Group],
    resource_types=[
        ResourceType.from_resource(User[EnterpriseUser]),
        ResourceType.from_resource(Group),
    ],
    config=ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=True, max_operations=BULK_OPERATIONS, max_payload_size=BULK_BYTES),
        filter=Filter(supported=True, max_results=MOST_RESULTS),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=ETag(supported=True),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Key of the organisation's directory",
                description="A key made by an administrator of the organisation, sent as a bearer token (RFC 6750)",
                spec_uri=Reference[External]("https://datatracker.ietf.org/doc/html/rfc6750"),
                primary=True,
            )
        ],
        meta=Meta(resource_type="ServiceProviderConfig"),
    ),
    policy=POLICY,
)
