"""How often something may be done in a while."""

import hashlib

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import cache
from django.http import HttpRequest

from ginnel.accounts.known_browser import known_browser

STRANGERS_TOGETHER = 10
"""All strangers together may try one address so many times as often as one of them."""


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


def may_try(request: HttpRequest, name: str, email: str, *, most: int, seconds: int) -> bool:
    """
    Count one more try of `name` for an address by this visitor; False once there were too many.

    Counted for address and visitor together, so that a stranger's tries lock nobody else out. A browser its person has signed in with
    before has an allowance of its own, which strangers from many places cannot use up either.
    """
    address, visitor = email.strip().lower(), truncate_ip(client_address(request))
    if known := known_browser(request, address):
        return within_limit(f"{name}-known", f"{address} {known.number}", most=2 * most, seconds=seconds)
    return (
        within_limit(f"{name}-visitor", visitor, most=20 * most, seconds=seconds)
        and within_limit(f"{name}-pair", f"{address} {visitor}", most=most, seconds=seconds)
        and within_limit(f"{name}-strangers", address, most=STRANGERS_TOGETHER * most, seconds=seconds)
    )


def may_send_code(request: HttpRequest, email: str) -> bool:
    """Whether this visitor may have one more code sent to this address: three a minute, ten an hour."""
    return may_try(request, "code", email, most=3, seconds=60) and may_try(
        request, "code-hour", email, most=10, seconds=3600
    )


def client_address(request: HttpRequest) -> str:
    """The address on the net a request came from, as the proxies we trust tell it."""
    address: str = get_adapter(request).get_client_ip(request)
    return address
