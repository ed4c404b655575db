"""Partners as a Django app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "ginnel.partners"
    label = "partners"

    def ready(self) -> None:
        """Tell My page what partners holds about a person."""
        from ginnel.accounts.holdings import register_holding
        from ginnel.partners.holdings import MY_ORGANISATIONS

        register_holding(MY_ORGANISATIONS)
