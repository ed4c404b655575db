"""
Suit me: a short conversation and its answer.

What a person says lives in their session only, never in an address or a log, and goes when they press "Start again".
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.careers.interest_bank import interest_profile, interest_statements
from ginnel.careers.model.interests import next_statement
from ginnel.careers.model.link import Understanding
from ginnel.careers.queries.suit import suited, understand_said
from ginnel.careers.said import SESSION_KEY, Said
from ginnel.careers.suit_engine import suit_engine
from ginnel.careers.suit_forms import AboutYouForm, TextForm, UnderstoodForm
from ginnel.careers.suit_words import hints_in_words
from ginnel.careers.words import LEVEL_NAMES
from ginnel.core.forms import choices_of
from ginnel.core.words import english

ANSWERS = {"yes": 1.0, "maybe": 0.5, "no": 0.0}
MOST_STATEMENTS = 15


def _said(request: HttpRequest) -> Said:
    return Said.from_session(request.session.get(SESSION_KEY, {}))


def _keep(request: HttpRequest, said: Said) -> None:
    request.session[SESSION_KEY] = said.to_session()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suit_start(request: HttpRequest) -> HttpResponse:
    """Say what you have done."""
    said = _said(request)
    if request.method == "POST":
        form = TextForm(request.POST)
        if form.is_valid():
            # New words, new understanding: what was ticked off before belonged to the old ones.
            if form.cleaned_data["text"] != said.text:
                _keep(request, replace(said, text=form.cleaned_data["text"], not_me=(), also=()))
            return redirect("careers:suit_understood" if form.cleaned_data["text"] else "careers:suit_about_you")
    else:
        form = TextForm(initial={"text": said.text})
    return render(request, "careers/suit_start.html", {"section": "suit", "form": form, "step": 1})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suit_understood(request: HttpRequest) -> HttpResponse:
    """See what we understood, and put it right."""
    said = _said(request)
    if not said.text:
        return redirect("careers:suit")
    understood = understand_said(replace(said, not_me=()))
    names = suit_engine().names
    shown = {mention.key for mention in understood.mentions}
    added = [(key, names[key]) for key in said.also if key in names and key not in shown]
    if request.method == "POST":
        form = UnderstoodForm(request.POST, understood=understood, added=added)
        if form.is_valid():
            right = set(form.cleaned_data.get("right", []))
            offered = {key for key, _ in choices_of(form, "right")} if "right" in form.fields else set()
            also = [
                key for key in (*said.also, *form.cleaned_data.get("other", [])) if key not in offered or key in right
            ]
            text = said.text
            if form.cleaned_data["more"]:
                text = f"{text}\n{form.cleaned_data['more']}"[:10_000]
            _keep(
                request,
                replace(said, text=text, not_me=tuple(sorted(offered - right)), also=tuple(dict.fromkeys(also))),
            )
            return redirect("careers:suit_understood" if form.cleaned_data["more"] else "careers:suit_about_you")
    else:
        kept = [
            key for key in [*[m.key for m in understood.mentions], *[key for key, _ in added]] if key not in said.not_me
        ]
        form = UnderstoodForm(initial={"right": kept}, understood=understood, added=added)
    return render(
        request,
        "careers/suit_understood.html",
        {
            "section": "suit",
            "form": form,
            "understood": understood,
            "hints": hints_in_words(understood, LEVEL_NAMES),
            "unwanted": [mention.label for mention in understood.unwanted],
            "wanted": [mention.label for mention in understood.wanted],
            "step": 2,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suit_about_you(request: HttpRequest) -> HttpResponse:
    """Where you are now and what you need."""
    said = _said(request)
    understood = understand_said(said)
    if request.method == "POST":
        form = AboutYouForm(request.POST, works_as=_works_as(understood))
        if form.is_valid():
            told = form.cleaned_data
            _keep(
                request,
                replace(
                    said,
                    start=told["start"],
                    level=int(told["level"]) if told["level"] else None,
                    age=told["age"],
                    has=tuple(told["has"]),
                    shifts_not=tuple(told["shifts_not"]),
                    part_time=told["part_time"],
                    pay_needed_gbp=told["pay_needed_gbp"],
                ),
            )
            return redirect("careers:suit_results" if "results" in request.POST else "careers:suit_interests")
    else:
        level = said.level if said.level is not None else (understood.level.level if understood.level else None)
        form = AboutYouForm(
            initial={
                "start": said.start or understood.works_as,
                "level": level,
                "age": said.age or understood.age,
                "has": [*said.has, *[gate.gate for gate in understood.gates if gate.held]],
                "shifts_not": [*said.shifts_not, *understood.wants.shifts_not],
                "part_time": said.part_time or understood.wants.part_time,
                "pay_needed_gbp": said.pay_needed_gbp or understood.pay_needed_gbp,
            },
            works_as=_works_as(understood),
        )
    return render(request, "careers/suit_about_you.html", {"section": "suit", "form": form, "step": 3})


def _works_as(understood: Understanding) -> tuple[str, str] | None:
    """Slug and name of the role the words speak of as today's, for the form to offer."""
    slug = understood.works_as
    return (slug, suit_engine().names[slug]) if slug else None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suit_interests(request: HttpRequest) -> HttpResponse:
    """One statement at a time, the one that tells most next; stop whenever you like."""
    said = _said(request)
    bank = interest_statements()
    if request.method == "POST":
        slug, answer = request.POST.get("statement", ""), request.POST.get("answer", "")
        if slug in bank.words and answer in ANSWERS:
            _keep(request, replace(said, answers={**said.answers, slug: ANSWERS[answer]}))
            return redirect("careers:suit_interests")
        if "back" in request.POST and said.answers:
            _keep(request, replace(said, answers=dict(list(said.answers.items())[:-1])))
            return redirect("careers:suit_interests")
        return _ask(request, said, error=_("Choose yes, not sure or no"))
    return _ask(request, said)


