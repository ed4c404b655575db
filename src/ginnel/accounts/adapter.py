"""How signing in behaves here."""

import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ginnel.accounts import keeping
from ginnel.accounts.commands import end_session
from ginnel.accounts.holdings import join_visit
from ginnel.accounts.known_browser import remember_browser
from ginnel.accounts.models import User
from ginnel.accounts.sealing import seal, unseal
from ginnel.core.addresses import full_address
from ginnel.core.words import gettext_lazy


class CodeAdapter(DefaultAccountAdapter):
    """One door: a code by e-mail for everybody, and for those who set them up a password, an app, a passkey."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed."),
        "incorrect_code": gettext_lazy("That code is not right. Look at the e-mail again and type all 8 digits"),
        "rate_limited": gettext_lazy("You have asked for many codes. Wait a minute, then try again"),
        "too_many_login_attempts": gettext_lazy("That was too many tries. Wait a few minutes, then try again"),
    }

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Any:
        """With the site's own address, so that a person knows where the code belongs."""
        told = context | {"address": full_address(self.request, reverse("site:home"))}
        return super().render_mail(template_prefix, email, told, headers)

    def get_login_stages(self) -> list[str]:
        """The code proves the address, so there is no second code to confirm it; then the second step of whoever has one."""
        return ["allauth.account.stages.LoginByCodeStage", "ginnel.accounts.signin.SecondStep"]

    def generate_login_code(self) -> str:
        """Eight digits in two groups, as `4821 0937`: easy to read out and to type on a phone."""
        digits = f"{secrets.randbelow(10**8):08d}"
        return f"{digits[:4]} {digits[4:]}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth's own pages stand behind `fresh_sign_in` here, which knows more ways than allauth."""
        return False

    def logout(self, request: HttpRequest) -> None:
        """The browser leaves its person's list."""
        end_session(str(request.session.session_key))
        super().logout(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """What the visitor gathered before signing in becomes theirs, and the browser stands in their list."""
        join_visit(request, user)
        way = request.session.pop("way", "code")
        keeping.begin(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_browser(request, response, user.email, way)
        return response


class SecondStepAdapter(DefaultMFAAdapter):
    """Apps, passkeys and recovery codes. Their secrets are encrypted where they are kept."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That did not work. Look again and try once more"),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first"),
        "unverified_email": gettext_lazy("Prove your e-mail address first"),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        host: str = context.request.get_host()
        return host.partition(":")[0]

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Where it was made, in the words of the list of browsers."""
        return _("Passkey of %(meta)s") % {
            "meta": keeping.device_words(context.request.META.get("HTTP_USER_AGENT", ""))
        }
