"""Up to three roles side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ginnel.careers.models import Role
from ginnel.careers.words import SHIFT_NAMES, figures_of_different_dates
from ginnel.core.words import listed, names_in_english

MOST, MOST_ASKED = 3, 20


@require_safe
def role_compare(request: HttpRequest) -> HttpResponse:
    """The roles named in the address (`?role=a&role=b`), the first three of them, as a table."""
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist("role") if slug))[:MOST_ASKED]
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=asked).for_page()}
    roles = [found[slug] for slug in asked if slug in found][:MOST]
    unknown = [slug for slug in asked if slug not in found]
    columns = [
        {
            "role": role,
            "shifts": listed(SHIFT_NAMES.get(shift, shift) for shift in role.shifts),
            "skills": [
                link.skill.name for link in sorted(role.role_skills.all(), key=lambda x: x.position) if link.essential
            ],
        }
        for role in roles
    ]
    return render(
        request,
        "careers/compare.html",
        {
            "section": "explore",
            "columns": columns,
            "pay_dates": figures_of_different_dates(role.pay_as_of for role in roles),
            "left_out": max(0, len(found) - MOST),
            "unknown": unknown[:MOST],
            "picks": _picks([role.slug for role in roles]),
        },
    )


def _picks(chosen: list[str]) -> list[dict[str, Any]]:
    """Options of the three selects of the form below, what is compared now chosen in them."""
    names = names_in_english(Role.objects.public().order_by("name", "pk").values_list("slug", "name"))
    picks = []
    for number in range(MOST):
        slug = chosen[number] if number < len(chosen) else ""
        items = [{"value": value, "text": text, "selected": value == slug} for value, text in [("", _("None")), *names]]
        label = {"text": _("Role %(number)s") % {"number": number + 1}, "classes": "nhsuk-label--s"}
        picks.append({"id": f"id_role_{number + 1}", "name": "role", "label": label, "items": items})
    return picks
