"""Every address of the site, one line an area."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("ginnel.site.urls")),
    path("", include("ginnel.careers.urls")),
    path("account/", include("ginnel.accounts.urls")),
    path("organisations/", include("ginnel.partners.urls")),
    path("what-happened/", include("ginnel.partners.audit_urls")),
    path("organisations/<int:organisation>/directory/", include("ginnel.partners.scim.page_urls")),
    path("", include("ginnel.partners.bulk.urls")),
    path("organisations/names/", include("ginnel.partners.names.urls")),
    # Where these pages stood before; kept for links people have.
    re_path(
        r"^partners/(?P<rest>(?:import|names)/.*)$",
        RedirectView.as_view(url="/organisations/%(rest)s", permanent=True, query_string=True),
        name="partners_moved",
    ),
    path("scim/v2", include("ginnel.partners.scim.urls")),
    # Last: what editors write stands where nothing else does.
    path("", include("ginnel.site.editorial_urls")),
]

handler400 = "ginnel.site.views.bad_request"
handler403 = "ginnel.site.views.permission_denied"
handler404 = "ginnel.site.views.page_not_found"
handler500 = "ginnel.site.views.server_error"
