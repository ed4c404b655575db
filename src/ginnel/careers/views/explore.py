"""Explore all roles."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ginnel.careers.forms import ExploreForm
from ginnel.careers.models import Role
from ginnel.careers.queries.explore import FACETS, explore
from ginnel.core.forms import choices_of, set_choices
from ginnel.core.paging import page_links

ROLES_ON_A_PAGE = 24
NEAREST_SHOWN = 6


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """Roles by words, family, setting, level, interest and pay, each choice with its count."""
    form = ExploreForm(request.GET)
    filters = form.chosen()
    found = explore(filters)
    labels: dict[str, dict[str, str]] = {}
    for name in FACETS:
        counts = found.counts[name]
        labels[name] = dict(choices_of(form, name))
        counted = [
            (value, f"{label} ({counts[value]})" if value else label)
            for value, label in labels[name].items()
            if not value or counts[value] or value == filters.get(name)
        ]
        set_choices(form, name, counted)
    paginator = Paginator(found.slugs, ROLES_ON_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    dropped = {key: value for key, value in filters.items() if key != found.drop}
    # Nothing fits: show what is nearest at once, not only the way there.
    near = explore(dropped).slugs if found.drop else []
    cards = _cards(near[:NEAREST_SHOWN] if found.drop else list(page))
    return render(
        request,
        "careers/explore.html",
        {
            "section": "explore",
            "form": form,
            "found": found,
            "page": page,
            "roles": [] if found.drop else cards,
            "filters": filters,
            "narrowed": any(name in filters for name in FACETS),
            "nearest": cards if found.drop else [],
            "nearest_count": len(near),
            "drop_name": labels[found.drop][filters[found.drop]] if found.drop else "",
            "drop_query": _query(dropped),
            "pages": page_links(page, _query(filters)),
        },
    )


def _cards(slugs: list[str]) -> list[Role]:
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=slugs).for_list()}
    return [found[slug] for slug in slugs]


def _query(filters: dict[str, str]) -> str:
    return urlencode(filters)
