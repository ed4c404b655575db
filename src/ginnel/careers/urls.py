"""Addresses of Career Compass."""

from django.urls import path

from ginnel.careers.views import advisers, compare, explore, role, route, shortlist, suit

app_name = "careers"
urlpatterns = [
    path("roles/", explore.role_list, name="explore"),
    path("roles/<slug:slug>/", role.role_detail, name="role"),
    path("compare/", compare.role_compare, name="compare"),
    path("suit/", suit.suit_start, name="suit"),
    path("suit/understood/", suit.suit_understood, name="suit_understood"),
    path("suit/about-you/", suit.suit_about_you, name="suit_about_you"),
    path("suit/interests/", suit.suit_interests, name="suit_interests"),
    path("suit/results/", suit.suit_results, name="suit_results"),
    path("suit/start-again/", suit.suit_restart, name="suit_restart"),
    path("route/", route.route_plan, name="route"),
    path("list/", shortlist.shortlist_detail, name="shortlist"),
    path("list/add/<slug:slug>/", shortlist.shortlist_add, name="shortlist_add"),
    path("list/remove/<slug:slug>/", shortlist.shortlist_remove, name="shortlist_remove"),
    path("list/keep/", shortlist.shortlist_keep, name="shortlist_keep"),
    path("list/<str:token>/", shortlist.shortlist_open, name="shortlist_open"),
    path("list/<str:token>/code.svg", shortlist.shortlist_code, name="shortlist_code"),
    path("advisers/", advisers.adviser_start, name="advisers"),
    path("advisers/pack/", advisers.adviser_pack, name="adviser_pack"),
]
