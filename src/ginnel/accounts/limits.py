"""How often something may be done in a while."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def within_limit(name: str, who: str, *, most: int, seconds: int) -> bool:
    """
    Count one more try of `name` by `who`; False once there were more than `most` in the running window.

    Only a digest of `who` is kept, and only as long as the window lasts.
    """
    key = f"limit:{name}:{hashlib.sha256(who.encode()).hexdigest()}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the window closed between the two calls
        cache.set(key, 1, timeout=seconds)
        return True


def client_address(request: HttpRequest) -> str:
    """The address on the net a request came from, as the proxies we trust tell it."""
    address: str = get_adapter(request).get_client_ip(request)
    return address
