"""What a person types to sign in, and to leave."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms

from ginnel.core.forms import PlainErrors, PlainForm


class SignInForm(PlainErrors, RequestLoginCodeForm):
    """An e-mail address, known or not."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We send a code to it. You need no password.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Type your e-mail address",
            "invalid": "Type the address in full, like name@example.com",
            "max_length": "That is too long for an e-mail address. Check it and type it again",
        },
    )

    def clean_email(self) -> str:
        """In lower case, as accounts keep it; and not too many codes for one address."""
        self.cleaned_data["email"] = self.cleaned_data["email"].lower()
        email: str = super().clean_email()
        return email


class CodeForm(PlainErrors, ConfirmLoginCodeForm):
    """The code from the e-mail."""

    code = forms.CharField(
        label="The code from the e-mail",
        help_text="8 digits. Spaces do not matter.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={
            "required": "Type the code from the e-mail",
            "max_length": "The code has 8 digits. Type only those",
        },
    )


class DeleteForm(PlainForm):
    """Sure about leaving."""

    sure = forms.BooleanField(
        label="Yes, delete my account and everything in it",
        error_messages={"required": "Tick the box if you want to delete everything. Or go back to My page"},
    )
