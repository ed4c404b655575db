"""Addresses of organisations' pages."""

from django.urls import path

from ginnel.partners.views import agreements, answering, joining, managers, organisations, people

app_name = "partners"
urlpatterns = [
    path("", organisations.partner_list, name="partner_list"),
    path("join/", joining.joining_ask, name="joining_ask"),
    path("requests/", joining.request_list, name="request_list"),
    path("requests/<int:joining>/", joining.request_decide, name="request_decide"),
    path("requests/<int:joining>/withdraw/", joining.request_withdraw, name="request_withdraw"),
    path("invitation/<str:key>/", people.invitation_accept, name="invitation_accept"),
    path("answer/<str:key>/", answering.term_answer, name="term_answer"),
    path("<int:organisation>/", organisations.partner, name="partner"),
    path("<int:organisation>/details/", organisations.details_edit, name="details_edit"),
    path("<int:organisation>/places/", organisations.site_add, name="site_add"),
    path("<int:organisation>/places/<int:site>/remove/", organisations.site_remove, name="site_remove"),
    path("<int:organisation>/people/", people.people_list, name="people_list"),
    path("<int:organisation>/people/invite/", people.person_invite, name="person_invite"),
    path("<int:organisation>/people/<int:membership>/", people.member, name="member"),
    path("<int:organisation>/people/<int:membership>/manager/", managers.member_manager, name="member_manager"),
    path("<int:organisation>/people/<int:membership>/left/", people.member_left, name="member_left"),
    path(
        "<int:organisation>/invitations/<int:invitation>/withdraw/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("<int:organisation>/agreements/", agreements.agreement_list, name="agreement_list"),
    path("<int:organisation>/agreements/propose/", agreements.term_propose, name="term_propose"),
    path("<int:organisation>/agreements/<int:term>/agree/", agreements.term_agree, name="term_agree"),
    path("<int:organisation>/agreements/<int:term>/ask/", answering.term_ask, name="term_ask"),
    path("<int:organisation>/agreements/<int:term>/end/", agreements.term_end, name="term_end"),
]
