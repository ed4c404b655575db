"""Addresses of the names to decide."""

from django.urls import path

from ginnel.partners.names import views

app_name = "names"
urlpatterns = [
    path("", views.names, name="list"),
    path("<int:pk>/", views.decide, name="decide"),
]
