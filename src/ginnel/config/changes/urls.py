"""Addresses below /office/pack/."""

from django.urls import path

from ginnel.config.changes import lists
from ginnel.config.changes.views import deciding, rows

app_name = "pack_changes"
urlpatterns = [
    path("changes/", lists.ChangeList.as_view(), name="changes"),
    path("changes/results/", lists.ChangeList.as_view(results_only=True), name="changes_results"),
    path("changes/together/", deciding.together, name="together"),
    path("changes/publish/", deciding.publish, name="publish"),
    path("changes/<int:pk>/", deciding.change, name="change"),
    path("changes/<int:pk>/edit/", rows.change_edit, name="change_edit"),
    path("changes/<int:pk>/preview/", deciding.preview, name="preview"),
    path("changes/<int:pk>/discard/", deciding.discard, name="discard"),
    path("changes/<int:pk>/bring-back/", deciding.bring_back, name="bring_back"),
    path("<slug:kind>/", lists.RowList.as_view(), name="rows"),
    path("<slug:kind>/results/", lists.RowList.as_view(results_only=True), name="rows_results"),
    path("<slug:kind>/add/", rows.row_add, name="row_add"),
    path("<slug:kind>/row/<str:key>/", rows.row, name="row"),
    path("<slug:kind>/row/<str:key>/retire/", rows.row_retire, name="row_retire"),
]
