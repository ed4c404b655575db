"""The first line of every page about an organisation: may this person, and which organisation is it."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ginnel.accounts.commands import record_list_read
from ginnel.accounts.models import User
from ginnel.partners.models import Membership, Organisation
from ginnel.partners.permissions import Act, may


def person_of(request: HttpRequest) -> User:
    """The signed-in person. Only for views behind `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def person_for(request: HttpRequest, act: Act) -> User:
    """
    The signed-in person, who may do this in the whole partnership. Only for views behind `login_required`.

    :raises Http404: for everybody else.
    """
    if not may(request.user, act):
        raise Http404
    return person_of(request)


def note_reads(people: Iterable[Membership], place: Organisation, purpose: str, *, by: User) -> None:
    """Each of these people sees on their own page who had a list with them in it, once a day."""
    record_list_read(
        [one.user_id for one in people],
        by=by,
        purpose=purpose,
        at=timezone.now(),
        organisation=place.pk,
        organisation_name=place.name,
    )


def organisation_for(request: HttpRequest, act: Act, organisation: int) -> Organisation:
    """
    The organisation with whose things the person may do this.

    :raises Http404: for everybody else, so that nobody learns what there is.
    """
    if not may(request.user, act, organisation):
        raise Http404
    return get_object_or_404(Organisation.objects.partners(), pk=organisation)
