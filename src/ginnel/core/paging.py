"""Page links in the design system's words."""

from typing import Any

from django.core.paginator import Page


def page_links(page: "Page[Any]", query: str) -> dict[str, Any] | None:
    """Options of the pagination component for this page; None when there is only one. `query` is kept in each link."""
    paginator = page.paginator
    if paginator.num_pages < 2:
        return None

    def href(number: int) -> str:
        return f"?{query}{'&' if query else ''}page={number}"

    items: list[dict[str, Any]] = []
    for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            items.append({"number": number, "href": href(number), "current": number == page.number})
        else:
            items.append({"ellipsis": True})
    links: dict[str, Any] = {"items": items}
    if page.has_previous():
        links["previous"] = {"href": href(page.previous_page_number())}
    if page.has_next():
        links["next"] = {"href": href(page.next_page_number())}
    return links
