"""My data: what happened, what I agreed to, what is kept and how long."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ginnel.accounts.models import Consent
from ginnel.accounts.people import signed_in
from ginnel.accounts.privacy import queries
from ginnel.accounts.privacy.retention import table
from ginnel.accounts.profile.commands import withdraw_consent
from ginnel.events.queries import BadPlace, Place


@require_safe
@never_cache
@login_required
def timeline(request: HttpRequest) -> HttpResponse:
    """What happened to me and what I did, newest first."""
    try:
        after = Place.read(request.GET["after"]) if "after" in request.GET else None
    except BadPlace as wrong:
        raise Http404 from wrong
    lines, older = queries.timeline(signed_in(request), after=after)
    rows = [
        {
            "key": {"text": date_format(timezone.localtime(line.event.at), "j E Y, H:i")},
            "value": {"text": line.sentence},
        }
        for line in lines
    ]
    return render(request, "accounts/timeline.html", {"rows": rows, "older": older, "later_page": after is not None})


@require_safe
@never_cache
@login_required
def consents(request: HttpRequest) -> HttpResponse:
    """What I agreed to, with a button to take each back."""
    return render(request, "accounts/consents.html", {"consents": queries.consents(signed_in(request))})


@require_POST
@login_required
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back. Somebody else's is not found."""
    user = signed_in(request)
    consent = get_object_or_404(Consent.objects.of_person(user), pk=pk)
    withdraw_consent(consent, by=user, at=timezone.now())
    messages.success(request, _("You have taken it back. What we kept for it is deleted."))
    return redirect("accounts:consents")


@require_safe
def what_we_keep(request: HttpRequest) -> HttpResponse:
    """The retention table, for everybody."""
    rows = [
        [
            {"text": row.what},
            {"text": row.why[:1].upper() + row.why[1:]},
            {"text": row.until[:1].upper() + row.until[1:]},
            {"text": _("Yes") if row.names_person else _("No")},
        ]
        for row in table()
    ]
    head = [{"text": _("What")}, {"text": _("Why")}, {"text": _("Until")}, {"text": _("Can lead to you")}]
    return render(request, "accounts/what_we_keep.html", {"rows": rows, "head": head})
