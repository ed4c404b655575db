"""Addresses of the home page and the pages that belong to no area."""

from django.urls import path

from ginnel.site import views

app_name = "site"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
