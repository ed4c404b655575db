"""Show that it is still you: the page behind `fresh_sign_in`."""

from smtplib import SMTPException
from typing import Any

from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ginnel.accounts.forms import ConfirmPasswordForm, ProofForm, SecondStepForm
from ginnel.accounts.fresh import mark_fresh
from ginnel.accounts.limits import may_send_code, within_limit
from ginnel.accounts.models import IdentityProvider, User
from ginnel.accounts.people import signed_in
from ginnel.accounts.proof import ProofOver, address_under_proof, check_proof, drop_proof, send_proof
from ginnel.accounts.views.shared import NOT_SENT, TOO_MANY_CODES, TOO_MANY_TRIES, next_page, options_json
from ginnel.core.forms import PlainErrors

PURPOSE = "confirm"


class _AppCodeForm(PlainErrors, ReauthenticateForm):
    """The code of the app, or a recovery code, asked for once more."""

    code = SecondStepForm.declared_fields["code"]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password", "code")
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    """
    Offer the ways this person has, strongest first. Whoever has an app or a passkey uses that; a code by e-mail is for those who have not,
    or else whoever has got into the mailbox would get past the second step.
    """
    user, wanted = signed_in(request), next_page(request)
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    second = bool(types - {Authenticator.Type.RECOVERY_CODES})
    ways: dict[str, forms.Form] = {}
    if second:
        ways["second"] = _AppCodeForm(_data(request, "second"), user=user)
        if Authenticator.Type.WEBAUTHN in types:
            ways["passkey"] = ReauthenticateWebAuthnForm(_data(request, "passkey"), user=user)
    else:
        if user.has_usable_password():
            ways["password"] = ConfirmPasswordForm(_data(request, "password"))
        ways["code"] = ProofForm(_data(request, "code"))
    problem = ""
    if request.method == "POST":
        way = request.POST.get("way", "")
        if way == "send" and not second:
            problem = _send(request, user)
        elif way in ways:
            problem = _check(request, user, way, ways[way])
            if not problem and not ways[way].errors:
                mark_fresh(request)
                return redirect(wanted or "accounts:mine")
    context = {
        "next": wanted,
        "problem": problem,
        "wrong": next((form for form in ways.values() if form.is_bound and form.errors), None),
        "forms": ways,
        "options": options_json(begin_authentication(user)) if "passkey" in ways else "",
        "sent_to": address_under_proof(request, PURPOSE) if "code" in ways else None,
        "providers": IdentityProvider.objects.in_use().filter(identities__user=user) if not second else (),
    }
    return render(request, "accounts/confirm.html", context)


def _data(request: HttpRequest, way: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("way") == way else None


def _send(request: HttpRequest, user: User) -> str:
    if not may_send_code(request, user.email):
        return TOO_MANY_CODES
    try:
        send_proof(request, PURPOSE, user.email)
    except (OSError, SMTPException):
        return NOT_SENT
    return ""


def _check(request: HttpRequest, user: User, way: str, form: forms.Form) -> str:
    """Check one way; what went wrong that no field can say, or else it is in the form."""
    if way in {"password", "code"} and not within_limit("confirm", str(user.pk), most=10, seconds=300):
        return TOO_MANY_TRIES
    if not form.is_valid():
        return _("That did not work. Look again and try once more") if way == "passkey" else ""
    if way == "password" and not user.check_password(form.cleaned_data["password"]):
        form.add_error("password", _("That is not your password"))
    elif way == "code":
        try:
            if check_proof(request, PURPOSE, form.cleaned_data["code"]) is None:
                form.add_error("code", _("That code is not right. Look at the e-mail again and type all 8 digits"))
        except ProofOver:
            drop_proof(request)
            return _("That code does not work any more. Ask for a new one")
    elif way in {"second", "passkey"}:
        form.save()  # type: ignore[attr-defined]
    return ""
