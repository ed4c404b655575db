"""Career Compass as a Django app."""

from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "ginnel.careers"
    label = "careers"

    def ready(self) -> None:
        """Tell My page what careers holds about a person."""
        from ginnel.accounts.holdings import register_holding
        from ginnel.accounts.privacy.retention import keep
        from ginnel.careers.holdings import KEPT, MY_LIST, SUIT_ANSWERS

        register_holding(MY_LIST)
        register_holding(SUIT_ANSWERS)
        keep(KEPT)
