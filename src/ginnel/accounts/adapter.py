"""How signing in behaves here."""

import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ginnel.accounts.holdings import join_visit
from ginnel.accounts.models import User
from ginnel.core.addresses import full_address


class CodeAdapter(DefaultAccountAdapter):
    """Residents have no password: a code by e-mail is the one way in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "incorrect_code": "That code is not right. Look at the e-mail again and type all 8 digits",
        "rate_limited": "You have asked for many codes. Wait a few minutes, then try again",
        "too_many_login_attempts": "That was too many tries. Wait a minute, then ask for a new code",
    }

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Any:
        """With the site's own address, so that a person knows where the code belongs."""
        told = context | {"address": full_address(self.request, reverse("site:home"))}
        return super().render_mail(template_prefix, email, told, headers)

    def get_login_stages(self) -> list[str]:
        """The code proves the address, so there is no second code to confirm it."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def generate_login_code(self) -> str:
        """Eight digits in two groups, as `4821 0937`: easy to read out and to type on a phone."""
        digits = f"{secrets.randbelow(10**8):08d}"
        return f"{digits[:4]} {digits[4:]}"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """What the visitor gathered before signing in becomes theirs."""
        join_visit(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response
