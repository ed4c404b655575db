"""Equality answers as a Django app."""

from django.apps import AppConfig


class EqualityConfig(AppConfig):
    name = "ginnel.accounts.equality"
    label = "equality"
