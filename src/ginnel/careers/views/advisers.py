"""For careers advisers, teachers and job-centre staff: a link and a printable pack for a class."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ginnel.careers.list_forms import MOST_IN_A_PACK, PackForm
from ginnel.careers.models import Shortlist
from ginnel.careers.printing import PRINT_BUTTON, qr_inline
from ginnel.careers.queries.advisers import Sheet, sheets, slugs_for_pack
from ginnel.careers.shortlists import keep_list
from ginnel.core.addresses import full_address
from ginnel.core.words import english


@require_safe
def adviser_start(request: HttpRequest) -> HttpResponse:
    """Choose what the class looks at."""
    chosen = {name: request.GET.get(name, "") for name in ("family", "interest", "title")}
    return _ask(request, PackForm(initial=chosen))


@require_http_methods(["GET", "HEAD", "POST"])
def adviser_pack(request: HttpRequest) -> HttpResponse:
    """
    The pack: a link with its code for the class, and a sheet for each role.

    All that was chosen is in the address, so it can be bookmarked. A POST makes a short link of roles picked by hand.
    """
    form = PackForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return _ask(request, form)
    chosen = form.cleaned_data
    slugs, fitting = slugs_for_pack(
        roles=chosen["role"], family=chosen["family"], interest=chosen["interest"], most=MOST_IN_A_PACK
    )
    query = urlencode({k: chosen[k] for k in ("role", "family", "interest", "title") if chosen[k]}, doseq=True)
    if request.method == "POST":
        kept = keep_list(slugs, at=timezone.now())
        return redirect(f"{reverse('careers:adviser_pack')}?{query}&{urlencode({'list': kept.token})}")
    link = _class_link(request, chosen)
    pages = sheets(slugs)
    return render(
        request,
        "careers/adviser_pack.html",
        {
            "pack_title": chosen["title"],
            "sheets": [(sheet, _role_link(request, sheet), qr_inline(_role_link(request, sheet))) for sheet in pages],
            "fitting": fitting,
            "most": MOST_IN_A_PACK,
            "link": link,
            "link_code": qr_inline(link) if link else "",
            "chosen": chosen,
            "change": f"{reverse('careers:advisers')}?{query}",
            "print_button": PRINT_BUTTON,
            "today": timezone.localdate(),
        },
    )


def _ask(request: HttpRequest, form: PackForm) -> HttpResponse:
    """The page with the form, what was ticked still ticked."""
    ticked = set((request.POST if request.method == "POST" else request.GET).getlist("role"))
    context = {"form": form, "groups": _groups(form, ticked), "most": MOST_IN_A_PACK}
    return render(request, "careers/adviser_start.html", context)


def _groups(form: PackForm, ticked: set[str]) -> list[dict[str, Any]]:
    """Tick boxes of the roles, a folded group for each part of health and care; open where one is ticked."""
    groups: dict[str, dict[str, Any]] = {}
    for role in form.roles:
        family = role.family
        group = groups.setdefault(
            family.slug,
            {
                "name": english(family.name),
                "open": False,
                "boxes": {
                    "name": "role",
                    "idPrefix": f"role-{family.slug}",
                    "small": True,
                    "fieldset": {"legend": {"text": english(family.name), "classes": "nhsuk-u-visually-hidden"}},
                    "items": [],
                },
            },
        )
        group["boxes"]["items"].append({"value": role.slug, "text": english(role.name), "checked": role.slug in ticked})
        group["open"] = group["open"] or role.slug in ticked
    return list(groups.values())


def _class_link(request: HttpRequest, chosen: dict[str, Any]) -> str:
    """What the class opens: the roles of the part or interest, or the list of roles picked by hand once it is made."""
    if not chosen["role"]:
        wanted = {name: chosen[name] for name in ("family", "interest") if chosen[name]}
        return full_address(request, f"{reverse('careers:explore')}?{urlencode(wanted)}")
    token = request.GET.get("list", "")
    kept = Shortlist.objects.for_token(token).first() if token else None
    return full_address(request, reverse("careers:shortlist_open", args=[kept.token])) if kept else ""


def _role_link(request: HttpRequest, sheet: Sheet) -> str:
    return full_address(request, reverse("careers:role", args=[sheet.role.slug]))
