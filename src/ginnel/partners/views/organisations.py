"""The public directory of partners, an organisation's page, and what its administrators say of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ginnel.core.paging import page_links
from ginnel.partners.access import organisation_for, person_of
from ginnel.partners.commands import add_site, change_details, remove_site
from ginnel.partners.forms import DetailsForm, NamedDetailsForm, SiteForm
from ginnel.partners.models import KINDS, Organisation, Site
from ginnel.partners.permissions import Act, may
from ginnel.partners.queries import kinds_of_partners

PARTNERS_ON_A_PAGE = 30


@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    """Organisations that take part, by name and kind."""
    words, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    found = Organisation.objects.partners().for_list()
    if words:
        found = found.filter(name__icontains=words)
    if kind in KINDS:
        found = found.filter(kind=kind)
    page = Paginator(found, PARTNERS_ON_A_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in (("q", words), ("kind", kind)) if value})
    return render(
        request,
        "partners/list.html",
        {
            "page": page,
            "pages": page_links(page, query),
            "q": words,
            "kind": kind,
            "kinds": kinds_of_partners(),
            "decides": may(request.user, Act.DECIDE_JOINING),
        },
    )


@require_safe
def partner(request: HttpRequest, organisation: int) -> HttpResponse:
    """An organisation's page: the same for everybody, with links to more for its own people."""
    found = get_object_or_404(Organisation.objects.partners().select_related("parent"), pk=organisation)
    acts = {act.name.lower(): may(request.user, act, found) for act in Act if act.value in _LINKED}
    return render(
        request,
        "partners/partner.html",
        {
            "organisation": found,
            "sites": Site.objects.filter(organisation=found).order_by("name"),
            "parts": Organisation.objects.partners().filter(parent=found).for_list(),
            "may": acts,
        },
    )


_LINKED = {
    Act.CONNECT_DIRECTORY.value,
    Act.SEE_EVENTS.value,
    Act.SEE_PEOPLE.value,
    Act.MANAGE_PEOPLE.value,
    Act.SEE_AGREEMENTS.value,
    Act.EDIT_ORGANISATION.value,
    Act.SEE_ORGANISATION.value,
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def details_edit(request: HttpRequest, organisation: int) -> HttpResponse:
    """Change what is said of the organisation."""
    found = organisation_for(request, Act.EDIT_ORGANISATION, organisation)
    form_class = _form_for(request)
    if request.method == "POST":
        form = form_class(request.POST)
        if form.is_valid():
            change_details(found, form.cleaned_data, by=person_of(request), at=timezone.now())
            messages.success(request, "Saved. This is what everybody sees now.")
            return redirect("partners:partner", found.pk)
    else:
        form = _filled(form_class, found)
    return _details(request, found, form, SiteForm())


@require_POST
@never_cache
@login_required
def site_add(request: HttpRequest, organisation: int) -> HttpResponse:
    """Add a place where the organisation works."""
    found = organisation_for(request, Act.EDIT_ORGANISATION, organisation)
    form = SiteForm(request.POST)
    if not form.is_valid():
        return _details(request, found, _filled(_form_for(request), found), form)
    add_site(
        found,
        form.cleaned_data["site_name"],
        form.cleaned_data["site_postcode"].upper(),
        by=person_of(request),
        at=timezone.now(),
    )
    messages.success(request, f"{form.cleaned_data['site_name']} is on the list of places.")
    return redirect("partners:details_edit", found.pk)


@require_POST
@never_cache
@login_required
def site_remove(request: HttpRequest, organisation: int, site: int) -> HttpResponse:
    """Take a place off the list."""
    found = organisation_for(request, Act.EDIT_ORGANISATION, organisation)
    place = get_object_or_404(Site, pk=site, organisation=found)
    remove_site(place, by=person_of(request), at=timezone.now())
    messages.success(request, f"{place.name} is off the list.")
    return redirect("partners:details_edit", found.pk)


def _form_for(request: HttpRequest) -> type[DetailsForm]:
    """The name was checked when the organisation joined, so only those who check may change it."""
    return NamedDetailsForm if may(request.user, Act.DECIDE_JOINING) else DetailsForm


def _filled(form_class: type[DetailsForm], found: Organisation) -> DetailsForm:
    return form_class(initial={name: getattr(found, name) for name in form_class.base_fields})


def _details(request: HttpRequest, found: Organisation, form: DetailsForm, site_form: SiteForm) -> HttpResponse:
    sites = Site.objects.filter(organisation=found).order_by("name")
    return render(
        request,
        "partners/details.html",
        {"organisation": found, "form": form, "site_form": site_form, "sites": sites},
    )
