"""What happened: for an organisation's administrators theirs, for the partnership's administrators all of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ginnel.accounts.commands import record_read
from ginnel.accounts.models import User
from ginnel.core.marking import gettext_noop
from ginnel.events.models import EventQuerySet
from ginnel.events.queries import BadPlace, Page, Place, page
from ginnel.partners import audit
from ginnel.partners.audit_forms import AuditForm
from ginnel.partners.permissions import Act, may

LINES = 50


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody may see and asks for. `within`: the organisation whose people may be named; None for the partnership's own."""

    form: AuditForm
    scopes: list[EventQuerySet]
    within: int | None
    organisations: dict[int, str]


@require_safe
@never_cache
@login_required
def event_list(request: HttpRequest) -> HttpResponse:
    """What happened, newest first."""
    asked = _asked(request)
    found = Page([], None)
    if asked.form.is_valid():
        found = page(asked.scopes, after=_place(request), size=LINES)
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "form": asked.form,
        "lines": audit.lines(found.events, within=asked.within, known=asked.organisations),
        "query": query.urlencode(),
        "older": found.older,
        "later_page": "after" in request.GET,
        "everything": asked.form.everything,
    }
    return render(request, "partners/what_happened.html", context)


@require_safe
@never_cache
@login_required
def event_export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The same events as a file, streamed: a million of them take no more memory than a thousand."""
    asked = _asked(request)
    if not asked.form.is_valid():
        raise Http404
    user = request.user
    assert isinstance(user, User)
    audit.note_export(asked.form.cleaned_data["organisation"], by=user, at=timezone.now(), form=form)
    write, kind = (audit.as_csv, "text/csv; charset=utf-8") if form == "csv" else (audit.as_json, "application/json")
    response = StreamingHttpResponse(write(asked.scopes, within=asked.within), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="what-happened.{form}"'
    return response


def _asked(request: HttpRequest) -> _Asked:
    """:raises Http404: if nothing here is for this person."""
    user = request.user
    assert isinstance(user, User)
    organisations = audit.organisations_to_look_at(user)
    if organisations is None:
        raise Http404
    everything = may(user, Act.SEE_ALL_EVENTS)
    form = AuditForm(request.GET, organisations=organisations, everything=everything)
    if not form.is_valid():
        return _Asked(form, [], None, {})
    asked: dict[str, Any] = form.cleaned_data
    person, organisation = asked["person"] or None, asked["organisation"]
    if isinstance(person, User):
        # Looking for one person is looking at that person's record: they see that it was done.
        record_read(
            person,
            by=user,
            purpose=gettext_noop("Looked at what happened"),
            at=timezone.now(),
            organisation=organisation,
        )
    since, before = form.moments()
    scopes = audit.scopes(
        organisation=organisation,
        person=person.pk if isinstance(person, User) else person,
        kind=asked["kind"],
        since=since,
        before=before,
    )
    return _Asked(form, scopes, None if everything else organisation, dict(organisations))


def _place(request: HttpRequest) -> Place | None:
    try:
        return Place.read(request.GET["after"]) if "after" in request.GET else None
    except BadPlace as wrong:
        raise Http404 from wrong
