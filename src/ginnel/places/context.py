"""The place's own name, words and colours, for every template."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ginnel.core.words import english
from ginnel.places.queries import PlaceSettings, current_place


def help_link(found: PlaceSettings) -> SafeString:
    """Whom to ask, as HTML."""
    if found.help_email:
        return format_html('<a href="mailto:{}">{}</a>', found.help_email, english(found.help_name))
    return format_html("{}", english(found.help_name))


def place(request: HttpRequest) -> dict[str, Any]:
    """
    `place`: the settings of the place pack in use; `help_link`: whom to ask, with the address where there is one.

    `in_place`: "in Leeds"; on a page in another language the bare name, as its own words say where.
    """
    found = current_place()
    name = english(found.name)
    return {
        "place": found,
        "help_link": help_link(found),
        "in_place": found.in_place if name == found.name else name,
    }
