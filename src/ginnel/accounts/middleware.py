"""Keeps being signed in within its limits, at every request."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ginnel.accounts import keeping
from ginnel.accounts.commands import end_session
from ginnel.accounts.models import User

# Pages for everybody, and those on which the second step is set up.
_OPEN = {"accounts", "site", "careers"}
_OPEN_NAMES = ("account_", "mfa_", "wagtail_serve")


class KeepSignedIn:
    """
    Ends a staff session that is too old or was left alone; keeps the list of signed-in browsers true; sends those who must have a
    second step to set it up before any page of an organisation. Costs a query only once in five minutes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and keeping.KEY in request.session
        if signed_in and isinstance(request.user, User):
            if keeping.is_over(request.session[keeping.KEY]):
                end_session(str(request.session.session_key))
                logout(request)
                messages.info(request, "You were signed out, because you were away or signed in for a long time.")
            elif not keeping.look_again(request, request.user):
                logout(request)
        response = self.get_response(request)
        if request.session.accessed and keeping.KEY in request.session and isinstance(request.user, User):
            # A password was changed, or somebody signed in: the session may have a new key.
            keeping.look_again(request, request.user)
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.namespace in _OPEN or (match.url_name or "").startswith(_OPEN_NAMES):
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or keeping.KEY not in request.session:
            return None
        if isinstance(request.user, User) and keeping.lacks_second_factor(request, request.user):
            messages.info(request, "Your organisation asks for a second step when you sign in. Set one up to carry on.")
            return redirect("mfa_index")
        return None
