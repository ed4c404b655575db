"""The questions of suit-me, one form a page. Every question may be skipped."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ginnel.careers.forms import ASKED_GATES
from ginnel.careers.model.link import Understanding
from ginnel.careers.model.pay import yearly_pay
from ginnel.careers.models import Gate, Start
from ginnel.careers.queries.suit import LONGEST_TEXT
from ginnel.careers.rules import LEVEL_NAMES, SHIFT_NAMES
from ginnel.core.forms import PlainForm, choices_of, set_choices

MOST_A_YEAR = 300_000
EXAMPLE = "For example: I looked after my grandad for three years and worked nights in a warehouse. No GCSEs."


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
                f"{self.label}: type one amount, like 25,000 a year, 2,000 a month or 12.50 an hour"
            )
        if pounds > MOST_A_YEAR:
            raise forms.ValidationError(
                f"{self.label}: that is £{pounds:,} a year. Type £{MOST_A_YEAR:,} a year or less"
            )
        return pounds


class TextForm(PlainForm):
    """What a person has done, in their own words."""

    text = forms.CharField(
        label="Tell us what you have done",
        help_text=f"Jobs, caring, home, school, another country: all of it counts. {EXAMPLE}",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": f"Write at most {LONGEST_TEXT:,} letters. A few sentences are enough."},
    )


class UnderstoodForm(PlainForm):
    """What we understood, each to be kept or taken off, and more to be added."""

    right = forms.MultipleChoiceField(
        label="We think you have done or can do this", required=False, widget=forms.CheckboxSelectMultiple
    )
    other = forms.MultipleChoiceField(
        label="Or did you mean one of these?", required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label="Anything we missed?",
        required=False,
        max_length=2000,
        help_text="In your own words, such as: I drive a van, I speak Polish",
    )

    def __init__(self, *args: Any, understood: Understanding, added: Iterable[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        seen: dict[str, str] = {}
        for mention in understood.mentions:
            seen[mention.key] = f"{mention.label} (you wrote “{mention.words}”)"
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

    start = forms.ChoiceField(label="Which is nearest to you now?", required=False)
    level = forms.ChoiceField(label="Your highest qualification", required=False)
    age = forms.IntegerField(label="Your age", required=False, min_value=13, max_value=90)
    has = forms.MultipleChoiceField(
        label="What do you have already?", required=False, widget=forms.CheckboxSelectMultiple
    )
    shifts_not = forms.MultipleChoiceField(
        label="When can you not work?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(key, SHIFT_NAMES[key]) for key in ("days", "evenings", "nights", "weekends", "on-call")],
    )
    part_time = forms.BooleanField(label="I need part-time work", required=False)
    pay_needed_gbp = PayField(
        label="Pay you need",
        required=False,
        help_text="Before tax, for full-time work. For example £25,000 a year, or £12.50 an hour",
    )

    def __init__(self, *args: Any, works_as: tuple[str, str] | None = None, **kwargs: Any):
        """`works_as`: slug and name of the role the person's words say they are in now."""
        super().__init__(*args, **kwargs)
        gates = dict(Gate.objects.filter(slug__in=ASKED_GATES).values_list("slug", "name"))
        choices = {
            "start": [
                ("", "Not sure"),
                *([(works_as[0], f"I work in this role now: {works_as[1]}")] if works_as else []),
                *Start.objects.order_by("position").values_list("slug", "plain"),
            ],
            "level": [("", "Not sure"), *[(str(level), name) for level, name in LEVEL_NAMES.items()]],
            "has": [(slug, gates[slug]) for slug in ASKED_GATES if slug in gates],
        }
        for name, options in choices.items():
            set_choices(self, name, options)
