"""Signing in, My page, and leaving."""

import csv
from smtplib import SMTPException
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginByCodeStage, LoginStage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic.edit import FormView

from ginnel.accounts.commands import delete_account
from ginnel.accounts.forms import CodeForm, DeleteForm, SignInForm
from ginnel.accounts.models import RecordAccess, User
from ginnel.accounts.privacy.queries import further_tables, shared_with_others
from ginnel.accounts.queries import everything_about, held_about, who_looked
from ginnel.accounts.signin import SignIn
from ginnel.core.spreadsheet import harmless

NOT_SENT = "We could not send an e-mail just now. Check the address, or try again in a few minutes"


class SignInView(RequestLoginCodeView):
    """Ask for a code. The same for everyone, known or new."""

    form_class = SignInForm

    def get_form_class(self) -> type[SignInForm]:
        return self.form_class

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
        """A code under way does not stop a person from typing another address."""
        return None

    def form_valid(self, form: SignInForm) -> HttpResponse:
        try:
            SignIn.start(self.request, user=form._user, email=form.cleaned_data["email"])
        except (OSError, SMTPException):
            form.add_error("email", NOT_SENT)
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        return HttpResponseRedirect(self.get_success_url())


sign_in = SignInView.as_view()


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
        return context | {"minutes": SignIn(stage=self.stage).minutes}


sign_in_code = CodeView.as_view()


def _person(request: HttpRequest) -> User:
    """The signed-in person. Only for views behind `login_required`."""
    if not isinstance(request.user, User):
        raise TypeError("this page is only for people who have signed in")
    return request.user


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """My page: what I keep, what is held about me, who looked."""
    user = _person(request)
    reads, areas = who_looked(user), held_about(user)
    return render(
        request,
        "accounts/mine.html",
        {"areas": areas, "reads": _reads_list(reads) if reads else None, "shared": shared_with_others(areas)},
    )


def _reads_list(reads: list[RecordAccess]) -> dict[str, Any]:
    """Options of the summary list: when, and by whom for what."""
    return {
        "rows": [
            {
                "key": {"text": date_format(timezone.localtime(read.at), "j F Y, H:i")},
                "value": {"text": f"{_who(read)}: {read.purpose}"},
            }
            for read in reads
        ]
    }


def _who(read: RecordAccess) -> str:
    """Who looked, and from where."""
    who = read.by.email if read.by else "Someone whose account is gone"
    return f"{who}, {read.organisation_name}" if read.organisation_name else who


@require_safe
@never_cache
@login_required
def download_all(request: HttpRequest) -> HttpResponse:
    """Everything held about me, as one JSON file."""
    found = everything_about(_person(request), at=timezone.now())
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_safe
@never_cache
@login_required
def download_table(request: HttpRequest, slug: str) -> HttpResponse:
    """One holding as a table that a spreadsheet opens."""
    user = _person(request)
    areas = held_about(user)
    tables = {area.holding.slug: area.held.table for area in areas} | further_tables(user, areas, who_looked(user))
    if slug not in tables:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-{slug}.csv"'
    if rows := tables[slug]:
        writer = csv.DictWriter(response, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({heading: harmless(cell) for heading, cell in row.items()} for row in rows)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete_me(request: HttpRequest) -> HttpResponse:
    """Say what goes, ask once, and delete it all."""
    user = _person(request)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        delete_account(user)
        logout(request)
        messages.success(request, "Your account is deleted, and everything in it.")
        return redirect(reverse("site:home"))
    return render(request, "accounts/delete.html", {"form": form, "areas": held_about(user)})