def _ask(request: HttpRequest, said: Said, error: str = "") -> HttpResponse:
    bank = interest_statements()
    slug = next_statement(bank.model, said.answers)
    if slug is None:
        return redirect("careers:suit_results")
    context = {
        "section": "suit",
        "slug": slug,
        "statement": bank.words[slug],
        "answered": len(said.answers),
        "most": MOST_STATEMENTS,
        "error": error,
        "errors": [{"text": error, "href": "#id_answer"}],
        "radios": _radios(bank.words[slug], error),
        "step": 4,
    }
    return render(request, "careers/suit_interests.html", context, status=400 if error else 200)


def _radios(statement: str, error: str) -> dict[str, object]:
    """Options of the radios for one statement."""
    params: dict[str, object] = {
        "name": "answer",
        "idPrefix": "id_answer",
        "classes": "nhsuk-radios--inline",
        "fieldset": {
            "legend": {
                "text": _("Would you like to %(statement)s?") % {"statement": english(statement)},
                "classes": "nhsuk-fieldset__legend--l",
                "isPageHeading": True,
            }
        },
        "items": [
            {"value": "yes", "text": _("Yes")},
            {"value": "maybe", "text": _("Not sure")},
            {"value": "no", "text": _("No")},
        ],
    }
    if error:
        params["errorMessage"] = {"text": error}
    return params


@require_safe
@never_cache
def suit_results(request: HttpRequest) -> HttpResponse:
    """Roles that could suit, with reasons, in three bands."""
    said = _said(request)
    answer = suited(said, interests=interest_profile(said.answers))
    return render(
        request,
        "careers/suit_results.html",
        {
            "section": "suit",
            "said": said,
            "answer": answer,
            "hints": hints_in_words(answer.understood, LEVEL_NAMES),
            "names": suit_engine().names,
            "nothing_said": said == Said(),
        },
    )


@require_POST
def suit_restart(request: HttpRequest) -> HttpResponse:
    """Forget everything said, at once."""
    request.session.pop(SESSION_KEY, None)
    return redirect("careers:suit")
