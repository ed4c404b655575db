"""What people tell Career Compass, one form a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ginnel.careers.models import Family, Gate, Role, Setting, Start
from ginnel.careers.words import INTEREST_NAMES, LEVEL_NAMES
from ginnel.core.forms import PlainForm, set_choices
from ginnel.core.text import grouped
from ginnel.core.words import English, gettext_lazy, names_in_english

PAY_STEPS = (25000, 30000, 38000, 48000, 60000)


class ExploreForm(PlainForm):
    """The filters of the explore page. An unknown value is dropped, so that an old link still opens."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200, strip=True)
    family = forms.ChoiceField(label=gettext_lazy("Part of health and care"), required=False)
    setting = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Where it starts"), required=False)
    interest = forms.ChoiceField(label=gettext_lazy("What you like doing"), required=False)
    pay = forms.ChoiceField(label=gettext_lazy("Pay can reach"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "family": names_in_english(Family.objects.order_by("position").values_list("slug", "name")),
            "setting": names_in_english(Setting.objects.order_by("position").values_list("slug", "name")),
            "level": list(Role.Level.choices),
            "interest": list(INTEREST_NAMES.items()),
            "pay": [(str(step), _("£%(step)s or more") % {"step": grouped(step)}) for step in PAY_STEPS],
        }
        for name, options in choices.items():
            set_choices(self, name, [("", _("Any")), *options])

    def chosen(self) -> dict[str, str]:
        """The filters that hold a usable value."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


# Gates a person may well have already, asked as ticks. Others are opened on the way or given by a step.
ASKED_GATES = ("english-maths-l2", "science-gcse", "driving-licence", "ielts")


class RouteForm(PlainForm):
    """Where from, where to, and what the person has already."""

    start = forms.ChoiceField(label=gettext_lazy("Where are you now?"))
    to = forms.ChoiceField(label=gettext_lazy("Where would you like to get to?"))
    level = forms.ChoiceField(label=gettext_lazy("Your highest qualification"), required=False)
    age = forms.IntegerField(
        label=gettext_lazy("Your age"),
        required=False,
        min_value=13,
        max_value=90,
        help_text=gettext_lazy("Some steps have an age gate. Leave it empty if you like."),
    )
    has = forms.MultipleChoiceField(
        label=gettext_lazy("What do you have already?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    years = forms.ChoiceField(
        label=gettext_lazy("How far ahead should we look?"),
        required=False,
        choices=[("5", gettext_lazy("5 years")), ("10", gettext_lazy("10 years")), ("20", gettext_lazy("20 years"))],
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        starts = names_in_english(Start.objects.order_by("position").values_list("slug", "plain"))
        roles = names_in_english(Role.objects.public().order_by("name").values_list("slug", "name"))
        blank, works_as = [("", _("Choose one"))], _("I work as: %(name)s")
        gates = English(dict(Gate.objects.filter(slug__in=ASKED_GATES).values_list("slug", "name")))
        held = [(slug, gates[slug]) for slug in ASKED_GATES if slug in gates]
        choices = {
            "start": [*blank, *starts, *[(slug, works_as % {"name": name}) for slug, name in roles]],
            "to": [*blank, *roles],
            "level": [("", _("Not sure")), *[(str(level), name) for level, name in LEVEL_NAMES.items()]],
            "has": held,
        }
        for name, options in choices.items():
            set_choices(self, name, options)
        self.fields["start"].error_messages["required"] = _("Choose where you are now")
        self.fields["to"].error_messages["required"] = _("Choose where you would like to get to")
