"""Small pieces every request passes through."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language
from django_structlog.middlewares import RequestMiddleware

from ginnel.core.words import FROM, TO

_FROM = FROM.encode()
# The link of a kept list: whoever reads it could open the list.
_SECRET = re.compile(r"(?<=/list/)[A-Za-z0-9_-]{20,}")


class PrivateRequestLog(RequestMiddleware):
    """One log line a request, without its query and without secret links: people type their lives into search boxes."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {_SECRET.sub('…', request.path)}"


def english_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """
    Pages under `ENGLISH_ONLY` are made in English whatever the reader chose, so that their language and direction are true.

    `request.wanted_language` then holds what the reader would rather read.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = (get_language() or "en")[:2]
        if chosen != "en" and request.path_info.startswith(tuple(settings.ENGLISH_ONLY)):
            request.wanted_language = chosen  # type: ignore[attr-defined]
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            activate(settings.LANGUAGE_CODE)
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])  # the choice of a language is in one
        return response

    return middleware


# A title, an option and a text field hold no elements, so there the marks stay; what is inside a tag stays as it is.
_MARKED = re.compile(
    rf"<option\b([^>]*)>{FROM}([^{TO}<]*){TO}</option>"
    rf"|<(title|textarea|script|style|option)\b.*?</\3>"
    r"|<[^>]*>"
    rf"|{FROM}([^{FROM}{TO}<]*){TO}",
    re.DOTALL,
)


def marked_english(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make elements with `lang="en"` of what `core.words.english` has marked, so that a screen reader says it as English."""

    def element(found: re.Match[str]) -> str:
        if (words := found[4]) is not None:
            return f'<bdi lang="en">{words}</bdi>'
        if (words := found[2]) is not None:
            return f'<option lang="en" dir="ltr"{found[1]}>{words}</option>'
        return found[0]

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        if page and _FROM in response.content:
            response.content = _MARKED.sub(element, response.content.decode()).encode()
        return response

    return middleware


def plain_errors(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a request that is too large, or not text at all, with a page that says so instead of a bare 400."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # A zero byte is never typed by a person, and PostgreSQL cannot hold one.
        try:
            values = [*request.GET.values(), *(request.POST.values() if request.method == "POST" else ())]
        except (RequestDataTooBig, TooManyFieldsSent):
            return render(request, "413.html", status=413)
        if any("\x00" in str(value) for value in values) or "\x00" in request.path:
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware
