"""Everything below /scim/v2 is one view: the SCIM server knows its own paths, and says in its own words what is not there."""

from django.urls import re_path

from ginnel.partners.scim.views import scim

app_name = "scim"
urlpatterns = [re_path(r"^(?P<path>(?:/.*)?)$", scim, name="server")]
