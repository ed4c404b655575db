"""The report of links that lead nowhere."""

from typing import Any

from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from ginnel.site.models import LinkFinding


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
