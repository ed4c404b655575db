"""Links: to pages in their reader's language, and the report of those that lead nowhere."""

from typing import Any

from django.utils.html import escape
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from ginnel.site.models import LinkFinding
from ginnel.site.versions import for_reader


class PageLinks(PageLinkHandler):
    """Links of rich text to pages of the site, in the reader's language where there is a version."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Two queries for all links of a text, three on a site of several languages."""
        pages = Page.objects.in_bulk([attrs["id"] for attrs in attrs_list if str(attrs.get("id", "")).isdecimal()])
        versions = dict(zip(pages, for_reader(pages.values()), strict=True))
        found = [
            versions.get(int(attrs["id"])) if str(attrs.get("id", "")).isdecimal() else None for attrs in attrs_list
        ]
        return [f'<a href="{escape(page.url or "")}">' if page else "<a>" for page in found]


class LinkReport(ReportView):
    """What the last look at every page's links found."""

    page_title = "Links"
    header_icon = "link"
    index_url_name = "link_report"
    index_results_url_name = "link_report_results"
    results_template_name = "site/office/links.html"
    list_export = ["page", "words", "address", "problem", "checked_at"]
    columns = [
        TitleColumn("page", label="Page", url_name="wagtailadmin_pages:edit", id_accessor="page_id"),
        Column("words", label="Words"),
        Column("address", label="Address"),
        Column("problem", label="What is wrong"),
        DateColumn("checked_at", label="Looked at", width="15%"),
    ]

    def get_queryset(self) -> Any:
        return LinkFinding.objects.for_list()

    def test_func(self) -> bool:
        return True
