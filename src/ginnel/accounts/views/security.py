"""How I sign in: a password, an app, passkeys, recovery codes. allauth's views behind our own pages and `fresh_sign_in`."""

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ginnel.accounts.commands import change_password, end_other_browsers, remove_password
from ginnel.accounts.forms import PasswordForm
from ginnel.accounts.fresh import fresh_sign_in
from ginnel.accounts.keeping import duties_of
from ginnel.accounts.known_browser import remember_browser
from ginnel.accounts.notices import tell_owner
from ginnel.accounts.people import signed_in
from ginnel.accounts.queries import ways_in
from ginnel.accounts.views.shared import options_json


@require_safe
@never_cache
@login_required
def security(request: HttpRequest) -> HttpResponse:
    """All the ways into this account, and what can be set up."""
    user = signed_in(request)
    context = {"ways": ways_in(user), "must": duties_of(user).second_factor}
    return render(request, "accounts/security.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
@fresh_sign_in
def password(request: HttpRequest) -> HttpResponse:
    """Set a password, change it, or go back to codes. Everybody else who was signed in is out."""
    user = signed_in(request)
    if request.method == "POST" and request.POST.get("action") == "remove":
        remove_password(user, by=user, at=timezone.now())
        _sign_out_others(request)
        tell_owner(user, "password_removed")
        messages.success(request, _("Your password is gone. You sign in with a code by e-mail."))
        return _back(request, "code")
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        change_password(user, form.cleaned_data["password"], by=user, at=timezone.now())
        _sign_out_others(request)
        tell_owner(user, "password_changed")
        messages.success(request, _("Your new password works from now on. You were signed out everywhere else."))
        return _back(request, "password")
    return render(request, "accounts/password.html", {"form": form, "has_password": user.has_usable_password()})


def _back(request: HttpRequest, way: str) -> HttpResponse:
    """To the page of all ways; and the next time, this browser is led to this one."""
    response = redirect("mfa_index")
    remember_browser(request, response, signed_in(request).email, way)
    return response


def _sign_out_others(request: HttpRequest) -> None:
    user = signed_in(request)
    end_other_browsers(user, keep=str(request.session.session_key), by=user, at=timezone.now())
    update_session_auth_hash(request, user)


class AddPasskeyView(AddWebAuthnView):
    """A passkey that opens the account by itself: kept on the device, and the device asks for a finger, face or PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # After a form with a mistake, allauth forgets the form: it is carried along here.
        context: dict[str, Any] = super().get_context_data(**kwargs) | kwargs
        context.setdefault("form", self.get_form())
        return context | {"options": options_json(begin_registration(signed_in(self.request), passwordless=True))}


class PasskeySignInView(LoginWebAuthnView):
    """Sign in with a passkey alone: the device says whose it is, so no address is typed and none can be tried out."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        self.request.session["way"] = "passkey"
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = flows.perform_passwordless_login(self.request, authenticator, login)
        return response


class SecondStepView(AuthenticateView):
    """After the first step: the code of the app, a recovery code, or a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        types = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return context | {
            "has_passkey": Authenticator.Type.WEBAUTHN in types,
            "has_app": Authenticator.Type.TOTP in types,
            "options": options_json(context["js_data"]["request_options"]) if "js_data" in context else "",
            "recovery_label": {"text": _("One of your recovery codes"), "classes": "nhsuk-label--s"},
            "recovery_hint": {"text": _("8 digits. Each works once.")},
            "wrong": next((form for form in (self.auth_form, self.webauthn_form) if form and form.errors), None),
        }


second_step = SecondStepView.as_view()
passkey_sign_in = never_cache(PasskeySignInView.as_view())
app_add = never_cache(fresh_sign_in(ActivateTOTPView.as_view()))
app_remove = never_cache(fresh_sign_in(DeactivateTOTPView.as_view()))
passkey_add = never_cache(fresh_sign_in(AddPasskeyView.as_view()))
passkey_remove = never_cache(fresh_sign_in(RemoveWebAuthnView.as_view()))
recovery_codes = never_cache(fresh_sign_in(ViewRecoveryCodesView.as_view()))
recovery_codes_new = never_cache(fresh_sign_in(GenerateRecoveryCodesView.as_view()))
recovery_codes_file = fresh_sign_in(DownloadRecoveryCodesView.as_view())
