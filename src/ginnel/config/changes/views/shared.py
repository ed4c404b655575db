"""What the pages of the office share: who may, the frame of a page, and where a saved draft leads."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from ginnel.config.changes import commands
from ginnel.config.changes.checking import attempt, by_field
from ginnel.config.changes.lists import ICONS, TITLES, change_url
from ginnel.config.changes.tasks import tell_of_draft
from ginnel.core.addresses import site_address
from ginnel.site.models import PackChange

for_editors = any_permission_required("site.add_packchange", commands.PUBLISH)
for_writers = permission_required("site.add_packchange")


def to_draft(request: HttpRequest, change: PackChange) -> HttpResponse:
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


def office_page(request: HttpRequest, template: str, title: str, kind: str, **context: Any) -> HttpResponse:
    """A page of the office, with its title and the way back."""
    items = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    if kind:
        items.append({"url": reverse("pack_changes:rows", args=[kind]), "label": TITLES[kind]})
    items.append({"url": "", "label": title})
    icon = ICONS.get(kind, "history")
    page = {"header_title": title, "page_title": title, "header_icon": icon, "breadcrumbs_items": items, "kind": kind}
    return render(request, f"config/changes/{template}", page | context)
