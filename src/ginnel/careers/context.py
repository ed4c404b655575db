"""How many roles the visitor has put aside, for the header."""

from typing import Any

from django.http import HttpRequest


def shortlist(request: HttpRequest) -> dict[str, Any]:
    """`shortlisted`: slugs of the roles on this visitor's list. Reads the session only when a template asks."""
    return {"shortlisted": lambda: request.session.get("shortlist", []) if hasattr(request, "session") else []}
