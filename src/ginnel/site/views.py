"""Home, facts, accessibility, privacy, the place's colours, error pages, and the checks a monitor asks for."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from ginnel.core.context import language
from ginnel.places.queries import current_place
from ginnel.site.languages import language_of
from ginnel.site.queries import around_home, beneath_the_doors
from ginnel.site.versions import address_in, live_page_at
from ginnel.sources.models import Source


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, what stands behind them, and what editors put beneath."""
    return render(request, "site/home.html", {**around_home(), "beneath": beneath_the_doors()})


def editorial_page(request: HttpRequest, path: str) -> HttpResponse:
    """
    What editors wrote, at its own address. One that names a language is in that language whole, whatever the reader chose elsewhere.

    Only a live page is found, and by its own address: what stands above it may be a draft still.
    """
    language = language_of(request.path_info)
    if language != settings.LANGUAGE_CODE:
        activate(language)
        request.LANGUAGE_CODE = language
        if not path:
            return home(request)
    found = live_page_at(request.path_info)
    if found is None:
        raise Http404
    page = found.specific
    page.locale = found.locale
    # Wagtail would look for it under the home page of the reader's language.
    request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    answer: HttpResponse = serve(request, path)
    return answer


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language a reader chose, and lead to the page they were on in it. An address of another site is not followed."""
    before = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        before = "/"
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        return HttpResponseRedirect(before)
    path = before.partition("?")[0]
    there = address_in(path, wanted)
    answer = HttpResponseRedirect(before if there == path else there)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return answer


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
