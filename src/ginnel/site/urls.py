"""Addresses of the home page and the pages that belong to no area."""

from django.urls import path

from ginnel.site import near, views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("theme.css", views.theme, name="theme"),
    path("near/", near.near_me, name="near"),
    path("facts/", views.facts, name="facts"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("language/", views.choose_language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
