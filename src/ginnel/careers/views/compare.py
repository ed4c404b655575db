"""Up to three roles side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ginnel.careers.models import Role
from ginnel.careers.rules import SHIFT_NAMES

MOST = 3


@require_safe
def role_compare(request: HttpRequest) -> HttpResponse:
    """The roles named in the address (`?role=a&role=b`), the first three of them, as a table."""
    asked = list(dict.fromkeys(request.GET.getlist("role")))
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=asked[:20]).for_page()}
    roles = [found[slug] for slug in asked if slug in found][:MOST]
    columns = [
        {
            "role": role,
            "shifts": ", ".join(SHIFT_NAMES.get(shift, shift) for shift in role.shifts),
            "skills": [
                link.skill.name for link in sorted(role.role_skills.all(), key=lambda x: x.position) if link.essential
            ],
        }
        for role in roles
    ]
    return render(
        request,
        "careers/compare.html",
        {"section": "explore", "columns": columns, "left_out": max(0, len(found) - MOST)},
    )
