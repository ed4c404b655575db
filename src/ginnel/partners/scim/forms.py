"""What an administrator says of their organisation's directory."""

from typing import Any

from django import forms

from ginnel.core.forms import PlainForm, set_choices
from ginnel.partners.models import DirectoryGroup, Role
from ginnel.partners.rules import DIRECTORY_KEY_DAYS


class KeyForm(PlainForm):
    """A new key."""

    name = forms.CharField(
        label="What is the key for?",
        help_text="So that you know it again, such as “Entra ID, set up by the IT team”",
        max_length=80,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
        error_messages={
            "required": "Say what the key is for",
            "max_length": "Shorten what the key is for to 80 characters",
        },
    )
    days = forms.TypedChoiceField(
        label="How long should it work?",
        coerce=int,
        initial=180,
        choices=[(days, f"{days} days") for days in DIRECTORY_KEY_DAYS],
        error_messages={"required": "Say how long the key should work", "invalid_choice": "Choose one from the list"},
    )


class GroupRoleForm(PlainForm):
    """The role a group of the directory gives."""

    role = forms.ChoiceField(label="Role", required=False)

    def __init__(self, *args: Any, group: DirectoryGroup, **kwargs: Any) -> None:
        kwargs |= {"prefix": f"g{group.pk.hex[:12]}", "initial": {"role": group.gives_role}}
        super().__init__(*args, **kwargs)
        self.group = group
        set_choices(self, "role", [("", "No role"), *Role.choices])
        self.fields["role"].label = f"Role of people in {group.display_name}"
