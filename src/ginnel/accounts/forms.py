"""What a person types to sign in, to change how, and to leave."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from ginnel.accounts.models import User
from ginnel.core.forms import PlainErrors, PlainForm
from ginnel.core.words import gettext_lazy


class CodeField(forms.CharField):
    """A code of some digits; longer by the blanks that people copy along with it."""

    def __init__(self, label: str, help_text: str, *, missing: str, too_long: str) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=40,
            widget=forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
            ),
            error_messages={"required": missing, "max_length": too_long},
        )


def _mailed_code() -> CodeField:
    return CodeField(
        gettext_lazy("The code from the e-mail"),
        gettext_lazy("8 digits. Spaces do not matter."),
        missing=gettext_lazy("Type the code from the e-mail"),
        too_long=gettext_lazy("The code has 8 digits. Type only those"),
    )


def _address(label: str, help_text: str, complete: str = "email") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=help_text,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": complete, "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Type your e-mail address"),
            "invalid": gettext_lazy("Type the address in full, like name@example.com"),
            "max_length": gettext_lazy("That is too long for an e-mail address. Check it and type it again"),
        },
    )


class AddressForm(PlainForm):
    """An e-mail address, in lower case, as accounts keep it."""

    email = _address(
        gettext_lazy("The other e-mail address"), gettext_lazy("We send a code to it, to be sure that it is yours.")
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class SignInForm(AddressForm):
    """An e-mail address, known or not."""

    email = _address(
        gettext_lazy("Your e-mail address"),
        gettext_lazy("If you work for an organisation, use your address there. You need no password."),
        "username webauthn",
    )


class PasswordSignInForm(AddressForm):
    """An address and a password."""

    email = _address(gettext_lazy("Your e-mail address"), "", "username")
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Type your password")},
    )


class PasswordForm(PlainForm):
    """A new password, typed once: it can be shown."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        help_text=gettext_lazy(
            "At least 12 letters, numbers or signs. Three or four words that do not belong together are good."
        ),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Type the password you want")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class ConfirmPasswordForm(PlainForm):
    """The password again, to be sure it is still the same person."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Type your password")},
    )


class ProofForm(PlainForm):
    """The code from the e-mail that proves an address."""

    code = _mailed_code()


class CodeForm(PlainErrors, ConfirmLoginCodeForm):
    """The code from the e-mail, to sign in."""

    code = _mailed_code()


class SecondStepForm(PlainErrors, AuthenticateForm):
    """The code an app shows, or a recovery code."""

    code = CodeField(
        gettext_lazy("The code from your app"),
        gettext_lazy("6 digits. No phone with you? Type one of your recovery codes, 8 digits."),
        missing=gettext_lazy("Type the code"),
        too_long=gettext_lazy("The code has 6 or 8 digits. Type only those"),
    )


class AppForm(PlainErrors, ActivateTOTPForm):
    """The first code of a new app."""

    code = CodeField(
        gettext_lazy("The code your app shows now"),
        gettext_lazy("6 digits. It changes every half minute."),
        missing=gettext_lazy("Type the code"),
        too_long=gettext_lazy("The code has 6 digits. Type only those"),
    )


class PasskeyForm(PlainErrors, AddWebAuthnForm):
    """A new passkey: its name, and what the browser made."""

    name = forms.CharField(
        label=gettext_lazy("What do you call this device?"),
        help_text=gettext_lazy("Only you see the name."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    passwordless = forms.BooleanField(required=False)


class DeleteForm(PlainForm):
    """Sure about leaving."""

    sure = forms.BooleanField(
        label=gettext_lazy("Yes, delete my account and everything in it"),
        error_messages={
            "required": gettext_lazy("Tick the box if you want to delete everything. Or go back to My page")
        },
    )
