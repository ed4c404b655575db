"""The place's own name, words and colours, for every template."""

from typing import Any

from django.http import HttpRequest

from ginnel.places.queries import current_place


def place(request: HttpRequest) -> dict[str, Any]:
    """`place`: the settings of the place pack in use."""
    return {"place": current_place()}
