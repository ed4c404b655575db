"""Where the SCIM server reads and writes: one organisation's directory, and nothing else."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from scim2_models import (
    ConflictException,
    InvalidValueException,
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    ScimFilter,
    SearchRequest,
    TooManyException,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage
from scim2_server.utils import parametrize

from ginnel.partners.commands.directory import (
    DirectoryChanged,
    DirectoryConflict,
    DirectoryMistake,
    add_directory_person,
    change_directory_person,
    remove_directory_person,
)
from ginnel.partners.commands.directory_groups import (
    GroupChanged,
    GroupMistake,
    add_directory_group,
    change_directory_group,
    remove_directory_group,
)
from ginnel.partners.commands.people import CannotChangeRoles
from ginnel.partners.models import DirectoryGroup, DirectoryPerson, Organisation
from ginnel.partners.scim.narrow import narrow
from ginnel.partners.scim.translate import an_id, group_resource, number_of, person_resource, said_of, version_of

MOST_COMPARED = 10_000
"""Resources that one search may look at by the filter itself, or sort. More, and it is asked to be narrower."""

Row = DirectoryPerson | DirectoryGroup


class DirectoryStorage(ScimStorage):
    """The directory of one organisation. `clock` says the time of a write."""

    def __init__(self, organisation: Organisation, clock: Callable[[], datetime]) -> None:
        self.organisation, self.clock = organisation, clock

    def operation(self) -> AbstractContextManager[None]:
        """One transaction for each operation: a bulk request that fails half-way keeps what was right, as the RFC says."""
        return cast(AbstractContextManager[None], transaction.atomic())

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        with_members = _wants_members(response_parameters)
        rows = self._rows(resource_type, with_members=with_members)
        return _resource(self._row(rows, resource_id), with_members=with_members)

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        start = search_request.start_index_0 or 0
        stop = None if search_request.count is None else start + search_request.count
        plain = search_request.filter is None and search_request.sort_by is None
        with_members = _wants_members(search_request) or not plain
        if plain and len(resource_types) == 1:
            rows = self._rows(resource_types[0], with_members=with_members).order_by("created_at", "pk")
            page = [_resource(row, with_members=with_members) for row in rows[start:stop]]
            return SearchPage(rows.order_by().count(), page)
        found = list(self._matching(resource_types, search_request.filter))
        if search_request.sort_by is not None:
            found = search_request.sort(found)
        return SearchPage(len(found), found[start:stop])

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        row: Row
        with _refusals():
            if resource_type.name == "User":
                row = add_directory_person(self.organisation, said_of(resource), at=self.clock())
            else:
                name, external_id, people = _group_said(resource)
                row = add_directory_group(self.organisation, name, people, external_id=external_id, at=self.clock())
        return self.get(resource_type, str(row.pk))

    def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        row = self._row(self._rows(resource_type), cast(str, resource.id))
        expected = self._expected(row, expected_version)
        with _refusals():
            if isinstance(row, DirectoryPerson):
                change_directory_person(row, said_of(resource), expected_version=expected, at=self.clock())
            else:
                name, external_id, people = _group_said(resource)
                change_directory_group(
                    row, name, people, external_id=external_id, expected_version=expected, at=self.clock()
                )
        return self.get(resource_type, str(row.pk))

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        row = self._row(self._rows(resource_type), resource_id)
        expected = self._expected(row, expected_version)
        with _refusals():
            if isinstance(row, DirectoryPerson):
                remove_directory_person(row, expected_version=expected, at=self.clock())
            else:
                remove_directory_group(row, expected_version=expected, at=self.clock())

    @staticmethod
    def _expected(row: Row, version: str | None) -> int | None:
        """
        The number of our version that the directory has read.

        :raises PreconditionFailedException: if the row is at another one already.
        """
        if version is not None and version != version_of(row):
            raise PreconditionFailedException
        return number_of(version)

    def _rows(self, resource_type: ResourceType, *, with_members: bool = True) -> QuerySet[Any]:
        if resource_type.name == "User":
            return (
                DirectoryPerson.objects.filter(organisation=self.organisation)
                .select_related("membership__user", "membership__organisation", "manager__membership", "organisation")
                .prefetch_related(Prefetch("groups", DirectoryGroup.objects.order_by("display_name_key", "pk")))
            )
        rows = DirectoryGroup.objects.filter(organisation=self.organisation).select_related("organisation")
        if not with_members:
            return rows
        people = DirectoryPerson.objects.only("pk").order_by("created_at", "pk")
        return rows.prefetch_related(Prefetch("people", people))

    @staticmethod
    def _row(rows: QuerySet[Any], resource_id: str) -> Row:
        try:
            row: Row | None = rows.filter(pk=uuid.UUID(resource_id)).first()
        except (ValueError, TypeError, AttributeError):
            row = None
        if row is None:
            raise NotFoundException(detail="This directory has nothing with that id")
        return row

    def _matching(self, kinds: list[ResourceType], scim_filter: ScimFilter[Any] | None) -> Iterator[Resource[Any]]:
        """
        Every resource the filter keeps, oldest first.

        :raises TooManyException: if it would have to look at more than it may.
        """
        looked = 0
        for kind in kinds:
            rows = self._rows(kind).filter(narrow(scim_filter, str(kind.name))).order_by("created_at", "pk")
            looked += rows.order_by().count()
            if looked > MOST_COMPARED:
                raise TooManyException(detail=f"More than {MOST_COMPARED} would be compared: narrow the filter")
            for row in rows:
                resource = _resource(row, with_members=True)
                if scim_filter is None or _of_its_own(scim_filter, resource).match(resource):
                    yield resource


def _of_its_own(scim_filter: ScimFilter[Any], resource: Resource[Any]) -> ScimFilter[Any]:
    """A filter at the root knows several kinds of resource; `match` asks about one."""
    if len(scim_filter.models) == 1:
        return scim_filter
    bound: ScimFilter[Any] = parametrize(ScimFilter, type(resource))(str(scim_filter))
    return bound


def _resource(row: Row, *, with_members: bool) -> Resource[Any]:
    return person_resource(row) if isinstance(row, DirectoryPerson) else group_resource(row, with_members=with_members)


def _wants_members(asked: ResponseParameters[Any] | None) -> bool:
    """Whether the people of groups are wanted at all: directories often ask for groups without them."""
    left_out = {str(path).casefold() for path in (asked.excluded_attributes or [])} if asked else set()
    return "members" not in left_out


def _group_said(resource: Any) -> tuple[str, str, list[uuid.UUID]]:
    name, external_id = resource.display_name or "", resource.external_id or ""
    if not name.strip() or len(name) > 200 or len(external_id) > 200:
        raise InvalidValueException(detail="displayName must have 1 to 200 characters, externalId at most 200")
    people = [an_id(member.value, "members") for member in resource.members or []]
    return name, external_id, list(dict.fromkeys(people))


@contextmanager
def _refusals() -> Iterator[None]:
    """Our reasons as SCIM errors."""
    try:
        yield
    except DirectoryConflict as error:
        raise UniquenessException(detail=str(error)) from error
    except (DirectoryMistake, GroupMistake) as error:
        raise InvalidValueException(detail=str(error)) from error
    except (DirectoryChanged, GroupChanged) as error:
        raise PreconditionFailedException from error
    except CannotChangeRoles as error:
        raise ConflictException(detail=" ".join(map(str, error.args))) from error
