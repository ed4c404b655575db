"""One role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ginnel.careers.models import Role
from ginnel.careers.queries.role import role_page


@require_safe
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A role in plain words: a day, pay, gates, ways in, where next."""
    role = get_object_or_404(Role.objects.public().for_page(), slug=slug)
    skills = list(role.role_skills.all())
    skills.sort(key=lambda link: link.position)
    return render(
        request,
        "careers/role.html",
        {
            "section": "explore",
            "role": role,
            "page": role_page(role),
            "essential": [link.skill for link in skills if link.essential],
            "helpful": [link.skill for link in skills if not link.essential],
        },
    )
