"""My page, taking everything away, and leaving."""

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ginnel.accounts.commands import delete_account
from ginnel.accounts.forms import DeleteForm
from ginnel.accounts.fresh import fresh_sign_in
from ginnel.accounts.known_browser import forget_browser
from ginnel.accounts.models import RecordAccess
from ginnel.accounts.people import signed_in
from ginnel.accounts.privacy.queries import further_tables, shared_with_others
from ginnel.accounts.queries import everything_about, held_about, ways_in, who_looked
from ginnel.core.spreadsheet import harmless

READS_SHOWN = 30


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """My page: what I keep, what is held about me, who looked."""
    user = signed_in(request)
    # One more than is shown tells whether there are older ones.
    reads, areas = who_looked(user, most=READS_SHOWN + 1), held_about(user, request)
    return render(
        request,
        "accounts/mine.html",
        {
            "areas": areas,
            "reads": _reads_list(reads[:READS_SHOWN]) if reads else None,
            "older_reads": len(reads) > READS_SHOWN,
            "shared": shared_with_others(areas),
            "ways": ways_in(user),
        },
    )


def _reads_list(reads: list[RecordAccess]) -> dict[str, Any]:
    """Options of the summary list: when, and by whom for what."""
    return {
        "rows": [
            {
                # Noted once a day: the hour of the first look would say more than is known.
                "key": {"text": date_format(timezone.localtime(read.at), "j E Y" if read.day else "j E Y, H:i")},
                "value": {"text": f"{_who(read)}: {_(read.purpose) if read.purpose else ''}"},
            }
            for read in reads
        ]
    }


def _who(read: RecordAccess) -> str:
    """Who looked, and from where."""
    who = read.by.email if read.by else _("Someone whose account is gone")
    return f"{who}, {read.organisation_name}" if read.organisation_name else who


@require_safe
@never_cache
@fresh_sign_in
def download_all(request: HttpRequest) -> HttpResponse:
    """Everything held about me, as one JSON file."""
    found = everything_about(signed_in(request), request, at=timezone.now())
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_safe
@never_cache
@fresh_sign_in
def download_table(request: HttpRequest, slug: str) -> HttpResponse:
    """One holding as a table that a spreadsheet opens."""
    user = signed_in(request)
    areas = held_about(user, request)
    tables = {area.holding.slug: area.held.table for area in areas} | further_tables(user, areas, who_looked(user))
    if slug not in tables:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-{slug}.csv"'
    if rows := tables[slug]:
        writer = csv.DictWriter(response, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({heading: harmless(cell) for heading, cell in row.items()} for row in rows)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@fresh_sign_in
def delete_me(request: HttpRequest) -> HttpResponse:
    """Say what goes, ask once, and delete it all."""
    user = signed_in(request)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        delete_account(user)
        logout(request)
        messages.success(request, _("Your account is deleted, and everything in it."))
        gone = redirect(reverse("site:home"))
        forget_browser(gone)
        return gone
    return render(request, "accounts/delete.html", {"form": form, "areas": held_about(user, request)})
