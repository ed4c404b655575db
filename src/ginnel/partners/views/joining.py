"""An organisation asks to take part, and the partnership decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.core.addresses import site_address
from ginnel.core.paging import page_links
from ginnel.partners.access import person_of
from ginnel.partners.commands import (
    AlreadyDecided,
    approve_joining,
    ask_to_join,
    refuse_joining,
    withdraw_joining,
)
from ginnel.partners.forms import JoinForm, RefuseForm
from ginnel.partners.mail import send_decision
from ginnel.partners.models import JoinRequest
from ginnel.partners.permissions import Act, may
from ginnel.partners.queries import listed_as
from ginnel.partners.tasks import tell_of_request

REQUESTS_ON_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def joining_ask(request: HttpRequest) -> HttpResponse:
    """Ask that an organisation may take part."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        details = form.cleaned_data | {"organisation": listed_as(form.cleaned_data)}
        asked = ask_to_join(details, by=person_of(request), at=timezone.now())
        tell_of_request.enqueue(asked.pk, site_address(request))
        messages.success(request, "Thank you. We check it and write to you, usually within five working days.")
        return redirect("partners:request_list")
    return render(request, "partners/join.html", {"form": form})


@require_safe
@never_cache
@login_required
def request_list(request: HttpRequest) -> HttpResponse:
    """Requests: all of them for those who decide, one's own for everybody else."""
    found = JoinRequest.objects.visible_to(person_of(request)).for_list()
    page = Paginator(found, REQUESTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "partners/requests.html",
        {"page": page, "pages": page_links(page, ""), "decides": may(request.user, Act.DECIDE_JOINING)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def request_decide(request: HttpRequest, joining: int) -> HttpResponse:
    """Approve or refuse one request."""
    if not may(request.user, Act.DECIDE_JOINING):
        raise Http404
    found = get_object_or_404(JoinRequest.objects.visible_to(person_of(request)).for_list(), pk=joining)
    refusing = request.method == "POST" and "refuse" in request.POST
    form = RefuseForm(request.POST if refusing else None)
    if request.method == "POST" and (not refusing or form.is_valid()):
        try:
            if refusing:
                refuse_joining(found, form.cleaned_data["reason"], by=person_of(request), at=timezone.now())
            else:
                approve_joining(found, by=person_of(request), at=timezone.now())
        except AlreadyDecided as error:
            messages.error(request, f"{error}.")
        else:
            done = "not approved" if refusing else "approved"
            try:
                send_decision(request, found)
                messages.success(request, f"{found.name} is {done}. We have written to them.")
            except OSError:
                messages.error(
                    request, f"{found.name} is {done}, but our e-mail to them could not be sent. Please tell them."
                )
        return redirect("partners:request_list")
    return render(request, "partners/decide.html", {"joining": found, "form": form})


@require_POST
@never_cache
@login_required
def request_withdraw(request: HttpRequest, joining: int) -> HttpResponse:
    """Take back one's own request."""
    found = get_object_or_404(JoinRequest.objects.filter(asked_by=person_of(request)), pk=joining)
    try:
        withdraw_joining(found, by=person_of(request), at=timezone.now())
        messages.success(request, "Your request is withdrawn.")
    except AlreadyDecided as error:
        messages.error(request, f"{error}.")
    return redirect("partners:request_list")
