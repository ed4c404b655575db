"""My list, and the link that keeps it."""

from smtplib import SMTPException

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.accounts.limits import client_address, within_limit
from ginnel.careers import shortlists
from ginnel.careers.list_forms import SendLinkForm
from ginnel.careers.models import Role, Shortlist
from ginnel.careers.printing import PRINT_BUTTON, qr_file
from ginnel.careers.shortlists import ListIsFull, Visitor, listed_slugs
from ginnel.core.addresses import full_address
from ginnel.places.queries import current_place

EMAILS_AN_HOUR = 5
_KEPT = "kept_list"


@require_safe
@never_cache
def shortlist_detail(request: HttpRequest) -> HttpResponse:
    """The visitor's list; `view=print` for paper, `removed=slug` offers to put that role back."""
    slugs = listed_slugs(Visitor.of(request))
    roles = _in_order(slugs)
    if request.GET.get("view") == "print":
        context = {"section": "shortlist", "roles": roles, "today": timezone.localdate(), "print_button": PRINT_BUTTON}
        return render(request, "careers/shortlist_print.html", context)
    removed = request.GET.get("removed", "")
    return render(
        request,
        "careers/shortlist.html",
        {
            "section": "shortlist",
            "roles": roles,
            "gone": [slug for slug in slugs if slug not in {role.slug for role in roles}],
            "removed": Role.objects.public().filter(slug=removed).first() if removed and removed not in slugs else None,
            "compare": _compare_options(roles),
            "most": shortlists.MOST_ROLES,
        },
    )


@require_POST
def shortlist_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a role on the list, and back to where the button was."""
    role = get_object_or_404(Role.objects.public(), slug=slug)
    try:
        shortlists.add_role(Visitor.of(request), role, at=timezone.now())
    except ListIsFull:
        words = _("Your list is full: it holds %(most_roles)s roles. Take one off, then add %(name)s.") % {
            "most_roles": shortlists.MOST_ROLES,
            "name": role.name,
        }
        messages.warning(request, words)
        return redirect("careers:shortlist")
    return redirect(_back(request, slug))


@require_POST
def shortlist_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a role off the list, and back to where the button was."""
    shortlists.remove_role(Visitor.of(request), slug)
    return redirect(_back(request, slug, otherwise=f"{reverse('careers:shortlist')}?removed={slug}"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def shortlist_keep(request: HttpRequest) -> HttpResponse:
    """Keep the list as a link, show its code, and send it by e-mail."""
    kept = _kept_in_session(request)
    if request.method == "POST" and request.POST.get("action") != "email":
        slugs = [role.slug for role in _in_order(listed_slugs(Visitor.of(request)))]
        if not slugs:
            messages.warning(request, "Put a role on your list first. Then you can keep it.")
            return redirect("careers:shortlist")
        if not kept or _slugs_of(kept) != slugs:
            kept = shortlists.keep_list(slugs, at=timezone.now())
            request.session[_KEPT] = kept.token
        return redirect("careers:shortlist_keep")
    if not kept:
        return redirect("careers:shortlist")
    form = SendLinkForm(request.POST if request.method == "POST" else None)
    link = _link(request, kept)
    if request.method == "POST" and form.is_valid() and _send(request, form, link):
        messages.success(request, _("Sent. Look in the mailbox in a minute, in the spam folder too."))
        return redirect("careers:shortlist_keep")
    context = {"section": "shortlist", "kept": kept, "link": link, "form": form, "most": EMAILS_AN_HOUR}
    return render(request, "careers/shortlist_keep.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def shortlist_open(request: HttpRequest, token: str) -> HttpResponse:
    """A kept list, for whoever has its link; to make it one's own, or add it to one's own."""
    kept = get_object_or_404(Shortlist.objects.for_token(token))
    visitor = Visitor.of(request)
    if request.method == "POST":
        slugs, now = _slugs_of(kept), timezone.now()
        if request.POST.get("action") == "replace":
            shortlists.replace_list(visitor, slugs, at=now)
        else:
            shortlists.add_roles(visitor, slugs, at=now)
        messages.success(request, _("Done. These roles are on your list now."))
        return redirect("careers:shortlist")
    shortlists.note_opened(kept, at=timezone.now())
    context = {"roles": _in_order(_slugs_of(kept)), "kept": kept, "mine": len(listed_slugs(visitor))}
    response = render(request, "careers/shortlist_open.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@never_cache
def shortlist_code(request: HttpRequest, token: str) -> HttpResponse:
    """The QR code of a kept list's link. The link is the key to the list, so nothing between may store it."""
    kept = get_object_or_404(Shortlist.objects.for_token(token))
    response = HttpResponse(qr_file(_link(request, kept)), content_type="image/svg+xml")
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _in_order(slugs: list[str]) -> list[Role]:
    """These roles as cards need them, in this order; those that left the pack are left out."""
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=slugs).for_print()}
    return [found[slug] for slug in slugs if slug in found]


def _slugs_of(kept: Shortlist) -> list[str]:
    return list(kept.items.order_by("added_at", "pk").values_list("role__slug", flat=True))


def _link(request: HttpRequest, kept: Shortlist) -> str:
    return full_address(request, reverse("careers:shortlist_open", args=[kept.token]))


def _kept_in_session(request: HttpRequest) -> Shortlist | None:
    token = request.session.get(_KEPT)
    return Shortlist.objects.for_token(token).first() if token else None


def _compare_options(roles: list[Role]) -> dict[str, object] | None:
    """Options of the tick boxes that choose what to compare; None with fewer than two roles."""
    if len(roles) < 2:
        return None
    return {
        "name": "role",
        "idPrefix": "compare",
        "fieldset": {"legend": {"text": _("Compare up to three"), "classes": "nhsuk-fieldset__legend--m"}},
        "hint": {"text": _("Tick two or three roles to see them side by side.")},
        "small": True,
        "items": [{"value": role.slug, "text": role.name} for role in roles],
    }


def _back(request: HttpRequest, slug: str, *, otherwise: str = "") -> str:
    """The page the button was on, at the button; never another site's."""
    there = request.POST.get("next", "").split("#")[0]
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    if safe and there.startswith("/"):
        return f"{there}#keep-{slug}"
    return otherwise or reverse("careers:shortlist")


def _send(request: HttpRequest, form: SendLinkForm, link: str) -> bool:
    """E-mail the link, at most five times an hour from one session and from one address on the net."""
    hour = {"most": EMAILS_AN_HOUR, "seconds": 3600}
    if not (
        within_limit("send-list-session", request.session.session_key or "", **hour)
        and within_limit("send-list-ip", client_address(request), **hour)
    ):
        words = _(
            "%(emails_an_hour)s e-mails an hour can be sent from here. Copy the link instead, or try again later"
        ) % {"emails_an_hour": EMAILS_AN_HOUR}
        form.add_error("email", words)
        return False
    place = current_place()
    text = render_to_string("careers/shortlist_mail.txt", {"link": link, "place": place})
    try:
        send_mail(
            _("Your list from %(site_name)s") % {"site_name": place.site_name}, text, None, [form.cleaned_data["email"]]
        )
    except (OSError, SMTPException):
        form.add_error("email", _("We could not send the e-mail just now. Check the address, or copy the link instead"))
        return False
    return True
