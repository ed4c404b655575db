"""What every template is told about the reader's language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi


def language(request: HttpRequest) -> dict[str, Any]:
    """
    `language`: the page's `code` ("en", "pl", "ar") and `dir`, whether the page is `translated`, and the `choices` as (code, name, chosen).

    `english` are the attributes of an element whose words are English on a translated page.
    A page without a request (an e-mail) has no choices.
    """
    code = (get_language() or settings.LANGUAGE_CODE)[:2]
    wanted = getattr(request, "wanted_language", None)
    return {
        "language": {
            "code": code,
            "dir": "rtl" if get_language_bidi() else "ltr",
            "translated": code != "en",
            "not_in": wanted,
            "english": mark_safe(' lang="en" dir="ltr"') if code != "en" else "",
            "choices": [
                (full, name, full[:2] == (wanted or code))
                for full, name in settings.LANGUAGES
                if len(settings.LANGUAGES) > 1
            ],
        }
    }
