"""Addresses of what editors make: their office, pages, pictures, downloads, the map of the site and the news feed."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as office
from wagtail.documents import urls as downloads
from wagtail.urls import serve_pattern

from ginnel.site import feeds, media
from ginnel.site.languages import in_each_language
from ginnel.site.office.people import office_account
from ginnel.site.office.translate import translate_page
from ginnel.site.views import editorial_page

sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
sign_out = RedirectView.as_view(pattern_name="account_logout")

urlpatterns = [
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("news.atom", feeds.news, name="news_feed"),
    path("media/<path:name>", media.media, name="media"),
    # Signing in and out is ours everywhere.
    path("office/login/", sign_in),
    path("office/logout/", sign_out),
    path("office/account/", office_account),
    # In place of Wagtail's own, which asks for every page above to be translated first.
    path("office/translation/submit/page/<int:page_id>/", translate_page),
    path("office/", include(office)),
    path("downloads/", include(downloads)),
    path("sign-in-to-read/", sign_in, name="wagtailcore_login"),
    in_each_language(re_path(serve_pattern, editorial_page, name="wagtail_serve")),
]
