"""Pages of a bulk import: upload, preview, save, report."""

import csv
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.accounts.fresh import fresh_sign_in
from ginnel.core.forms import PlainForm
from ginnel.core.paging import page_links
from ginnel.core.spreadsheet import harmless
from ginnel.partners.access import organisation_for, person_for, person_of
from ginnel.partners.bulk.reading import COLUMNS, MOST_BYTES
from ginnel.partners.commands.imports import ImportMoved, confirm_import, keep_import, withdraw_import
from ginnel.partners.models import KINDS, Organisation, PeopleImport, Role
from ginnel.partners.permissions import Act
from ginnel.partners.tasks import check_import, save_import
from ginnel.sources.files import MEGABYTE

LINES_A_PAGE = 20
OUTCOMES = ("added", "changed", "unchanged", "left")


class FileForm(PlainForm):
    """The file."""

    file = forms.FileField(
        label="Choose a CSV or Excel file",
        help_text=f"At most {MOST_BYTES // MEGABYTE} MB. You see what it would change before anything is saved.",
        allow_empty_file=False,
        max_length=200,
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose another",
            "invalid": "Choose a file",
            "max_length": "The file's name is too long. Give it a shorter one",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // MEGABYTE} MB. Cut it into parts")
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def upload(request: HttpRequest, organisation: int | None = None) -> HttpResponse:
    """Give a file of people: of one organisation, or (without one) of the whole partnership."""
    place, person = _place(request, organisation), person_of(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        row = keep_import(file.read(), file.name, place, by=person, at=timezone.now())
        check_import.enqueue(row.pk)
        return redirect("bulk:preview", row.pk)
    files = PeopleImport.objects.visible_to(person).filter(organisation=place).for_list()[:10]
    columns = COLUMNS if place is None else COLUMNS[COLUMNS.index("email") :]
    return render(
        request,
        "partners/import.html",
        {
            "form": form,
            "organisation": place,
            "files": files,
            "columns": columns,
            "roles": Role.labels,
            "kinds": KINDS.values(),
        },
    )


@require_safe
@login_required
def template(request: HttpRequest, organisation: int | None = None) -> HttpResponse:
    """An empty file with the columns."""
    place = _place(request, organisation)
    columns = COLUMNS if place is None else COLUMNS[COLUMNS.index("email") :]
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    csv.writer(response).writerow(columns)
    return response


@require_safe
@never_cache
@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, or has changed, row by row."""
    row = _file(request, pk)
    report = row.report or {}
    shown = request.GET.get("show", "")
    lines = [line for line in report.get("lines", []) if not shown or line["outcome"] == shown]
    if not shown:
        lines = [line for line in lines if line["outcome"] != "unchanged"]
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    counts = report.get("counts", {})
    totals = [(name, sum(counts.get(who, {}).get(name, 0) for who in counts)) for name in OUTCOMES]
    return render(
        request,
        "partners/import_preview.html",
        {
            "file": row,
            "report": report,
            "totals": [(name, total) for name, total in totals if total],
            "problems": report.get("problems", [])[:LINES_A_PAGE],
            "page": page,
            "names_waiting": row.organisation_id is None
            and any("Names to decide" in one["remedy"] for one in report.get("problems", [])),
            "links": page_links(page, f"show={shown}" if shown in OUTCOMES else ""),
            "waiting": row.status in {row.Status.CHECKING, row.Status.SAVING},
            "changes": any(total for name, total in totals if name != "unchanged"),
        },
    )


@require_POST
@never_cache
@fresh_sign_in
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Save it."""
    row = _file(request, pk)
    try:
        confirm_import(row)
        save_import.enqueue(row.pk)
    except ImportMoved as reason:
        messages.error(request, str(reason))
    return redirect("bulk:preview", row.pk)


@require_POST
@never_cache
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go."""
    row = _file(request, pk)
    try:
        withdraw_import(row, by=person_of(request), at=timezone.now())
        messages.success(request, "Nothing was saved, and the file is deleted.")
    except ImportMoved as reason:
        messages.error(request, str(reason))
    return redirect("bulk:preview", row.pk)


@require_safe
@never_cache
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report as a table that a spreadsheet opens."""
    row = _file(request, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{row.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow(["file", "row", "what", "outcome", "fields", "problem or note", "what to do"])
    for one in row.report.get("problems", []):
        writer.writerow(
            map(harmless, [one["file"], one["row"], "", "refused", one["field"], one["what"], one["remedy"]])
        )
    for one in row.report.get("lines", []):
        fields = "; ".join(one["fields"])
        writer.writerow(map(harmless, [one["file"], one["row"], one["who"], one["outcome"], fields, one["note"], ""]))
    return response


def _place(request: HttpRequest, organisation: int | None) -> Organisation | None:
    """
    The organisation whose people the file is of; None: the whole partnership.

    :raises Http404: for everybody who may not import there.
    """
    if organisation is None:
        person_for(request, Act.DECIDE_JOINING)
        return None
    return organisation_for(request, Act.MANAGE_PEOPLE, organisation)


def _file(request: HttpRequest, pk: int) -> PeopleImport:
    return get_object_or_404(PeopleImport.objects.visible_to(person_of(request)).defer("content"), pk=pk)
