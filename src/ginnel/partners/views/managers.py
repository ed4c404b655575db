"""Who manages somebody: searched for among colleagues, of whom there may be thousands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ginnel.partners.access import note_reads, organisation_for, person_of
from ginnel.partners.commands import CannotChangeRoles, set_line_manager
from ginnel.partners.forms import NOBODY, ManagerForm
from ginnel.partners.models import Membership, Role
from ginnel.partners.permissions import Act

MOST_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def member_manager(request: HttpRequest, organisation: int, membership: int) -> HttpResponse:
    """
    Search for a colleague and choose them as line manager.

    Before a search it shows who manages them now and others who manage people. Whoever was shown may be chosen, and whoever of the
    organisation is sent.
    """
    place, person = organisation_for(request, Act.MANAGE_PEOPLE, organisation), person_of(request)
    here = Membership.objects.visible_to(person).filter(organisation=place, left_at__isnull=True)
    found = get_object_or_404(here.select_related("user"), pk=membership)
    now = here.filter(manages__person=found).select_related("user").first()
    words = request.GET.get("q", "").strip()[:100]
    colleagues = here.colleagues_of(found).select_related("user").order_by("user__name", "user__email", "pk")
    fitting = colleagues.matching(words) if words else colleagues.filter(roles__role=Role.LINE_MANAGER)
    shown = list(fitting[: MOST_SHOWN + 1])
    more, shown = len(shown) > MOST_SHOWN, shown[:MOST_SHOWN]
    if not words:
        shown = _with(shown[: MOST_SHOWN - 1], now)
    if request.method == "POST":
        sent = request.POST.get("manager", "")
        chosen = colleagues.filter(pk=sent).first() if sent.isdecimal() and len(sent) < 15 else None
        form = ManagerForm(request.POST, colleagues=_with(shown, chosen))
        if form.is_valid():
            try:
                set_line_manager(found, chosen, by=person, at=timezone.now())
            except CannotChangeRoles as error:
                form.add_error("manager", " ".join(map(str, error.args)))
            else:
                who = chosen.user if chosen else "Nobody"
                messages.success(request, f"{who} manages {found.user} now.")
                return redirect("partners:member", place.pk, found.pk)
    else:
        form = ManagerForm(colleagues=shown, initial={"manager": str(now.pk) if now else NOBODY})
        note_reads(shown, place, "saw you in the list of people", by=person)
    return render(
        request,
        "partners/manager.html",
        {
            "organisation": place,
            "membership": found,
            "form": form,
            "now": now,
            "q": words,
            "shown": shown,
            "more": more,
            "most": MOST_SHOWN,
        },
    )


def _with(people: list[Membership], one: Membership | None) -> list[Membership]:
    """The list, with this person first where they are not in it."""
    return people if one is None or one in people else [one, *people]
