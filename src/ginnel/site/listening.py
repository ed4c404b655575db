"""
What follows when Wagtail publishes.

The house does not use signals for its own writes. These writes are a library's, which publishes from several places (the editor, lists,
workflows, the schedule); its signals are the one spot all of them pass.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from ginnel.events.commands import record_event
from ginnel.site.models import EditorialPage, MenuEntry, StoryPage


def connect() -> None:
    """Listen to Wagtail. Called once, when the app is ready."""
    page_published.connect(_published, dispatch_uid="site.published")
    page_unpublished.connect(_unpublished, dispatch_uid="site.unpublished")
    page_slug_changed.connect(_moved, dispatch_uid="site.slug_changed")
    post_page_move.connect(_moved, dispatch_uid="site.moved")
    post_delete.connect(_deleted, dispatch_uid="site.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_menus_changed, sender=MenuEntry, dispatch_uid=f"site.menus.{id(signal)}")
        signal.connect(_moved, sender=PageViewRestriction, dispatch_uid=f"site.restricted.{id(signal)}")


def _published(instance: Any, **kwargs: Any) -> None:
    _changed("site.page.published", instance)


def _unpublished(instance: Any, **kwargs: Any) -> None:
    from ginnel.site.commands import take_translations_down

    if isinstance(instance, StoryPage):
        take_translations_down(instance)
    _changed("site.page.unpublished", instance)


def _changed(name: str, page: Any) -> None:
    from ginnel.site.commands import publish_pages
    from ginnel.site.context import forget_menus

    with transaction.atomic():
        publish_pages()
        record_event(name, by=None, about=page, revision=page.live_revision_id)
    forget_menus()


def _moved(**kwargs: Any) -> None:
    from ginnel.site.commands import publish_pages
    from ginnel.site.context import forget_menus

    publish_pages()
    forget_menus()


def _deleted(sender: Any, **kwargs: Any) -> None:
    if issubclass(sender, EditorialPage):
        _moved()


def _menus_changed(**kwargs: Any) -> None:
    from ginnel.site.context import forget_menus

    forget_menus()
