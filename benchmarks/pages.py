"""
Public pages: time in the server, queries, compressed size and first load, at the size of the Leeds demonstration.

Run by `make bench`. Each page is asked for through WSGI (middleware, session, view, template, compression; no network), after warming up.
No page is kept between requests. A process remembers routes it has worked out, so two rows clear that memory first; and the HTML of buttons
and selects by their options, which is warm in every row.

Beside it, what someone would write first, through the same middleware: an empty page (the floor), and the list and the detail of a role as
plain Django generic views over plain templates: no design system, no counts, no routes, no moves, no list to put roles on.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from pages_data import Visitor, demonstration, first_load_bytes, milliseconds

TIMES, WARM, ROUTES = 50, 5, 200
WORDS = "I looked after my grandad for three years and worked nights in a warehouse, no GCSEs"
BARS = {"ms": 40.0, "queries": 12, "kB": 150.0}
PAGES = {
    "home": "/",
    "explore": "/roles/",
    "explore, filtered": "/roles/?q=nurse&level=professional",
    "explore, nothing fits": "/roles/?family=dental&setting=ambulance",
    "role": "/roles/paramedic/",
    "compare three": "/compare/?role=porter&role=paramedic&role=registered-nurse",
    "suit me, results": "/suit/results/",
    "route, the questions": "/route/",
    "route, answered": "/route/?start=unpaid-carer&to=registered-nurse&years=10&go=1",
    "near me": "/near/",
    "facts": "/facts/",
    "advisers": "/advisers/",
    "advisers, a pack": "/advisers/pack/?family=dental",
}
ALONE = {
    "an empty page": "/plain/empty/",
    "plain list of 24 roles": "/plain/roles/",
    "plain role": "/plain/roles/paramedic/",
}
LIST = (
    "<!DOCTYPE html><title>Roles</title><h1>Roles</h1><ul>{% for role in page_obj %}"
    "<li><a href='/roles/{{ role.slug }}/'>{{ role.name }}</a>"
    "<p>{{ role.summary }}</p>{{ role.family.name }} {{ role.pay_low_gbp }} {{ role.pay_as_of }}</li>{% endfor %}</ul>"
)
DETAIL = (
    "<!DOCTYPE html><title>{{ role.name }}</title><h1>{{ role.name }}</h1><p>{{ role.summary }}</p>{{ role.day|linebreaks }}"
    "<p>{{ role.pay_low_gbp }} to {{ role.pay_high_gbp }}, {{ role.pay_source.title }}, {{ role.pay_as_of }}</p>"
    "{% for gate in role.gates.all %}<h2>{{ gate.name }}</h2>{{ gate.plain }}{% endfor %}"
    "{% for link in role.role_skills.all %}<p>{{ link.skill.name }}</p>{% endfor %}"
    "{% for setting in role.settings.all %}{{ setting.name }}{% endfor %}"
)


def plain_pages() -> None:
    """Add the pages set beside ours to the site's addresses, for this process only."""
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.template import Context, Template
    from django.urls import include, path
    from django.views.generic import DetailView, ListView

    from ginnel.careers.models import Role

    class Plain:
        source = ""

        def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
            return HttpResponse(templates[self.source].render(Context(context)))

    class Roles(Plain, ListView):  # type: ignore[type-arg, misc]
        source, paginate_by = LIST, 24
        queryset = Role.objects.select_related("family").order_by("name")

    class OneRole(Plain, DetailView):  # type: ignore[type-arg, misc]
        source = DETAIL
        queryset = Role.objects.select_related("pay_source").prefetch_related("gates", "settings", "role_skills__skill")

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse(templates["empty"].render(Context({})))

    templates = {
        "empty": Template("<!DOCTYPE html><title>Empty</title>"),
        **{text: Template(text) for text in (LIST, DETAIL)},
    }
    module = ModuleType("plain_urls")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("plain/empty/", empty),
        path("plain/roles/", Roles.as_view()),
        path("plain/roles/<slug:slug>/", OneRole.as_view()),
        path("", include(settings.ROOT_URLCONF)),
    ]
    sys.modules["plain_urls"] = module
    settings.ROOT_URLCONF = "plain_urls"


def row(name: str, visitor: Visitor, path: str, before: Callable[[], object] = lambda: None) -> bool:
    """Measure one page and print it; whether it keeps to the bars."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask() -> bytes:
        status, _, content = visitor.get(path)
        assert status == 200, f"{path}: {status}"
        return content

    for _ in range(WARM):
        ask()
    times = []
    for _ in range(TIMES):
        before()
        times += milliseconds(ask, 1)
    times.sort()
    with CaptureQueriesContext(connection) as queries:
        page = ask()
    asked = len(queries)  # counted now: the next request starts a new log
    middle, late = statistics.median(times), times[int(0.95 * (TIMES - 1))]
    size, first = len(page) / 1000, (len(page) + first_load_bytes(visitor, page)) / 1000
    kept = middle < BARS["ms"] and asked < BARS["queries"] and first < BARS["kB"]
    print(f"{name:28}{middle:9.1f}{late:9.1f}{asked:9}{size:9.1f}{first:12.1f}{'' if kept else '   over a bar'}")
    return kept


def any_route(visitor: Visitor) -> bool:
    """Routes from each start to a role, none asked for before: the page that nobody has opened yet. Whether the median keeps to the bar."""
    from ginnel.careers.engine import route_engine

    engine = route_engine()
    pairs = [(start, role) for start in engine.starts for role in engine.roles]
    engine.searches.clear()
    times = []
    for start, role in random.Random(1).sample(pairs, ROUTES):
        path = f"/route/?start={start}&to={role}&years=10&go=1"
        times += milliseconds(lambda path=path: visitor.get(path), 1)  # type: ignore[misc]
    times.sort()
    middle, late = statistics.median(times), times[int(0.95 * (ROUTES - 1))]
    print(f"{f'{ROUTES} routes, each asked first':28}{middle:9.1f}{late:9.1f}   longest {times[-1]:.0f}")
    return middle < BARS["ms"]


def main() -> None:
    with demonstration():
        plain_pages()
        from django.core.wsgi import get_wsgi_application

        from ginnel.careers.engine import route_engine
        from ginnel.config.warm import warm

        warm()  # as the server does when it starts
        visitor = Visitor(get_wsgi_application())
        visitor.post("/suit/", text=WORDS)
        for path in PAGES.values():
            visitor.get(path)
        print(f"{'':28}{'median':>9}{'p95':>9}{'':9}{'page':>9}{'first load':>12}")
        print(f"{'page':28}{'ms':>9}{'ms':>9}{'queries':>9}{'kB':>9}{'kB':>12}")
        kept = [row(name, visitor, path) for name, path in PAGES.items()]
        forget = route_engine().searches.clear
        kept.append(row("role, its route forgotten", visitor, PAGES["role"], forget))
        kept.append(row("route, asked first", visitor, PAGES["route, answered"], forget))
        kept.append(any_route(visitor))
        print("\nBeside them, without design system, counts, routes, moves or lists:")
        for name, path in ALONE.items():
            row(name, Visitor(visitor.application), path)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"\n{sum(kept)} of {len(kept)} pages under {BARS['ms']:.0f} ms, {BARS['queries']} queries and {BARS['kB']:.0f} kB.",
            end=" ",
        )
        print(f"Peak memory of the process {peak:.0f} MB.")


if __name__ == "__main__":
    main()
