"""
Signing in: by a code sent by e-mail, and the last steps that all ways share, on django-allauth's own process.

allauth sends an unknown address a mail that says "you have no account" and no code. Here everyone gets the same mail
with a code, sees the same page, and a new address gets its account when the code is right. So nobody can find out who
has an account, and nobody needs to know the difference between signing up and signing in. Holds to allauth 65's process
classes; `tests/test_signin.py` guards that.
"""

from typing import Any, Self

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import perform_login
from allauth.core.exceptions import RateLimited
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from ginnel.accounts.commands import open_account
from ginnel.accounts.limits import may_send_code
from ginnel.accounts.models import User

MOST_RESENDS = 2
TYPED = "typed_address"
"""Session key: the address typed at the door, until somebody is in."""


class SignIn(LoginCodeVerificationProcess):
    """One person's sign-in, from asking for a code to being in. Its state lives in their session."""

    @classmethod
    def start(cls, request: HttpRequest, *, email: str) -> Self:
        """Send a code and remember it. Whether the address has an account is not even looked up before the code is right."""
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
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

        :raises RateLimited: if this visitor had many codes sent to this address.
        """
        if not may_send_code(self.request, self.state["email"]):
            raise RateLimited
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
        # The address itself stays out of the session, so that deleting the account need not hunt for it.
        return let_in(self.request, open_account(email), way="code", redirect_url=redirect_url)


class SecondStep(AuthenticateStage):
    """The app or passkey, for whoever has one; not again after a sign-in that had one of its own."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        return bool(super()._should_handle(request)) and not any(record.get("second_factor") for record in records)


def let_in(request: HttpRequest, user: User, *, way: str, redirect_url: str | None, **facts: Any) -> HttpResponse:
    """
    The first step is done: go on to the second, if there is one, and then in.

    `way` is remembered for this browser; `facts` are kept with the session (ids and yes or no, nothing else).
    """
    if request.user.is_authenticated and request.user != user:
        logout(request)
    request.session.pop(TYPED, None)
    record_authentication(request, user, method=way.partition(":")[0], **facts)
    request.session["way"] = way
    response: HttpResponse = perform_login(request, user, redirect_url=redirect_url)
    return response
