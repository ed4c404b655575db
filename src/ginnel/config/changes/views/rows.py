"""Forms of rows of the pack: what is sent is kept as a draft."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt, by_field, has_moved
from ginnel.config.changes.fields import FIELDS
from ginnel.config.changes.forms import NewRowForm, RowForm, data_of, seen_of
from ginnel.config.changes.lists import ONE, change_url
from ginnel.config.changes.text import Row, cells_in, changed_text, files_of, find_row, header, row_text
from ginnel.config.changes.views.shared import for_writers, office_page, to_draft
from ginnel.config.pack import current_files
from ginnel.partners.access import person_of
from ginnel.site.models import PackChange

MOVED = "Somebody published a change of this row meanwhile. What you wrote is below: compare it with what is there now, and save again."


@for_writers
def row(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A row's form; sent, it is kept as a draft."""
    files, found = _row_or_404(kind, key)
    known = None if kind == "role" else header(files, found.file)
    if request.method != "POST":
        form = RowForm(kind, files, known, found.cells, initial={"seen": seen_of(found.text)})
        return _row_page(request, kind, key, found, form)
    form = RowForm(kind, files, known, found.cells, data=request.POST)
    if not form.is_valid():
        return _row_page(request, kind, key, found, form)
    if form.cleaned_data["seen"] != seen_of(found.text):
        messages.warning(request, MOVED)
        again = request.POST.copy()
        again["seen"] = seen_of(found.text)
        return _row_page(request, kind, key, found, RowForm(kind, files, known, found.cells, data=again))
    after = changed_text(files, kind, found.file, found.text, form.cells())
    note = form.cleaned_data["note"]
    try:
        change = commands.draft_change(
            kind, key, found.file, before=found.text, after=after, note=note, by=person_of(request), at=timezone.now()
        )
    except commands.NothingChanged:
        messages.warning(request, "Nothing is changed: the row is so already.")
        return _row_page(request, kind, key, found, form)
    return to_draft(request, change)


@for_writers
def row_add(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of a new row."""
    if kind not in FIELDS:
        raise Http404
    files = current_files()
    paths = files_of(files, kind)
    form = NewRowForm(kind, files, paths, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        path = form.cleaned_data["file"] if kind != "role" else f"roles/{form.key}.md"
        after = changed_text(files, kind, path, "", form.cells())
        note = form.cleaned_data["note"]
        change = commands.draft_change(
            kind, form.key, path, before="", after=after, note=note, by=person_of(request), at=timezone.now()
        )
        return to_draft(request, change)
    title = f"New {ONE[kind]}"
    return office_page(request, "row.html", title, kind, form=form, submit="Save as a draft")


@for_writers
@require_POST
def row_retire(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Draft that a row goes."""
    _, found = _row_or_404(kind, key)
    change = commands.draft_change(
        kind, key, found.file, before=found.text, after="", by=person_of(request), at=timezone.now()
    )
    return to_draft(request, change)


@for_writers
def change_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft's form, with the problems of its row beside their fields. Over a row that was changed since, only its own differences lie."""
    change = get_object_or_404(PackChange.objects.waiting(), pk=pk)
    if change.retires:
        return redirect(change_url(change))
    files = current_files()
    now, moved = row_text(files, change.kind, change.key), has_moved(change, files)
    if moved and not now and not change.adds:
        messages.error(request, "The row is no longer in the pack. Discard the draft, or bring the row back first.")
        return redirect(change_url(change))
    known = None if change.kind == "role" else header(files, change.file)
    current = cells_in(files, change.kind, change.file, now)
    if request.method == "POST":
        form = RowForm(change.kind, files, known, current, data=request.POST)
        if form.is_valid() and form.cleaned_data["seen"] == seen_of(now):
            own = {name: current[name] for name in current if name not in form.fields}
            added = own | _key_cells(files, change) | form.cells()
            after = changed_text(files, change.kind, change.file, now, added if change.adds else form.cells())
            try:
                commands.revise_change(
                    change,
                    before=now,
                    after=after,
                    note=form.cleaned_data["note"],
                    version=form.cleaned_data["version"] or 0,
                    by=person_of(request),
                    at=timezone.now(),
                )
                return to_draft(request, change)
            except commands.NothingChanged:
                messages.warning(request, "Nothing is changed: the row is so already. Discard the draft instead.")
            except commands.DraftMoved:
                change.refresh_from_db()
                messages.error(
                    request,
                    "Somebody else saved this draft meanwhile. What you wrote is below; the draft's page shows theirs.",
                )
                form = _again(request, change, files, known, current, version=change.version)
        elif form.is_valid():
            messages.warning(request, MOVED)
            form = _again(request, change, files, known, current, seen=seen_of(now))
    else:
        if moved:
            messages.warning(
                request, "The row was changed since this draft was begun: below, the draft lies over what is there now."
            )
        cells = current | _own_differences(files, change)
        data = data_of(change.kind, cells, note=change.note, seen=seen_of(now), version=change.version)
        form = RowForm(change.kind, files, known, current, data=data)
        trial = attempt([change])
        form.tell(by_field(trial, change))
    return office_page(
        request,
        "row.html",
        f"Draft: {change}",
        change.kind,
        form=form,
        change=change,
        submit="Save the draft",
    )


def _row_or_404(kind: str, key: str) -> tuple[dict[str, bytes], Row]:
    if kind not in FIELDS:
        raise Http404
    files = current_files()
    found = find_row(files, kind, key)
    if found is None:
        raise Http404
    return files, found


def _row_page(request: HttpRequest, kind: str, key: str, found: Row, form: RowForm) -> HttpResponse:
    changes = list(PackChange.objects.for_list().of_row(kind, key)[:20])
    return office_page(
        request,
        "row.html",
        f"{ONE[kind].capitalize()}: {found.cells.get('name') or found.cells.get('title') or key}",
        kind,
        form=form,
        key=key,
        file=found.file,
        line=found.line,
        drafts=[one for one in changes if one.status == PackChange.Status.DRAFT],
        history=[one for one in changes if one.status != PackChange.Status.DRAFT],
        submit="Save as a draft",
    )


def _again(
    request: HttpRequest,
    change: PackChange,
    files: dict[str, bytes],
    known: list[str] | None,
    current: Mapping[str, str],
    **hidden: object,
) -> RowForm:
    """What was sent, with what the form remembers brought up to date."""
    data = request.POST.copy()
    for name, value in hidden.items():
        data[name] = str(value)
    return RowForm(change.kind, files, known, current, data=data)


def _own_differences(files: dict[str, bytes], change: PackChange) -> dict[str, str]:
    before = cells_in(files, change.kind, change.file, change.before)
    after = cells_in(files, change.kind, change.file, change.after)
    return {name: value for name, value in after.items() if before.get(name, "") != value}


def _key_cells(files: dict[str, bytes], change: PackChange) -> dict[str, str]:
    """The cells of a new row that its form does not ask for any more."""
    known = {field.name for field in FIELDS[change.kind]}
    cells = cells_in(files, change.kind, change.file, change.after)
    return {name: value for name, value in cells.items() if name not in known}
