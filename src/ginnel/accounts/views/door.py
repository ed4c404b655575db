"""The one door: an e-mail address, and from there the right way in. It never tells whether an address has an account."""

from smtplib import SMTPException
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import ConfirmLoginCodeView
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic.edit import FormView

from ginnel.accounts.forms import CodeForm, PasswordSignInForm, SignInForm
from ginnel.accounts.known_browser import known_browser
from ginnel.accounts.limits import may_send_code, may_try
from ginnel.accounts.models import IdentityProvider, User
from ginnel.accounts.signin import TYPED, SignIn, let_in
from ginnel.accounts.views.shared import NOT_SENT, TOO_MANY_CODES, TOO_MANY_TRIES, next_page, with_next


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """
    Type an address. Its domain, or this browser's own last sign-in, may name another way; else a code is sent, whoever it is.

    `way=code` in the form asks for the code whatever the domain says: an organisation's own sign-in may be down.
    """
    wanted = next_page(request)
    if request.user.is_authenticated:
        return redirect(wanted or "accounts:mine")
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        elsewhere = "" if request.POST.get("way") == "code" else _other_way(request, email)
        if elsewhere:
            request.session[TYPED] = email
            return redirect(with_next(elsewhere, wanted))
        if not may_send_code(request, email):
            form.add_error("email", TOO_MANY_CODES)
        else:
            try:
                SignIn.start(request, email=email)
            except (OSError, SMTPException):
                form.add_error("email", NOT_SENT)
            else:
                return redirect(with_next(reverse("account_confirm_login_code"), wanted))
    return render(request, "account/request_login_code.html", {"form": form, "next": wanted})


def _other_way(request: HttpRequest, email: str) -> str:
    """Where this address goes in, if not by a code. Depends on its domain and on this browser, never on whether it has an account."""
    if provider := IdentityProvider.objects.for_address(email):
        return reverse("accounts:organisation", args=[provider.slug])
    known = known_browser(request, email)
    if known and known.way == "password":
        return reverse("accounts:password_sign_in")
    if known and known.way.startswith("organisation:"):
        slug = known.way.partition(":")[2]
        if IdentityProvider.objects.in_use().filter(slug=slug).exists():
            return reverse("accounts:organisation", args=[slug])
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
def password_sign_in(request: HttpRequest) -> HttpResponse:
    """An address and a password. The same answer, after the same time, for a wrong password, no password and no account."""
    wanted = next_page(request)
    if request.user.is_authenticated:
        return redirect(wanted or "accounts:mine")
    form = PasswordSignInForm(
        request.POST if request.method == "POST" else None, initial={"email": _typed_address(request)}
    )
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not may_try(request, "password", email, most=5, seconds=300):
            form.add_error("password", TOO_MANY_TRIES)
        else:
            user = authenticate(request, email=email, password=form.cleaned_data["password"])
            if isinstance(user, User):
                return let_in(request, user, way="password", redirect_url=wanted or None)
            form.add_error(
                "password", _("The address or the password is not right. You can always sign in with a code by e-mail")
            )
    return render(request, "accounts/password_sign_in.html", {"form": form, "next": wanted})


def _typed_address(request: HttpRequest) -> str:
    """The address this visitor typed at the door a moment ago."""
    stage = get_pending_stage(request)
    code_for = stage.state.get("email") if isinstance(stage, LoginByCodeStage) else None
    return str(request.session.get(TYPED) or code_for or "")


class CodeView(ConfirmLoginCodeView):
    """Type the code."""

    form_class = CodeForm

    @method_decorator(never_cache)
    @method_decorator(login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.stage = request._login_stage  # type: ignore[attr-defined]
        self._process = SignIn.resume(self.stage)
        if not self._process:
            messages.error(request, "That code is too old now. Ask for a new one.")
            return redirect("account_login")
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_form_class(self) -> type:
        return super().get_form_class() if self._action == "resend" else self.form_class

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super()._resend_form_valid(form)
        except (OSError, SMTPException):
            messages.error(self.request, NOT_SENT + ".")
            return HttpResponseRedirect(self.request.get_full_path())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        wanted = next_page(self.request)
        return context | {
            "minutes": SignIn(stage=self.stage).minutes,
            "password_url": with_next(resolve_url("accounts:password_sign_in"), wanted),
            "organisations_url": with_next(resolve_url("accounts:organisations"), wanted),
            "any_organisation": IdentityProvider.objects.in_use().exists(),
        }


sign_in_code = CodeView.as_view()
