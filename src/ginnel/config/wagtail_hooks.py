"""Roles and routes in the menu of the office."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from ginnel.config.changes import urls
from ginnel.config.changes.commands import PUBLISH
from ginnel.config.changes.lists import ICONS, TITLES


class PackMenuItem(MenuItem):
    """Shown to those who may change the pack or approve changes of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("site.add_packchange") or request.user.has_perm(PUBLISH)


@hooks.register("register_admin_urls")
def pack_urls() -> list[Any]:
    return [path("pack/", include(urls))]


@hooks.register("register_admin_menu_item")
def pack_menu() -> MenuItem:
    items: list[MenuItem] = [
        PackMenuItem(title, reverse("pack_changes:rows", args=[kind]), icon_name=ICONS[kind], order=place)
        for place, (kind, title) in enumerate(TITLES.items())
    ]
    changes = reverse("pack_changes:changes")
    items.append(PackMenuItem("Drafts waiting", f"{changes}?status=draft", icon_name="clock", order=50))
    items.append(PackMenuItem("Every change", changes, icon_name="history", order=60))
    return SubmenuMenuItem("Roles and routes", Menu(items=items), icon_name="link", order=250)
