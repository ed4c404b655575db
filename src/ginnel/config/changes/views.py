"""Pages of the office on which rows of the pack are changed, looked at and approved."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt, by_field, differences, has_moved
from ginnel.config.changes.fields import FIELDS
from ginnel.config.changes.forms import NewRowForm, RowForm, data_of, seen_of
from ginnel.config.changes.lists import ICONS, ONE, TITLES, change_url
from ginnel.config.changes.preview import page_of, rendered
from ginnel.config.changes.tasks import tell_of_draft
from ginnel.config.changes.text import Row, cells_in, changed_text, files_of, find_row, header, row_text
from ginnel.config.pack import current_files
from ginnel.core.addresses import site_address
from ginnel.partners.access import person_of
from ginnel.site.models import PackChange

for_editors = any_permission_required("site.add_packchange", commands.PUBLISH)
for_writers = permission_required("site.add_packchange")
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
    return _saved(request, change)


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
        return _saved(request, change)
    title = f"New {ONE[kind]}"
    return _page(request, "row.html", title, kind, form=form, submit="Save as a draft")


@for_writers
@require_POST
def row_retire(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Draft that a row goes."""
    _, found = _row_or_404(kind, key)
    change = commands.draft_change(
        kind, key, found.file, before=found.text, after="", by=person_of(request), at=timezone.now()
    )
    return _saved(request, change)


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
                return _saved(request, change)
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
    return _page(
        request,
        "row.html",
        f"Draft: {change}",
        change.kind,
        form=form,
        change=change,
        submit="Save the draft",
    )


@for_editors
@require_safe
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: before and after, what the checks say, and what this person can do with it."""
    return _changes_page(request, [get_object_or_404(PackChange.objects.for_list(), pk=pk)])


@for_editors
def together(request: HttpRequest) -> HttpResponse:
    """Drafts that only make sense together, such as a new role and the way to it: chosen, checked, published as one."""
    chosen = request.POST.getlist("change") or request.GET.getlist("change")
    waiting = PackChange.objects.for_list().waiting().order_by("pk")
    changes = list(waiting.filter(pk__in=[value for value in chosen if value.isdecimal() and len(value) < 15]))
    if not changes:
        return _page(request, "together.html", "Waiting together", "", waiting=list(waiting[:200]))
    return _changes_page(request, changes)


@require_POST
@for_editors
def publish(request: HttpRequest) -> HttpResponse:
    """Approve and publish what was looked at: these drafts, each as it was saved then."""
    changes, versions = [], request.POST.getlist("version")
    for pk, version in zip(request.POST.getlist("change"), versions, strict=False):
        found = get_object_or_404(PackChange, pk=pk if pk.isdecimal() and len(pk) < 15 else 0)
        if str(found.version) != version:
            messages.error(request, "Somebody saved the draft since you looked at it. Look at it again.")
            return redirect(change_url(found))
        changes.append(found)
    if not changes:
        raise Http404
    try:
        commands.publish_changes(changes, by=person_of(request), at=timezone.now())
    except commands.CannotPublish as error:
        messages.error(request, "Nothing was published. " + "; ".join(error.reasons or ["The reasons are below"]) + ".")
        return _back_to(changes)
    for each in changes:
        messages.success(request, f"{each} is published.")
    return _back_to(changes)


@require_POST
@for_writers
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft away."""
    found = get_object_or_404(PackChange, pk=pk)
    try:
        commands.discard_change(found, by=person_of(request), at=timezone.now())
        messages.success(request, f"The draft of {found} is put away. It can be brought back.")
    except commands.DraftMoved:
        messages.error(request, "It has been decided already.")
    return redirect(change_url(found))


@require_POST
@for_writers
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft of the row as it was before, or as it is after, a decided change."""
    found = get_object_or_404(PackChange.objects.exclude(status=PackChange.Status.DRAFT), pk=pk)
    text = found.before if request.POST.get("which") == "before" else found.after
    try:
        return _saved(request, commands.bring_back(found, text, by=person_of(request), at=timezone.now()))
    except commands.NothingChanged:
        messages.warning(request, "The row is so already.")
        return redirect(change_url(found))


@for_editors
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it would be with the draft, made from the pack with the draft in it and forgotten again."""
    found = get_object_or_404(PackChange.objects.waiting(), pk=pk)
    trial = attempt([found])
    if trial.pack is None or not trial.sound or not page_of(found, trial.files):
        messages.error(request, "There is no page to show until the checks pass.")
        return redirect(change_url(found))
    return rendered(request, found, trial)


def _changes_page(request: HttpRequest, changes: list[PackChange]) -> HttpResponse:
    waiting = all(one.status == PackChange.Status.DRAFT for one in changes)
    trial = attempt(changes) if waiting else None
    files = trial.files if trial else current_files()
    shown = []
    for one in changes:
        problems = by_field(trial, one) if trial and one not in trial.moved else {}
        shown.append(
            {
                "change": one,
                "differences": differences(files, one, problems),
                "moved": bool(trial and one in trial.moved),
                "page": page_of(one, files) if trial and trial.sound and len(changes) == 1 else "",
                "history": list(PackChange.objects.for_list().of_row(one.kind, one.key).exclude(pk=one.pk)[:20]),
            }
        )
    reasons = list(
        dict.fromkeys(reason for one in changes for reason in commands.reasons_against(one, person_of(request)))
    )
    first = changes[0]
    title = str(first) if len(changes) == 1 else f"{len(changes)} changes together"
    return _page(
        request,
        "change.html",
        title,
        first.kind,
        shown=shown,
        changes=changes,
        trial=trial,
        waiting=waiting,
        reasons=reasons if waiting else [],
        can_publish=bool(trial and trial.sound and not reasons),
        may_write=request.user.has_perm("site.add_packchange"),
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
    return _page(
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


def _saved(request: HttpRequest, change: PackChange) -> HttpResponse:
    """To the draft's page; to its form where its own row has a problem."""
    trial = attempt([change])
    many = len(trial.problems)
    if not many:
        tell_of_draft.enqueue(change.pk, site_address(request))
        messages.success(request, "The draft is saved, and the checks pass. Somebody else can approve it.")
        return redirect(change_url(change))
    words = f"The draft is saved. It cannot be published yet: the checks found {many} problem{'s' if many > 1 else ''}."
    messages.warning(request, words)
    if any(by_field(trial, change)) and not change.retires:
        return redirect(reverse("pack_changes:change_edit", args=[change.pk]))
    return redirect(change_url(change))


def _back_to(changes: list[PackChange]) -> HttpResponse:
    if len(changes) == 1:
        return redirect(change_url(changes[0]))
    return redirect(reverse("pack_changes:changes"))


def _page(request: HttpRequest, template: str, title: str, kind: str, **context: Any) -> HttpResponse:
    items = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    if kind:
        items.append({"url": reverse("pack_changes:rows", args=[kind]), "label": TITLES[kind]})
    items.append({"url": "", "label": title})
    icon = ICONS.get(kind, "history")
    page = {"header_title": title, "page_title": title, "header_icon": icon, "breadcrumbs_items": items, "kind": kind}
    return render(request, f"config/changes/{template}", page | context)
