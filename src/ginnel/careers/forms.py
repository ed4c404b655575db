"""What people tell Career Compass, one form a page."""

from typing import Any

from django import forms

from ginnel.careers.models import Family, Role, Setting
from ginnel.careers.rules import INTEREST_NAMES

PAY_STEPS = (25000, 30000, 38000, 48000, 60000)


class ExploreForm(forms.Form):
    """The filters of the explore page. An unknown value is dropped, so that an old link still opens."""

    q = forms.CharField(label="Words", required=False, max_length=200, strip=True)
    family = forms.ChoiceField(label="Part of health and care", required=False)
    setting = forms.ChoiceField(label="Where", required=False)
    level = forms.ChoiceField(label="Where it starts", required=False)
    interest = forms.ChoiceField(label="What you like doing", required=False)
    pay = forms.ChoiceField(label="Pay can reach", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "family": list(Family.objects.order_by("position").values_list("slug", "name")),
            "setting": list(Setting.objects.order_by("position").values_list("slug", "name")),
            "level": list(Role.Level.choices),
            "interest": list(INTEREST_NAMES.items()),
            "pay": [(str(step), f"£{step:,} or more") for step in PAY_STEPS],
        }
        for name, options in choices.items():
            self.fields[name].choices = [("", "Any"), *options]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The filters that hold a usable value."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
