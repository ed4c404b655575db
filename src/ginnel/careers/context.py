"""Which roles the visitor has put aside, for the header and the buttons on cards."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ginnel.careers.shortlists import Visitor, listed_slugs


def shortlist(request: HttpRequest) -> dict[str, Any]:
    """`shortlisted`: slugs of the roles on this visitor's list. Read once, and only when a template asks."""
    if not hasattr(request, "session"):  # an error before the session was opened
        return {"shortlisted": []}
    return {"shortlisted": SimpleLazyObject(lambda: listed_slugs(Visitor.of(request)))}
