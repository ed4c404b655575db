"""People of an organisation: the list, invitations, roles, leaving."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.accounts.commands import record_read
from ginnel.accounts.models import User
from ginnel.core.marking import gettext_noop
from ginnel.core.paging import page_links
from ginnel.partners.access import note_reads, organisation_for, person_of
from ginnel.partners.commands import (
    AlreadyInvited,
    CannotChangeRoles,
    InvitationNotOpen,
    accept_invitation,
    change_member,
    digest,
    end_membership,
    invite,
    withdraw_invitation,
)
from ginnel.partners.forms import InviteForm, MemberForm
from ginnel.partners.mail import send_invitation
from ginnel.partners.models import Invitation, Membership, Organisation, Role
from ginnel.partners.permissions import Act, may
from ginnel.partners.rules import warning_about_administrators
from ginnel.partners.spreadsheets import people_csv

PEOPLE_ON_A_PAGE = 50


@require_safe
@never_cache
@login_required
def people_list(request: HttpRequest, organisation: int) -> HttpResponse:
    """Who belongs to it: everybody, or for a line manager those they manage. Also as a spreadsheet."""
    place, person = _seen(request, organisation)
    words, role = request.GET.get("q", "").strip()[:100], request.GET.get("role", "")
    past = request.GET.get("past") == "1"
    found = Membership.objects.visible_to(person).filter(organisation=place, left_at__isnull=not past)
    if words:
        found = found.matching(words)
    if role in Role.values:
        found = found.filter(roles__role=role)
    if "csv" in request.GET:
        people = list(found.for_list())
        note_reads(people, place, gettext_noop("took away a list with what you do there"), by=person)
        return people_csv(place, people)
    page = Paginator(found.for_list(), PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    note_reads(page.object_list, place, gettext_noop("saw you in the list of people"), by=person)
    chosen = {name: value for name, value in (("q", words), ("role", role), ("past", "1" if past else "")) if value}
    manages = may(person, Act.MANAGE_PEOPLE, place)
    return render(
        request,
        "partners/people.html",
        {
            "organisation": place,
            "page": page,
            "pages": page_links(page, urlencode(chosen)),
            "query": urlencode(chosen),
            "q": words,
            "role": role,
            "past": past,
            "roles": Role.choices,
            "manages": manages,
            "warning": warning_about_administrators(place.administrators) if manages else "",
            "invitations": Invitation.objects.visible_to(person)
            .open_at(timezone.now())
            .filter(organisation=place)
            .select_related("invited_by")
            .order_by("-invited_at")[:100]
            if manages
            else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def person_invite(request: HttpRequest, organisation: int) -> HttpResponse:
    """Invite somebody by e-mail."""
    place = organisation_for(request, Act.MANAGE_PEOPLE, organisation)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            invitation, key = invite(place, told["email"], told["roles"], by=person_of(request), at=timezone.now())
            send_invitation(request, invitation, key)
        except AlreadyInvited as error:
            form.add_error("email", str(error))
        except OSError:
            withdraw_invitation(invitation, by=person_of(request), at=timezone.now())
            form.add_error(
                "email", "We could not send the e-mail just now. Check the address, or try again in a few minutes"
            )
        else:
            messages.success(request, f"Sent to {invitation.email}. The link works for 14 days.")
            return redirect("partners:people_list", place.pk)
    return render(request, "partners/invite.html", {"organisation": place, "form": form})


@require_POST
@never_cache
@login_required
def invitation_withdraw(request: HttpRequest, organisation: int, invitation: int) -> HttpResponse:
    """The link stops working at once."""
    place = organisation_for(request, Act.MANAGE_PEOPLE, organisation)
    found = get_object_or_404(Invitation.objects.visible_to(person_of(request)), pk=invitation, organisation=place)
    try:
        withdraw_invitation(found, by=person_of(request), at=timezone.now())
        messages.success(request, f"The invitation to {found.email} works no more.")
    except InvitationNotOpen as error:
        messages.error(request, f"{error}.")
    return redirect("partners:people_list", place.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def invitation_accept(request: HttpRequest, key: str) -> HttpResponse:
    """What a person sees who opens the link of an invitation, signed in; joining is a press of a button."""
    if request.method != "POST":
        # A key shows whose invitation it is to its person alone; somebody else sees a page that tells nothing.
        mine = Invitation.objects.open_at(timezone.now()).sent_to(person_of(request))
        found = mine.filter(key_digest=digest(key)).first()
        return render(request, "partners/accept.html", {"invitation": found, "user_address": person_of(request).email})
    try:
        membership = accept_invitation(key, by=person_of(request), at=timezone.now())
    except InvitationNotOpen as error:
        return render(
            request,
            "partners/accept.html",
            {"problem": str(error), "user_address": person_of(request).email},
            status=410,
        )
    messages.success(request, f"You belong to {membership.organisation.name} now.")
    return redirect("partners:partner", membership.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def member(request: HttpRequest, organisation: int, membership: int) -> HttpResponse:
    """What somebody does here."""
    place = organisation_for(request, Act.MANAGE_PEOPLE, organisation)
    found = get_object_or_404(
        Membership.objects.visible_to(person_of(request)).for_list(), pk=membership, organisation=place
    )
    record_read(
        found.user,
        by=person_of(request),
        purpose=gettext_noop("looked at what you do there"),
        at=timezone.now(),
        organisation=place.pk,
    )
    form = MemberForm(request.POST if request.method == "POST" else None, membership=found)
    if request.method == "POST" and form.is_valid() and not found.left_at:
        told = form.cleaned_data
        try:
            change_member(
                found,
                job_title=told["job_title"],
                roles=told["roles"],
                by=person_of(request),
                at=timezone.now(),
            )
        except CannotChangeRoles as error:
            form.add_error("roles", " ".join(map(str, error.args)))
        else:
            messages.success(request, f"Saved for {found.user}.")
            return redirect("partners:people_list", place.pk)
    manager = Membership.objects.filter(manages__person=found).select_related("user").first()
    return render(
        request,
        "partners/member.html",
        {"organisation": place, "membership": found, "form": form, "manager": manager},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def member_left(request: HttpRequest, organisation: int, membership: int) -> HttpResponse:
    """Say that somebody has left: asked once, then at once."""
    place = organisation_for(request, Act.MANAGE_PEOPLE, organisation)
    found = get_object_or_404(
        Membership.objects.visible_to(person_of(request)).for_list(),
        pk=membership,
        organisation=place,
        left_at__isnull=True,
    )
    problem = ""
    if request.method == "POST":
        try:
            end_membership(found, by=person_of(request), at=timezone.now())
        except CannotChangeRoles as error:
            problem = " ".join(map(str, error.args))
        else:
            messages.success(request, f"{found.user} has left {place.name}, and sees nothing of it any more.")
            # Whoever ended their own membership may not see the list any more.
            mine = found.user_id == person_of(request).pk
            return redirect("accounts:mine") if mine else redirect("partners:people_list", place.pk)
    return render(
        request, "partners/member_left.html", {"organisation": place, "membership": found, "problem": problem}
    )


def _seen(request: HttpRequest, organisation: int) -> tuple[Any, User]:
    """
    The organisation, with how many `administrators` it has, and who asks.

    :raises Http404: for people who see nobody of this organisation but perhaps themselves.
    """
    person = person_of(request)
    administrators = Count(
        "memberships", filter=Q(memberships__roles__role=Role.ADMINISTRATOR, memberships__left_at=None)
    )
    place = get_object_or_404(Organisation.objects.partners().annotate(administrators=administrators), pk=organisation)
    if not may(person, Act.SEE_PEOPLE, place):
        managed = Membership.objects.visible_to(person).filter(organisation=place).exclude(user=person)
        if not managed.exists():
            raise Http404
    return place, person
