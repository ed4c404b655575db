"""How roles become search documents."""

from collections.abc import Iterator

from django.urls import reverse

from ginnel.careers.models import Role
from ginnel.search.commands import Words


def role_documents() -> Iterator[Words]:
    """Every public role as words."""
    for role in Role.objects.public().for_page().order_by("pk"):
        skills = " ".join(link.skill.name for link in role.role_skills.all())
        yield Words(
            key=role.slug,
            title=role.name,
            also=tuple(role.also_called),
            body=f"{role.summary}\n{role.day}\n{skills}\n{role.family.name}",
            url=reverse("careers:role", args=[role.slug]),
            summary=role.summary,
            facts={"family": role.family.name},
        )
