"""Addresses of the bulk import, of the partnership and of one organisation."""

from django.urls import path

from ginnel.partners.bulk import views

app_name = "bulk"
urlpatterns = [
    path("organisations/import/", views.upload, name="upload"),
    path("organisations/import/template.csv", views.template, name="template"),
    path("organisations/import/<int:pk>/", views.preview, name="preview"),
    path("organisations/import/<int:pk>/save/", views.confirm, name="confirm"),
    path("organisations/import/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("organisations/import/<int:pk>/report.csv", views.report, name="report"),
    path("organisations/<int:organisation>/import/", views.upload, name="upload_own"),
    path("organisations/<int:organisation>/import/template.csv", views.template, name="template_own"),
]
