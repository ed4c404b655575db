"""Events as a Django app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "ginnel.events"
    label = "events"

    def ready(self) -> None:
        """Every area's words for its events."""
        from ginnel.events.words import gather

        gather()
