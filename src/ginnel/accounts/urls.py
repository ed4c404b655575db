"""
Addresses of signing in and of a person's own pages.

Of django-allauth's views only those a person needs are here, under the names allauth asks for; it has no other address.
"""

from allauth.account.views import account_inactive, logout
from django.urls import include, path

from ginnel.accounts import views
from ginnel.accounts.equality import views as equality
from ginnel.accounts.privacy import views as privacy
from ginnel.accounts.profile import views as profile

own = [
    path("", views.mine, name="mine"),
    path("download.json", views.download_all, name="download"),
    path("download/<slug:slug>.csv", views.download_table, name="download_table"),
    path("delete/", views.delete_me, name="delete"),
    path("name/", profile.name, name="name"),
    path("about-me/", profile.about_me, name="about_me"),
    path("about-me/agree/", profile.support_consent, name="support_consent"),
    path("about-me/<slug:slug>/", profile.question, name="question"),
    path("equality/", equality.start, name="equality"),
    path("equality/delete/", equality.take_back, name="equality_take_back"),
    path("equality/figures/", equality.figures, name="equality_figures"),
    path("equality/<slug:slug>/", equality.question, name="equality_question"),
    path("what-happened/", privacy.timeline, name="timeline"),
    path("agreed/", privacy.consents, name="consents"),
    path("agreed/<int:pk>/take-back/", privacy.consent_withdraw, name="consent_withdraw"),
    path("what-we-keep/", privacy.what_we_keep, name="what_we_keep"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/", views.sign_in, name="account_request_login_code"),
    path("sign-in/code/", views.sign_in_code, name="account_confirm_login_code"),
    path("sign-out/", logout, name="account_logout"),
    path("closed/", account_inactive, name="account_inactive"),
]
