"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ginnel.accounts"
    label = "accounts"

    def ready(self) -> None:
        """What this area itself holds about people, and how long."""
        from ginnel.accounts.equality.holdings import EQUALITY
        from ginnel.accounts.holdings import register_holding
        from ginnel.accounts.privacy.kept import ROWS
        from ginnel.accounts.privacy.retention import keep
        from ginnel.accounts.profile.holdings import ABOUT_ME
        from ginnel.accounts.second_steps import record_second_steps

        register_holding(ABOUT_ME)
        register_holding(EQUALITY)
        keep(ROWS)
        record_second_steps()
