"""
Signing in by a code sent by e-mail: django-allauth's own process, with one difference.

allauth sends an unknown address a mail that says "you have no account" and no code. Here everyone gets the same mail
with a code, sees the same page, and a new address gets its account when the code is right. So nobody can find out who
has an account, and nobody needs to know the difference between signing up and signing in. Holds to allauth 65's process
classes; `tests/test_signin.py` guards that.
"""

from typing import Any, Self

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse

from ginnel.accounts.commands import open_account

MOST_RESENDS = 2


class SignIn(LoginCodeVerificationProcess):
    """One person's sign-in, from asking for a code to being in. Its state lives in their session."""

    @classmethod
    def start(cls, request: HttpRequest, *, user: Any, email: str) -> Self:
        """Send a code and remember it. `user` is None for an address we do not know."""
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> Self | None:
        """The sign-in that is under way in this session; None if its code has expired."""
        process: Self | None = cls(stage=stage).abort_if_invalid()
        return process

    @property
    def minutes(self) -> int:
        """How long a code works."""
        return int(app_settings.LOGIN_BY_CODE_TIMEOUT // 60)

    @property
    def can_resend(self) -> bool:
        return not self.is_resend_quota_reached(MOST_RESENDS)

    def resend(self) -> None:
        """
        Send a new code; the old one stops working.

        :raises RateLimited: if this address was sent many codes in the last minute.
        """
        email = self.state["email"]
        ratelimit.consume(self.request, action="request_login_code", key=email, raise_exception=True)
        self.send()
        self.record_resend()
        self.persist()

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        context = {"code": self.generate_code(), "minutes": self.minutes}
        get_adapter().send_mail("account/email/login_code", email, context)

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """The code was right: sign in, in a new account if the address had none."""
        email = self.state["email"]
        self.abort()
        user = open_account(email)
        # The address itself stays out of the session, so that deleting the account need not hunt for it.
        record_authentication(self.request, user, method="code")
        response: HttpResponse = perform_login(self.request, user, redirect_url=redirect_url)
        return response
