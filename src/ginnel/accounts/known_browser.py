"""
Browsers a person has signed in with before: a signed cookie that says for which address, and by which way.

It is for two things. The door leads such a browser straight to the way it used last, which tells nothing to a browser that never was signed
in with that address. And strangers who try an address again and again use up the strangers' allowance, never that of its owner.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "known"
_SALT = "ginnel.accounts.known"
_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """`way`: `code`, `password`, `passkey` or the slug of an organisation's provider after `organisation:`."""

    way: str
    number: str


def known_browser(request: HttpRequest, email: str) -> KnownBrowser | None:
    """What this browser knows of this address; None if nobody signed in with that address here."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return KnownBrowser(kept["way"], kept["number"]) if kept.get("address") == _digest(email) else None


def remember_browser(request: HttpRequest, response: HttpResponse, email: str, way: str) -> None:
    """The person with this address has signed in here, this way. Only the last one is remembered, and the address only as a digest."""
    before = known_browser(request, email)
    value = {"address": _digest(email), "way": way, "number": before.number if before else secrets.token_hex(8)}
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=_SALT),
        max_age=_SECONDS,
        path="/account/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_browser(response: HttpResponse) -> None:
    """Nobody is remembered here any more."""
    response.delete_cookie(COOKIE, path="/account/", samesite="Lax")


def _digest(email: str) -> str:
    return salted_hmac(_SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]
