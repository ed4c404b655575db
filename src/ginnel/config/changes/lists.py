"""Lists of the office: what the pack holds, and what was changed in it."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ginnel.careers.models import Gate, PayPoint, Role, Step
from ginnel.partners.models import Organisation
from ginnel.site.models import PackChange

PER_PAGE = 30
TITLES = {
    "role": "Roles",
    "step": "Routes",
    "gate": "Gates",
    "pay": "Pay scales",
    "organisation": "Organisations",
}
ONE = {"role": "role", "step": "step", "gate": "gate", "pay": "pay point", "organisation": "organisation"}
ICONS = {"role": "user", "step": "link", "gate": "lock", "pay": "list-ol", "organisation": "group"}
POLICY = ModelPermissionPolicy(PackChange)

# What a list shows of each kind: its rows, the column that names it, further columns, and where searching looks.
_LISTS: dict[str, tuple[Any, str, list[tuple[str, str, str | None]], list[str]]] = {
    "role": (
        lambda: Role.objects.select_related("family").only("slug", "name", "level", "family__name"),
        "name",
        [("family.name", "Part of health and care", "family__name"), ("get_level_display", "Level", None)],
        ["name", "slug", "family__name"],
    ),
    "step": (
        lambda: Step.objects.select_related("to").only("slug", "title", "by", "months", "to__name"),
        "title",
        [("to.name", "Leads to", "to__name"), ("get_by_display", "By", None), ("months", "Months", "months")],
        ["title", "slug", "to__name", "to__slug"],
    ),
    "gate": (
        lambda: Gate.objects.only("slug", "name", "kind"),
        "name",
        [("get_kind_display", "Kind", None)],
        ["name", "slug"],
    ),
    "pay": (
        lambda: PayPoint.objects.only("scale", "band", "name", "low_gbp", "high_gbp"),
        "name",
        [("low_gbp", "Lowest", "low_gbp"), ("high_gbp", "Highest", "high_gbp")],
        ["name", "scale", "band"],
    ),
    "organisation": (
        lambda: Organisation.objects.filter(origin=Organisation.Origin.PACK).only("code", "name", "kind"),
        "name",
        [("kind", "Kind", "kind")],
        ["name", "code"],
    ),
}


def _with_key(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with its key in the pack."""
    key = Concat("scale", Value(":"), "band") if kind == "pay" else F("code" if kind == "organisation" else "slug")
    keyed: QuerySet[Any] = rows.annotate(pack_key=key)
    return keyed


def change_url(change: PackChange) -> str:
    return reverse("pack_changes:change", args=[quote(change.pk)])


class RowList(IndexView):
    """Rows of one kind, searched and paged, with the number of drafts that wait for each."""

    permission_policy = POLICY
    any_permission_required = ["add", "publish"]
    paginate_by = PER_PAGE
    search_backend_name = None
    is_searchable = True
    index_url_name = "pack_changes:rows"
    index_results_url_name = "pack_changes:rows_results"
    template_name = "config/changes/rows.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.kind = kwargs["kind"]
        if self.kind not in _LISTS:
            raise Http404
        self.page_title, self.header_icon = TITLES[self.kind], ICONS[self.kind]
        rows, self.title_field, self.more, self.search_fields = _LISTS[self.kind]
        self.default_ordering = self.title_field
        waiting = PackChange.objects.waiting().filter(kind=self.kind, key=OuterRef("pack_key"))
        many = waiting.order_by().values("key").annotate(many=Count("pk")).values("many")
        self.queryset = _with_key(self.kind, rows()).annotate(waiting=Coalesce(Subquery(many), 0))
        super().setup(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                self.title_field,
                label="Name",
                sort_key=self.title_field,
                get_url=lambda row: reverse("pack_changes:row", args=[self.kind, row.pack_key]),
            ),
            Column("pack_key", label="Short name"),
            *(Column(name, label=label, sort_key=sort) for name, label, sort in self.more),
            Column("waiting", label="Drafts waiting", accessor=lambda row: row.waiting or ""),
        ]

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by(self.ordering, "pk")

    def get_index_url(self) -> str:
        return reverse(self.index_url_name, args=[self.kind])

    def get_index_results_url(self) -> str:
        return reverse(self.index_results_url_name, args=[self.kind])

    @cached_property
    def verbose_name_plural(self) -> str:
        return TITLES[self.kind].lower()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("pack_changes:row_add", args=[self.kind])
        return [HeaderButton(f"Add a {ONE[self.kind]}".replace("a o", "an o"), url=url, icon_name="plus")]


class ChangeList(IndexView):
    """What was drafted, published and discarded, newest first."""

    model = PackChange
    permission_policy = POLICY
    any_permission_required = ["add", "publish"]
    paginate_by = PER_PAGE
    search_backend_name = None
    is_searchable = True
    search_fields = ["key", "note", "file"]
    list_filter = ["status", "kind"]
    default_ordering = "-pk"
    page_title = "Changes"
    header_icon = "history"
    index_url_name = "pack_changes:changes"
    index_results_url_name = "pack_changes:changes_results"
    columns = [
        TitleColumn("what", label="Change", accessor=str, get_url=change_url),
        Column("status", label="State", accessor="get_status_display"),
        Column("written_by", label="Written by"),
        DateColumn("written_at", label="Written"),
        Column("decided_by", label="Decided by"),
        DateColumn("decided_at", label="Decided"),
    ]

    def get_base_queryset(self) -> QuerySet[Any]:
        return PackChange.objects.for_list()

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by("-pk")
