"""Names to decide: which organisation each means, with the candidates and why they are ones."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ginnel.core.forms import PlainForm, set_choices
from ginnel.core.paging import page_links
from ginnel.partners.access import person_for
from ginnel.partners.models import NameQuestion, Organisation
from ginnel.partners.permissions import Act
from ginnel.partners.resolver import AlreadyDecided, decide_name

A_PAGE = 10
NEW = "new"


class DecisionForm(PlainForm):
    """What one name means."""

    answer = forms.ChoiceField(
        label="Which organisation is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the name means", "invalid_choice": "Choose one of the answers"},
    )
    other = forms.CharField(
        label="Another organisation: its name as it is here",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )

    def __init__(self, *args: Any, question: NameQuestion, names: dict[int, str], **kwargs: Any) -> None:
        kwargs |= {"prefix": f"q{question.pk}"}
        super().__init__(*args, **kwargs)
        choices = []
        for one in question.candidates:
            if name := names.get(one["organisation"]):
                why = ", ".join(one["reasons"])
                choices.append((f"same-{one['organisation']}", f"{name} ({why})"))
                choices.append((f"part-{one['organisation']}", f"A part of {name}: a ward, directorate or site"))
        choices += [
            ("same-other", "Another organisation that is here, named below"),
            ("part-other", "A part of another organisation that is here, named below"),
            (NEW, "An organisation that is not here yet"),
        ]
        set_choices(self, "answer", choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        answer = data.get("answer", "")
        if answer.endswith("-other"):
            named = list(Organisation.objects.public().filter(name__iexact=data.get("other", "").strip())[:2])
            if len(named) != 1:
                self.add_error("other", "Type the organisation's whole name, as it is on its page here")
            else:
                data["organisation"] = named[0]
        elif answer and answer != NEW:
            data["organisation"] = Organisation.objects.public().filter(pk=int(answer.partition("-")[2])).first()
            if data["organisation"] is None:
                self.add_error("answer", "This organisation has closed. Choose another answer")
        return data


@require_safe
@never_cache
@login_required
def names(request: HttpRequest) -> HttpResponse:
    """The names that wait, and the last decisions."""
    person_for(request, Act.DECIDE_JOINING)
    return render(request, "partners/names.html", _context(request))


@require_POST
@never_cache
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a name means. It is learned."""
    person = person_for(request, Act.DECIDE_JOINING)
    question = get_object_or_404(NameQuestion, pk=pk)
    form = DecisionForm(request.POST, question=question, names=_names([question]))
    if not form.is_valid():
        return render(request, "partners/names.html", _context(request, form, question))
    decision = form.cleaned_data["answer"].partition("-")[0]
    try:
        decide_name(question, decision, form.cleaned_data.get("organisation"), by=person, at=timezone.now())
        messages.success(request, f"“{question.name}” is decided. We remember it.")
    except AlreadyDecided as reason:
        messages.error(request, str(reason) + ".")
    return redirect("names:list")


def _context(
    request: HttpRequest, wrong: DecisionForm | None = None, about: NameQuestion | None = None
) -> dict[str, Any]:
    page = Paginator(NameQuestion.objects.waiting().for_list(), A_PAGE).get_page(request.GET.get("page"))
    known = _names(list(page.object_list))
    pairs = [
        (question, wrong if wrong and about == question else DecisionForm(question=question, names=known))
        for question in page.object_list
    ]
    decided = NameQuestion.objects.exclude(decided_at=None).select_related("organisation", "decided_by")
    return {
        "pairs": pairs,
        "wrong": wrong,
        "links": page_links(page, ""),
        "total": page.paginator.count,
        "decided": decided.order_by("-decided_at", "-pk")[:10],
    }


def _names(questions: list[NameQuestion]) -> dict[int, str]:
    keys = {one["organisation"] for question in questions for one in question.candidates}
    return dict(Organisation.objects.public().filter(pk__in=keys).values_list("pk", "name"))
