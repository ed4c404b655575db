"""Answering a proposal without signing in: the page behind a link from an e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from ginnel.core.addresses import site_address
from ginnel.partners.access import organisation_for, person_of
from ginnel.partners.commands import LinkNotOpen, TermChanged, answer_by_link, make_answer_link, open_link
from ginnel.partners.forms import AnswerForm, AskForm
from ginnel.partners.models import Term
from ginnel.partners.permissions import Act
from ginnel.partners.queries import terms_in_words
from ginnel.partners.tasks import write_answer_link


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("key")
def term_answer(request: HttpRequest, key: str) -> HttpResponse:
    """What is proposed, and yes or no. Looking changes nothing, so that a mail program that opens links answers nothing."""
    form, now = AnswerForm(request.POST if request.method == "POST" else None), timezone.now()
    try:
        if request.method == "POST" and form.is_valid():
            agree = form.cleaned_data["answer"] == "yes"
            link = answer_by_link(key, agree=agree, at=now)
            return render(request, "partners/answered.html", {"link": link, "agreed": agree})
        link = open_link(key, at=now)
    except LinkNotOpen as error:
        return render(request, "partners/answered.html", {"problem": str(error)}, status=410)
    [line] = terms_in_words([link.term], link.organisation, today=timezone.localdate(now))
    other = link.term.receiver if link.term.giver_id == link.organisation_id else link.term.giver
    return render(request, "partners/answer.html", {"link": link, "line": line, "other": other, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def term_ask(request: HttpRequest, organisation: int, term: int) -> HttpResponse:
    """Have somebody without an account answer for the organisation: an administrator says who."""
    place, person = organisation_for(request, Act.SET_AGREEMENTS, organisation), person_of(request)
    waiting = Term.objects.visible_to(person).waiting_for(place).select_related("giver", "receiver")
    found = get_object_or_404(waiting, pk=term)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            link, _ = make_answer_link(
                found, form.cleaned_data["email"], authority=person, by=person, at=timezone.now()
            )
        except TermChanged as error:
            form.add_error("email", str(error))
        else:
            write_answer_link.enqueue(link.pk, site_address(request))
            messages.success(
                request, f"We are writing to {link.email}. They can answer once, for 14 days, without signing in."
            )
            return redirect("partners:agreement_list", place.pk)
    [line] = terms_in_words([found], place, today=timezone.localdate())
    return render(request, "partners/ask.html", {"organisation": place, "line": line, "form": form})
