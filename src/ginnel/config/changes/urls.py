"""Addresses below /office/pack/."""

from django.urls import path

from ginnel.config.changes import lists, views

app_name = "pack_changes"
urlpatterns = [
    path("changes/", lists.ChangeList.as_view(), name="changes"),
    path("changes/results/", lists.ChangeList.as_view(results_only=True), name="changes_results"),
    path("changes/together/", views.together, name="together"),
    path("changes/publish/", views.publish, name="publish"),
    path("changes/<int:pk>/", views.change, name="change"),
    path("changes/<int:pk>/edit/", views.change_edit, name="change_edit"),
    path("changes/<int:pk>/preview/", views.preview, name="preview"),
    path("changes/<int:pk>/discard/", views.discard, name="discard"),
    path("changes/<int:pk>/bring-back/", views.bring_back, name="bring_back"),
    path("<slug:kind>/", lists.RowList.as_view(), name="rows"),
    path("<slug:kind>/results/", lists.RowList.as_view(results_only=True), name="rows_results"),
    path("<slug:kind>/add/", views.row_add, name="row_add"),
    path("<slug:kind>/row/<str:key>/", views.row, name="row"),
    path("<slug:kind>/row/<str:key>/retire/", views.row_retire, name="row_retire"),
]
