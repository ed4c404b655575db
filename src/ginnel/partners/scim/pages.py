"""The page on which an administrator connects their organisation's directory."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from ginnel.accounts.fresh import fresh_sign_in
from ginnel.core.paging import page_links
from ginnel.partners.access import organisation_for, person_of
from ginnel.partners.commands import (
    CannotChangeRoles,
    KeyNotOpen,
    make_directory_key,
    revoke_directory_key,
    set_group_role,
)
from ginnel.partners.models import DirectoryGroup, DirectoryKey, DirectoryPerson, Organisation
from ginnel.partners.permissions import Act
from ginnel.partners.scim.forms import GroupRoleForm, KeyForm

GROUPS_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@fresh_sign_in
@sensitive_variables("secret")
def directory(request: HttpRequest, organisation: int) -> HttpResponse:
    """Keys, and what came through them. A new key is on the answer to its own form, and nowhere else."""
    place, person = organisation_for(request, Act.CONNECT_DIRECTORY, organisation), person_of(request)
    form, secret = KeyForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        _, secret = make_directory_key(place, **form.cleaned_data, by=person, at=timezone.now())
        form = KeyForm()
    return render(request, "partners/directory.html", _context(request, place) | {"form": form, "secret": secret})


@require_POST
@never_cache
@login_required
def key_revoke(request: HttpRequest, organisation: int, key: int) -> HttpResponse:
    """End a key at once."""
    place, person = organisation_for(request, Act.CONNECT_DIRECTORY, organisation), person_of(request)
    found = get_object_or_404(DirectoryKey.objects.visible_to(person), pk=key, organisation=place)
    try:
        revoke_directory_key(found, by=person, at=timezone.now())
        messages.success(request, f"The key “{found.name}” works no more.")
    except KeyNotOpen as error:
        messages.error(request, str(error))
    return redirect("directory:page", place.pk)


@require_POST
@never_cache
@fresh_sign_in
def group_role(request: HttpRequest, organisation: int, group: str) -> HttpResponse:
    """Say which role a group gives."""
    place, person = organisation_for(request, Act.CONNECT_DIRECTORY, organisation), person_of(request)
    found = get_object_or_404(DirectoryGroup, pk=group, organisation=place)
    form = GroupRoleForm(request.POST, group=found)
    if not form.is_valid():
        messages.error(request, "Choose a role from the list.")
        return redirect("directory:page", place.pk)
    try:
        set_group_role(found, form.cleaned_data["role"], by=person, at=timezone.now())
        messages.success(request, f"Saved for the group “{found.display_name}”.")
    except CannotChangeRoles as error:
        messages.error(request, " ".join(map(str, error.args)) + ".")
    return redirect("directory:page", place.pk)


def _context(request: HttpRequest, place: Organisation) -> dict[str, Any]:
    now = timezone.now()
    keys = [(key, _state(key, now)) for key in DirectoryKey.objects.filter(organisation=place).for_list()[:50]]
    people = DirectoryPerson.objects.filter(organisation=place)
    groups = DirectoryGroup.objects.filter(organisation=place).annotate(size=Count("people"))
    page = Paginator(groups.order_by("display_name_key", "pk"), GROUPS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "organisation": place,
        "address": request.build_absolute_uri("/scim/v2"),
        "keys": keys,
        "group_forms": [(group, GroupRoleForm(group=group)) for group in page.object_list],
        "links": page_links(page, ""),
        "people": people.count(),
        "waiting": people.filter(membership__isnull=True, address="").exclude(active=False).order_by("user_name")[:20],
    }


def _state(key: DirectoryKey, now: Any) -> str:
    if key.revoked_at:
        return "revoked"
    return "open" if key.expires_at > now else "too old"
