"""What to look for in what happened."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from ginnel.core.forms import PlainForm, set_choices
from ginnel.events import words
from ginnel.partners.audit import person_to_look_for

_DATES = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
_NOT_A_DATE = "Type the day like 27/3/2026"


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=_DATES,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _NOT_A_DATE},
    )


class AuditForm(PlainForm):
    """Filters of the list. `organisations` are those this person may look at; `everything` allows to leave the choice open."""

    organisation = forms.TypedChoiceField(
        label="Organisation", required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": "Choose one of the organisations in the list"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What", required=False, error_messages={"invalid_choice": "Choose one of the kinds in the list"}
    )
    person = forms.CharField(
        label="Person",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        help_text="Their e-mail address, or their number",
    )
    since = _day("From")
    until = _day("Up to")

    def __init__(self, data: Any, *, organisations: list[tuple[int, str]], everything: bool):
        data = data.copy()
        self.everything = everything
        if not everything and not data.get("organisation"):
            data["organisation"] = str(organisations[0][0])
        super().__init__(data)
        blank = [("", "All of the partnership")] if everything else []
        set_choices(self, "organisation", blank + [(str(pk), name) for pk, name in organisations])
        set_choices(self, "kind", [("", "Everything"), *words.kinds().items()])
        for field in ("since", "until"):
            self.fields[field].help_text = "For example 27/3/2026"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not be before the first")
        if (text := cleaned.get("person")) and "organisation" in cleaned:
            found = person_to_look_for(text, organisation=cleaned["organisation"])
            if found is None:
                self.add_error("person", "Nobody here has this address. Check it and type it again")
            cleaned["person"] = found
        return cleaned

    def moments(self) -> tuple[datetime | None, datetime | None]:
        """From when (included) to when (not included): whole days here."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return _midnight(since) if since else None, _midnight(until + timedelta(days=1)) if until else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
