"""Partners as a Django app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "ginnel.partners"
    label = "partners"

    def ready(self) -> None:
        """Tell My page what partners holds about a person, and how long; and sign-in who works where."""
        from ginnel.accounts.holdings import register_holding
        from ginnel.accounts.privacy.retention import keep
        from ginnel.accounts.workplaces import register_workplaces
        from ginnel.partners.directory_holding import DIRECTORIES
        from ginnel.partners.holdings import KEPT, ORGANISATIONS
        from ginnel.partners.workplaces import workplaces

        register_workplaces("partners", workplaces)
        register_holding(ORGANISATIONS)
        register_holding(DIRECTORIES)
        keep(KEPT)
