"""Addresses of what happened."""

from django.urls import path, re_path

from ginnel.partners import audit_views

app_name = "audit"

urlpatterns = [
    path("", audit_views.event_list, name="event_list"),
    re_path(r"^export\.(?P<form>csv|json)$", audit_views.event_export, name="event_export"),
]
