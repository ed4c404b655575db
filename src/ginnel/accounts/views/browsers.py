"""Where I am signed in, and signing out from afar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ginnel.accounts.commands import end_browser, end_other_browsers
from ginnel.accounts.models import SignedInBrowser
from ginnel.accounts.people import signed_in


@require_safe
@never_cache
@login_required
def browsers(request: HttpRequest) -> HttpResponse:
    """Every browser this person is signed in with."""
    found = list(SignedInBrowser.objects.of_person(signed_in(request)).live(timezone.now()))
    context = {"browsers": found, "here": request.session.session_key}
    return render(request, "accounts/sessions.html", context)


@require_POST
@never_cache
@login_required
def browser_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one of them out. Needs no fresh sign-in: whoever has lost a phone should lose no time."""
    user = signed_in(request)
    browser = get_object_or_404(SignedInBrowser.objects.of_person(user), pk=pk)
    end_browser(browser, by=user, at=timezone.now())
    messages.success(request, _("%(device)s is signed out.") % {"device": browser.device})
    return redirect("accounts:sessions")


@require_POST
@never_cache
@login_required
def browsers_end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user = signed_in(request)
    count = end_other_browsers(user, keep=str(request.session.session_key), by=user, at=timezone.now())
    messages.success(
        request,
        ngettext(
            "Signed out in %(count)s other place. Here you are still signed in.",
            "Signed out in %(count)s other places. Here you are still signed in.",
            count,
        )
        % {"count": count},
    )
    return redirect("accounts:sessions")
