"""Where the back office meets Wagtail: menus, lists and what is taken away."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from ginnel.site.models import Film, MenuEntry
from ginnel.site.office.links import LinkReport, PageLinks


class FilmViewSet(SnippetViewSet):
    """Films, each with captions and a transcript."""

    model = Film
    icon = "media"
    menu_label = "Films"
    add_to_admin_menu = True
    menu_order = 310
    list_display = ("title", "minutes")
    panels = [FieldPanel(name) for name in ("title", "film", "captions", "transcript", "minutes", "poster")]


class MenuEntryViewSet(SnippetViewSet):
    """Links in the head and foot of every page."""

    model = MenuEntry
    icon = "list-ul"
    menu_label = "Menus"
    add_to_admin_menu = True
    menu_order = 320
    list_display = ("words", "where", "position")
    list_filter = ("where",)
    ordering = ("where", "position")
    panels = [
        FieldPanel("where"),
        FieldPanel("words"),
        MultiFieldPanel([FieldPanel("page"), FieldPanel("address")], heading="Leads to"),
        FieldPanel("position"),
    ]


register_snippet(FilmViewSet)
register_snippet(MenuEntryViewSet)


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    return [
        path("reports/links/", LinkReport.as_view(), name="link_report"),
        path("reports/links/results/", LinkReport.as_view(results_only=True), name="link_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def link_report_menu_item() -> MenuItem:
    return MenuItem("Links", reverse("link_report"), name="links", icon_name="link", order=200)


@hooks.register("before_bulk_action")
def stop_unsound_pages(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Publishing many pages at once asks the same questions as publishing one."""
    from ginnel.site.checking import what_stops

    if action_type != "publish" or request.method != "POST":
        return None
    stopped = [page for page in objects if hasattr(page, "get_latest_revision_as_object")]
    stopped = [page for page in stopped if what_stops(page.specific.get_latest_revision_as_object())]
    if not stopped:
        return None
    titles = ", ".join(f"“{page.title}”" for page in stopped)
    messages.error(request, f"Nothing was published. Checks stop {titles}: open each to see why.")
    return redirect("wagtailadmin_explore_root")


@hooks.register("construct_page_action_menu")
def publish_by_approval_only(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """The editor's own button saves once more before it publishes, so whoever presses it changed the page last: never two people."""
    items[:] = [item for item in items if item.name != "action-publish"]


@hooks.register("construct_translated_pages_to_cascade_actions")
def take_down_in_every_language(pages: list[Any], action: str) -> dict[Any, Any]:
    """Whoever takes an English page off the site takes off its translations; the page that asks says how many."""
    if action != "unpublish":
        return {}
    english = [page for page in pages if page.locale.language_code == settings.LANGUAGE_CODE]
    return {page: Page.objects.live().translation_of(page, inclusive=False) for page in english}


@hooks.register("register_rich_text_features", order=10)
def links_in_the_readers_language(features: Any) -> None:
    """In place of Wagtail's, which asks the database for every link anew."""
    features.register_link_type(PageLinks)


@hooks.register("construct_settings_menu")
def only_what_is_meant(request: HttpRequest, items: list[MenuItem]) -> None:
    """Workflows and groups are set by migrations, so that two installations do not drift apart."""
    items[:] = [item for item in items if item.name not in {"groups", "workflows", "workflow-tasks"}]


@hooks.register("insert_global_admin_css")
def office_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("ginnel/office.css"))
