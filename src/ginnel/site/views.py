"""Home, facts, accessibility, privacy, the place's colours, error pages, and the checks a monitor asks for."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ginnel.core.context import language
from ginnel.places.queries import current_place
from ginnel.site.queries import around_home, beneath_the_doors
from ginnel.sources.models import Source


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, what stands behind them, and what editors put beneath."""
    return render(request, "site/home.html", {**around_home(), "beneath": beneath_the_doors()})


@require_safe
@cache_control(public=True, max_age=3600)
def theme(request: HttpRequest) -> HttpResponse:
    """The place's colours as custom properties. The address carries the pack's digest, so it may be kept."""
    lines = [f"  --gn-{name.replace('_', '-')}: {value};" for name, value in current_place().colours.items()]
    return HttpResponse(":root {\n" + "\n".join(lines) + "\n}\n", content_type="text/css")


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """Where our facts come from: every source with its date, licence and rows."""
    sources = Source.objects.public().for_list()
    return render(
        request,
        "site/facts.html",
        {
            "typed": [source for source in sources if source.kind == Source.Kind.TYPED],
            "imported": [source for source in sources if source.kind == Source.Kind.IMPORTED],
        },
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can serve: its database answers and has every migration, and the static files its pages name are there."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("the database has migrations to run\n", status=503, content_type="text/plain")
    try:
        staticfiles_storage.url("ginnel/ginnel.css")
    except ValueError:
        reason = "the static files are not collected: run ginnel manage collectstatic\n"
        return HttpResponse(reason, status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    try:
        return render(request, "400.html", status=400)
    except ValueError:  # the static files were never collected: still no fault of ours that somebody asked wrongly
        return HttpResponse("We could not read that. Go back and try again.\n", status=400, content_type="text/plain")


def permission_denied(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: what every other page is given may be what is broken.
    try:
        sheets = [static(f"ginnel/{name}") for name in ("vendor/nhsuk-frontend-10.6.1.css", "ginnel.css")]
    except ValueError:  # the static files were never collected: plain, but said
        sheets = []
    return HttpResponse(render_to_string("500.html", {"sheets": sheets, **language(request)}), status=500)
