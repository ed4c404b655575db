"""Addresses of our own pages for those who are not on the site: in e-mails, in QR codes, on paper."""

from django.conf import settings
from django.http import HttpRequest


def full_address(request: HttpRequest, path: str) -> str:
    """A path of ours in full: at the site's own address (GINNEL_ORIGIN) where it is set, else as the visitor came in."""
    if settings.SITE_ORIGIN:
        return f"{settings.SITE_ORIGIN}{path}"
    return request.build_absolute_uri(path)
