"""
Addresses of signing in and of a person's own pages.

Of django-allauth's views only those a person needs are here, under the names allauth asks for; it has no other address.
"""

from allauth.account.views import account_inactive, logout
from django.urls import include, path

from ginnel.accounts.equality import views as equality
from ginnel.accounts.privacy import views as privacy
from ginnel.accounts.profile import views as profile
from ginnel.accounts.views import addresses, browsers, confirm, door, mine, organisation, security

own = [
    path("", mine.mine, name="mine"),
    path("download.json", mine.download_all, name="download"),
    path("download/<slug:slug>.csv", mine.download_table, name="download_table"),
    path("delete/", mine.delete_me, name="delete"),
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
    path("still-you/", confirm.confirm, name="confirm"),
    path("password/", security.password, name="password"),
    path("addresses/", addresses.addresses, name="addresses"),
    path("addresses/add/", addresses.address_add, name="address_add"),
    path("addresses/code/", addresses.address_prove, name="address_prove"),
    path("addresses/main/", addresses.address_main, name="address_main"),
    path("addresses/remove/", addresses.address_remove, name="address_remove"),
    path("sessions/", browsers.browsers, name="sessions"),
    path("sessions/<int:pk>/end/", browsers.browser_end, name="session_end"),
    path("sessions/end-others/", browsers.browsers_end_others, name="sessions_end_others"),
    path("sign-in/password/", door.password_sign_in, name="password_sign_in"),
    path("sign-in/organisation/", organisation.organisations, name="organisations"),
    path("sign-in/organisation/<slug:slug>/", organisation.organisation, name="organisation"),
    path("sign-in/organisation/<slug:slug>/go/", organisation.start, name="organisation_start"),
    path("sign-in/organisation/<slug:slug>/back/", organisation.back, name="organisation_back"),
    path("security/organisation/<slug:slug>/link/", organisation.start_link, name="organisation_link"),
    path("security/organisation/<slug:slug>/unlink/", organisation.unlink, name="organisation_unlink"),
    path("still-you/organisation/<slug:slug>/", organisation.start_confirm, name="organisation_confirm"),
]

second_step = [
    path("security/", security.security, name="mfa_index"),
    path("security/", security.security, name="mfa_list_webauthn"),
    path("sign-in/second-step/", security.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", security.passkey_sign_in, name="mfa_login_webauthn"),
    path("security/app/", security.app_add, name="mfa_activate_totp"),
    path("security/app/remove/", security.app_remove, name="mfa_deactivate_totp"),
    path("security/passkey/", security.passkey_add, name="mfa_add_webauthn"),
    path("security/passkey/<int:pk>/remove/", security.passkey_remove, name="mfa_remove_webauthn"),
    path("security/recovery-codes/", security.recovery_codes, name="mfa_view_recovery_codes"),
    path("security/recovery-codes/new/", security.recovery_codes_new, name="mfa_generate_recovery_codes"),
    path(
        "security/recovery-codes/recovery-codes.txt", security.recovery_codes_file, name="mfa_download_recovery_codes"
    ),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("", include(second_step)),
    path("sign-in/", door.sign_in, name="account_login"),
    path("sign-in/", door.sign_in, name="account_request_login_code"),
    path("sign-in/code/", door.sign_in_code, name="account_confirm_login_code"),
    path("sign-out/", logout, name="account_logout"),
    path("closed/", account_inactive, name="account_inactive"),
]
