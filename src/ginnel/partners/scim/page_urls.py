"""Addresses of the page on which a directory is connected, below an organisation's own."""

from django.urls import path

from ginnel.partners.scim import pages

app_name = "directory"
urlpatterns = [
    path("", pages.directory, name="page"),
    path("keys/<int:key>/revoke/", pages.key_revoke, name="key_revoke"),
    path("groups/<uuid:group>/role/", pages.group_role, name="group_role"),
]
