"""The questions of suit-me, one form a page. Every question may be skipped."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from ginnel.careers.forms import ASKED_GATES
from ginnel.careers.model.link import Understanding
from ginnel.careers.model.pay import yearly_pay
from ginnel.careers.models import Gate, Start
from ginnel.careers.queries.suit import LONGEST_TEXT
from ginnel.careers.words import LEVEL_NAMES, SHIFT_NAMES
from ginnel.core.forms import PlainForm, choices_of, set_choices
from ginnel.core.text import grouped
from ginnel.core.words import English, english, gettext_lazy, names_in_english

MOST_A_YEAR = 300_000
EXAMPLE = gettext_lazy(
    "For example: I looked after my grandad for three years and worked nights in a warehouse. No GCSEs."
)


class PayField(forms.CharField):
    """Pay in any of the ways people write it; pounds a year, or None when left empty."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any):
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> int | None:
        """
        :raises ValidationError: for what is no amount, has no clear unit, or is beyond any pay.
        """
        words = super().clean(value)
        if not words:
            return None
        pounds = yearly_pay(words)
        if pounds is None:
            raise forms.ValidationError(
                _("%(label)s: type one amount, like 25,000 a year, 2,000 a month or 12.50 an hour")
                % {"label": self.label}
            )
        if pounds > MOST_A_YEAR:
            raise forms.ValidationError(
                _("%(label)s: that is £%(pounds)s a year. Type £%(most_a_year)s a year or less")
                % {"label": self.label, "pounds": grouped(pounds), "most_a_year": grouped(MOST_A_YEAR)}
            )
        return pounds


class TextForm(PlainForm):
    """What a person has done, in their own words."""

    text = forms.CharField(
        label=gettext_lazy("Tell us what you have done"),
        help_text=format_lazy(
            "{} {}", gettext_lazy("Jobs, caring, home, school, another country: all of it counts."), EXAMPLE
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "max_length": format_lazy(
                gettext_lazy("Write at most {most} letters. A few sentences are enough."), most=f"{LONGEST_TEXT:,}"
            )
        },
    )


class UnderstoodForm(PlainForm):
    """What we understood, each to be kept or taken off, and more to be added."""

    right = forms.MultipleChoiceField(
        label=gettext_lazy("We think you have done or can do this"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = forms.MultipleChoiceField(
        label=gettext_lazy("Or did you mean one of these?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=gettext_lazy("Anything we missed?"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("In your own words, such as: I drive a van, I speak Polish"),
    )

    def __init__(self, *args: Any, understood: Understanding, added: Iterable[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        seen: dict[str, str] = {}
        for mention in understood.mentions:
            seen[mention.key] = _("%(label)s (you wrote “%(words)s”)") % {
                "label": mention.label,
                "words": mention.words,
            }
        for key, label in added:
            seen.setdefault(key, label)
        others = {
            one.key: one.label
            for mention in understood.mentions
            for one in mention.alternatives
            if one.key not in seen and one.kind in ("experience", "role", "skill")
        }
        set_choices(self, "right", list(seen.items()))
        self.fields["right"].initial = list(seen)
        set_choices(self, "other", list(others.items()))
        for name in ("right", "other"):
            if not choices_of(self, name):
                del self.fields[name]


class AboutYouForm(PlainForm):
    """Where a person stands and what they need, each question free to skip."""

    start = forms.ChoiceField(label=gettext_lazy("Which is nearest to you now?"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Your highest qualification"), required=False)
    age = forms.IntegerField(label=gettext_lazy("Your age"), required=False, min_value=13, max_value=90)
    has = forms.MultipleChoiceField(
        label=gettext_lazy("What do you have already?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shifts_not = forms.MultipleChoiceField(
        label=gettext_lazy("When can you not work?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    part_time = forms.BooleanField(label=gettext_lazy("I need part-time work"), required=False)
    pay_needed_gbp = PayField(
        label=gettext_lazy("Pay you need"),
        required=False,
        help_text=gettext_lazy("Before tax, for full-time work. For example £25,000 a year, or £12.50 an hour"),
    )

    def __init__(self, *args: Any, works_as: tuple[str, str] | None = None, **kwargs: Any):
        """`works_as`: slug and name of the role the person's words say they are in now."""
        super().__init__(*args, **kwargs)
        gates = English(dict(Gate.objects.filter(slug__in=ASKED_GATES).values_list("slug", "name")))
        choices = {
            "start": [
                ("", _("Not sure")),
                *(
                    [(works_as[0], _("I work in this role now: %(works_as)s") % {"works_as": english(works_as[1])})]
                    if works_as
                    else []
                ),
                *names_in_english(Start.objects.order_by("position").values_list("slug", "plain")),
            ],
            "level": [("", _("Not sure")), *[(str(level), name) for level, name in LEVEL_NAMES.items()]],
            "has": [(slug, gates[slug]) for slug in ASKED_GATES if slug in gates],
            "shifts_not": [(key, SHIFT_NAMES[key]) for key in ("days", "evenings", "nights", "weekends", "on-call")],
        }
        for name, options in choices.items():
            set_choices(self, name, options)
