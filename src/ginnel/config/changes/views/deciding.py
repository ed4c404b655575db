"""Drafts looked at, previewed, approved, put away and brought back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt, by_field, differences
from ginnel.config.changes.lists import change_url
from ginnel.config.changes.preview import page_of, rendered
from ginnel.config.changes.views.shared import for_editors, for_writers, office_page, to_draft
from ginnel.config.pack import current_files
from ginnel.partners.access import person_of
from ginnel.site.models import PackChange


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
        return office_page(request, "together.html", "Waiting together", "", waiting=list(waiting[:200]))
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
        return to_draft(request, commands.bring_back(found, text, by=person_of(request), at=timezone.now()))
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
    return office_page(
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


def _back_to(changes: list[PackChange]) -> HttpResponse:
    if len(changes) == 1:
        return redirect(change_url(changes[0]))
    return redirect(reverse("pack_changes:changes"))
