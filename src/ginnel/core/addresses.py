"""Addresses of our own pages for those who are not on the site: in e-mails, in QR codes, on paper."""

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """The site's own address without a path, for letters that are written when there is no visitor any more."""
    return full_address(request, "/").rstrip("/")


def full_address(request: HttpRequest, path: str) -> str:
    """A path of ours in full: at the site's own address (GINNEL_ORIGIN) where it is set, else as the visitor came in."""
    if settings.SITE_ORIGIN:
        return f"{settings.SITE_ORIGIN}{path}"
    return request.build_absolute_uri(path)
