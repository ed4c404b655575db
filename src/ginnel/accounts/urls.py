"""
Addresses of signing in and of a person's own pages.

Of django-allauth's views only those a person needs are here, under the names allauth asks for; it has no other address.
"""

from allauth.account.views import account_inactive, logout
from django.urls import include, path

from ginnel.accounts import views

own = [
    path("", views.mine, name="mine"),
    path("download.json", views.download_all, name="download"),
    path("download/<slug:slug>.csv", views.download_table, name="download_table"),
    path("delete/", views.delete_me, name="delete"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/", views.sign_in, name="account_request_login_code"),
    path("sign-in/code/", views.sign_in_code, name="account_confirm_login_code"),
    path("sign-out/", logout, name="account_logout"),
    path("closed/", account_inactive, name="account_inactive"),
]
