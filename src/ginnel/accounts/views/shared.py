"""What several of the pages need."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.http import urlencode

from ginnel.core.words import gettext_lazy

NOT_SENT = gettext_lazy("We could not send an e-mail just now. Check the address, or try again in a few minutes")
TOO_MANY_CODES = gettext_lazy("You have asked for many codes. Wait a minute, then try again")
TOO_MANY_TRIES = gettext_lazy("That was too many tries. Wait a few minutes, or sign in with a code by e-mail")


def next_page(request: HttpRequest) -> str:
    """The page of ours this person wanted; empty if none, or if it is somebody else's."""
    return get_next_redirect_url(request) or ""


def with_next(address: str, wanted: str) -> str:
    """The address, with the page that was wanted carried along."""
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address


def options_json(options: Any) -> str:
    """What the browser is asked for a passkey, for a data attribute that passkeys.js reads."""
    return DjangoJSONEncoder().encode(options)
