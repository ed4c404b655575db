"""What an organisation and its partners allow each other."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.core.addresses import site_address
from ginnel.core.paging import page_links
from ginnel.partners.access import organisation_for, person_of
from ginnel.partners.commands import (
    CannotPropose,
    TermChanged,
    agree_term,
    ask_administrators,
    end_term,
    propose_term,
)
from ginnel.partners.forms import ProposeForm
from ginnel.partners.models import Organisation, Term
from ginnel.partners.permissions import Act, may
from ginnel.partners.queries import terms_in_words
from ginnel.partners.tasks import write_answer_link

TERMS_ON_A_PAGE = 40


@require_safe
@never_cache
@login_required
def agreement_list(request: HttpRequest, organisation: int) -> HttpResponse:
    """Every line of its agreements, in force, proposed and over."""
    place = organisation_for(request, Act.SEE_AGREEMENTS, organisation)
    past = request.GET.get("past") == "1"
    terms = Term.objects.visible_to(person_of(request)).with_organisation(place).filter(ended_at__isnull=not past)
    page = Paginator(terms.for_list(), TERMS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "partners/agreements.html",
        {
            "organisation": place,
            "lines": terms_in_words(page.object_list, place, today=timezone.localdate()),
            "pages": page_links(page, "past=1" if past else ""),
            "past": past,
            "sets": may(request.user, Act.SET_AGREEMENTS, place),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def term_propose(request: HttpRequest, organisation: int) -> HttpResponse:
    """Propose one line to a partner."""
    place = organisation_for(request, Act.SET_AGREEMENTS, organisation)
    form = ProposeForm(request.POST if request.method == "POST" else None, organisation=place)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        partner = get_object_or_404(Organisation.objects.partners(), pk=told["partner"])
        gives = told["direction"] == "give"
        giver, receiver = (place, partner) if gives else (partner, place)
        try:
            term = propose_term(
                giver,
                receiver,
                told["what"],
                for_giver=gives,
                by=person_of(request),
                at=timezone.now(),
                **form.dates(),
            )
        except CannotPropose as error:
            form.add_error("what", " ".join(map(str, error.args)))
        else:
            for link, _ in ask_administrators(term, by=person_of(request), at=timezone.now()):
                write_answer_link.enqueue(link.pk, site_address(request))
            messages.success(request, f"Proposed. It counts as soon as {partner.name} agrees: we are writing to them.")
            return redirect("partners:agreement_list", place.pk)
    return render(request, "partners/propose.html", {"organisation": place, "form": form})


@require_POST
@never_cache
@login_required
def term_agree(request: HttpRequest, organisation: int, term: int) -> HttpResponse:
    """Agree to what the other side proposed."""
    place = organisation_for(request, Act.SET_AGREEMENTS, organisation)
    waiting = Term.objects.visible_to(person_of(request)).waiting_for(place)
    return _change(request, place, get_object_or_404(waiting, pk=term), agree_term, "Agreed.")


@require_POST
@never_cache
@login_required
def term_end(request: HttpRequest, organisation: int, term: int) -> HttpResponse:
    """End a line. It stays among those that are over."""
    place = organisation_for(request, Act.SET_AGREEMENTS, organisation)
    ours = Term.objects.visible_to(person_of(request)).with_organisation(place)
    return _change(request, place, get_object_or_404(ours, pk=term), end_term, "Ended. It does not count any more.")


def _change(
    request: HttpRequest, place: Organisation, term: Term, change: Callable[..., Term], done: str
) -> HttpResponse:
    try:
        change(term, by=person_of(request), at=timezone.now())
        messages.success(request, done)
    except TermChanged as error:
        messages.error(request, f"{error}.")
    return redirect("partners:agreement_list", place.pk)
