"""The door of the back office."""

from collections.abc import Callable

from csp.constants import HEADER
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponse

OFFICE = "/office/"


def office_door(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """
    Nobody without the right to be there sees anything under /office/, its own sign-in page included.

    Strangers go to our sign-in; a signed-in person who is no editor gets our page "You cannot open this page", not a loop.
    Answers from there carry a looser policy than public pages: `OFFICE_CONTENT_SECURITY_POLICY` says what for.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(OFFICE):
            return get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return _refuse(request)
        response = get_response(request)
        # A preview is made by the page itself, with the policy of a public page.
        response.headers.pop(HEADER, None)
        response._csp_config = settings.OFFICE_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def _refuse(request: HttpRequest) -> HttpResponse:
    from ginnel.site.views import permission_denied

    return permission_denied(request, PermissionDenied())
