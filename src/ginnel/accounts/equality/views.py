"""Equality answers: asked on pages of their own, shown to their person, counted for those who may read counts."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.accounts.equality import queries
from ginnel.accounts.equality.commands import keep_answer, withdraw
from ginnel.accounts.equality.questions import QUESTIONS, EqualityQuestion, asked_of
from ginnel.accounts.models import User
from ginnel.accounts.people import signed_in
from ginnel.accounts.profile.forms import ConsentForm
from ginnel.accounts.profile.queries import answers, birth_year
from ginnel.accounts.profile.rules import may_be_under_16
from ginnel.core.forms import PlainForm
from ginnel.core.words import gettext_lazy

CONSENT = gettext_lazy("I agree that you keep my answers, apart from my account, and count them")
_AGREED = "equality_agreed_on"


class EqualityForm(PlainForm):
    """One answer, or that the person would rather not say."""

    answer = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose an answer, or “I would rather not say”, or skip this question"),
            "invalid_choice": gettext_lazy("Choose from the list"),
        },
    )

    def __init__(self, question: EqualityQuestion, data: Any = None, *, answer: str = ""):
        super().__init__(data, initial={"answer": answer})
        field = self.fields["answer"]
        field.label, field.help_text = question.text, question.hint
        field.choices = list(question.choices.items())  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """What the questions are for, my answers if there are any, and whether I agree."""
    user = signed_in(request)
    form = ConsentForm(CONSENT, request.POST if request.method == "POST" else None)
    asked = _asked_of(user)
    if request.method == "POST" and form.is_valid():
        request.session[_AGREED] = timezone.localdate().isoformat()
        return redirect("accounts:equality_question", asked[0].slug)
    mine = queries.own_answers(user)
    rows = [
        {
            "key": {"text": question.title},
            "value": {
                "text": question.choices.get(mine[question.slug].answer, "")
                if question.slug in mine
                else _("Not answered")
            },
            "actions": {
                "items": [
                    {
                        "text": _("Change") if question.slug in mine else _("Answer"),
                        "visuallyHiddenText": question.title.lower(),
                        "href": reverse("accounts:equality_question", args=[question.slug]),
                    }
                ]
            },
        }
        for question in asked
    ]
    agreed_on = min((answer.consented_on for answer in mine.values()), default=None)
    context = {
        "form": form,
        "mine": bool(mine),
        "answers": {"rows": rows},
        "agreed_on": agreed_on,
        "may_read": queries.may_read_aggregates(user),
    }
    return render(request, "accounts/equality_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question. Only for somebody who agreed: in this visit, or when they gave the answers that stand."""
    user = signed_in(request)
    asked = _asked_of(user)
    if slug not in {one.slug for one in asked}:
        raise Http404
    here = QUESTIONS[slug]
    mine = queries.own_answers(user)
    agreed_on = _agreed_on(request, [answer.consented_on for answer in mine.values()])
    if agreed_on is None:
        return redirect("accounts:equality")
    held = mine[slug].answer if slug in mine else ""
    form = EqualityForm(here, request.POST if request.method == "POST" else None, answer=held)
    place = asked.index(here)
    onward = (
        reverse("accounts:equality_question", args=[asked[place + 1].slug])
        if place + 1 < len(asked)
        else reverse("accounts:equality")
    )
    if request.method == "POST":
        if "skip" in request.POST:
            return redirect(onward)
        if form.is_valid():
            keep_answer(user, slug, form.cleaned_data["answer"], on=timezone.localdate(), consented_on=agreed_on)
            return redirect(onward)
    context = {"form": form, "question": here, "number": place + 1, "of": len(asked)}
    return render(request, "accounts/equality_question.html", context)


@require_POST
@login_required
def take_back(request: HttpRequest) -> HttpResponse:
    """Withdraw: every answer goes, and the consent with it."""
    withdraw(signed_in(request).pk)
    request.session.pop(_AGREED, None)
    messages.success(request, _("Your equality answers are deleted."))
    return redirect("accounts:equality")


@require_safe
@never_cache
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """How many gave which answer, for people with the permission. For everybody else the page is not there."""
    user = signed_in(request)
    try:
        found = queries.counts(reader=user).values()
    except PermissionDenied as refused:
        raise Http404 from refused
    tables = [
        {
            "caption": {"text": one.title, "size": "m"},
            "head": [{"text": "Answer"}, {"text": "People", "format": "numeric"}],
            "rows": [
                [{"text": name}, {"text": "too few to say" if count is None else f"{count:,}", "format": "numeric"}]
                for name, count in [*one.answers.items(), ("All answers", one.total)]
            ],
            "source": one.source,
        }
        for one in found
    ]
    return render(request, "accounts/equality_figures.html", {"tables": tables, "on": timezone.localdate()})


def _asked_of(user: User) -> list[EqualityQuestion]:
    under_16 = may_be_under_16(birth_year(answers(user)), this_year=timezone.localdate().year)
    return asked_of(under_16=under_16)


def _agreed_on(request: HttpRequest, before: list[date]) -> date | None:
    if said := request.session.get(_AGREED):
        return date.fromisoformat(said)
    return min(before, default=None)
