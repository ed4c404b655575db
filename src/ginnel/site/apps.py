"""The site as a Django app, and Wagtail's list of people as we use it."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class SiteConfig(AppConfig):
    name = "ginnel.site"
    label = "site"
    default = True

    def ready(self) -> None:
        """Keep search documents and menus in step with what Wagtail publishes."""
        from ginnel.site import listening

        listening.connect()


class OfficePeopleConfig(WagtailUsersAppConfig):
    """Wagtail's own pages about people could make accounts and passwords; ours only says who edits and who approves."""

    user_viewset = "ginnel.site.office.people.OfficePeople"
    default = False
