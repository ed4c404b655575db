"""About me: a list of the questions, and a page for each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ginnel.accounts.models import Consent, User
from ginnel.accounts.people import signed_in
from ginnel.accounts.profile import commands
from ginnel.accounts.profile.forms import ConsentForm, NameForm, QuestionForm
from ginnel.accounts.profile.queries import answers, birth_year, support_answers
from ginnel.accounts.profile.questions import ABOUT, QUESTIONS, SUPPORT, Question, after, in_words, of_group
from ginnel.accounts.profile.rules import may_be_a_child
from ginnel.core.words import gettext_lazy

SUPPORT_CONSENT = gettext_lazy("I agree that you keep what would help me, so that people who help me can see to it")


@require_safe
@never_cache
@login_required
def about_me(request: HttpRequest) -> HttpResponse:
    """All questions with my answers."""
    user = signed_in(request)
    said, support = answers(user), support_answers(user)
    context = {
        "about": _summary(ABOUT, said),
        "support": _summary(SUPPORT, support),
        "first": of_group(ABOUT)[0].slug,
        "child": may_be_a_child(birth_year(said), this_year=timezone.localdate().year),
    }
    return render(request, "accounts/about_me.html", context)


def _summary(group: str, said: dict[str, list[str]]) -> dict[str, Any]:
    """Options of the summary list of one group."""
    return {
        "rows": [
            {
                "key": {"text": question.title},
                "value": {
                    "text": in_words(question.slug, said[question.slug]) if question.slug in said else _("Not answered")
                },
                "actions": {
                    "items": [
                        {
                            "text": _("Change") if question.slug in said else _("Answer"),
                            "visuallyHiddenText": question.title.lower(),
                            "href": reverse("accounts:question", args=[question.slug]),
                        }
                    ]
                },
            }
            for question in of_group(group)
        ]
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question: answer, skip, or take the answer away. `next` says where the person came from, `on=1` leads through all."""
    user, asked = signed_in(request), QUESTIONS.get(slug)
    if asked is None:
        raise Http404
    if asked.group == SUPPORT and not _agreed(user):
        return redirect(_with(request, reverse("accounts:support_consent"), question=slug))
    said = (answers if asked.group == ABOUT else support_answers)(user)
    form = QuestionForm(asked, request.POST if request.method == "POST" else None, values=said.get(slug))
    if request.method == "POST":
        if "skip" in request.POST:
            return redirect(_onward(request, asked))
        if "forget" in request.POST or form.is_valid():
            values = [] if "forget" in request.POST else form.cleaned_data["answer"]
            try:
                commands.save_answer(user, asked, values, at=timezone.now())
            except commands.NoConsent:  # taken back in another window meanwhile
                return redirect(_with(request, reverse("accounts:support_consent"), question=slug))
            return redirect(_onward(request, asked))
    context = {"form": form, "question": asked, "answered": slug in said, "stay": _with(request, "")}
    return render(request, "accounts/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def support_consent(request: HttpRequest) -> HttpResponse:
    """Before needs for support: what they are kept for, and whether the person agrees."""
    user = signed_in(request)
    form = ConsentForm(SUPPORT_CONSENT, request.POST if request.method == "POST" else None)
    wanted = request.GET.get("question", "")
    if request.method == "POST" and form.is_valid():
        commands.give_consent(user, Consent.Purpose.SUPPORT, at=timezone.now())
        first = wanted if wanted in QUESTIONS else of_group(SUPPORT)[0].slug
        return redirect(_with(request, reverse("accounts:question", args=[first])))
    return render(request, "accounts/support_consent.html", {"form": form, "back": _next(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """Correct my name."""
    user = signed_in(request)
    form = NameForm(request.POST if request.method == "POST" else {"name": user.name})
    if request.method == "POST" and form.is_valid():
        commands.correct_name(user, form.cleaned_data["name"], at=timezone.now())
        return redirect("accounts:mine")
    return render(request, "accounts/name.html", {"form": form})


def _agreed(user: User) -> bool:
    return Consent.objects.of_person(user).standing().filter(purpose=Consent.Purpose.SUPPORT).exists()


def _next(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours; else the list of questions."""
    wanted = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else reverse("accounts:about_me")


def _onward(request: HttpRequest, asked: Question) -> str:
    if request.GET.get("on") == "1" and (following := after(asked)):
        return _with(request, reverse("accounts:question", args=[following.slug]))
    return _next(request)


def _with(request: HttpRequest, address: str, **more: str) -> str:
    """An address with where the person came from, and how they are led."""
    kept = {key: request.GET[key] for key in ("next", "on") if key in request.GET} | more
    return f"{address}?{urlencode(kept)}" if kept else address
