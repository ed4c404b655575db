"""The questions of suit-me, one form a page. Every question may be skipped."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ginnel.careers.forms import ASKED_GATES
from ginnel.careers.model.link import Understanding
from ginnel.careers.models import Gate, Start
from ginnel.careers.queries.suit import LONGEST_TEXT
from ginnel.careers.rules import LEVEL_NAMES, SHIFT_NAMES
from ginnel.core.forms import choices_of, set_choices

EXAMPLE = "For example: I looked after my grandad for three years and worked nights in a warehouse. No GCSEs."


class TextForm(forms.Form):
    """What a person has done, in their own words."""

    text = forms.CharField(
        label="Tell us what you have done",
        help_text=f"Jobs, caring, home, school, another country: all of it counts. {EXAMPLE}",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": f"Write at most {LONGEST_TEXT:,} letters. A few sentences are enough."},
    )


class UnderstoodForm(forms.Form):
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


class AboutYouForm(forms.Form):
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
    pay_needed_gbp = forms.IntegerField(
        label="Pay you need in a year, in pounds",
        required=False,
        min_value=0,
        max_value=300_000,
        help_text="Before tax, for full-time work. For example 25000",
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
