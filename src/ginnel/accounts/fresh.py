"""
A fresh sign-in before acts that could hurt: `@fresh_sign_in`.

For every area: deleting, downloading, changing how one signs in, giving away power. Whoever signed in some minutes ago passes; anybody
else shows first that it is still them, in the strongest way they have, and comes back.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

FRESH_MINUTES = 10
_KEY = "fresh_at"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def fresh_sign_in(view: View[P]) -> View[P]:
    """
    Let only people in who have shown in the last ten minutes that it is them.

    A form that was open for longer is asked for again: the way back leads to the page, not to the form's answer.
    """

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_fresh(request):
            return HttpResponseRedirect(f"{reverse('accounts:confirm')}?{urlencode({'next': _page_of(request)})}")
        return view(request, *args, **kwargs)

    return checked


def _page_of(request: HttpRequest) -> str:
    """The page asked for; for a form that was sent, the page it stands on, if the browser says so: its answer may be no page."""
    came_from = request.headers.get("Referer", "")
    if request.method == "POST" and url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()


def is_fresh(request: HttpRequest) -> bool:
    """Whether this person has shown in the last minutes, in this browser, that it is them."""
    return time.time() - float(request.session.get(_KEY, 0)) < FRESH_MINUTES * 60


def mark_fresh(request: HttpRequest) -> None:
    """The person has just shown that it is them."""
    request.session[_KEY] = time.time()
