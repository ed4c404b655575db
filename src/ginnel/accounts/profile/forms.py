"""One form for one question."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from ginnel.accounts.profile.questions import Question
from ginnel.accounts.profile.rules import reasons_not_to_take_year
from ginnel.core.forms import PlainForm
from ginnel.core.words import gettext_lazy

_CHOOSE = {
    "required": gettext_lazy("Choose an answer, or skip this question"),
    "invalid_choice": gettext_lazy("Choose from the list"),
}


class QuestionForm(PlainForm):
    """The answer to one question of About me."""

    def __init__(self, question: Question, data: Any = None, *, values: list[str] | None = None):
        self.question = question
        super().__init__(data, initial={"answer": values if question.many else (values or [""])[0]})
        choices = list(question.choices.items())
        if not choices:
            self.fields["answer"] = forms.CharField(
                label=question.text,
                help_text=question.why,
                max_length=10,
                widget=forms.NumberInput(attrs={"autocomplete": "bday-year"}),
                error_messages={"required": _("Type the year, or skip this question")},
            )
        elif question.many:
            self.fields["answer"] = forms.MultipleChoiceField(
                label=question.text,
                help_text=_("%(why)s Choose all that fit.") % {"why": question.why},
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages=_CHOOSE,
            )
        else:
            self.fields["answer"] = forms.ChoiceField(
                label=question.text,
                help_text=question.why,
                choices=choices,
                widget=forms.RadioSelect,
                error_messages=_CHOOSE,
            )

    def clean_answer(self) -> list[str]:
        """The values chosen, as they are kept."""
        answer = self.cleaned_data["answer"]
        values = answer if isinstance(answer, list) else [answer.strip()]
        this_year = timezone.localdate().year
        if not self.question.choices and (reasons := reasons_not_to_take_year(values[0], this_year=this_year)):
            raise forms.ValidationError([_(reason) for reason in reasons])
        if self.question.alone in values and len(values) > 1:
            raise forms.ValidationError(
                _("Choose “%(choices)s” alone, or the others") % {"choices": self.question.choices[self.question.alone]}
            )
        return values


class ConsentForm(PlainForm):
    """Agreeing to something, in so many words."""

    agree = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick the box if you agree. Or go back: you need not")}
    )

    def __init__(self, label: str, data: Any = None):
        super().__init__(data)
        self.fields["agree"].label = label


class NameForm(PlainForm):
    """The name colleagues see."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As people who work with you know you. You may leave it empty."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"max_length": gettext_lazy("That is too long. Leave something out")},
    )

    def clean_name(self) -> str:
        """With single spaces."""
        return " ".join(self.cleaned_data["name"].split())
