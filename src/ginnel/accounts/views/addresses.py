"""My e-mail addresses: one more, another as the main one, one fewer."""

from smtplib import SMTPException

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.accounts.commands import AddressTaken, CannotChangeAddress, add_address, make_primary, remove_address
from ginnel.accounts.forms import AddressForm, ProofForm
from ginnel.accounts.fresh import fresh_sign_in
from ginnel.accounts.limits import may_send_code, within_limit
from ginnel.accounts.notices import tell_owner
from ginnel.accounts.people import signed_in
from ginnel.accounts.proof import ProofOver, address_under_proof, check_proof, send_proof
from ginnel.accounts.queries import addresses_of
from ginnel.accounts.views.shared import NOT_SENT, TOO_MANY_CODES

PURPOSE = "add"


@require_safe
@never_cache
@login_required
def addresses(request: HttpRequest) -> HttpResponse:
    """Every address that opens this account."""
    return render(request, "accounts/addresses.html", {"addresses": addresses_of(signed_in(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@fresh_sign_in
def address_add(request: HttpRequest) -> HttpResponse:
    """Type another address; a code is sent to it, whosever it is."""
    user = signed_in(request)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if email in {one.email for one in addresses_of(user)}:
            form.add_error("email", _("This is one of your addresses already"))
        elif not may_send_code(request, email) or not within_limit("add-address", str(user.pk), most=10, seconds=3600):
            form.add_error("email", TOO_MANY_CODES)
        else:
            try:
                send_proof(request, PURPOSE, email)
            except (OSError, SMTPException):
                form.add_error("email", NOT_SENT)
            else:
                return redirect("accounts:address_prove")
    return render(request, "accounts/address_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@fresh_sign_in
def address_prove(request: HttpRequest) -> HttpResponse:
    """Type the code. Only now may the page say that the address has an account of its own: its owner is reading."""
    user = signed_in(request)
    email = address_under_proof(request, PURPOSE)
    if email is None:
        messages.error(request, "There is no code under way. Type the address again.")
        return redirect("accounts:address_add")
    form = ProofForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            proven = check_proof(request, PURPOSE, form.cleaned_data["code"])
        except ProofOver:
            messages.error(request, "That code does not work any more. Type the address again.")
            return redirect("accounts:address_add")
        if proven is None:
            form.add_error("code", _("That code is not right. Look at the e-mail again and type all 8 digits"))
        else:
            try:
                add_address(user, proven, by=user, at=timezone.now())
            except AddressTaken:
                return render(request, "accounts/address_taken.html", {"email": proven}, status=409)
            tell_owner(user, "address_added", added=proven)
            messages.success(request, _("You can now sign in with %(proven)s too.") % {"proven": proven})
            return redirect("accounts:addresses")
    return render(request, "accounts/address_prove.html", {"form": form, "email": email})


@require_POST
@never_cache
@fresh_sign_in
def address_main(request: HttpRequest) -> HttpResponse:
    """Make one of my addresses the main one. The one before is told."""
    user = signed_in(request)
    try:
        before = make_primary(user, request.POST.get("email", ""), by=user, at=timezone.now())
    except CannotChangeAddress as no:
        messages.error(request, f"{no}.")
    else:
        tell_owner(user, "address_main", also=[before])
        messages.success(
            request, _("We write to %(email)s from now on. Nothing else has changed.") % {"email": user.email}
        )
    return redirect("accounts:addresses")


@require_POST
@never_cache
@fresh_sign_in
def address_remove(request: HttpRequest) -> HttpResponse:
    """One address fewer. It is told too."""
    user, email = signed_in(request), request.POST.get("email", "")
    try:
        remove_address(user, email, by=user, at=timezone.now())
    except CannotChangeAddress as no:
        messages.error(request, f"{no}.")
    else:
        tell_owner(user, "address_removed", also=[email.strip().lower()], removed=email.strip().lower())
        messages.success(request, _("%(email)s does not open your account any more.") % {"email": email})
    return redirect("accounts:addresses")
