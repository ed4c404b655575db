"""What people type to send a list, and to make a pack for a class."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ginnel.careers.models import Family, Role
from ginnel.careers.words import INTEREST_NAMES
from ginnel.core.forms import PlainForm
from ginnel.core.words import english, gettext_lazy, names_in_english

MOST_IN_A_PACK = 12


class SendLinkForm(PlainForm):
    """An address a link is sent to once. It is not stored."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We use it once, for this e-mail, and do not keep it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Type an e-mail address"),
            "invalid": gettext_lazy("Type the address in full, like name@example.com"),
            "max_length": gettext_lazy("That is too long for an e-mail address. Check it and type it again"),
        },
    )


class PackForm(PlainForm):
    """Which roles a class looks at: picked by hand, or a part of health and care, or an interest."""

    role = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of the roles is not here any more. Choose again")},
    )
    family = forms.ChoiceField(label=gettext_lazy("Part of health and care"), required=False)
    interest = forms.ChoiceField(label=gettext_lazy("What they like doing"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Name of the class or group (optional)"),
        help_text=gettext_lazy("Printed at the top. We do not store it. Please do not put a pupil's name here."),
        required=False,
        max_length=60,
        error_messages={"max_length": gettext_lazy("Make the name shorter: at most 60 letters")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        named = Role.objects.public().select_related("family").only("slug", "name", "family__slug", "family__name")
        self.roles = list(named.order_by("family__position", "name", "pk"))
        families = names_in_english(Family.objects.order_by("position").values_list("slug", "name"))
        self.fields["role"].choices = [(role.slug, english(role.name)) for role in self.roles]  # type: ignore[attr-defined]
        self.fields["family"].choices = [("", _("Any part")), *families]  # type: ignore[attr-defined]
        self.fields["interest"].choices = [("", _("Anything")), *INTEREST_NAMES.items()]  # type: ignore[attr-defined]

    def clean_role(self) -> list[str]:
        """In the order of the form, each once, at most 12."""
        chosen = list(dict.fromkeys(self.cleaned_data["role"]))
        if len(chosen) > MOST_IN_A_PACK:
            raise forms.ValidationError(
                _("Choose at most %(most_in_a_pack)s roles. You chose %(chosen)s")
                % {"most_in_a_pack": MOST_IN_A_PACK, "chosen": len(chosen)}
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("role") or cleaned.get("family") or cleaned.get("interest")):
            self.add_error("family", _("Choose a part of health and care, or something they like doing, or some roles"))
        return cleaned
